//! What an instance keeps to spare work: schedules computed, and last agents that it knows to be in
//! the table.

use std::collections::HashMap;
use std::hash::{Hash, Hasher};
use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};
use siphasher::sip::SipHasher24;

use routing::decide::Schedule;

/// Most schedules kept; one of 1,000 agents takes at most 200 KB.
const MAX_SCHEDULES: usize = 32;
/// Most users whose last agent is kept.
const MAX_USERS: usize = 10_000;
/// How long an instance takes what it wrote for what the table says: another instance may have
/// written since.
const KNOWN_FOR: TimeDelta = TimeDelta::minutes(10);

/// An instance's memory.
#[derive(Debug, Default)]
pub struct Memory {
    schedules: Mutex<HashMap<Box<[u32]>, Arc<Schedule>>>,
    /// A hash of the user → one of the agent, and since when.
    last_agents: Mutex<HashMap<u64, (u64, DateTime<Utc>)>>,
}

impl Memory {
    /// The schedule of agents with these weights.
    pub(crate) fn schedule(&self, weights: &[u32]) -> Arc<Schedule> {
        let mut schedules = self.schedules.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(schedule) = schedules.get(weights) {
            return Arc::clone(schedule);
        }
        if schedules.len() >= MAX_SCHEDULES {
            schedules.clear();
        }
        let schedule = Arc::new(Schedule::new(weights));
        schedules.insert(weights.into(), Arc::clone(&schedule));
        schedule
    }

    /// Whether the table is known to have this agent as the user's last.
    pub(crate) fn knows(&self, user: &str, agent_id: &str, now: DateTime<Utc>) -> bool {
        let last_agents = self.last_agents.lock().unwrap_or_else(PoisonError::into_inner);
        last_agents
            .get(&hash(user))
            .is_some_and(|(agent, since)| *agent == hash(agent_id) && is_fresh(*since, now))
    }

    /// The table has this agent as the user's last, as of now.
    pub(crate) fn note(&self, user: &str, agent_id: &str, now: DateTime<Utc>) {
        let mut last_agents = self.last_agents.lock().unwrap_or_else(PoisonError::into_inner);
        if last_agents.len() >= MAX_USERS {
            last_agents.retain(|_, (_, since)| is_fresh(*since, now));
            if last_agents.len() >= MAX_USERS {
                last_agents.clear();
            }
        }
        last_agents.insert(hash(user), (hash(agent_id), now));
    }

    /// Nothing is known of the user's last agent any more: a write may or may not have arrived.
    pub(crate) fn forget(&self, user: &str) {
        self.last_agents.lock().unwrap_or_else(PoisonError::into_inner).remove(&hash(user));
    }
}

fn is_fresh(since: DateTime<Utc>, now: DateTime<Utc>) -> bool {
    (TimeDelta::zero()..KNOWN_FOR).contains(&now.signed_duration_since(since))
}

fn hash(text: &str) -> u64 {
    let mut hasher = SipHasher24::new();
    text.hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_last_agent_is_known_for_a_while() {
        let (memory, now) =
            (Memory::default(), DateTime::from_timestamp(1_795_000_000, 0).unwrap());
        assert!(!memory.knows("u", "ann", now));
        memory.note("u", "ann", now);
        for (user, agent, seconds, known) in [
            ("u", "ann", 0, true),
            ("u", "ann", 599, true),
            ("u", "ann", 600, false),
            ("u", "ann", -1, false),
            ("u", "bob", 0, false),
            ("v", "ann", 0, false),
        ] {
            assert_eq!(
                memory.knows(user, agent, now + TimeDelta::seconds(seconds)),
                known,
                "{user} {agent} {seconds}"
            );
        }
        memory.note("u", "bob", now);
        assert!(memory.knows("u", "bob", now) && !memory.knows("u", "ann", now));
        memory.forget("u");
        assert!(!memory.knows("u", "bob", now));
    }

    #[test]
    fn it_does_not_grow_without_end() {
        let (memory, now) =
            (Memory::default(), DateTime::from_timestamp(1_795_000_000, 0).unwrap());
        for user in 0..3 * MAX_USERS {
            memory.note(&user.to_string(), "ann", now);
        }
        for weight in 1..200 {
            memory.schedule(&[weight, 1]);
        }
        assert!(memory.last_agents.lock().unwrap().len() <= MAX_USERS);
        assert!(memory.schedules.lock().unwrap().len() <= MAX_SCHEDULES);
        assert!(Arc::ptr_eq(&memory.schedule(&[5, 5]), &memory.schedule(&[5, 5])), "computed once");
    }
}
