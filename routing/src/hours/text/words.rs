//! Words that people write instead of those of opening_hours, in English, German, Spanish, French,
//! Italian, Portuguese, Russian, Thai, Korean, Chinese and Japanese.

mod chinese;
mod english;
mod french;
mod german;
mod italian;
mod japanese;
mod korean;
mod language;
mod phrases;
mod portuguese;
mod russian;
mod spanish;
mod table;
mod thai;
mod tongue;
mod word;
mod zones;

use super::kind::Kind;
use table::find;
pub(super) use tongue::{Tongue, is_of_all, plain};
pub(super) use word::Word;
pub(super) use zones::ZONES;

/// The words of opening_hours itself; letters only, in small letters.
pub(super) fn of_the_language(word: &str) -> Option<Kind> {
    let Word::Token(kind) = find(language::WORDS, word)? else { return None };
    Some(kind)
}

/// Words of Latin letters that are translated, in English and German.
pub(super) fn translated(word: &str) -> Option<Word> {
    find(english::WORDS, word).or_else(|| find(german::WORDS, word))
}

/// A day's name with one slip of the hand (`Wendesday`).
pub(super) fn misspelt(typed: &str) -> Option<Word> {
    const SHORTEST: usize = 6;
    let is_day = |word: &Word| matches!(word, Word::Token(Kind::Weekday(_)));
    let near = |name: &str| {
        name.len() >= SHORTEST
            && name.len().abs_diff(typed.len()) <= 1
            && strsim::damerau_levenshtein(typed, name) == 1
    };
    let tables = [english::WORDS, german::WORDS];
    let mut found = tables.into_iter().flatten().filter(|(name, word)| is_day(word) && near(name));
    let (_, first) = found.next()?;
    found.all(|(_, word)| word == first).then_some(*first)
}

/// Phrases of several words, and words with signs in them, which are looked for before single ones.
pub(super) fn phrases() -> impl Iterator<Item = &'static (&'static str, Word)> {
    phrases::WORDS.iter()
}

/// Words of other letters than Latin ones; the longest that fits counts. (A month or day number
/// before `월`, `月`, `日` is read earlier.)
pub(super) fn of_the_east() -> impl Iterator<Item = &'static (&'static str, Word)> {
    let east = korean::WORDS.iter().chain(chinese::WORDS).chain(japanese::WORDS);
    east.chain(russian::WORDS).chain(thai::WORDS)
}
