//! When rules are open and when their agents are there, over a stretch of time.

use std::cell::OnceCell;
use std::collections::HashMap;

use chrono::{DateTime, Utc};

use super::times::{Stretch, Times};
use crate::decide::may_serve;
use crate::rows::Fact;
use crate::rows::condition::{Asked, Holds};
use crate::rows::rule::Rule;
use crate::session::Session;
use crate::snapshot::{LinkedRule, Snapshot};

/// Most looks at an agent in a rule's lists, in all: bounds the time of a check.
const MAX_LOOKS: usize = 20_000_000;

/// What decides who may serve a rule: its named agents, its rosters, the skills it needs, the
/// agents it excepts, and its group.
type ServedKey<'a> =
    (Vec<&'a str>, &'a [String], &'a [(String, u32)], Option<i64>, &'a [std::sync::Arc<str>]);

/// Answers by one snapshot over one stretch; equal questions are answered once.
pub(crate) struct Duty<'a> {
    snapshot: &'a Snapshot,
    window: Stretch,
    agents: Vec<OnceCell<Times>>,
    served: HashMap<ServedKey<'a>, Option<Times>>,
    looks: usize,
}

impl<'a> Duty<'a> {
    /// Over `from` to before `until`.
    pub(crate) fn new(snapshot: &'a Snapshot, from: DateTime<Utc>, until: DateTime<Utc>) -> Self {
        let agents = snapshot.members().iter().map(|_| OnceCell::new()).collect();
        Self { snapshot, window: (from, until), agents, served: HashMap::new(), looks: 0 }
    }

    /// The whole stretch.
    pub(crate) fn whole(&self) -> Times {
        Times::one(self.window.0, self.window.1)
    }

    /// When the rule's conditions of time hold; those of the user are taken to.
    pub(crate) fn open(&self, rule: &Rule) -> Times {
        let session = Session::new("", "", 0, 0);
        let mut open = self.whole();
        for condition in &rule.conditions {
            let kind = condition.test.kind();
            if !kind.is_of_time() {
                continue;
            }
            let changes = kind.changes(self.window.0, self.window.1);
            let holds = Times::when(self.window, changes, |now| {
                let asked = Asked { session: &session, now, customer: &Fact::Unknown };
                condition.holds(&asked) == Holds::Yes
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
            rule.group,
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
        let whole = self.whole();
        let mut stretches = Vec::new();
        for candidate in linked.lists().flat_map(|(_, candidates)| candidates) {
            self.looks = self.looks.saturating_add(1);
            if self.looks > MAX_LOOKS {
                return None;
            }
            let Some(member) = self.snapshot.member(candidate.member) else { continue };
            if !may_serve(member, &linked.rule) {
                continue;
            }
            let times = self.agent(candidate.member);
            if times == whole {
                return Some(whole);
            }
            stretches.extend_from_slice(times.stretches());
        }
        Some(Times::of(stretches))
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
