//! What an instance knows of releases.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use routing::release::Pointer;
use routing::snapshot::Snapshot;

use crate::webhook::current::CLOCK_SET_BACK;

/// A release that nobody has compared with the rows for so long is marked.
const CHECKED_WITHIN: TimeDelta = TimeDelta::minutes(15);

/// The release in force, and what the looks found.
#[derive(Default)]
pub(super) struct ReleaseState {
    pub(super) in_force: Option<LoadedRelease>,
    /// The highest number seen.
    pub(super) highest: u64,
    /// `CheckedAt` as last read.
    pub(super) checked_at: Option<DateTime<Utc>>,
    /// When a look last found all well.
    pub(super) good_at: Option<DateTime<Utc>>,
    pub(super) next_look: Option<DateTime<Utc>>,
    pub(super) is_failing: bool,
    /// A consistent read found no release, and none is in force.
    pub(super) has_none: bool,
    /// A content that could not be used, and when it is tried again.
    pub(super) refused: Option<(String, DateTime<Utc>)>,
    pub(super) was_stale: bool,
}

/// A release that callbacks are answered by.
pub(super) struct LoadedRelease {
    pub(super) snapshot: Arc<Snapshot>,
    pub(super) number: u64,
    pub(super) content: String,
}

impl ReleaseState {
    /// Whether it is time for a look.
    pub(super) fn is_due(&self, now: DateTime<Utc>) -> bool {
        let was_set_back = self.good_at.is_some_and(|at| at - now > CLOCK_SET_BACK);
        (self.in_force.is_none() && !self.has_none)
            || was_set_back
            || self.next_look.is_none_or(|next| now >= next)
    }

    /// Whether nobody has compared the release with the rows for too long.
    pub(super) fn is_stale(&self, now: DateTime<Utc>) -> bool {
        self.checked_at.is_some_and(|at| now - at > CHECKED_WITHIN)
    }

    /// Takes note of a look at `now` that found all well.
    pub(super) fn accept(&mut self, pointer: &Pointer, now: DateTime<Utc>, next: DateTime<Utc>) {
        self.checked_at = pointer.checked_at;
        self.good_at = Some(now);
        self.next_look = Some(next);
        self.is_failing = false;
        self.refused = None;
    }
}
