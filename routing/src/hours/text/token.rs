//! Cleaned text → tokens. Words that are not of opening_hours are translated, and remembered as
//! translated: such a text is no text of hours, but may tell what to write.

use super::super::pattern::WEEK;
pub(super) use super::kind::Kind;
pub(super) use super::words::{Tongue, Word};

/// A token with its place in the cleaned text, in characters.
#[derive(Debug, Clone, Copy)]
pub(super) struct Token {
    pub(super) kind: Kind,
    pub(super) at: usize,
}

/// A text as tokens.
#[derive(Debug, Default, Clone)]
pub(super) struct Tokens {
    pub(super) tokens: Vec<Token>,
    /// Some word or form is not of opening_hours.
    pub(super) translated: bool,
    /// What cannot be read at all, first, with its place.
    pub(super) unreadable: Option<(usize, String)>,
    /// There was a date as `2026-12-24`.
    pub(super) iso_date: bool,
    /// Which tokens stand in round brackets: the first, and that behind the last.
    pub(super) brackets: Vec<(usize, usize)>,
    /// `mar` may be a Tuesday.
    pub(super) has_mar: bool,
    /// How many days of the week have names of the language that is read.
    pub(super) own_days: usize,
    /// How many of its words say something, and are no names of time zones.
    pub(super) own_words: usize,
    /// Some word of Latin letters is of another language.
    pub(super) mixed: bool,
}

/// Reads the tokens of a cleaned text, with the words of English and German.
pub(super) fn tokens(text: &[char]) -> Tokens {
    tokens_in(text, Tongue::EnglishOrGerman)
}

/// The same with the words of another language.
pub(super) fn tokens_in(text: &[char], tongue: Tongue) -> Tokens {
    let out = Tokens { has_mar: tongue.has_mar(), ..Tokens::default() };
    let mut lexer = Lexer { text, at: 0, out, bracket: None, between: false, tongue };
    while lexer.at < text.len() {
        lexer.next();
    }
    lexer.out
}

pub(super) struct Lexer<'a> {
    pub(super) text: &'a [char],
    pub(super) at: usize,
    pub(super) out: Tokens,
    /// The first token in a bracket that is open.
    pub(super) bracket: Option<usize>,
    /// After `between`, the next `and` is `to`.
    between: bool,
    pub(super) tongue: Tongue,
}

