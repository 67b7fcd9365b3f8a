//! Rows, compiled once per load: typed, checked, put in order and linked, so that a decision only
//! compares.

mod in_force;
mod index;
mod places;

use std::borrow::Borrow;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use chrono::{DateTime, Utc};

use crate::hash::AgentHash;
use crate::hours::{Hours, Interner, Shared};
pub use crate::release::{Aside, AsideState};
use crate::release::{Settled, asides, of_complete_rows, priority};
use crate::rows::Defaults;
use crate::rows::Patterns;
use crate::rows::agent::{self, Agent};
use crate::rows::rule::{self, Rule};
use crate::rows::{
    Context, Customer, Fact, Finding, Read, Row, Rows, Severity, Table, Value, calendar,
};
use crate::session::Session;
use crate::text::{closest_id, cut};
use in_force::{InForce, relink, settle_all, version};
use index::Index;

/// For how many ids without a row a near one is looked for.
const MAX_SEARCHES: usize = 5;

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
    kept: Kept,
    asides: Vec<Aside>,
}

/// What a snapshot is compiled from.
struct Parts<R, A, C, O> {
    rules: R,
    agents: A,
    calendars: C,
    /// Agents without a row here, each with whether it is disabled.
    agents_out: O,
    patterns: Patterns,
}

/// A rule with its agents looked up.
#[derive(Debug)]
pub struct LinkedRule {
    /// The rule.
    pub rule: Arc<Rule>,
    named: Vec<Candidate>,
    rosters: Vec<(String, Arc<[Candidate]>)>,
}

impl LinkedRule {
    /// The lists of candidates in the order in which they are tried, each by its tiers.
    pub(crate) fn lists(&self) -> impl Iterator<Item = (&str, &[Candidate])> {
        std::iter::once(("AgentIds", self.named.as_slice())).chain(
            self.rosters.iter().map(|(name, candidates)| (name.as_str(), candidates.as_ref())),
        )
    }
}

/// An agent in a list, by place among the members.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Candidate {
    pub(crate) member: usize,
    pub(crate) tier: u32,
}

/// An agent and what is computed about it once.
#[derive(Debug)]
pub struct Member {
    /// The agent.
    pub agent: Arc<Agent>,
    pub(crate) hash: AgentHash,
    pub(crate) standing: Standing,
}

impl Member {
    /// Whether the agent's row is neither in error nor disabled.
    pub fn is_in_use(&self) -> bool {
        self.standing == Standing::Ready
    }
}

/// Whether an agent's row can be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Standing {
    Ready,
    Disabled,
    InError,
}

/// What the next snapshot needs of this one: each row's version in force, and the hours parsed so
/// far.
#[derive(Debug, Default)]
struct Kept {
    rules: BTreeMap<String, InForce<Arc<Rule>>>,
    agents: BTreeMap<String, InForce<Arc<Agent>>>,
    calendars: BTreeMap<String, InForce<Arc<Hours>>>,
    hours: Arc<Shared>,
}

impl Snapshot {
    /// Compiles `rows`. A row in error keeps its last good version: the one in `previous`, else its
    /// `_LastGood`.
    pub fn compile(
        rows: &Rows,
        defaults: &Defaults,
        now: DateTime<Utc>,
        previous: Option<&Self>,
    ) -> Self {
        Self::compile_each(
            Parts {
                rules: rows.rules.iter(),
                agents: rows.agents.iter(),
                calendars: rows.calendars.iter(),
                agents_out: std::iter::empty(),
                patterns: Patterns::default(),
            },
            defaults,
            now,
            previous,
        )
    }

    /// The same, with each row freed as soon as it is read, so that ten thousand are never in
    /// memory in both forms.
    pub fn compile_owned(
        rows: Rows,
        defaults: &Defaults,
        now: DateTime<Utc>,
        previous: Option<&Self>,
    ) -> Self {
        let Rows { rules, agents, calendars } = rows;
        Self::compile_each(
            Parts {
                rules: rules.into_iter(),
                agents: agents.into_iter(),
                calendars: calendars.into_iter(),
                agents_out: std::iter::empty(),
                patterns: Patterns::default(),
            },
            defaults,
            now,
            previous,
        )
    }

