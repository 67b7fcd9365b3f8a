//! Dates and ranges as typed.

mod words;

use super::*;

fn at(text: &str) -> DateTime<Utc> {
    DateTime::parse_from_rfc3339(text).unwrap().to_utc()
}

fn seoul() -> Zone {
    "Asia/Seoul".parse().unwrap()
}

#[test]
fn what_lies_in_a_range() {
    for (text, instant, inside) in [
        ("2026-11-24", "2026-11-23T14:59:59Z", false),
        ("2026-11-24", "2026-11-23T15:00:00Z", true),
        ("2026-11-24", "2026-11-24T14:59:59Z", true),
        ("2026-11-24", "2026-11-24T15:00:00Z", false),
        ("2026-12-24..2027-01-02", "2027-01-02T14:59:59Z", true),
        ("2026-12-24..2027-01-02", "2027-01-02T15:00:00Z", false),
        ("2026-11-24 13:00..2026-11-24 18:00", "2026-11-24T04:00:00Z", true),
        ("2026-11-24 13:00..2026-11-24 18:00", "2026-11-24T09:00:00Z", false),
        ("2026-11-24 13:00..18:00", "2026-11-24T03:59:59Z", false),
        ("2026-11-24 13:00..18:00", "2026-11-24T04:00:00Z", true),
        ("2026-11-24 13:00..18:00", "2026-11-24T09:00:00Z", false),
        ("2026-11-24 13:00..24:00", "2026-11-24T14:59:59Z", true),
        ("2026-11-24 13:00..24:00", "2026-11-24T15:00:00Z", false),
        ("2026-11-24 13:00..2026-11-25 24:00", "2026-11-25T14:59:59Z", true),
        ("2026-11-24 13:00..2026-11-25 24:00", "2026-11-25T15:00:00Z", false),
        ("2026-11-24 13:00..2026-11-25", "2026-11-25T14:59:59Z", true),
        ("2027-03-01..", "2030-01-01T00:00:00Z", true),
        ("2027-03-01..", "2026-01-01T00:00:00Z", false),
        ("..2027-03-01", "2026-01-01T00:00:00Z", true),
        ("..2027-03-01", "2027-03-01T15:00:00Z", false),
        ("2026-11-24 13:00..", "2030-01-01T00:00:00Z", true),
        ("2026-11-24T13:00:00+09:00..2026-11-25", "2026-11-24T04:00:00Z", true),
        ("2026-11-24T13:00+09:00..2026-11-25", "2026-11-24T03:59:59Z", false),
        // Look-alikes that leave no doubt.
        ("２０２６－１１－２４", "2026-11-24T12:00:00Z", true),
        ("2026–11–24", "2026-11-24T12:00:00Z", true),
        ("2026−11‐24 1３：00..18:00", "2026-11-24T04:00:00Z", true),
        ("\u{feff} 2026-11-24\u{3000}13:00 ．． 18:00\u{a0}", "2026-11-24T04:00:00Z", true),
        ("2026-11-24‥2026-11-25", "2026-11-25T04:00:00Z", true),
        ("2026-11-24  9:00..18:00", "2026-11-24T00:00:00Z", true),
    ] {
        let interval = Interval::parse(text, seoul()).unwrap_or_else(|e| panic!("{text}: {e}"));
        assert_eq!(interval.contains(at(instant)), inside, "{text} {instant}");
    }
}

