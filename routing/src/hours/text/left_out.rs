//! `土日祝を除く 9-18`, `except Mo-Fr`, `9-18 including holidays`: days that are left out, or that
//! belong too. For what people are told to write.

use super::super::pattern::{DAY, Days, Part, WEEK};
use super::asides;
use super::kind::Kind;
use super::token::{Token, Tokens};

/// Words for "except" behind what is left out; elsewhere they only say that it is closed.
const BEHIND: &[&str] = &["제외", "빼고", "を除く", "除く", "除外", "以外"];
const INCLUDED: &[&str] = &["incl", "inkl", "einschließlich", "포함"];

fn is_one_of(words: &[&str], token: &Token, text: &[char]) -> bool {
    let typed = text.get(token.at..).unwrap_or_default();
    let begins = |word: &str| typed.iter().copied().take(word.chars().count()).eq(word.chars());
    words.iter().any(|word| begins(word))
}

fn leaves_out(token: &Token, text: &[char]) -> bool {
    token.kind == Kind::Except || token.kind == Kind::Off && is_one_of(BEHIND, token, text)
}

/// Puts days that are left out behind the hours that follow them, and holidays that are included
/// before the hours that stand before them.
pub(super) fn in_order(all: &Tokens, text: &[char]) -> Vec<Token> {
    let tokens = all.tokens.as_slice();
    let order = left_out_first(tokens, text)
        .or_else(|| included_last(tokens, text))
        .or_else(|| break_first(tokens));
    order.unwrap_or_else(|| tokens.to_vec())
}

/// `土日祝を除く 9:00-18:00`
fn left_out_first(tokens: &[Token], text: &[char]) -> Option<Vec<Token>> {
    let off = tokens.iter().position(|token| !is_of_days(token.kind))?;
    let (days, behind) = (tokens.get(..off)?, tokens.get(off + 1..)?);
    let word =
        tokens.get(off).filter(|token| token.kind == Kind::Off && leaves_out(token, text))?;
    let only_hours = !behind.is_empty() && asides::hours(behind) == behind.len();
    let separator = Token { kind: Kind::Semicolon, at: word.at };
    (only_hours && off > 0).then(|| [behind, &[separator], days, &[*word]].concat())
}

/// `Mo-Fr 9-18 including holidays`, `매일 9-18 (공휴일 포함)`
fn included_last(tokens: &[Token], text: &[char]) -> Option<Vec<Token>> {
    let is_word = |token: &Token| token.kind == Kind::Comma && is_one_of(INCLUDED, token, text);
    let word = tokens.iter().find(|token| is_word(token))?;
    let is_holiday = |token: &Token| matches!(token.kind, Kind::Holiday(_));
    let behind = tokens.iter().rev().take_while(|token| is_holiday(token) || is_word(token));
    let (before, behind) = tokens.split_at_checked(tokens.len() - behind.count())?;
    let days = before.iter().position(|token| !is_of_days(token.kind))?;
    let (days, hours) = before.split_at_checked(days)?;
    let holidays: Vec<Token> = behind.iter().filter(|token| is_holiday(token)).copied().collect();
    let one_word = behind.len() == holidays.len() + 1;
    let fits =
        one_word && !days.is_empty() && !holidays.is_empty() && asides::hours(hours) == hours.len();
    fits.then(|| [days, &[*word], &holidays, hours].concat())
}

/// `휴게시간 12-13시, 월~금 9-18시`
fn break_first(tokens: &[Token]) -> Option<Vec<Token>> {
    let (word, behind) = tokens.split_first().filter(|(first, _)| first.kind == Kind::Break)?;
    let (hours, rest) = behind.split_at_checked(asides::hours(behind))?;
    let (separator, others) = rest.split_first()?;
    let separates = matches!(separator.kind, Kind::Comma | Kind::Semicolon);
    let one_part = !others.is_empty()
        && !others.iter().any(|token| matches!(token.kind, Kind::Semicolon | Kind::Fallback));
    let separator = Token { kind: Kind::Semicolon, ..*separator };
    (separates && one_part && !hours.is_empty())
        .then(|| [others, &[separator, *word], hours].concat())
}

