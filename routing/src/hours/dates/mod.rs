//! Dates and times in rows, and ranges of them.
//!
//! A plain date as an end includes that day; a time as an end does not include that instant.

mod clean;
mod closed;
mod instead;
mod loose;
mod point;
mod range;
mod read;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod typed;

use chrono::{DateTime, NaiveDate, Utc};

use super::zone::Zone;
use clean::clean;
pub(crate) use closed::Closed;
use point::Point;
pub(crate) use range::Interval;
use read::{Role, read};

/// Whether the text of an end lies before that of a beginning; false when one cannot be read.
pub(crate) fn is_reversed(from: &str, until: &str, zone: Zone) -> bool {
    let from = read(&clean(from), Role::Start).ok();
    let until = read(&clean(until), Role::End).ok();
    from.zip(until).is_some_and(|(from, until)| until.ends_before(from, zone))
}

/// The end that lies before its beginning, in the next year, where that is a few weeks later.
pub(crate) fn in_next_year(from: &str, until: &str) -> Option<String> {
    let from = read(&clean(from), Role::Start).ok()?;
    instead::a_year_later(from, read(&clean(until), Role::End).ok()?)
}

/// What is told of an end, or of a range with one, that leaves out the last minute of its day.
pub(crate) fn last_minute(text: &str) -> Option<String> {
    instead::of_last_minute(&clean(text))
}

/// Reads where something begins.
///
/// # Errors
/// What to write instead.
pub fn parse_start(text: &str, zone: Zone) -> Result<DateTime<Utc>, String> {
    let point = read(&clean(text), Role::Start);
    point.map(|point| point.as_start(zone)).map_err(|wrong| instead::of_start(text, &wrong, zone))
}

/// Reads where something ends: the first instant after it.
///
/// # Errors
/// What to write instead.
pub fn parse_end(text: &str, zone: Zone) -> Result<DateTime<Utc>, String> {
    let point = read(&clean(text), Role::End);
    point.map(|point| point.as_end(zone)).map_err(|wrong| instead::of_end(text, &wrong, zone))
}

/// Where something ends by a text that is no date as it stands, when it leaves no doubt.
pub(crate) fn end_meant(text: &str, zone: Zone) -> Option<DateTime<Utc>> {
    parse_end(&instead::end_to_write(text)?, zone).ok()
}

/// Reads a day that stands for its week.
///
/// # Errors
/// What to write instead.
pub(crate) fn parse_first_week(text: &str) -> Result<NaiveDate, String> {
    match read(&clean(text), Role::Start) {
        Ok(_) => parse_day(text),
        Err(wrong) => Err(instead::of_first_week(text, &wrong)),
    }
}

/// Entries of `Away` that were typed as one, each as it should be typed.
pub(crate) fn intervals_to_write(parts: &[&str], zone: Zone) -> Option<Vec<String>> {
    instead::each(parts, |text| Interval::parse(text, zone).is_ok())
}

/// Entries of `ClosedDates` that were typed as one, each as it should be typed.
pub(crate) fn closed_to_write(parts: &[&str], zone: Zone) -> Option<Vec<String>> {
    instead::each(parts, |text| Closed::parse(text, zone).is_ok())
}

/// Reads one day.
///
/// # Errors
/// What to write instead.
pub(crate) fn parse_day(text: &str) -> Result<NaiveDate, String> {
    match read(&clean(text), Role::Start) {
        Ok(Point::Day(day)) => Ok(day),
        Ok(Point::Local(time)) => {
            Err(format!("expected a date without a time; write `{}`", time.date()))
        }
        Ok(Point::Instant(_)) => {
            Err("expected a date without a time, such as `2026-12-24`".to_owned())
        }
        Err(wrong) => Err(instead::of_day(text, &wrong)),
    }
}
