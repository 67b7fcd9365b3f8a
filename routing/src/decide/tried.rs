//! What came of one rule.

use super::decision::Decision;
use super::known::Wanted;
use super::rotation::Rotation;
use crate::rows::condition::Condition;

/// What came of a rule.
pub(super) enum Tried<'a> {
    /// It does not answer; the next is tried.
    Passed(Passed<'a>),
    /// It cannot say before this is read.
    Wants(Wanted),
    /// It cannot say before a turn of this rotation is taken.
    Turn(Rotation),
    /// It answers.
    Won(Decision),
}

/// Why a rule does not answer.
pub(super) enum Passed<'a> {
    /// This condition does not hold.
    Condition(&'a Condition),
    /// All conditions hold, but no agent is eligible.
    NobodyEligible,
}
