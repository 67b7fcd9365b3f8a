//! Forms that are read as they stand, and what is said, word for word.

use super::*;

#[test]
fn forms_of_the_language_stay_read() {
    all_read_as(&[
        ("6:00-22:00", "06:00-22:00"),
        ("12:00-0:30", "12:00-00:30"),
        ("10:00-12:00Th", "Th 10:00-12:00"),
        ("24/ 7", "24/7"),
        ("24 /7", "24/7"),
        ("Mo--Fr 09:00 - - 18:00", "Mo-Fr 09:00-18:00"),
        ("Mo -> Fr 09:00->18:00", "Mo-Fr 09:00-18:00"),
        ("Mo Mo 09:00-18:00", "Mo 09:00-18:00"),
        ("Tu, Mo Tu 09:00-18:00", "Mo-Tu 09:00-18:00"),
        ("Dec 09 : 00 - 18 : 00", "Dec 09:00-18:00"),
        ("week 9 : 10:00-12:00", "week 09 10:00-12:00"),
        ("week 9 : 10 : 00-12:00", "week 09 10:00-12:00"),
        ("week 09 : 10 : 00-12:00", "week 09 10:00-12:00"),
        ("week 1-9 : 10:00-12:00", "week 01-09 10:00-12:00"),
        ("week 5, week 7 10:00-12:00", "week 05,07 10:00-12:00"),
        ("Dec 24-26 2026 10:00-12:00", "2026 Dec 24-26 10:00-12:00"),
        ("Dec 24, We 10:00-12:00", "Dec 24 10:00-12:00; We 10:00-12:00"),
        ("Dec, PH 10:00-12:00", "Dec 10:00-12:00; PH 10:00-12:00"),
        ("PH, Dec 10:00-12:00", "PH 10:00-12:00; Dec 10:00-12:00"),
        ("Mar Su[-1], Dec 25 off", "Mar Su[-1] off; Dec 25 off"),
        ("closed 2026, Mo-Fr 09:00-18:00", "2026 off, Mo-Fr 09:00-18:00"),
        ("09:00-18:00, Dec 24 20:00-22:00", "09:00-18:00, Dec 24 20:00-22:00"),
    ]);
}

