//! What is told of dates at the edges of what is guessed, word for word.

use super::*;

const RANGE: &str = "expected dates or times such as `2026-12-24`, `2026-12-24..2026-12-26` or \
    `2026-11-24 13:00..18:00`";
const POINT: &str = "expected a date `2026-12-24`, a time `2026-12-24 13:00`, or RFC 3339";
const DAY: &str = "expected a date such as `2026-12-24`";

fn no_year(expected: &str) -> String {
    format!("the year is missing; {expected}")
}

fn reversed(write: &str) -> String {
    format!("the end is before the beginning; write the earlier one first, `{write}`")
}

#[test]
fn ranges() {
    let no_date = format!("a time without its date; {RANGE}, with the date first");
    let half = "write from when to when, as in `2026-12-24 13:00..18:00`";
    let short = format!("2026/12/24{}", "\"".repeat(70));
    let long = format!("2026/12/24{}", "\"".repeat(71));
    for (text, told) in [
        // Halves of the day that leave no doubt, and those that do.
        ("2026-12-24 7-9", "write `2026-12-24 07:00..09:00`"),
        ("2026-12-24 6-10", "write `2026-12-24 06:00..10:00`"),
        ("2026-12-24 1-11", "write `2026-12-24 01:00..11:00`"),
        ("2026-12-24 오후 1시~1시", "write `2026-12-24 13:00..2026-12-25 01:00`"),
        ("2026-12-24 12am-6am", half),
        ("2026-12-24 9am - 2026-12-25 12pm", half),
        ("2026-12-24 1-6pm", RANGE),
        ("2026-12-24 13:00 am", RANGE),
        ("1pm", &no_date),
        ("9 Uhr", &no_date),
        ("soon 13:00", RANGE),
        // Hours up to 47 are of the next day; digits alone may be a day.
        ("2026-12-24 2460", RANGE),
        ("2026-12-24 48시", RANGE),
        ("2026-12-24 26", RANGE),
        (
            "2026-12-24, 13",
            &format!("several dates in one entry; make each an entry of its own; {RANGE}"),
        ),
        // Ends of another kind than the beginning, and ends that lie before it.
        ("2026-12-24 13:00~2026-12-25", "write `2026-12-24 13:00..2026-12-25`"),
        ("2026-12-24 13:00~2026-12-24", "write `2026-12-24 13:00..2026-12-24`"),
        ("2026-12-24~2026-12-25 13:00", "write `2026-12-24..2026-12-25 13:00`"),
        ("2026-12-24 13:00~2026-12-23", &reversed("2026-12-23..2026-12-24 13:00")),
        ("2026-12-24~2026-12-23 13:00", &reversed("2026-12-23 13:00..2026-12-24")),
        ("2026-12-26~2026-12-24", &reversed("2026-12-24..2026-12-26")),
        ("2026-12-24 13:00-2026-12-24 13:00", RANGE),
        // One day as a range is that day, not a year.
        ("24.12.-24.12.2026", "write `2026-12-24..2026-12-24`"),
        ("24.-24.12.2026", "write `2026-12-24..2026-12-24`"),
        ("2026-12-24~12-24", "write `2026-12-24..2026-12-24`"),
        ("2026-12-24~24", "write `2026-12-24..2026-12-24`"),
        ("2026-12-24~23", RANGE),
        ("25.12.-24.12.2026", "write `2025-12-25..2026-12-24`"),
        ("..2026-12-24 24", "write `..2026-12-25 00:00`"),
        // No zone.
        ("2026-12-24 am/pm", RANGE),
        ("2026-12-24 13:00 asia/", RANGE),
        ("2026-12-24 13:00 ab/cd", RANGE),
        // No year.
        ("12-25 foo", RANGE),
        ("12-25 13:00..soon", RANGE),
        ("12-24 13:00..12-26", &no_year(RANGE)),
        ("2026-012-24", RANGE),
        ("2026-+1-24", RANGE),
        // The longest text that is guessed at.
        (&short, "write `2026-12-24`"),
        (&long, RANGE),
        (
            "2026-12-24 13:00..13:00",
            "the end is not after the beginning: a time alone is of the same day; write a later \
            end",
        ),
        (
            "2026-12-24 13:00..12:59",
            "the end is not after the beginning: a time alone is of the same day; for the next \
            day write `2026-12-24 13:00..2026-12-25 12:59`",
        ),
    ] {
        assert_eq!(Interval::parse(text, seoul()).unwrap_err(), told, "{text}");
        if let Some(write) = told.strip_prefix("write `").and_then(|told| told.strip_suffix('`')) {
            assert!(Interval::parse(write, seoul()).is_ok(), "{write}");
        }
    }
}

