//! How a decision came about, written by the same code that decides. Off, it collects nothing: what
//! is costly to write is a closure.

use std::cmp::Ordering;
use std::collections::HashMap;

use serde::Serialize;

use super::Reason;
use super::tried::{Passed, Tried};
use crate::rows::condition::{Asked, Compared, Condition, Holds};
use crate::snapshot::{Aside, AsideState, Snapshot};

/// Every rule tried, in order, up to the one that won.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Trace {
    /// In the order tried; also those in error and disabled, where they would stand.
    pub rules: Vec<RuleTrace>,
}

/// One rule tried.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RuleTrace {
    /// `RuleId`, as in the row.
    pub rule_id: String,
    /// What came of it.
    pub verdict: RuleResult,
    /// What is with the row, when it does not count as it stands.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub row: Option<String>,
    /// The first condition that failed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub condition: Option<ConditionTrace>,
    /// Its lists that nobody is on: `AgentIds`, or rosters.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub empty: Vec<String>,
    /// The agents looked at, list by list.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub candidates: Vec<CandidateTrace>,
}

/// What came of a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum RuleResult {
    /// A condition did not hold.
    ConditionFailed,
    /// All conditions hold, but no agent is eligible.
    NobodyEligible,
    /// The rule answers; no later one is tried.
    Won,
    /// The rule remembers its decisions, and the same event was decided before.
    Repeated,
    /// Not tried: the row is in error, and no earlier version of it is in force.
    InError,
    /// Not tried: `Enabled` is false.
    Disabled,
}

/// A condition that failed, with the values compared.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ConditionTrace {
    /// Its name in the row, with `Not` when negated.
    pub attribute: &'static str,
    /// What the rule asks for, cut at 100 characters.
    pub expected: String,
    /// What the request has.
    pub found: String,
    /// The maps in it, each with all its conditions: only in a full trace.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub maps: Vec<Vec<PartTrace>>,
}

/// A condition in a map, with the values compared.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PartTrace {
    /// Its name in the map, with `Not` when negated.
    pub attribute: &'static str,
    /// `yes`, `no` or `unknown`.
    pub holds: &'static str,
    /// What the rule asks for, cut at 100 characters.
    pub expected: String,
    /// What the request has.
    pub found: String,
}

impl PartTrace {
    fn new(condition: &Condition, asked: &Asked<'_>) -> Self {
        let holds = match condition.holds(asked) {
            Holds::Yes => "yes",
            Holds::No => "no",
            Holds::Unknown | Holds::NeedsCustomer => "unknown",
        };
        let Compared { expected, found } = condition.compared(asked);
        Self { attribute: condition.attribute, holds, expected, found }
    }
}

/// An agent looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CandidateTrace {
    /// `AgentIds`, or the roster.
    pub list: String,
    /// `AgentId`, as Desk knows the agent.
    pub agent_id: String,
    /// The agent's tier in the list; 1 is tried first.
    pub tier: u32,
    /// Why the agent is not eligible; absent when eligible.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dropped: Option<String>,
}

/// Collects a [`Trace`], or nothing.
#[derive(Debug, Default)]
pub(super) struct Tracer {
    trace: Option<Trace>,
    empty: Vec<String>,
    candidates: Vec<CandidateTrace>,
    /// Most rules collected.
    most: usize,
    /// Whether it collects what is in maps, which costs too much for a callback.
    is_full: bool,
}

impl Tracer {
    /// Collects nothing.
    pub(super) fn off() -> Self {
        Self::default()
    }

    /// Collects.
    pub(super) fn on() -> Self {
        Self { is_full: true, ..Self::first(usize::MAX) }
    }

    /// Collects the first rules only.
    pub(super) fn first(most: usize) -> Self {
        let trace = Some(Trace::default());
        Self { trace, most, ..Self::default() }
    }

    /// Whether it collects.
    pub(super) fn is_on(&self) -> bool {
        self.trace.is_some()
    }

    /// What was collected.
    pub(super) fn finish(self) -> Trace {
        self.trace.unwrap_or_default()
    }

    pub(super) fn candidate(&mut self, candidate: impl FnOnce() -> CandidateTrace) {
        if self.trace.as_ref().is_some_and(|trace| trace.rules.len() < self.most) {
            self.candidates.push(candidate());
        }
    }

    /// Notes a list that nobody is on.
    pub(super) fn empty_list(&mut self, list: &str) {
        if self.is_full {
            self.empty.push(list.to_owned());
        }
    }

