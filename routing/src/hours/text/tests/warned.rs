//! Warnings of what an author may not have meant, and what they cost.

use super::*;

#[test]
fn warnings_say_what_to_write() {
    for (text, says) in [
        ("00:00-23:59", "24/7"),
        ("Mo-Fr 09:00-23:59", "Mo-Fr 09:00-24:00"),
        ("PH off; Mo-Fr 09:00-18:00", "Mo-Fr 09:00-18:00; PH off"),
        ("Mo-Fr 09:00-18:00; PH off; Sa 10:00-14:00", "Mo-Fr 09:00-18:00; Sa 10:00-14:00; PH off"),
        ("Sa off; 09:00-18:00", "09:00-18:00; Sa off"),
        ("Mo-Fr 12:00-13:00 off; Mo-Fr 09:00-18:00", "Mo-Fr 09:00-18:00; Mo-Fr 12:00-13:00 off"),
        ("Mo-Fr 09:00-18:00; Fr 18:00-22:00", "Mo-Fr 09:00-18:00, Fr 18:00-22:00"),
        ("Mo-Fr 09:00-12:00; Mo-Fr 13:00-18:00", "Mo-Fr 09:00-12:00, Mo-Fr 13:00-18:00"),
        ("Sa 10:00-14:00; Mo-Su 09:00-18:00", "Mo-Su 09:00-18:00; Sa 10:00-14:00"),
        ("Mo-Fr 09:00-18:00; Fr-Sa 10:00-22:00", "Mo-Fr 09:00-18:00, Fr-Sa 10:00-22:00"),
        ("Mo-Fr 09:00-12:00; 13:00-18:00", "Mo-Fr 09:00-12:00,13:00-18:00"),
        ("Mo-Fr 09:00-18:00, 12:00-13:00 off", "Mo-Fr 09:00-12:00,13:00-18:00"),
        ("Mo-Fr 09:00-18:00, Fr 09:00-15:00", "Mo-Fr 09:00-18:00; Fr 09:00-15:00"),
        ("Fr 09:00-15:00, Mo-Fr 09:00-18:00", "Mo-Fr 09:00-18:00; Fr 09:00-15:00"),
        ("Mo-Su 09:00-18:00, PH 10:00-14:00", "Mo-Su 09:00-18:00; PH 10:00-14:00"),
        ("Mo-Fr 09:00-18:00, PH 10:00-12:00", "Mo-Fr 09:00-18:00; PH 10:00-12:00"),
        ("PH 10:00-12:00, Mo-Fr 09:00-18:00", "Mo-Fr 09:00-18:00; PH 10:00-12:00"),
        ("PH 10:00-12:00; Mo-Fr 09:00-18:00", "Mo-Fr 09:00-18:00; PH 10:00-12:00"),
        ("Mo-Fr 09:00-18:00, Sa,Su,PH 10:00-14:00", "Mo-Fr 09:00-18:00; PH,Sa-Su 10:00-14:00"),
        ("Mo-Fr 09:00-18:00, Mo-Fr 10:00-12:00", "Mo-Fr 09:00-18:00"),
        ("12:00-13:00 off; Mo-Fr 09:00-18:00", "Mo-Fr 09:00-18:00; 12:00-13:00 off"),
        (
            "Mo-Fr 06:00-14:00; Mo-Fr 14:00-22:00; Mo-Fr 22:00-06:00",
            "Mo-Fr 06:00-14:00, Mo-Fr 14:00-22:00, Mo-Fr 22:00-06:00",
        ),
        (
            "Mo 09:00-12:00; Mo 13:00-18:00; Tu 09:00-12:00; Tu 13:00-18:00",
            "Mo 09:00-12:00, Mo 13:00-18:00; Tu 09:00-12:00, Tu 13:00-18:00",
        ),
        ("Mo-Fr 09:00-18:00; Mo-Fr 10:00-12:00", "Mo-Fr 10:00-12:00"),
        // The first part is of other days than the last.
        (
            "Sa-Su 10:00-18:00; Mo-Fr 09:00-10:00; Dec 24 10:00-14:00",
            "Sa-Su 10:00-18:00; Mo-Fr 09:00-10:00, Dec 24 10:00-14:00",
        ),
        ("2025 Mo-Fr 09:00-18:00", "Mo-Fr 09:00-18:00"),
        // A year before months that go over New Year.
        ("2026 Dec-Feb Mo-Fr 09:00-18:00", "2026 Dec 01-2027 Feb 28 Mo-Fr 09:00-18:00"),
        ("2027 Nov-Feb 09:00-18:00", "2027 Nov 01-2028 Feb 29 09:00-18:00"),
        ("2026 Nov-Jan Sa 10:00-12:00; PH off", "2026 Nov 01-2027 Jan 31 Sa 10:00-12:00; PH off"),
        // A clock of twelve hours.
        ("Mo-Fr 9:00-12:00, 2:00-18:00", "Mo-Fr 09:00-12:00,14:00-18:00"),
        ("Mo-Fr 09:00-18:00,12:00-13:00", "Mo-Fr 09:00-18:00"),
        ("Mo-Fr 09:00-18:00,12:00-13:00", "Mo-Fr 09:00-12:00,13:00-18:00"),
        ("Mo-Fr 12:00-13:00,09:00-18:00", "Mo-Fr 09:00-18:00"),
        ("Mo-Fr 09:00-12:00,01:00-06:00", "Mo-Fr 09:00-12:00,13:00-18:00"),
        ("08:30-11:30,01:30-05:30", "08:30-11:30,13:30-17:30"),
        ("Mo-Fr 08:30-05:30", "08:30-17:30"),
        ("Mo-Fr 10:00-14:00; Sa 08:30-05:30", "08:30-29:30"),
        ("off", "Mo-Fr 09:00-18:00; PH off"),
        ("Mo-Fr 09:00-18:00; off", "Mo-Fr 09:00-18:00; Dec 24 off"),
        ("week 01-53/2 Mo-Fr 09:00-18:00", "EveryWeeks"),
        ("week 2-52/2 Mo-Fr 09:00-18:00", "EveryWeeks"),
        ("week 1,4,7,10,13,16,19,22,25,28,31,34,37,40,43,46,49,52 Mo 09:00-18:00", "EveryWeeks"),
    ] {
        let warnings = parsed(text).unwrap().warnings;
        assert!(
            warnings.iter().any(|warning| quoted(warning).contains(&says)),
            "{text}: {warnings:?}"
        );
    }
}

