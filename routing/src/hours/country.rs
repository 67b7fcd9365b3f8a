//! Holiday countries as people type them.

use chrono::{Datelike, Months, NaiveDate};

use super::country_locales;
use super::country_names::{self, cleaned};
use super::holidays::{self, Holiday, YEARS};
use crate::packed::{BytesError, Packed, Packer, Unpacker};

/// A country or a subdivision of one, for which there may or may not be holidays: its ISO 3166
/// code, such as `KR` or `DE-BY`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Country(u16);

impl std::fmt::Debug for Country {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Country({})", self.code())
    }
}

impl Country {
    /// Reads a code, in any case, also with `_` for `-`.
    ///
    /// # Errors
    /// What to write instead.
    pub fn parse(text: &str) -> Result<Self, String> {
        // As nearly all rows have it.
        if let Some(position) = holidays::find(text) {
            return Self::typed(text, position);
        }
        let code = cleaned(text);
        match holidays::find(&code) {
            Some(position) => Self::typed(&code, position),
            None => Err(country_names::what_to_write(&code)),
        }
    }

    fn typed(code: &str, position: u16) -> Result<Self, String> {
        country_locales::doubt(code).map_or(Ok(Self(position)), Err)
    }

    /// All codes: each country's, then those of its subdivisions.
    pub fn codes() -> impl Iterator<Item = &'static str> {
        holidays::codes()
    }

    /// The code, such as `KR` or `DE-BY`.
    pub fn code(self) -> &'static str {
        holidays::code(self.0)
    }

    /// Whether there are public holidays of this country.
    pub fn has_holidays(self) -> bool {
        holidays::all(self.0).next().is_some()
    }

    /// The public holiday that a date is: the day itself, or the day off in its place.
    pub fn holiday(self, date: NaiveDate) -> Option<Holiday> {
        holidays::on(self.0, date)
    }

    /// The days from `from` to `to`, both included, that are holidays by an estimate only: they
    /// depend on the moon's sighting.
    pub(crate) fn estimated_days(self, from: NaiveDate, to: NaiveDate) -> Vec<NaiveDate> {
        let days = from.iter_days().take_while(|day| *day <= to && day.year() <= *YEARS.end());
        days.filter(|day| self.holiday(*day).is_some_and(|holiday| holiday.estimated)).collect()
    }

    /// The last year for which there are holidays.
    pub(crate) fn last_year(self) -> Option<i32> {
        holidays::last_year(self.0)
    }

    /// What the author of hours that follow these holidays should know on `today`: estimates in the
    /// coming year, and data that ends within it.
    pub fn warnings(self, today: NaiveDate) -> Vec<String> {
        let mut warnings = Vec::new();
        let in_a_year = today.checked_add_months(Months::new(12)).unwrap_or(today);
        if let Some(day) = self.estimated_days(today, in_a_year).first() {
            warnings.push(format!(
                "some holidays of {} depend on the moon and are estimates from {day} on: when such \
                a day is announced for another date, write both into the `SpecialDates` of a \
                calendar",
                self.code()
            ));
        }
        if let Some(year) = self.last_year().filter(|year| in_a_year.year() > *year) {
            warnings.push(format!(
                "there are no holidays of {} after {year} yet: update desk-router, or write later \
                ones into the `ClosedDates` of a calendar",
                self.code()
            ));
        }
        warnings
    }
}

/// By its code, which stands once.
impl Packed for Country {
    fn pack(&self, to: &mut Packer) {
        to.named::<Self>(self.code());
    }

    fn unpack(from: &mut Unpacker<'_>) -> Result<Self, BytesError> {
        let named = |from: &mut Unpacker<'_>| {
            holidays::find(from.text()?).map(Self).ok_or(BytesError::Kind)
        };
        from.shared(named).map(|country| *country)
    }
}

#[cfg(test)]
mod tests;
