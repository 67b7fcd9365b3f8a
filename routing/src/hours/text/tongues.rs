//! In which languages a text can be read. A text is of one language as a whole; where days mean
//! others in another language, all are told.

use super::token::{Kind, Tokens, Tongue, tokens, tokens_in};
use super::words::ZONES;

/// The longest text that is read in other languages, in characters: each costs as much again as the
/// first, and what people type in their own words is short.
const LONGEST: usize = 200;

/// The tokens of a text, in each language that knows all of its words: as English or German first.
/// One at least; these are then the first, known or not.
pub(super) fn readings(text: &[char]) -> Vec<Tokens> {
    let mut first = tokens(text);
    if text.len() > LONGEST {
        return vec![first];
    }
    let known = first.unreadable.is_none();
    let mut others: Vec<Tokens> = Vec::new();
    // A text of another language that only a time zone's name makes unreadable.
    let mut zone = None;
    for tongue in Tongue::OTHERS {
        let other = tokens_in(text, tongue);
        if !known && other.own_words > 0 && other.unreadable.as_ref().is_some_and(is_zone) {
            zone.get_or_insert_with(|| other.clone());
        }
        let readable =
            other.unreadable.is_none() && other.own_words > 0 && has_days_enough(text, &other);
        // Where English or German words do, others have to know all by themselves.
        let meant = !known || tongue.has_mar() && !other.mixed && other.own_days > 0;
        if readable && meant && !others.iter().any(|known| is_same(known, &other)) {
            first.has_mar |= known && other.has_mar;
            others.push(other);
        }
    }
    if !known && !others.is_empty() {
        return others;
    }
    first = zone.unwrap_or(first);
    others.retain(|other| !is_same(&first, other));
    [vec![first], others].concat()
}

fn is_zone((_, word): &(usize, String)) -> bool {
    ZONES.contains(&word.as_str())
}

fn is_same(one: &Tokens, other: &Tokens) -> bool {
    let kinds = |tokens: &Tokens| tokens.tokens.iter().map(|token| token.kind).collect::<Vec<_>>();
    kinds(one) == kinds(other)
}

/// One letter alone is a day only beside another day (`L-V`).
fn has_days_enough(text: &[char], tokens: &Tokens) -> bool {
    let is_letter = |at: usize| text.get(at).is_some_and(|c| c.is_alphabetic());
    let single = tokens.tokens.iter().any(|token| {
        let is_day = matches!(token.kind, Kind::Weekday(_));
        is_day && is_letter(token.at) && !is_letter(token.at + 1)
    });
    !single || tokens.own_days > 1
}
