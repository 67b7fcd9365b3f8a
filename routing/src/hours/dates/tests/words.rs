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
        ("du 24/12/2026 au 02/01/2027", "2026-12-24..2027-01-02"),
        ("del 24/12/2026 al 02/01/2027", "2026-12-24..2027-01-02"),
        ("24/Dez/2026", "2026-12-24"),
        ("휴가: 2026-12-24~2026-12-28", "2026-12-24..2026-12-28"),
        ("연차 2026-12-24", "2026-12-24"),
        ("2026-12-24~26 휴가", "2026-12-24..2026-12-26"),
        ("Urlaub 24.12.2026 - 26.12.2026", "2026-12-24..2026-12-26"),
        ("2026-12-24 (크리스마스 이브)", "2026-12-24"),
        ("2026. 12. 24.(목) ~ 12. 26.(토)", "2026-12-24..2026-12-26"),
        ("2026-12-24~26(목~토)", "2026-12-24..2026-12-26"),
        ("2026-12-24 22시~익일 6시", "2026-12-24 22:00..2026-12-25 06:00"),
        ("2026-12-24 from 13:00", "2026-12-24 13:00..24:00"),
        ("2026-12-24 after 1pm", "2026-12-24 13:00..24:00"),
        ("2026-12-24 from 13:00 to 18:00", "2026-12-24 13:00..18:00"),
        ("2026/12/24（木）～2026/12/26（土）", "2026-12-24..2026-12-26"),
        ("2026-12-24 until 13:00", "2026-12-24 00:00..13:00"),
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
        // That day alone, or all the time from then on, or until then?
        ("2026-12-24 13:00까지", "`2026-12-24 00:00..13:00`, or `..2026-12-24 13:00`"),
        ("2026-12-24 13:00 이후", "`2026-12-24 13:00..24:00`, or `2026-12-24 13:00..`"),
        (
            "2026-12-24 from 9 to 6",
            "`2026-12-24 09:00..18:00`, or `2026-12-24 09:00..2026-12-25 06:00`",
        ),
        ("03/04/2027-05/04/2027", "`2027-03-04..2027-05-04`, or `2027-04-03..2027-04-05`"),
        // A weekday that is another.
        ("2026-12-24(금)", "2026-12-24 is a Thursday"),
        ("Fri, 24 Dec 2026", "2026-12-24 is a Thursday"),
        ("2569-12-24", "year of the Thai calendar; write `2026-12-24`"),
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
    // The weekday says which of two dates it is.
    let error = Interval::parse("03/04/2027 (Sat)", seoul()).unwrap_err();
    assert!(error.ends_with("write `2027-04-03`"), "{error}");
    for text in ["2026-12-24~26(금~일)", "2026-12-24(목)~26(금)", "연차 취소 2026-12-24"] {
        let error = Interval::parse(text, seoul()).unwrap_err();
        assert!(!error.contains("write `"), "{text}: {error}");
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
fn days_of_every_year_with_words_around_them() {
    for (text, write) in [
        ("12/24~25(목~금)", "12-24..12-25"),
        ("12/24(목)~12/25(금)", "12-24..12-25"),
        ("12/24-26", "12-24..12-26"),
        ("24/12 - 02/01", "12-24..01-02"),
        ("12월 24일(목) ~ 26일(토)", "12-24..12-26"),
        ("성탄절(12/25)", "12-25"),
        ("24-26 Dec", "12-24..12-26"),
        ("24.-26.12.", "12-24..12-26"),
        ("12월 29일부터 1월 3일까지", "12-29..01-03"),
        ("12-25 (Christmas)", "12-25"),
        ("12-25 크리스마스", "12-25"),
        ("12/25: Christmas Day", "12-25"),
        ("5/5(어린이날)", "05-05"),
        ("10月1日－10月7日（国庆节）", "10-01..10-07"),
        ("Thu, 24 Dec", "12-24"),
    ] {
        let error = Closed::parse(text, seoul()).unwrap_err();
        assert!(error.ends_with(&format!("write `{write}`")), "{text}: {error}");
        Closed::parse(write, seoul()).unwrap();
    }
    let error = Closed::parse("1/2 - 3/4", seoul()).unwrap_err();
    assert!(error.contains("write `01-02..03-04` or `02-01..04-03`"), "{error}");
    // Two days are no range.
    for text in ["12/24 and 12/31", "2026-12-24 and 2026-12-31", "24.12.26", "12/24/26"] {
        let error = Closed::parse(text, seoul()).unwrap_err();
        assert!(!error.contains("write `"), "{text}: {error}");
    }
}

#[test]
fn offsets_without_a_colon() {
    for text in ["2026-12-24T18:00+0900", "2026-12-24T18:00:00+09", "2026-12-24 18:00 +0900"] {
        assert_eq!(parse_end(text, seoul()), parse_end("2026-12-24 18:00", seoul()), "{text}");
    }
    let error = parse_end("24 décembre 2026 à 18h", seoul()).unwrap_err();
    assert!(error.contains("write `2026-12-24 18:00`"), "{error}");
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
