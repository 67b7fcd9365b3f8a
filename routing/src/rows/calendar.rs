//! A calendar row: hours that many rows share, with closed and special dates.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::reader::{Empty, MAX_ENTRIES, Reader};
use super::{Context, Read, ReadRow, Row, Table, Value};
use crate::hours::{Hours, Interner, parse_day, parse_days};

/// Attributes of a calendar row, beside its key.
pub const ATTRIBUTES: [&str; 5] =
    ["Hours", "TimeZone", "HolidayCountry", "ClosedDates", "SpecialDates"];

/// Reads a calendar row into its key and hours.
///
/// # Errors
/// The finding, when the row has no usable key.
pub fn read<'r>(row: &'r Row, context: &mut Context<'_>) -> ReadRow<'r, Arc<Hours>> {
    let mut reader = Reader::new(Table::Calendars, row)?;
    let key = reader.key();
    let (zone, country) = reader.zone_and_country(context.defaults);
    let pattern = match reader.text("Hours", Empty::IsError) {
        Some(text) => match context.hours.pattern(text, country) {
            Ok((pattern, warnings)) => {
                for warning in warnings {
                    reader.warn("Hours", warning);
                }
                Some(pattern)
            }
            Err(message) => {
                reader.error("Hours", message);
                None
            }
        },
        None => {
            if !reader.has("Hours") {
                reader.error("Hours", "is missing; give the calendar's opening hours");
            }
            None
        }
    };
    let mut closed = Vec::new();
    for entry in reader.list("ClosedDates", Empty::IsAbsent, MAX_ENTRIES).unwrap_or_default() {
        match parse_days(entry) {
            Ok(days) => closed.push(days),
            Err(message) => reader.error_at("ClosedDates", entry, message),
        }
    }
    let mut special = BTreeMap::new();
    match reader.value("SpecialDates", Empty::IsAbsent) {
        Some(Value::Map(map)) => {
            let text = |value: &'r Value| match value {
                Value::Text(text) if !text.trim().is_empty() => Some(text.trim()),
                _ => None,
            };
            for (day, hours) in reader
                .map_entries("SpecialDates", map, text, "opening hours such as `09:00-22:00`")
                .unwrap_or_default()
            {
                let date = match parse_day(day) {
                    Ok(date) => date,
                    Err(message) => {
                        reader.error_at("SpecialDates", day, message);
                        continue;
                    }
                };
                match Interner::pattern_for_date(hours, country, date) {
                    Err(message) => reader.error_at("SpecialDates", hours, message),
                    Ok((pattern, warnings)) => {
                        for warning in warnings {
                            reader.warn("SpecialDates", format!("{date}: {warning}"));
                        }
                        let day = date;
                        if closed.iter().any(|days| days.contains(&day)) {
                            reader.warn(
                                "SpecialDates",
                                format!(
                                    "{day} is in `ClosedDates` too; the special hours are used"
                                ),
                            );
                        }
                        special.insert(day, pattern);
                    }
                }
            }
        }
        Some(_) => reader.error(
            "SpecialDates",
            "expected a map (M) of dates to hours, such as {\"2026-11-27\": \"09:00-22:00\"}",
        ),
        None => {}
    }
    let (read, findings) = Read::conclude(None, reader.finish(&ATTRIBUTES), || {
        pattern.map(|pattern| Arc::new(Hours::with_exceptions(zone, pattern, closed, special)))
    });
    Ok((key, read, findings))
}