    /// Writes down what came of a rule. A rule that must be decided again is not written yet.
    pub(super) fn rule(&mut self, rule_id: &str, tried: &Tried<'_>, asked: &Asked<'_>) {
        let Some(trace) = self.trace.as_mut().filter(|trace| trace.rules.len() < self.most) else {
            return;
        };
        let candidates = std::mem::take(&mut self.candidates);
        let empty = std::mem::take(&mut self.empty);
        let (verdict, condition) = match tried {
            Tried::Wants(_) | Tried::Turn(_) => return,
            Tried::Passed(Passed::Condition(condition)) => {
                let Compared { expected, found } = condition.compared(asked);
                let part = |inner| PartTrace::new(inner, asked);
                let maps = condition.test.kind().maps().iter().filter(|_| self.is_full);
                let maps = maps.map(|map| map.iter().map(part).collect()).collect();
                let attribute = condition.attribute;
                let condition = ConditionTrace { attribute, expected, found, maps };
                (RuleResult::ConditionFailed, Some(condition))
            }
            Tried::Passed(Passed::NobodyEligible) => (RuleResult::NobodyEligible, None),
            Tried::Won(decision) if decision.reason == Reason::EventRepeated => {
                (RuleResult::Repeated, None)
            }
            Tried::Won(_) => (RuleResult::Won, None),
        };
        let rule_id = rule_id.to_owned();
        trace.rules.push(RuleTrace { rule_id, verdict, row: None, condition, empty, candidates });
    }
}

impl Trace {
    /// Adds the rules that do not count as their rows stand, each in its place: up to the rule that
    /// won, and at the end those whose place nobody knows.
    pub(super) fn with_asides(self, snapshot: &Snapshot) -> Self {
        let has_won = self
            .rules
            .last()
            .is_some_and(|rule| matches!(rule.verdict, RuleResult::Won | RuleResult::Repeated));
        let mut asides: Vec<&Aside> = snapshot.asides().iter().collect();
        asides.sort_by(|a, b| {
            order(a.priority, &a.id)
                .partial_cmp(&order(b.priority, &b.id))
                .unwrap_or(Ordering::Equal)
        });
        let kept: HashMap<&str, &Aside> = asides
            .iter()
            .filter(|aside| aside.state == AsideState::Kept)
            .map(|aside| (aside.id.as_ref(), *aside))
            .collect();
        let mut others = asides.iter().filter(|aside| aside.state != AsideState::Kept).peekable();
        let mut rules = Vec::with_capacity(self.rules.len() + asides.len());
        for (mut rule, linked) in self.rules.into_iter().zip(snapshot.rules()) {
            let place = order(Some(linked.rule.priority), &linked.rule.id);
            while let Some(aside) = others.next_if(|aside| order(aside.priority, &aside.id) < place)
            {
                rules.push(set_aside(aside));
            }
            rule.row = kept.get(rule.rule_id.as_str()).map(|aside| {
                format!("an earlier version; the row as it stands is in error: {}", aside.why)
            });
            rules.push(rule);
        }
        let rest = others.filter(|aside| !has_won || aside.priority.is_none());
        rules.extend(rest.map(|aside| set_aside(aside)));
        Self { rules }
    }
}

/// The rules that stand after the one that won, in their order, so that nobody asked whether they
/// match; with what else is with those that are not in force. None when no rule won.
pub(crate) fn not_asked(trace: &Trace, snapshot: &Snapshot) -> Vec<(String, Option<&'static str>)> {
    let is_last =
        |rule: &&RuleTrace| matches!(rule.verdict, RuleResult::Won | RuleResult::Repeated);
    let Some(last) = trace.rules.iter().find(is_last) else { return Vec::new() };
    let rules = snapshot.rules().iter();
    let in_force =
        rules.map(|linked| (Some(linked.rule.priority), linked.rule.id.to_string(), None));
    let asides = snapshot.asides().iter().filter_map(|aside| {
        let why = match aside.state {
            AsideState::Disabled => "disabled",
            AsideState::InError => "in error",
            AsideState::Kept => return None,
        };
        Some((aside.priority, aside.id.to_string(), Some(why)))
    });
    let mut all: Vec<_> = in_force.chain(asides).collect();
    all.sort_by(|(a, a_id, _), (b, b_id, _)| {
        order(*a, a_id).partial_cmp(&order(*b, b_id)).unwrap_or(Ordering::Equal)
    });
    let after = all.into_iter().skip_while(|(_, id, _)| *id != last.rule_id).skip(1);
    // Without a priority nobody knows the place: such a rule is in the trace already.
    after.filter(|(priority, ..)| priority.is_some()).map(|(_, id, why)| (id, why)).collect()
}

/// By what rules are put in order; without a priority last.
fn order(priority: Option<f64>, id: &str) -> (bool, f64, &str) {
    (priority.is_none(), priority.unwrap_or_default(), id)
}

fn set_aside(aside: &Aside) -> RuleTrace {
    let (verdict, row) = match aside.state {
        AsideState::Disabled => (RuleResult::Disabled, None),
        AsideState::InError | AsideState::Kept => (RuleResult::InError, Some(aside.why.clone())),
    };
    let rule_id = aside.id.to_string();
    RuleTrace { rule_id, verdict, row, condition: None, empty: Vec::new(), candidates: Vec::new() }
}
