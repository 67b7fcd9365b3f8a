//! What a decision knows beyond the snapshot, and what it may ask for. `decide` itself reads
//! nothing: it says what it needs, and is called again with that known.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};

use super::{Decision, Rotation};
use crate::rows::{Customer, Fact};

/// Everything that was read for one decision.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Known {
    /// The customer's row; `None` = there is none.
    pub customer: Fact<Option<Customer>>,
    /// The decision made for the same event before; `None` = there was none.
    pub earlier: Fact<Option<Decision>>,
    /// Who last served the user; `None` = nobody, as far as is remembered.
    pub last_agent: Fact<Option<LastAgent>>,
    /// The turn of the rotation that was asked for: places in its list of agents, the turn's own
    /// first.
    pub turn: Fact<Vec<usize>>,
}

impl Known {
    /// Knows the customer, and nothing else.
    pub fn customer(customer: Option<Customer>) -> Self {
        Self { customer: Fact::Is(customer), ..Self::default() }
    }
}

/// Who last served a user.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LastAgent {
    /// `AgentId`; there may be no row of the agent any more.
    pub agent_id: Arc<str>,
    /// When that was.
    pub served_at: DateTime<Utc>,
}

impl LastAgent {
    /// Whether that was at most `days` ago.
    pub fn is_within(&self, days: u32, now: DateTime<Utc>) -> bool {
        now.signed_duration_since(self.served_at) <= TimeDelta::days(i64::from(days))
    }
}

/// What to read before deciding again. All of it can be read at the same time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Wanted {
    /// [`Known::customer`].
    pub customer: bool,
    /// [`Known::earlier`].
    pub earlier: bool,
    /// [`Known::last_agent`].
    pub last_agent: bool,
}

impl Wanted {
    /// One read: the customer's row, and nothing of the assignments table.
    pub(super) const CUSTOMER: Self = Self { customer: true, earlier: false, last_agent: false };

    /// Whether there is anything to read.
    pub(super) fn is_something(self) -> bool {
        self.customer || self.earlier || self.last_agent
    }
}

/// A step of the decision.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Step {
    /// Done.
    Decided(Decision),
    /// Read these, and decide again with them.
    Read(Wanted),
    /// Take the next turn of this rotation, and decide again with [`Known::turn`].
    TakeTurn(Rotation),
}
