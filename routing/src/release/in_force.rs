//! The rows in force, read: what a snapshot is made of.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::{DateTime, Utc};

use super::bytes::version;
use super::settle::{ReadRows, settle_and_keep};
use super::settled::{Aside, AsideState, Settled, asides, of_complete_rows, priority};
use crate::hours::Interner;
use crate::packed::{BytesError, Packed, Packer, Unpacker, packed_enum};
use crate::rows::agent::{self, Agent};
use crate::rows::rule::{self, Rule};
use crate::rows::{Context, Defaults, Finding, Patterns, Read, Row, Rows, Severity, calendar};

/// Whether an agent's row can be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Standing {
    Ready,
    Disabled,
    InError,
}

packed_enum!(Standing { 0 = Ready, 1 = Disabled, 2 = InError });

/// What a snapshot is made of.
#[derive(Debug)]
pub(crate) struct InForce {
    /// A short hash of the rows in force.
    pub(crate) version: String,
    /// By id; one whose row could not be read has nothing but its id.
    pub(crate) agents: Vec<(Agent, Standing)>,
    /// The rules that can match, in the order in which they are tried.
    pub(crate) rules: Vec<Rule>,
    /// By id.
    pub(crate) asides: Vec<Aside>,
    /// What cannot be read here. That something is odd was said of the rows as they were typed.
    pub(crate) findings: Vec<Finding>,
}

impl InForce {
    /// Reads what is settled. Hours are read as from `now` on.
    pub(crate) fn of(settled: &Settled, now: DateTime<Utc>) -> Self {
        Self::after(settled, ReadRows::default(), now)
    }

    /// What `rows` come to without a release before them, each read once; and what is wrong or odd
    /// about them.
    pub(crate) fn of_rows(
        rows: &Rows,
        defaults: &Defaults,
        now: DateTime<Utc>,
    ) -> (Self, Vec<Finding>) {
        let mut read = ReadRows::default();
        let (settled, findings) = settle_and_keep(rows, None, defaults, now, Some(&mut read));
        (Self::after(&settled, read, now), findings)
    }

    /// The same of what is settled, and of which this much was `read` on the way.
    fn after(settled: &Settled, mut read: ReadRows<'_>, now: DateTime<Utc>) -> Self {
        let mut reading = Reading::new(now);
        let is_any_read = !(read.agents.is_empty() && read.rules.is_empty());
        let is_read = is_any_read
            && settled.agents.keys().all(|id| read.agents.contains_key(id.as_str()))
            && settled.rules.keys().all(|id| read.rules.contains_key(id.as_str()));
        // What was read went by them already.
        for (id, row) in settled.calendars.iter().filter(|_| !is_read) {
            reading.calendar(id, row);
        }
        for (id, row) in &settled.agents {
            match read.agents.remove(id.as_str()) {
                Some(agent) => {
                    let is_out = settled.agents_out.contains_key(id);
                    let standing = if is_out { Standing::Disabled } else { Standing::Ready };
                    reading.agents.insert(id.as_str().into(), (agent, standing));
                }
                None => reading.agent(id, row),
            }
        }
        for (id, row) in &settled.rules {
            match read.rules.remove(id.as_str()) {
                Some(rule) => reading.rules.push(rule),
                None => reading.rule(id, row),
            }
        }
        reading.finish(settled)
    }
}

/// Without the findings: they are for whoever reads the rows.
impl Packed for InForce {
    fn pack(&self, to: &mut Packer) {
        let Self { version, agents, rules, asides, findings: _ } = self;
        version.pack(to);
        agents.pack(to);
        rules.pack(to);
        asides.pack(to);
    }

    fn unpack(from: &mut Unpacker<'_>) -> Result<Self, BytesError> {
        let read = Self {
            version: Packed::unpack(from)?,
            agents: Packed::unpack(from)?,
            rules: Packed::unpack(from)?,
            asides: Packed::unpack(from)?,
            findings: Vec::new(),
        };
        if read.agents.is_sorted_by(|(a, _), (b, _)| a.id < b.id) {
            Ok(read)
        } else {
            Err(BytesError::Order)
        }
    }
}

