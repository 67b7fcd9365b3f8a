//! What there is to check: the rows, what they compile to, and how they are found.

use std::collections::HashMap;

use chrono::{DateTime, Utc};

use crate::release::Settled;
use crate::rows::{Customer, Defaults, Finding, Row, Rows, Severity, Table, Value};
use crate::snapshot::Snapshot;

/// Everything there is to check.
#[derive(Debug, Clone, Copy)]
pub struct Input<'a> {
    /// Rules, agents, calendars.
    pub rows: &'a Rows,
    /// Customers; `None` when there is no such table, or it is not to be read.
    pub customers: Option<&'a [Row]>,
    /// What the live release holds: versions of rows in error. `None` when the tables are read
    /// directly.
    pub live: Option<&'a Settled>,
    /// What rows fall back to.
    pub defaults: &'a Defaults,
    /// The default group.
    pub default_group: Option<i64>,
    /// The moment that all hours and dates go by.
    pub now: DateTime<Utc>,
    /// From when the coming week counts: `now`, or a little before, so that the same is found for
    /// a while.
    pub from: DateTime<Utc>,
}

/// What the cross-row checks look at.
pub(in crate::inspect) struct Checked<'a> {
    pub(super) input: Input<'a>,
    /// Which version of each row is in force.
    pub(in crate::inspect) settled: &'a Settled,
    /// The same, ready to decide by.
    pub(in crate::inspect) snapshot: Snapshot,
    pub(super) customers: Vec<(&'a str, Customer)>,
    /// Rows of customers that are in error.
    pub(super) unread_customers: Vec<&'a Row>,
    pub(super) rows: HashMap<(Table, &'a str), &'a Row>,
}

/// A finding that stops nothing.
pub(super) fn warning(
    table: Table,
    key: &str,
    attribute: Option<&str>,
    found: Option<&Value>,
    message: impl Into<String>,
) -> Finding {
    Finding::new(Severity::Warning, table, key, attribute, found, message)
}

impl<'a> Input<'a> {
    pub(in crate::inspect) fn rows_of(&self, table: Table) -> &'a [Row] {
        match table {
            Table::Rules => &self.rows.rules,
            Table::Agents => &self.rows.agents,
            Table::Calendars => &self.rows.calendars,
            Table::Customers => self.customers.unwrap_or_default(),
        }
    }
}

impl<'a> Checked<'a> {
    /// What there was to check.
    pub(in crate::inspect) fn input(&self) -> &Input<'a> {
        &self.input
    }
    pub(super) fn rows_of(&self, table: Table) -> &[Row] {
        self.input.rows_of(table)
    }

    /// A row by its key.
    pub(super) fn row(&self, table: Table, key: &str) -> Option<&Row> {
        self.rows.get(&(table, key)).copied()
    }

    /// A rule's version in force.
    pub(super) fn in_force(&self, rule_id: &str) -> Option<&Row> {
        self.settled.version(Table::Rules, rule_id)
    }

    /// An attribute's value as it stands in the row.
    pub(super) fn value(&self, table: Table, key: &str, attribute: &str) -> Option<&Value> {
        self.row(table, key)?.get(attribute)
    }
}
