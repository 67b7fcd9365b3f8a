//! Dates of a part: months, days, ranges, Easter.

use super::super::pattern::{DateRange, Days, YearDay};
use super::parser::{Parser, Problem, say};
use super::token::Kind;

/// How far Easter may be moved, in days.
const FAR: u32 = 366;

impl Parser<'_> {
    /// Whether a month, a date or Easter stands here, with or without a year before it.
    pub(super) fn is_date(&self) -> bool {
        match (self.kind(0), self.kind(1)) {
            (Some(Kind::Month(_) | Kind::Easter | Kind::Date { .. }), _) => true,
            (Some(Kind::Number { digits: 4, .. }), Some(Kind::Easter)) => true,
            (Some(Kind::Number { digits: 4, .. }), Some(Kind::Month(_))) => {
                // `2026 Jan` is a year and a month, `2026 Jan 02` a date.
                matches!(
                    (self.kind(2), self.kind(3)),
                    (Some(Kind::Number { digits: 1..=2, .. }), _)
                ) || self.is_nth(2)
            }
            (Some(Kind::Number { digits: 1..=2, .. }), Some(Kind::Month(_))) => true,
            _ => false,
        }
    }

    fn is_nth(&self, ahead: usize) -> bool {
        matches!(
            (self.kind(ahead), self.kind(ahead + 1)),
            (Some(Kind::Weekday(_)), Some(Kind::BracketOpen))
        )
    }

    pub(super) fn dates(&mut self, days: &mut Days) -> Result<(), Problem> {
        let before = days.dates.len();
        self.date_list(days)?;
        // `Jan-Feb Jan 09-15` are days that are in both; `Jun Jul Aug` are three months.
        if before > 0 && !days.dates.iter().all(|range| matches!(range, DateRange::Months { .. })) {
            return say(
                "names months and dates one after the other; write only the dates, as in `Jan \
                09-15`",
            );
        }
        Ok(())
    }

    fn date_list(&mut self, days: &mut Days) -> Result<(), Problem> {
        loop {
            self.date(days)?;
            self.year_behind(days)?;
            let commas = (0..).take_while(|ahead| self.kind(*ahead) == Some(Kind::Comma)).count();
            if commas == 0 {
                return Ok(());
            }
            let place = self.place();
            self.skip(commas);
            if !self.is_date() {
                self.go_back(place);
                return Ok(());
            }
        }
    }

    fn date(&mut self, days: &mut Days) -> Result<(), Problem> {
        let year = self.year_before_a_date()?;
        // `Mar Su[-1]` without an end is the month, and a weekday.
        if let (Some(Kind::Month(month)), true) = (self.kind(0), self.is_nth(1)) {
            let place = self.place();
            let point = self.point()?;
            if !(self.kind(0) == Some(Kind::Dash) && self.is_end_of_range()) {
                self.go_back(place + 1);
                if let Some(year) = year {
                    days.years.push(super::super::pattern::Years {
                        from: year,
                        to: Some(year),
                        step: 1,
                    });
                }
                days.dates.push(DateRange::Months { from: month, to: month });
                return Ok(());
            }
            return self.range(days, year, point);
        }
        let is_month = !matches!(self.kind(1), Some(Kind::Number { digits: 1..=2, .. }));
        if let (Some(Kind::Month(from)), true) = (self.kind(0), is_month) {
            self.skip(1);
            let mut to = from;
            if let (Some(Kind::Dash), Some(Kind::Month(last))) = (self.kind(0), self.kind(1)) {
                // `Apr-Sep 9-18`: hours, for the first month has no day.
                let hours = self.kind(3) == Some(Kind::Dash)
                    && matches!(self.kind(4), Some(Kind::Number { .. } | Kind::Clock { .. }));
                if matches!(self.kind(2), Some(Kind::Number { digits: 1..=2, .. })) && !hours {
                    return say(
                        "a range of dates begins and ends with a day: write `Dec 24-Jan 02`",
                    );
                }
                to = last;
                self.skip(2);
            }
            days.dates.push(DateRange::Months { from, to });
            return Ok(());
        }
        let point = self.point()?;
        self.range(days, year, point)
    }

    fn year_before_a_date(&mut self) -> Result<Option<i32>, Problem> {
        Ok(match self.kind(0) {
            Some(Kind::Number { digits: 4, .. }) => Some(self.year()?),
            Some(Kind::Date { year, .. }) => year,
            _ => None,
        })
    }

    fn point(&mut self) -> Result<YearDay, Problem> {
        let point = match (self.kind(0), self.kind(1)) {
            (Some(Kind::Easter), _) => {
                self.skip(1);
                return Ok(YearDay::Easter { offset: self.offset(FAR)? });
            }
            (Some(Kind::Month(month)), Some(Kind::Weekday(weekday))) => {
                self.skip(3);
                let mut nths = Vec::new();
                self.nths(weekday, &mut nths)?;
                let [nth] = nths.as_slice() else { return self.stuck() };
                return Ok(YearDay::Nth { month, nth: *nth });
            }
            (Some(Kind::Date { month, day, .. }), _) => {
                self.translated = true;
                self.skip(1);
                YearDay::Day { month, day }
            }
            (Some(Kind::Number { value, digits: 1..=2 }), Some(Kind::Month(month))) => {
                self.translated = true;
                self.skip(2);
                YearDay::Day { month, day: u8::try_from(value).unwrap_or_default() }
            }
            (Some(Kind::Month(month)), Some(Kind::Number { value, .. })) => {
                self.skip(2);
                YearDay::Day { month, day: u8::try_from(value).unwrap_or_default() }
            }
            _ => return self.stuck(),
        };
        must_exist(point)?;
        Ok(point)
    }

    /// Whether, after a dash, a date stands that ends a range.
    pub(super) fn is_end_of_range(&self) -> bool {
        match (self.kind(1), self.kind(2)) {
            (Some(Kind::Easter | Kind::Date { .. }), _) => true,
            (Some(Kind::Month(_)), Some(Kind::Number { digits: 1..=2, .. })) => true,
            (Some(Kind::Month(_)), _) => self.is_nth(2),
            (Some(Kind::Number { digits: 1..=2, .. }), Some(Kind::Month(_))) => true,
            (Some(Kind::Number { digits: 4, .. }), Some(Kind::Month(_) | Kind::Easter)) => true,
            _ => false,
        }
    }

    /// What may follow a day: an end, more days of the month, a year.
    fn range(&mut self, days: &mut Days, year: Option<i32>, from: YearDay) -> Result<(), Problem> {
        let single =
            |year, point| DateRange::Days { year, from: point, to_year: year, to: point, step: 1 };
        let year = self.year_before_a_dash(year)?;
        if self.kind(0) == Some(Kind::Dash) && self.is_end_of_range() {
            self.skip(1);
            let to_year = self.year_before_a_date()?;
            let to = self.point()?;
            let to_year = match self.year_ahead() {
                Some(ahead) if year.is_some() && to_year.is_none() => {
                    self.translated = true;
                    self.skip(ahead);
                    Some(self.year()?)
                }
                _ => to_year,
            };
            if year.is_none() && to_year.is_some() {
                return say("name the year of both dates: write `2026 Dec 24-2027 Jan 02`");
            }
            let reversed = match (from, to) {
                (YearDay::Day { month, day }, YearDay::Day { month: last, day: end }) => {
                    to_year < year && to_year.is_some()
                        || to_year == year && year.is_some() && (last, end) < (month, day)
                }
                _ => to_year.is_some() && to_year < year,
            };
            if reversed {
                return say(
                    "a range of dates ends before it begins; write the earlier date first, as in \
                    `2026 Dec 24-2027 Jan 02`",
                );
            }
            days.dates.push(DateRange::Days { year, from, to_year, to, step: 1 });
            return Ok(());
        }
        let YearDay::Day { month, day } = from else {
            days.dates.push(single(year, from));
            return Ok(());
        };
        let mut day = day;
        loop {
            let mut range = single(year, YearDay::Day { month, day });
            if let (Some(Kind::Dash), Some(Kind::Number { value, digits: 1..=2 })) =
                (self.kind(0), self.kind(1))
            {
                self.skip(2);
                let last = u8::try_from(value).unwrap_or_default();
                let to = YearDay::Day { month, day: last };
                must_exist(to)?;
                if last < day {
                    return over_the_months_end(year, (month, day), last);
                }
                let mut step = 1;
                if let (Some(Kind::Slash), Some(Kind::Number { value: value @ 2..=31, .. })) =
                    (self.kind(0), self.kind(1))
                {
                    step = u16::try_from(value).unwrap_or(1);
                    self.skip(2);
                }
                let from = YearDay::Day { month, day };
                range = DateRange::Days { year, from, to_year: year, to, step };
            }
            days.dates.push(range);
            // `Dec 24,25,28`
            match (self.kind(0), self.kind(1), self.kind(2)) {
                (
                    Some(Kind::Comma),
                    Some(Kind::Number { digits: 1..=2, .. }),
                    Some(Kind::Month(_)),
                ) => {
                    return Ok(());
                }
                (Some(Kind::Comma), Some(Kind::Number { value, digits: 1..=2 }), after)
                    if !after.is_some_and(Kind::is_half_of_day) =>
                {
                    self.skip(2);
                    day = u8::try_from(value).unwrap_or_default();
                    must_exist(YearDay::Day { month, day })?;
                }
                _ => return Ok(()),
            }
        }
    }
}