#[test]
fn starts_and_ends() {
    let end = "is an end, but this attribute is a start; write the first day, such as `2026-12-24`";
    for (text, told) in [
        ("until 2027-01-01", end),
        ("..2027-01-01", end),
        ("2026-12-24 24", "write `2026-12-25 00:00`"),
        ("2026-12-24 26", POINT),
        ("2026-12-24 47시", "write `2026-12-25 23:00`"),
        ("2026-12-24 48시", POINT),
        ("2026-12-24 2359", "write `2026-12-24 23:59`"),
        ("2026-12-24 2360", POINT),
        ("2026-12-24 12:00pm", "write `2026-12-24 12:00`"),
    ] {
        assert_eq!(parse_start(text, seoul()).unwrap_err(), told, "{text}");
    }
    let start =
        "is a start, but this attribute is an end; write the last day, such as `2026-12-24`";
    for text in ["from 2027-01-01", "2027-01-01.."] {
        assert_eq!(parse_end(text, seoul()).unwrap_err(), start, "{text}");
    }
}

#[test]
fn days() {
    let several = "a range of dates stands for one entry here; write each date as an entry of its \
        own, such as `2026-12-24`";
    for (text, told) in [
        ("2026-12-24..2026-12-26", several),
        ("2026-12-24~26", several),
        ("12-24", &no_year(DAY)),
        ("12-24..12-26", &no_year(DAY)),
        ("12-24 13:00..14:00", &no_year(DAY)),
        ("2026/12/24", "write `2026-12-24`"),
        ("12/11/2026", "could be two dates: write `2026-12-11` or `2026-11-12`"),
        // What is told to write is a day.
        ("2026/12/24 13:00", DAY),
        ("12/11/2026 13:00", DAY),
        ("2026-12-24 13:00", "expected a date without a time; write `2026-12-24`"),
        ("2026-012-24", DAY),
        ("2026-+1-24", DAY),
    ] {
        assert_eq!(parse_day(text).unwrap_err(), told, "{text}");
    }
}

#[test]
fn days_and_hours_of_every_year() {
    let one = |day: &str| format!("a day of every year is month and day; write `{day}`");
    let reversed = "the end is before the beginning; write the earlier one first, as in \
        `2026-12-24..2026-12-26`";
    for (text, told) in [
        ("매년 12-25", "write `12-25`".to_owned()),
        ("11/11", one("11-11")),
        ("11.12.", one("12-11")),
        ("12/24..12/26", "days of every year are month and day; write `12-24..12-26`".to_owned()),
        ("12/24~25", "days of every year are month and day; write `12-24..12-25`".to_owned()),
        ("12/24~24", RANGE.to_owned()),
        ("12/24~20", RANGE.to_owned()),
        ("12/24~35", RANGE.to_owned()),
        ("12/24 22:00~06:00", no_year(RANGE)),
        ("12-24 18:00..12-24 09:00", reversed.to_owned()),
    ] {
        assert_eq!(Closed::parse(text, seoul()).unwrap_err(), told, "{text}");
    }
    let day = |text: &str| parse_day(text).unwrap();
    for (text, from, until) in [
        ("12-24 13:30..18:15", "2026-12-24T13:30:00+09:00", "2026-12-24T18:15:00+09:00"),
        ("12-24 13:30..12-26", "2026-12-24T13:30:00+09:00", "2026-12-27T00:00:00+09:00"),
        ("12-24..12-26 12:45", "2026-12-24T00:00:00+09:00", "2026-12-26T12:45:00+09:00"),
    ] {
        let closed = Closed::parse(text, seoul()).unwrap();
        assert!(!closed.closes(day("2026-12-24")), "{text} closes hours alone");
        let hours: Vec<_> = closed.hours(seoul(), day("2026-12-25")..=day("2026-12-25")).collect();
        assert!(
            hours.contains(&Interval::new(Some(at(from)), Some(at(until)))),
            "{text}: {hours:?}"
        );
    }
    // A number has at most two digits.
    for text in ["012-25", "12-025", "12-24 013:00..18:00", "12-24 13:000..18:00"] {
        assert!(Closed::parse(text, seoul()).is_err(), "{text}");
    }
}