#[test]
fn what_is_plainly_meant_is_no_warning() {
    for text in [
        "24/7",
        "Mo-Fr 09:00-18:00",
        "Mo-Fr 09:00-18:00; Fr 09:00-16:00",
        "Mo-Fr 09:00-18:00; Fr 09:00-22:00",
        "Mo-Fr 09:00-18:00, Fr 18:00-22:00",
        "Mo-Fr 09:00-18:00, Fr 17:00-20:00",
        "Mo-Fr 09:00-18:00, Sa 10:00-14:00; PH 10:00-14:00",
        "Mo-Fr 09:00-18:00, PH 18:00-20:00",
        "Mo-Fr 09:00-18:00; Sa 10:00-14:00; PH off",
        "Mo-Fr 09:00-18:00; PH 10:00-12:00",
        "Mo-Fr 09:00-18:00; PH off; Dec 25 10:00-12:00",
        "Mo-Fr 09:00-18:00; We off",
        "Mo-Fr 09:00-18:00; 12:00-13:00 off",
        "Mo-Fr 09:00-18:00; Jul-Aug Mo-Fr 10:00-16:00",
        "24/7; Sa 10:00-12:00",
        "PH off || Mo-Fr 09:00-18:00",
        "Su off; Mo-Sa 09:00-18:00",
        "Mo-Fr 09:00-18:00; 12:00-13:00 off; Sa 10:00-14:00",
        "Mo-Fr 22:00-06:00; Fr 20:00-02:00",
        "week 10-20 Mo-Fr 09:00-18:00",
        "Mo-Fr 22:00-05:30",
        "18:00-02:00",
        "20:00-08:00",
        "07:00-02:00",
        "05:00-01:00",
        "15:00-11:00",
        "09:00-03:00",
        "Th-Sa 08:00-03:00",
        "Fr 11:00-06:00, Sa 11:00-07:00",
        "08:30-29:30",
        "13:00-18:00,09:00-12:00",
        "17:00-22:00,01:00-05:00",
        "01:00-06:00,09:00-12:00",
        "2026 Nov-Dec 09:00-18:00",
        "Dec-Feb 09:00-18:00",
        "2026 Dec 01-2027 Feb 28 Mo-Fr 09:00-18:00",
        "week 1-10/2 Mo-Fr 09:00-18:00",
    ] {
        let warnings = parsed(text).unwrap().warnings;
        assert!(warnings.is_empty(), "{text}: {warnings:?}");
    }
}

#[test]
fn estimated_holidays_are_a_warning() {
    let warnings = parsed_in("Mo-Fr 09:00-18:00; PH off", "AE").unwrap().warnings;
    assert!(warnings.iter().any(|warning| warning.contains("moon")), "{warnings:?}");
}

#[test]
fn the_work_of_warnings_is_bounded_for_all_texts_together() {
    let costly = format!("easter +3 days 09:00-10:00{}", ";easter 08:00-09:00".repeat(40));
    let mut search = Search { today: today(), work: 100_000 };
    let before = search.work;
    parse(&costly, None, &mut search).unwrap();
    assert!(search.work < before);
    let mut searched = 0;
    for _ in 0..100 {
        let left = search.work;
        parse(&costly, None, &mut search).unwrap();
        searched += usize::from(search.work < left);
    }
    assert!(searched < 5, "{searched} texts were searched");
    // Plain weeks cost next to nothing.
    let mut search = Search { today: today(), work: 100 };
    let parsed = parse("Mo-Fr 09:00-18:00; Fr 18:00-22:00", None, &mut search).unwrap();
    assert_eq!(parsed.warnings.len(), 1);
}
