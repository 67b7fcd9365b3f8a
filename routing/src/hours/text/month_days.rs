//! `12-25`, `12/24`, `8.15`, `24-26 Dec`: months and days in numbers, told from times by what
//! stands around them. Such a text is told in words what to write, and never used.

mod words;

use super::kind::Kind;
use super::token::{Token, Tokens};

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

/// What stands for some tokens; `None` = the tokens as they are.
struct Found {
    length: usize,
    first: Option<Vec<Token>>,
    second: Option<Vec<Token>>,
}

struct Finder<'a> {
    text: &'a [char],
    tokens: &'a [Token],
    /// Month first, as in Korean, Chinese and Japanese.
    east: bool,
    /// `mar` may be a Tuesday.
    has_mar: bool,
}

/// Two numbers with a sign between, and perhaps a year behind.
#[derive(Clone, Copy)]
struct Item {
    at: usize,
    numbers: (u32, u32),
    /// How many digits the second has.
    digits: u8,
    year: Option<i32>,
    mark: char,
    /// It is read as a time of the clock elsewhere (`8.15`).
    clock: bool,
    /// In tokens.
    length: usize,
}

/// Items, with a dash or a comma between.
struct Chain {
    items: Vec<Item>,
    /// What stands between, by its place.
    between: Vec<Token>,
    length: usize,
}

impl Finder<'_> {
    fn kind(&self, at: usize) -> Option<Kind> {
        self.tokens.get(at).map(|token| token.kind)
    }

    fn at(&self, at: usize) -> Option<Found> {
        self.month_or_tuesday(at)
            .or_else(|| self.days_before_a_month(at))
            .or_else(|| self.days_before_a_date(at))
            .or_else(|| self.chain(at).and_then(|chain| self.dates(at, &chain)))
    }

    /// Two numbers that begin at this token, with nothing but one sign between.
    fn item(&self, at: usize) -> Option<Item> {
        let token = self.tokens.get(at)?;
        let char = |at: usize| self.text.get(at).copied();
        let item = |numbers, digits, mark, clock, length| Item {
            at: token.at,
            numbers,
            digits,
            year: None,
            mark,
            clock,
            length,
        };
        match token.kind {
            Kind::Clock { hour, minute, digits }
                if char(token.at + usize::from(digits)) == Some('.') =>
            {
                Some(item((hour, minute), 2, '.', true, 1))
            }
            // `7/24` is also always.
            Kind::Always if self.text.get(token.at..token.at + 4)? == ['7', '/', '2', '4'] => {
                Some(item((7, 24), 2, '/', false, 1))
            }
            Kind::Number { value, digits: digits @ 1..=2 } => {
                let place = token.at + usize::from(digits);
                let mark = char(place)?;
                let gap = match (mark, self.kind(at + 1)) {
                    ('.', _) => 1,
                    ('-', Some(Kind::Dash)) | ('/', Some(Kind::Slash)) => 2,
                    _ => return None,
                };
                let next = self.tokens.get(at + gap)?;
                let Kind::Number { value: second, digits: more @ 1..=2 } = next.kind else {
                    return None;
                };
                if next.at != place + 1 {
                    return None;
                }
                let mut item = item((value, second), more, mark, false, gap + 1);
                let end = next.at + usize::from(more);
                if let (true, Some(Token { kind: Kind::Number { value, digits: 4 }, at: year })) =
                    (char(end) == Some(mark) && mark != '.', self.tokens.get(at + item.length + 1))
                    && *year == end + 1
                {
                    item.year =
                        i32::try_from(*value).ok().filter(|year| (1900..=2100).contains(year));
                    item.length += 2;
                }
                Some(item)
            }
            _ => None,
        }
    }

    fn chain(&self, at: usize) -> Option<Chain> {
        let first = self.item(at)?;
        let mut chain = Chain { items: vec![first], between: Vec::new(), length: first.length };
        while let Some(between) = self.tokens.get(at + chain.length)
            && matches!(between.kind, Kind::Dash | Kind::Comma)
            && let Some(next) = self.item(at + chain.length + 1)
            && next.mark == first.mark
        {
            chain.items.push(next);
            chain.between.push(*between);
            chain.length += 1 + next.length;
        }
        Some(chain)
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
    fn dates(&self, at: usize, chain: &Chain) -> Option<Found> {
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
        let sure = |dates| Some(Found { length: chain.length, first: Some(dates), second: None });
        match self.as_hours(at, before, chain) {
            Hours::Yes => None,
            Hours::No => match (month_first, day_first) {
                (Some(dates), None) | (None, Some(dates)) => sure(dates),
                (Some(dates), Some(other)) => {
                    let one_order = self.east || first.mark == '-' && first.year.is_none();
                    let second = (!one_order).then_some(other);
                    Some(Found { length: chain.length, first: Some(dates), second })
                }
                (None, None) => None,
            },
            Hours::Perhaps => {
                // `20.10-25.10 closed`: outside the east, the day stands before a dot.
                let dates = if self.east { month_first } else { day_first.or(month_first) };
                dates.map(|dates| Found { length: chain.length, first: None, second: Some(dates) })
            }
        }
    }

    /// Whether what follows does not make the last number part of something else.
    fn may_follow(&self, next: usize) -> bool {
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

    /// Whether a chain is hours.
    fn as_hours(&self, at: usize, before: Option<Kind>, chain: &Chain) -> Hours {
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
                    [Item { numbers: (from @ 11..=13, minute), .. }, Item { numbers: (to, end), .. }]
                        if *to == from + 1 && minute == end
                );
                if lunch { Hours::Yes } else { Hours::Perhaps }
            }
            Some('-') if chain.between.iter().any(|token| token.kind == Kind::Dash) => Hours::No,
            Some('-') if items().any(|item| item.numbers.1 >= 25) => {
                if self.time_until_dots(at + chain.length) { Hours::Yes } else { Hours::No }
            }
            Some('-') if next == Some(Kind::Off) => {
                let lunch = |item: &Item| matches!(item.numbers, (from @ 11..=12, to) if to == from + 1 || to == from + 2);
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
    fn time_at(&self, at: usize) -> bool {
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

enum Hours {
    Yes,
    No,
    Perhaps,
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
