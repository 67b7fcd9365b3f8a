//! The public holidays of each country and subdivision, as `build.rs` packed them out of
//! `holidays/public.txt`. Looking up a day is two or four binary searches in a static array.

use std::ops::RangeInclusive;

use chrono::{Datelike, NaiveDate, TimeDelta};

include!(concat!(env!("OUT_DIR"), "/holidays.rs"));

/// The years of the data.
pub(super) const YEARS: RangeInclusive<i32> = FIRST_YEAR..=LAST_YEAR;

/// The bits of a number in `DAYS` that say which day it is.
const DAY: u16 = !(ESTIMATED | REMOVED);

/// Where the days of a country or subdivision are in `DAYS`: from `start` those of every year as
/// month × 32 + day, from `middle` those of one year as days since the first. A subdivision has
/// what differs from its country, at `base`; a country is its own base.
struct Data {
    code: (u16, u16),
    base: u16,
    start: u16,
    middle: u16,
    end: u16,
}

impl Data {
    fn code(&self) -> &'static str {
        CODES.get(usize::from(self.code.0)..usize::from(self.code.1)).unwrap_or_default()
    }

    /// The days of every year, then those of one year.
    fn days(&self) -> [&'static [u16]; 2] {
        let days = |start, end| DAYS.get(usize::from(start)..usize::from(end)).unwrap_or_default();
        [days(self.start, self.middle), days(self.middle, self.end)]
    }
}

/// What is known of a day that is a public holiday.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Holiday {
    /// The day depends on the moon's sighting, so it may still move by a day or two.
    pub estimated: bool,
}

/// The position of the country or subdivision with this code, in any case, with `-`, `_` or a
/// space.
pub(super) fn find(code: &str) -> Option<u16> {
    let found = COUNTRIES.binary_search_by(|data| key(data.code()).cmp(key(code))).ok()?;
    u16::try_from(found).ok()
}

/// What codes are compared by; `build.rs` sorts by the same.
fn key(code: &str) -> impl Iterator<Item = u8> {
    code.bytes().map(|byte| match byte {
        b' ' | b'_' => b'-',
        byte => byte.to_ascii_uppercase(),
    })
}

/// The code at this position.
pub(super) fn code(position: u16) -> &'static str {
    COUNTRIES.get(usize::from(position)).map(Data::code).unwrap_or_default()
}

/// All codes: each country's, then those of its subdivisions.
pub(super) fn codes() -> impl Iterator<Item = &'static str> {
    COUNTRIES.iter().map(Data::code)
}

/// The holiday that a date is.
pub(super) fn on(position: u16, date: NaiveDate) -> Option<Holiday> {
    if !YEARS.contains(&date.year()) {
        return None;
    }
    let keys = [
        u16::try_from(date.month() * 32 + date.day()).ok()?,
        u16::try_from((date - first_day()).num_days()).ok()?,
    ];
    // What the subdivision says itself stands before what its country says.
    let entry = own_and_base(position).find_map(|data| {
        data.days().into_iter().zip(keys).find_map(|(days, key)| {
            let found = days.binary_search_by_key(&key, |entry| entry & DAY).ok()?;
            days.get(found)
        })
    })?;
    (entry & REMOVED == 0).then_some(Holiday { estimated: entry & ESTIMATED != 0 })
}

/// A subdivision and its country, or a country alone.
fn own_and_base(position: u16) -> impl Iterator<Item = &'static Data> {
    let own = COUNTRIES.get(usize::from(position));
    let base = own.filter(|own| own.base != position).map(|own| own.base);
    own.into_iter().chain(base.and_then(|base| COUNTRIES.get(usize::from(base))))
}

/// All holidays, estimates too, in no order.
pub(super) fn all(position: u16) -> impl Iterator<Item = NaiveDate> {
    own_and_base(position)
        .flat_map(|data| {
            let [every_year, dated] = data.days();
            let every_year = every_year.iter().flat_map(|entry| {
                let day = u32::from(entry & DAY);
                YEARS.filter_map(move |year| NaiveDate::from_ymd_opt(year, day / 32, day % 32))
            });
            let after = |entry: &u16| TimeDelta::days(i64::from(entry & DAY));
            every_year.chain(dated.iter().map(move |entry| first_day() + after(entry)))
        })
        .filter(move |date| on(position, *date).is_some())
}

/// The last year with holidays.
pub(super) fn last_year(position: u16) -> Option<i32> {
    let last = |data: &Data| match data.days() {
        [[], dated] => {
            let day = TimeDelta::days(i64::from(dated.last()? & DAY));
            Some((first_day() + day).year())
        }
        _ => Some(LAST_YEAR),
    };
    own_and_base(position).filter_map(last).max()
}

fn first_day() -> NaiveDate {
    NaiveDate::from_yo_opt(FIRST_YEAR, 1).unwrap_or_default()
}

#[cfg(test)]
mod tests;
