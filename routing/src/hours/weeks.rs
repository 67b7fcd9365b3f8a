//! Every N-th week.

use chrono::{Datelike, Days, NaiveDate, TimeDelta};

use crate::packed::packed_struct;

/// Every N-th week, Monday to Sunday, counted from one of them. No year's end disturbs the count,
/// which also goes on backwards.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct EveryWeeks {
    every: u32,
    /// The Monday of the week that is counted from.
    monday: NaiveDate,
}

packed_struct!(EveryWeeks { every, monday } if |weeks| weeks.every >= 2);

impl EveryWeeks {
    /// Every `every`-th week, counted from that of `first`; `None` when that is not 2 or more.
    pub fn new(every: u32, first: NaiveDate) -> Option<Self> {
        (every >= 2).then(|| Self { every, monday: monday(first) })
    }

    /// Whether `date` lies in one of the weeks.
    pub(crate) fn contain(self, date: NaiveDate) -> bool {
        let weeks = (monday(date) - self.monday).num_days() / 7;
        weeks.rem_euclid(i64::from(self.every)) == 0
    }

    /// The Monday of the first of the weeks after that of `date`.
    pub(crate) fn next_after(self, date: NaiveDate) -> Option<NaiveDate> {
        let weeks = (monday(date) - self.monday).num_days() / 7;
        let ahead = i64::from(self.every) - weeks.rem_euclid(i64::from(self.every));
        monday(date).checked_add_signed(TimeDelta::try_days(ahead * 7)?)
    }
}

fn monday(date: NaiveDate) -> NaiveDate {
    let since = u64::from(date.weekday().num_days_from_monday());
    date.checked_sub_days(Days::new(since)).unwrap_or(date)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn weeks_are_counted_over_a_year_of_53() {
        // 2026 has 53 weeks; 2026-12-28 is the Monday of the last.
        let weeks = EveryWeeks::new(2, day("2026-12-30")).unwrap();
        for (date, on) in [
            ("2026-12-27", false),
            ("2026-12-28", true),
            ("2027-01-03", true),
            ("2027-01-04", false),
            ("2027-01-11", true),
            ("2026-12-14", true),
            ("2026-12-07", false),
        ] {
            assert_eq!(weeks.contain(day(date)), on, "{date}");
        }
        assert_eq!(weeks.next_after(day("2026-12-31")), Some(day("2027-01-11")));
        assert_eq!(weeks.next_after(day("2027-01-05")), Some(day("2027-01-11")));
        assert_eq!(EveryWeeks::new(1, day("2026-12-30")), None);
    }

    #[test]
    fn every_number_of_weeks_is_counted() {
        let first = day("2026-11-23");
        for every in 2..=15 {
            let weeks = EveryWeeks::new(every, first).unwrap();
            for ahead in -30..=30_i64 {
                let date = first + TimeDelta::days(ahead * 7 + 2);
                let on = ahead % i64::from(every) == 0;
                assert_eq!(weeks.contain(date), on, "every {every}: {date}");
                let next = (ahead + 1..).find(|week| week % i64::from(every) == 0).unwrap();
                let next = first + TimeDelta::days(next * 7);
                assert_eq!(weeks.next_after(date), Some(next), "every {every}: {date}");
            }
        }
    }
}
