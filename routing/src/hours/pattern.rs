//! One opening_hours text, evaluated day by day.
//!
//! The grammar and the day selectors (weekdays, dates, weeks, holidays, Easter) are those of the
//! `opening-hours` crate. The parts are put together here, because ours differs in one point: **a
//! window belongs to the day it starts on**. A later part that replaces or closes a day leaves
//! alone the night that began the day before, which the library cuts at midnight.

use std::ops::Range;

use chrono::{Datelike, NaiveDate};
use opening_hours::OpeningHours;
use opening_hours_syntax::rules::{RuleKind, RuleOperator};

/// Minutes of a day.
pub(crate) const DAY: u16 = 24 * 60;

/// A stretch of minutes, counted from the midnight that its day begins with; it may reach into the
/// next day (up to 48:00).
pub(crate) type Span = Range<u16>;

/// The days that a part speaks of.
#[derive(Debug, Clone)]
pub(super) enum Days {
    /// Days of the week: bit 0 is Monday.
    Weekdays(u8),
    /// Anything else, left to the library.
    Selector(OpeningHours),
}

impl Days {
    fn contain(&self, date: NaiveDate) -> bool {
        match self {
            Self::Weekdays(mask) => mask & (1 << date.weekday().num_days_from_monday()) != 0,
            // A selector is parsed without times, so that the whole of each of its days is open and
            // no other day is.
            Self::Selector(days) => !days.schedule_at(date).is_empty(),
        }
    }
}

/// One part of the text, between `;`, `,` or `||`.
#[derive(Debug, Clone)]
pub(super) struct Part {
    pub(super) days: Days,
    pub(super) spans: Vec<Span>,
    pub(super) operator: RuleOperator,
    pub(super) kind: RuleKind,
}

impl Part {
    /// `off` without times: closes a date, not hours.
    fn closes_the_date(&self) -> bool {
        self.kind == RuleKind::Closed
            && self.spans.len() == 1
            && self.spans.first() == Some(&(0..DAY))
    }

    /// Removes the hours that this `off` part closes from the windows of `date`, wherever the
    /// part's own days lie.
    fn close_hours(&self, date: NaiveDate, windows: &mut Vec<Span>) {
        let cut = |windows: &mut Vec<Span>, day: Option<NaiveDate>, shift: i32| {
            if day.is_some_and(|day| self.days.contain(day)) {
                for span in &self.spans {
                    subtract(windows, i32::from(span.start) + shift..i32::from(span.end) + shift);
                }
            }
        };
        cut(windows, date.pred_opt(), -i32::from(DAY));
        cut(windows, Some(date), 0);
        cut(windows, date.succ_opt(), i32::from(DAY));
    }
}

/// A parsed text.
#[derive(Debug, Clone)]
pub struct Pattern {
    pub(super) parts: Vec<Part>,
}

impl Pattern {
    /// The windows that start on `date`, in order and disjoint.
    pub(crate) fn starting(&self, date: NaiveDate) -> Vec<Span> {
        self.fold(date, false)
    }

    /// Whether a later `;` part could take away hours of an earlier one.
    pub(super) fn may_override(&self) -> bool {
        let open = |part: &&Part| part.kind == RuleKind::Open;
        self.parts.iter().filter(open).count() > 1
            && self
                .parts
                .iter()
                .skip(1)
                .filter(open)
                .any(|part| part.operator == RuleOperator::Normal)
    }

    /// A date from `days` on which a later `;` part takes away hours of an earlier one, with those
    /// hours.
    pub(super) fn overridden(
        &self,
        mut days: impl Iterator<Item = NaiveDate>,
    ) -> Option<(NaiveDate, Span)> {
        days.find_map(|date| {
            let mut lost = self.fold(date, true);
            for kept in self.fold(date, false) {
                subtract(&mut lost, i32::from(kept.start)..i32::from(kept.end));
            }
            lost.into_iter().next().map(|span| (date, span))
        })
    }

    /// Whether all days are days of the week, so that one week shows everything.
    pub(super) fn is_weekly(&self) -> bool {
        self.parts.iter().all(|part| matches!(part.days, Days::Weekdays(_)))
    }

    fn fold(&self, date: NaiveDate, always_add: bool) -> Vec<Span> {
        let mut windows = Vec::new();
        for part in &self.parts {
            if part.kind != RuleKind::Open && !part.closes_the_date() {
                part.close_hours(date, &mut windows);
                continue;
            }
            let skipped_fallback = part.operator == RuleOperator::Fallback && !windows.is_empty();
            if skipped_fallback || !part.days.contain(date) {
                continue;
            }
            let replace = part.kind != RuleKind::Open
                || (part.operator == RuleOperator::Normal && !always_add);
            if replace {
                windows.clear();
            }
            if part.kind == RuleKind::Open {
                windows.extend(part.spans.iter().cloned());
                merge(&mut windows);
            }
        }
        windows
    }
}

/// Puts the windows in order and joins those that touch.
fn merge(windows: &mut Vec<Span>) {
    windows.sort_unstable_by_key(|span| span.start);
    windows.dedup_by(|next, kept| {
        let touches = next.start <= kept.end;
        if touches {
            kept.end = kept.end.max(next.end);
        }
        touches
    });
}

/// Takes `cut` (which may lie before the day) out of the windows.
fn subtract(windows: &mut Vec<Span>, cut: Range<i32>) {
    let clamp =
        |minute: i32| u16::try_from(minute.clamp(0, 2 * i32::from(DAY))).unwrap_or_default();
    let cut = clamp(cut.start)..clamp(cut.end);
    *windows = windows
        .drain(..)
        .flat_map(|span| [span.start..span.end.min(cut.start), span.start.max(cut.end)..span.end])
        .filter(|span| span.start < span.end)
        .collect();
}
