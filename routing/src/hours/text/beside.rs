//! `12/24(목)`, `Thu 24 Dec`, `12月24日(木)`: a weekday that says again which day a date is. The
//! date decides. For what people are told to write.

use chrono::{Datelike, Days, NaiveDate};

use super::kind::Kind;
use super::token::{Token, Tokens};

/// The tokens without weekdays beside dates that have no year. With a year, they are compared.
pub(super) fn without_weekdays(all: &Tokens, text: &[char], today: NaiveDate) -> Vec<Token> {
    let (tokens, translated) = (all.tokens.as_slice(), all.translated);
    let finder = DateFinder { tokens, text, translated, today };
    let mut out: Vec<Token> = Vec::with_capacity(tokens.len());
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        let says_again = matches!(token.kind, Kind::Weekday(_));
        if says_again && let Some((length, first, last)) = finder.range_by_weekdays(at) {
            out.truncate(out.len().saturating_sub(length));
            out.push(first);
            out.extend(finder.tokens.get(at + 1));
            out.push(last);
            at += 3;
            continue;
        }
        match says_again.then(|| finder.length_beside(at)).flatten() {
            Some(length) => at += length,
            None => {
                out.push(*token);
                at += 1;
            }
        }
    }
    out
}

struct DateFinder<'a> {
    tokens: &'a [Token],
    text: &'a [char],
    translated: bool,
    today: NaiveDate,
}

/// A date without a year.
struct FoundDate {
    /// In tokens.
    length: usize,
    /// It is written as in opening_hours (`Dec 24`).
    plain: bool,
    /// It may be a time as well (`8.15`).
    clock: bool,
    /// Month and day, where their order is known.
    date: Option<(u32, u32)>,
    /// The day stands first (`24 Dec`).
    day_first: bool,
}

