//! A year that does not stand directly before its dates: it is of what stands beside it, and never
//! a part for itself. And a weekday that says again which day a date is.

use chrono::{Datelike, NaiveDate};

use super::super::pattern::{DateRange, Days, YearDay, days_of_month};
use super::draft::Draft;
use super::parser::{Parser, Problem, say};
use super::token::Kind;

const BEFORE_EACH: &str =
    "a year stands directly before its date: write `2026 Dec 24-26`, or `2026 Nov 26,2026 Dec 24`";

impl Parser<'_> {
    /// A year alone has no hours of its own beside others.
    pub(super) fn year_alone<T>(&self) -> Result<T, Problem> {
        say(BEFORE_EACH)
    }

    /// `2026 Dec-2027 Feb`, `Dec 2026 - Feb 2027`: from the first day to the last, for what people
    /// are told to write. False where no such range stands here.
    pub(super) fn months_with_years(&mut self, days: &mut Days) -> Result<bool, Problem> {
        let year = |ahead: usize| match self.kind(ahead) {
            Some(Kind::Number { value: value @ 1900..=2100, digits: 4 }) => {
                i32::try_from(value).ok()
            }
            _ => None,
        };
        let month = |ahead: usize| match self.kind(ahead) {
            Some(Kind::Month(month)) => Some(month),
            _ => None,
        };
        let both = |ahead: usize| {
            let year_first = year(ahead).zip(month(ahead + 1));
            year_first.or_else(|| year(ahead + 1).zip(month(ahead)))
        };
        let a_day_follows = matches!(self.kind(5), Some(Kind::Number { digits: 1..=2, .. }))
            && self.kind(6) != Some(Kind::Dash);
        let (Some(first), Some(Kind::Dash), Some(last), false) =
            (both(0), self.kind(2), both(3), a_day_follows)
        else {
            return Ok(false);
        };
        if last < first {
            return say(
                "a range of months ends before it begins; write the earlier month first, as \
                in `2026 Dec 01-2027 Feb 28`",
            );
        }
        let last_day = days_of_month(last.0, last.1.into());
        self.translated = true;
        self.skip(5);
        days.dates.push(DateRange::Days {
            year: Some(first.0),
            from: YearDay::Day { month: first.1, day: 1 },
            to_year: Some(last.0),
            to: YearDay::Day { month: last.1, day: u8::try_from(last_day).unwrap_or(31) },
            step: 1,
        });
        Ok(true)
    }

    /// How many commas stand before a year here that no date, range or rest of years follows.
    pub(super) fn year_ahead(&self) -> Option<usize> {
        let commas = (0..).take_while(|ahead| self.kind(*ahead) == Some(Kind::Comma)).count();
        let is_year =
            matches!(self.kind(commas), Some(Kind::Number { value: 1900..=2100, digits: 4 }));
        let goes_on = matches!(
            self.kind(commas + 1),
            Some(Kind::Month(_) | Kind::Easter | Kind::Dash | Kind::Plus | Kind::Slash)
        );
        (is_year && !goes_on).then_some(commas)
    }

    /// `Dec 24, 2026 - Jan 2, 2027`: the year of the first date.
    pub(super) fn year_before_a_dash(&mut self, year: Option<i32>) -> Result<Option<i32>, Problem> {
        let comma = usize::from(self.kind(0) == Some(Kind::Comma));
        let place = self.place();
        let is_year = matches!(
            (self.kind(comma), self.kind(comma + 1)),
            (Some(Kind::Number { value: 1900..=2100, digits: 4 }), Some(Kind::Dash))
        );
        if year.is_some() || !is_year {
            return Ok(year);
        }
        self.skip(comma);
        let found = self.year()?;
        if self.is_end_of_range() {
            self.translated = true;
            return Ok(Some(found));
        }
        self.go_back(place);
        Ok(None)
    }

    /// `Dec 24, 2026`, `Dec 24-26, 2026`, `Dec 24, 25, 2026`: the American way. The year is of all
    /// dates before it that have none, where these are of one month or one range.
    pub(super) fn year_behind(&mut self, days: &mut Days) -> Result<(), Problem> {
        let Some(commas) = self.year_ahead() else { return Ok(()) };
        let first = days.dates.iter().rposition(|range| !lacks_year(range)).map_or(0, |at| at + 1);
        let lacking = days.dates.get_mut(first..).unwrap_or_default();
        let alone = match lacking {
            [] => return Ok(()),
            [only] => is_single(only) || ends_in_the_next_year(only),
            _ => false,
        };
        // `Dec 24-26 2026` is of opening_hours.
        if commas == 0 && !alone {
            return Ok(());
        }
        let months = lacking.iter().filter_map(months_of);
        let of_one_month = {
            let mut months = months.flat_map(|(from, to)| [from, to]);
            let month = months.next();
            months.all(|other| Some(other) == month)
        };
        if lacking.len() > 1 && !of_one_month {
            return say(BEFORE_EACH);
        }
        self.translated = true;
        self.skip(commas);
        let last = self.year()?;
        // Hours cannot be written for years before 1900.
        if last == 1900 && lacking.iter().any(ends_in_the_next_year) {
            return say(BEFORE_EACH);
        }
        for range in lacking {
            let over = ends_in_the_next_year(range);
            if let DateRange::Days { year, to_year, .. } = range {
                *year = Some(if over { last - 1 } else { last });
                *to_year = Some(last);
            }
        }
        Ok(())
    }

    /// `Thursday, December 24, 2026`: the weekday is no day of its own. Without a year, it may be.
    pub(super) fn weekday_of_a_date(&mut self, draft: &mut Draft) -> Result<(), Problem> {
        self.weekday_behind_a_date(draft);
        let ([before], [DateRange::Days { year, from, to, .. }]) =
            (draft.pending.as_slice(), draft.days.dates.as_slice())
        else {
            return Ok(());
        };
        let YearDay::Day { month, day } = *from else { return Ok(()) };
        let weekday = before.weekdays;
        let one_day =
            weekday.is_power_of_two() && *before == Days { weekdays: weekday, ..Days::default() };
        if from != to || !one_day {
            return Ok(());
        }
        if let Some(year) = *year {
            let date = NaiveDate::from_ymd_opt(year, month.into(), day.into());
            let is_it = |date: NaiveDate| weekday == 1 << date.weekday().num_days_from_monday();
            if !date.is_some_and(is_it) {
                return Err(Problem::Say(format!(
                    "`{}` is not a `{before}`; write the date alone, as in `2026 Dec 24`",
                    draft.days
                )));
            }
        } else {
            self.ambiguous = true;
        }
        if year.is_some() || !self.reading.second {
            draft.pending.clear();
        }
        Ok(())
    }

    /// `2026-12-24 (Thu)`: the same without a comma, as if it stood before the date.
    fn weekday_behind_a_date(&self, draft: &mut Draft) {
        let dates = draft.days.dates.as_slice();
        let [DateRange::Days { year: Some(_), from, to, .. }] = dates else { return };
        let one_day = draft.days.weekdays.is_power_of_two() && from == to;
        let only = Days { weekdays: draft.days.weekdays, dates: dates.to_vec(), ..Days::default() };
        if draft.pending.is_empty() && one_day && draft.days == only {
            let weekdays = std::mem::take(&mut draft.days.weekdays);
            draft.pending.push(Days { weekdays, ..Days::default() });
        }
    }

    /// Behind a comma after days: whether a year stands here that is of these days. Reads it.
    pub(super) fn bare_year(&mut self, days: &mut Days) -> Result<bool, Problem> {
        if !matches!(self.kind(0), Some(Kind::Number { value: 1900..=2100, digits: 4 }))
            || self.is_date()
        {
            return Ok(false);
        }
        let place = self.place();
        let mut years = Days::default();
        self.years(&mut years)?;
        let of_other_days = matches!(
            self.kind(0),
            Some(
                Kind::Month(_)
                    | Kind::Weekday(_)
                    | Kind::Weekdays(_)
                    | Kind::Holiday(_)
                    | Kind::Nth(_)
                    | Kind::Week
            )
        );
        // `Aug, 2026 Mo-Fr`
        let is_month = |range: &DateRange| matches!(range, DateRange::Months { .. });
        let of_a_month = !days.dates.is_empty()
            && days.dates.iter().all(is_month)
            && !matches!(self.kind(0), Some(Kind::Month(_)));
        if of_other_days && !of_a_month {
            self.go_back(place);
            return Ok(false);
        }
        if !days.take_other_kinds(years) {
            return say(BEFORE_EACH);
        }
        self.translated = true;
        Ok(true)
    }
}

fn lacks_year(range: &DateRange) -> bool {
    matches!(
        range,
        DateRange::Days { year: None, from: YearDay::Day { .. }, to: YearDay::Day { .. }, .. }
    )
}

fn is_single(range: &DateRange) -> bool {
    matches!(range, DateRange::Days { from, to, .. } if from == to)
}

fn months_of(range: &DateRange) -> Option<(u8, u8)> {
    match range {
        DateRange::Days {
            from: YearDay::Day { month, .. },
            to: YearDay::Day { month: last, .. },
            ..
        } => Some((*month, *last)),
        _ => None,
    }
}

fn ends_in_the_next_year(range: &DateRange) -> bool {
    match range {
        DateRange::Days {
            from: YearDay::Day { month, day },
            to: YearDay::Day { month: last, day: end },
            ..
        } => (last, end) < (month, day),
        _ => false,
    }
}
