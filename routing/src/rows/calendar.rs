//! A calendar row: hours that many rows share, with closed and special dates.

use std::sync::Arc;

use super::cleaned::Cleaned;
use super::limits::MAX_ENTRIES;
use super::reader::{Empty, RowReader};
use super::{Context, Read, ReadRow, Row, Table, hours};
use crate::hours::{
    Closed, Country, Exceptions, Hours, HoursSource, Zone, closed_to_write, last_minute,
};
use crate::text::cut;

/// Reads a calendar row into its key and hours.
///
/// # Errors
/// The finding, when the row has no usable key.
pub fn read<'r>(row: &'r Row, context: &mut Context<'_>) -> ReadRow<'r, Arc<Hours>> {
    let cleaned = Cleaned::new(Table::Calendars, row)?;
    let key = cleaned.key();
    let mut reader = RowReader::new(&cleaned);
    if let Some(bare) = key.strip_prefix(['@', '＠']).map(str::trim).filter(|b| !b.is_empty()) {
        let message = format!(
            "begins with `@`, which stands before a calendar's name only where it is used; write \
            the row again with the key `{}`, and delete this one",
            cut(bare)
        );
        reader.warn("CalendarId", message);
    }
    let (zone, country) = reader.zone_and_country(context.defaults);
    let mut cost = hours::Cost::new();
    let sources = usual_hours(&mut reader, country, context, &mut cost);
    let closed = closed_dates(&mut reader, zone);
    let special = hours::special_dates(&mut reader, country, context, &closed, &mut cost);
    let weeks = hours::every_weeks(&mut reader);
    let hours =
        sources.map(|sources| Hours::new(zone, sources, Exceptions { weeks, closed, special }));
    if let Some(hours) = hours.as_ref().filter(|hours| context.hours.never_opens(hours)) {
        hours::warn_never_open(
            &mut reader,
            "Hours",
            hours,
            "so nothing that uses the calendar is ever open; change the hours or the dates",
        );
    }
    let (read, findings) = Read::conclude(None, reader.finish(), || hours.map(Arc::new));
    Ok((key, read, findings))
}

fn usual_hours(
    reader: &mut RowReader<'_>,
    country: Option<Country>,
    context: &mut Context<'_>,
    cost: &mut hours::Cost,
) -> Option<Vec<HoursSource>> {
    if !reader.has("Hours") {
        reader
            .error("Hours", "is missing; write the calendar's hours, such as `Mo-Fr 09:00-18:00`");
        return None;
    }
    if hours::names_calendar(reader, "Hours") {
        reader.error(
            "Hours",
            "a calendar has hours of its own, not another calendar's; write them, such as `Mo-Fr \
            09:00-18:00`",
        );
        return None;
    }
    hours::sources(reader, "Hours", country, context, cost)
}

fn closed_dates(reader: &mut RowReader<'_>, zone: Zone) -> Vec<Closed> {
    let mut closed = Vec::new();
    let mut told = 0;
    let write = |parts: &[&str]| closed_to_write(parts, zone);
    let entries = reader.list_to_write("ClosedDates", Empty::IsAbsent, MAX_ENTRIES, &write);
    let entries = entries.unwrap_or_default();
    for (place, entry) in entries.iter().enumerate() {
        match Closed::parse(entry, zone) {
            Ok(read) => {
                let slips = [read.slip(), last_minute(entry)];
                for slip in slips.into_iter().flatten() {
                    reader.warn_at("ClosedDates", entry, slip);
                }
                closed.push(read);
            }
            Err(message) => {
                let message = hours::behind(&entries, place, &write).unwrap_or(message);
                reader.error_at("ClosedDates", entry, message);
                told += 1;
            }
        }
        if told >= hours::TOLD {
            break;
        }
    }
    closed
}
