//! A part while it is read.

use super::super::pattern::{Days, Joint, Part, Span};

#[derive(Default)]
pub(super) struct Draft {
    /// Days before a comma that share the hours.
    pub(super) pending: Vec<Days>,
    pub(super) days: Days,
    pub(super) spans: Vec<Span>,
    pub(super) off: bool,
    pub(super) open: bool,
    /// The hours stand before the days.
    pub(super) hours_first: bool,
    /// `off` stands before the days.
    pub(super) off_first: bool,
    /// It is said to be other than what stands before it.
    pub(super) excepted: bool,
    /// It counts instead of the part before it, on its days.
    pub(super) instead: bool,
    /// It is a break: closed within hours that stand before it.
    pub(super) is_break: bool,
    /// Days and hours that are closed, but not the part itself.
    closed: Vec<(Days, Vec<Span>)>,
}

impl Draft {
    pub(super) fn has_days(&self) -> bool {
        !self.days.is_every_day() || !self.pending.is_empty()
    }

    pub(super) fn has_hours(&self) -> bool {
        !self.spans.is_empty() || self.off
    }

    /// Whether it has hours that are open.
    pub(super) fn is_open(&self) -> bool {
        !self.spans.is_empty() && !self.off
    }

    pub(super) fn is_empty(&self) -> bool {
        !self.has_days() && !self.has_hours() && !self.open
    }

    /// The part is of all days but these.
    pub(super) fn close_days(&mut self, days: Days) {
        self.closed.push((days, Vec::new()));
    }

    /// Whether the last of the hours are a stretch of others.
    pub(super) fn last_hours_lie_within(&self) -> bool {
        let Some((last, others)) = self.spans.split_last() else { return false };
        others.iter().any(|span| span != last && span.start <= last.start && last.end <= span.end)
    }

    /// The last of the hours are closed; the part itself, if there are no others.
    pub(super) fn close_last_hours(&mut self) {
        if self.spans.len() > 1 {
            let last = self.spans.pop();
            self.closed.push((Days::default(), last.into_iter().collect()));
        } else {
            (self.off, self.off_first, self.is_break) = (true, true, true);
        }
    }

    pub(super) fn all_days(&mut self) -> impl Iterator<Item = &mut Days> {
        let closed = self.closed.iter_mut().map(|(days, _)| days);
        self.pending.iter_mut().chain([&mut self.days]).chain(closed)
    }

    /// Adds the part, and what is closed beside it. False when a break lies in no hours.
    pub(super) fn add_to(self, parts: &mut Vec<Part>, joint: Joint) -> bool {
        let lies_in_hours = |parts: &[Part], spans: &[Span]| {
            let mut open = parts.iter().filter(|part| !part.off).flat_map(|part| &part.spans);
            let within =
                |span: &Span| spans.iter().all(|b| span.start < b.end && b.start < span.end);
            open.any(within)
        };
        if self.is_break && !lies_in_hours(parts, &self.spans) {
            return false;
        }
        for days in self.pending.into_iter().chain([self.days]) {
            parts.push(Part { joint, days, spans: self.spans.clone(), off: self.off });
        }
        for (days, spans) in self.closed {
            if !spans.is_empty() && !lies_in_hours(parts, &spans) {
                return false;
            }
            parts.push(Part { joint: Joint::Replace, days, spans, off: true });
        }
        true
    }

    /// The days, as they are written.
    pub(super) fn days_in_words(&self) -> String {
        let all = self.pending.iter().chain([&self.days]);
        all.map(Days::to_string).filter(|text| !text.is_empty()).collect::<Vec<_>>().join(",")
    }
}
