//! Dates, times and ranges as they should be typed.

use chrono::{NaiveDateTime, NaiveTime, SecondsFormat, Timelike};

use super::super::loose::{Guess, GuessedPoint};
use super::super::point::Point;

/// A guess as it should be typed.
pub(in crate::hours::dates) fn written(guess: &Guess) -> String {
    match guess {
        Guess::Day(day) => day.to_string(),
        Guess::Time(time) => minutes(*time),
        Guess::Range(from, until) => {
            let side = |point: &Option<GuessedPoint>| {
                point.map(|point| written(&point.into())).unwrap_or_default()
            };
            if let (Some(GuessedPoint::Time(from)), Some(GuessedPoint::Time(until))) = (from, until)
            {
                if from.date() == until.date() {
                    return format!("{}..{}", minutes(*from), end_of_day(*until));
                }
                // The midnight that ends the day of the beginning.
                let midnight = from.date().succ_opt().map(|next| next.and_time(NaiveTime::MIN));
                if Some(*until) == midnight {
                    return format!("{}..24:00", minutes(*from));
                }
            }
            let last = until.map(|until| end(until.into())).unwrap_or_default();
            format!("{}..{last}", side(from))
        }
    }
}

pub(super) fn minutes(time: NaiveDateTime) -> String {
    time.format("%Y-%m-%d %H:%M").to_string()
}

/// The time of an end.
pub(super) fn end_of_day(until: NaiveDateTime) -> String {
    if is_last_minute(until) { "24:00".to_owned() } else { until.format("%H:%M").to_string() }
}

/// Whether the last minute of the day begins then: who writes 23:59 as an end means midnight.
pub(super) fn is_last_minute(time: NaiveDateTime) -> bool {
    (time.hour(), time.minute()) == (23, 59)
}

/// A time as it should be typed, with its seconds where it has any.
fn exact(time: NaiveDateTime) -> String {
    if time.second() == 0 { minutes(time) } else { time.format("%Y-%m-%d %H:%M:%S").to_string() }
}

/// A point as it can be read again.
pub(super) fn point(point: Point) -> String {
    match point {
        Point::Day(day) => day.to_string(),
        Point::Local(time) => exact(time),
        Point::Instant(instant) => instant.to_rfc3339_opts(SecondsFormat::AutoSi, true),
    }
}

/// A point where something ends, as it should be typed.
pub(super) fn end(until: Point) -> String {
    match until {
        Point::Local(time) if is_last_minute(time) => {
            format!("{} {}", time.date(), end_of_day(time))
        }
        other => point(other),
    }
}
