//! `12-25`, `12/24`, `8.15`, `24-26 Dec`: months and days in numbers, told from times by what
//! stands around them. Such a text is told in words what to write, and never used.

mod chain;
mod hours;
mod words;

use super::kind::Kind;
use super::token::{Token, Tokens};
use chain::{Chain, Finder, FoundDates, Item};
use hours::Hours;

/// The tokens with dates instead of numbers; and, where they may mean two things, the second.
pub(super) fn with_dates(tokens: &mut Tokens, text: &[char]) -> Option<Vec<Token>> {
    let east = text.iter().any(|c| matches!(c, '\u{3040}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}'));
    let has_mar = tokens.has_mar && tokens.translated;
    let finder = Finder { text, tokens: &tokens.tokens, east, has_mar };
    let (mut first, mut second) = (Vec::new(), Vec::new());
    let mut at = 0;
    while let Some(token) = tokens.tokens.get(at) {
        let Some(found) = finder.at(at) else {
            first.push(*token);
            second.push(*token);
            at += 1;
            continue;
        };
        let as_typed = tokens.tokens.get(at..at + found.length).unwrap_or_default();
        tokens.translated = true;
        tokens.iso_date |= found.first.iter().flatten().any(of_a_year);
        first.extend(found.first.as_deref().unwrap_or(as_typed));
        second.extend(found.second.as_deref().or(found.first.as_deref()).unwrap_or(as_typed));
        at += found.length;
    }
    let kinds = |tokens: &[Token]| tokens.iter().map(|token| token.kind).collect::<Vec<_>>();
    let differ = kinds(&first) != kinds(&second);
    tokens.tokens = first;
    differ.then_some(second)
}

fn of_a_year(token: &Token) -> bool {
    matches!(token.kind, Kind::Date { year: Some(_), .. })
}

impl Finder<'_> {
    fn at(&self, at: usize) -> Option<FoundDates> {
        self.month_or_tuesday(at)
            .or_else(|| self.days_before_a_month(at))
            .or_else(|| self.days_before_a_date(at))
            .or_else(|| self.end_behind_a_date(at))
            .or_else(|| self.chain(at).and_then(|chain| self.dates(at, &chain)))
    }

    /// Whether a part or an entry of a list begins here, and not more numbers of a list
    /// (`Dec 05,10-12`, `week 5,10-12`, `Mo[1,3-4]`).
    fn begins(&self, at: usize) -> bool {
        let mut before = self.tokens.get(..at).unwrap_or_default().iter().rev();
        let mut before = before.by_ref().map(|token| token.kind);
        match before.next() {
            None | Some(Kind::Semicolon | Kind::Fallback | Kind::Off) => true,
            Some(Kind::Comma) => {
                let of_list =
                    |kind: &Kind| matches!(kind, Kind::Number { .. } | Kind::Comma | Kind::Dash);
                !matches!(
                    before.find(|kind| !of_list(kind)),
                    Some(
                        Kind::Month(_)
                            | Kind::Week
                            | Kind::Date { .. }
                            | Kind::BracketOpen
                            | Kind::Slash
                    )
                )
            }
            // `평일 9-18 / 12.25 휴무`
            Some(Kind::Slash) => {
                let place = self.tokens.get(at).map_or(0, |token| token.at);
                place.checked_sub(1).and_then(|before| self.text.get(before)) == Some(&' ')
            }
            Some(_) => false,
        }
    }

    /// What a chain at this place means.
    fn dates(&self, at: usize, chain: &Chain) -> Option<FoundDates> {
        let before = at.checked_sub(1).and_then(|at| self.kind(at));
        let begins = self.begins(at);
        let first = chain.items.first()?;
        // Days before it, an hour before it, or `Jan 01-31/7`.
        if !begins || first.year.is_none() && !self.may_follow(at + chain.length) {
            return None;
        }
        let month_first = self.as_dates(chain, month_and_day);
        let day_first = self.as_dates(chain, |item| {
            let swapped = Item { numbers: (item.numbers.1, item.numbers.0), ..*item };
            // `24-12` alone is no date.
            (item.mark != '-' || item.year.is_some()).then(|| month_and_day(&swapped)).flatten()
        });
        let sure =
            |dates| Some(FoundDates { length: chain.length, first: Some(dates), second: None });
        match self.as_hours(at, before, chain) {
            Hours::Yes => None,
            Hours::No => match (month_first, day_first) {
                (Some(dates), None) | (None, Some(dates)) => sure(dates),
                (Some(dates), Some(other)) => {
                    let one_order = self.east || first.mark == '-' && first.year.is_none();
                    let second = (!one_order).then_some(other);
                    Some(FoundDates { length: chain.length, first: Some(dates), second })
                }
                (None, None) => None,
            },
            Hours::Perhaps => {
                // `20.10-25.10 closed`: outside the east, the day stands before a dot.
                let dates = if self.east { month_first } else { day_first.or(month_first) };
                dates.map(|dates| FoundDates {
                    length: chain.length,
                    first: None,
                    second: Some(dates),
                })
            }
        }
    }

    /// Whether what follows does not make the last number part of something else.
    pub(super) fn may_follow(&self, next: usize) -> bool {
        match self.kind(next) {
            // `9-11pm`, but not `12/24 오후 1시-3시`
            Some(kind) if kind.is_half_of_day() => self.time_at(next),
            Some(
                Kind::Dash
                | Kind::Slash
                | Kind::Plus
                | Kind::Colon
                | Kind::Month(_)
                | Kind::Number { digits: 4, .. },
            ) => false,
            _ => true,
        }
    }

    fn as_dates(
        &self,
        chain: &Chain,
        date: impl Fn(&Item) -> Option<(u8, u8)>,
    ) -> Option<Vec<Token>> {
        let mut between = chain.between.iter();
        let mut tokens = Vec::new();
        for item in &chain.items {
            let (month, day) = date(item)?;
            tokens.push(Token { kind: Kind::Date { year: item.year, month, day }, at: item.at });
            tokens.extend(between.next());
        }
        Some(tokens)
    }
}

fn month_and_day(item: &Item) -> Option<(u8, u8)> {
    date(item.numbers.0, item.numbers.1)
}

/// A month and a day, where there is such a day.
fn date(month: u32, day: u32) -> Option<(u8, u8)> {
    let last = match month {
        2 => 29,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return None,
    };
    let day = u8::try_from(day).ok().filter(|day| (1..=last).contains(day))?;
    Some((u8::try_from(month).ok()?, day))
}
