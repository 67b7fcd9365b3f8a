//! What a calendar closes: dates, dates of every year, and hours.

use std::ops::RangeInclusive;

use crate::hours::Zone;
use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Timelike, Utc};

use super::clean::clean;
use super::instead;
use super::point::Point;
use super::range::{Ends, Interval};
use super::read::{Clock, Wrong, clock, number};
use crate::packed::packed_enum;

/// A day of every year: month and day.
type Yearly = (u32, u32);

/// Minutes of a day.
const DAY: u32 = 24 * 60;

/// One entry of `ClosedDates`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Closed {
    /// These dates: nothing starts on them.
    Days(RangeInclusive<NaiveDate>),
    /// These dates of every year, over New Year when the last comes before the first.
    Yearly(Yearly, Yearly),
    /// These hours.
    Hours(Interval),
    /// These hours of every year: a day and its minute, until another.
    YearlyHours((Yearly, u32), (Yearly, u32)),
}

packed_enum!(Closed {
    0 = Days(days),
    1 = Yearly(first, last),
    2 = Hours(interval),
    3 = YearlyHours(from, until),
});

impl Closed {
    /// Reads `2026-11-30`, `2026-12-24..2026-12-26`, every year `12-25` or `12-24..12-26`, and any
    /// of them with times: `2026-11-25 13:00..18:00`.
    ///
    /// # Errors
    /// What to write instead.
    pub fn parse(text: &str, zone: Zone) -> Result<Self, String> {
        let cleaned = clean(text);
        if let Some(yearly) = yearly(&cleaned)? {
            return Ok(yearly);
        }
        let ends = Ends::read(text, zone).map_err(|message| {
            match instead::of_yearly(&cleaned, is_yearly) {
                Some(better) => better,
                None => message,
            }
        })?;
        let interval = ends.interval(zone)?;
        let day = |point: Option<Point>, open: NaiveDate| match point {
            Some(Point::Day(day)) => Some(day),
            Some(_) => None,
            None => Some(open),
        };
        if let (Some(first), Some(last)) =
            (day(ends.from, NaiveDate::MIN), day(ends.until, NaiveDate::MAX))
        {
            return Ok(Self::Days(first..=last));
        }
        let whole = |instant: Option<DateTime<Utc>>| {
            instant.is_none_or(|at| at.second() == 0 && at.nanosecond() == 0)
        };
        if !whole(interval.from) || !whole(interval.until) {
            return Err("hours open and close by whole minutes; leave the seconds out".to_owned());
        }
        Ok(Self::Hours(interval))
    }

    /// Whether nothing starts on `date`.
    pub fn closes(&self, date: NaiveDate) -> bool {
        match self {
            Self::Days(days) => days.contains(&date),
            Self::Yearly(first, last) => {
                let day = (date.month(), date.day());
                if first <= last {
                    (*first..=*last).contains(&day)
                } else {
                    day >= *first || day <= *last
                }
            }
            Self::Hours(_) | Self::YearlyHours(..) => false,
        }
    }

    /// The closed hours between these dates, at least; times of every year are in `zone`.
    pub(crate) fn hours(
        &self,
        zone: Zone,
        dates: RangeInclusive<NaiveDate>,
    ) -> impl Iterator<Item = Interval> {
        let (once, years) = match self {
            Self::Hours(interval) => (Some(*interval), None),
            Self::YearlyHours(from, until) => {
                let years = dates.start().year() - 1..=dates.end().year();
                (None, Some(years.filter_map(move |year| in_year(year, *from, *until, zone))))
            }
            Self::Days(_) | Self::Yearly(..) => (None, None),
        };
        once.into_iter().chain(years.into_iter().flatten())
    }

    /// Whether the text is days of every year, as `12-25` is.
    pub(crate) fn is_every_year(text: &str) -> bool {
        matches!(yearly(&clean(text)), Ok(Some(Self::Yearly(..))))
    }

    /// What is probably a slip, though it can be read; what to write instead.
    pub(crate) fn slip(&self) -> Option<String> {
        match self {
            Self::Yearly(first, last) | Self::YearlyHours((first, _), (last, _)) => {
                instead::of_most_of_a_year(*first, *last)
            }
            Self::Days(_) | Self::Hours(_) => None,
        }
    }

