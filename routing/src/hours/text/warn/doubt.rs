//! A doubt, and what finds and mends need of parts.

use crate::hours::pattern::{Part, Pattern, Span};

/// What may not be meant, and how the text would be without it.
pub(super) struct Doubt {
    pub(super) message: String,
    pub(super) better: Option<Pattern>,
}

impl From<String> for Doubt {
    fn from(message: String) -> Self {
        Self { message, better: None }
    }
}

pub(super) fn hours_within(a: &[Span], b: &[Span]) -> bool {
    a.iter().all(|a| b.iter().any(|b| b.start <= a.start && a.end <= b.end))
}

pub(super) fn hours_meet(a: &[Span], b: &[Span]) -> bool {
    a.iter().any(|a| b.iter().any(|b| a.start < b.end && b.start < a.end))
}

/// The pattern after a change of its parts.
pub(super) fn changed(pattern: &Pattern, change: impl FnOnce(&mut Vec<Part>)) -> Pattern {
    let mut pattern = pattern.clone();
    change(&mut pattern.parts);
    pattern
}

pub(super) fn text(part: &Part) -> String {
    part.to_string()
}
