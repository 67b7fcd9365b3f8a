//! The decision: pure and total. Everything it needs is passed in, and every input gets an answer.
//!
//! First match with overflow: the first rule in order whose conditions hold and that has somebody
//! to answer wins. Within a rule, agents named by `AgentIds` come before the rosters, rosters come
//! in their order, and in a list the lowest tier with an eligible agent is used.
//!
//! `first_match::decide` reads nothing itself: it says what it needs, and is called again with that
//! known. [`run`] is the one loop that does so, and the only way to a decision.

mod candidates;
mod decision;
mod eligible;
mod first_match;
mod known;
mod question;
mod rotation;
mod run;
mod strategy;
mod trace;
mod tried;
mod try_rule;

pub(crate) use candidates::eligible_agents;
pub use decision::{Decision, Degraded, Outcome, Reason, Remember};
pub(crate) use eligible::{Unfit, may_serve, unfit};
pub use known::{Known, LastAgent, Wanted};
pub use question::Question;
pub use rotation::{Rotation, Schedule};
pub use run::{Decided, FactSource, Tracing, run, run_ready};
pub(crate) use trace::not_asked;
pub use trace::{CandidateTrace, ConditionTrace, PartTrace, RuleResult, RuleTrace, Trace};
