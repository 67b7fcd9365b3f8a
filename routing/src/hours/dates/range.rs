//! Ranges of dates and times.

use crate::hours::Zone;
use chrono::{DateTime, NaiveDate, NaiveTime, Utc};

use super::clean::clean;
use super::instead;
use super::point::Point;
use super::read::{Clock, Role, Wrong, clock, read};
use crate::packed::packed_struct;

/// A stretch of time, from `from` (inclusive) until `until` (exclusive); open where there is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Interval {
    pub(super) from: Option<DateTime<Utc>>,
    pub(super) until: Option<DateTime<Utc>>,
}

packed_struct!(Interval { from, until });

impl Interval {
    /// Reads `2026-12-24`, `2026-12-24..2027-01-02`, `2026-11-24 13:00..18:00`, times in place of
    /// dates, and ranges open at one side. Times are in `zone`.
    ///
    /// # Errors
    /// What to write instead.
    pub fn parse(text: &str, zone: Zone) -> Result<Self, String> {
        Ends::read(text, zone)?.interval(zone)
    }

    /// An interval with these ends.
    pub fn new(from: Option<DateTime<Utc>>, until: Option<DateTime<Utc>>) -> Self {
        Self { from, until }
    }

    /// Whether `now` lies in it.
    pub fn contains(&self, now: DateTime<Utc>) -> bool {
        self.from.is_none_or(|from| from <= now) && self.until.is_none_or(|until| now < until)
    }

    /// Where it begins and ends, as far as it does.
    pub(crate) fn bounds(&self) -> impl Iterator<Item = DateTime<Utc>> {
        self.from.into_iter().chain(self.until)
    }

    /// Where it begins; `None` = it always went on.
    pub fn from(&self) -> Option<DateTime<Utc>> {
        self.from
    }

    /// The first instant after it; `None` = it never ends.
    pub fn until(&self) -> Option<DateTime<Utc>> {
        self.until
    }
}

/// A range as typed; a day alone is its own beginning and end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Ends {
    pub(super) from: Option<Point>,
    pub(super) until: Option<Point>,
}

impl Ends {
    pub(super) fn read(text: &str, zone: Zone) -> Result<Self, String> {
        let cleaned = clean(text);
        let wrong = |wrong: Wrong| instead::of_range(text, &wrong, zone);
        let Some((from, until)) = cleaned.split_once("..") else {
            return match read(&cleaned, Role::Alone).map_err(wrong)? {
                day @ Point::Day(_) => Ok(Self { from: Some(day), until: Some(day) }),
                Point::Local(time) => Err(instead::of_time_alone_or_open(&cleaned, time.time())),
                Point::Instant(_) => Err(format!(
                    "a time alone has no end; write the end too, with its offset, or `{cleaned}..` \
                    for no end"
                )),
            };
        };
        let (from, until) = (from.trim(), until.trim());
        if from.is_empty() && until.is_empty() {
            return Err(wrong(Wrong::Form));
        }
        let side = |text: &str, role| match text {
            "" => Ok(None),
            text => read(text, role).map(Some),
        };
        let start = side(from, Role::Start).map_err(wrong)?;
        // A time alone as the end is of the same day.
        let end = match (start, clock(until)) {
            (Some(Point::Local(start)), Ok(time)) => match same_day(start.date(), time) {
                Some(end) => {
                    if end <= start {
                        return Err(instead::of_night(start, time));
                    }
                    Some(Point::Local(end))
                }
                None => None,
            },
            (Some(Point::Local(_)), Err(impossible @ Wrong::Impossible(_))) => {
                return Err(wrong(impossible));
            }
            _ => side(until, Role::End).map_err(wrong)?,
        };
        Ok(Self { from: start, until: end })
    }

    pub(super) fn interval(self, zone: Zone) -> Result<Interval, String> {
        if let (Some(from), Some(until)) = (self.from, self.until) {
            if until.ends_before(from, zone) {
                return Err(instead::of_reversed_ends(from, until));
            }
            if from == until && !matches!(from, Point::Day(_)) {
                return Err(
                    "the range ends where it begins, so nothing lies in it; write a later end"
                        .to_owned(),
                );
            }
        }
        Ok(Interval {
            from: self.from.map(|point| point.as_start(zone)),
            until: self.until.map(|point| point.as_end(zone)),
        })
    }
}

fn same_day(day: NaiveDate, time: Clock) -> Option<chrono::NaiveDateTime> {
    match time {
        Clock::Time(time) => Some(day.and_time(time)),
        Clock::Midnight => day.succ_opt().map(|next| next.and_time(NaiveTime::MIN)),
    }
}
