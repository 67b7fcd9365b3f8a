//! What is to be decided, and by what.

use chrono::{DateTime, Utc};

use super::known::Known;
use crate::rows::condition::Asked;
use crate::session::Session;
use crate::snapshot::Snapshot;

/// What is to be decided, and by what.
#[derive(Debug, Clone, Copy)]
pub struct Question<'a> {
    /// The rules and agents in force.
    pub snapshot: &'a Snapshot,
    /// Who asks: user, app, platform, address.
    pub session: &'a Session,
    /// The moment of the decision.
    pub now: DateTime<Utc>,
    /// `DEFAULT_AGENT_GROUP_ID`.
    pub default_group: Option<i64>,
}

impl<'a> Question<'a> {
    /// What conditions look at.
    pub(super) fn asked(&self, known: &'a Known) -> Asked<'a> {
        Asked { session: self.session, now: self.now, customer: &known.customer }
    }
}
