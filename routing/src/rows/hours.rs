//! Attributes of hours, wherever they stand: text or list, special dates, every N-th week.

mod bounds;
mod special;
mod weeks;

use std::sync::Arc;

use super::reader::{Empty, RowReader, Write};
use super::{Context, Value};
use crate::hours::{Country, Hours, HoursSource, Zone};
pub(super) use bounds::{Cost, TOLD};
pub(super) use special::special_dates;
pub(super) use weeks::every_weeks;

/// Most entries of a list of hours.
const MAX_HOURS: usize = 50;

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
