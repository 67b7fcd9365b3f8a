//! Numbers with one sign between, alone and in a row, as they stand in a text.

use super::super::kind::Kind;
use super::super::token::Token;

/// What stands for some tokens; `None` = the tokens as they are.
pub(super) struct FoundDates {
    pub(super) length: usize,
    pub(super) first: Option<Vec<Token>>,
    pub(super) second: Option<Vec<Token>>,
}

/// Looks for dates in the tokens of a text.
pub(super) struct Finder<'a> {
    pub(super) text: &'a [char],
    pub(super) tokens: &'a [Token],
    /// Month first, as in Korean, Chinese and Japanese.
    pub(super) east: bool,
    /// `mar` may be a Tuesday.
    pub(super) has_mar: bool,
}

/// Two numbers with a sign between, and perhaps a year behind.
#[derive(Clone, Copy)]
pub(super) struct Item {
    pub(super) at: usize,
    pub(super) numbers: (u32, u32),
    /// How many digits the second has.
    pub(super) digits: u8,
    pub(super) year: Option<i32>,
    pub(super) mark: char,
    /// It is read as a time of the clock elsewhere (`8.15`).
    pub(super) clock: bool,
    /// In tokens.
    pub(super) length: usize,
}

/// Items, with a dash or a comma between.
pub(super) struct Chain {
    pub(super) items: Vec<Item>,
    /// What stands between, by its place.
    pub(super) between: Vec<Token>,
    pub(super) length: usize,
}

impl Finder<'_> {
    /// The kind of the token at this place.
    pub(super) fn kind(&self, at: usize) -> Option<Kind> {
        self.tokens.get(at).map(|token| token.kind)
    }

    /// Two numbers that begin at this token, with nothing but one sign between.
    pub(super) fn item(&self, at: usize) -> Option<Item> {
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

    /// All items in a row that begin at this token, with the same sign.
    pub(super) fn chain(&self, at: usize) -> Option<Chain> {
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
}
