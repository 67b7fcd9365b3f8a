//! Which version of every row is in force: what a release holds.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Counts;
use crate::hours::Zone;
use crate::packed::{packed_enum, packed_struct};
use crate::rows::{Defaults, Finding, Row, Severity, Table, Value};

/// The rows in force, and for traces those that are not. Made by [`settle`](super::settle) or
/// [`decode`](super::decode) alone.
///
/// Rows are cleaned and complete: without notes, with the zone and the country that they go by,
/// calendars named by their exact ids. So nothing outside changes what they say.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Settled {
    /// By key; also those that only kept rows still use.
    pub(super) calendars: BTreeMap<String, Row>,
    /// By key; disabled ones that can be read among them, for traces.
    pub(super) agents: BTreeMap<String, Row>,
    pub(super) rules: BTreeMap<String, Row>,
    /// Agents that are not in force, and whether that is because they are disabled.
    pub(super) agents_out: BTreeMap<String, bool>,
    pub(super) asides: Vec<Aside>,
}

impl Settled {
    /// The rows of a table by key. Among agents are disabled ones. Customers are no part of a
    /// release.
    pub fn rows(&self, table: Table) -> Option<&BTreeMap<String, Row>> {
        match table {
            Table::Calendars => Some(&self.calendars),
            Table::Agents => Some(&self.agents),
            Table::Rules => Some(&self.rules),
            Table::Customers => None,
        }
    }

    /// The row's version in force, if there is one.
    pub fn version(&self, table: Table, key: &str) -> Option<&Row> {
        if table == Table::Agents && self.agents_out.contains_key(key) {
            return None;
        }
        self.rows(table)?.get(key)
    }

    /// Agents that are not in force, each with whether that is because its row is disabled.
    pub fn agents_out(&self) -> impl Iterator<Item = (&str, bool)> {
        self.agents_out.iter().map(|(id, disabled)| (id.as_str(), *disabled))
    }

    /// The rules that are in error, disabled, or an earlier version of their rows, by id.
    pub fn asides(&self) -> &[Aside] {
        &self.asides
    }

    /// How much is in force.
    pub fn counts(&self) -> Counts {
        let in_force = self.agents.keys().filter(|id| !self.agents_out.contains_key(*id));
        Counts { rules: self.rules.len() as u64, agents: in_force.count() as u64 }
    }
}

/// By what complete rows are read: they name all that they go by, and whoever settled them knew
/// which tables there are.
pub(crate) fn of_complete_rows() -> Defaults {
    Defaults { time_zone: Zone::utc(), holiday_country: None, customers: true, assignments: true }
}

/// A rule's row that does not count as it stands: for traces, so that nobody looks for a rule in
/// vain.
#[derive(Debug, Clone, PartialEq)]
pub struct Aside {
    /// `RuleId`.
    pub id: Arc<str>,
    /// `Priority`, where it could be read.
    pub priority: Option<f64>,
    /// What is with it.
    pub state: AsideState,
    /// Why, for people: the row's first error. Empty for a disabled row.
    pub why: String,
}

/// What is with a row that does not count as it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AsideState {
    /// In error, and no earlier version of it is in force.
    InError,
    /// In error; an earlier version of it is in force, which is among the rules.
    Kept,
    /// `Enabled` is false.
    Disabled,
}

packed_struct!(Aside { id, priority, state, why });
packed_enum!(AsideState { 0 = InError, 1 = Kept, 2 = Disabled });

/// The rules that do not count as they stand, out of their states in order of keys, and the
/// priorities of the rows as they stand.
pub(crate) fn asides<'k>(
    states: impl Iterator<Item = (&'k str, AsideState)>,
    priorities: &BTreeMap<String, f64>,
    findings: &[Finding],
) -> Vec<Aside> {
    let mut errors: BTreeMap<&str, &Finding> = BTreeMap::new();
    let of_rules = findings.iter().filter(|finding| finding.table == Table::Rules);
    for finding in of_rules.filter(|finding| finding.severity == Severity::Error) {
        errors.entry(finding.key.as_str()).or_insert(finding);
    }
    let of = |(key, state): (&str, AsideState)| {
        let error = errors.get(crate::text::key_cut(key).as_str());
        let why = error.filter(|_| state != AsideState::Disabled).map(|finding| {
            match &finding.attribute {
                Some(attribute) => format!("`{attribute}`: {}", finding.message),
                None => finding.message.clone(),
            }
        });
        Aside {
            id: key.into(),
            priority: priorities.get(key).copied(),
            state,
            why: why.unwrap_or_default(),
        }
    };
    states.map(of).collect()
}

/// A row's priority as it stands, also where the row is in error.
pub(crate) fn priority(row: &Row) -> Option<f64> {
    match row.get("Priority")? {
        Value::Number(text) | Value::Text(text) => {
            text.trim().parse::<f64>().ok().filter(|number| number.is_finite())
        }
        _ => None,
    }
}
