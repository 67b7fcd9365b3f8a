//! Languages whose short words mean other days in another one: `Do` is a Thursday in German, and a
//! Sunday in Spanish and Italian. A text is read in one of them as a whole.

use super::table::find;
use super::word::Word;
use super::{english, french, german, italian, language, portuguese, spanish};
use crate::hours::text::kind::Kind;

/// In which language the words of Latin letters are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::hours::text) enum Tongue {
    EnglishOrGerman,
    Spanish,
    French,
    Italian,
    Portuguese,
}

impl Tongue {
    /// Those beside English and German.
    pub(in crate::hours::text) const OTHERS: [Self; 4] =
        [Self::Spanish, Self::French, Self::Italian, Self::Portuguese];

    /// Whether `mar` is a Tuesday in it.
    pub(in crate::hours::text) fn has_mar(self) -> bool {
        matches!(self, Self::Spanish | Self::French | Self::Italian)
    }

    /// A word of this language alone, typed with accents or without. A single `M` is a Tuesday
    /// only where Wednesday is `X`.
    pub(in crate::hours::text) fn own(self, word: &str, beside_x: bool) -> Option<Word> {
        let plain: String = word.chars().map(plain).collect();
        let table = match self {
            Self::EnglishOrGerman => return None,
            Self::Spanish if plain == "m" && beside_x => return find(spanish::WORDS, "ma"),
            Self::Spanish => spanish::WORDS,
            Self::French => french::WORDS,
            Self::Italian => italian::WORDS,
            Self::Portuguese => portuguese::WORDS,
        };
        find(table, &plain)
    }

    /// A word of opening_hours, or of English or German, that means the same beside words of this
    /// language.
    pub(in crate::hours::text) fn borrowed(self, word: &str) -> Option<Word> {
        let other_here = |word: &str| {
            matches!(word, "di" | "do" | "so" | "mi" | "m" | "f" | "a" | "p" | "u" | "an" | "no")
        };
        let found = find(english::WORDS, word).or_else(|| find(german::WORDS, word));
        found.filter(|_| self == Self::EnglishOrGerman || !other_here(word))
    }

    /// Phrases of this language alone, without accents.
    pub(in crate::hours::text) fn phrases(self) -> &'static [(&'static str, Word)] {
        match self {
            Self::EnglishOrGerman => &[],
            Self::Spanish => spanish::PHRASES,
            Self::French => french::PHRASES,
            Self::Italian => italian::PHRASES,
            Self::Portuguese => portuguese::PHRASES,
        }
    }
}

/// Whether a word is written so in every language.
pub(in crate::hours::text) fn is_of_all(word: &str) -> bool {
    let is_day = |word: Word| {
        matches!(word, Word::Token(Kind::Weekday(_) | Kind::Weekdays(_) | Kind::Month(_)))
    };
    matches!(word, "h" | "hr" | "hrs" | "am" | "pm")
        || find(language::WORDS, word).is_some_and(|word| !is_day(word))
}

/// A letter without its accent.
pub(in crate::hours::text) fn plain(letter: char) -> char {
    match letter {
        'à'..='å' => 'a',
        'ç' => 'c',
        'è'..='ë' => 'e',
        'ì'..='ï' => 'i',
        'ñ' => 'n',
        'ò'..='ö' => 'o',
        'ù'..='ü' => 'u',
        letter => letter,
    }
}
