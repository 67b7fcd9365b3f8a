//! The hashes behind `Percent`, `hash` and `sticky`: the same on every machine, in every build, for
//! ever.
//!
//! Text is hashed by SipHash-2-4 (Aumasson and Bernstein, 2012). Its 128-bit key separates the
//! purposes, so that a user's place in a `Percent` split says nothing about the agent that `sticky`
//! gives:
//!
//! | hash | key (first half, second half) | input |
//! | --- | --- | --- |
//! | place on a split line | 1, SipHash(1, 0, `PercentKey`) | `ClientUserId` |
//! | session, for `hash` and the order of `all` | 2, 0 | `SessionId` |
//! | user, for `sticky` | 3, 0 | `ClientUserId` |
//! | agent | 4, 0 | `AgentId` |
//!
//! Weighted rendezvous hashing (Schindelhauer and Schomaker, 2005): of agents with weights *w*, the
//! one with the lowest `-ln(u) / w` wins, where `u` in (0, 1) is drawn from `mix` of the two
//! hashes. Each wins in proportion to its weight, and an agent that leaves or joins moves only its
//! own share. The logarithm is `libm`'s, which gives the same bits everywhere.

use std::hash::Hasher;

use siphasher::sip::SipHasher24;

use crate::packed::packed_wrapper;

const SPLIT: u64 = 1;
const SESSION: u64 = 2;
const USER: u64 = 3;
const AGENT: u64 = 4;

fn sip(purpose: u64, key: u64, text: &str) -> u64 {
    let mut hasher = SipHasher24::new_with_keys(purpose, key);
    hasher.write(text.as_bytes());
    hasher.finish()
}

/// Names one shuffle of all users; rules with the same `PercentKey` share it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SplitKey(u64);

packed_wrapper!(SplitKey);

impl SplitKey {
    /// The shuffle of this `PercentKey`.
    pub fn new(percent_key: &str) -> Self {
        Self(sip(SPLIT, 0, percent_key))
    }

    /// The user's place on the line, in percent: 0 inclusive to 100 exclusive.
    pub fn place(self, client_user_id: &str) -> f64 {
        unit(sip(SPLIT, self.0, client_user_id)) * 100.0
    }
}

/// What an agent is drawn for: a session or a user.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Draw(u64);

impl Draw {
    /// For this session.
    pub(crate) fn session(session_id: &str) -> Self {
        Self(sip(SESSION, 0, session_id))
    }

    /// For this user.
    pub(crate) fn user(client_user_id: &str) -> Self {
        Self(sip(USER, 0, client_user_id))
    }

    /// The agent's score; the lowest wins. An agent of weight 0 never wins.
    pub(crate) fn score(self, agent: AgentHash, weight: u32) -> f64 {
        if weight == 0 {
            return f64::INFINITY;
        }
        // Half a step above the grid point, so that u is never 0.
        let u = unit(mix(self.0, agent.0)) + f64::EPSILON / 4.0;
        -libm::log(u) / f64::from(weight)
    }
}

/// The hash of an agent's id, computed once per load.
#[derive(Debug, Clone, Copy)]
pub(crate) struct AgentHash(u64);

impl AgentHash {
    pub(crate) fn new(agent_id: &str) -> Self {
        Self(sip(AGENT, 0, agent_id))
    }
}

/// The top 53 bits as a number from 0 inclusive to 1 exclusive.
fn unit(hash: u64) -> f64 {
    const STEP: f64 = 1.0 / (1u64 << 53) as f64;
    (hash >> 11) as f64 * STEP
}

/// Mixes two hashes: the finalizer of SplitMix64 (Steele, Lea and Flood, 2014) over their exclusive
/// or.
fn mix(a: u64, b: u64) -> u64 {
    let mut z = a ^ b;
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The key and input of the published test vectors: bytes 0, 1, 2, … (appendix A of the SipHash
    /// paper).
    #[test]
    fn siphash_is_the_published_one() {
        let mut hasher = SipHasher24::new_with_keys(0x0706_0504_0302_0100, 0x0f0e_0d0c_0b0a_0908);
        hasher.write(&(0..15).collect::<Vec<u8>>());
        assert_eq!(hasher.finish(), 0xa129_ca61_49be_45e5);
    }

    /// These values must never change: users would move between trial and control, and sticky users
    /// to other agents.
    #[test]
    fn the_hashes_are_pinned() {
        assert_eq!(format!("{:.6}", SplitKey::new("trial").place("user-1")), PINNED_PLACE);
        let score = Draw::session("session-1").score(AgentHash::new("ann"), 3);
        assert_eq!(format!("{score:.9}"), PINNED_SCORE);
        let score = Draw::user("user-1").score(AgentHash::new("ann"), 1);
        assert_eq!(format!("{score:.9}"), PINNED_STICKY);
    }

    /// Where both hashes are the same, u is half a step above 0: the score is ln(2⁵⁴).
    #[test]
    fn the_highest_score_is_finite() {
        assert_eq!(format!("{:.9}", Draw(7).score(AgentHash(7), 1)), "37.429947750");
    }

    const PINNED_PLACE: &str = "61.506717";
    const PINNED_SCORE: &str = "0.012222382";
    const PINNED_STICKY: &str = "0.515789004";
}
