//! Doubts about the hours of one part, and about a year before months.

use super::doubt::{Doubt, changed, text};
use crate::hours::pattern::{
    DAY, DateRange, Days, Joint, Part, Pattern, Span, YearDay, days_of_month, without,
};

const HALF: u16 = DAY / 2;
const HOUR: u16 = 60;

/// `09:00-12:00,02:00-18:00`: one window lies within another; `09:00-12:00,01:00-06:00`: the
/// afternoon by a clock of twelve hours.
pub(super) fn windows_of_twelve_hours(pattern: &Pattern) -> Option<Doubt> {
    let (index, slip) = pattern.parts.iter().enumerate().find_map(|(index, part)| {
        let later = part.spans.iter().enumerate();
        let slip = later.filter(|_| !part.off).find_map(|(at, span)| {
            let before = part.spans.get(..at)?;
            before.iter().find_map(|old| slip(old, span))
        });
        slip.map(|slip| (index, slip))
    })?;
    let with = |these: &[Span]| {
        changed(pattern, |parts| {
            if let Some(part) = parts.get_mut(index)
                && let Some(place) = part.spans.iter().position(|span| *span == slip.window)
            {
                part.spans.splice(place..=place, these.iter().cloned());
            }
        })
    };
    let (window, other) = (hours(&slip.window), hours(&slip.beside));
    let better = with(slip.meant.as_slice());
    let message = match &slip.meant {
        Some(_) if slip.holds => format!("`{window}` holds `{other}` as well; write `{better}`"),
        Some(_) => format!(
            "`{window}` begins before `{other}`; write `{better}`, or `{window},{other}` if the \
            night is meant"
        ),
        None => {
            let inside = slip.beside.start < slip.window.start && slip.window.end < slip.beside.end;
            let broken = changed(pattern, |parts| {
                if let Some(part) = parts.get_mut(index) {
                    part.spans.retain(|span| *span != slip.window);
                    part.spans = without(&part.spans, std::slice::from_ref(&slip.window));
                }
            });
            let or_a_break =
                if inside { format!(", or for a break `{broken}`") } else { String::new() };
            format!(
                "`{window}` lies within `{other}` and adds nothing; write `{better}`{or_a_break}"
            )
        }
    };
    Some(Doubt { message, better: Some(better) })
}

fn hours(span: &Span) -> String {
    let spans = vec![span.clone()];
    text(&Part { joint: Joint::Replace, days: Days::default(), spans, off: false })
}

/// A window that cannot be meant beside another.
struct Slip {
    window: Span,
    beside: Span,
    /// It holds the other.
    holds: bool,
    /// What is meant instead, if anything.
    meant: Option<Span>,
}

fn slip(old: &Span, new: &Span) -> Option<Slip> {
    let holds = |a: &Span, b: &Span| a != b && a.start <= b.start && b.end <= a.end;
    let found = |window: &Span, beside: &Span, holds, meant| {
        Some(Slip { window: window.clone(), beside: beside.clone(), holds, meant })
    };
    let start = new.start.saturating_add(HALF);
    if holds(new, old) {
        return if start >= old.end && start < new.end {
            found(new, old, true, Some(start..new.end))
        } else {
            found(old, new, false, None)
        };
    }
    if holds(old, new) {
        return found(new, old, false, None);
    }
    let of_twelve = (HOUR..7 * HOUR).contains(&new.start) && new.end <= HALF;
    let morning = old.start >= 6 * HOUR && old.end <= 15 * HOUR && start >= old.end;
    let afternoon = Some(start..new.end.saturating_add(HALF));
    if of_twelve && morning { found(new, old, false, afternoon) } else { None }
}

/// `2026 Dec-Feb`: as in opening_hours.js, January and February are those of 2026.
pub(super) fn months_over_new_year(pattern: &Pattern) -> Option<Doubt> {
    let is_over = |range: &DateRange| matches!(range, DateRange::Months { from, to } if from > to);
    let (index, year) = pattern.parts.iter().enumerate().find_map(|(index, part)| {
        let [years] = part.days.years.as_slice() else { return None };
        let one_year = years.to == Some(years.from) && years.from < 2100;
        let over = part.days.dates.iter().any(is_over);
        (one_year && over).then_some((index, years.from))
    })?;
    let of_days = |range: &DateRange| match range {
        DateRange::Months { from, to } => {
            let to_year = if from > to { year + 1 } else { year };
            let last = days_of_month(to_year, (*to).into());
            DateRange::Days {
                year: Some(year),
                from: YearDay::Day { month: *from, day: 1 },
                to_year: Some(to_year),
                to: YearDay::Day { month: *to, day: u8::try_from(last).unwrap_or(31) },
                step: 1,
            }
        }
        other => *other,
    };
    let days = &pattern.parts.get(index)?.days;
    let months = days.dates.iter().copied().filter(is_over).collect();
    let typed = Days { years: days.years.clone(), dates: months, ..Days::default() };
    let better = changed(pattern, |parts| {
        if let Some(part) = parts.get_mut(index) {
            part.days.years.clear();
            part.days.dates = part.days.dates.iter().map(of_days).collect();
        }
    });
    Some(Doubt {
        message: format!(
            "`{typed}` is only the months of {year}, so that it ends with December; where it is \
            to go on into {}, write `{better}`",
            year + 1
        ),
        better: Some(better),
    })
}
