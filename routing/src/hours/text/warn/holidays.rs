//! Hours of holidays that are added to those of the weekday, where they are meant instead of them.

use super::doubt::{Doubt, hours_within, text};
use super::seen::PartDays;
use crate::hours::pattern::{Joint, Part};

/// `Mo-Fr 09:00-18:00, PH 10:00-14:00`, as people are told to write it: a holiday on a weekday has
/// its own hours alone.
pub(super) fn holidays_instead(parts: &mut Vec<Part>) {
    // `PH 10:00-14:00; Mo-Fr 09:00-18:00`: the weekdays would replace the holidays' hours.
    let mut joined = parts.clone();
    if let Some(second) = joined.get_mut(1).filter(|part| part.joint == Joint::Replace) {
        second.joint = Joint::Add;
        if is_added(&joined, 0) {
            *parts = joined;
        }
    }
    let mut at = 0;
    while at < parts.len() {
        match parts.get(at) {
            Some(part) if is_added(parts, at) => {
                let part = Part { joint: Joint::Replace, ..part.clone() };
                let last = end_of_row(parts, at);
                parts.remove(at);
                parts.insert(last, part);
                if let Some(first) = parts.first_mut() {
                    first.joint = Joint::Replace;
                }
                at += usize::from(last == at);
            }
            _ => at += 1,
        }
    }
}

/// `Mo-Fr 09:00-18:00, PH 10:00-14:00`: within the hours of the weekday, the hours of the holiday
/// change nothing.
pub(super) fn holidays_added_in_vain(seen: &PartDays<'_>) -> Option<Doubt> {
    let parts = &seen.pattern.parts;
    let at = (0..parts.len()).find(|at| {
        let others = others(parts, *at).iter().filter(|part| !part.off);
        let within = |part: &Part| others.clone().any(|old| hours_within(&part.spans, &old.spans));
        is_added(parts, *at) && parts.get(*at).is_some_and(within)
    })?;
    let mut better = seen.pattern.clone();
    holidays_instead(&mut better.parts);
    let part = text(parts.get(at)?);
    Some(Doubt {
        message: format!(
            "after a comma, `{part}` does not make a holiday shorter: the longer hours of its \
            weekday still count; for these hours instead of the others write `{better}`"
        ),
        better: Some(better),
    })
}

/// Whether the part adds hours of holidays to parts that speak of weekdays, but not of holidays
/// nor of the part's own weekdays.
fn is_added(parts: &[Part], at: usize) -> bool {
    let Some(part) = parts.get(at) else { return false };
    let others = || others(parts, at).iter().filter(|part| !part.off);
    let of_weekdays = |part: &Part| {
        part.days.holidays().next().is_none()
            && part.days.dates.is_empty()
            && part.days.nths.is_empty()
    };
    let of_holidays = part.days.holidays().next().is_some()
        && part.days.nths.is_empty()
        && part.days.dates.is_empty()
        && (part.days.or_holidays.is_empty() || part.days.and_holidays.is_empty());
    let meets = |old: &Part| {
        !part.days.or_holidays.is_empty()
            && (part.days.weekdays & old.days.weekdays != 0 || old.days.is_every_day())
    };
    !part.off
        && (at == 0 || part.joint == Joint::Add)
        && of_holidays
        && others().any(of_weekdays)
        && others().all(|old| of_weekdays(old) && !meets(old))
}

/// The parts before a part; those joined to it behind, where it is the first.
fn others(parts: &[Part], at: usize) -> &[Part] {
    match at {
        0 => parts.get(1..=end_of_row(parts, 0)),
        _ => parts.get(..at),
    }
    .unwrap_or_default()
}

/// The last place of the row of added parts where the part may stand: no part behind it there
/// speaks of its days.
fn end_of_row(parts: &[Part], at: usize) -> usize {
    let own = parts.get(at).map_or(0, |part| part.days.weekdays);
    let behind = parts.get(at + 1..).unwrap_or_default().iter();
    let passes = |part: &&Part| {
        part.joint == Joint::Add
            && part.days.holidays().next().is_none()
            && !part.days.is_every_day()
            && part.days.weekdays & own == 0
    };
    at + behind.take_while(passes).count()
}
