//! Ends before beginnings, ends just before midnight, two days, and zones beside times.

use super::*;

#[test]
fn offsets_west_of_greenwich() {
    for (text, instant) in [
        ("2026-12-24T17:00-05:00", "2026-12-24T22:00:00Z"),
        ("2026-12-24 17:00-05:00", "2026-12-24T22:00:00Z"),
        ("2026-12-24 17:00 -05:00", "2026-12-24T22:00:00Z"),
        ("2026-12-24 17:00-09:00", "2026-12-25T02:00:00Z"),
        ("2026-12-24 17:00-0930", "2026-12-25T02:30:00Z"),
        ("2026-12-24T17:00:00-05", "2026-12-24T22:00:00Z"),
        ("2026-12-24T09:00-10:00", "2026-12-24T19:00:00Z"),
    ] {
        assert_eq!(parse_start(text, seoul()), Ok(at(instant)), "{text}");
        assert_eq!(parse_end(text, seoul()), Ok(at(instant)), "{text}");
    }
    for text in [
        "2026-12-24T17:00-05:00..2026-12-24T20:00-05:00",
        "2026-12-24 17:00 -05:00..2026-12-24 20:00 -05:00",
    ] {
        let (from, until) = (at("2026-12-24T22:00:00Z"), at("2026-12-25T01:00:00Z"));
        let interval = Interval::new(Some(from), Some(until));
        assert_eq!(Interval::parse(text, seoul()), Ok(interval), "{text}");
        assert_eq!(Closed::parse(text, seoul()), Ok(Closed::Hours(interval)), "{text}");
    }
    // What may be two times.
    for (text, told) in [
        (
            "2026-12-24 09:00-12:00",
            "`2026-12-24 12:00`, or with an offset `2026-12-24T09:00:00-12:00`",
        ),
        ("2026/12/24 17:00-05:00", "or with an offset `2026-12-24T17:00:00-05:00`"),
        ("2026-12-24 13:00-18:00", "not a range; write `2026-12-24 18:00`"),
    ] {
        let error = parse_end(text, seoul()).unwrap_err();
        assert!(error.ends_with(told), "{text}: {error}");
    }
    for (text, told) in [
        ("2026-12-24 22:00-06:00", "write `2026-12-24 22:00..2026-12-25 06:00`"),
        ("2026-12-24 09:00-12:00", "write `2026-12-24 09:00..12:00`"),
        ("2026-12-24T13:00-18:00", "write `2026-12-24 13:00..18:00`"),
    ] {
        assert_eq!(Interval::parse(text, seoul()).unwrap_err(), told, "{text}");
    }
}

#[test]
fn zones_beside_times() {
    let not_read = "a zone's name is not read here: times are in the row's `TimeZone`; write";
    let offset = "what time it is in Asia/Seoul, or the offset behind the time, such as `+09:00`";
    for (text, write) in [
        ("2026-12-24 13:00 KST", "`2026-12-24 13:00`"),
        ("2026-12-24 13:00 (KST)", "`2026-12-24 13:00`"),
        ("2026-12-24 13:00 Asia/Seoul", "`2026-12-24 13:00`"),
        ("2026-12-24 13:00 UTC", "`2026-12-24T13:00:00Z`"),
        ("2026-12-24 13:00 GMT", "`2026-12-24T13:00:00Z`"),
        ("Thu, 24 Dec 2026 13:00:00 GMT", "`2026-12-24T13:00:00Z`"),
        ("2026-12-24 13:00 UTC+9", "`2026-12-24T13:00:00+09:00`"),
        ("2026-12-24 13:00 GMT-05:30", "`2026-12-24T13:00:00-05:30`"),
        ("2026-12-24 13:00 America/New_York", "`2026-12-24T18:00:00Z`"),
        ("2026-12-24 13:00 PST", offset),
        ("2026-12-24 13:00 CET", offset),
        ("2026-12-24 UTC", offset),
        ("2026-12-24 13:00 UTC+99", offset),
    ] {
        let error = parse_start(text, seoul()).unwrap_err();
        assert_eq!(error, format!("{not_read} {write}"), "{text}");
        if write != offset {
            parse_start(write.trim_matches('`'), seoul()).unwrap();
        }
    }
    let text = "2026-12-24T13:00:00+09:00[Asia/Seoul]";
    let told = "the offset is enough; write `2026-12-24T13:00:00+09:00`";
    assert_eq!(parse_end(text, seoul()).unwrap_err(), told);
    for (text, write) in [
        ("2026-12-24 13:00..18:00 KST", "`2026-12-24 13:00..18:00`"),
        ("2026-12-24 13:00-18:00 UTC", "`2026-12-24T13:00:00Z..2026-12-24T18:00:00Z`"),
    ] {
        let error = Interval::parse(text, seoul()).unwrap_err();
        assert_eq!(error, format!("{not_read} {write}"), "{text}");
        Interval::parse(write.trim_matches('`'), seoul()).unwrap();
    }
    for text in ["2026-12-24 13:00 KST", "12/11/2026 13:00", "2026-12-24 13:00 UTC"] {
        assert!(!Interval::parse(text, seoul()).unwrap_err().contains("write `"), "{text}");
        assert!(!parse_day(text).unwrap_err().contains("write `"), "{text}");
    }
}

