//! What an entry of `ClosedDates` closes, and what to write instead of one.

use super::*;

#[test]
fn what_a_calendar_closes() {
    let day = |text: &str| parse_day(text).unwrap();
    for (text, date, closed) in [
        ("2026-11-30", "2026-11-30", true),
        ("2026-11-30", "2027-11-30", false),
        ("2026-12-24..2026-12-26", "2026-12-26", true),
        ("2026-12-24..2026-12-26", "2026-12-27", false),
        ("2026-12-24..", "2030-01-01", true),
        ("12-25", "2026-12-25", true),
        ("12-25", "2031-12-25", true),
        ("12-25", "2026-12-26", false),
        ("12-24..12-26", "2027-12-26", true),
        ("12-24..01-02", "2027-01-02", true),
        ("12-24..01-02", "2027-12-31", true),
        ("12-24..01-02", "2027-01-03", false),
        ("02-29", "2028-02-29", true),
        ("１２－２５", "2026-12-25", true),
    ] {
        let closes = Closed::parse(text, seoul()).unwrap().closes(day(date));
        assert_eq!(closes, closed, "{text} {date}");
    }
    for (text, instant, closed) in [
        ("2026-11-25 13:00..18:00", "2026-11-25T13:00:00+09:00", true),
        ("2026-11-25 13:00..18:00", "2026-11-25T18:00:00+09:00", false),
        ("12-24 13:00..24:00", "2026-12-24T23:59:00+09:00", true),
        ("12-24 13:00..24:00", "2026-12-25T00:00:00+09:00", false),
        ("12-24 13:00..24:00", "2029-12-24T13:00:00+09:00", true),
        ("12-31 18:00..01-02 09:00", "2027-01-02T08:59:00+09:00", true),
        ("12-31 18:00..01-02 09:00", "2027-01-02T09:00:00+09:00", false),
        ("12-31 18:00..01-02 09:00", "2027-12-31T18:00:00+09:00", true),
    ] {
        let entry = Closed::parse(text, seoul()).unwrap();
        let now = at(instant);
        let date = now.date_naive();
        let inside = entry.hours(seoul(), date..=date).any(|hours| hours.contains(now));
        assert_eq!(inside, closed, "{text} {instant}");
        assert!(!entry.closes(date), "{text}: hours close no date");
    }
    for (text, says) in [
        ("12/25", "write `12-25`"),
        ("25.12.", "write `12-25`"),
        ("Dec 25", "write `12-25`"),
        ("12월 25일", "write `12-25`"),
        ("11/12", "`11-12` or `12-11`"),
        ("13-25", "no such day"),
        ("12-25..2026-12-26", "two days of every year"),
        ("2026/12/24", "write `2026-12-24`"),
        ("2026-11-25 13:00-18:00", "write `2026-11-25 13:00..18:00`"),
        ("2026-11-25 13:00:30..18:00", "seconds"),
        ("12-25 18:00..13:00", "write `12-25 18:00..12-26 13:00`"),
        ("12-25 18:00", "no end"),
        ("Christmas", "expected dates or times"),
    ] {
        let error = Closed::parse(text, seoul()).unwrap_err();
        assert!(error.contains(says), "{text}: {error}");
    }
}