impl DateFinder<'_> {
    fn kind(&self, at: usize) -> Option<Kind> {
        self.tokens.get(at).map(|token| token.kind)
    }

    /// How many tokens, from the weekday at this place on, only say again which day a date is.
    fn length_beside(&self, at: usize) -> Option<usize> {
        let before = |back: usize| at.checked_sub(back).and_then(|at| self.kind(at));
        let in_list = before(1) == Some(Kind::Dash)
            || before(1) == Some(Kind::Comma) && matches!(before(2), Some(Kind::Weekday(_)));
        if let Some(found) = self.date(at + 1).filter(|_| !in_list) {
            let closes = self.kind(at + 1 + found.length) == Some(Kind::Off);
            let meant = !found.plain || self.translated;
            return (meant && (!found.clock || closes)).then_some(1);
        }
        // `Thu, 24 Dec`, where it is one.
        if let Some(found) = self.date(at + 2).filter(|_| self.kind(at + 1) == Some(Kind::Comma))
            && found.day_first
            && !in_list
            && self.is_next(self.kind(at)?, found.date?)
        {
            return Some(2);
        }
        // `24-26 Dec (Thu-Sat)`, `12/24~26(목~토)`
        let range = matches!(
            (self.kind(at + 1), self.kind(at + 2)),
            (Some(Kind::Dash), Some(Kind::Weekday(_)))
        );
        if range && self.is_in_brackets(at) {
            let of_days = matches!(
                (before(1), before(2)),
                (Some(Kind::Number { digits: 1..=2, .. }), Some(Kind::Dash))
            );
            let behind = if of_days { at.checked_sub(2)? } else { at };
            let (_, found) = self.date_before(behind)?;
            return (!found.clock || self.kind(at + 3) == Some(Kind::Off)).then_some(3);
        }
        let (begin, found) = self.date_before(at)?;
        let ends_a_range =
            begin.checked_sub(1).and_then(|before| self.kind(before)) == Some(Kind::Dash);
        let in_brackets =
            self.is_in_brackets(at) && (!found.clock || self.kind(at + 1) == Some(Kind::Off));
        let goes_on = match self.kind(at + 1) {
            Some(Kind::Dash) => matches!(self.kind(at + 2), Some(Kind::Weekday(_))),
            Some(Kind::Comma) => {
                matches!(self.kind(at + 2), Some(Kind::Weekday(_))) && self.date(at + 3).is_none()
            }
            Some(Kind::BracketOpen | Kind::Weekday(_) | Kind::Weekdays(_)) => true,
            _ => false,
        };
        let meant = in_brackets
            || !ends_a_range && !found.clock && self.translated && !self.is_plain(at, &found);
        (meant && !goes_on).then_some(1)
    }

    /// `12/24(목)~(토)`, where a weekday in brackets stands for the last date: how many tokens the
    /// first one has, and both.
    fn range_by_weekdays(&self, at: usize) -> Option<(usize, Token, Token)> {
        let (Some(Kind::Weekday(first)), Some(Kind::Dash), Some(Kind::Weekday(last))) =
            (self.kind(at), self.kind(at + 1), self.kind(at + 2))
        else {
            return None;
        };
        let each_in_brackets = self.is_in_brackets(at) && self.is_in_brackets(at + 2);
        let (begin, found) = self.date_before(at).filter(|_| each_in_brackets)?;
        let (month, day) = found.date.or_else(|| {
            let number = |at| match self.kind(at) {
                Some(Kind::Number { value, .. }) => Some(value),
                _ => None,
            };
            match (number(begin)?, number(begin + 2)?) {
                (month, day @ 13..) => Some((month, day)),
                (day @ 13.., month) => Some((month, day)),
                _ => None,
            }
        })?;
        let days = Days::new(u64::from((last + 7 - first) % 7));
        let first = NaiveDate::from_ymd_opt(self.today.year(), month, day)?;
        let token = |at: usize, date: NaiveDate| {
            let month = u8::try_from(date.month()).ok()?;
            let day = u8::try_from(date.day()).ok()?;
            Some(Token { kind: Kind::Date { year: None, month, day }, ..*self.tokens.get(at)? })
        };
        let last = token(at + 2, first.checked_add_days(days)?)?;
        Some((found.length, token(begin, first)?, last))
    }

    /// The date that ends before this place, with the place where it begins.
    fn date_before(&self, at: usize) -> Option<(usize, FoundDate)> {
        (1..=3).find_map(|length| {
            let begin = at.checked_sub(length)?;
            self.date(begin).filter(|found| found.length == length).map(|found| (begin, found))
        })
    }

    /// `Dec 24 Th` is of opening_hours: both must hold.
    fn is_plain(&self, weekday: usize, found: &FoundDate) -> bool {
        let place = self.tokens.get(weekday).map_or(0, |token| token.at);
        let letters = self.text.get(place..).unwrap_or_default().iter();
        found.plain && letters.take_while(|c| c.is_alphabetic()).count() == 2
    }

    fn is_in_brackets(&self, at: usize) -> bool {
        let place = self.tokens.get(at).map_or(0, |token| token.at);
        let mut before = self.text.get(..place).unwrap_or_default().iter().rev();
        before.find(|c| **c != ' ') == Some(&'(')
    }

    /// Whether the next day of this date is such a weekday.
    fn is_next(&self, weekday: Kind, (month, day): (u32, u32)) -> bool {
        let year = self.today.year();
        let mut dates = [year, year + 1]
            .into_iter()
            .filter_map(|year| NaiveDate::from_ymd_opt(year, month, day));
        let next = dates.find(|date| *date >= self.today);
        next.is_some_and(|date| {
            let is_it = u8::try_from(date.weekday().num_days_from_monday()).ok();
            is_it.map(Kind::Weekday) == Some(weekday)
        })
    }

    /// The date without a year that begins here.
    fn date(&self, at: usize) -> Option<FoundDate> {
        let token = self.tokens.get(at)?;
        let char = |at: usize| self.text.get(at).copied();
        let is_day = |value: u32| (1..=31).contains(&value);
        let day = |at: usize| match self.kind(at) {
            Some(Kind::Number { value, digits: 1..=2 }) if is_day(value) => Some(value),
            _ => None,
        };
        let found =
            |length, date| FoundDate { length, plain: false, clock: false, date, day_first: false };
        let found = match (token.kind, self.kind(at + 1)) {
            (Kind::Date { year: None, month, day }, _) => {
                let date = Some((month.into(), day.into()));
                FoundDate {
                    day_first: char(token.at).and_then(|c| c.to_digit(10)).is_some(),
                    ..found(1, date)
                }
            }
            (Kind::Month(month), _) => {
                let plain = char(token.at).is_some_and(|c| c.is_ascii_alphabetic());
                FoundDate { plain, ..found(2, Some((month.into(), day(at + 1)?))) }
            }
            (Kind::Number { .. }, Some(Kind::Month(month))) => {
                FoundDate { day_first: true, ..found(2, Some((month.into(), day(at)?))) }
            }
            (Kind::Number { digits, .. }, Some(Kind::Slash)) => {
                let (one, other) = (day(at)?, day(at + 2)?);
                let close = char(token.at + usize::from(digits)) == Some('/');
                (close && one.min(other) <= 12).then(|| found(3, None))?
            }
            (Kind::Clock { hour, minute, digits }, _) => {
                let dotted = char(token.at + usize::from(digits)) == Some('.');
                let good = is_day(hour) && is_day(minute) && hour.min(minute) <= 12;
                (dotted && good).then(|| FoundDate { clock: true, ..found(1, None) })?
            }
            _ => return None,
        };
        let is_year = |kind: Option<Kind>| matches!(kind, Some(Kind::Number { digits: 4, .. }));
        let behind = at + found.length;
        let sign = matches!(self.kind(behind), Some(Kind::Comma | Kind::Slash));
        let has_year = is_year(at.checked_sub(1).and_then(|at| self.kind(at)))
            || is_year(self.kind(behind + usize::from(sign)));
        (!has_year).then_some(found)
    }
}