#[test]
fn an_end_before_its_beginning() {
    for (text, write) in [
        (
            "2026-12-31..2026-01-02",
            "`2026-12-31..2027-01-02`, or the earlier one first, `2026-01-02..2026-12-31`",
        ),
        (
            "2026-12-24 13:00..2026-01-02 09:00",
            "`2026-12-24 13:00..2027-01-02 09:00`, or the earlier one first, `2026-01-02 \
            09:00..2026-12-24 13:00`",
        ),
        ("2026-12-26..2026-12-24", "the earlier one first, `2026-12-24..2026-12-26`"),
        ("2026-10-01..2026-01-02", "the earlier one first, `2026-01-02..2026-10-01`"),
        (
            "2026.12.31 ~ 2026.1.2",
            "`2026-12-31..2027-01-02`, or the earlier one first, `2026-01-02..2026-12-31`",
        ),
        ("2026-12-24 23:59 - 2026-12-23", "the earlier one first, `2026-12-23..2026-12-24 24:00`"),
        ("9999-12-31..9999-01-02", "the earlier one first, `9999-01-02..9999-12-31`"),
    ] {
        let told = format!("the end is before the beginning; write {write}");
        assert_eq!(Interval::parse(text, seoul()).unwrap_err(), told, "{text}");
        assert_eq!(Closed::parse(text, seoul()).unwrap_err(), told, "{text}");
        for write in told.split('`').skip(1).step_by(2) {
            assert!(Interval::parse(write, seoul()).is_ok(), "{text}: {write}");
        }
    }
    assert_eq!(in_next_year("2026-12-31", "2026-01-02").as_deref(), Some("2027-01-02"));
    assert_eq!(in_next_year("2026-12-31", "2026-06-02"), None);
}

#[test]
fn ends_just_before_midnight() {
    for (text, write) in [
        ("2026-12-24 23:59", Some("2026-12-24")),
        ("2026-12-24T23:59:59", Some("2026-12-24")),
        ("2026-12-24 00:00..23:59", Some("2026-12-24 00:00..24:00")),
        ("2026-12-24 00:00..2026-12-26 23:59", Some("2026-12-24 00:00..2026-12-26 24:00")),
        ("..2026-12-26 23:59", Some("..2026-12-26 24:00")),
        ("12-24 13:00..23:59", Some("12-24 13:00..24:00")),
        ("2026-12-24", None),
        ("2026-12-24 13:00..24:00", None),
        ("2026-12-24 23:59..", None),
        ("2026-12-24T23:59:00+09:00", None),
        ("2026-12-24T13:00:00-23:59", None),
    ] {
        let told = last_minute(text);
        let told = told.as_deref().and_then(|told| told.split_once("write `"));
        assert_eq!(told.map(|(_, write)| write.trim_end_matches('`')), write, "{text}");
    }
    // Nor is it told to write.
    for (text, write) in [
        ("2026/12/24 13:00~23:59", "2026-12-24 13:00..24:00"),
        ("2026/12/24 13:00~2026/12/26 23:59", "2026-12-24 13:00..2026-12-26 24:00"),
    ] {
        assert_eq!(Interval::parse(text, seoul()).unwrap_err(), format!("write `{write}`"));
        Interval::parse(write, seoul()).unwrap();
    }
    assert_eq!(parse_end("2026/12/24 23:59", seoul()).unwrap_err(), "write `2026-12-24`");
    assert_eq!(parse_start("2026/12/24 23:59", seoul()).unwrap_err(), "write `2026-12-24 23:59`");
    let error = Closed::parse("12/24 13:00~23:59", seoul()).unwrap_err();
    assert!(error.ends_with("write `12-24 13:00..24:00`"), "{error}");
}

#[test]
fn a_slash_between_two_days_may_mean_either() {
    for text in ["2026-12-24 / 2026-12-26", "2026-12-24 / 26"] {
        let told = "may mean two things; write `2026-12-24..2026-12-26`, or two entries \
            `2026-12-24` and `2026-12-26`";
        assert_eq!(Interval::parse(text, seoul()).unwrap_err(), told, "{text}");
        assert!(!parse_end(text, seoul()).unwrap_err().contains("write `"), "{text}");
    }
    let error = Interval::parse("2026-12-24 / 2026-12-25", seoul()).unwrap_err();
    assert_eq!(error, "write `2026-12-24..2026-12-25`");
}