/// What to write instead, in ranges.
#[test]
fn ranges_written_otherwise() {
    for (text, instead) in [
        ("2026-12-24 - 2026-12-26", "2026-12-24..2026-12-26"),
        ("2026-12-24-2026-12-26", "2026-12-24..2026-12-26"),
        ("2026-12-24~2026-12-26", "2026-12-24..2026-12-26"),
        ("2026-12-24 ～ 2026-12-26", "2026-12-24..2026-12-26"),
        ("2026-12-24–2026-12-26", "2026-12-24..2026-12-26"),
        ("2026-12-24 — 2026-12-26", "2026-12-24..2026-12-26"),
        ("2026-12-24 to 2026-12-26", "2026-12-24..2026-12-26"),
        ("2026-12-24 until 2026-12-26", "2026-12-24..2026-12-26"),
        ("from 2026-12-24 to 2026-12-26", "2026-12-24..2026-12-26"),
        ("2026-12-24 bis 2026-12-26", "2026-12-24..2026-12-26"),
        ("2026-12-24から2026-12-26まで", "2026-12-24..2026-12-26"),
        ("2026-12-24부터 2026-12-26까지", "2026-12-24..2026-12-26"),
        ("2026年12月24日から26日まで", "2026-12-24..2026-12-26"),
        ("2026-12-24至2026-12-26", "2026-12-24..2026-12-26"),
        ("2026-12-24...2026-12-26", "2026-12-24..2026-12-26"),
        ("2026-12-24…2026-12-26", "2026-12-24..2026-12-26"),
        ("2026-12-24/2026-12-26", "2026-12-24..2026-12-26"),
        ("2026/12/24..2026/12/26", "2026-12-24..2026-12-26"),
        ("2026/12/24 - 2026/12/26", "2026-12-24..2026-12-26"),
        ("24.12.2026 - 26.12.2026", "2026-12-24..2026-12-26"),
        ("12/24/2026-12/26/2026", "2026-12-24..2026-12-26"),
        ("2026-12-24~26", "2026-12-24..2026-12-26"),
        ("2026-12-24~12-26", "2026-12-24..2026-12-26"),
        ("2026-12-24 ~ 01-02", "2026-12-24..2027-01-02"),
        ("2026. 12. 24. ~ 2026. 12. 26.", "2026-12-24..2026-12-26"),
        ("2026-11-24 13:00-18:00", "2026-11-24 13:00..18:00"),
        ("2026-11-24 13:00~18:00", "2026-11-24 13:00..18:00"),
        ("2026-11-24 13:00 - 2026-11-24 18:00", "2026-11-24 13:00..18:00"),
        ("2026-11-24 13:00-2026-11-25 18:00", "2026-11-24 13:00..2026-11-25 18:00"),
        ("2026-11-24 1pm-6pm", "2026-11-24 13:00..18:00"),
        ("2026-11-24 1 p.m. to 6 p.m.", "2026-11-24 13:00..18:00"),
        ("2026-11-24 오후 1시 ~ 오후 6시", "2026-11-24 13:00..18:00"),
        ("2026-11-24 22:00-06:00", "2026-11-24 22:00..2026-11-25 06:00"),
        ("2026-11-24 22:00..06:00", "2026-11-24 22:00..2026-11-25 06:00"),
        ("2026-11-24 18:00~24:00", "2026-11-24 18:00..24:00"),
        ("since 2027-03-01", "2027-03-01.."),
        ("2027-03-01부터", "2027-03-01.."),
        ("2027-03-01~", "2027-03-01.."),
        ("until 2027-03-01", "..2027-03-01"),
        ("~2027-03-01", "..2027-03-01"),
        ("2027-03-01까지", "..2027-03-01"),
        // One day.
        ("2026/12/24", "2026-12-24"),
        ("2026.12.24", "2026-12-24"),
        ("24.12.2026", "2026-12-24"),
        ("12/24/2026", "2026-12-24"),
        ("2026年12月24日", "2026-12-24"),
        ("2026년 12월 24일", "2026-12-24"),
        ("Dec 24 2026", "2026-12-24"),
        ("December 24th, 2026", "2026-12-24"),
        ("24 Dec 2026", "2026-12-24"),
        ("24-Dec-2026", "2026-12-24"),
        ("24. Dezember 2026", "2026-12-24"),
        ("2026 Dec 24", "2026-12-24"),
        ("Thu, 24 Dec 2026", "2026-12-24"),
        ("2026/12/24 (목)", "2026-12-24"),
        ("46380", "2026-12-24"),
        ("20261224", "2026-12-24"),
    ] {
        let error = Interval::parse(text, seoul()).unwrap_err();
        assert!(error.contains(&format!("`{instead}`")), "{text}: {error}");
        Interval::parse(instead, seoul()).unwrap();
    }
}

