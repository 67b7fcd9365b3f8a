//! Days of a part: weekdays and holidays, beside weeks, years and dates.

use super::super::pattern::{Days, Holiday, Nth, WEEK};
use super::parser::{Parser, Problem, say};
use super::token::Kind;

impl Parser<'_> {
    /// Reads all selectors that stand here.
    pub(super) fn selectors(&mut self, days: &mut Days) -> Result<(), Problem> {
        let start = self.place();
        loop {
            match self.kind(0) {
                Some(Kind::Weekday(from)) if self.is_pair_of_days() => {
                    self.pair_of_days(from, days);
                }
                Some(Kind::Weekday(_) | Kind::Weekdays(_) | Kind::Holiday(_) | Kind::Nth(_)) => {
                    self.weekdays(days)?;
                }
                Some(Kind::Alternate) => {
                    return say(
                        "every second week is not written in hours; give the agent or the calendar \
                        `EveryWeeks` `2` and `FirstWeek`, and write only the days and times here, \
                        such as `Sa 10:00-14:00`",
                    );
                }
                Some(Kind::Week) => self.weeks(days)?,
                _ if self.months_with_years(days)? => {}
                _ if self.is_date() => self.dates(days)?,
                Some(Kind::Number { value: 1900..=2100, digits: 4 }) => self.years(days)?,
                // As in opening_hours.js, a colon after days is for the eye.
                Some(Kind::Colon) if self.place() > start => self.skip(1),
                _ => return Ok(()),
            }
        }
    }

    /// Whether a date or a holiday stands here.
    pub(super) fn is_date_or_holiday(&self) -> bool {
        match self.kind(0) {
            Some(Kind::Holiday(_)) => true,
            Some(Kind::Month(_)) => {
                matches!(self.kind(1), Some(Kind::Number { digits: 1..=2, .. }))
            }
            _ => self.is_date(),
        }
    }

    /// Whether two weekdays alone stand here, with nothing between them (`Mo Fr 09:00-18:00`).
    fn is_pair_of_days(&self) -> bool {
        let goes_on = |kind: Option<Kind>| {
            matches!(
                kind,
                Some(
                    Kind::Weekday(_)
                        | Kind::Weekdays(_)
                        | Kind::Holiday(_)
                        | Kind::Nth(_)
                        | Kind::Dash
                        | Kind::Slash
                        | Kind::Plus
                        | Kind::BracketOpen
                )
            )
        };
        matches!(self.kind(1), Some(Kind::Weekday(_)))
            && !goes_on(self.kind(2))
            && !goes_on(self.kind_before())
    }

    /// The two days, or all from one to the other?
    fn pair_of_days(&mut self, from: u8, days: &mut Days) {
        let Some(Kind::Weekday(to)) = self.kind(1) else { return };
        self.skip(2);
        let (pair, range) = (1 << from | 1 << to, weekday_range(from, to));
        if pair == range {
            days.weekdays |= pair;
            return;
        }
        self.translated = true;
        self.ambiguous = true;
        days.weekdays |= if self.reading.second { range } else { pair };
    }

    fn weekdays(&mut self, days: &mut Days) -> Result<(), Problem> {
        let mut in_list = false;
        loop {
            match self.kind(0) {
                Some(Kind::Weekdays(mask)) => {
                    self.translated = true;
                    days.weekdays |= mask;
                    self.skip(1);
                }
                Some(Kind::Weekday(weekday)) if self.kind(1) == Some(Kind::BracketOpen) => {
                    self.skip(2);
                    self.nths(weekday, &mut days.nths)?;
                }
                Some(Kind::Nth(_)) => self.ordinals(days)?,
                Some(Kind::Weekday(from)) if in_list && self.is_pair_of_days() => {
                    self.pair_of_days(from, days);
                }
                Some(Kind::Weekday(from)) => {
                    let to = match (self.kind(1), self.kind(2)) {
                        (Some(Kind::Dash), Some(Kind::Weekday(to))) => {
                            self.skip(2);
                            to
                        }
                        _ => from,
                    };
                    self.skip(1);
                    days.weekdays |= weekday_range(from, to);
                }
                Some(Kind::Holiday(kind)) => {
                    self.skip(1);
                    let offset = self.offset(6)?;
                    let holiday = Holiday { kind, offset };
                    let goes_on = self.list_goes_on();
                    let list = if in_list || goes_on {
                        &mut days.or_holidays
                    } else {
                        &mut days.and_holidays
                    };
                    list.push(holiday);
                }
                _ => return self.stuck(),
            }
            if !self.list_goes_on() {
                return Ok(());
            }
            self.translated |= self.kind(0) != Some(Kind::Comma);
            while !matches!(
                self.kind(0),
                Some(Kind::Weekday(_) | Kind::Weekdays(_) | Kind::Holiday(_) | Kind::Nth(_)) | None
            ) {
                self.skip(1);
            }
            in_list = true;
        }
    }

    /// Whether another weekday or holiday follows after a comma (or `/`, `+`, `and`).
    fn list_goes_on(&self) -> bool {
        let mut ahead = 0;
        while matches!(self.kind(ahead), Some(Kind::Comma | Kind::Slash | Kind::Plus)) {
            ahead += 1;
        }
        ahead > 0
            && matches!(
                self.kind(ahead),
                Some(Kind::Weekday(_) | Kind::Weekdays(_) | Kind::Holiday(_) | Kind::Nth(_))
            )
    }

    /// `第2・第4土曜日`, `2nd and 4th Sat`: as `Sa[2,4]`.
    fn ordinals(&mut self, days: &mut Days) -> Result<(), Problem> {
        self.translated = true;
        let mut numbers = Vec::new();
        let weekday = loop {
            match self.kind(0) {
                Some(Kind::Nth(nth)) => numbers.push(nth),
                // `第2、4土曜`
                Some(Kind::Number { value: value @ 1..=5, digits: 1 }) => {
                    numbers.push(i8::try_from(value).unwrap_or(1));
                }
                Some(Kind::Weekday(weekday)) => break weekday,
                _ => return self.stuck(),
            }
            self.skip(1);
            while matches!(self.kind(0), Some(Kind::Comma | Kind::Slash)) {
                self.skip(1);
            }
        };
        self.skip(1);
        days.nths.extend(numbers.into_iter().map(|nth| Nth { weekday, nth, offset: 0 }));
        Ok(())
    }

    /// `1,3-4,-1]`, with an offset of days.
    pub(super) fn nths(&mut self, weekday: u8, into: &mut Vec<Nth>) -> Result<(), Problem> {
        let mut numbers = Vec::new();
        loop {
            let from = self.nth()?;
            let to = if self.kind(0) == Some(Kind::Dash) {
                self.skip(1);
                self.nth()?
            } else {
                from
            };
            if from > to || (from < 0 && to > 0) {
                return say("the smaller number stands first: write `Mo[1-3]`");
            }
            numbers.extend(from..=to);
            match self.kind(0) {
                Some(Kind::Comma) => self.skip(1),
                Some(Kind::BracketClose) => break,
                _ => return self.stuck(),
            }
        }
        self.skip(1);
        let offset = self.offset(6)?;
        into.extend(numbers.into_iter().map(|nth| Nth { weekday, nth, offset }));
        Ok(())
    }

    fn nth(&mut self) -> Result<i8, Problem> {
        let negative = self.kind(0) == Some(Kind::Dash);
        self.skip(usize::from(negative));
        let Some(Kind::Number { value: value @ 1..=5, .. }) = self.kind(0) else {
            return say(
                "a month has a first to fifth of each weekday: write `Mo[1]`, or `Mo[-1]` for the \
                last",
            );
        };
        self.skip(1);
        let value = i8::try_from(value).unwrap_or(1);
        Ok(if negative { -value } else { value })
    }

    /// ` +1 day`, ` -2 days`, or nothing (0).
    pub(super) fn offset(&mut self, most: u32) -> Result<i16, Problem> {
        let sign = match self.kind(0) {
            Some(Kind::Plus) => 1,
            Some(Kind::Dash) => -1,
            _ => return Ok(0),
        };
        let (Some(Kind::Number { value, .. }), Some(Kind::Days)) = (self.kind(1), self.kind(2))
        else {
            return Ok(0);
        };
        if value > most {
            return Err(Problem::Say(format!(
                "may be moved by {most} days at most here; write the date, as in `Dec 24`"
            )));
        }
        self.skip(3);
        Ok(sign * i16::try_from(value).unwrap_or_default())
    }
}

fn weekday_range(from: u8, to: u8) -> u8 {
    let days = (to + 7 - from) % 7;
    (0..=days).fold(0, |mask, day| mask | 1 << ((from + day) % 7)) & WEEK
}
