//! Reads opening_hours text as opening_hours.js reads it, within a subset, and checks it harder.
//!
//! Characters that look alike are the same ([`clean`]). Words and forms of other kinds are
//! understood ([`words`]), but only to tell what to write: nothing that had to be translated is
//! used.

mod around;
mod asides;
mod clean;
mod clock;
mod dates;
mod draft;
mod kind;
mod month_days;
mod number;
mod parser;
mod selectors;
mod tidy;
mod times;
mod token;
mod warn;
mod words;
mod years;

use chrono::NaiveDate;

use super::pattern::{HolidayKind, Part, Pattern};
use super::{Country, Zone};
use kind::Kind;
use parser::{Fill, Outcome, Problem, Reading};
pub(crate) use warn::Search;

/// Longest text, in characters.
pub(crate) const MAX_CHARACTERS: usize = 1_000;

const EXAMPLE: &str = "expected opening hours such as `Mo-Fr 09:00-18:00, Sa 10:00-14:00`";

/// Short names of time zones, which have an attribute of their own.
const ZONES: &[&str] = &[
    "kst", "jst", "cst", "hkt", "sgt", "ist", "utc", "gmt", "bst", "cet", "cest", "mez", "est",
    "asia", "europe", "america", "edt", "cdt", "mst", "mdt", "pst", "pdt", "et", "pt", "ct",
    "aest", "aedt",
];

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
    let mut warnings = same_times(text);
    warnings.extend(warn::warnings(&pattern, search));
    warnings.extend(holiday_warnings(&pattern, search.today));
    warnings.dedup();
    Ok(Parsed { pattern, warnings })
}

/// What the author of hours of single dates may not have meant, as far as the text alone shows it.
pub(crate) fn seen_in_the_text(text: &str, pattern: &Pattern) -> Vec<String> {
    let mut warnings = same_times(text);
    warnings.extend(warn::of_the_text(pattern));
    warnings
}

