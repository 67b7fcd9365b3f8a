//! Many requests decided by rows alone: who gets what, and what each agent's weight makes it
//! expect.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};

use crate::decide::{Decision, Question, Reason, Tracing, eligible_agents, run_ready};
use crate::inspect::row_facts::{CustomerRows, RowFacts, Turns};
use crate::rows::rule::Strategy;
use crate::session::Session;
use crate::snapshot::Snapshot;

/// A past or made-up request.
#[derive(Debug, Clone, PartialEq)]
pub struct Request {
    /// What was asked.
    pub session: Session,
    /// When; `None` = nobody knows.
    pub time: Option<DateTime<Utc>>,
}

/// The answers to requests, in their order, and what they add up to.
#[derive(Debug, Default)]
pub struct Replay {
    pub(super) decisions: Vec<Decision>,
    /// Rules in force, also those that nobody came to.
    rules: Vec<String>,
    /// By agent.
    pub(super) shares: BTreeMap<String, Share>,
    pub(super) notes: BTreeSet<&'static str>,
}

/// Sessions that went to an agent by weight.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Share {
    pub(super) sessions: f64,
    /// By its weight among the eligible of each of these sessions.
    pub(super) expected: f64,
}

impl Replay {
    /// Decides `requests`, those without a time at `now`. `each` is called after each of them.
    pub fn run(
        snapshot: &Snapshot,
        customers: &CustomerRows<'_>,
        default_group: Option<i64>,
        requests: &[Request],
        now: DateTime<Utc>,
        each: impl Fn(),
    ) -> Self {
        let mut replay = Self {
            rules: snapshot.rules().iter().map(|linked| linked.rule.id.to_string()).collect(),
            ..Self::default()
        };
        let asks_address = snapshot.rules().iter().any(|linked| {
            linked.rule.conditions.iter().any(|condition| condition.test.kind().needs_address())
        });
        let mut turns = Turns::default();
        for Request { session, time } in requests {
            let at = time.unwrap_or(now);
            if asks_address && session.client_ip.is_none() {
                replay.notes.insert(
                    "rules ask for `ClientIps`, but records do not keep addresses: requests \
                    without an address match no `ClientIps`",
                );
            }
            let question = Question { snapshot, session, now: at, default_group };
            let (user, notes) = (session.client_user_id.as_str(), &mut replay.notes);
            let mut facts = RowFacts::new(customers, user, at, &mut turns, notes);
            let decision = run_ready(&question, &mut facts, Tracing::WithoutRule).decision;
            replay.count(snapshot, &decision, at);
            replay.decisions.push(decision);
            each();
        }
        replay
    }

    /// The decisions, in the order of the requests.
    pub fn decisions(&self) -> &[Decision] {
        &self.decisions
    }

    fn count(&mut self, snapshot: &Snapshot, decision: &Decision, at: DateTime<Utc>) {
        // Who is answered among many or by preference says nothing about shares by weight.
        let by_weight = matches!(
            decision.strategy,
            Some(Strategy::Hash | Strategy::Sticky | Strategy::RoundRobin)
        );
        if !by_weight || decision.preferred.is_some() {
            return;
        }
        let Some(first) = decision.agent_ids.first() else { return };
        self.shares.entry(first.to_string()).or_default().sessions += 1.0;
        let is_its = |id| Some(id) == decision.rule_id.as_ref();
        let mut rules = snapshot.rules().iter();
        let Some(linked) = rules.find(|linked| is_its(&linked.rule.id)) else { return };
        let eligible = eligible_agents(snapshot, linked, at);
        let total: u32 = eligible.iter().map(|agent| agent.weight).sum();
        for agent in eligible {
            self.shares.entry(agent.id.to_string()).or_default().expected +=
                f64::from(agent.weight) / f64::from(total.max(1));
        }
    }

    /// How many requests each rule got; those that no rule got under a name of its own.
    pub(super) fn hits(&self) -> BTreeMap<&str, usize> {
        let mut hits: BTreeMap<&str, usize> =
            self.rules.iter().map(|rule| (rule.as_str(), 0)).collect();
        for decision in &self.decisions {
            *hits.entry(rule_of(decision)).or_default() += 1;
        }
        hits
    }

    /// How many get a group alone: a rule's, or the default.
    pub(super) fn group_alone(&self) -> usize {
        let alone = |decision: &&Decision| {
            decision.agent_ids.is_empty() && decision.agent_group_id.is_some()
        };
        self.decisions.iter().filter(alone).count()
    }

    pub(super) fn without_anybody(&self) -> usize {
        let nobody = |decision: &&Decision| {
            matches!(
                decision.reason,
                Reason::NobodyEligible | Reason::GroupIfNobody | Reason::NoRuleMatched
            )
        };
        self.decisions.iter().filter(nobody).count()
    }
}

pub(super) fn rule_of(decision: &Decision) -> &str {
    decision.rule_id.as_deref().unwrap_or("(no rule)")
}

/// Whether both give the same rule, group and agents, in whatever order.
pub fn same_answer(a: &Decision, b: &Decision) -> bool {
    let sorted = |decision: &Decision| decision.agent_ids.iter().cloned().collect::<BTreeSet<_>>();
    a.rule_id == b.rule_id && a.agent_group_id == b.agent_group_id && sorted(a) == sorted(b)
}