    /// What is in force, ready to decide by at `now`. A row that this version cannot read is not
    /// used, and a finding says so.
    pub fn of(settled: &Settled, now: DateTime<Utc>) -> Self {
        let mut snapshot = Self::compile_each(
            Parts {
                rules: settled.rows(Table::Rules).into_iter().flat_map(BTreeMap::values),
                agents: settled.rows(Table::Agents).into_iter().flat_map(BTreeMap::values),
                calendars: settled.rows(Table::Calendars).into_iter().flat_map(BTreeMap::values),
                agents_out: settled.agents_out(),
                patterns: Patterns::of_rows_in_force(),
            },
            &of_complete_rows(),
            now,
            None,
        );
        // What is known of rows that are not in force; beside it, what cannot be read here.
        let known: BTreeSet<&str> = settled.asides().iter().map(|aside| &*aside.id).collect();
        snapshot.asides.retain(|aside| !known.contains(&*aside.id));
        snapshot.asides.extend(settled.asides().iter().cloned());
        snapshot.asides.sort_by(|a, b| a.id.cmp(&b.id));
        snapshot
    }

    fn compile_each<'o, R: Borrow<Row>>(
        parts: Parts<
            impl Iterator<Item = R>,
            impl Iterator<Item = R>,
            impl Iterator<Item = R>,
            impl Iterator<Item = (&'o str, bool)>,
        >,
        defaults: &Defaults,
        now: DateTime<Utc>,
        previous: Option<&Self>,
    ) -> Self {
        let Parts { rules, agents, calendars, agents_out, mut patterns } = parts;
        let nothing = Kept::default();
        let before = previous.map_or(&nothing, |snapshot| &snapshot.kept);
        let mut interner = Interner::new(now.date_naive(), Arc::clone(&before.hours));
        let mut findings = Vec::new();

        let calendars =
            settle_all(Table::Calendars, calendars, &before.calendars, &mut findings, |row| {
                calendar::read(
                    row,
                    &mut Context { defaults, hours: &mut interner, patterns: &mut patterns },
                )
            });
        for (id, calendar) in &calendars {
            let hours = match &calendar.read {
                Read::Good(hours) => Some(Arc::clone(hours)),
                Read::Disabled(_) | Read::Bad => None,
            };
            interner.add_calendar(id.clone(), hours);
        }
        let mut agents = settle_all(Table::Agents, agents, &before.agents, &mut findings, |row| {
            let (key, read, findings) = agent::read(
                row,
                &mut Context { defaults, hours: &mut interner, patterns: &mut patterns },
            )?;
            Ok((key, read.map(Arc::new), findings))
        });
        for (id, disabled) in agents_out {
            agents.entry(id.to_owned()).or_insert_with(|| InForce::none(disabled));
        }
        let mut priorities: BTreeMap<String, f64> = BTreeMap::new();
        let mut rules = settle_all(Table::Rules, rules, &before.rules, &mut findings, |row| {
            if let (Some(key), Some(priority)) = (Table::Rules.key_of(row), priority(row)) {
                // A kept version is read after the row itself, whose priority stays.
                priorities.entry(key.to_owned()).or_insert(priority);
            }
            let (key, read, findings) = rule::read(
                row,
                &mut Context { defaults, hours: &mut interner, patterns: &mut patterns },
            )?;
            Ok((key, read.map(Arc::new), findings))
        });
        relink(&mut agents, &mut rules, &interner);

        let version = version(&rules, &agents, &calendars);
        let kept = Kept { rules, agents, calendars, hours: Arc::new(interner.into_shared()) };
        let mut snapshot = Self {
            version,
            rules: Vec::new(),
            members: Vec::new(),
            by_id: HashMap::new(),
            index: Index::default(),
            last_agent_days: None,
            errors: 0,
            findings,
            crossing: Vec::new(),
            kept,
            asides: Vec::new(),
        };
        snapshot.link();
        snapshot.findings.extend(snapshot.crossing.iter().cloned());
        snapshot.findings.sort();
        snapshot.findings.dedup();
        let states = snapshot.kept.rules.iter();
        let states = states.filter_map(|(key, rule)| Some((key.as_str(), rule.aside()?)));
        snapshot.asides = asides(states, &priorities, &snapshot.findings);
        snapshot.errors =
            snapshot.findings.iter().filter(|finding| finding.severity == Severity::Error).count();
        snapshot
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
        let rule = |place: usize| self.rules.get(place).map(|linked| linked.rule.as_ref());
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

    /// Looks up every rule's agents.
    fn link(&mut self) {
        let mut rosters: HashMap<String, Vec<Candidate>> = HashMap::new();
        for (id, agent) in &self.kept.agents {
            let id: Arc<str> = id.as_str().into();
            let (agent, standing) = match &agent.read {
                Read::Good(agent) => (Some(agent), Standing::Ready),
                Read::Disabled(agent) => (agent.as_ref(), Standing::Disabled),
                Read::Bad => (None, Standing::InError),
            };
            let agent = agent.cloned().unwrap_or_else(|| Arc::new(Agent::unread(Arc::clone(&id))));
            let index = self.members.len();
            for (roster, tier) in &agent.rosters {
                rosters
                    .entry(roster.clone())
                    .or_default()
                    .push(Candidate { member: index, tier: *tier });
            }
            self.by_id.insert(Arc::clone(&id), index);
            self.members.push(Member { agent, hash: AgentHash::new(&id), standing });
        }
        let rosters: HashMap<String, Arc<[Candidate]>> = rosters
            .into_iter()
            .map(|(name, candidates)| (name, by_tier(candidates).into()))
            .collect();

        let mut rules: Vec<Arc<Rule>> = self
            .kept
            .rules
            .values()
            .filter_map(|rule| match &rule.read {
                Read::Good(rule) => Some(Arc::clone(rule)),
                Read::Disabled(_) | Read::Bad => None,
            })
            .collect();
        rules.sort_by(|a, b| a.priority.total_cmp(&b.priority).then_with(|| a.id.cmp(&b.id)));
        for (first, second) in rules.iter().zip(rules.iter().skip(1)) {
            if first.priority == second.priority {
                let message = format!(
                    "is {} here and in rule `{}`; rules with the same priority are tried in order of RuleId",
                    first.priority, first.id
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
        let none: Arc<[Candidate]> = Arc::new([]);
        let mut searches = MAX_SEARCHES;
        for rule in rules {
            let named = rule
                .agent_ids
                .iter()
                .filter_map(|id| self.named(&rule.id, id, &mut searches))
                .collect();
            for id in &rule.except_agents {
                if !self.by_id.contains_key(id) {
                    self.unknown_agent(&rule.id, "ExceptAgents", id, &mut searches);
                }
            }
            let rosters = rule
                .rosters
                .iter()
                .map(|name| (name.clone(), Arc::clone(rosters.get(name).unwrap_or(&none))))
                .collect();
            self.rules.push(LinkedRule { named: by_tier(named), rosters, rule });
        }
        self.index = Index::new(self.rules.iter().map(|linked| linked.rule.as_ref()));
    }

    /// An agent named by a rule. An id without an agent row is nobody: deleting a leaver's row is
    /// enough.
    fn named(&mut self, rule_id: &str, id: &Arc<str>, searches: &mut usize) -> Option<Candidate> {
        if let Some(index) = self.by_id.get(id).copied() {
            let tier = self.members.get(index).map_or(1, |member| member.agent.tier);
            return Some(Candidate { member: index, tier });
        }
        self.unknown_agent(rule_id, "AgentIds", id, searches);
        None
    }

    /// Warns of an id without an agent row.
    fn unknown_agent(
        &mut self,
        rule_id: &str,
        attribute: &str,
        id: &Arc<str>,
        searches: &mut usize,
    ) {
        let so = match attribute {
            "ExceptAgents" => "so it excepts nobody",
            _ => "so it is nobody",
        };
        if let Some(known) = self.ids_in(id) {
            let message = format!(
                "no agent row has the id `{}`, {so}; write {known}, each as an entry of its own",
                cut(id)
            );
            self.warn_of_id(rule_id, attribute, id, message);
            return;
        }
        let near = searches.checked_sub(1).and_then(|left| {
            *searches = left;
            closest_id(id, self.kept.agents.keys().map(String::as_str))
        });
        let todo = near.map_or_else(
            || "add the agent's row, or remove the id".to_owned(),
            |near| format!("did you mean `{}`?", cut(near)),
        );
        let message = format!("no agent row has the id `{}`, {so}; {todo}", cut(id));
        self.warn_of_id(rule_id, attribute, id, message);
    }

    /// The known ids in a text that holds several, or one with something else.
    fn ids_in(&self, text: &str) -> Option<String> {
        let is_between = |c: char| c.is_whitespace() || "/&+|<>()・:".contains(c);
        let parts = || text.split(is_between).filter(|part| !part.is_empty());
        let known: Vec<&str> = parts().filter(|part| self.by_id.contains_key(*part)).collect();
        let certain = known.len() == 1 || known.len() == parts().count();
        let shown = |id: &&str| format!("`{}`", cut(id));
        (certain && !known.is_empty())
            .then(|| known.iter().take(10).map(shown).collect::<Vec<_>>().join(", "))
    }

    fn warn_of_id(&mut self, rule_id: &str, attribute: &str, id: &str, message: String) {
        self.crossing.push(Finding::new(
            Severity::Warning,
            Table::Rules,
            rule_id,
            Some(attribute),
            Some(&Value::Text(id.to_owned())),
            message,
        ));
    }
}

fn by_tier(mut candidates: Vec<Candidate>) -> Vec<Candidate> {
    candidates.sort_by_key(|candidate| candidate.tier);
    // A roster named twice in other letters (`Support`, `support`) counts once, with the lower
    // tier.
    let mut seen = std::collections::HashSet::new();
    candidates.retain(|candidate| seen.insert(candidate.member));
    candidates
}