fn is_of_days(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Weekday(_)
            | Kind::Weekdays(_)
            | Kind::Holiday(_)
            | Kind::Dash
            | Kind::Comma
            | Kind::Slash
    )
}

/// `except Mo-Fr`: where only days are left out, it is open on the others.
pub(super) fn on_other_days(parts: Vec<Part>, tokens: &[Token], text: &[char]) -> Vec<Part> {
    let [part] = parts.as_slice() else { return parts };
    let days = Days { weekdays: WEEK & !part.days.weekdays, ..Days::default() };
    let is_meant = part.off
        && part.spans.is_empty()
        && part.days.is_weekly()
        && !matches!(part.days.weekdays, 0 | WEEK)
        && tokens.iter().any(|token| leaves_out(token, text));
    if !is_meant {
        return parts;
    }
    vec![Part { days, spans: std::iter::once(0..DAY).collect(), off: false, joint: part.joint }]
}

/// `werktags`: to many from Monday to Friday, by law to Saturday. The tokens with the second.
pub(super) fn with_saturday(tokens: &[Token], text: &[char]) -> Option<Vec<Token>> {
    const SATURDAY: u8 = 1 << 5;
    let is_saturday = |kind: Kind| match kind {
        Kind::Weekday(day) => day == 5,
        Kind::Weekdays(mask) => mask & SATURDAY != 0,
        _ => false,
    };
    let is_one = |token: &Token| is_one_of(&["werktag"], token, text);
    if tokens.iter().any(|token| is_saturday(token.kind)) || !tokens.iter().any(is_one) {
        return None;
    }
    let with = |token: &Token| match token.kind {
        Kind::Weekdays(mask) if is_one(token) => {
            Token { kind: Kind::Weekdays(mask | SATURDAY), ..*token }
        }
        _ => *token,
    };
    Some(tokens.iter().map(with).collect())
}

/// `Mo-Fr 09:00-18:00 every day`: which of the days, each with the hours.
pub(super) fn days_twice(parts: &[Part]) -> Option<[Vec<Part>; 2]> {
    let [hours, every_day] = parts else { return None };
    let whole_week = Days { weekdays: WEEK, ..Days::default() };
    let fits = every_day.days == whole_week && hours.days.is_weekly() && !hours.off;
    let other = Part { days: whole_week, ..hours.clone() };
    (fits && !hours.days.is_every_day()).then(|| [vec![hours.clone()], vec![other]])
}

/// `1일~15일 09:00-18:00`: days of no month.
pub(super) fn days_of_no_month(tokens: &[Token], text: &[char]) -> bool {
    let of_a_month = |token: &Token| {
        matches!(token.kind, Kind::Month(_) | Kind::Date { .. } | Kind::Nth(_) | Kind::Alternate)
    };
    let is_day = |token: &Token| {
        let Kind::Number { digits: digits @ 1..=2, .. } = token.kind else { return false };
        let mut behind = text.get(token.at + usize::from(digits)..).unwrap_or_default().iter();
        matches!(behind.find(|c| **c != ' '), Some('일' | '日' | '号' | '號'))
    };
    let a_range = |tokens: &[Token]| match tokens {
        [first, dash, last, next] => {
            dash.kind == Kind::Dash
                && is_day(last)
                && (is_day(first) || matches!(next.kind, Kind::Clock { .. }))
        }
        _ => false,
    };
    // `月-土9-18日10:00-14:00` is a Sunday.
    let behind_a_day = |at: usize| {
        let before = at.checked_sub(1).and_then(|before| tokens.get(before));
        before.is_some_and(|token| matches!(token.kind, Kind::Weekday(_) | Kind::Weekdays(_)))
    };
    let mut ranges = tokens.windows(4).enumerate();
    !tokens.iter().any(of_a_month) && ranges.any(|(at, range)| a_range(range) && !behind_a_day(at))
}
