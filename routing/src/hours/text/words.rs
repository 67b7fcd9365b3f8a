//! Words that people write instead of those of opening_hours, in English, German, Spanish, French,
//! Italian, Portuguese, Korean, Chinese and Japanese.

mod chinese;
mod english;
mod french;
mod german;
mod italian;
mod japanese;
mod korean;
mod phrases;
mod portuguese;
mod spanish;
mod tongue;
mod word;

use super::kind::Kind;
pub(super) use tongue::{Tongue, is_of_all, plain};
pub(super) use word::Word;
use word::{DAYS, OFF, PUBLIC, SCHOOL, SUN, day, month};

/// The words of opening_hours itself; letters only, in small letters.
pub(super) fn of_the_language(word: &str) -> Option<Kind> {
    let Word::Token(kind) = find(LANGUAGE, word)? else { return None };
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

/// Korean, Chinese and Japanese words; the longest that fits counts. (A month or day number before
/// `월`, `月`, `일`, `日` is read earlier.)
pub(super) fn of_the_east() -> impl Iterator<Item = &'static (&'static str, Word)> {
    korean::WORDS.iter().chain(chinese::WORDS).chain(japanese::WORDS)
}

fn find(table: &[(&str, Word)], word: &str) -> Option<Word> {
    table.iter().find(|(name, _)| *name == word).map(|(_, word)| *word)
}

const LANGUAGE: &[(&str, Word)] = &[
    ("mo", day(0)),
    ("tu", day(1)),
    ("we", day(2)),
    ("th", day(3)),
    ("fr", day(4)),
    ("sa", day(5)),
    ("su", day(6)),
    ("jan", month(1)),
    ("feb", month(2)),
    ("mar", month(3)),
    ("apr", month(4)),
    ("may", month(5)),
    ("jun", month(6)),
    ("jul", month(7)),
    ("aug", month(8)),
    ("sep", month(9)),
    ("oct", month(10)),
    ("nov", month(11)),
    ("dec", month(12)),
    ("ph", PUBLIC),
    ("sh", SCHOOL),
    ("week", Word::Token(Kind::Week)),
    ("easter", Word::Token(Kind::Easter)),
    ("day", DAYS),
    ("days", DAYS),
    ("off", OFF),
    ("closed", OFF),
    ("open", Word::Token(Kind::Open)),
    ("unknown", Word::Token(Kind::Unknown)),
    ("dawn", SUN),
    ("dusk", SUN),
    ("sunrise", SUN),
    ("sunset", SUN),
    ("daylight", SUN),
];
