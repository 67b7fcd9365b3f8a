//! `SpecialDates`: hours of single dates.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::NaiveDate;

use super::bounds::{Cost, TOLD};
use crate::hours::{Closed, Country, Written, parse_day};
use crate::rows::limits::MAX_ENTRIES;
use crate::rows::reader::{Empty, RowReader};
use crate::rows::{Context, Table, Value};

/// `SpecialDates`: the hours that dates have instead of the usual ones. Notes every finding.
pub(in crate::rows) fn special_dates(
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
                    let message = format!("{date} is in the map twice; write it once");
                    reader.error_at(NAME, day, message);
                    told += 1;
                }
            }
            Err((found, mut message)) => {
                let is_off = matches!(value, Value::Text(text) if is_off(text));
                if is_off && reader.table() == Table::Calendars && Closed::is_every_year(day) {
                    let day = day.trim();
                    message = format!(
                        "the year is missing; to close it every year, write `{day}` into \
                        `ClosedDates` instead"
                    );
                }
                reader.error_at(NAME, &found, message);
                told += 1;
            }
        }
    }
    special
}

fn is_off(text: &str) -> bool {
    ["off", "closed"].contains(&text.trim().to_lowercase().as_str())
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
