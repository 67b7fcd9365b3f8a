//! Rows, compiled once per load: typed, checked, put in order and linked, so that a decision only
//! compares.

mod ids;
mod index;
mod member;
mod places;

use std::collections::HashMap;
use std::sync::Arc;

use chrono::{DateTime, Utc};

use crate::hash::AgentHash;
pub(crate) use crate::release::Standing;
pub use crate::release::{Aside, AsideState};
use crate::release::{BytesError, InForce, Settled, decode_typed};
use crate::rows::agent::Agent;
use crate::rows::rule::Rule;
use crate::rows::{Customer, Defaults, Fact, Finding, Rows, Severity, Table};
use crate::session::Session;
use crate::text::cut;
use ids::Ids;
use index::Index;
pub(crate) use member::ListedMember;
pub use member::Member;
use member::{Rosters, by_tier};

/// All rules and agents, ready to decide by.
#[derive(Debug)]
pub struct Snapshot {
    version: String,
    rules: Vec<LinkedRule>,
    members: Vec<Member>,
    by_id: HashMap<Arc<str>, usize>,
    index: Index,
    last_agent_days: Option<u32>,
    errors: usize,
    findings: Vec<Finding>,
    /// Those among them that only all rows together show.
    crossing: Vec<Finding>,
    asides: Vec<Aside>,
}

/// A rule with its agents looked up.
#[derive(Debug)]
pub struct LinkedRule {
    /// As it was read from its row.
    pub rule: Rule,
    named: Vec<ListedMember>,
    rosters: Vec<(Arc<str>, Arc<[ListedMember]>)>,
}

impl LinkedRule {
    /// The lists of candidates in the order in which they are tried, each by its tiers.
    pub(crate) fn lists(&self) -> impl Iterator<Item = (&str, &[ListedMember])> {
        std::iter::once(("AgentIds", self.named.as_slice())).chain(
            self.rosters.iter().map(|(name, candidates)| (name.as_ref(), candidates.as_ref())),
        )
    }
}

impl Snapshot {
    /// What is in force by `rows` alone, without a release before them: a row in error is not used.
    /// With what is wrong or odd about the rows.
    pub fn compile(rows: &Rows, defaults: &Defaults, now: DateTime<Utc>) -> Self {
        let (in_force, findings) = InForce::of_rows(rows, defaults, now);
        let mut snapshot = Self::linked(in_force);
        snapshot.add(findings);
        snapshot
    }

    /// What is in force, ready to decide by at `now`. A row that this version cannot read is not
    /// used, and a finding says so.
    pub fn of(settled: &Settled, now: DateTime<Utc>) -> Self {
        Self::linked(InForce::of(settled, now))
    }

    /// The same of a release's typed bytes: what was read out of the rows.
    ///
    /// # Errors
    /// They are no such bytes.
    pub fn of_release(typed: &[u8]) -> Result<Self, BytesError> {
        decode_typed(typed).map(Self::linked)
    }

    fn linked(in_force: InForce) -> Self {
        let InForce { agents, rules, asides, version, findings } = in_force;
        let mut snapshot = Self {
            version,
            rules: Vec::new(),
            members: Vec::new(),
            by_id: HashMap::new(),
            index: Index::default(),
            last_agent_days: None,
            errors: 0,
            findings: Vec::new(),
            crossing: Vec::new(),
            asides,
        };
        let rosters = snapshot.take_agents(agents);
        snapshot.link(rules, &rosters);
        snapshot.add(findings);
        snapshot.add(snapshot.crossing.clone());
        snapshot
    }

    fn add(&mut self, findings: Vec<Finding>) {
        self.findings.extend(findings);
        self.findings.sort();
        self.findings.dedup();
        let errors = self.findings.iter().filter(|finding| finding.severity == Severity::Error);
        self.errors = errors.count();
    }

    /// A short hash of the content that matters: equal rows, equal version, in any order.
    pub fn version(&self) -> &str {
        &self.version
    }

    /// The rules that can match, in the order in which they are tried.
    pub fn rules(&self) -> &[LinkedRule] {
        &self.rules
    }

    /// The rules that are in error, disabled, or an earlier version of their rows.
    pub(crate) fn asides(&self) -> &[Aside] {
        &self.asides
    }

    /// The longest `LastAgentDays` of the rules that prefer the last agent; `None` when none does.
    pub fn last_agent_days(&self) -> Option<u32> {
        self.last_agent_days
    }

    /// Whether the agent has a row.
    pub fn has_agent(&self, id: &str) -> bool {
        self.by_id.contains_key(id)
    }

