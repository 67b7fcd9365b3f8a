//! Any text: no panic, bounded, and what is told to write is good.

use proptest::prelude::*;

use super::*;
use testing_basics::processor_time;

fn search() -> Search {
    Search { today: NaiveDate::from_ymd_opt(2026, 11, 25).unwrap(), ..Search::default() }
}

/// Bits of texts, good and bad, that make more trouble than random characters.
const BITS: &[&str] = &[
    "Mo",
    "Fr",
    "Mo-Fr",
    "Sa",
    "Su",
    "PH",
    "SH",
    "Dec",
    "Dec 24",
    "24",
    "25",
    "2026",
    "2027",
    "week",
    "easter",
    "+1 day",
    "-2 days",
    "[1]",
    "[-1]",
    "[",
    "]",
    "09:00-18:00",
    "22:00-06:00",
    "09:00",
    "18:00",
    "9",
    "18",
    "24:00",
    "48:00",
    "99:99",
    "99999999999",
    "am",
    "pm",
    "off",
    "closed",
    "open",
    "unknown",
    "24/7",
    "sunset",
    "\"x\"",
    "\"",
    ",",
    ";",
    "||",
    "|",
    "-",
    "–",
    "~",
    ":",
    "：",
    "/",
    "+",
    ".",
    "..",
    "(",
    ")",
    "&",
    " ",
    "  ",
    "\u{a0}",
    "\u{200b}",
    "월",
    "금",
    "월요일",
    "평일",
    "오전",
    "시",
    "분",
    "반",
    "周一",
    "至",
    "休",
    "月",
    "日",
    "祝",
    "時",
    "Montag",
    "bis",
    "Uhr",
    "to",
    "and",
    "2026-12-24",
    "24.12.",
    "12월",
    "h",
    "hours",
    "mar",
    "lun",
    "et",
    "1er",
    "until",
    "all day",
    "휴게",
    "종일",
    "除",
    "外",
    "周1",
    "пн",
    "ปิด",
    "▶",
    " / ",
    "\u{fdfa}",
    "İ",
    "ß",
    "e\u{301}",
    "𝟗",
    "½",
];

fn text_of_bits() -> impl Strategy<Value = String> {
    prop::collection::vec(
        (prop::sample::select(BITS), prop::sample::select(&["", " ", ""][..])),
        0..25,
    )
    .prop_map(|bits| bits.into_iter().flat_map(|(bit, space)| [bit, space]).collect())
}

fn check(text: &str) {
    let germany = Some(Country::parse("DE").unwrap());
    match parse(text, germany, &mut search()) {
        Ok(parsed) => {
            let written = parsed.pattern.to_string();
            let again = parse(&written, germany, &mut search());
            let again = again.unwrap_or_else(|error| panic!("{text} → {written}: {error}"));
            assert_eq!(again.pattern.to_string(), written, "{text}");
            for date in search().today.iter_days().step_by(5).take(80) {
                assert_eq!(
                    parsed.pattern.starting(date),
                    again.pattern.starting(date),
                    "{text} → {written} on {date}"
                );
                for pair in parsed.pattern.starting(date).windows(2) {
                    assert!(pair[0].end < pair[1].start, "in order and disjoint: {text}");
                }
            }
            for warning in &parsed.warnings {
                assert!(warning.contains('`'), "{text}: {warning}");
            }
        }
        Err(error) => {
            assert!(error.contains('`') || error.contains("longer"), "{text}: {error}");
            // Of very long texts, not everything is put in order.
            if text.chars().count() < 300 {
                typed::are_good(text, &error);
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig {
        failure_persistence: None,
        ..ProptestConfig::with_cases(3_000)
    })]

    #[test]
    fn any_bits_are_safe(text in text_of_bits()) {
        check(&text);
    }

    #[test]
    fn any_characters_are_safe(text in "\\PC{0,60}") {
        check(&text);
    }

    #[test]
    fn digits_and_signs_are_safe(text in "[0-9:.,;/+ -]{0,40}") {
        check(&text);
    }
}

#[test]
fn the_longest_texts_are_quick() {
    for bit in BITS {
        let count = MAX_CHARACTERS / bit.chars().count();
        for text in [
            bit.repeat(count),
            format!("{bit} ").repeat(count / 2),
            format!("{bit},").repeat(count / 2),
            format!("09:00-18:00;{bit} off;").repeat(20),
        ] {
            let before = processor_time();
            check(&text);
            let taken = processor_time() - before;
            // Of one text, also in a build that is not optimised.
            assert!(taken.as_secs() < 3, "{taken:?}: {text}");
        }
    }
}
