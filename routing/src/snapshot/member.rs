//! An agent in force, and the lists that it is on.

use std::collections::HashMap;
use std::sync::Arc;

use crate::hash::AgentHash;
use crate::release::Standing;
use crate::rows::agent::Agent;

/// The agents on each roster, by tier.
pub(super) type Rosters = HashMap<Arc<str>, Arc<[ListedMember]>>;

/// An agent in a list, by place among the members.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ListedMember {
    pub(crate) member: usize,
    pub(crate) tier: u32,
}

/// An agent and what is computed about it once.
#[derive(Debug)]
pub struct Member {
    /// As it was read from its row.
    pub agent: Agent,
    pub(crate) hash: AgentHash,
    pub(crate) standing: Standing,
}

impl Member {
    /// Whether the agent's row is neither in error nor disabled.
    pub fn is_in_use(&self) -> bool {
        self.standing == Standing::Ready
    }
}

/// A list by tier, each member once.
pub(super) fn by_tier(mut candidates: Vec<ListedMember>) -> Vec<ListedMember> {
    candidates.sort_by_key(|candidate| candidate.tier);
    // A roster named twice in other letters (`Support`, `support`) counts once, with the lower
    // tier.
    let mut seen = std::collections::HashSet::new();
    candidates.retain(|candidate| seen.insert(candidate.member));
    candidates
}