    /// The rules that this request may match, in the order in which they are tried.
    pub(crate) fn candidates<'a>(
        &'a self,
        session: &'a Session,
        customer: &Fact<Option<Customer>>,
        now: DateTime<Utc>,
    ) -> impl Iterator<Item = &'a LinkedRule> {
        let rule = |place: usize| self.rules.get(place).map(|linked| &linked.rule);
        let places = self.index.candidates(session, customer, now, rule);
        places.filter_map(|place| self.rules.get(place))
    }

    /// What is wrong or odd about the rows.
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// Those of the findings that only all rows together show: ids without a row, equal
    /// priorities.
    pub(crate) fn crossing(&self) -> &[Finding] {
        &self.crossing
    }

    /// How many of the findings are errors.
    pub fn errors(&self) -> usize {
        self.errors
    }

    /// How many rules and agents are known to be in error, whether or not an earlier version of
    /// them is in force.
    pub fn rows_in_error(&self) -> usize {
        let rules = self.asides.iter().filter(|aside| aside.state != AsideState::Disabled);
        let agents = self.members.iter().filter(|member| member.standing == Standing::InError);
        rules.count() + agents.count()
    }

    /// Every agent, by id.
    pub fn members(&self) -> &[Member] {
        &self.members
    }

    pub(crate) fn member(&self, index: usize) -> Option<&Member> {
        self.members.get(index)
    }

    pub(crate) fn member_by_id(&self, id: &str) -> Option<(usize, &Member)> {
        let index = *self.by_id.get(id)?;
        self.members.get(index).map(|member| (index, member))
    }

    /// Makes members of the agents; the rosters that they are on, by name.
    fn take_agents(&mut self, agents: Vec<(Agent, Standing)>) -> Rosters {
        let mut rosters: HashMap<Arc<str>, Vec<ListedMember>> = HashMap::new();
        self.members.reserve_exact(agents.len());
        self.by_id.reserve(agents.len());
        for (agent, standing) in agents {
            let index = self.members.len();
            for (roster, tier) in &agent.rosters {
                let candidate = ListedMember { member: index, tier: *tier };
                match rosters.get_mut(roster) {
                    Some(candidates) => candidates.push(candidate),
                    None => drop(rosters.insert(Arc::clone(roster), vec![candidate])),
                }
            }
            self.by_id.insert(Arc::clone(&agent.id), index);
            let hash = AgentHash::new(&agent.id);
            self.members.push(Member { agent, hash, standing });
        }
        rosters.into_iter().map(|(name, candidates)| (name, by_tier(candidates).into())).collect()
    }

    /// Puts the rules in order, and looks up their agents.
    fn link(&mut self, mut rules: Vec<Rule>, rosters: &Rosters) {
        rules.sort_by(|a, b| a.order(b));
        for (first, second) in rules.iter().zip(rules.iter().skip(1)) {
            if first.priority == second.priority {
                let (same, id) = (first.priority, cut(&first.id));
                let earlier = number_before(&rules, same)
                    .map(|number| format!(", such as `{number}` to be before it"))
                    .unwrap_or_default();
                let message = format!(
                    "is {same} here and in rule `{id}`; rules with the same priority are tried in \
                    order of RuleId, `{id}` before this one; if another order is meant, write \
                    another number{earlier}"
                );
                self.crossing.push(Finding::new(
                    Severity::Warning,
                    Table::Rules,
                    &second.id,
                    Some("Priority"),
                    None,
                    message,
                ));
            }
        }
        self.last_agent_days = rules
            .iter()
            .filter(|rule| rule.prefers_last_agent())
            .map(|rule| rule.last_agent_days)
            .max();
        let none: Arc<[ListedMember]> = Arc::new([]);
        let mut ids = Ids::new(&self.by_id, &self.members);
        self.rules.reserve_exact(rules.len());
        for rule in rules {
            let named = rule.agent_ids.iter().filter_map(|id| {
                let found = ids.find(id);
                if found.is_none() {
                    self.crossing.push(ids.unknown(&rule.id, "AgentIds", id));
                }
                found
            });
            let named = by_tier(named.collect());
            for id in &rule.except_agents {
                if ids.find(id).is_none() {
                    self.crossing.push(ids.unknown(&rule.id, "ExceptAgents", id));
                }
            }
            let rosters = rule
                .rosters
                .iter()
                .map(|name| (Arc::clone(name), Arc::clone(rosters.get(name).unwrap_or(&none))))
                .collect();
            self.rules.push(LinkedRule { named, rosters, rule });
        }
        self.index = Index::new(self.rules.iter().map(|linked| &linked.rule));
    }
}

/// A number between this priority and the next lower one of the rules, which are in order.
fn number_before(rules: &[Rule], priority: f64) -> Option<f64> {
    let first = rules.partition_point(|rule| rule.priority < priority);
    let lower = first.checked_sub(1).and_then(|at| rules.get(at)).map(|rule| rule.priority);
    let whole = priority - 1.0;
    let number = match lower {
        Some(lower) if lower >= whole => lower + (priority - lower) / 2.0,
        _ => whole,
    };
    // A number that people would type.
    let short = number.to_string().len() <= 8;
    (short && number < priority && lower.is_none_or(|lower| lower < number)).then_some(number)
}
