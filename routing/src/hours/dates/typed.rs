//! Dates as people type them, and what findings tell them to write.

use super::tests::seoul;
use super::*;

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
        ("2026-11-24 오전", "as in `2026-11-24 09:00..13:00`"),
        ("2026-11-24 morning", "as in `2026-11-24 09:00..13:00`"),
        ("2026-12-24 연차", "write `2026-12-24`"),
        ("2026-12-24 (sick)", "write `2026-12-24`"),
        ("2026/12/24 13:00", "`2026-12-24 13:00..18:00`, or `2026-12-24 13:00..` for no end"),
        ("2026.12.24 13시", "`2026-12-24 13:00..18:00`, or `2026-12-24 13:00..` for no end"),
        ("2026-12-24 1pm", "`2026-12-24 13:00..18:00`, or `2026-12-24 13:00..` for no end"),
        ("12/24/2026 7:00 PM", "`2026-12-24 19:00..24:00`, or `2026-12-24 19:00..` for no end"),
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
        ("매년 12-25", "write `12-25`"),
        ("매년 12월 25일", "write `12-25`"),
        ("every year Dec 25", "write `12-25`"),
        ("*-12-25", "write `12-25`"),
        ("毎年12月31日", "write `12-31`"),
        ("12/24 13:00~18:00", "write `12-24 13:00..18:00`"),
        ("12-24 13:00-18:00", "write `12-24 13:00..18:00`"),
        ("12-24 1pm-6pm", "write `12-24 13:00..18:00`"),
        ("12-25 off", "write `12-25`"),
        ("2026-12-24 휴무", "write `2026-12-24`"),
        ("2026-12-24 closed", "write `2026-12-24`"),
    ] {
        let error = Closed::parse(typed, seoul()).unwrap_err();
        assert!(error.contains(says), "{typed}: {error}");
        let write = says.trim_start_matches("write `").trim_end_matches('`');
        assert!(Closed::parse(write, seoul()).is_ok(), "{typed}: {write}");
    }
    // However often it is said.
    let often = "every year ".repeat(500);
    assert!(Closed::parse(&often, seoul()).is_err());
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
