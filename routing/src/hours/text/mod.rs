//! Reads opening_hours text as opening_hours.js reads it, within a subset, and checks it harder.
//!
//! Characters that look alike are the same ([`clean`]). Words and forms of other kinds are
//! understood ([`words`]), but only to tell what to write: nothing that had to be translated is
//! used.

mod around;
mod asides;
mod belonging;
mod beside;
mod clean;
mod clock;
mod dates;
mod draft;
mod ends;
mod foreign;
mod holidays;
mod kind;
mod left_out;
mod letters;
mod look_alikes;
mod meant;
mod moment;
mod month_days;
mod nights;
mod number;
mod numbered;
mod over_days;
mod parser;
mod part;
mod reading;
mod selectors;
mod tidy;
mod times;
mod token;
mod tongues;
mod warn;
mod words;
mod years;
mod zoned;

use chrono::NaiveDate;

use super::Country;
use super::pattern::Pattern;
use kind::Kind;
use parser::Reading;
pub(in crate::hours) use reading::MAX_CHARACTERS;
use reading::read_on;
pub(crate) use warn::Search;

/// A text as parsed, with warnings for what its author may not have meant.
#[derive(Debug)]
pub(crate) struct Parsed {
    pub(crate) pattern: Pattern,
    pub(crate) warnings: Vec<String>,
}

/// Reads `text`; `PH` means the public holidays of `country`. Warns of what its author may not have
/// meant, as far as `search` goes.
///
/// # Errors
/// What is wrong with the text, and what to write instead.
pub(crate) fn parse(
    text: &str,
    country: Option<Country>,
    search: &mut Search,
) -> Result<Parsed, String> {
    let pattern = read_on(text, country, search.today)?;
    let mut warnings = nights::doubtful(text);
    warnings.extend(warn::warnings(&pattern, search));
    warnings.extend(holidays::warnings(&pattern, search.today));
    warnings.dedup();
    Ok(Parsed { pattern, warnings })
}

/// What the author of hours of single dates may not have meant, as far as the text alone shows it.
pub(crate) fn seen_in_the_text(text: &str, pattern: &Pattern) -> Vec<String> {
    let mut warnings = nights::doubtful(text);
    warnings.extend(warn::of_the_text(pattern));
    warnings
}

/// Reads `text` without a search for what may not be meant.
///
/// # Errors
/// As [`parse`].
pub(crate) fn read(text: &str, country: Option<Country>) -> Result<Pattern, String> {
    read_on(text, country, NaiveDate::default())
}

/// Reads the hours of one date.
///
/// # Errors
/// As [`parse`]; where the text can be told what to write, it is good for this date.
pub(crate) fn read_for(
    text: &str,
    country: Option<Country>,
    date: NaiveDate,
) -> Result<Pattern, String> {
    read(text, country).map_err(|why| {
        let cleaned = clean::clean(text);
        if only_opens(&cleaned) {
            return "does not say from when to when it is open; write hours such as `10:00-14:00`, \
                or `00:00-24:00` for all day"
                .to_owned();
        }
        if !cleaned.iter().any(char::is_ascii_digit) && why.contains("cannot be read") {
            let sentence = why.split_once("; expected").map_or(why.as_str(), |(first, _)| first);
            return format!(
                "{sentence}; write `off` where nothing is open, or hours such as `10:00-14:00`"
            );
        }
        let tokens = token::tokens(&cleaned);
        let outcome = parser::read(&tokens.tokens, Reading::default());
        let parts = outcome.ok().filter(|outcome| !outcome.ambiguous).map(|outcome| outcome.parts);
        let pattern = parts.filter(|_| tokens.unreadable.is_none());
        pattern.and_then(|parts| Pattern { parts, country }.excludes(date)).unwrap_or(why)
    })
}

/// The days of the week that a name may be of, from Monday, 0: one, or others in other languages.
pub(in crate::hours) fn weekdays_named(name: &str) -> Vec<u8> {
    let cleaned = clean::clean(name);
    let of = |tokens: token::Tokens| match tokens.tokens.as_slice() {
        [token::Token { kind: Kind::Weekday(day), .. }] if tokens.unreadable.is_none() => {
            Some(*day)
        }
        _ => None,
    };
    let others = words::Tongue::OTHERS.into_iter();
    let readings = others.map(|tongue| token::tokens_in(&cleaned, tongue));
    [token::tokens(&cleaned)].into_iter().chain(readings).filter_map(of).collect()
}

/// Whether a text says that it is open, and nothing of when.
fn only_opens(text: &[char]) -> bool {
    let readings = tongues::readings(text);
    let tokens = readings.first().filter(|tokens| tokens.unreadable.is_none());
    let kinds: Vec<Kind> =
        tokens.into_iter().flat_map(|tokens| &tokens.tokens).map(|token| token.kind).collect();
    !kinds.is_empty() && kinds.iter().all(|kind| *kind == Kind::Open)
}

/// Whether a text says when it is closed, and never when it is open.
pub(crate) fn only_closes(text: &str) -> bool {
    let tokens = token::tokens(&clean::clean(text));
    let outcome = parser::read(&tokens.tokens, Reading::default());
    tokens.unreadable.is_none()
        && outcome.is_ok_and(|outcome| outcome.parts.iter().all(|part| part.off))
}

#[cfg(test)]
mod fuzz;
#[cfg(test)]
mod reference;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod typed;