/// `Dec 30-3`: most likely until the next month.
fn over_the_months_end<T>(
    year: Option<i32>,
    (month, day): (u8, u8),
    last: u8,
) -> Result<T, Problem> {
    let next = if month == 12 { 1 } else { month + 1 };
    let from = YearDay::Day { month, day };
    let to = YearDay::Day { month: next, day: last };
    let to_year = year.map(|year| year + i32::from(month == 12));
    let shown = DateRange::Days { year, from, to_year, to, step: 1 };
    Err(Problem::Say(if must_exist(to).is_ok() && to_year.is_none_or(|year| year <= 2100) {
        format!(
            "a range of days goes from {day} to {last}; where it ends in the next month, write \
            `{shown}`, or else another end"
        )
    } else {
        format!(
            "a range of days goes from {day} to {last}; name the months of both, as in `Dec \
            30-Jan 03`"
        )
    }))
}

/// Whether there is such a day in some year.
pub(super) fn must_exist(point: YearDay) -> Result<(), Problem> {
    let YearDay::Day { month, day } = point else { return Ok(()) };
    let last = match month {
        2 => 29,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    };
    if (1..=last).contains(&day) {
        return Ok(());
    }
    let shown = DateRange::Days { year: None, from: point, to_year: None, to: point, step: 1 };
    Err(Problem::Say(format!("there is no `{shown}`; write a day from 1 to {last}")))
}
