//! Each row's version that is in force: the row, or its last good version while it is in error.

use std::borrow::Borrow;
use std::collections::BTreeMap;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use siphasher::sip::SipHasher24;

use crate::hours::{Hours, Interner};
use crate::release::AsideState;
use crate::rows::agent::Agent;
use crate::rows::condition::Condition;
use crate::rows::rule::Rule;
use crate::rows::{Finding, Read, ReadRow, Row, Severity, Table, is_note};

/// A row's version in force, and a hash of its content.
#[derive(Debug, Clone)]
pub(super) struct InForce<T> {
    pub(super) read: Read<T>,
    content: u64,
    /// Whether the row itself is in error, so that this is an earlier version of it.
    pub(super) is_kept: bool,
}

impl<T> InForce<T> {
    /// A row of which nothing is in force.
    pub(super) fn none(disabled: bool) -> Self {
        let read = if disabled { Read::Disabled(None) } else { Read::Bad };
        Self { read, content: 0, is_kept: false }
    }

    /// What is with a rule's row that does not count as it stands.
    pub(super) fn aside(&self) -> Option<AsideState> {
        match &self.read {
            Read::Disabled(_) => Some(AsideState::Disabled),
            Read::Bad => Some(AsideState::InError),
            Read::Good(_) if self.is_kept => Some(AsideState::Kept),
            Read::Good(_) => None,
        }
    }
}

impl<T> Read<T> {
    pub(super) fn map<U>(self, f: impl FnOnce(T) -> U) -> Read<U> {
        match self {
            Self::Good(row) => Read::Good(f(row)),
            Self::Disabled(row) => Read::Disabled(row.map(f)),
            Self::Bad => Read::Bad,
        }
    }
}

/// Reads all rows of a table, each with the version that is in force.
pub(super) fn settle_all<T: Clone, R: Borrow<Row>>(
    table: Table,
    rows: impl Iterator<Item = R>,
    before: &BTreeMap<String, InForce<T>>,
    findings: &mut Vec<Finding>,
    mut read: impl for<'r> FnMut(&'r Row) -> ReadRow<'r, T>,
) -> BTreeMap<String, InForce<T>> {
    let mut settled = BTreeMap::new();
    for row in rows {
        let row: &Row = row.borrow();
        let (key, outcome, mut found) = match read(row) {
            Ok(read) => read,
            Err(finding) => {
                findings.push(finding);
                continue;
            }
        };
        let in_force = match outcome {
            Read::Bad => match last_good(table, key, row, before, &mut read) {
                Some(last_good) => {
                    for finding in
                        found.iter_mut().filter(|finding| finding.severity == Severity::Error)
                    {
                        finding
                            .message
                            .push_str("; until then the row's last good version stays in force");
                    }
                    InForce { is_kept: true, ..last_good }
                }
                None => InForce { read: Read::Bad, content: 0, is_kept: false },
            },
            read => InForce { read, content: content(row), is_kept: false },
        };
        findings.append(&mut found);
        settled.insert(key.to_owned(), in_force);
    }
    settled
}

/// The version in the previous snapshot, else the one in the row's `_LastGood`.
fn last_good<T: Clone>(
    table: Table,
    key: &str,
    row: &Row,
    before: &BTreeMap<String, InForce<T>>,
    read: &mut impl for<'r> FnMut(&'r Row) -> ReadRow<'r, T>,
) -> Option<InForce<T>> {
    if let Some(known) = before.get(key).filter(|known| !matches!(known.read, Read::Bad)) {
        return Some(known.clone());
    }
    let good = crate::rows::last_good(table, key, row)?;
    let (_, outcome, _) = read(&good).ok()?;
    match outcome {
        Read::Bad => None,
        outcome => Some(InForce { read: outcome, content: content(&good), is_kept: true }),
    }
}

/// Points versions that were kept from before to today's calendars.
pub(super) fn relink(
    agents: &mut BTreeMap<String, InForce<Arc<Agent>>>,
    rules: &mut BTreeMap<String, InForce<Arc<Rule>>>,
    interner: &Interner,
) {
    let calendar = |id: &str| interner.calendar(id);
    for agent in agents.values_mut() {
        if let Read::Good(agent) = &mut agent.read
            && let Some(shifts) = agent.shifts.as_ref().and_then(|shifts| shifts.relinked(calendar))
        {
            Arc::make_mut(agent).shifts = Some(shifts);
        }
    }
    for rule in rules.values_mut() {
        let Read::Good(rule) = &mut rule.read else { continue };
        let relinked = |condition: &Condition| condition.test.kind().hours()?.relinked(calendar);
        let stale = rule
            .conditions
            .iter()
            .flat_map(Condition::each)
            .any(|condition| relinked(condition).is_some());
        if !stale {
            continue;
        }
        let relink = |condition: &mut Condition| {
            if let Some(new) = relinked(condition)
                && let Some(hours) = condition.test.kind_mut().hours_mut()
            {
                *hours = new;
            }
        };
        for condition in &mut Arc::make_mut(rule).conditions {
            relink(condition);
            condition.test.kind_mut().inner_mut().into_iter().for_each(relink);
        }
    }
}

/// A hash of what matters in a row: everything but the notes.
fn content(row: &Row) -> u64 {
    let mut hasher = SipHasher24::new();
    for (name, value) in row.iter().filter(|(name, _)| !is_note(name)) {
        (name, value).hash(&mut hasher);
    }
    hasher.finish()
}

pub(super) fn version(
    rules: &BTreeMap<String, InForce<Arc<Rule>>>,
    agents: &BTreeMap<String, InForce<Arc<Agent>>>,
    calendars: &BTreeMap<String, InForce<Arc<Hours>>>,
) -> String {
    let mut hasher = SipHasher24::new();
    hash_contents(Table::Rules, rules, &mut hasher);
    hash_contents(Table::Agents, agents, &mut hasher);
    hash_contents(Table::Calendars, calendars, &mut hasher);
    format!("{:012x}", hasher.finish() >> 16)
}

fn hash_contents<T>(table: Table, rows: &BTreeMap<String, InForce<T>>, hasher: &mut SipHasher24) {
    table.name().hash(hasher);
    for (key, row) in rows {
        (key, row.content).hash(hasher);
    }
}
