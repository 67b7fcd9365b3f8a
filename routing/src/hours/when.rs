//! When a rule, a calendar or a shift is open: hours, any of several, with exceptions.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use chrono::{DateTime, NaiveDate, NaiveDateTime, Timelike, Utc};

use super::dates::Closed;
use super::pattern::{DAY, Span};
use super::weeks::EveryWeeks;
use super::written::Written;
use super::zone::Zone;
use crate::packed::{BytesError, Packed, Packer, Unpacker, packed_enum, packed_struct};

/// Opening hours: any of several texts and calendars, with what differs on dates.
///
/// A window belongs to the day it starts on, also where it goes on after midnight.
#[derive(Debug)]
pub struct Hours {
    pub(super) zone: Zone,
    pub(super) any: Vec<HoursSource>,
    pub(super) exceptions: Exceptions,
    last: Last,
}

/// Where hours come from.
#[derive(Debug, Clone)]
pub enum HoursSource {
    /// A text, in the row's zone.
    Text(Arc<Written>),
    /// A calendar row, in its own zone.
    Calendar(String, Arc<Hours>),
}

/// What differs from the usual hours.
#[derive(Debug, Clone, Default)]
pub struct Exceptions {
    /// Only every N-th week.
    pub weeks: Option<EveryWeeks>,
    /// Nothing starts on these dates; these hours are closed whatever else is said.
    pub closed: Vec<Closed>,
    /// What these dates have instead, also when they are closed or of an off week.
    pub special: BTreeMap<NaiveDate, Arc<Written>>,
}

packed_enum!(HoursSource { 0 = Text(written), 1 = Calendar(id, hours) });
packed_struct!(Exceptions { weeks, closed, special });

/// Without the last answer.
impl Packed for Hours {
    fn pack(&self, to: &mut Packer) {
        let Self { zone, any, exceptions, last: _ } = self;
        zone.pack(to);
        any.pack(to);
        exceptions.pack(to);
    }

    fn unpack(from: &mut Unpacker<'_>) -> Result<Self, BytesError> {
        Ok(Self::new(Packed::unpack(from)?, Packed::unpack(from)?, Packed::unpack(from)?))
    }
}

impl Exceptions {
    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.weeks.is_none() && self.closed.is_empty() && self.special.is_empty()
    }

    /// Whether the usual hours count for what starts on `date`.
    pub(super) fn leave(&self, date: NaiveDate) -> bool {
        self.weeks.is_none_or(|weeks| weeks.contain(date))
            && !self.special.contains_key(&date)
            && !self.closed.iter().any(|closed| closed.closes(date))
    }

    /// Whether hours are closed at `now`, which is `local` in `zone`.
    fn close_hours(&self, now: DateTime<Utc>, local: NaiveDateTime, zone: Zone) -> bool {
        let date = local.date();
        self.closed
            .iter()
            .any(|closed| closed.hours(zone, date..=date).any(|hours| hours.contains(now)))
    }
}

/// The last answer: the minute (since 1970) times two, plus one when open. Hours change by whole
/// minutes, and many rules and agents share one [`Hours`].
#[derive(Debug)]
struct Last(AtomicI64);

impl Last {
    fn or(&self, now: DateTime<Utc>, evaluate: impl FnOnce() -> bool) -> bool {
        let minute = now.timestamp().div_euclid(60);
        let last = self.0.load(Ordering::Relaxed);
        if last >= 0 && last / 2 == minute {
            return last % 2 == 1;
        }
        let open = evaluate();
        if minute >= 0 {
            self.0.store(minute * 2 + i64::from(open), Ordering::Relaxed);
        }
        open
    }
}

impl Hours {
    /// Any of these, in `zone`.
    pub fn new(zone: Zone, any: Vec<HoursSource>, exceptions: Exceptions) -> Self {
        Self { zone, any, exceptions, last: Last(AtomicI64::new(-1)) }
    }

    /// The zone that the texts and dates are meant in.
    pub fn zone(&self) -> Zone {
        self.zone
    }

    /// The zone in which to tell a person of these hours: that of the calendars, when nothing else
    /// is said.
    pub(crate) fn shown_zone(&self) -> Zone {
        let mut zones = self.any.iter().map(|source| match source {
            HoursSource::Text(_) => self.zone,
            HoursSource::Calendar(_, hours) => hours.zone,
        });
        match zones.next() {
            Some(first) if self.exceptions.is_empty() && zones.all(|zone| zone == first) => first,
            _ => self.zone,
        }
    }

    /// Where the hours come from.
    pub fn sources(&self) -> &[HoursSource] {
        &self.any
    }

    /// What differs on dates.
    pub fn exceptions(&self) -> &Exceptions {
        &self.exceptions
    }

    /// The names of the calendars in it.
    pub fn calendars(&self) -> impl Iterator<Item = &str> {
        self.any.iter().filter_map(|source| match source {
            HoursSource::Text(_) => None,
            HoursSource::Calendar(name, _) => Some(name.as_str()),
        })
    }

    /// Whether it is open at `now`.
    pub fn is_open(&self, now: DateTime<Utc>) -> bool {
        self.last.or(now, || self.evaluate(now))
    }

