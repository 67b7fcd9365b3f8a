//! `round_robin`: whose turn it is.
//!
//! # The schedule
//!
//! The agents eligible now, with whole weights *w* that add up to *W*, share a *round* of *W*
//! sessions, slots 0 to *W* − 1. At each slot, of the agents who are not ahead of their exact
//! share, the one whose next session is due first is served; ties go to the lower `AgentId`. An
//! agent's session *k*, counted from 0, may thus be in the slots from ⌈kW/w⌉ to before ⌈(k+1)W/w⌉.
//! That keeps every count within 1 of its exact share at every slot, and within 2 counted from any
//! later one, if every session finds a slot in its window. It does: *m* sessions of one agent whose
//! windows lie in slots *a* to before *b* have (*b* − *a* + 1) > *mW*/*w*, so all such sessions of
//! all agents are fewer than *b* − *a* + 1, which is Hall's condition, and the earliest deadline
//! first meets every deadline that can be met (Jackson, 1955; the windows are those of
//! proportionate progress, Baruah et al., 1996). Weights with a common divisor have a shorter
//! round.
//!
//! # The position
//!
//! All that is stored is one number for each rule and roster: the position, in rounds. A turn adds
//! 1/*W* to it, which DynamoDB does atomically and without a read, and the part of the position
//! after the point says where in the schedule of *whoever is eligible now* the turn falls. Each
//! turn gets another position, so no two callers get the same turn. When somebody joins or leaves,
//! the others go on from the same place in the round, a newcomer is served from there on like
//! everybody, and nobody is owed anything for an absence.
//!
//! Rounding: 1/*W* is rounded up and the slot down, so that a fixed set of agents meets every slot
//! once a round; the error is below one slot in 10¹³ turns.
//!
//! # What was rejected
//!
//! - A counter of turns, taken modulo *W*: when *W* changes, the place in the round jumps, and when
//!   two sets of agents alternate (instances with rows of different age, somebody on and off shift)
//!   each sees only every other turn, so that some are never served.
//! - A counter for each set of agents: exact for each set, but every new set begins anew, which
//!   favours whoever comes first in it; over many changes this was the least even in a simulation.
//!   And the state grows with the sets.
//! - Counts or credits for each agent: the next agent depends on what is read, so it takes a read
//!   and a conditional write, and again after every conflict; up to 1,000 credits make every write
//!   several times as dear.
//! - Stride scheduling and smooth weighted round robin (as in nginx): both leave the bound of 1 for
//!   some weights.
//! - A draw by weight or hash: no state, but even only over many sessions. It is what a turn falls
//!   back to when the table does not answer.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::sync::Arc;

/// One round, in the position's units.
const ROUND: u128 = 1_000_000_000_000_000_000;

/// Longest schedule that is computed: 1,000 agents of the highest weight.
const MAX_SLOTS: u32 = 100_000;

/// A rotation of which a turn is to be taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rotation {
    /// Each rule has a rotation of its own.
    pub rule_id: Arc<str>,
    /// The rule's list: a roster by its compared name, or `AgentIds`.
    pub list: String,
    /// Most agents to answer.
    pub most: usize,
    weights: Vec<u32>,
}

impl Rotation {
    /// A rotation of a rule's list among agents with these weights, in the order of their ids.
    pub fn new(rule_id: &Arc<str>, list: &str, mut weights: Vec<u32>, most: usize) -> Self {
        // Far more agents than a team has would take too long to compute: then shares are rounded.
        let excess = total(&weights).div_ceil(divisor(&weights)).div_ceil(MAX_SLOTS);
        if excess > 1 {
            for weight in &mut weights {
                *weight = weight.div_ceil(excess);
            }
        }
        Self { rule_id: Arc::clone(rule_id), list: list.to_owned(), most, weights }
    }

    /// The weights of the agents that take turns.
    pub fn weights(&self) -> &[u32] {
        &self.weights
    }

    /// What one turn adds to the position.
    pub fn step(&self) -> u128 {
        ROUND.div_ceil(u128::from(total(&self.weights).max(1)))
    }
}

fn total(weights: &[u32]) -> u32 {
    weights.iter().fold(0, |sum, weight| sum.saturating_add(*weight))
}

/// The weights' greatest common divisor; 1 when there is none.
fn divisor(weights: &[u32]) -> u32 {
    weights.iter().copied().fold(0, gcd).max(1)
}

fn gcd(a: u32, b: u32) -> u32 {
    if b == 0 { a } else { gcd(b, a % b) }
}

/// The order in which agents with these weights are served.
#[derive(Debug, PartialEq, Eq)]
pub struct Schedule {
    agents: usize,
    /// The weights' greatest common divisor: the schedule comes round so many times in a round.
    divisor: u32,
    slots: Vec<u16>,
}

impl Schedule {
    /// The schedule of agents with these weights, of which the first 65,536 take part. Takes time
    /// in proportion to the weights' sum.
    pub fn new(weights: &[u32]) -> Self {
        let divisor = divisor(weights);
        let length = total(weights) / divisor;
        // Of an agent: when its next session may be and when it is due, and how many it had of how
        // many.
        let mut ahead = BinaryHeap::with_capacity(weights.len());
        let mut waiting = BinaryHeap::with_capacity(weights.len());
        for (agent, weight) in (0..=u16::MAX).zip(weights).filter(|(_, weight)| **weight > 0) {
            ahead.push(Reverse((0_u64, agent, 0, weight / divisor)));
        }
        let mut slots = Vec::with_capacity(length as usize);
        for slot in 0..length {
            while let Some(Reverse((from, agent, served, share))) = ahead.peek().copied()
                && from <= u64::from(slot)
            {
                ahead.pop();
                waiting.push(Reverse((due_before(served, length, share), agent, served, share)));
            }
            let Some(Reverse((_, agent, served, share))) = waiting.pop() else { break };
            slots.push(agent);
            if served + 1 < share {
                ahead.push(Reverse((
                    may_be_from(served + 1, length, share),
                    agent,
                    served + 1,
                    share,
                )));
            }
        }
        Self { agents: weights.len(), divisor, slots }
    }

    /// Whose turn it is at `position`: at most `most` agents by their places in the list of
    /// weights, this turn's own first, then those whose turns are next.
    pub fn turn(&self, position: u128, most: usize) -> Vec<usize> {
        let length = self.slots.len();
        let part = (position % ROUND) * u128::from(self.divisor) % ROUND;
        let slot = usize::try_from(part * length as u128 / ROUND).unwrap_or_default();
        let mut chosen = Vec::with_capacity(most.min(self.agents));
        let mut seen = vec![false; self.agents];
        for agent in self.slots.iter().cycle().skip(slot).take(length) {
            if chosen.len() >= most {
                break;
            }
            if let Some(seen) = seen.get_mut(usize::from(*agent))
                && !std::mem::replace(seen, true)
            {
                chosen.push(usize::from(*agent));
            }
        }
        chosen
    }
}

/// The slot before which session number `session` (from 0) of an agent is due: ⌈(session + 1) ·
/// length / share⌉.
fn due_before(session: u32, length: u32, share: u32) -> u64 {
    ((u64::from(session) + 1) * u64::from(length)).div_ceil(u64::from(share.max(1)))
}

/// The slot from which the agent is not ahead of its share before that session: ⌈session · length /
/// share⌉.
fn may_be_from(session: u32, length: u32, share: u32) -> u64 {
    (u64::from(session) * u64::from(length)).div_ceil(u64::from(share.max(1)))
}

#[cfg(test)]
mod tests;