    /// Whether it closes hours alone.
    pub(crate) fn is_of_hours(&self) -> bool {
        matches!(self, Self::Hours(_) | Self::YearlyHours(..))
    }
}

/// The closed hours that begin in `year`. A 29 February is none where the year has none.
fn in_year(year: i32, from: (Yearly, u32), until: (Yearly, u32), zone: Zone) -> Option<Interval> {
    let at = |year: i32, ((month, day), minute): (Yearly, u32)| -> Option<NaiveDateTime> {
        let date = NaiveDate::from_ymd_opt(year, month, day)?;
        Some(date.and_time(NaiveTime::MIN) + TimeDelta::minutes(i64::from(minute)))
    };
    let over_new_year = until.0 < from.0;
    let end = at(if over_new_year { year + 1 } else { year }, until)?;
    let instant = |local| Some(zone.to_utc(local));
    Some(Interval::new(instant(at(year, from)?), instant(end)))
}

fn is_yearly(text: &str) -> bool {
    matches!(yearly(text), Ok(Some(_)))
}

/// Reads what holds in every year; `None` = the text has another form.
fn yearly(text: &str) -> Result<Option<Closed>, String> {
    let (from, until) = match text.split_once("..") {
        Some((from, until)) => (from.trim(), Some(until.trim())),
        None => (text, None),
    };
    let Some((first, start)) = day_and_time(from)? else { return Ok(None) };
    let minute = |time: Clock| match time {
        Clock::Time(time) => time.hour() * 60 + time.minute(),
        Clock::Midnight => DAY,
    };
    let Some(until) = until else {
        return match start {
            None => Ok(Some(Closed::Yearly(first, first))),
            Some(Clock::Time(time)) => Err(instead::of_time_alone(from, time)),
            Some(Clock::Midnight) => Err(instead::expected_closed()),
        };
    };
    // A time alone as the end is of the same day.
    let same_day = start.and_then(|_| clock(until).ok()).map(|time| (first, Some(time)));
    let end = match same_day {
        Some(end) => Some(end),
        None => day_and_time(until)?,
    };
    let Some((last, end)) = end else {
        return Err(format!(
            "a range of every year has two days of every year; write such as `{from}..12-26`, or a \
            year in both"
        ));
    };
    if start.is_none() && end.is_none() {
        return Ok(Some(Closed::Yearly(first, last)));
    }
    let is_before = |start: Option<Clock>, end: Option<Clock>| {
        first == last && end.map_or(DAY, minute) <= start.map_or(0, minute)
    };
    if is_before(start, end) {
        return Err(match (start, end) {
            (Some(Clock::Time(start)), Some(end)) if same_day.is_some() => {
                instead::of_yearly_night(first, start, end)
            }
            _ => instead::of_reversed(),
        });
    }
    let (start, end) = (start.map_or(0, minute), end.map_or(DAY, minute));
    Ok(Some(Closed::YearlyHours((first, start), (last, end))))
}

/// Reads `12-25` or `12-25 13:00`; `None` = it has another form.
fn day_and_time(text: &str) -> Result<Option<(Yearly, Option<Clock>)>, String> {
    let (day, time) = match text.split_once(' ') {
        Some((day, time)) => (day, Some(time)),
        None => (text, None),
    };
    let Some((month, day)) =
        day.split_once('-').and_then(|(month, day)| Some((number(month, 2)?, number(day, 2)?)))
    else {
        return Ok(None);
    };
    // A leap year has every day that any year has.
    super::read::date(2028, month, day).map_err(|_| {
        // `24-26 Dec`
        let behind = time.and_then(|_| instead::of_month_and_day(text, is_yearly));
        behind.unwrap_or_else(|| {
            format!(
                "there is no such day: `{month:02}-{day:02}` is month {month}, day {day}; write \
            month and day such as `12-25`"
            )
        })
    })?;
    let Some(time) = time else { return Ok(Some(((month, day), None))) };
    match clock(time) {
        Ok(time) => Ok(Some(((month, day), Some(time)))),
        Err(Wrong::Impossible(why)) => Err(why),
        Err(_) => {
            let better = instead::of_month_and_day(text, is_yearly);
            Err(better.unwrap_or_else(instead::expected_closed))
        }
    }
}