#[test]
fn warnings_are_said_in_these_words() {
    for (text, says) in [
        (
            "PH off; Mo-Fr 09:00-18:00",
            "a later part opens the days that `PH off` closes; `PH off` must be last: write \
            `Mo-Fr 09:00-18:00; PH off`",
        ),
        (
            "Sa 10:00-14:00; Mo-Fr 12:00-13:00 off; Mo 09:00-18:00",
            "a later part opens the days that `Mo-Fr 12:00-13:00 off` closes; `Mo-Fr 12:00-13:00 \
            off` must be last: write `Sa 10:00-14:00; Mo 09:00-18:00; Mo-Fr 12:00-13:00 off`",
        ),
        (
            "Mo-Fr 09:00-11:00; Mo-Fr 12:00-13:00 off; Mo 09:00-18:00",
            "a later part opens the days that `Mo-Fr 12:00-13:00 off` closes; `Mo-Fr 12:00-13:00 \
            off` must be last: write `Mo-Fr 09:00-11:00; Mo 09:00-18:00; Mo-Fr 12:00-13:00 off`",
        ),
        (
            "Sa 10:00-14:00; Mo-Su 09:00-18:00",
            "the later part `Mo-Su 09:00-18:00` replaces all of `Sa 10:00-14:00`; put the part for \
            fewer days last: write `Mo-Su 09:00-18:00; Sa 10:00-14:00`",
        ),
        (
            "Mo-Fr 09:00-18:00; Mo-Fr 10:00-12:00",
            "after `;`, `Mo-Fr 10:00-12:00` replaces all of `Mo-Fr 09:00-18:00`; remove what does \
            not count: write `Mo-Fr 10:00-12:00`",
        ),
        (
            "PH 10:00-12:00; Mo-Fr 09:00-18:00",
            "after `;`, `Mo-Fr 09:00-18:00` replaces `PH 10:00-12:00` on its weekdays; the hours \
            of holidays must be last: write `Mo-Fr 09:00-18:00; PH 10:00-12:00`",
        ),
        (
            "Mo-Fr 12:00-18:00; Fr 09:00-12:00",
            "after `;`, `Fr 09:00-12:00` replaces the hours of `Mo-Fr 12:00-18:00` on its days; \
            use a comma to add hours: write `Mo-Fr 12:00-18:00, Fr 09:00-12:00`",
        ),
        (
            "Mo-Fr 09:00-12:00; Fr 12:00-18:00",
            "after `;`, `Fr 12:00-18:00` replaces the hours of `Mo-Fr 09:00-12:00` on its days; \
            use a comma to add hours: write `Mo-Fr 09:00-12:00, Fr 12:00-18:00`",
        ),
        (
            "Mo 09:00-12:00; Mo 13:00-18:00; Tu 09:00-12:00; Tu 13:00-18:00; We 09:00-12:00; \
            We 13:00-18:00; Th 09:00-12:00; Th 13:00-18:00",
            "after `;`, `Mo 13:00-18:00` replaces the hours of `Mo 09:00-12:00` on its days; use a \
            comma to add hours: write `Mo 09:00-12:00, Mo 13:00-18:00; Tu 09:00-12:00, Tu \
            13:00-18:00; We 09:00-12:00, We 13:00-18:00; Th 09:00-12:00, Th 13:00-18:00`",
        ),
        (
            "Mo-Tu 09:00-18:00; Tu-We 10:00-12:00",
            "after `;`, `Tu-We 10:00-12:00` replaces the hours of `Mo-Tu 09:00-18:00` on the days \
            of both; write `Mo-Tu 09:00-18:00, Tu-We 10:00-12:00` to add hours, or `Tu-We \
            10:00-12:00; Mo-Tu 09:00-18:00` if `Mo-Tu 09:00-18:00` is to count on those days",
        ),
        (
            "Mo-Fr 09:00-12:00; 13:00-18:00",
            "`13:00-18:00` names no days, so it counts on every day; for the days before it write \
            `Mo-Fr 09:00-12:00,13:00-18:00`",
        ),
        (
            "Mo-Fr 09:00-18:00; week 01-53/2 Sa 10:00-14:00",
            "week numbers do not alternate correctly after a year of 53 weeks; leave `week …` out, \
            and use `EveryWeeks` 2 with `FirstWeek`",
        ),
        (
            "2026 Jan-Mar Mo-Fr 09:00-18:00",
            "does not open on any day until 2027-11-26; write days that are still to come, and \
            `off` only for days or hours that are closed, as in `Mo-Fr 09:00-18:00; Dec 24 off`",
        ),
    ] {
        assert_eq!(parsed(text).unwrap().warnings, [says], "{text}");
    }
}

#[test]
fn these_have_no_warning() {
    for text in [
        "2026 Dec 24 10:00-12:00",
        "2026 week 01-53/2 Sa 10:00-14:00",
        "week 02-50/2 Mo 10:00-12:00",
        "week 02-40/2 Mo 10:00-12:00",
        "week 01-53 Mo 10:00-12:00",
        "Mo-Fr 09:00-18:00, 2025 Dec 24 10:00-12:00",
        "Mo-Fr 09:00-18:00; Mo 09:00-10:00; PH 10:00-14:00",
        "Mo-Fr 09:00-18:00; Sa 10:00-14:00; PH,Su 10:00-18:00",
        "Mo-Fr 09:00-18:00, Sa 10:00-14:00; PH,Su 10:00-18:00",
    ] {
        let warnings = parsed(text).unwrap().warnings;
        assert!(warnings.is_empty(), "{text}: {warnings:?}");
    }
}

/// A text with a date of one year may stand elsewhere, which is said of no other text.
#[test]
fn single_dates_may_stand_elsewhere() {
    const HINT: &str =
        "; single dates may also stand in a calendar's `ClosedDates` or `SpecialDates`";
    for (text, write, hint) in [
        ("12/24/2026 off; 12/25/2026 off", "2026 Dec 24 off; 2026 Dec 25 off", HINT),
        ("12/24/2026-26 off", "2026 Dec 24-26 off", HINT),
        ("2026-12-24, 2026-12-25 off", "2026 Dec 24,2026 Dec 25 off", HINT),
        ("2026-12-24, 24.12. off", "2026 Dec 24,Dec 24 off", HINT),
        ("24.12.2026 off, 25.12.2026 off", "2026 Dec 24 off, 2026 Dec 25 off", HINT),
        ("25.10-28.10 geschlossen", "Oct 25-28 off", ""),
        ("12/24 9-18", "Dec 24 09:00-18:00", ""),
    ] {
        let said = format!("is not written as opening hours are; write `{write}`{hint}");
        assert_eq!(parsed(text).unwrap_err(), said, "{text}");
    }
}
