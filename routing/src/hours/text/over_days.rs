//! `Fr 18:00 - Su 20:00`: a stretch over days, as the hours of each of its days. For what people
//! are told to write.

use super::ends::time_length;
use super::kind::Kind;
use super::token::Token;

const MIDNIGHT: Kind = Kind::Clock { hour: 0, minute: 0, digits: 2 };
const END_OF_DAY: Kind = Kind::Clock { hour: 24, minute: 0, digits: 2 };

/// The tokens with each stretch as several parts.
pub(super) fn split(tokens: &[Token]) -> Vec<Token> {
    let mut out: Vec<Token> = Vec::with_capacity(tokens.len());
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        match stretch(tokens, at) {
            Some((parts, length)) if begins(&out) => {
                if matches!(out.last(), Some(Token { kind: Kind::From, .. })) {
                    out.pop();
                }
                out.extend(parts.into_iter().map(|kind| Token { kind, at: token.at }));
                at += length;
            }
            _ => {
                out.push(*token);
                at += 1;
            }
        }
    }
    out
}

/// Whether a part may begin behind these tokens.
fn begins(tokens: &[Token]) -> bool {
    let last = tokens.last().map(|token| token.kind);
    matches!(
        last,
        None | Some(Kind::Comma | Kind::Semicolon | Kind::Fallback | Kind::From | Kind::Off)
    )
}

/// The parts of the stretch that begins here, and how many tokens it has.
fn stretch(tokens: &[Token], at: usize) -> Option<(Vec<Kind>, usize)> {
    let kind = |at: usize| tokens.get(at).map(|token| token.kind);
    let Some(Kind::Weekday(first)) = kind(at) else { return None };
    let start = sure_time(tokens, at + 1)?;
    let dash = at + 1 + start.len();
    if !matches!(kind(dash), Some(Kind::Dash | Kind::Until)) {
        return None;
    }
    let Some(Kind::Weekday(last)) = kind(dash + 1) else { return None };
    let end = sure_time(tokens, dash + 2)?;
    let mut next = dash + 2 + end.len();
    next += usize::from(kind(next) == Some(Kind::UpTo));
    let off = kind(next) == Some(Kind::Off);
    next += usize::from(off);
    if !matches!(kind(next), None | Some(Kind::Comma | Kind::Semicolon | Kind::Fallback)) {
        return None;
    }
    let days = (last + 7 - first) % 7;
    let day = |ahead: u8| Kind::Weekday((first + ahead) % 7);
    let part = |days: &[Kind], from: &[Kind], to: &[Kind]| {
        let off: &[Kind] = if off { &[Kind::Off] } else { &[] };
        [days, from, &[Kind::Dash], to, off].concat()
    };
    // `Mo 09:00 - Mo 18:00`: the day is said again.
    if days == 0 && minute(&start)? < minute(&end)? {
        return Some((part(&[day(0)], &start, &end), next - at));
    }
    // Of one day after the other there is a shorter way.
    if days < 2 {
        return None;
    }
    let between: &[Kind] = match days {
        2 => &[day(1)],
        _ => &[day(1), Kind::Dash, day(days - 1)],
    };
    let mut parts =
        vec![part(&[day(0)], &start, &[END_OF_DAY]), part(between, &[MIDNIGHT], &[END_OF_DAY])];
    match end.as_slice() {
        [Kind::Clock { hour: 0, minute: 0, .. }] => {}
        // Of which day is it the end?
        end if end.contains(&Kind::Midnight) || is_twelve_at_night(end) => return None,
        end => parts.push(part(&[day(days)], &[MIDNIGHT], end)),
    }
    Some((parts.join(&Kind::Semicolon), next - at))
}

/// The tokens of a time that can only be one: not `6`, which may be in the evening.
fn sure_time(tokens: &[Token], at: usize) -> Option<Vec<Kind>> {
    let length = time_length(tokens, at);
    let time: Vec<Kind> = tokens.get(at..at + length)?.iter().map(|token| token.kind).collect();
    let half = time.iter().any(|kind| kind.is_half_of_day());
    let sure = time.iter().any(|kind| match kind {
        Kind::Clock { hour, digits, .. } => *digits > 1 || *hour > 7,
        Kind::Number { value, .. } => *value > 12,
        Kind::Noon | Kind::Midnight => true,
        _ => half,
    });
    sure.then_some(time)
}

/// The minute of the day that a time is; `None` = its half of the day is not plain.
fn minute(time: &[Kind]) -> Option<u32> {
    let (hour, minute) = time.iter().find_map(|kind| match kind {
        Kind::Clock { hour, minute, .. } => Some((*hour, *minute)),
        Kind::Number { value, .. } => Some((*value, 0)),
        Kind::Noon => Some((12, 0)),
        Kind::Midnight => Some((24, 0)),
        _ => None,
    })?;
    let half = time.iter().find(|kind| kind.is_half_of_day());
    let hour = match half {
        None => hour,
        Some(Kind::Am | Kind::BeforeNoon) if hour < 12 => hour,
        Some(Kind::Pm | Kind::AfterNoon) if hour < 12 => hour + 12,
        Some(_) => return None,
    };
    Some(hour * 60 + minute)
}

fn is_twelve_at_night(time: &[Kind]) -> bool {
    let twelve = time
        .iter()
        .any(|kind| matches!(kind, Kind::Clock { hour: 12, .. } | Kind::Number { value: 12, .. }));
    twelve && time.iter().any(|kind| kind.is_half_of_day())
}
