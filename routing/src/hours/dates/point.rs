//! A date or a moment, as typed.

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, Utc};

use crate::hours::zone::Zone;

/// A date, a time on the wall, or an instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Point {
    Day(NaiveDate),
    /// A time on the wall.
    Local(NaiveDateTime),
    /// A time with its offset.
    Instant(DateTime<Utc>),
}

impl Point {
    /// The first instant at or after the point.
    pub(super) fn as_start(self, zone: Zone) -> DateTime<Utc> {
        match self {
            Self::Day(day) => zone.to_utc(day.and_time(NaiveTime::MIN)),
            Self::Local(local) => zone.to_utc(local),
            Self::Instant(instant) => instant,
        }
    }

    /// The first instant that the point as an end excludes.
    pub(super) fn as_end(self, zone: Zone) -> DateTime<Utc> {
        match self {
            Self::Day(day) => Self::Day(day.succ_opt().unwrap_or(day)).as_start(zone),
            other => other.as_start(zone),
        }
    }

    /// Whether `self` as an end lies before `from`. A day as an end lies before a start on the next
    /// day, though that is where the day ends.
    pub(super) fn ends_before(self, from: Self, zone: Zone) -> bool {
        let (start, end) = (from.as_start(zone), self.as_end(zone));
        end < start || (end == start && matches!(self, Self::Day(_)))
    }
}
