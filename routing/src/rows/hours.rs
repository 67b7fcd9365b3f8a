//! Attributes of hours, wherever they stand: text or list, special dates, every N-th week.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::NaiveDate;

use super::limits::MAX_ENTRIES;
use super::reader::{Empty, RowReader, Write, number_before, whole};
use super::{Context, Value};
use crate::hours::{
    Closed, Country, EveryWeeks, Hours, HoursSource, Written, Zone, parse_day, parse_first_week,
};

/// Most entries of a list of hours.
const MAX_HOURS: usize = 50;
/// Longest rhythm of weeks: a year.
const MAX_WEEKS: i64 = 53;
/// Words behind a number of weeks.
const WEEK_WORDS: [&str; 9] =
    ["weeks", "week", "wochen", "woche", "주", "주마다", "周", "週", "週間"];
/// Wrong entries of one attribute that are told; where there are more, the first help enough.
pub(super) const TOLD: usize = 10;

/// What the hours of one row may cost in all, each text counted once.
pub(super) struct Cost {
    characters: usize,
    parts: usize,
    seen: BTreeSet<String>,
}

impl Cost {
    const CHARACTERS: usize = 10_000;
    const PARTS: usize = 1_000;

    pub(super) fn new() -> Self {
        Self { characters: 0, parts: 0, seen: BTreeSet::new() }
    }

    /// Whether a text may still be read.
    fn allows(&mut self, text: &str) -> Result<(), String> {
        if self.seen.contains(text) {
            return Ok(());
        }
        self.characters = self.characters.saturating_add(text.chars().count());
        if self.characters > Self::CHARACTERS || self.parts > Self::PARTS {
            return Err(format!(
                "the hours of this row have more than {} characters or {} parts in all; write them \
                shorter, or split them over several rows",
                Self::CHARACTERS,
                Self::PARTS
            ));
        }
        self.seen.insert(text.to_owned());
        Ok(())
    }

    fn add(&mut self, parts: usize) {
        self.parts = self.parts.saturating_add(parts);
    }
}

/// The hours in `attribute`: any of the texts and calendars. Notes every finding.
pub(super) fn read(
    reader: &mut RowReader<'_>,
    attribute: &str,
    zone: Zone,
    country: Option<Country>,
    context: &mut Context<'_>,
) -> Option<(Arc<Hours>, bool)> {
    let texts = texts(reader, attribute, Empty::IsError, &mut Cost::new())?;
    match context.hours.resolve(&texts, zone, country) {
        Ok((hours, never_opens)) => {
            warn(reader, attribute, hours.warnings());
            Some((hours, never_opens))
        }
        Err(wrong) => {
            tell(reader, attribute, &texts, wrong);
            None
        }
    }
}

/// Where the hours in `attribute` come from. Notes every finding.
pub(super) fn sources(
    reader: &mut RowReader<'_>,
    attribute: &str,
    country: Option<Country>,
    context: &mut Context<'_>,
    cost: &mut Cost,
) -> Option<Vec<HoursSource>> {
    let texts = texts(reader, attribute, Empty::IsError, cost)?;
    match context.hours.sources(&texts, country) {
        Ok(sources) => {
            for source in &sources {
                if let HoursSource::Text(written) = source {
                    cost.add(written.parts());
                    warn(reader, attribute, written.warnings.iter().map(String::as_str));
                }
            }
            Some(sources)
        }
        Err(wrong) => {
            tell(reader, attribute, &texts, wrong);
            None
        }
    }
}

fn tell(reader: &mut RowReader<'_>, attribute: &str, texts: &[&str], wrong: Vec<(usize, String)>) {
    for (at, message) in wrong.into_iter().take(TOLD) {
        reader.error_at(attribute, texts.get(at).copied().unwrap_or_default(), message);
    }
}

fn warn<'w>(reader: &mut RowReader<'_>, attribute: &str, warnings: impl Iterator<Item = &'w str>) {
    for warning in warnings {
        reader.warn(attribute, warning);
    }
}

/// Hours as typed: one text, or a list of them. The text of a JSON array is a list already.
fn texts<'r>(
    reader: &mut RowReader<'r>,
    attribute: &str,
    empty: Empty,
    cost: &mut Cost,
) -> Option<Vec<&'r str>> {
    let texts: Vec<&str> = match reader.value(attribute, empty)? {
        Value::Text(text) => vec![text.trim()],
        Value::List(values) | Value::Set(values) => {
            let text = |value: &'r Value| match value {
                Value::Text(text) => Some(text.trim()),
                _ => None,
            };
            let Some(texts) = values.iter().map(text).collect() else {
                reader.error(
                    attribute,
                    "every entry must be text: hours such as `Mo-Fr 09:00-18:00`, or `@name` of a \
                    calendar",
                );
                return None;
            };
            texts
        }
        _ => {
            reader.error(
                attribute,
                "expected text (S) or a list (L) of hours, such as `Mo-Fr 09:00-18:00` or `@name` \
                of a calendar",
            );
            return None;
        }
    };
    if texts.iter().any(|text| text.trim().is_empty()) {
        reader.error(attribute, "has an empty entry; remove it, or write hours into it");
        return None;
    }
    if texts.len() > MAX_HOURS {
        reader.error(
            attribute,
            format!(
                "has {} entries; at most {MAX_HOURS} hours are allowed, each with up to 100 parts \
                such as `Mo-Fr 09:00-18:00, Sa 10:00-14:00`",
                texts.len()
            ),
        );
        return None;
    }
    for text in &texts {
        if let Err(message) = cost.allows(text) {
            reader.error(attribute, message);
            return None;
        }
    }
    Some(texts)
}

