//! Words of Spanish, French, Italian and Portuguese, where the text is read in one of them.

use super::token::{Kind, Lexer, Tongue, Word, is_latin};
use super::words;

impl Lexer<'_> {
    /// Whether the text is read in another language than English and German.
    pub(super) fn is_foreign(&self) -> bool {
        self.tongue != Tongue::EnglishOrGerman
    }

    /// A phrase of the language, with its length; accents are not compared.
    pub(super) fn own_phrase(&self) -> Option<(Word, usize)> {
        let fits = |phrase: &str| {
            let length = phrase.chars().count();
            let typed = self.text.get(self.at..self.at + length)?;
            let same = typed.iter().copied().map(words::plain).eq(phrase.chars());
            let before = self.at.checked_sub(1).and_then(|at| self.text.get(at));
            let alone = self.char(length).is_none_or(|c| !is_latin(c))
                && before.is_none_or(|c| !is_latin(*c) && !c.is_ascii_digit());
            (same && alone).then_some(length)
        };
        self.tongue
            .phrases()
            .iter()
            .filter_map(|(phrase, word)| fits(phrase).map(|length| (*word, length)))
            .max_by_key(|(_, length)| *length)
    }

    /// Reads a word of the language; false when it has none such.
    pub(super) fn own_word(&mut self, word: &str, length: usize) -> bool {
        if !self.is_foreign() {
            return false;
        }
        // `9-12 et 14-18` is no Eastern Time, `9-18 ET` is.
        if words::ZONES.contains(&word) && !self.goes_on(length) {
            return false;
        }
        let Some(meaning) = self.tongue.own(word, self.has_x()) else {
            self.out.mixed |= !words::is_of_all(word);
            return false;
        };
        let joined = length == 1 && self.char(1) == Some('\'');
        let meaning = match meaning {
            // `l'`, `d'`
            _ if joined => Word::Nothing,
            // `a las 9`: nothing stands before it.
            Word::Token(Kind::Dash) if !self.may_be_a_range() => Word::Nothing,
            _ => meaning,
        };
        let is_day = matches!(meaning, Word::Token(Kind::Weekday(_))) || word == "mar";
        self.out.own_days += usize::from(is_day);
        let says_much = meaning != Word::Nothing;
        self.out.own_words += usize::from(says_much);
        self.translate(meaning, length);
        true
    }

    /// Whether a number comes next, or a word behind days of the language.
    fn goes_on(&self, ahead: usize) -> bool {
        let mut rest = self.text.get(self.at + ahead..).unwrap_or_default().iter();
        rest.find(|c| **c != ' ')
            .is_some_and(|c| c.is_ascii_digit() || c.is_alphabetic() && self.out.own_days > 0)
    }

    /// Whether what stands before may be the beginning of a range.
    fn may_be_a_range(&self) -> bool {
        self.out.tokens.last().is_some_and(|token| token.kind.may_begin_a_range())
    }

    /// Whether a single `x` stands in the text, which is a Wednesday in Spanish.
    fn has_x(&self) -> bool {
        let is_end = |c: Option<&char>| c.is_none_or(|c| !is_latin(*c) && !c.is_ascii_digit());
        let before = |at: usize| at.checked_sub(1).and_then(|at| self.text.get(at));
        self.text
            .iter()
            .enumerate()
            .any(|(at, c)| *c == 'x' && is_end(before(at)) && is_end(self.text.get(at + 1)))
    }
}