    fn evaluate(&self, now: DateTime<Utc>) -> bool {
        let local = self.zone.local(now);
        if self.exceptions.close_hours(now, local, self.zone) {
            return false;
        }
        self.day_at(local, |_| true)
            || self.any.iter().any(|source| match source {
                HoursSource::Text(_) => false,
                HoursSource::Calendar(_, calendar) if self.exceptions.is_empty() => {
                    calendar.is_open(now)
                }
                HoursSource::Calendar(_, calendar) => {
                    calendar.is_open(now)
                        && calendar.day_at(calendar.zone.local(now), |window| {
                            let belongs = calendar.belongs(window, self.zone);
                            self.exceptions.leave(belongs.unwrap_or_else(|| local.date()))
                        })
                }
            })
    }

    /// Whether one of the texts' windows that hold at a local time is as `good` says.
    pub(super) fn day_at(&self, local: NaiveDateTime, good: impl Fn(&Window) -> bool) -> bool {
        let minute = u16::try_from(local.hour() * 60 + local.minute()).unwrap_or_default();
        let inside = |date: NaiveDate, minute: u16| {
            let mut windows = self.starting(date).into_iter();
            windows.any(|span| span.contains(&minute) && good(&Window { date, span }))
        };
        inside(local.date(), minute)
            || local.date().pred_opt().is_some_and(|yesterday| inside(yesterday, minute + DAY))
    }

    /// The windows of the texts that start on `date`, in minutes from its midnight.
    pub(super) fn starting(&self, date: NaiveDate) -> Vec<Span> {
        if let Some(special) = self.exceptions.special.get(&date) {
            return special.starting(date);
        }
        if !self.exceptions.is_empty() && !self.exceptions.leave(date) {
            return Vec::new();
        }
        let mut texts = self.any.iter().filter_map(|source| match source {
            HoursSource::Text(text) => Some(text),
            HoursSource::Calendar(..) => None,
        });
        let mut windows = texts.next().map(|text| text.starting(date)).unwrap_or_default();
        windows.extend(texts.flat_map(|text| text.starting(date)));
        windows
    }

    /// The date in `zone` that a window of this calendar belongs to. `None` = it is part of a
    /// stretch of more than a day, each day of which stands for itself.
    pub(super) fn belongs(&self, window: &Window, zone: Zone) -> Option<NaiveDate> {
        if self.zone == zone {
            return Some(window.date);
        }
        (!self.is_long(window)).then(|| zone.local(self.zone.to_utc(window.start())).date())
    }

    /// Whether windows that touch this one make a stretch of more than a day.
    fn is_long(&self, window: &Window) -> bool {
        /// Days before and after, which show all of a stretch that is no longer than a day.
        const NEAR: i64 = 2;
        let Some(first) = window.date.checked_sub_days(chrono::Days::new(NEAR.unsigned_abs()))
        else {
            return false;
        };
        let mut near: Vec<(i64, i64)> = (-NEAR..=NEAR)
            .zip(first.iter_days())
            .flat_map(|(day, date)| {
                let midnight = day * i64::from(DAY);
                let minute = move |minute: u16| midnight + i64::from(minute);
                self.starting(date)
                    .into_iter()
                    .map(move |span| (minute(span.start), minute(span.end)))
            })
            .collect();
        near.sort_unstable();
        let (mut start, mut end) = (i64::MIN, i64::MIN);
        let own = i64::from(window.span.start);
        for (from, until) in near {
            if from > end {
                if start <= own && own < end {
                    break;
                }
                (start, end) = (from, until);
            }
            end = end.max(until);
        }
        end - start > i64::from(DAY)
    }
}

/// A stretch of time that starts on a date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Window {
    pub(super) date: NaiveDate,
    /// Minutes from the date's midnight.
    pub(super) span: Span,
}

impl Window {
    fn at(&self, minute: u16) -> NaiveDateTime {
        self.date.and_time(chrono::NaiveTime::MIN) + chrono::TimeDelta::minutes(i64::from(minute))
    }

    /// The local time at which it begins.
    pub(super) fn start(&self) -> NaiveDateTime {
        self.at(self.span.start)
    }

    /// The local time at which it ends.
    pub(super) fn end(&self) -> NaiveDateTime {
        self.at(self.span.end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An answer counts for its own minute alone.
    #[test]
    fn only_the_same_minute_is_answered_from_memory() {
        let at = |minute: i64| DateTime::from_timestamp(minute * 60 + 59, 0).unwrap();
        let start = Hours::new(Zone::utc(), Vec::new(), Exceptions::default());
        assert!(!start.is_open(DateTime::UNIX_EPOCH), "nothing is remembered at first");
        for (before, now) in (-3..60).flat_map(|minute| (-3..60).map(move |now| (minute, now))) {
            for open in [true, false] {
                let last = Last(AtomicI64::new(-1));
                assert_eq!(last.or(at(before), || open), open, "{before}");
                let mut asked = false;
                let answer = last.or(at(now), || {
                    asked = true;
                    !open
                });
                let remembered = before == now && now >= 0;
                assert_eq!((answer, asked), (open == remembered, !remembered), "{before} {now}");
            }
        }
    }
}
