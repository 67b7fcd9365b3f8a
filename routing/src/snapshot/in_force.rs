//! The rows in force, read.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::{DateTime, Utc};

use crate::hours::Interner;
use crate::release::{Aside, AsideState, BytesError, Rest, Settled};
use crate::release::{asides, each_row, of_complete_rows, priority, version};
use crate::rows::agent::{self, Agent};
use crate::rows::rule::{self, Rule};
use crate::rows::{Context, Defaults, Finding, Patterns, Read, Row, Severity, Table, calendar};

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

/// Rows in force, read one by one: calendars before what uses them.
pub(super) struct Reading {
    defaults: Defaults,
    hours: Interner,
    patterns: Patterns,
    agents: Agents,
    rules: Vec<Arc<Rule>>,
    unread: Vec<String>,
    priorities: BTreeMap<String, f64>,
    findings: Vec<Finding>,
}

impl Reading {
    /// Begins. Hours are read as from `now` on.
    pub(super) fn new(now: DateTime<Utc>) -> Self {
        Self {
            defaults: of_complete_rows(),
            hours: Interner::new(now.date_naive()),
            patterns: Patterns::of_rows_in_force(),
            agents: Agents::new(),
            rules: Vec::new(),
            unread: Vec::new(),
            priorities: BTreeMap::new(),
            findings: Vec::new(),
        }
    }

    /// Reads one row of a table; its key is `id`. Customers are no part of what is in force.
    pub(super) fn take(&mut self, table: Table, id: &str, row: &Row) {
        let context = &mut Context {
            defaults: &self.defaults,
            hours: &mut self.hours,
            patterns: &mut self.patterns,
        };
        match table {
            Table::Calendars => {
                let read = good(calendar::read(row, context), &mut self.findings);
                self.hours.add_calendar(id.to_owned(), read);
            }
            Table::Agents => {
                let (agent, standing) = match agent::read(row, context) {
                    Ok((_, Read::Good(agent), _)) => (Some(agent), Standing::Ready),
                    Ok((_, Read::Disabled(agent), _)) => (agent, Standing::Disabled),
                    read => (good(read, &mut self.findings), Standing::InError),
                };
                self.agents.insert(id.into(), (agent.map(Arc::new), standing));
            }
            Table::Rules => match good(rule::read(row, context), &mut self.findings) {
                Some(rule) => self.rules.push(Arc::new(rule)),
                None => {
                    self.unread.push(id.to_owned());
                    let priority = priority(row).map(|priority| (id.to_owned(), priority));
                    self.priorities.extend(priority);
                }
            },
            Table::Customers => {}
        }
    }

    /// All rows were taken; what is known beside them.
    pub(super) fn finish(mut self, rest: Rest) -> InForce {
        for (id, is_disabled) in rest.agents_out {
            let standing = if is_disabled { Standing::Disabled } else { Standing::InError };
            self.agents.entry(id.as_str().into()).or_insert((None, standing));
        }
        let known: BTreeSet<&str> = rest.asides.iter().map(|aside| &*aside.id).collect();
        let unread = self.unread.iter().map(|id| (id.as_str(), AsideState::InError));
        let mut all = asides(unread, &self.priorities, &self.findings);
        all.retain(|aside| !known.contains(&*aside.id));
        all.extend(rest.asides.iter().cloned());
        all.sort_by(|a, b| a.id.cmp(&b.id));
        let Self { agents, rules, findings, .. } = self;
        InForce { agents, rules, asides: all, version: rest.version, findings }
    }
}

impl InForce {
    /// Reads what is settled.
    pub(super) fn of(settled: &Settled, now: DateTime<Utc>) -> Self {
        let mut reading = Reading::new(now);
        for table in Table::RELEASED {
            for (id, row) in settled.rows(table).into_iter().flatten() {
                reading.take(table, id, row);
            }
        }
        let agents_out = settled.agents_out().map(|(id, disabled)| (id.to_owned(), disabled));
        reading.finish(Rest {
            agents_out: agents_out.collect(),
            asides: settled.asides().to_vec(),
            version: version(settled),
        })
    }

    /// Reads a release, row by row as it is decoded.
    pub(super) fn of_release(bytes: &[u8], now: DateTime<Utc>) -> Result<Self, BytesError> {
        let mut reading = Reading::new(now);
        let rest = each_row(bytes, |table, id, row| reading.take(table, &id, &row))?;
        Ok(reading.finish(rest))
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
