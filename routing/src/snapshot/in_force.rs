//! The rows in force, read.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use chrono::{DateTime, Utc};
use siphasher::sip::SipHasher24;

use crate::hours::Interner;
use crate::release::{Aside, AsideState, Settled, asides, of_complete_rows, priority};
use crate::rows::agent::{self, Agent};
use crate::rows::rule::{self, Rule};
use crate::rows::{Context, Finding, Patterns, Read, Severity, Table, calendar};

/// Whether an agent's row can be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Standing {
    Ready,
    Disabled,
    InError,
}

/// Agents by id; `None` where nothing is known but the id.
pub(super) type Agents = BTreeMap<Arc<str>, (Option<Arc<Agent>>, Standing)>;

/// What a snapshot is made of.
pub(super) struct InForce {
    pub(super) agents: Agents,
    /// The rules that can match.
    pub(super) rules: Vec<Arc<Rule>>,
    /// By id.
    pub(super) asides: Vec<Aside>,
    pub(super) version: String,
    /// What cannot be read here. That something is odd was said of the rows as they were typed.
    pub(super) findings: Vec<Finding>,
}

impl InForce {
    /// Reads what is settled.
    pub(super) fn read(settled: &Settled, now: DateTime<Utc>) -> Self {
        let defaults = &of_complete_rows();
        let mut hours = Interner::new(now.date_naive());
        let mut patterns = Patterns::of_rows_in_force();
        let mut findings = Vec::new();
        let rows = |table| settled.rows(table).into_iter().flatten();

        for (id, row) in rows(Table::Calendars) {
            let context = &mut Context { defaults, hours: &mut hours, patterns: &mut patterns };
            let read = good(calendar::read(row, context), &mut findings);
            hours.add_calendar(id.clone(), read);
        }
        let mut context = Context { defaults, hours: &mut hours, patterns: &mut patterns };
        let mut agents = Agents::new();
        for (id, row) in rows(Table::Agents) {
            let (agent, standing) = match agent::read(row, &mut context) {
                Ok((_, Read::Good(agent), _)) => (Some(agent), Standing::Ready),
                Ok((_, Read::Disabled(agent), _)) => (agent, Standing::Disabled),
                read => (good(read, &mut findings), Standing::InError),
            };
            agents.insert(id.as_str().into(), (agent.map(Arc::new), standing));
        }
        for (id, is_disabled) in settled.agents_out() {
            let standing = if is_disabled { Standing::Disabled } else { Standing::InError };
            agents.entry(id.into()).or_insert((None, standing));
        }
        let (mut rules, mut unread, mut priorities) = (Vec::new(), Vec::new(), BTreeMap::new());
        for (id, row) in rows(Table::Rules) {
            match good(rule::read(row, &mut context), &mut findings) {
                Some(rule) => rules.push(Arc::new(rule)),
                None => {
                    unread.push((id.as_str(), AsideState::InError));
                    priorities.extend(priority(row).map(|priority| (id.clone(), priority)));
                }
            }
        }
        let known: BTreeSet<&str> = settled.asides().iter().map(|aside| &*aside.id).collect();
        let mut all = asides(unread.into_iter(), &priorities, &findings);
        all.retain(|aside| !known.contains(&*aside.id));
        all.extend(settled.asides().iter().cloned());
        all.sort_by(|a, b| a.id.cmp(&b.id));
        Self { agents, rules, asides: all, version: version(settled), findings }
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

/// A short hash of the rows in force.
fn version(settled: &Settled) -> String {
    let mut hasher = SipHasher24::new();
    for table in [Table::Rules, Table::Agents, Table::Calendars] {
        table.name().hash(&mut hasher);
        settled.rows(table).hash(&mut hasher);
    }
    format!("{:012x}", hasher.finish() >> 16)
}
