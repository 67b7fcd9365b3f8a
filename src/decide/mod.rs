//! The decision: pure and total. Everything it needs is passed in, and every input gets an answer.
//!
//! First match with overflow: the first rule in order whose conditions hold and that has somebody to answer wins. Within a rule, agents
//! named by `AgentIds` come before the rosters, rosters come in their order, and in a list the lowest tier with an eligible agent is used.

mod conditions;
mod decision;
mod eligible;
pub mod hash;
mod strategy;
mod trace;

use std::sync::Arc;

use chrono::{DateTime, Utc};

use crate::callback::Session;
use crate::rows::customer::Customer;
use crate::snapshot::{Candidate, LinkedRule, Member, Snapshot};
use conditions::{Holds, explain, holds};
pub use decision::{Decision, Outcome, Reason};
use eligible::dropped;
use strategy::choose;
pub use trace::{CandidateTrace, ConditionTrace, RuleTrace, Trace, Tracer, Verdict};

/// What is known about the customer.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Known<'a> {
    /// Nobody asked yet.
    NotRead,
    /// The read failed.
    Unknown,
    /// The customer's row; `None` = there is none.
    Customer(Option<&'a Customer>),
}

/// A step of the decision.
#[derive(Debug, Clone, PartialEq)]
pub enum Step {
    /// Done.
    Decided(Decision),
    /// The customer's row matters: read it, and decide again with it.
    NeedsCustomer,
}

/// Decides who answers `session` at `now`.
///
/// Asks for the customer only when a rule gets as far as a condition or a preference that needs it.
pub fn decide(
    snapshot: &Snapshot,
    session: &Session,
    now: DateTime<Utc>,
    customer: Known<'_>,
    default_group: Option<i64>,
    tracer: &mut Tracer,
) -> Step {
    let mut reason = Reason::NoRuleMatched;
    'rules: for linked in snapshot.rules() {
        let rule = &linked.rule;
        for condition in &rule.conditions {
            match holds(condition, session, now, customer) {
                Holds::Yes => {}
                Holds::NeedsCustomer => return Step::NeedsCustomer,
                Holds::No | Holds::Unknown => {
                    tracer.rule(&rule.id, Verdict::ConditionFailed, || Some(explain(condition, session, now, customer)));
                    continue 'rules;
                }
            }
        }
        if !rule.names_agents() {
            tracer.rule(&rule.id, Verdict::Won, || None);
            return Step::Decided(group_alone(linked, Reason::RuleMatched));
        }
        if rule.prefer_owner {
            match customer {
                Known::NotRead => return Step::NeedsCustomer,
                Known::Customer(Some(Customer { owner: Some(owner), .. })) => {
                    if let Some(member) = preferred(snapshot, linked, owner, now, tracer) {
                        tracer.rule(&rule.id, Verdict::Won, || None);
                        return Step::Decided(Decision { preferred: Some("owner"), ..agents(linked, &[member], Reason::OwnerPreferred) });
                    }
                }
                Known::Unknown | Known::Customer(_) => {}
            }
        }
        let eligible = eligible_of_rule(snapshot, linked, now, tracer);
        if !eligible.is_empty() {
            tracer.rule(&rule.id, Verdict::Won, || None);
            return Step::Decided(agents(linked, &choose(rule, session, eligible), Reason::RuleMatched));
        }
        if rule.group_if_nobody {
            tracer.rule(&rule.id, Verdict::Won, || None);
            return Step::Decided(group_alone(linked, Reason::GroupIfNobody));
        }
        tracer.rule(&rule.id, Verdict::NobodyEligible, || None);
        reason = Reason::NobodyEligible;
    }
    let outcome = if default_group.is_some() { Outcome::DefaultGroup } else { Outcome::NoMatch };
    Step::Decided(Decision::without_rule(outcome, reason, default_group))
}

/// The eligible agents of the first list that has any.
fn eligible_of_rule<'a>(snapshot: &'a Snapshot, linked: &'a LinkedRule, now: DateTime<Utc>, tracer: &mut Tracer) -> Vec<&'a Member> {
    linked
        .lists()
        .map(|(name, candidates)| eligible_of_list(snapshot, linked, name, candidates, now, tracer))
        .find(|eligible| !eligible.is_empty())
        .unwrap_or_default()
}

/// The eligible agents of the lowest tier that has any. Candidates come in order of their tiers.
fn eligible_of_list<'a>(
    snapshot: &'a Snapshot,
    linked: &'a LinkedRule,
    list: &str,
    candidates: &[Candidate],
    now: DateTime<Utc>,
    tracer: &mut Tracer,
) -> Vec<&'a Member> {
    let mut eligible = Vec::new();
    let mut tier_found = None;
    for candidate in candidates {
        if tier_found.is_some_and(|tier| tier != candidate.tier) {
            break;
        }
        let Some(member) = snapshot.member(candidate.member) else { continue };
        let dropped = dropped(member, &linked.rule, now, false);
        tracer.candidate(|| CandidateTrace {
            list: list.to_owned(),
            agent_id: member.agent.id.to_string(),
            tier: candidate.tier,
            dropped: dropped.as_ref().map(ToString::to_string),
        });
        if dropped.is_none() {
            tier_found = Some(candidate.tier);
            eligible.push(member);
        }
    }
    eligible
}

/// The owner `id`, if one of the rule's agents and eligible now; tier, roster order and weight do not matter.
fn preferred<'a>(snapshot: &'a Snapshot, linked: &'a LinkedRule, id: &str, now: DateTime<Utc>, tracer: &mut Tracer) -> Option<&'a Member> {
    let found = snapshot.member_by_id(id);
    let named = found.and_then(|(index, member)| {
        let candidate = linked.lists().find_map(|(_, candidates)| candidates.iter().find(|candidate| candidate.member == index))?;
        Some((candidate.tier, member))
    });
    let dropped = named.and_then(|(_, member)| dropped(member, &linked.rule, now, true));
    tracer.candidate(|| CandidateTrace {
        list: "Prefer: owner".to_owned(),
        agent_id: id.to_owned(),
        tier: named.map_or(1, |(tier, _)| tier),
        dropped: match named {
            Some(_) => dropped.as_ref().map(ToString::to_string),
            None => Some("is not one of the rule's agents".to_owned()),
        },
    });
    named.filter(|_| dropped.is_none()).map(|(_, member)| member)
}

fn agents(linked: &LinkedRule, chosen: &[&Member], reason: Reason) -> Decision {
    Decision {
        outcome: Outcome::Agents,
        reason,
        rule_id: Some(Arc::clone(&linked.rule.id)),
        agent_group_id: linked.rule.group,
        agent_ids: chosen.iter().map(|member| Arc::clone(&member.agent.id)).collect(),
        strategy: Some(linked.rule.strategy),
        preferred: None,
    }
}

fn group_alone(linked: &LinkedRule, reason: Reason) -> Decision {
    Decision {
        outcome: Outcome::Group,
        reason,
        rule_id: Some(Arc::clone(&linked.rule.id)),
        agent_group_id: linked.rule.group,
        agent_ids: Vec::new(),
        strategy: None,
        preferred: None,
    }
}
