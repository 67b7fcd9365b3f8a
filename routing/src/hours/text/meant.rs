//! What parts show of what is meant: hours for days beside them, hours twice, school holidays.

use super::super::pattern::{DAY, HolidayKind, Part};
use super::kind::Kind;
use super::parser::{self, Reading};
use super::token;

/// `Mo;Fr 09:00-18:00`: the days before the semicolon as days of the hours behind it, in each way
/// that they can be meant.
pub(super) fn days_as_a_list(tokens: &[token::Token]) -> Vec<Vec<Part>> {
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

/// Whether a part has hours that lie in others: they mean something else.
pub(super) fn has_hours_twice(parts: &[Part]) -> bool {
    parts.iter().filter(|part| !part.off).any(|part| {
        let mut spans: Vec<_> = part.spans.iter().collect();
        spans.sort_by_key(|span| (span.start, span.end));
        spans.windows(2).any(|pair| matches!(pair, [one, other] if other.start < one.end))
    })
}

/// Whether hours have a beginning and an end of their own.
pub(super) fn has_whole_hours(parts: &[Part]) -> bool {
    let mut spans = parts.iter().filter(|part| !part.off).flat_map(|part| &part.spans);
    spans.any(|span| span.start != 0 && span.end != DAY)
}

/// Hours alone beside days alone (`9 AM - 6 PM, Monday to Friday`, `Mo-Fr; 9-18`) as the hours of
/// these days.
pub(super) fn hours_of_days(parts: &[Part]) -> Option<Vec<Part>> {
    let [one, other] = parts else { return None };
    let (hours, days) = if one.days.is_every_day() { (one, other) } else { (other, one) };
    let is_meant = hours.days.is_every_day() && !hours.off && !hours.spans.is_empty();
    let of_week = !days.days.is_every_day() && days.days.holidays().next().is_none();
    let part = Part { joint: one.joint, days: days.days.clone(), ..hours.clone() };
    (is_meant && of_week).then(|| vec![part])
}

/// Whether days alone stand before hours alone: hours of every day behind them would be in vain.
pub(super) fn days_first(parts: &[Part]) -> bool {
    matches!(parts, [days, hours] if !days.days.is_every_day() && hours.days.is_every_day())
}

/// School holidays are refused: nothing with them is told to write.
pub(super) fn check_school_holidays(parts: &[Part]) -> Result<(), String> {
    let mut holidays = parts.iter().flat_map(|part| part.days.holidays());
    if holidays.any(|holiday| holiday.kind == HolidayKind::School) {
        return Err("there are no school holidays (`SH`) here; list the days in a calendar's \
            `ClosedDates`, such as `2026-12-24..2027-01-02`"
            .to_owned());
    }
    Ok(())
}
