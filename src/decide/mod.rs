//! The decision: pure and total. Everything it needs is passed in, and every input gets an answer.
//!
//! First match with overflow: the first rule in order whose conditions hold and that has somebody
//! to answer wins. Within a rule, agents named by `AgentIds` come before the rosters, rosters come
//! in their order, and in a list the lowest tier with an eligible agent is used.

mod conditions;
mod decision;
mod eligible;
pub mod hash;
mod known;
pub mod rotation;
mod strategy;
mod trace;

use std::sync::Arc;

use chrono::{DateTime, Utc};

use crate::callback::Session;
use crate::rows::agent::Agent;
use crate::rows::rule::{Preference, Rule, Strategy};
use crate::snapshot::{Candidate, LinkedRule, Member, Snapshot};
use conditions::{Holds, explain, holds};
pub use decision::{Decision, Outcome, Reason, Remember};
use eligible::dropped;
pub use known::{Fact, Known, LastAgent, Step, Wanted};
use rotation::Rotation;
use strategy::choose;
pub use trace::{CandidateTrace, ConditionTrace, RuleTrace, Trace, Tracer, Verdict};

/// Decides who answers `session` at `now`.
///
/// Asks for the customer, for what is remembered and for a turn only when a rule gets as far as to
/// need it.
pub fn decide(
    snapshot: &Snapshot,
    session: &Session,
    now: DateTime<Utc>,
    known: &Known,
    default_group: Option<i64>,
    tracer: &mut Tracer,
) -> Step {
    // A trace has every rule; else those are passed over that cannot match this user.
    match tracer.is_on() {
        true => first_match(
            snapshot.rules().iter(),
            snapshot,
            session,
            now,
            known,
            default_group,
            tracer,
        ),
        false => {
            let candidates = snapshot.candidates(&session.client_user_id, &known.customer, now);
            first_match(candidates, snapshot, session, now, known, default_group, tracer)
        }
    }
}

/// The first of the rules that answers.
fn first_match<'a>(
    rules: impl Iterator<Item = &'a LinkedRule>,
    snapshot: &Snapshot,
    session: &Session,
    now: DateTime<Utc>,
    known: &Known,
    default_group: Option<i64>,
    tracer: &mut Tracer,
) -> Step {
    let mut reason = Reason::NoRuleMatched;
    'rules: for linked in rules {
        let rule = &linked.rule;
        for condition in &rule.conditions {
            match holds(condition, session, now, &known.customer) {
                Holds::Yes => {}
                Holds::NeedsCustomer => return Step::Read(Wanted::CUSTOMER),
                Holds::No | Holds::Unknown => {
                    tracer.rule(&rule.id, Verdict::ConditionFailed, || {
                        Some(explain(condition, session, now, &known.customer))
                    });
                    continue 'rules;
                }
            }
        }
        if !rule.names_agents() {
            tracer.rule(&rule.id, Verdict::Won, || None);
            return Step::Decided(group_alone(linked, Reason::RuleMatched));
        }
        if rule.uses_memory()
            && let Fact::Is(Some(earlier)) = &known.earlier
        {
            tracer.rule(&rule.id, Verdict::Repeated, || None);
            return Step::Decided(Decision {
                reason: Reason::EventRepeated,
                remember: Remember::Nothing,
                ..earlier.clone()
            });
        }
        let wanted = wanted_for_preferences(rule, known);
        if wanted.is_something() {
            return Step::Read(wanted);
        }
        if let Some((preference, member)) = rule.prefer.iter().find_map(|&preference| {
            let id = preferred_id(preference, rule, now, known)?;
            Some((preference, preferred(snapshot, linked, preference, id, now, tracer)?))
        }) {
            tracer.rule(&rule.id, Verdict::Won, || None);
            let reason = match preference {
                Preference::Owner => Reason::OwnerPreferred,
                Preference::LastAgent => Reason::LastAgentPreferred,
            };
            return Step::Decided(Decision {
                preferred: Some(preference),
                ..agents(linked, &[member], rule.strategy, reason)
            });
        }
        let (list, eligible) = eligible_of_rule(snapshot, linked, now, tracer);
        if !eligible.is_empty() {
            let (chosen, strategy) = match by_turn(rule, list, eligible, known) {
                ByTurn::Take(rotation) => return Step::TakeTurn(rotation),
                ByTurn::Chosen(chosen) => (chosen, rule.strategy),
                ByTurn::No(strategy, eligible) => {
                    (choose(strategy, rule, session, eligible), strategy)
                }
            };
            tracer.rule(&rule.id, Verdict::Won, || None);
            return Step::Decided(agents(linked, &chosen, strategy, Reason::RuleMatched));
        }
        if rule.group_if_nobody {
            tracer.rule(&rule.id, Verdict::Won, || None);
            return Step::Decided(group_alone(linked, Reason::GroupIfNobody));
        }
        // Whoever was answered for this event before is answered again, also when nobody is
        // eligible any more.
        if rule.uses_memory() && known.earlier.is_not_read() {
            return Step::Read(Wanted { earlier: true, ..Wanted::default() });
        }
        tracer.rule(&rule.id, Verdict::NobodyEligible, || None);
        reason = Reason::NobodyEligible;
    }
    let outcome = if default_group.is_some() { Outcome::DefaultGroup } else { Outcome::NoMatch };
    Step::Decided(Decision::without_rule(outcome, reason, default_group))
}

