//! When rules are open and when their agents are there, over a stretch of time.

use std::cell::OnceCell;
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use chrono::{DateTime, Utc};

use super::times::{Period, Times};
use crate::decide::may_serve;
use crate::rows::Fact;
use crate::rows::condition::Asked;
use crate::rows::rule::Rule;
use crate::session::Session;
use crate::snapshot::{LinkedRule, Snapshot};

/// Most looks at an agent in a rule's lists, in all: bounds the time of a check.
const MAX_LOOKS: usize = 20_000_000;

/// What decides who may serve a rule: its named agents, its rosters, the skills it needs, the
/// agents it excepts, and its group.
type ServedKey<'a> =
    (Vec<&'a str>, &'a [Arc<str>], &'a [(Arc<str>, u32)], Option<i64>, &'a [Arc<str>]);

/// Answers by one snapshot over one stretch; equal questions are answered once.
pub(crate) struct Duty<'a> {
    snapshot: &'a Snapshot,
    window: Period,
    agents: Vec<OnceCell<Times>>,
    served: HashMap<ServedKey<'a>, Option<Times>>,
    /// The number of each agent's times: many agents have the same.
    numbers: Vec<Option<usize>>,
    times: HashMap<Times, usize>,
    /// What several times, by number, are together.
    unions: HashMap<BTreeSet<usize>, Times>,
    looks: usize,
    /// Whether an agent's row says with which groups the agent may be answered.
    groups_matter: bool,
}

impl<'a> Duty<'a> {
    /// Over `from` to before `until`.
    pub(crate) fn new(snapshot: &'a Snapshot, from: DateTime<Utc>, until: DateTime<Utc>) -> Self {
        let agents = snapshot.members().iter().map(|_| OnceCell::new()).collect();
        Self {
            snapshot,
            window: (from, until),
            agents,
            served: HashMap::new(),
            numbers: vec![None; snapshot.members().len()],
            times: HashMap::new(),
            unions: HashMap::new(),
            looks: 0,
            groups_matter: snapshot.members().iter().any(|m| m.agent.only_with_groups.is_some()),
        }
    }

    /// All of the window: from its first minute to its last.
    pub(crate) fn whole(&self) -> Times {
        Times::one(self.window.0, self.window.1)
    }

    /// When the rule may be open for somebody: its conditions of time hold, and those of the user
    /// are taken to.
    pub(crate) fn open(&self, rule: &Rule) -> Times {
        let session = Session::new("", "", 0, 0);
        let mut open = self.whole();
        for condition in &rule.conditions {
            // `AnyOf` may mix conditions of time with others.
            if !condition.each().any(|condition| condition.test.kind().is_of_time()) {
                continue;
            }
            let changes = condition.test.kind().changes(self.window.0, self.window.1);
            let holds = Times::when(self.window, changes, |now| {
                let asked = Asked { session: &session, now, customer: &Fact::Unknown };
                condition.may_hold(&asked)
            });
            open = open.intersection(&holds);
        }
        open
    }

    /// When at least one of the rule's agents may serve it; `None` when that is too much to
    /// compute.
    pub(crate) fn served(&mut self, linked: &'a LinkedRule) -> Option<Times> {
        let rule = &linked.rule;
        let named = rule.agent_ids.iter().map(AsRef::as_ref).collect();
        let key = (
            named,
            rule.rosters.as_slice(),
            rule.need_skills.as_slice(),
            rule.group.filter(|_| self.groups_matter),
            rule.except_agents.as_slice(),
        );
        if let Some(known) = self.served.get(&key) {
            return known.clone();
        }
        let times = self.compute_served(linked);
        self.served.insert(key, times.clone());
        times
    }

    fn compute_served(&mut self, linked: &LinkedRule) -> Option<Times> {
        let whole = self.number_of(self.whole());
        let mut numbers = BTreeSet::new();
        for candidate in linked.lists().flat_map(|(_, candidates)| candidates) {
            self.looks = self.looks.saturating_add(1);
            if self.looks > MAX_LOOKS {
                return None;
            }
            let Some(member) = self.snapshot.member(candidate.member) else { continue };
            if !may_serve(member, &linked.rule) {
                continue;
            }
            let number = self.number(candidate.member);
            if number == whole {
                return Some(self.whole());
            }
            numbers.insert(number);
        }
        if let Some(known) = self.unions.get(&numbers) {
            return Some(known.clone());
        }
        let some = self.times.iter().filter(|(_, number)| numbers.contains(number));
        let all = some.flat_map(|(times, _)| times.stretches().iter().copied());
        let union = Times::of(all.collect());
        self.unions.insert(numbers, union.clone());
        Some(union)
    }

    /// The number of an agent's times; equal times have equal numbers.
    fn number(&mut self, member: usize) -> usize {
        if let Some(Some(known)) = self.numbers.get(member) {
            return *known;
        }
        let number = self.number_of(self.agent(member));
        if let Some(slot) = self.numbers.get_mut(member) {
            *slot = Some(number);
        }
        number
    }

    fn number_of(&mut self, times: Times) -> usize {
        let next = self.times.len();
        *self.times.entry(times).or_insert(next)
    }

    /// When an agent, by place among the members, is on shift and not away.
    pub(crate) fn agent(&self, member: usize) -> Times {
        let (Some(cell), Some(found)) = (self.agents.get(member), self.snapshot.member(member))
        else {
            return Times::default();
        };
        let agent = &found.agent;
        let there = |now| agent.is_on_shift(now) && !agent.is_away(now);
        let changes = || agent.changes(self.window.0, self.window.1);
        cell.get_or_init(|| Times::when(self.window, changes(), there)).clone()
    }
}
