//! Any text: no panic, and what is told to write is read without a finding.

use proptest::prelude::*;

use super::*;

/// Bits of texts, good and bad, that make more trouble than random characters.
const BITS: &[&str] = &[
    "2026-12-24",
    "2026.12.30",
    "2026/12/24",
    "2026. 12. 1.",
    "24.12.2026",
    "12/11/2026",
    "2026-01-02",
    "20261224",
    "12-24",
    "12-26",
    "12.1",
    "12.3.",
    "1.3",
    "3/4",
    "24",
    "26",
    "Dec",
    "Dec 24",
    "2026",
    "2026-12",
    "9",
    "13:00",
    "18:00",
    "23:59",
    "23:59:59",
    "24:00",
    "T13:00",
    "-05:00",
    "+09:00",
    "Z",
    "UTC",
    "GMT+9",
    "KST",
    "PST",
    "Asia/Seoul",
    "[Asia/Seoul]",
    "오후 1시",
    "1pm",
    "익일",
    "(목)",
    "Thu",
    "휴무",
    "off",
    "every year",
    "매년",
    "from",
    "until",
    "to",
    "까지",
    "..",
    "~",
    " ~ ",
    "-",
    " - ",
    "/",
    " / ",
    ",",
    " ",
    " ",
    " ",
    " ",
    ".",
];

/// What an error tells to write.
fn told(error: &str) -> impl Iterator<Item = &str> {
    error
        .split('`')
        .skip(1)
        .step_by(2)
        .filter(|told| told.starts_with(|c: char| c.is_ascii_digit()) || told.starts_with(".."))
}

proptest! {
    #![proptest_config(ProptestConfig {
        failure_persistence: None,
        ..ProptestConfig::with_cases(400)
    })]
    #[test]
    fn what_is_told_to_write_is_good(
        bits in prop::collection::vec(prop::sample::select(BITS), 1..7),
    ) {
        let text = bits.concat();
        if let Err(error) = Interval::parse(&text, seoul()) {
            for write in told(&error) {
                prop_assert!(Interval::parse(write, seoul()).is_ok(), "{}: {}", text, error);
                prop_assert_eq!(last_minute(write), None, "{}: {}", text, error);
            }
        }
        if let Err(error) = Closed::parse(&text, seoul()) {
            for write in told(&error) {
                let closed = Closed::parse(write, seoul());
                prop_assert!(closed.is_ok(), "{}: {}", text, error);
                prop_assert_eq!(closed.unwrap().slip(), None, "{}: {}", text, error);
                prop_assert_eq!(last_minute(write), None, "{}: {}", text, error);
            }
        }
        if let Err(error) = parse_start(&text, seoul()) {
            for write in told(&error) {
                prop_assert!(parse_start(write, seoul()).is_ok(), "{}: {}", text, error);
            }
        }
        if let Err(error) = parse_end(&text, seoul()) {
            for write in told(&error) {
                prop_assert!(parse_end(write, seoul()).is_ok(), "{}: {}", text, error);
                prop_assert_eq!(last_minute(write), None, "{}: {}", text, error);
            }
        }
        if let Err(error) = parse_day(&text) {
            for write in told(&error) {
                prop_assert!(parse_day(write).is_ok(), "{}: {}", text, error);
            }
        }
    }
}
