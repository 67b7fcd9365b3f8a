//! One rule tried: does it hold, and whom does it answer?

use std::sync::Arc;

use super::candidates::{eligible_of_rule, preferred};
use super::strategy::choose;
use super::trace::Tracer;
use super::tried::{Passed, Tried};
use super::{Decision, Known, Outcome, Question, Reason, Remember, Rotation, Wanted};
use crate::rows::Fact;
use crate::rows::condition::Holds;
use crate::rows::rule::{Preference, Rule, Strategy};
use crate::snapshot::{LinkedRule, Member};

/// Tries one rule.
pub(super) fn try_rule<'a>(
    linked: &'a LinkedRule,
    question: &Question<'a>,
    known: &Known,
    tracer: &mut Tracer,
) -> Tried<'a> {
    let rule = &linked.rule;
    let asked = question.asked(known);
    let mut needs_customer = false;
    for condition in &rule.conditions {
        match condition.holds(&asked) {
            Holds::Yes => {}
            Holds::NeedsCustomer => needs_customer = true,
            Holds::No | Holds::Unknown => return Tried::Passed(Passed::Condition(condition)),
        }
    }
    // What does not hold decides, whatever else there is to read.
    if needs_customer {
        return Tried::Wants(Wanted::CUSTOMER);
    }
    if !rule.names_agents() {
        return Tried::Won(group_alone(rule, Reason::RuleMatched));
    }
    if rule.uses_memory()
        && let Fact::Is(Some(earlier)) = &known.earlier
    {
        let remember = Remember::Nothing;
        return Tried::Won(Decision { reason: Reason::EventRepeated, remember, ..earlier.clone() });
    }
    let wanted = wanted_for_preferences(rule, known);
    if wanted.is_something() {
        return Tried::Wants(wanted);
    }
    for preference in &rule.prefer {
        let member = preferred_id(*preference, rule, question, known)
            .and_then(|id| preferred(question, linked, *preference, id, tracer));
        if let Some(member) = member {
            let reason = match preference {
                Preference::Owner => Reason::OwnerPreferred,
                Preference::LastAgent => Reason::LastAgentPreferred,
            };
            let decision = agents(rule, &[member], rule.strategy, reason);
            return Tried::Won(Decision { preferred: Some(*preference), ..decision });
        }
    }
    let (list, eligible) = eligible_of_rule(question, linked, tracer);
    if !eligible.is_empty() {
        let (chosen, strategy) = match by_turn(rule, list, eligible, known) {
            ByTurn::Take(rotation) => return Tried::Turn(rotation),
            ByTurn::Chosen(chosen) => (chosen, rule.strategy),
            ByTurn::No(strategy, eligible) => {
                (choose(strategy, rule, question.session, eligible), strategy)
            }
        };
        return Tried::Won(agents(rule, &chosen, strategy, Reason::RuleMatched));
    }
    if rule.group_if_nobody {
        return Tried::Won(group_alone(rule, Reason::GroupIfNobody));
    }
    // Whoever was answered for this event before is answered again, also when nobody is eligible
    // any more.
    if rule.uses_memory() && known.earlier.is_not_read() {
        return Tried::Wants(Wanted { earlier: true, ..Wanted::default() });
    }
    Tried::Passed(Passed::NobodyEligible)
}

/// What the rule's preferences need and nobody read yet. With the last agent comes the earlier
/// decision: both can be read at once, and a repetition then writes nothing.
fn wanted_for_preferences(rule: &Rule, known: &Known) -> Wanted {
    let last_agent = rule.prefers_last_agent();
    Wanted {
        customer: rule.prefer.contains(&Preference::Owner) && known.customer.is_not_read(),
        earlier: last_agent && known.earlier.is_not_read(),
        last_agent: last_agent && known.last_agent.is_not_read(),
    }
}

/// The agent that the preference means, if there is one.
fn preferred_id<'a>(
    preference: Preference,
    rule: &Rule,
    question: &Question<'_>,
    known: &'a Known,
) -> Option<&'a str> {
    match preference {
        Preference::Owner => match &known.customer {
            Fact::Is(Some(customer)) => customer.owner.as_deref(),
            Fact::Is(None) | Fact::Unknown | Fact::NotRead => None,
        },
        Preference::LastAgent => match &known.last_agent {
            Fact::Is(Some(last)) => {
                last.is_within(rule.last_agent_days, question.now).then_some(&last.agent_id)
            }
            Fact::Is(None) | Fact::Unknown | Fact::NotRead => None,
        },
    }
}

/// What a rotation says of the eligible agents.
enum ByTurn<'a> {
    /// Nothing yet: a turn must be taken.
    Take(Rotation),
    /// Whose turn it is, and whose is next.
    Chosen(Vec<&'a Member>),
    /// Nothing: another strategy chooses.
    No(Strategy, Vec<&'a Member>),
}

/// By whose turn it is, if the rule rotates. With one agent there is nothing to ask, and the
/// rotation stays where it is.
fn by_turn<'a>(
    rule: &Rule,
    list: &str,
    mut eligible: Vec<&'a Member>,
    known: &Known,
) -> ByTurn<'a> {
    if rule.strategy != Strategy::RoundRobin {
        return ByTurn::No(rule.strategy, eligible);
    }
    if eligible.len() == 1 {
        return ByTurn::Chosen(eligible);
    }
    eligible.sort_unstable_by(|a, b| a.agent.id.cmp(&b.agent.id));
    match &known.turn {
        Fact::NotRead => {
            let weights = eligible.iter().map(|member| member.agent.weight).collect();
            ByTurn::Take(Rotation::new(&rule.id, list, weights, rule.max_agents))
        }
        Fact::Is(turn) => {
            let chosen: Vec<&Member> =
                turn.iter().filter_map(|place| eligible.get(*place).copied()).collect();
            if chosen.is_empty() {
                ByTurn::No(Strategy::Hash, eligible)
            } else {
                ByTurn::Chosen(chosen)
            }
        }
        Fact::Unknown => ByTurn::No(Strategy::Hash, eligible),
    }
}

fn agents(rule: &Rule, chosen: &[&Member], strategy: Strategy, reason: Reason) -> Decision {
    let remember = match chosen {
        [_] if rule.prefers_last_agent() => Remember::EventAndAgent,
        _ if rule.uses_memory() => Remember::Event,
        _ => Remember::Nothing,
    };
    Decision {
        outcome: Outcome::Agents,
        reason,
        rule_id: Some(Arc::clone(&rule.id)),
        agent_group_id: rule.group,
        agent_ids: chosen.iter().map(|member| Arc::clone(&member.agent.id)).collect(),
        strategy: Some(strategy),
        preferred: None,
        remember,
    }
}

fn group_alone(rule: &Rule, reason: Reason) -> Decision {
    Decision {
        outcome: Outcome::Group,
        reason,
        rule_id: Some(Arc::clone(&rule.id)),
        agent_group_id: rule.group,
        agent_ids: Vec::new(),
        strategy: None,
        preferred: None,
        remember: if rule.uses_memory() { Remember::Event } else { Remember::Nothing },
    }
}
