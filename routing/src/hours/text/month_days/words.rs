//! Days before a month's name or before another date, and names of months that are also days.

use super::super::ends::time_length;
use super::super::kind::Kind;
use super::super::token::{Token, is_latin};
use super::chain::{Finder, FoundDates};
use super::{date, month_and_day};

impl Finder<'_> {
    /// `mar. 10h-12h`: a Tuesday, in Spanish, French and Italian.
    pub(super) fn month_or_tuesday(&self, at: usize) -> Option<FoundDates> {
        let token = self.tokens.get(at).filter(|token| token.kind == Kind::Month(3))?;
        if self.text.get(token.at..token.at + 3)? != ['m', 'a', 'r'] {
            return None;
        }
        let behind = self.text.get(token.at + 3);
        let tuesday = Some(vec![Token { kind: Kind::Weekday(1), ..*token }]);
        let dot = behind == Some(&'.');
        let alone = dot || self.has_mar && behind.is_none_or(|c| !is_latin(*c));
        if !alone || self.is_beside(at, |kind| matches!(kind, Kind::Month(_))) {
            return None;
        }
        // `mar-vie`, `lun, mar`
        if self.has_mar && self.is_beside(at, |kind| matches!(kind, Kind::Weekday(_))) {
            return Some(FoundDates { length: 1, first: tuesday, second: None });
        }
        if self.has_mar && self.has_days_hours(at) {
            return Some(FoundDates { length: 1, first: tuesday, second: None });
        }
        let of_a_day = at.checked_sub(1).is_some_and(|before| self.is_a_day(before));
        // `L-V 9-18 excepto mar`
        let beside_days = self.has_mar && self.tokens.iter().any(is_weekday);
        let may_be = (self.time_at(at + 1) || beside_days) && !self.is_a_day(at + 1) && !of_a_day;
        may_be.then_some(FoundDates { length: 1, first: None, second: tuesday })
    }

    /// `lun 9-18 mar 9-18`: whether hours alone follow, and another day of the week has its own.
    fn has_days_hours(&self, at: usize) -> bool {
        let hours = |at: usize| {
            let first = at + time_length(self.tokens, at);
            let last = first + 1 + time_length(self.tokens, first + 1);
            let is_range = first > at && last > first + 1 && self.kind(first) == Some(Kind::Dash);
            is_range.then_some(last)
        };
        let ends = |at: usize| {
            matches!(
                self.kind(at),
                None | Some(
                    Kind::Comma
                        | Kind::Semicolon
                        | Kind::Fallback
                        | Kind::Weekday(_)
                        | Kind::Month(3)
                )
            )
        };
        let mut others = self.tokens.iter().enumerate().filter(|(_, token)| is_weekday(token));
        hours(at + 1).is_some_and(ends) && others.any(|(other, _)| hours(other + 1).is_some())
    }

    /// Whether such a token stands behind a dash or comma, on either side.
    fn is_beside(&self, at: usize, is_such: impl Fn(Kind) -> bool) -> bool {
        let between = |at: Option<usize>| {
            let kind = at.and_then(|at| self.kind(at));
            matches!(kind, Some(Kind::Dash | Kind::Comma))
        };
        let is_one = |at: Option<usize>| at.and_then(|at| self.kind(at)).is_some_and(&is_such);
        between(at.checked_sub(1)) && is_one(at.checked_sub(2))
            || between(Some(at + 1)) && is_one(Some(at + 2))
    }

    /// Whether a number is a day of the month, and no hour (`Mar. 10-12 09:00-18:00`).
    fn is_a_day(&self, at: usize) -> bool {
        matches!(self.kind(at), Some(Kind::Number { .. }))
    }

    /// `24-26 Dec off`, `24,25 Dec off`
    pub(super) fn days_before_a_month(&self, at: usize) -> Option<FoundDates> {
        let (from, dash, to) =
            (self.tokens.get(at)?, self.tokens.get(at + 1)?, self.tokens.get(at + 2)?);
        let (
            Kind::Number { value: first, digits: 1..=2 },
            Kind::Dash | Kind::Comma,
            Kind::Number { value: last, digits: 1..=2 },
            Some(Kind::Month(month)),
        ) = (from.kind, dash.kind, to.kind, self.kind(at + 3))
        else {
            return None;
        };
        let begins = self.begins(at);
        let next = self.kind(at + 4);
        let year = matches!(next, Some(Kind::Number { digits: 4, .. }));
        let is_date = dash.kind == Kind::Comma || last >= 25 || year || next == Some(Kind::Off);
        let day = |value| date(u32::from(month), value).filter(|_| begins && is_date);
        let dates = [(day(first)?, from), (day(last)?, to)];
        let [first, last] = dates.map(|((month, day), token)| Token {
            kind: Kind::Date { year: None, month, day },
            at: token.at,
        });
        Some(FoundDates { length: 4, first: Some(vec![first, *dash, last]), second: None })
    }

    /// `24.-26.12. off`, `24. und 26.12. off`, `12/24-26 off`
    pub(super) fn days_before_a_date(&self, at: usize) -> Option<FoundDates> {
        let (from, dash) = (self.tokens.get(at)?, self.tokens.get(at + 1)?);
        if let (
            Kind::Number { value, digits: digits @ 1..=2 },
            Kind::Dash | Kind::Comma,
            Some(Kind::Date { year, month, day }),
        ) = (from.kind, dash.kind, self.kind(at + 2))
            && (dash.kind == Kind::Dash || self.begins(at))
            && self.text.get(from.at + usize::from(digits)) == Some(&'.')
            && value < u32::from(day)
        {
            let (month, day) = date(u32::from(month), value)?;
            let first = Token { kind: Kind::Date { year, month, day }, at: from.at };
            return Some(FoundDates { length: 1, first: Some(vec![first]), second: None });
        }
        let item = self.item(at).filter(|item| item.mark == '/' && item.year.is_none())?;
        let (month, first) = month_and_day(&item)?;
        let Some(Kind::Number { value, digits: 1..=2 }) = self.kind(at + item.length + 1) else {
            return None;
        };
        let dash = self.tokens.get(at + item.length).filter(|token| token.kind == Kind::Dash)?;
        let (_, last) = date(u32::from(month), value).filter(|(_, last)| *last > first)?;
        let is_off = self.kind(at + item.length + 2) == Some(Kind::Off);
        let order = self.east || first > 12;
        if !is_off || !order {
            return None;
        }
        let token = |day| Token { kind: Kind::Date { year: None, month, day }, at: item.at };
        let dates = vec![token(first), *dash, token(last)];
        Some(FoundDates { length: item.length + 2, first: Some(dates), second: None })
    }
}

impl Finder<'_> {
    /// `2026.12.30~1.3 off`, `2026-12-30~1-3 off`: behind a date that begins with its year, the
    /// month stands first too.
    pub(super) fn end_behind_a_date(&self, at: usize) -> Option<FoundDates> {
        let before = self.tokens.get(at.checked_sub(2)?)?;
        let Kind::Date { year: Some(year), month: first, day: from } = before.kind else {
            return None;
        };
        let digits = self.text.get(before.at..before.at + 4)?;
        let year_first = digits.iter().all(char::is_ascii_digit);
        if !year_first || self.kind(at.checked_sub(1)?) != Some(Kind::Dash) {
            return None;
        }
        let item = self.item(at).filter(|item| item.year.is_none())?;
        let (month, day) = month_and_day(&item)?;
        let next = year + i32::from((month, day) < (first, from));
        if next > 2100 || !self.may_follow(at + item.length) {
            return None;
        }
        let date = Token { kind: Kind::Date { year: Some(next), month, day }, at: item.at };
        Some(FoundDates { length: item.length, first: Some(vec![date]), second: None })
    }
}

fn is_weekday(token: &Token) -> bool {
    matches!(token.kind, Kind::Weekday(_))
}
