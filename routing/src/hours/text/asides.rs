//! `Mo-Fr (PH off) 09:00-18:00`: what is closed, said in brackets, becomes a part of its own behind
//! the hours. For what people are told to write.

use super::kind::Kind;
use super::token::{Token, Tokens};

/// Moves what is closed in brackets behind the hours of its part.
pub(super) fn move_behind_hours(tokens: &mut Tokens) {
    let brackets = std::mem::take(&mut tokens.brackets);
    for (begin, end) in brackets.into_iter().rev() {
        if let Some(moved) = moved(&tokens.tokens, begin, end) {
            tokens.tokens = moved;
        }
    }
}

fn moved(tokens: &[Token], begin: usize, end: usize) -> Option<Vec<Token>> {
    let (before, inside, behind) =
        (tokens.get(..begin)?, tokens.get(begin..end)?, tokens.get(end..)?);
    let (first, last) = (inside.first()?, before.last()?);
    if !only_closes(inside) {
        return None;
    }
    // `Mo-Fr (PH off), 9-18`: a comma between days and their hours says nothing.
    let after_comma = match behind.split_first() {
        Some((comma, hours_behind)) if comma.kind == Kind::Comma => Some(hours_behind),
        _ => None,
    };
    let behind =
        after_comma.filter(|behind| !is_time(last.kind) && hours(behind) > 0).unwrap_or(behind);
    let hours = hours(behind);
    let (hours, rest) = (behind.get(..hours)?, behind.get(hours..)?);
    let goes_on = rest
        .first()
        .is_some_and(|token| !matches!(token.kind, Kind::Comma | Kind::Semicolon | Kind::Fallback));
    // `9-18 (Su off) Mo-Sa`: the days are of the hours before.
    if goes_on && is_time(before.first()?.kind) {
        return None;
    }
    let sign = |kind| Token { kind, at: first.at };
    let lunch = inside.iter().any(|token| token.kind == Kind::Break);
    let mut moved = [before, hours, &[sign(Kind::Semicolon)]].concat();
    moved.extend(inside.iter().filter(|token| !(lunch && token.kind == Kind::Off)));
    moved.extend(goes_on.then(|| sign(Kind::Comma)));
    moved.extend(rest);
    Some(moved)
}

/// Whether days or hours stand here that one `off`, before or behind them, closes.
fn only_closes(inside: &[Token]) -> bool {
    let is_off = |token: &Token| token.kind == Kind::Off;
    let at_an_end = inside.first().is_some_and(is_off) || inside.last().is_some_and(is_off);
    let mut others = inside.iter().filter(|token| !is_off(token));
    let closed = |token: &Token| {
        is_time(token.kind)
            || matches!(
                token.kind,
                Kind::Weekday(_)
                    | Kind::Weekdays(_)
                    | Kind::Holiday(_)
                    | Kind::Date { .. }
                    | Kind::Month(_)
                    | Kind::Nth(_)
                    | Kind::Break
                    | Kind::Comma
                    | Kind::Slash
            )
    };
    let named = |token: &Token| !matches!(token.kind, Kind::Break | Kind::Comma | Kind::Slash);
    at_an_end
        && inside.iter().filter(|token| is_off(token)).count() == 1
        && others.clone().any(named)
        && others.all(closed)
}

/// How many tokens of hours stand at the beginning.
pub(super) fn hours(tokens: &[Token]) -> usize {
    let kind = |at: usize| tokens.get(at).map(|token| token.kind);
    let mut at = 0;
    loop {
        match (kind(at), kind(at + 1)) {
            (Some(kind), _) if is_time(kind) && (at > 0 || kind != Kind::Dash) => at += 1,
            (Some(Kind::Comma | Kind::Slash), Some(next))
                if at > 0 && is_time(next) && next != Kind::Dash =>
            {
                at += 1;
            }
            _ => return at,
        }
    }
}

fn is_time(kind: Kind) -> bool {
    kind.is_half_of_day()
        || matches!(
            kind,
            Kind::Clock { .. }
                | Kind::Number { digits: 1..=3, .. }
                // Not a year.
                | Kind::Number { value: ..1900 | 2101.., digits: 4 }
                | Kind::Dash
                | Kind::Noon
                | Kind::Midnight
                | Kind::NextDay
                | Kind::From
                | Kind::Until
        )
}
