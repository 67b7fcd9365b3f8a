//! Days of several selectors as one.

use super::super::pattern::{DateRange, Days};
use super::parser::{Problem, say};

impl Days {
    /// Whether years are named, and nothing else.
    pub(super) fn is_only_years(&self) -> bool {
        !self.years.is_empty() && Self { years: Vec::new(), ..self.clone() }.is_every_day()
    }

    /// Takes days of other kinds than those that are here; false when a kind is here already.
    pub(super) fn take_other_kinds(&mut self, other: Self) -> bool {
        let clash = !self.years.is_empty() && !other.years.is_empty()
            || !self.dates.is_empty() && !other.dates.is_empty()
            || !self.weeks.is_empty() && !other.weeks.is_empty()
            || (self.has_weekdays() || !self.and_holidays.is_empty())
                && (other.has_weekdays() || !other.and_holidays.is_empty());
        if clash {
            return false;
        }
        self.years.extend(other.years);
        self.dates.extend(other.dates);
        self.weeks.extend(other.weeks);
        self.weekdays |= other.weekdays;
        self.nths.extend(other.nths);
        self.or_holidays.extend(other.or_holidays);
        self.and_holidays.extend(other.and_holidays);
        true
    }

    /// One way of writing for one meaning.
    pub(super) fn tidy(&mut self) -> Result<(), Problem> {
        if let [years] = self.years.as_slice()
            && years.to == Some(years.from)
        {
            let year = years.from;
            let is_dated = |range: &DateRange| !matches!(range, DateRange::Months { .. });
            if self.dates.iter().any(is_dated) {
                for range in &mut self.dates {
                    if !range.set_year(year) {
                        return say(
                            "write the year directly before each date: `2026 Dec 24-2027 Jan 02`",
                        );
                    }
                }
                self.years.clear();
            }
        }
        if self.weekdays == 0
            && self.nths.is_empty()
            && self.and_holidays.is_empty()
            && self.or_holidays.len() == 1
        {
            self.and_holidays = std::mem::take(&mut self.or_holidays);
        }
        Ok(())
    }
}