impl Lexer<'_> {
    pub(super) fn char(&self, ahead: usize) -> Option<char> {
        self.text.get(self.at + ahead).copied()
    }

    pub(super) fn starts_with(&self, at: usize, word: &str) -> bool {
        let mut rest = self.text.get(at..).unwrap_or_default().iter();
        word.chars().all(|c| rest.next() == Some(&c))
    }

    pub(super) fn push(&mut self, kind: Kind, length: usize) {
        self.out.tokens.push(Token { kind, at: self.at });
        self.at += length;
    }

    pub(super) fn translate(&mut self, word: Word, length: usize) {
        self.out.translated = true;
        let last = self.out.tokens.last().map(|token| token.kind);
        match word {
            // `between 9 and 18`
            Word::Token(Kind::Comma) if self.between && self.text.get(self.at) != Some(&',') => {
                self.between = false;
                self.push(Kind::Dash, 0);
            }
            Word::Token(kind) => {
                // `土日祝`: days side by side are a list.
                if matches!(kind, Kind::Weekday(_) | Kind::Weekdays(_) | Kind::Holiday(_))
                    && matches!(last, Some(Kind::Weekday(_) | Kind::Weekdays(_) | Kind::Holiday(_)))
                    && self.at > 0
                    && self.text.get(self.at - 1) != Some(&' ')
                {
                    self.push(Kind::Comma, 0);
                }
                // `9:00-12:00 下午1:00-5:00`: the word is of the time behind it.
                if kind.is_half_of_day()
                    && matches!(last, Some(Kind::Number { .. } | Kind::Clock { .. }))
                    && self.follows_a_dash()
                    && self.text.get(self.at).is_some_and(|c| !is_latin(*c))
                    && self.digit_follows(length)
                {
                    self.push(Kind::Comma, 0);
                }
                // `全天24小时`, `24시간 연중무휴 24/7`: once is enough.
                if kind == Kind::Always && last == Some(Kind::Always) {
                    self.at += length;
                    return;
                }
                self.push(kind, length);
                return;
            }
            Word::Nothing => {}
            Word::Label => {
                let mut part = self.out.tokens.iter().rev().map(|token| token.kind);
                if part
                    .by_ref()
                    .take_while(|kind| *kind != Kind::Semicolon)
                    .any(|kind| kind == Kind::Off)
                {
                    self.push(Kind::Semicolon, 0);
                }
            }
            Word::EveryDay => {
                let is_day =
                    |token: &Token| matches!(token.kind, Kind::Weekday(_) | Kind::Weekdays(_));
                // `매일 10-22 (연중무휴)`: said again.
                if !self.out.tokens.iter().any(is_day) {
                    self.push(Kind::Weekdays(WEEK), 0);
                }
            }
            Word::Hour | Word::Hours => match last {
                Some(Kind::Number { value: 24, .. }) if !self.follows_a_dash() => {
                    self.out.tokens.pop();
                    if self.out.tokens.last().map(|token| token.kind) != Some(Kind::Always) {
                        self.push(Kind::Always, 0);
                    }
                }
                Some(Kind::Number { value, digits: digits @ 1..=2 }) => {
                    // An hour of two digits may be one of twelve too, unless it begins with a zero.
                    let digits = if value >= 10 { 1 } else { digits };
                    self.replace_last(Kind::Clock { hour: value, minute: 0, digits });
                    self.at += length;
                    self.minutes_of_the_hour();
                    return;
                }
                Some(Kind::Clock { .. } | Kind::Number { digits: 3..=4, .. }) => {}
                _ => self.unreadable(length),
            },
            Word::Half => match last {
                Some(Kind::Clock { hour, minute: 0, digits }) => {
                    self.replace_last(Kind::Clock { hour, minute: 30, digits });
                }
                _ => self.unreadable(length),
            },
            Word::Minute => self.unreadable(length),
            Word::Easter(days) => {
                self.push(Kind::Easter, 0);
                if days != 0 {
                    self.push(if days > 0 { Kind::Plus } else { Kind::Dash }, 0);
                    self.push(Kind::Number { value: days.unsigned_abs().into(), digits: 2 }, 0);
                    self.push(Kind::Days, 0);
                }
            }
            Word::Between => self.between = true,
        }
        self.at += length;
    }

    /// `30분` after `9시`, `30` directly after `9h`.
    fn minutes_of_the_hour(&mut self) {
        let start = self.at + self.spaces();
        let digits: String =
            self.text.get(start..).unwrap_or_default().iter().take(3).collect::<String>();
        let digits: String = digits.chars().take_while(char::is_ascii_digit).collect();
        let after = start + digits.len();
        let is_minutes = ["분", "分"].into_iter().any(|word| self.starts_with(after, word));
        // `9h30`; in French also `9 h 30`.
        let spaced = self.tongue != Tongue::EnglishOrGerman && start == self.at + 1;
        let direct = (start == self.at || spaced) && digits.len() == 2;
        let last = self.out.tokens.last().map(|token| token.kind);
        let (Some(Kind::Clock { hour, digits: hour_digits, .. }), Ok(minute)) =
            (last, digits.parse())
        else {
            return;
        };
        if is_minutes || direct {
            self.replace_last(Kind::Clock { hour, minute, digits: hour_digits });
            self.at = after + usize::from(is_minutes);
        }
    }

    pub(super) fn digit_follows(&self, ahead: usize) -> bool {
        let mut rest = self.text.get(self.at + ahead..).unwrap_or_default().iter();
        rest.find(|c| **c != ' ').is_some_and(char::is_ascii_digit)
    }

    fn spaces(&self) -> usize {
        self.text.get(self.at..).unwrap_or_default().iter().take_while(|c| **c == ' ').count()
    }

    /// Whether the last token is the time behind a dash, with a half of the day before it or not.
    fn follows_a_dash(&self) -> bool {
        let mut before = self.out.tokens.iter().rev().skip(1).map(|token| token.kind);
        before.find(|kind| !kind.is_half_of_day()) == Some(Kind::Dash)
    }

    pub(super) fn replace_last(&mut self, kind: Kind) {
        if let Some(last) = self.out.tokens.last_mut() {
            last.kind = kind;
        }
    }

    pub(super) fn unreadable(&mut self, length: usize) {
        let word = self.text.get(self.at..self.at + length).unwrap_or_default().iter().collect();
        self.out.unreadable.get_or_insert((self.at, word));
    }

    fn next(&mut self) {
        let Some(c) = self.char(0) else { return };
        if let Some((word, length)) = self.phrase() {
            return self.translate(word, length);
        }
        match c {
            ' ' => self.at += 1,
            '-' => {
                self.push(Kind::Dash, 1);
                // `--`, `- -` and `->` are one dash.
                while matches!(self.char(self.spaces()), Some('-' | '>')) {
                    self.at += self.spaces() + 1;
                }
            }
            ',' => self.push(Kind::Comma, 1),
            ';' => self.push(Kind::Semicolon, 1),
            // `영업시간: …`, `定休日:水曜`
            ':' if self.ends_a_label() => self.translate(Word::Nothing, 1),
            ':' => self.push(Kind::Colon, 1),
            '/' => self.push(Kind::Slash, 1),
            '+' => self.push(Kind::Plus, 1),
            '[' if self.nth_follows() => self.push(Kind::BracketOpen, 1),
            ']' if self.closes_an_nth() => self.push(Kind::BracketClose, 1),
            '"' => {
                // A comment, whatever stands in it.
                let rest = self.text.get(self.at + 1..).unwrap_or_default();
                let inside = rest.iter().position(|c| *c == '"').map_or(rest.len(), |end| end + 1);
                self.push(Kind::Quote, 1 + inside);
            }
            '|' => {
                if self.char(1) == Some('|') {
                    self.push(Kind::Fallback, 2);
                } else {
                    self.translate(Word::Token(Kind::Comma), 1);
                }
            }
            // `1. Samstag`
            '.' if self.is_ordinal() && self.weekday_follows(1) => self.ordinal(1),
            '.' if self.char(1) == Some('.') => {
                let dots = self.text.get(self.at..).unwrap_or_default();
                let dots = dots.iter().take_while(|c| **c == '.').count();
                self.translate(Word::Token(Kind::Dash), dots);
            }
            '→' => self.translate(Word::Token(Kind::Dash), 1),
            '&' | '·' => self.translate(Word::Token(Kind::Comma), 1),
            '(' | ')' | '[' | ']' => {
                let here = self.out.tokens.len();
                if matches!(c, '(' | '[') {
                    self.bracket = Some(here);
                } else if let Some(first) = self.bracket.take() {
                    self.out.brackets.push((first, here));
                }
                self.translate(Word::Nothing, 1);
            }
            '.' | '\'' | '!' | '=' | '_' => self.translate(Word::Nothing, 1),
            c if self.begins_an_entry(c) => self.translate(Word::Nothing, 1),
            c if c.is_ascii_digit() => self.number(),
            c if is_latin(c) => self.latin(),
            _ => self.east(),
        }
    }
}

/// Letters of the words in the Latin tables.
pub(super) fn is_latin(c: char) -> bool {
    c.is_ascii_alphabetic() || matches!(c, 'ß'..='ÿ') && c != '÷'
}