#[test]
fn points_written_otherwise() {
    for (text, says) in [
        ("2026/12/24", "write `2026-12-24`"),
        ("2026/12/24 13:00", "write `2026-12-24 13:00`"),
        ("2026-12-24 1pm", "write `2026-12-24 13:00`"),
        ("2026-12-24 1:30 PM", "write `2026-12-24 13:30`"),
        ("2026-12-24 12am", "write `2026-12-24 00:00`"),
        ("2026-12-24 13h", "write `2026-12-24 13:00`"),
        ("2026-12-24 13.30", "write `2026-12-24 13:30`"),
        ("2026-12-24, 13:00", "write `2026-12-24 13:00`"),
        ("2026-12-24 오후 1시 30분", "write `2026-12-24 13:30`"),
        ("2026-12-24 24:00", "write `2026-12-25`"),
        ("12/11/2026", "`2026-12-11` or `2026-11-12`"),
        ("11/11/2026", "write `2026-11-11`"),
        ("2026-02-30", "which has 28 days"),
        ("2026/02/30", "which has 28 days"),
        ("2026-13-01", "no month 13"),
        ("2026-12-24 25:00", "no time 25:00"),
        ("2026-12-24 13:75", "no time 13:75"),
        ("26-12-24", "year with four digits"),
        ("24.12.26", "year with four digits"),
        ("12/24/26", "year with four digits"),
        ("12-24", "the year is missing"),
        ("Dec 24", "the year is missing"),
        ("13:00", "a time without its date"),
        ("today", "write the date itself"),
        ("Tomorrow 9:00", "write the date itself"),
        ("내일", "write the date itself"),
        ("2026-12-24 13:00 KST", "row's `TimeZone`; write `2026-12-24 13:00`"),
        ("2026-12-24 13:00 Asia/Seoul", "row's `TimeZone`; write `2026-12-24 13:00`"),
        ("2026-12-24..2026-12-26", "write `2026-12-24`"),
        ("2026-12-24, 2026-12-26", "several dates"),
        ("0001-01-01", "1970 to 9999"),
        ("soon", "expected a date `2026-12-24`"),
        ("", "expected a date `2026-12-24`"),
    ] {
        let error = parse_start(text, seoul()).unwrap_err();
        assert!(error.contains(says), "{text}: {error}");
    }
    assert_eq!(parse_end("2026-12-24 24:00", seoul()), parse_start("2026-12-25", seoul()));
    assert_eq!(parse_end("2026-12-24", seoul()), parse_start("2026-12-25", seoul()));
    assert_eq!(
        parse_end("2026-12-24 13:00 +09:00", Zone::utc()),
        parse_start("2026-12-24T04:00:00Z", seoul())
    );
}

/// Advice never says more than was typed: half a day is no whole day, a range's end no beginning.
#[test]
fn advice_is_right_or_absent() {
    for text in [
        "2026-12-24 (13:00-18:00)",
        "2026-12-24 (오후)",
        "2026-12-24 (half day)",
        "2026-12-24 (cancelled)",
    ] {
        let error = Interval::parse(text, seoul()).unwrap_err();
        assert!(!error.contains("write `"), "{text}: {error}");
    }
    let error = Interval::parse("2026/12/24 (Thu)", seoul()).unwrap_err();
    assert!(error.contains("write `2026-12-24`"), "{error}");
    for (text, start, end) in [
        ("2026-12-24..2026-12-31", Some("2026-12-24"), Some("2026-12-31")),
        ("2026-12-24 ~ 2026-12-31", Some("2026-12-24"), Some("2026-12-31")),
        ("2026-12", Some("2026-12-01"), Some("2026-12-31")),
        ("2026-12-24 09:00..18:00", Some("2026-12-24 09:00"), Some("2026-12-24 18:00")),
        ("before 2026-12-24", None, None),
    ] {
        for (error, write) in [
            (parse_start(text, seoul()).unwrap_err(), start),
            (parse_end(text, seoul()).unwrap_err(), end),
        ] {
            let written =
                error.split_once("write `").map(|(_, rest)| rest.split('`').next().unwrap());
            assert_eq!(written, write, "{text}: {error}");
        }
    }
}

#[test]
fn what_is_no_range() {
    for (text, says) in [
        ("", "expected dates or times"),
        ("..", "expected dates or times"),
        ("2026-12-24 13:00", "a time alone has no end"),
        ("2026-12-24..2026-12-23", "before the beginning"),
        ("2026-12-25..2026-12-24", "before the beginning"),
        ("2026-12-24 13:00..2026-12-24 12:00", "before the beginning"),
        ("2026-12-24 13:00..13:00", "not after the beginning"),
        ("2026-12-24 13:00..2026-12-24 13:00", "ends where it begins"),
        ("13:00-18:00", "a time without its date"),
        ("13:00..18:00", "a time without its date"),
        ("2026-12-24 13:00..25:00", "no time 25:00"),
    ] {
        let error = Interval::parse(text, seoul()).unwrap_err();
        assert!(error.contains(says), "{text}: {error}");
    }
}

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

#[test]
fn gaps_and_overlaps_of_daylight_saving() {
    let berlin: Zone = "Europe/Berlin".parse().unwrap();
    assert_eq!(parse_start("2027-03-28 02:30", berlin).unwrap(), at("2027-03-28T01:00:00Z"));
    assert_eq!(parse_start("2026-10-25 02:30", berlin).unwrap(), at("2026-10-25T00:30:00Z"));
}

