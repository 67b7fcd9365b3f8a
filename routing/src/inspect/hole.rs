//! What a hole is, for `check` and `coverage` alike: a time at which a user finds nobody. What
//! overflow, a later rule, a group or the default group answers is none.

use crate::decide::{Decision, Outcome, Reason};
use crate::rows::rule::Rule;

/// Why this decision leaves a hole; `None` when somebody or a group answers.
pub(super) fn of(decision: &Decision) -> Option<&'static str> {
    matches!(decision.outcome, Outcome::NoMatch | Outcome::Fallback)
        .then_some("no rule answers and there is no default group")
}

/// Why a group answers in place of agents whom a rule names; `None` when no rule wanted agents, or
/// one has them.
pub(super) fn group_instead(decision: &Decision) -> Option<&'static str> {
    match (decision.outcome, decision.reason) {
        (Outcome::DefaultGroup, Reason::NobodyEligible) => {
            Some("nobody is eligible, so the default group answers")
        }
        (Outcome::Group, Reason::GroupIfNobody) => Some("nobody is eligible, so its group answers"),
        _ => None,
    }
}

/// Whether this rule answers whenever its conditions hold, whoever is there.
pub(super) fn always_answers(rule: &Rule) -> bool {
    !rule.names_agents() || rule.group_if_nobody
}
