//! The decision: pure and total. Everything it needs is passed in, and every input gets an answer.
//!
//! First match with overflow: the first rule in order whose conditions hold and that has somebody
//! to answer wins. Within a rule, agents named by `AgentIds` come before the rosters, rosters come
//! in their order, and in a list the lowest tier with an eligible agent is used.
//!
//! [`decide`] reads nothing itself: it says what it needs ([`Step`]) and is called again with that
//! known. [`run`] is the one loop that does so.

mod candidates;
mod decision;
mod eligible;
mod known;
mod rotation;
mod run;
mod strategy;
mod trace;
mod try_rule;

use chrono::{DateTime, Utc};

use crate::rows::condition::Asked;
use crate::session::Session;
use crate::snapshot::{LinkedRule, Snapshot};
pub use candidates::eligible_agents;
pub use decision::{Decision, Outcome, Reason, Remember};
pub use eligible::may_serve;
pub use known::{Known, LastAgent, Step, Wanted};
pub use rotation::{Rotation, Schedule};
pub use run::{Decided, FactSource, Tracing, run, run_ready};
pub use trace::{CandidateTrace, ConditionTrace, RuleTrace, Trace, Tracer, Verdict};
use try_rule::{Passed, Tried, try_rule};

/// What is to be decided, and by what.
#[derive(Debug, Clone, Copy)]
pub struct Question<'a> {
    /// The rules and agents in force.
    pub snapshot: &'a Snapshot,
    /// The request.
    pub session: &'a Session,
    /// The moment of the decision.
    pub now: DateTime<Utc>,
    /// `DEFAULT_AGENT_GROUP_ID`.
    pub default_group: Option<i64>,
}

impl<'a> Question<'a> {
    /// What conditions look at.
    fn asked(&self, known: &'a Known) -> Asked<'a> {
        Asked { session: self.session, now: self.now, customer: &known.customer }
    }
}

/// Decides who answers.
///
/// Asks for the customer, for what is remembered and for a turn only when a rule gets as far as to
/// need it.
pub fn decide(question: &Question<'_>, known: &Known, tracer: &mut Tracer) -> Step {
    // A trace has every rule; else those are passed over that cannot match this user.
    if tracer.is_on() {
        return first_match(question.snapshot.rules().iter(), question, known, tracer);
    }
    let Question { snapshot, session, now, .. } = *question;
    let candidates = snapshot.candidates(session, &known.customer, now);
    first_match(candidates, question, known, tracer)
}

/// The first of the rules that answers.
fn first_match<'a>(
    rules: impl Iterator<Item = &'a LinkedRule>,
    question: &Question<'a>,
    known: &Known,
    tracer: &mut Tracer,
) -> Step {
    let mut reason = Reason::NoRuleMatched;
    for linked in rules {
        let tried = try_rule(linked, question, known, tracer);
        tracer.rule(&linked.rule.id, &tried, &question.asked(known));
        match tried {
            Tried::Passed(Passed::Condition(_)) => {}
            Tried::Passed(Passed::NobodyEligible) => reason = Reason::NobodyEligible,
            Tried::Wants(wanted) => return Step::Read(wanted),
            Tried::Turn(rotation) => return Step::TakeTurn(rotation),
            Tried::Won(decision) => return Step::Decided(decision),
        }
    }
    let default_group = question.default_group;
    let outcome = if default_group.is_some() { Outcome::DefaultGroup } else { Outcome::NoMatch };
    Step::Decided(Decision::without_rule(outcome, reason, default_group))
}
