//! What a word or sign means by what stands around it.

use super::token::{Kind, Lexer, Token, Word, is_latin};
use super::words;

/// Signs before the entries of a list.
const SIGNS: &[char] = &[
    '*', '※', '▶', '▷', '►', '▸', '◆', '◇', '■', '□', '▪', '●', '○', '◎', '★', '☆', '◈', '✱', '☎',
    '📞', '⏰', '🕘', '🕒', '📅', '📌',
];

impl Lexer<'_> {
    /// Whether a bracket here says which of a month's days is meant (`Mo[1]`), and is no ornament
    /// (`[평일] 09:00-18:00`).
    pub(super) fn nth_follows(&self) -> bool {
        let mut inside = self.text.get(self.at + 1..).unwrap_or_default().iter();
        inside.find(|c| **c != ' ').is_none_or(|c| c.is_ascii_digit() || *c == '-')
    }

    pub(super) fn closes_an_nth(&self) -> bool {
        let brackets =
            |token: &&Token| matches!(token.kind, Kind::BracketOpen | Kind::BracketClose);
        let last = self.out.tokens.iter().rev().find(brackets).map(|token| token.kind);
        self.bracket.is_none() || last == Some(Kind::BracketOpen)
    }

    /// Whether a sign here only begins an entry (`▶ 평일 9-18`). Behind a day it may say that it is
    /// open or closed (`月● 火×`).
    pub(super) fn begins_an_entry(&self, sign: char) -> bool {
        let last = self.out.tokens.last().map(|token| token.kind);
        let behind_a_day = matches!(last, Some(Kind::Weekday(_) | Kind::Weekdays(_)));
        let mut rest = self.text.get(self.at + 1..).unwrap_or_default().iter();
        let next = rest.find(|c| **c != ' ');
        let is_sign = SIGNS.contains(&sign) && !behind_a_day;
        is_sign && next.is_some_and(|c| c.is_alphanumeric() || matches!(c, '(' | '['))
    }

    /// Whether a word of Cyrillic letters ends where it does; other words stand without spaces.
    pub(super) fn is_whole(&self, word: &str) -> bool {
        let is_cyrillic = |c: char| matches!(c, '\u{400}'..='\u{4ff}');
        let next = self.char(word.chars().count());
        !word.ends_with(is_cyrillic) || !next.is_some_and(is_cyrillic)
    }

    /// The second word for "except" (`除周日外`), where the first stands before: its length, and
    /// what it says. What is said first is a part of its own.
    pub(super) fn second_except(&self) -> Option<(Word, usize)> {
        let mut before = self.out.tokens.iter().rev().map(|token| token.kind);
        before.find(|kind| *kind == Kind::Except)?;
        let first = matches!(before.next(), None | Some(Kind::Comma | Kind::Semicolon));
        let word = ["之外", "以外", "外"].iter().find(|word| self.starts_with(self.at, word))?;
        let says = if first { Word::Token(Kind::Semicolon) } else { Word::Nothing };
        Some((says, word.chars().count()))
    }

    /// Whether a colon here is that of a label, such as `Hours:`, and not of days or times.
    pub(super) fn ends_a_label(&self) -> bool {
        match self.out.tokens.last().map(|token| token.kind) {
            None => self.at > 0,
            Some(kind) => matches!(
                kind,
                Kind::Off | Kind::Break | Kind::Except | Kind::Open | Kind::Semicolon
            ),
        }
    }

    /// Whether halves of the day stand before their times, as this one does: one of the afternoon
    /// among them, since `am` before a number is also German for "on the".
    pub(super) fn halves_before_times(&self, length: usize) -> bool {
        let before = |at: usize| {
            let before = self.text.get(..at).unwrap_or_default().iter().rev();
            before.copied().find(|c| *c != ' ')
        };
        let is_before_a_time = |at: usize, length: usize| {
            let rest = self.text.get(at + length..).unwrap_or_default();
            let next = rest.iter().copied().find(|c| *c != ' ' && *c != '.');
            next.is_some_and(|c| c.is_ascii_digit())
                && before(at).is_none_or(|c| !c.is_ascii_digit() && !is_latin(c))
        };
        is_before_a_time(self.at, length)
            && (0..self.text.len()).any(|at| self.starts_with(at, "pm") && is_before_a_time(at, 2))
    }

    /// Whether the last token is a number from 1 to 5 that is neither the end of a time nor of a
    /// date.
    pub(super) fn is_ordinal(&self) -> bool {
        let mut last = self.out.tokens.iter().rev().map(|token| token.kind);
        matches!(last.next(), Some(Kind::Number { value: 1..=5, digits: 1 }))
            && !matches!(last.next(), Some(Kind::Dash | Kind::Month(_)))
    }

    /// Makes the last token, a number, say which of a month's weekdays is meant.
    pub(super) fn ordinal(&mut self, length: usize) {
        if let Some(Kind::Number { value, .. }) = self.out.tokens.last().map(|token| token.kind) {
            self.replace_last(Kind::Nth(i8::try_from(value).unwrap_or(1)));
        }
        self.translate(Word::Nothing, length);
    }

    /// Whether a weekday's name comes next, perhaps after other ordinal numbers (`2nd and 4th
    /// Sat`).
    pub(super) fn weekday_follows(&self, ahead: usize) -> bool {
        let rest: String =
            self.text.get(self.at + ahead..).unwrap_or_default().iter().take(40).collect();
        let mut words = rest.split([' ', ',', '&', '.']).filter(|word| !word.is_empty());
        let between = |word: &&str| {
            matches!(*word, "and" | "und" | "et" | "y" | "e")
                || word.starts_with(|c: char| c.is_ascii_digit())
        };
        words.find(|word| !between(word)).is_some_and(|word| {
            let name: String = word.chars().take_while(|c| is_latin(*c)).collect();
            let own = self.tongue.own(&name, false);
            let of_the_language = own.or(words::of_the_language(&name).map(Word::Token));
            matches!(
                of_the_language.or_else(|| words::translated(&name)),
                Some(Word::Token(Kind::Weekday(_)))
            )
        })
    }
}
