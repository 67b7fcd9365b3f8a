//! Weeks and years of a part, by their numbers.

use super::super::pattern::{Days, Weeks, Years};
use super::kind::Kind;
use super::parser::{Parser, Problem, say};

impl Parser<'_> {
    /// Reads numbers of weeks behind `week`.
    pub(super) fn weeks(&mut self, days: &mut Days) -> Result<(), Problem> {
        self.skip(1);
        loop {
            let from = self.week()?;
            let (mut to, mut step) = (from, 1);
            if let (Some(Kind::Dash), Some(Kind::Number { .. })) = (self.kind(0), self.kind(1)) {
                self.skip(1);
                to = self.week()?;
                if let (Some(Kind::Slash), Some(Kind::Number { value, .. })) =
                    (self.kind(0), self.kind(1))
                {
                    if !(2..=26).contains(&value) {
                        return say("a step of weeks is 2 to 26: write `week 01-53/2`");
                    }
                    step = u8::try_from(value).unwrap_or(1);
                    self.skip(2);
                }
            }
            if from > to {
                return Err(Problem::Say(format!(
                    "`week {from:02}-{to:02}` ends before it begins; write `week \
                    {from:02}-53,01-{to:02}`"
                )));
            }
            days.weeks.push(Weeks { from, to, step });
            let mut ahead = usize::from(self.kind(0) == Some(Kind::Comma));
            if ahead == 1 && self.kind(1) == Some(Kind::Week) {
                ahead = 2;
            }
            if ahead == 0 || !matches!(self.kind(ahead), Some(Kind::Number { digits: 1..=2, .. })) {
                return Ok(());
            }
            self.skip(ahead);
        }
    }

    fn week(&mut self) -> Result<u8, Problem> {
        match self.kind(0) {
            Some(Kind::Number { value: value @ 1..=53, digits: 1..=2 }) => {
                self.skip(1);
                Ok(u8::try_from(value).unwrap_or(1))
            }
            Some(Kind::Number { .. }) => say("a year has weeks 1 to 53: write `week 01-53`"),
            _ => self.stuck(),
        }
    }

    /// Reads years, and ranges of them.
    pub(super) fn years(&mut self, days: &mut Days) -> Result<(), Problem> {
        loop {
            let from = self.year()?;
            let mut years = Years { from, to: Some(from), step: 1 };
            match (self.kind(0), self.kind(1)) {
                (Some(Kind::Dash), Some(Kind::Number { digits: 4, .. })) => {
                    self.skip(1);
                    let to = self.year()?;
                    if to < from {
                        return Err(Problem::Say(format!(
                            "`{from}-{to}` ends before it begins; write `{to}-{from}`"
                        )));
                    }
                    years.to = Some(to);
                    if let (Some(Kind::Slash), Some(Kind::Number { value, .. })) =
                        (self.kind(0), self.kind(1))
                    {
                        years.step = u16::try_from(value).unwrap_or(0).max(1);
                        self.skip(2);
                    }
                }
                (Some(Kind::Plus), _) => {
                    years.to = None;
                    self.skip(1);
                }
                _ => {}
            }
            days.years.push(years);
            match (self.kind(0), self.kind(1)) {
                (Some(Kind::Comma), Some(Kind::Number { digits: 4, .. })) => self.skip(1),
                _ => return Ok(()),
            }
        }
    }

    /// Reads one year.
    pub(super) fn year(&mut self) -> Result<i32, Problem> {
        match self.kind(0) {
            Some(Kind::Number { value: value @ 1900..=2100, digits: 4 }) => {
                self.skip(1);
                Ok(i32::try_from(value).unwrap_or_default())
            }
            _ => self.stuck(),
        }
    }
}
