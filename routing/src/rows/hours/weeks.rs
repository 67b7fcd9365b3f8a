//! `EveryWeeks` and `FirstWeek`: hours of every N-th week.

use crate::hours::{EveryWeeks, parse_first_week};
use crate::rows::reader::{Empty, RowReader, number_before, whole};

/// Longest rhythm of weeks: a year.
const MAX_WEEKS: i64 = 53;
/// Words behind a number of weeks.
const WEEK_WORDS: [&str; 9] =
    ["weeks", "week", "wochen", "woche", "주", "주마다", "周", "週", "週間"];

/// `EveryWeeks` and `FirstWeek`, which belong together. Notes every finding.
pub(in crate::rows) fn every_weeks(reader: &mut RowReader<'_>) -> Option<EveryWeeks> {
    let every = reader.value("EveryWeeks", Empty::IsAbsent);
    let first = reader.text("FirstWeek", Empty::IsAbsent);
    let number = every.and_then(|value| {
        let number = whole(value).filter(|number| (2..=MAX_WEEKS).contains(number));
        if number.is_none() {
            let hint = if whole(value) == Some(1) {
                "1 is every week: remove `EveryWeeks` and `FirstWeek`, or write `2` for every \
                second week"
                    .to_owned()
            } else {
                let good = |number: i64| (2..=MAX_WEEKS).contains(&number);
                match number_before(value, &WEEK_WORDS).filter(|number| good(*number)) {
                    Some(number) => {
                        format!("expected a whole number from 2 to {MAX_WEEKS}; write `{number}`")
                    }
                    None => format!(
                        "expected a whole number from 2 to {MAX_WEEKS}, such as `2` for every \
                        second week"
                    ),
                }
            };
            reader.error("EveryWeeks", hint);
        }
        number
    });
    let date = first.and_then(|text| {
        parse_first_week(text).map_err(|message| reader.error("FirstWeek", message)).ok()
    });
    match (every.is_some(), first.is_some()) {
        (true, false) => reader.error(
            "EveryWeeks",
            "needs `FirstWeek`: a date in a week that counts, such as `FirstWeek`: `2026-11-23`; \
            weeks go from Monday to Sunday",
        ),
        (false, true) => reader.error(
            "FirstWeek",
            "needs `EveryWeeks`: how often a week counts, such as `EveryWeeks`: `2`; else remove \
            `FirstWeek`",
        ),
        _ => {}
    }
    EveryWeeks::new(u32::try_from(number?).ok()?, date?)
}
