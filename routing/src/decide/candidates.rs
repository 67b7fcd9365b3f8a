//! A rule's agents: list by list, tier by tier, and the one who is preferred.

use chrono::{DateTime, Utc};

use super::Question;
use super::eligible::dropped;
use super::trace::{CandidateTrace, Tracer};
use crate::rows::agent::Agent;
use crate::rows::rule::Preference;
use crate::snapshot::{LinkedRule, ListedMember, Member, Snapshot};

/// The agents among whom a rule chooses at `now`: the eligible of its first list with any, in the
/// lowest tier with any.
pub(crate) fn eligible_agents<'a>(
    snapshot: &'a Snapshot,
    linked: &'a LinkedRule,
    now: DateTime<Utc>,
) -> Vec<&'a Agent> {
    let eligible = first_list(snapshot, linked, now, &mut Tracer::off()).1;
    eligible.into_iter().map(|member| &member.agent).collect()
}

/// The first list that has eligible agents, and these.
pub(super) fn eligible_of_rule<'a>(
    question: &Question<'a>,
    linked: &'a LinkedRule,
    tracer: &mut Tracer,
) -> (&'a str, Vec<&'a Member>) {
    first_list(question.snapshot, linked, question.now, tracer)
}

fn first_list<'a>(
    snapshot: &'a Snapshot,
    linked: &'a LinkedRule,
    now: DateTime<Utc>,
    tracer: &mut Tracer,
) -> (&'a str, Vec<&'a Member>) {
    let eligible = |(name, candidates)| {
        (name, eligible_of_list(snapshot, linked, name, candidates, now, tracer))
    };
    linked.lists().map(eligible).find(|(_, eligible)| !eligible.is_empty()).unwrap_or_default()
}

/// The eligible agents of the lowest tier that has any. Candidates come in order of their tiers.
fn eligible_of_list<'a>(
    snapshot: &'a Snapshot,
    linked: &'a LinkedRule,
    list: &str,
    candidates: &[ListedMember],
    now: DateTime<Utc>,
    tracer: &mut Tracer,
) -> Vec<&'a Member> {
    let mut eligible = Vec::with_capacity(candidates.len());
    let mut tier_found = None;
    if candidates.is_empty() && (list != "AgentIds" || !linked.rule.agent_ids.is_empty()) {
        tracer.empty_list(list);
    }
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
pub(super) fn preferred<'a>(
    question: &Question<'a>,
    linked: &'a LinkedRule,
    preference: Preference,
    id: &str,
    tracer: &mut Tracer,
) -> Option<&'a Member> {
    let named = question.snapshot.member_by_id(id).and_then(|(index, member)| {
        let is_it = |candidate: &&ListedMember| candidate.member == index;
        let candidate = linked.lists().find_map(|(_, candidates)| candidates.iter().find(is_it))?;
        Some((candidate.tier, member))
    });
    let dropped = named.and_then(|(_, member)| dropped(member, &linked.rule, question.now, true));
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
