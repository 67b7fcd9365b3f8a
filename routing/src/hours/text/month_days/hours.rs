//! Whether numbers with a sign between are hours, and no dates.

use super::super::kind::Kind;
use super::chain::{Chain, Finder, Item};

/// Whether a chain is hours.
pub(super) enum Hours {
    Yes,
    No,
    Perhaps,
}

impl Finder<'_> {
    /// Whether a chain is hours.
    pub(super) fn as_hours(&self, at: usize, before: Option<Kind>, chain: &Chain) -> Hours {
        let items = || chain.items.iter();
        if items().any(|item| item.year.is_some()) {
            return Hours::No;
        }
        let next = self.kind(at + chain.length);
        let off_or_time = next == Some(Kind::Off) || self.time_at(at + chain.length);
        match chain.items.first().map(|item| item.mark) {
            // `7/7` alone is no date.
            Some('/') if off_or_time || before.is_some() => Hours::No,
            Some('.') if !items().all(|item| item.clock && item.numbers.0 <= 24) => Hours::No,
            // `8.15` is no range of times; `9.30` may be the beginning of one.
            Some('.') if chain.items.len() == 1 => {
                let beside = matches!(before, Some(Kind::Semicolon | Kind::Off | Kind::Comma));
                if off_or_time || beside { Hours::No } else { Hours::Yes }
            }
            Some('.') if items().any(|item| !item.numbers.1.is_multiple_of(5)) => Hours::No,
            Some('.') if next == Some(Kind::Off) => {
                // `11.30-12.30 off`
                let lunch = matches!(
                    chain.items.as_slice(),
                    [
                        Item { numbers: (from @ 11..=13, minute), .. },
                        Item { numbers: (to, end), .. }
                    ] if *to == from + 1 && minute == end
                );
                if lunch { Hours::Yes } else { Hours::Perhaps }
            }
            Some('-') if chain.between.iter().any(|token| token.kind == Kind::Dash) => Hours::No,
            Some('-') if items().any(|item| item.numbers.1 >= 25) => {
                if self.time_until_dots(at + chain.length) { Hours::Yes } else { Hours::No }
            }
            Some('-') if next == Some(Kind::Off) => {
                let lunch = |item: &Item| {
                    let (from, to) = item.numbers;
                    matches!(from, 11..=12) && (to == from + 1 || to == from + 2)
                };
                let date = |item: &Item| {
                    let (month, day) = item.numbers;
                    month == day || month > day && item.digits == 2
                };
                if items().any(date) {
                    Hours::No
                } else if items().any(lunch) {
                    Hours::Yes
                } else {
                    Hours::Perhaps
                }
            }
            Some('-') if off_or_time => {
                let Some(item) = chain.items.last() else { return Hours::Yes };
                let (from, to) = item.numbers;
                let next = self.hour_at(at + chain.length).unwrap_or_default();
                // `9-12 13:00-18:00`, `9-18 (12:00-13:00 break)`
                let hours = from < to && next >= from;
                let says_break = self.tokens.iter().any(|token| token.kind == Kind::Break);
                match before {
                    _ if !hours => Hours::No,
                    Some(_) if !says_break => Hours::Perhaps,
                    _ => Hours::Yes,
                }
            }
            _ => Hours::Yes,
        }
    }

    /// Whether a time begins here.
    pub(super) fn time_at(&self, at: usize) -> bool {
        match self.kind(at) {
            Some(Kind::Clock { .. }) => true,
            Some(Kind::Number { digits: 1..=2, .. }) => self.kind(at + 1) == Some(Kind::Dash),
            Some(kind) => {
                let time =
                    matches!(self.kind(at + 1), Some(Kind::Clock { .. } | Kind::Number { .. }));
                kind.is_half_of_day() && time
            }
            None => false,
        }
    }

    fn hour_at(&self, at: usize) -> Option<u32> {
        match self.kind(at)? {
            Kind::Clock { hour, .. } => Some(hour),
            Kind::Number { value, .. } => Some(value),
            _ => None,
        }
    }

    /// `13:00..18:00`, which is of `ClosedDates`.
    fn time_until_dots(&self, at: usize) -> bool {
        let dash = self.tokens.get(at + 1).filter(|token| token.kind == Kind::Dash);
        dash.is_some_and(|dash| self.text.get(dash.at) == Some(&'.'))
    }
}
