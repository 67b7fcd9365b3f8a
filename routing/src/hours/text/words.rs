//! Words that people write instead of those of opening_hours, in English, Korean, Chinese,
//! Japanese and German.

mod chinese;
mod english;
mod german;
mod japanese;
mod korean;
mod phrases;

use super::super::pattern::{HolidayKind, WEEK};
use super::kind::Kind;

/// What a word means.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Word {
    /// Exactly one token.
    Token(Kind),
    /// An hour was said before (`9시`).
    Hour,
    /// Minutes were said before (`30분`).
    Minute,
    /// Half an hour more (`9시 반`).
    Half,
    /// Hours in all, after 24 (`24시간`).
    Hours,
    /// All days, if none were said (`연중무휴`).
    EveryDay,
    /// Says nothing for us (`from`, `on`, `요일`).
    Nothing,
}

const fn day(day: u8) -> Word {
    Word::Token(Kind::Weekday(day))
}
const fn days(mask: u8) -> Word {
    Word::Token(Kind::Weekdays(mask))
}
const fn month(month: u8) -> Word {
    Word::Token(Kind::Month(month))
}
const PUBLIC: Word = Word::Token(Kind::Holiday(HolidayKind::Public));
const SCHOOL: Word = Word::Token(Kind::Holiday(HolidayKind::School));
const OFF: Word = Word::Token(Kind::Off);
const DASH: Word = Word::Token(Kind::Dash);
const AND: Word = Word::Token(Kind::Comma);
const ALWAYS: Word = Word::Token(Kind::Always);
const AM: Word = Word::Token(Kind::Am);
const PM: Word = Word::Token(Kind::Pm);
const SUN: Word = Word::Token(Kind::Sun);
/// A break is an exception from the hours before it.
const BREAK: Word = Word::Token(Kind::Except);
const DAYS: Word = Word::Token(Kind::Days);
const EXCEPT: Word = Word::Token(Kind::Except);
const NOON: Word = Word::Token(Kind::Noon);
const MIDNIGHT: Word = Word::Token(Kind::Midnight);
const AT_NIGHT: Word = Word::Token(Kind::AtNight);
const AROUND_NOON: Word = Word::Token(Kind::AroundNoon);
const NEXT_DAY: Word = Word::Token(Kind::NextDay);
const ALTERNATE: Word = Word::Token(Kind::Alternate);
const fn nth(nth: i8) -> Word {
    Word::Token(Kind::Nth(nth))
}
const WORKDAYS: u8 = 0b001_1111;
const WEEKEND: u8 = 0b110_0000;

/// The words of opening_hours itself; letters only, in small letters.
pub(super) fn of_the_language(word: &str) -> Option<Kind> {
    let Word::Token(kind) = find(LANGUAGE, word)? else { return None };
    Some(kind)
}

/// Words of Latin letters that are translated.
pub(super) fn translated(word: &str) -> Option<Word> {
    find(english::WORDS, word).or_else(|| find(german::WORDS, word))
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