/// `09:00-09:00` is 24 hours, as in opening_hours.js; `09:00-33:00` says so.
fn same_times(text: &str) -> Vec<String> {
    let tokens = token::tokens(&clean::clean(text)).tokens;
    let mut times = tokens.windows(3).filter_map(|tokens| match tokens {
        [
            token::Token { kind: Kind::Clock { hour, minute, .. }, .. },
            token::Token { kind: Kind::Dash, .. },
            token::Token { kind: Kind::Clock { hour: last, minute: end, .. }, .. },
        ] if (hour, minute) == (last, end) && (*hour, *minute) != (0, 0) => Some((*hour, *minute)),
        _ => None,
    });
    let Some((hour, minute)) = times.next() else { return Vec::new() };
    let time = format!("{hour:02}:{minute:02}");
    vec![format!(
        "`{time}-{time}` is 24 hours, until the next day; write `00:00-24:00` for whole days, `{time}-{:02}:{minute:02}` if it is meant, or another end",
        hour + 24
    )]
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

/// Whether a text says when it is closed, and never when it is open.
pub(crate) fn only_closes(text: &str) -> bool {
    let tokens = token::tokens(&clean::clean(text));
    let outcome = parser::read(&tokens.tokens, Reading::default());
    tokens.unreadable.is_none()
        && outcome.is_ok_and(|outcome| outcome.parts.iter().all(|part| part.off))
}

/// The same; what is told to write is good from `today` on.
fn read_on(text: &str, country: Option<Country>, today: NaiveDate) -> Result<Pattern, String> {
    if text.chars().count() > MAX_CHARACTERS {
        return Err("is longer than 1000 characters; write less, or use several rows".to_owned());
    }
    let mut cleaned = clean::clean(text);
    let mut tokens = token::tokens(&cleaned);
    // `"Mo-Fr 09:00-18:00"`, with the quotation marks of another text.
    if let Some(inside) = quoted(&cleaned) {
        let of_inside = token::tokens(&inside);
        if of_inside.unreadable.is_none() && !of_inside.tokens.is_empty() {
            (cleaned, tokens) = (inside, of_inside);
            tokens.translated = true;
        }
    }
    asides::move_behind_hours(&mut tokens);
    if let Some((_, word)) = &tokens.unreadable {
        if ZONES.contains(&word.as_str()) {
            let places = Zone::places_of(word).unwrap_or_else(|| "`Asia/Seoul`".to_owned());
            return Err(format!(
                "`{word}` is a time zone: leave it out here, and set `TimeZone` to a name such as {places}"
            ));
        }
        return Err(format!("`{}` cannot be read; {EXAMPLE}", shown(word.chars())));
    }
    let mut other = month_days::with_dates(&mut tokens, &cleaned);
    if let Err(Problem::At(_) | Problem::Say(_)) = parser::read(&tokens.tokens, Reading::default())
        && let Some(dates) = other.take()
    {
        tokens.tokens = dates;
    }
    let translated = tokens.translated;
    let read = |second, fill| {
        let tokens = other.as_ref().filter(|_| second).unwrap_or(&tokens.tokens);
        parser::read(tokens, Reading { second, fill, translated })
    };
    let write = |outcome: Outcome| suggestion(outcome.parts, today);
    let outcome = match read(false, None) {
        Ok(outcome) => outcome,
        Err(Problem::Say(sentence)) => return Err(sentence),
        Err(Problem::At(at)) => {
            let rest = shown(cleaned.iter().skip(at).copied());
            return Err(match rest.as_str() {
                "" => EXAMPLE.to_owned(),
                _ => format!("cannot be read from `{rest}` on; {EXAMPLE}"),
            });
        }
        Err(Problem::NoHours(_)) if other.is_some() => {
            return Err(
                "names days without hours, and numbers that may be a date or hours; write `Sa off` or `Sa 10:00-14:00`, dates such as `Dec 24`, and hours such as `12:00-24:00`".to_owned(),
            );
        }
        Err(Problem::NoHours(days)) => {
            return Err(match (read(false, Some(Fill::AllDay)), read(false, Some(Fill::Off))) {
                (Ok(all_day), Ok(off)) => {
                    let has = if days.is_empty() { "says".into() } else { format!("`{days}` has") };
                    let mut these = days_as_a_list(&tokens.tokens);
                    these.extend(hours_of_days(&all_day.parts));
                    let mut write_these = these.into_iter().map(|parts| suggestion(parts, today));
                    if days_first(&all_day.parts)
                        && let Some(text) = write_these.next()
                    {
                        return Err(format!(
                            "{has} neither hours nor `off`; write `{text}` for these hours"
                        ));
                    }
                    let these: String =
                        write_these.map(|text| format!("`{text}` for these hours, ")).collect();
                    format!(
                        "{has} neither hours nor `off`; write {these}`{}` for open all day, or `{}` for closed",
                        write(all_day),
                        write(off)
                    )
                }
                _ => EXAMPLE.to_owned(),
            });
        }
    };
    if outcome.ambiguous || other.is_some() {
        return Err(match read(true, None) {
            Ok(second) => {
                format!("may mean two things; write `{}`, or `{}`", write(outcome), write(second))
            }
            Err(_) => EXAMPLE.to_owned(),
        });
    }
    let as_typed = !(outcome.open_end || outcome.translated || tokens.translated);
    if !as_typed {
        check_school_holidays(&outcome.parts)?;
    }
    if outcome.open_end {
        return Err(format!(
            "an open end (`18:00+`) does not say when it closes; write `{}` for until midnight, or another end",
            write(outcome)
        ));
    }
    if !as_typed {
        let hint = if tokens.iso_date {
            "; single dates may also stand in a calendar's `ClosedDates` or `SpecialDates`"
        } else {
            ""
        };
        // `closed 9-18`: a text that never opens is no better.
        if outcome.parts.iter().all(|part| part.off && !part.spans.is_empty()) {
            return Err(format!("only says when it is closed; {EXAMPLE}"));
        }
        return Err(format!(
            "is not written as opening hours are; write `{}`{hint}",
            write(outcome)
        ));
    }
    let pattern = Pattern { parts: outcome.parts, country };
    check_holidays(&pattern)?;
    Ok(pattern)
}

/// What stands in quotation marks, where these are around the whole text.
fn quoted(text: &[char]) -> Option<Vec<char>> {
    let is_mark = |c: &char| *c == '"';
    let begin = text.iter().position(|c| *c != ' ')?;
    let end = text.iter().rposition(|c| *c != ' ')? + 1;
    let text = text.get(begin..end)?;
    let inside = text.strip_prefix(&['"'])?.strip_suffix(&['"'])?;
    (!inside.iter().any(is_mark)).then(|| inside.to_vec())
}

/// Parts as people are told to write them.
fn suggestion(parts: Vec<Part>, today: NaiveDate) -> String {
    warn::without_doubts(Pattern { parts, country: None }, today).to_string()
}

/// `Mo;Fr 09:00-18:00`: the days before the semicolon as days of the hours behind it, in each way
/// that they can be meant.
fn days_as_a_list(tokens: &[token::Token]) -> Vec<Vec<Part>> {
    let is_day = |at: Option<usize>| {
        let kind = at.and_then(|at| tokens.get(at)).map(|token| token.kind);
        matches!(kind, Some(Kind::Weekday(_)))
    };
    let between = |at: usize| {
        let is_separator = tokens.get(at).is_some_and(|token| token.kind == Kind::Semicolon);
        is_separator && is_day(at.checked_sub(1)) && is_day(Some(at + 1))
    };
    if !(0..tokens.len()).any(between) {
        return Vec::new();
    }
    let joined: Vec<token::Token> = tokens
        .iter()
        .enumerate()
        .filter(|(at, _)| !between(*at))
        .map(|(_, token)| *token)
        .collect();
    let read = |second| parser::read(&joined, Reading { second, ..Reading::default() }).ok();
    let Some(first) = read(false) else { return Vec::new() };
    let second = if first.ambiguous { read(true) } else { None };
    [Some(first), second].into_iter().flatten().map(|outcome| outcome.parts).collect()
}

/// Hours alone beside days alone (`9 AM - 6 PM, Monday to Friday`, `Mo-Fr; 9-18`) as the hours of
/// these days.
fn hours_of_days(parts: &[Part]) -> Option<Vec<Part>> {
    let [one, other] = parts else { return None };
    let (hours, days) = if one.days.is_every_day() { (one, other) } else { (other, one) };
    let is_meant = hours.days.is_every_day() && !hours.off && !hours.spans.is_empty();
    let of_week = !days.days.is_every_day() && days.days.holidays().next().is_none();
    let part = Part { joint: one.joint, days: days.days.clone(), ..hours.clone() };
    (is_meant && of_week).then(|| vec![part])
}

/// Whether days alone stand before hours alone: hours of every day behind them would be in vain.
fn days_first(parts: &[Part]) -> bool {
    matches!(parts, [days, hours] if !days.days.is_every_day() && hours.days.is_every_day())
}

/// The beginning of a text, for a finding.
fn shown(text: impl Iterator<Item = char>) -> String {
    let text: String = text.take(30).map(|c| if c == '`' { '\'' } else { c }).collect();
    text.trim().to_owned()
}

/// School holidays are refused: nothing with them is told to write.
fn check_school_holidays(parts: &[Part]) -> Result<(), String> {
    let mut holidays = parts.iter().flat_map(|part| part.days.holidays());
    if holidays.any(|holiday| holiday.kind == HolidayKind::School) {
        return Err("there are no school holidays (`SH`) here; list the days in a calendar's `ClosedDates`, such as `2026-12-24..2027-01-02`".to_owned());
    }
    Ok(())
}

/// Whether there is data for the holidays that the text names.
fn check_holidays(pattern: &Pattern) -> Result<(), String> {
    for holiday in pattern.parts.iter().flat_map(|part| part.days.holidays()) {
        let name = match holiday.kind {
            HolidayKind::Public => "PH",
            HolidayKind::School => "SH",
        };
        let Some(country) = pattern.country else {
            return Err(format!(
                "`{name}` needs a country: set `HolidayCountry` to its ISO code, such as `KR`, or list the days in a calendar's `ClosedDates`"
            ));
        };
        let known = match holiday.kind {
            HolidayKind::Public => country.has_holidays(),
            // The facts hold no school holidays.
            HolidayKind::School => false,
        };
        if !known {
            let code = country.code();
            let which = match holiday.kind {
                HolidayKind::Public => "public holidays",
                HolidayKind::School => "school holidays",
            };
            return Err(format!(
                "there are no {which} (`{name}`) of {code} here; list the days in a calendar's `ClosedDates`, such as `2026-12-24..2027-01-02`"
            ));
        }
    }
    Ok(())
}

/// What is known of the holidays that the text relies on.
fn holiday_warnings(pattern: &Pattern, today: NaiveDate) -> Vec<String> {
    let names_holidays = pattern.parts.iter().any(|part| part.days.holidays().next().is_some());
    let country = pattern.country.filter(|_| names_holidays);
    country.map(|country| country.warnings(today)).unwrap_or_default()
}

#[cfg(test)]
mod fuzz;
#[cfg(test)]
mod reference;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod typed;
