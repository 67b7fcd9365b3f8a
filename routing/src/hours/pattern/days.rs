//! The days that a part speaks of.

use chrono::{Datelike, NaiveDate, TimeDelta};

use super::super::Country;
use super::dates::DateRange;
use super::nth::Nth;
use crate::packed::{packed_enum, packed_struct};

/// All days of the week, as bits.
pub(crate) const WEEK: u8 = 0b0111_1111;

/// Selectors of days. An empty kind says nothing; of several kinds, a day must satisfy each; within
/// a kind, any.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Days {
    pub(crate) years: Vec<Years>,
    pub(crate) dates: Vec<DateRange>,
    pub(crate) weeks: Vec<Weeks>,
    /// Days of the week (bit 0 is Monday), nth ones, and holidays joined to them by a comma
    /// (`PH,Mo-Fr`).
    pub(crate) weekdays: u8,
    pub(crate) nths: Vec<Nth>,
    pub(crate) or_holidays: Vec<Holiday>,
    /// Holidays that the day must also be (`PH Mo-Fr`).
    pub(crate) and_holidays: Vec<Holiday>,
}

/// `2026`, `2026-2028`, `2026-2032/2`, `2026+`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Years {
    pub(crate) from: i32,
    /// `None` is without an end.
    pub(crate) to: Option<i32>,
    pub(crate) step: u16,
}

/// `week 10`, `week 10-20`, `week 01-53/2`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Weeks {
    pub(crate) from: u8,
    pub(crate) to: u8,
    pub(crate) step: u8,
}

/// Which holidays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum HolidayKind {
    Public,
    School,
}

/// `PH`, `SH`, `PH -1 day`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Holiday {
    pub(crate) kind: HolidayKind,
    pub(crate) offset: i16,
}

packed_struct!(Days { years, dates, weeks, weekdays, nths, or_holidays, and_holidays });
packed_struct!(Years { from, to, step } if |years| (0..=9999).contains(&years.from));
packed_struct!(Weeks { from, to, step });
packed_enum!(HolidayKind { 0 = Public, 1 = School });
packed_struct!(Holiday { kind, offset });

impl Days {
    /// Whether no day is named, so that every day is meant.
    pub(crate) fn is_every_day(&self) -> bool {
        self.years.is_empty()
            && self.dates.is_empty()
            && self.weeks.is_empty()
            && !self.has_weekdays()
            && self.and_holidays.is_empty()
    }

    /// Whether something is said of weekdays (or holidays instead of them).
    pub(crate) fn has_weekdays(&self) -> bool {
        self.weekdays != 0 || !self.nths.is_empty() || !self.or_holidays.is_empty()
    }

    /// Whether only plain days of the week are named, or nothing.
    pub(crate) fn is_weekly(&self) -> bool {
        self.years.is_empty()
            && self.dates.is_empty()
            && self.weeks.is_empty()
            && self.nths.is_empty()
            && self.or_holidays.is_empty()
            && self.and_holidays.is_empty()
    }

    /// The holidays that are named.
    pub(crate) fn holidays(&self) -> impl Iterator<Item = &Holiday> {
        self.or_holidays.iter().chain(&self.and_holidays)
    }

    /// Whether `date` is one of the days.
    pub(crate) fn contain(&self, date: NaiveDate, country: Option<Country>) -> bool {
        self.contain_if(date, |holiday| is_holiday(*holiday, date, country))
    }

    /// Whether `date` could be one of the days, if it were a holiday or not.
    pub(crate) fn could_contain(&self, date: NaiveDate) -> bool {
        self.contain_if(date, |_| true)
    }

    fn contain_if(&self, date: NaiveDate, holiday: impl Fn(&Holiday) -> bool) -> bool {
        let any = |empty: bool, found: bool| empty || found;
        any(self.years.is_empty(), self.years.iter().any(|years| years.contain(date.year())))
            && any(self.dates.is_empty(), self.dates.iter().any(|range| range.contains(date)))
            && any(self.weeks.is_empty(), self.weeks.iter().any(|weeks| weeks.contain(date)))
            && any(
                !self.has_weekdays(),
                self.weekdays & (1 << date.weekday().num_days_from_monday()) != 0
                    || self.nths.iter().any(|nth| nth.contain(date))
                    || self.or_holidays.iter().any(&holiday),
            )
            && any(self.and_holidays.is_empty(), self.and_holidays.iter().any(&holiday))
    }
}

impl Years {
    fn contain(self, year: i32) -> bool {
        year >= self.from
            && self.to.is_none_or(|to| year <= to)
            && (year - self.from) % i32::from(self.step.max(1)) == 0
    }
}

impl Weeks {
    fn contain(self, date: NaiveDate) -> bool {
        let week = u8::try_from(date.iso_week().week()).unwrap_or_default();
        (self.from..=self.to).contains(&week) && (week - self.from).is_multiple_of(self.step.max(1))
    }
}

fn is_holiday(holiday: Holiday, date: NaiveDate, country: Option<Country>) -> bool {
    let moved = date.checked_sub_signed(TimeDelta::days(i64::from(holiday.offset)));
    let (Some(country), Some(date)) = (country, moved) else { return false };
    match holiday.kind {
        HolidayKind::Public => country.holiday(date).is_some(),
        // There is no data of school holidays: a text that names them is in error.
        HolidayKind::School => false,
    }
}

/// Days of the week as they are written: `Mo-Fr,Su`.
pub(crate) fn list_weekdays(mask: u8) -> String {
    const NAMES: [&str; 7] = ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"];
    let is_in = |day: usize| mask & (1 << (day % 7)) != 0;
    let name = |day: usize| NAMES.get(day % 7).copied().unwrap_or_default();
    let mut items = Vec::new();
    let mut day = 0;
    // A run that goes over the week's end (`Fr-Mo`) is two items, as most people write it.
    while day < 7 {
        if !is_in(day) {
            day += 1;
            continue;
        }
        let mut last = day;
        while last < 6 && is_in(last + 1) {
            last += 1;
        }
        items.push(match last - day {
            0 => name(day).to_owned(),
            _ => format!("{}-{}", name(day), name(last)),
        });
        day = last + 1;
    }
    items.join(",")
}