/// The agents among whom a rule chooses at `now`: the eligible of its first list with any, in the
/// lowest tier with any.
pub fn eligible_agents<'a>(
    snapshot: &'a Snapshot,
    linked: &'a LinkedRule,
    now: DateTime<Utc>,
) -> Vec<&'a Agent> {
    eligible_of_rule(snapshot, linked, now, &mut Tracer::off())
        .1
        .into_iter()
        .map(|member| member.agent.as_ref())
        .collect()
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
    now: DateTime<Utc>,
    known: &'a Known,
) -> Option<&'a str> {
    match (preference, &known.customer, &known.last_agent) {
        (Preference::Owner, Fact::Is(Some(customer)), _) => customer.owner.as_deref(),
        (Preference::LastAgent, _, Fact::Is(Some(last)))
            if last.is_within(rule.last_agent_days, now) =>
        {
            Some(&last.agent_id)
        }
        _ => None,
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

/// The first list that has eligible agents, and these.
fn eligible_of_rule<'a>(
    snapshot: &'a Snapshot,
    linked: &'a LinkedRule,
    now: DateTime<Utc>,
    tracer: &mut Tracer,
) -> (&'a str, Vec<&'a Member>) {
    linked
        .lists()
        .map(|(name, candidates)| {
            (name, eligible_of_list(snapshot, linked, name, candidates, now, tracer))
        })
        .find(|(_, eligible)| !eligible.is_empty())
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
    let mut eligible = Vec::with_capacity(candidates.len());
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

/// The agent `id`, if one of the rule's agents and eligible now; tier, roster order and weight do
/// not matter.
fn preferred<'a>(
    snapshot: &'a Snapshot,
    linked: &'a LinkedRule,
    preference: Preference,
    id: &str,
    now: DateTime<Utc>,
    tracer: &mut Tracer,
) -> Option<&'a Member> {
    let found = snapshot.member_by_id(id);
    let named = found.and_then(|(index, member)| {
        let candidate = linked.lists().find_map(|(_, candidates)| {
            candidates.iter().find(|candidate| candidate.member == index)
        })?;
        Some((candidate.tier, member))
    });
    let dropped = named.and_then(|(_, member)| dropped(member, &linked.rule, now, true));
    tracer.candidate(|| CandidateTrace {
        list: format!("Prefer: {}", preference.name()),
        agent_id: id.to_owned(),
        tier: named.map_or(1, |(tier, _)| tier),
        dropped: match named {
            Some(_) => dropped.as_ref().map(ToString::to_string),
            None => Some("is not one of the rule's agents".to_owned()),
        },
    });
    named.filter(|_| dropped.is_none()).map(|(_, member)| member)
}

fn agents(linked: &LinkedRule, chosen: &[&Member], strategy: Strategy, reason: Reason) -> Decision {
    let rule = &linked.rule;
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

fn group_alone(linked: &LinkedRule, reason: Reason) -> Decision {
    let rule = &linked.rule;
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
