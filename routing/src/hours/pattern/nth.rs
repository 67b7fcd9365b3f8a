//! The n-th weekday of a month.

use chrono::{Datelike, NaiveDate, TimeDelta};

use crate::packed::packed_struct;

/// `Mo[1]`, `Fr[-1]`, `Sa[2] +1 day`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Nth {
    /// From Monday, 0.
    pub(crate) weekday: u8,
    /// From 1 to 5, or from the month's end, -1 to -5.
    pub(crate) nth: i8,
    pub(crate) offset: i16,
}

packed_struct!(Nth { weekday, nth, offset } if |nth| {
    nth.weekday < 7 && (-5..=5).contains(&nth.nth)
});

impl Nth {
    pub(super) fn contain(self, date: NaiveDate) -> bool {
        let Some(date) = date.checked_sub_signed(TimeDelta::days(i64::from(self.offset))) else {
            return false;
        };
        let from_start = i8::try_from((date.day() - 1) / 7 + 1).unwrap_or_default();
        let left = days_of_month(date.year(), date.month()).saturating_sub(date.day());
        let from_end = i8::try_from(left / 7 + 1).unwrap_or_default();
        date.weekday().num_days_from_monday() == u32::from(self.weekday)
            && (self.nth == from_start || self.nth == -from_end)
    }
}

/// How many days the month has; 31 outside the calendar.
pub(crate) fn days_of_month(year: i32, month: u32) -> u32 {
    let (next_year, next) = if month == 12 { (year + 1, 1) } else { (year, month + 1) };
    NaiveDate::from_ymd_opt(next_year, next, 1)
        .and_then(|first| first.pred_opt())
        .map_or(31, |last| last.day())
}
