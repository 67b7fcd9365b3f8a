//! How a decision came about, written by the same code that decides. Off, it costs nothing: what to
//! write is a closure.

use serde::Serialize;

use super::Reason;
use super::tried::{Passed, Tried};
use crate::rows::condition::{Asked, Compared};

/// Every rule tried, in order, up to the one that won.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Trace {
    /// The rules.
    pub rules: Vec<RuleTrace>,
}

/// One rule tried.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RuleTrace {
    /// The rule.
    pub rule_id: String,
    /// What came of it.
    pub verdict: Verdict,
    /// The first condition that failed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub condition: Option<ConditionTrace>,
    /// The agents looked at, list by list.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub candidates: Vec<CandidateTrace>,
}

/// What came of a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// A condition did not hold.
    ConditionFailed,
    /// All conditions hold, but no agent is eligible.
    NobodyEligible,
    /// The rule answers.
    Won,
    /// The rule remembers its decisions, and the same event was decided before.
    Repeated,
}

/// A condition that failed, with the values compared.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ConditionTrace {
    /// The attribute.
    pub attribute: &'static str,
    /// What the rule asks for, cut at 100 characters.
    pub expected: String,
    /// What the request has.
    pub found: String,
}

/// An agent looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CandidateTrace {
    /// `AgentIds`, or the roster.
    pub list: String,
    /// The agent.
    pub agent_id: String,
    /// The agent's tier in the list.
    pub tier: u32,
    /// Why the agent is not eligible; absent when eligible.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dropped: Option<String>,
}

/// Collects a [`Trace`], or nothing.
#[derive(Debug, Default)]
pub struct Tracer {
    trace: Option<Trace>,
    candidates: Vec<CandidateTrace>,
    /// Most rules collected.
    most: usize,
}

impl Tracer {
    /// Collects nothing.
    pub fn off() -> Self {
        Self::default()
    }

    /// Collects.
    pub fn on() -> Self {
        Self::first(usize::MAX)
    }

    /// Collects the first rules only.
    pub fn first(most: usize) -> Self {
        Self { trace: Some(Trace::default()), candidates: Vec::new(), most }
    }

    /// Whether it collects.
    pub(super) fn is_on(&self) -> bool {
        self.trace.is_some()
    }

    /// What was collected.
    pub fn finish(self) -> Trace {
        self.trace.unwrap_or_default()
    }

    pub(super) fn candidate(&mut self, candidate: impl FnOnce() -> CandidateTrace) {
        if self.trace.as_ref().is_some_and(|trace| trace.rules.len() < self.most) {
            self.candidates.push(candidate());
        }
    }

    /// Writes down what came of a rule. A rule that must be decided again is not written yet.
    pub(super) fn rule(&mut self, rule_id: &str, tried: &Tried<'_>, asked: &Asked<'_>) {
        let Some(trace) = self.trace.as_mut().filter(|trace| trace.rules.len() < self.most) else {
            return;
        };
        let candidates = std::mem::take(&mut self.candidates);
        let (verdict, condition) = match tried {
            Tried::Wants(_) | Tried::Turn(_) => return,
            Tried::Passed(Passed::Condition(condition)) => {
                let Compared { expected, found } = condition.compared(asked);
                let condition = ConditionTrace { attribute: condition.attribute, expected, found };
                (Verdict::ConditionFailed, Some(condition))
            }
            Tried::Passed(Passed::NobodyEligible) => (Verdict::NobodyEligible, None),
            Tried::Won(decision) if decision.reason == Reason::EventRepeated => {
                (Verdict::Repeated, None)
            }
            Tried::Won(_) => (Verdict::Won, None),
        };
        trace.rules.push(RuleTrace { rule_id: rule_id.to_owned(), verdict, condition, candidates });
    }
}