/// Leave as people type it, and what a finding tells them to write.
#[test]
fn leave_as_it_is_typed() {
    for (typed, says) in [
        ("12-24..12-26", "the year is missing"),
        ("12-25 13:00..18:00", "the year is missing"),
        ("12-24 13:00..12-26 09:00", "the year is missing"),
        ("12/24 ~ 12/26", "the year is missing"),
        ("12월 24일 ~ 12월 26일", "the year is missing"),
        ("12월 24일~26일", "the year is missing"),
        ("12月24日至12月26日", "the year is missing"),
        ("December 24 to December 26", "the year is missing"),
        ("Dec 24-26", "the year is missing"),
        ("12.24~26", "the year is missing"),
        ("24.12.-26.12.2026", "write `2026-12-24..2026-12-26`"),
        ("24.-26.12.2026", "write `2026-12-24..2026-12-26`"),
        ("28.12. - 02.01.2027", "write `2026-12-28..2027-01-02`"),
        ("Dec 24-26, 2026", "write `2026-12-24..2026-12-26`"),
        ("2026. 12. 24. ~ 12. 26.", "write `2026-12-24..2026-12-26`"),
        ("2026年12月24日～26日", "write `2026-12-24..2026-12-26`"),
        ("20261224-20261226", "write `2026-12-24..2026-12-26`"),
        ("2026-12", "write `2026-12-01..2026-12-31`"),
        ("2026년 2월", "write `2026-02-01..2026-02-28`"),
        ("December 2026", "write `2026-12-01..2026-12-31`"),
        ("2026-11-24 오후 1시~6시", "write `2026-11-24 13:00..18:00`"),
        ("2026-11-24 下午1点-6点", "write `2026-11-24 13:00..18:00`"),
        ("2026-11-24 오전 9시 ~ 6시", "write `2026-11-24 09:00..18:00`"),
        ("2026-11-24 오후 10시 ~ 2시", "write `2026-11-24 22:00..2026-11-25 02:00`"),
        ("2026-11-24 13시~18시", "write `2026-11-24 13:00..18:00`"),
        ("2026-11-24 오후", "write from when to when, as in `2026-11-24 13:00..18:00`"),
        ("2026-11-24 오전 반차", "write from when to when"),
        ("2026-11-24 下午", "write from when to when"),
        ("2026-11-24 PM", "write from when to when"),
        ("2026-11-24 Nachmittag", "write from when to when"),
        ("2026-11-24 Tue", "write `2026-11-24`"),
        ("2026-11-24 화요일", "write `2026-11-24`"),
        ("2026-11-24(화)", "write `2026-11-24`"),
        ("2026-12-24, 26", "several dates in one entry"),
        ("2026-12-24 2026-12-25", "several dates in one entry"),
        ("매주 월요일", "a day of every week is not a date"),
        ("every Monday", "a day of every week is not a date"),
        ("周一", "a day of every week is not a date"),
        ("월요일마다", "a day of every week is not a date"),
        ("Mo", "a day of every week is not a date"),
    ] {
        let error = Interval::parse(typed, seoul()).unwrap_err();
        assert!(error.contains(says), "{typed}: {error}");
        // What is told to write is read.
        for text in error.split("write `").skip(1).filter_map(|rest| rest.split('`').next()) {
            assert!(Interval::parse(text, seoul()).is_ok(), "{typed}: {text}");
        }
    }
    for (typed, says) in [
        ("12/24-12/26", "write `12-24..12-26`"),
        ("12월 24일 ~ 26일", "write `12-24..12-26`"),
        ("Dec 24-26", "write `12-24..12-26`"),
    ] {
        let error = Closed::parse(typed, seoul()).unwrap_err();
        assert!(error.contains(says), "{typed}: {error}");
    }
}

/// What is told to write is read.
#[test]
fn an_end_after_its_beginning_is_told() {
    for (text, write) in [
        ("2026-12-24 13:00", "2026-12-24 13:00..18:00"),
        ("2026-12-24 18:00", "2026-12-24 18:00..24:00"),
        ("12-24 13:00", "12-24 13:00..18:00"),
        ("12-24 18:00", "12-24 18:00..24:00"),
        ("12-24 22:00..02:00", "12-24 22:00..12-25 02:00"),
        ("12-31 22:00..02:00", "12-31 22:00..01-01 02:00"),
    ] {
        let message = Closed::parse(text, seoul()).unwrap_err();
        assert!(
            message.contains(&format!("write both, such as `{write}`"))
                || message.contains(&format!("write `{write}`")),
            "{text}: {message}"
        );
        assert!(Closed::parse(write, seoul()).is_ok(), "{write}");
    }
    for (text, says) in [
        ("12-24 18:00..18:00", "; write a later end"),
        ("02-28 22:00..02:00", "; write a later end"),
        ("12-24 24:00", "expected dates or times"),
        ("2026-12-24T13:00:00+09:00", "write the end too, with its offset"),
    ] {
        let message = Closed::parse(text, seoul()).unwrap_err();
        assert!(message.contains(says), "{text}: {message}");
    }
}
