//! What is wrong with the rows, and what is legal but surely not meant: the findings of each row,
//! and those that only all rows together show.
//!
//! For people: `desk check`, and the operator function's daily check. The webhook itself uses none
//! of it.

mod conditions;
mod holes;
mod names;
mod reach;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::{DateTime, Utc};

use crate::rows::Defaults;
use crate::rows::customer::{self, Customer};
use crate::rows::{Finding, Read, Row, Rows, Severity, Table, Value};
use crate::snapshot::Snapshot;

/// Most rules, and most agents, that the webhook is made for.
const MADE_FOR: usize = 10_000;

/// Everything there is to check.
#[derive(Debug, Clone, Copy)]
pub struct Input<'a> {
    /// Rules, agents, calendars.
    pub rows: &'a Rows,
    /// Customers; `None` when there is no such table, or it is not to be read.
    pub customers: Option<&'a [Row]>,
    /// What rows fall back to.
    pub defaults: &'a Defaults,
    /// The default group.
    pub default_group: Option<i64>,
    /// The moment from which the coming week counts.
    pub now: DateTime<Utc>,
}

/// What the cross-row checks look at.
struct Checked<'a> {
    input: Input<'a>,
    snapshot: Snapshot,
    customers: Vec<(&'a str, Customer)>,
    rows: HashMap<(Table, &'a str), &'a Row>,
}

/// All findings: errors first, then by table, row and attribute.
pub fn check(input: Input<'_>) -> Vec<Finding> {
    let snapshot = Snapshot::compile(input.rows, input.defaults, input.now, None);
    let mut findings = snapshot.findings().to_vec();
    let mut customers = Vec::new();
    for row in input.customers.unwrap_or_default() {
        match customer::read(row, input.defaults) {
            Ok((key, read, mut found)) => {
                findings.append(&mut found);
                if let Read::Good(customer) = read {
                    customers.push((key, customer));
                }
            }
            Err(finding) => findings.push(finding),
        }
    }
    let all = Table::ALL.into_iter().flat_map(|table| {
        input.rows_of(table).iter().filter_map(move |row| Some(((table, table.key_of(row)?), row)))
    });
    let checked = Checked { input, snapshot, customers, rows: all.collect() };
    checked.keys(&mut findings);
    checked.sizes(&mut findings);
    reach::find(&checked, &mut findings);
    names::find(&checked, &mut findings);
    holes::find(&checked, &mut findings);
    findings.sort();
    findings.dedup();
    findings
}

fn warning(
    table: Table,
    key: &str,
    attribute: Option<&str>,
    found: Option<&Value>,
    message: impl Into<String>,
) -> Finding {
    Finding::new(Severity::Warning, table, key, attribute, found, message)
}

impl<'a> Input<'a> {
    fn rows_of(&self, table: Table) -> &'a [Row] {
        match table {
            Table::Rules => &self.rows.rules,
            Table::Agents => &self.rows.agents,
            Table::Calendars => &self.rows.calendars,
            Table::Customers => self.customers.unwrap_or_default(),
        }
    }
}

impl Checked<'_> {
    fn rows_of(&self, table: Table) -> &[Row] {
        self.input.rows_of(table)
    }

    /// A row by its key.
    fn row(&self, table: Table, key: &str) -> Option<&Row> {
        self.rows.get(&(table, key)).copied()
    }

    /// An attribute's value as it stands in the row.
    fn value(&self, table: Table, key: &str, attribute: &str) -> Option<&Value> {
        self.row(table, key)?.get(attribute)
    }

    /// Keys that stand twice (in files), or differ only in case.
    fn keys(&self, findings: &mut Vec<Finding>) {
        for table in Table::ALL {
            let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
            for row in self.rows_of(table) {
                if let Some(key) = table.key_of(row) {
                    *seen.entry(key).or_default() += 1;
                }
            }
            let mut by_case: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
            for (key, count) in seen {
                by_case.entry(key.to_lowercase()).or_default().insert(key);
                if count > 1 {
                    let message = format!(
                        "there are {count} rows with this key, and only the last would be kept; give each its own"
                    );
                    findings.push(Finding::new(
                        Severity::Error,
                        table,
                        key,
                        Some(table.key_attribute()),
                        None,
                        message,
                    ));
                }
            }
            for keys in by_case.into_values() {
                if let [first, second, ..] = keys.into_iter().collect::<Vec<_>>().as_slice() {
                    let message = format!(
                        "differs from `{first}` only in case, but ids are compared with case: two different ones; if they are one, delete a row"
                    );
                    findings.push(warning(
                        table,
                        second,
                        Some(table.key_attribute()),
                        None,
                        message,
                    ));
                }
            }
        }
    }

    fn sizes(&self, findings: &mut Vec<Finding>) {
        for table in [Table::Rules, Table::Agents] {
            let count = self.rows_of(table).len();
            if count > MADE_FOR {
                let message = format!(
                    "there are {count} rows, more than the {MADE_FOR} that the webhook is made for: loads and decisions become slow; delete those that are not needed"
                );
                findings.push(warning(table, "(all)", None, None, message));
            }
        }
    }
}

#[cfg(test)]
mod tests;