/// Rows in force, read one by one: calendars before what uses them.
struct Reading {
    defaults: Defaults,
    hours: Interner,
    patterns: Patterns,
    agents: BTreeMap<Arc<str>, (Agent, Standing)>,
    rules: Vec<Rule>,
    unread: Vec<String>,
    priorities: BTreeMap<String, f64>,
    findings: Vec<Finding>,
}

impl Reading {
    fn new(now: DateTime<Utc>) -> Self {
        Self {
            defaults: of_complete_rows(),
            hours: Interner::new(now.date_naive()),
            patterns: Patterns::of_rows_in_force(),
            agents: BTreeMap::new(),
            rules: Vec::new(),
            unread: Vec::new(),
            priorities: BTreeMap::new(),
            findings: Vec::new(),
        }
    }

    fn context(&mut self) -> (Context<'_>, &mut Vec<Finding>) {
        let context = Context {
            defaults: &self.defaults,
            hours: &mut self.hours,
            patterns: &mut self.patterns,
        };
        (context, &mut self.findings)
    }

    fn calendar(&mut self, id: &str, row: &Row) {
        let (mut context, findings) = self.context();
        let read = good(calendar::read(row, &mut context), findings);
        self.hours.add_calendar(id.to_owned(), read);
    }

    fn agent(&mut self, id: &str, row: &Row) {
        let (mut context, findings) = self.context();
        let (agent, standing) = match agent::read(row, &mut context) {
            Ok((_, Read::Good(agent), _)) => (Some(agent), Standing::Ready),
            Ok((_, Read::Disabled(agent), _)) => (agent, Standing::Disabled),
            read => (good(read, findings), Standing::InError),
        };
        let agent = agent.unwrap_or_else(|| Agent::unread(id.into()));
        self.agents.insert(id.into(), (agent, standing));
    }

    fn rule(&mut self, id: &str, row: &Row) {
        let (mut context, findings) = self.context();
        match good(rule::read(row, &mut context), findings) {
            Some(rule) => self.rules.push(rule),
            None => {
                self.unread.push(id.to_owned());
                let priority = priority(row).map(|priority| (id.to_owned(), priority));
                self.priorities.extend(priority);
            }
        }
    }

    /// All rows were read; with what is known beside them.
    fn finish(mut self, settled: &Settled) -> InForce {
        for (id, is_disabled) in settled.agents_out() {
            let standing = if is_disabled { Standing::Disabled } else { Standing::InError };
            let unread = || (Agent::unread(id.into()), standing);
            self.agents.entry(id.into()).or_insert_with(unread);
        }
        let known: BTreeSet<&str> = settled.asides().iter().map(|aside| &*aside.id).collect();
        let unread = self.unread.iter().map(|id| (id.as_str(), AsideState::InError));
        let mut all = asides(unread, &self.priorities, &self.findings);
        all.retain(|aside| !known.contains(&*aside.id));
        all.extend(settled.asides().iter().cloned());
        all.sort_by(|a, b| a.id.cmp(&b.id));
        let Self { agents, mut rules, findings, .. } = self;
        rules.sort_by(|a, b| a.order(b));
        let agents = agents.into_values().collect();
        InForce { version: version(settled), agents, rules, asides: all, findings }
    }
}

/// The row, if it can be used; else what is wrong with it goes into `findings`.
fn good<T>(
    read: Result<(&str, Read<T>, Vec<Finding>), Finding>,
    findings: &mut Vec<Finding>,
) -> Option<T> {
    match read {
        Ok((_, Read::Good(read), _)) => Some(read),
        Ok((_, Read::Disabled(_) | Read::Bad, found)) => {
            let errors = found.into_iter().filter(|finding| finding.severity == Severity::Error);
            findings.extend(errors);
            None
        }
        Err(finding) => {
            findings.push(finding);
            None
        }
    }
}