/// Whether an entry of `attribute` is a calendar's name.
pub(super) fn names_calendar(reader: &mut RowReader<'_>, attribute: &str) -> bool {
    let is_name =
        |value: &Value| matches!(value, Value::Text(text) if text.trim().starts_with(['@', '＠']));
    match reader.value(attribute, Empty::IsAbsent) {
        Some(Value::List(entries) | Value::Set(entries)) => entries.iter().any(is_name),
        Some(value) => is_name(value),
        None => false,
    }
}

/// `SpecialDates`: the hours that dates have instead of the usual ones. Notes every finding.
pub(super) fn special_dates(
    reader: &mut RowReader<'_>,
    country: Option<Country>,
    context: &mut Context<'_>,
    closed: &[Closed],
    cost: &mut Cost,
) -> BTreeMap<NaiveDate, Arc<Written>> {
    const NAME: &str = "SpecialDates";
    let mut special = BTreeMap::new();
    let map = match reader.value(NAME, Empty::IsAbsent) {
        Some(Value::Map(map)) => map,
        Some(_) => {
            reader.error(
                NAME,
                "expected a map (M) of dates to hours, such as \
                {\"2026-11-27\": \"09:00-22:00\", \"2026-11-30\": \"off\"}",
            );
            return special;
        }
        None => return special,
    };
    if map.len() > MAX_ENTRIES {
        reader.error(
            NAME,
            format!(
                "has {} dates; at most {MAX_ENTRIES} are allowed; remove those that have passed",
                map.len()
            ),
        );
        return special;
    }
    let (mut told, mut warned) = (0, BTreeSet::new());
    for (day, value) in map {
        if told >= TOLD {
            break;
        }
        match special_date(day, value, country, context, cost) {
            Ok((date, written)) => {
                for warning in &written.warnings {
                    if warned.insert(warning.clone()) {
                        reader.warn(NAME, format!("{date}: {warning}"));
                    }
                }
                if closed.iter().any(|closed| closed.closes(date)) {
                    reader.warn(
                        NAME,
                        format!(
                            "{date} is in `ClosedDates` too; the special hours are used; \
                            remove it from one of the two"
                        ),
                    );
                }
                if special.insert(date, written).is_some() {
                    reader.error_at(NAME, day, format!("{date} stands twice; write it once"));
                    told += 1;
                }
            }
            Err((found, message)) => {
                reader.error_at(NAME, &found, message);
                told += 1;
            }
        }
    }
    special
}

/// One date with its hours; else what was found, and what to write instead.
fn special_date(
    day: &str,
    value: &Value,
    country: Option<Country>,
    context: &mut Context<'_>,
    cost: &mut Cost,
) -> Result<(NaiveDate, Arc<Written>), (String, String)> {
    let date = parse_day(day).map_err(|message| (day.to_owned(), message))?;
    let text = match value {
        Value::Text(text) if !text.trim().is_empty() => text.trim(),
        Value::List(_) | Value::Set(_) => {
            return Err((
                format!("{}: {}", day.trim(), value.shown()),
                "expected one text; write several hours with commas, such as `09:00-12:00, \
                13:00-18:00`"
                    .to_owned(),
            ));
        }
        other => {
            return Err((
                format!("{}: {}", day.trim(), other.shown()),
                "expected opening hours such as `09:00-22:00`, or `off`".to_owned(),
            ));
        }
    };
    let wrong = |message: String| (format!("{}: {text}", day.trim()), message);
    if text.starts_with(['@', '＠']) {
        return Err(wrong(
            "a special date has hours of its own, not a calendar's; write them, such as \
            `09:00-22:00`"
                .to_owned(),
        ));
    }
    cost.allows(text).map_err(wrong)?;
    let written = context.hours.written_for(text, country, date).map_err(wrong)?;
    cost.add(written.parts());
    Ok((date, written))
}

/// What to write instead of a number alone, behind a day of its month (`2026-12-24, 25`).
pub(super) fn behind(entries: &[&str], place: usize, write: Write<'_>) -> Option<String> {
    let entry = entries.get(place)?;
    let is_number = entry.len() <= 2 && entry.bytes().all(|b| b.is_ascii_digit());
    // The numbers before it, back to the day.
    let so_far = entries.get(..=place)?;
    let first = so_far.iter().rposition(|entry| entry.len() > 2)?;
    let texts = is_number.then(|| write(so_far.get(first..)?)).flatten()?;
    texts.last().map(|text| format!("is a day without its month; write `{text}`"))
}

/// `EveryWeeks` and `FirstWeek`, which belong together. Notes every finding.
pub(super) fn every_weeks(reader: &mut RowReader<'_>) -> Option<EveryWeeks> {
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

/// Warns of a row whose hours never open in the coming year, unless a text was told that already.
pub(super) fn warn_never_open(
    reader: &mut RowReader<'_>,
    attribute: &str,
    hours: &Hours,
    so: &str,
) {
    let told = |warning: &str| warning.contains("never opens") || warning.contains("does not open");
    if !hours.warnings().any(told) {
        reader.warn(attribute, format!("is never open in the coming year, {so}"));
    }
}

#[cfg(test)]
mod tests;
