//! Dates with words around them, in the languages of those who type them.

use super::*;

#[test]
fn dates_with_words_around_them() {
    for (text, write) in [
        ("from 2027-01-01", "2027-01-01.."),
        ("ab dem 1.1.2027", "2027-01-01.."),
        ("desde el 24/12/2026", "2026-12-24.."),
        ("à partir du 24/12/2026", "2026-12-24.."),
        ("bis zum 31.12.2026", "..2026-12-31"),
        ("jusqu'au 24/12/2026", "..2026-12-24"),
        ("vom 24.12. bis 26.12.2026", "2026-12-24..2026-12-26"),
        ("del 24/12/2026 al 26/12/2026", "2026-12-24..2026-12-26"),
        ("du 24/12/2026 au 26/12/2026", "2026-12-24..2026-12-26"),
        ("24 de diciembre de 2026", "2026-12-24"),
        ("1er décembre 2026", "2026-12-01"),
        ("24 dic 2026", "2026-12-24"),
        ("jue. 24 dic. 2026", "2026-12-24"),
        ("mar 24 mar 2026", "2026-03-24"),
        ("mar 24 2026", "2026-03-24"),
        ("24 déc. 2026", "2026-12-24"),
        ("jeudi 24 decembre 2026", "2026-12-24"),
        ("24 août 2026", "2026-08-24"),
        ("24 dicembre 2026", "2026-12-24"),
        ("gio 24 dic 2026", "2026-12-24"),
        ("24 de dezembro de 2026", "2026-12-24"),
        ("quinta-feira, 24/12/2026", "2026-12-24"),
        ("2026-12-24 (jueves)", "2026-12-24"),
        ("24/12/2026 (jeu)", "2026-12-24"),
        ("2026-12-24 (quinta)", "2026-12-24"),
        ("dal 24/12/2026 al 26/12/2026", "2026-12-24..2026-12-26"),
        ("24/12/2026 a 26/12/2026", "2026-12-24..2026-12-26"),
        ("24/12/2026 até 26/12/2026", "2026-12-24..2026-12-26"),
        ("fino al 24/12/2026", "..2026-12-24"),
        ("diciembre de 2026", "2026-12-01..2026-12-31"),
        ("2026-12-24 vacaciones", "2026-12-24"),
        ("2026-12-24 ganztägig", "2026-12-24"),
        ("2026-12-24 하루종일", "2026-12-24"),
        ("2026-12-24 9-18", "2026-12-24 09:00..18:00"),
        ("2026-12-24 09:00-06:00", "2026-12-24 09:00..2026-12-25 06:00"),
    ] {
        let error = Interval::parse(text, seoul()).unwrap_err();
        assert!(error.ends_with(&format!("write `{write}`")), "{text}: {error}");
        Interval::parse(write, seoul()).unwrap();
    }
    for (text, says) in [
        ("24 de diciembre", "the year is missing"),
        ("1er janvier", "the year is missing"),
        ("oggi", "write the date itself"),
        ("lunes", "a day of every week"),
        ("festivi", "write `PH off`"),
        ("2026-12-24 9-6", "`2026-12-24 09:00..18:00`, or `2026-12-24 09:00..2026-12-25 06:00`"),
        ("2026-12-24 10-10", "`2026-12-24 10:00..22:00`, or `2026-12-24 10:00..2026-12-25 10:00`"),
        ("2026-12-24 1-5", "`2026-12-24 13:00..17:00`, or `2026-12-24 01:00..05:00`"),
        ("PH", "write `PH off`"),
    ] {
        let error = Interval::parse(text, seoul()).unwrap_err();
        assert!(error.contains(says), "{text}: {error}");
    }
    // 12 o'clock may be noon or midnight.
    for text in
        ["2026-12-24 9am-12am", "2026-12-24 오후 1시~오후 12시", "2026-12-24 午前9時～午後12時"]
    {
        let error = Interval::parse(text, seoul()).unwrap_err();
        assert!(error.contains("write from when to when"), "{text}: {error}");
    }
    for (text, write) in [
        ("2026-12-24 9am-12pm", "2026-12-24 09:00..12:00"),
        ("2026-12-24 오후 12시~오후 6시", "2026-12-24 12:00..18:00"),
    ] {
        let error = Interval::parse(text, seoul()).unwrap_err();
        assert!(error.contains(&format!("write `{write}`")), "{text}: {error}");
    }
    // An end is no beginning, and a beginning no end.
    for (error, write) in [
        (parse_start("from 2027-01-01", seoul()), Some("write `2027-01-01`")),
        (parse_start("2027-01-01..", seoul()), Some("write `2027-01-01`")),
        (parse_end("bis 31.12.2026", seoul()), Some("write `2026-12-31`")),
        (parse_start("until 2027-01-01", seoul()), None),
        (parse_end("from 2027-01-01", seoul()), None),
    ] {
        let error = error.unwrap_err();
        assert_eq!(error.contains("2027") || error.contains("2026-12-31"), write.is_some());
        assert!(error.contains(write.unwrap_or("such as `2026-12-24`")), "{error}");
    }
}

#[test]
fn a_week_is_a_date_in_it() {
    for (text, write) in [
        ("2026-11-23..2026-11-29", "2026-11-23"),
        ("2026-11-23~29", "2026-11-23"),
        ("from 2026-11-23", "2026-11-23"),
        ("2026-W48", "2026-11-23"),
        ("KW 48 2026", "2026-11-23"),
        ("23.11.2026", "2026-11-23"),
    ] {
        let error = parse_first_week(text).unwrap_err();
        assert!(error.ends_with(&format!("write `{write}`")), "{text}: {error}");
        parse_first_week(write).unwrap();
    }
    assert!(!parse_first_week("week 48").unwrap_err().contains("write"));
}

#[test]
fn several_entries_in_one_are_told_as_they_are_read() {
    let told = |parts: &[&str]| intervals_to_write(parts, seoul());
    let texts = |texts: &[&str]| Some(texts.iter().map(|text| (*text).to_owned()).collect());
    assert_eq!(told(&["2026-12-24", "25"]), texts(&["2026-12-24", "2026-12-25"]));
    assert_eq!(told(&["24.12.2026", "26.12.2026"]), texts(&["2026-12-24", "2026-12-26"]));
    assert_eq!(told(&["2026-12-24..26", "28"]), texts(&["2026-12-24..2026-12-26", "2026-12-28"]));
    assert_eq!(told(&["24.12.", "25.12."]), None);
    assert_eq!(told(&["2026-12-24", "soon"]), None);
    assert_eq!(closed_to_write(&["12-25", "12-26"], seoul()), texts(&["12-25", "12-26"]));
}
