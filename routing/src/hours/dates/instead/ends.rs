//! What is told of the end of a range: none, one before its beginning, one just before midnight.

use chrono::{Datelike, NaiveDate, NaiveDateTime, NaiveTime, Timelike};

use super::super::point::Point;
use super::super::read::{Clock, YEARS};
use super::written::{end, minutes, point};

/// How many days a range may go over New Year that was typed with one year, at most.
const WEEKS: i64 = 8 * 7;

/// Instead of a range whose end lies before its beginning.
pub(in crate::hours::dates) fn of_reversed() -> String {
    "the end is before the beginning; write the earlier one first, as in `2026-12-24..2026-12-26`"
        .to_owned()
}

/// Instead of a beginning with the time alone: an end of the same day, where one comes later.
pub(in crate::hours::dates) fn of_time_alone(from: &str, time: NaiveTime) -> String {
    let end = if time.hour() < 18 { "18:00" } else { "24:00" };
    format!("a time alone has no end; write both, such as `{from}..{end}`")
}

/// Instead of `2026-11-24 22:00..06:00`: a time alone as the end is of the same day.
pub(in crate::hours::dates) fn of_night(start: NaiveDateTime, end: Clock) -> String {
    let next = start.date().succ_opt().zip(match end {
        Clock::Time(time) => Some(time),
        Clock::Midnight => None,
    });
    let write = match next {
        Some((day, time)) if time < start.time() => {
            format!(
                "; for the next day write `{}..{}`",
                minutes(start),
                minutes(day.and_time(time))
            )
        }
        _ => "; write a later end".to_owned(),
    };
    format!("the end is not after the beginning: a time alone is of the same day{write}")
}

/// The same with what to write: over New Year if that is near, and the two ends in order.
pub(in crate::hours::dates) fn of_reversed_ends(from: Point, until: Point) -> String {
    let over_new_year = a_year_later(from, until)
        .map(|later| format!("`{}..{later}`, or ", point(from)))
        .unwrap_or_default();
    format!(
        "the end is before the beginning; write {over_new_year}the earlier one first, `{}..{}`",
        point(until),
        end(from)
    )
}

/// The end with the next year, where that is a few weeks after the beginning.
pub(in crate::hours::dates) fn a_year_later(from: Point, until: Point) -> Option<String> {
    let day = |point: Point| match point {
        Point::Day(day) => Some(day),
        Point::Local(time) => Some(time.date()),
        Point::Instant(_) => None,
    };
    let next = |day: NaiveDate| {
        let year = day.year().checked_add(1).filter(|year| YEARS.contains(year))?;
        day.with_year(year)
    };
    let (first, last) = (day(from)?, next(day(until)?)?);
    let is_near = (0..=WEEKS).contains(&(last - first).num_days());
    let later = match until {
        Point::Local(time) => Point::Local(last.and_time(time.time())),
        _ => Point::Day(last),
    };
    (is_near && first.year() < last.year()).then(|| end(later))
}

/// What is told of a cleaned end that leaves out the last minute of its day, though it can be read.
pub(in crate::hours::dates) fn of_last_minute(text: &str) -> Option<String> {
    let (from, until) = match text.split_once("..") {
        Some((from, until)) => (Some(from.trim()), until.trim()),
        None => (None, text),
    };
    let (time, day) = ["23:59", "23:59:59"]
        .into_iter()
        .find_map(|time| Some((time, until.strip_suffix(time)?)))
        .filter(|(_, day)| day.is_empty() || day.ends_with([' ', 'T', 't']))?;
    let write = match from {
        Some(from) => format!("{from}..{day}24:00"),
        None => day.trim_end_matches([' ', 'T', 't']).to_owned(),
    };
    Some(format!("an end at {time} is before the day is over; write `{write}`"))
}
