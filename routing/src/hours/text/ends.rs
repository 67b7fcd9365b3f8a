//! `from 9:00`, `until 18:00`, `18시까지`: hours of which only one end is said, and the same words
//! between two times or days. For what people are told to write.

use super::kind::Kind;
use super::token::Token;

/// Leaves `From` and `Until` only before a time that has no other end; else they are nothing, or a
/// dash. What can be neither stays, and is not read.
pub(super) fn resolve(tokens: &[Token]) -> Vec<Token> {
    let tokens = said_before(tokens);
    let mut out: Vec<Token> = Vec::with_capacity(tokens.len());
    for (at, token) in tokens.iter().enumerate() {
        let length = time_length(&tokens, at + 1);
        let next = kind(&tokens, at + 1 + length);
        let until = matches!(next, Some(Kind::Dash | Kind::Until | Kind::Plus));
        let alone = length > 0 && !until && !matches!(next, Some(Kind::Month(_) | Kind::Slash));
        let becomes = match token.kind {
            Kind::From if alone => Some(Kind::From),
            Kind::From if begins_later(&tokens, at + 1) => Some(Kind::After),
            Kind::From => None,
            Kind::After if alone => Some(Kind::From),
            Kind::Before if alone => Some(Kind::Until),
            Kind::Until if alone && !follows_a_time(&out) => Some(Kind::Until),
            // `Mo-Fr 9-18 until Dec 2026` ends no hours.
            Kind::Until if ends_hours(&out) && is_dated(&tokens, at + 1) => Some(Kind::Until),
            Kind::Until if may_begin_a_range(&out) => Some(Kind::Dash),
            other => Some(other),
        };
        out.extend(becomes.map(|kind| Token { kind, ..*token }));
    }
    out
}

/// Words behind a time as words before it.
fn said_before(tokens: &[Token]) -> Vec<Token> {
    let mut out: Vec<Token> = Vec::with_capacity(tokens.len());
    for token in tokens {
        let before = match token.kind {
            Kind::UpTo => Kind::Until,
            Kind::Earlier => Kind::Before,
            Kind::Onwards => Kind::After,
            _ => {
                out.push(*token);
                continue;
            }
        };
        let begin = (1..=3).rev().find_map(|length| {
            let at = out.len().checked_sub(length)?;
            (time_length(&out, at) == length).then_some(at)
        });
        let of_range = |at: usize| {
            let before = at.checked_sub(1).and_then(|at| kind(&out, at));
            matches!(before, Some(Kind::Dash | Kind::Until | Kind::From | Kind::NextDay))
        };
        match begin {
            Some(at) if !of_range(at) => {
                out.insert(at, Token { kind: before, at: token.at });
            }
            // `9시부터 18시까지`, `금요일까지`
            _ if token.kind == Kind::UpTo => {}
            _ => out.push(*token),
        }
    }
    out
}

/// How many tokens of one time of the clock stand here; 0 = there is none.
pub(super) fn time_length(tokens: &[Token], at: usize) -> usize {
    let half = |at: usize| usize::from(kind(tokens, at).is_some_and(Kind::is_half_of_day));
    let time = at + half(at);
    let is_time = match kind(tokens, time) {
        Some(Kind::Clock { .. } | Kind::Noon | Kind::Midnight) => true,
        Some(Kind::Number { value, digits: 1..=2 }) => value <= 24,
        _ => false,
    };
    if is_time { time + 1 + half(time + 1) - at } else { 0 }
}

/// Whether a day without an end begins here: `from Monday`, `ab 24.12.`
fn begins_later(tokens: &[Token], at: usize) -> bool {
    let number = |at: usize| matches!(kind(tokens, at), Some(Kind::Number { .. }));
    let mut end = match kind(tokens, at) {
        Some(Kind::Number { .. }) if matches!(kind(tokens, at + 1), Some(Kind::Month(_))) => at + 2,
        Some(Kind::Month(_)) if number(at + 1) => at + 2,
        Some(Kind::Number { value: 1900..=2100, digits: 4 }) => at + 1,
        Some(Kind::Weekday(_) | Kind::Month(_) | Kind::Date { .. }) => at + 1,
        _ => return false,
    };
    end += usize::from(matches!(kind(tokens, end), Some(Kind::Number { digits: 4, .. })));
    let range = matches!(kind(tokens, end), Some(Kind::Dash | Kind::Until | Kind::Comma));
    let weekday = matches!(kind(tokens, at), Some(Kind::Weekday(_)));
    let days = weekday && matches!(kind(tokens, end), Some(Kind::BracketOpen | Kind::Weekday(_)));
    !range && !days
}

/// Whether the last tokens are hours from when to when.
fn ends_hours(tokens: &[Token]) -> bool {
    let is_time = |kind: Option<Kind>| {
        matches!(kind, Some(Kind::Number { .. } | Kind::Clock { .. } | Kind::Noon | Kind::Midnight))
    };
    let kinds = tokens.iter().rev().map(|token| token.kind);
    let mut kinds = kinds.filter(|kind| !kind.is_half_of_day());
    is_time(kinds.next()) && kinds.next() == Some(Kind::Dash) && is_time(kinds.next())
}

/// Whether a date, a month or a year begins here.
fn is_dated(tokens: &[Token], at: usize) -> bool {
    match kind(tokens, at) {
        Some(Kind::Month(_) | Kind::Date { .. } | Kind::Number { digits: 4, value: 1900.. }) => {
            true
        }
        Some(Kind::Number { .. }) => matches!(kind(tokens, at + 1), Some(Kind::Month(_))),
        _ => false,
    }
}

/// Whether the last token may be the time before a dash.
fn follows_a_time(tokens: &[Token]) -> bool {
    let mut last = tokens.iter().rev().map(|token| token.kind);
    match last.next() {
        Some(Kind::Number { .. }) => !matches!(last.next(), Some(Kind::Month(_))),
        Some(Kind::Clock { .. } | Kind::Noon | Kind::Midnight | Kind::NextDay) => true,
        Some(kind) => kind.is_half_of_day(),
        None => false,
    }
}

/// Whether the last token may be what stands before a dash. `until` may also stand behind whole
/// dates and lists.
fn may_begin_a_range(tokens: &[Token]) -> bool {
    let last = tokens.last().map(|token| token.kind);
    last.is_some_and(|kind| {
        kind.may_begin_a_range()
            || matches!(
                kind,
                Kind::NextDay | Kind::Easter | Kind::Days | Kind::BracketClose | Kind::Comma
            )
    })
}

fn kind(tokens: &[Token], at: usize) -> Option<Kind> {
    tokens.get(at).map(|token| token.kind)
}
