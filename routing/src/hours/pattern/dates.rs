//! Dates of a part: months, days, ranges of them, Easter, nth weekdays of a month.

use chrono::{Datelike, NaiveDate, TimeDelta};

use super::nth::{Nth, days_of_month};
use crate::packed::packed_enum;

/// A day of any year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum YearDay {
    /// `Dec 24`
    Day { month: u8, day: u8 },
    /// `easter`, `easter -2 days`
    Easter { offset: i16 },
    /// `Mar Su[-1]`
    Nth { month: u8, nth: Nth },
}

/// Months, or days of a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum DateRange {
    /// `Jan`, `Nov-Feb`, from 1 to 12.
    Months { from: u8, to: u8 },
    /// `Dec 24`, `Dec 24-26`, `2026 Dec 24-2027 Jan 02`, `Jan 01-31/7`. Without a year, of every
    /// year, and a range may go over the year's end.
    Days { year: Option<i32>, from: YearDay, to_year: Option<i32>, to: YearDay, step: u16 },
}

packed_enum!(YearDay { 0 = Day { month, day }, 1 = Easter { offset }, 2 = Nth { month, nth } });
packed_enum!(DateRange {
    0 = Months { from, to },
    1 = Days { year, from, to_year, to, step },
} if |range| match range {
    DateRange::Months { .. } => true,
    DateRange::Days { year, to_year, .. } => {
        [year, to_year].into_iter().flatten().all(|year| (0..=9999).contains(year))
    }
});

/// A date as numbers that are in the order of time; the day may be one that its month lacks.
type Key = (i32, u32, u32);

impl YearDay {
    /// The point in a year; `None` when it does not exist then.
    fn in_year(self, year: i32) -> Option<Key> {
        match self {
            Self::Day { month, day } => Some((year, month.into(), day.into())),
            Self::Easter { offset } => {
                let date = easter(year)?.checked_add_signed(TimeDelta::days(offset.into()))?;
                Some(key(date))
            }
            Self::Nth { month, nth } => {
                let date = nth_of_month(year, month.into(), nth)?;
                Some(key(date))
            }
        }
    }
}

impl DateRange {
    /// Narrows days of every year to one year; false where that is another meaning than both
    /// together, or where there is a year already.
    pub(crate) fn set_year(&mut self, only: i32) -> bool {
        match self {
            Self::Days {
                year: year @ None,
                from: YearDay::Day { month, day },
                to_year,
                to,
                ..
            } => {
                let YearDay::Day { month: last, day: end } = *to else { return false };
                *year = Some(only);
                *to_year = Some(only);
                (*month, *day) <= (last, end)
            }
            _ => false,
        }
    }

    /// Whether `date` is one of the days.
    pub(super) fn contains(&self, date: NaiveDate) -> bool {
        match *self {
            Self::Months { from, to } => within(&u32::from(from), &date.month(), &u32::from(to)),
            Self::Days { year, from, to_year, to, step } => {
                let at = key(date);
                let Some(year) = year else {
                    return contains_yearly(at, from, to)
                        && (step < 2 || on_step(date, from.in_year(date.year()), step));
                };
                let Some(start) = from.in_year(year) else { return false };
                let end = to.in_year(to_year.unwrap_or(year));
                let end = match end {
                    // `2026 Dec 24-Jan 02` ends in the year after.
                    Some(end) if end < start && to_year.is_none() => to.in_year(year + 1),
                    end => end,
                };
                end.is_some_and(|end| start <= at && at <= end)
                    && (step < 2 || on_step(date, Some(start), step))
            }
        }
    }
}

/// Whether a day lies within a range of every year.
fn contains_yearly(at: Key, from: YearDay, to: YearDay) -> bool {
    let year = at.0;
    if from == to {
        // Easter and some days may be moved over the year's end.
        return [year - 1, year, year + 1]
            .into_iter()
            .any(|year| from.in_year(year).is_some_and(|point| point == at));
    }
    match (from.in_year(year), to.in_year(year)) {
        (Some(from), Some(to)) => within(&from, &at, &to),
        _ => false,
    }
}

/// Whether `at` lies from `from` to `to`, over the end of the year when `to` comes first.
fn within<T: Ord>(from: &T, at: &T, to: &T) -> bool {
    if from <= to { from <= at && at <= to } else { at >= from || at <= to }
}

fn on_step(date: NaiveDate, start: Option<Key>, step: u16) -> bool {
    let start = start.and_then(|(year, month, day)| NaiveDate::from_ymd_opt(year, month, day));
    start.is_some_and(|start| (date - start).num_days() % i64::from(step) == 0)
}

fn key(date: NaiveDate) -> Key {
    (date.year(), date.month(), date.day())
}

fn nth_of_month(year: i32, month: u32, nth: Nth) -> Option<NaiveDate> {
    let weekday = i64::from(nth.weekday);
    let edge = |day: u32| NaiveDate::from_ymd_opt(year, month, day);
    let date = if nth.nth > 0 {
        let first = edge(1)?;
        let ahead = (weekday - i64::from(first.weekday().num_days_from_monday())).rem_euclid(7);
        first + TimeDelta::days(ahead + 7 * (i64::from(nth.nth) - 1))
    } else {
        let last = edge(days_of_month(year, month))?;
        let back = (i64::from(last.weekday().num_days_from_monday()) - weekday).rem_euclid(7);
        last - TimeDelta::days(back + 7 * (-i64::from(nth.nth) - 1))
    };
    date.checked_add_signed(TimeDelta::days(nth.offset.into()))
}

/// Easter Sunday of the Gregorian calendar (the anonymous algorithm of 1876).
fn easter(year: i32) -> Option<NaiveDate> {
    let (a, b, c) = (year.rem_euclid(19), year.div_euclid(100), year.rem_euclid(100));
    let (d, e) = (b / 4, b % 4);
    let g = (8 * b + 13) / 25;
    let h = (19 * a + b - d - g + 15) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let sum = h + l - 7 * m + 114;
    let part = |number: i32| u32::try_from(number).ok();
    NaiveDate::from_ymd_opt(year, part(sum / 31)?, part(sum % 31 + 1)?)
}
