//! All rules or all agents gone, where there are no releases: a mistake, maybe, so the earlier rows
//! stay in force for a while. (A release that looks like an accident waits: `routing::release`.)

use chrono::{DateTime, Utc};

use routing::release::BELIEVED_AFTER;
use routing::snapshot::{Member, Snapshot};

/// Since when all rules, or all agents, are gone.
#[derive(Debug, Default)]
pub(super) struct LostRows {
    since: Option<DateTime<Utc>>,
}

impl LostRows {
    /// Whether the rows found at `now` come into force: nothing is lost, or it is for so long that
    /// it is meant.
    pub(super) fn is_believed(&mut self, is_lost: bool, now: DateTime<Utc>) -> bool {
        let since = is_lost.then(|| *self.since.get_or_insert(now));
        self.since = since;
        since.is_none_or(|since| now - since >= BELIEVED_AFTER)
    }
}

/// What of `before` is gone whole in `now`, and what that means.
pub(super) fn lost(before: &Snapshot, now: &Snapshot) -> Option<String> {
    let agents = |snapshot: &Snapshot| snapshot.members().iter().any(Member::is_in_use);
    let gone = if now.rules().is_empty() && !before.rules().is_empty() {
        "the rules table has no usable rule any more"
    } else if agents(before) && !agents(now) {
        "the agents table has no agent in use any more"
    } else {
        return None;
    };
    Some(format!(
        "{gone}; the earlier rows stay in force for {} minutes, in case this is a mistake",
        BELIEVED_AFTER.num_minutes()
    ))
}
