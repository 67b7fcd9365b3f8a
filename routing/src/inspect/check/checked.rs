//! What there is to check: the rows, what they compile to, and how they are found.

use std::collections::HashMap;

use super::input::Input;
use super::seen::CustomersSeen;
use crate::release::Settled;
use crate::rows::{Row, Table, Value};
use crate::snapshot::Snapshot;

/// What the cross-row checks look at.
pub(in crate::inspect) struct Checked<'a> {
    pub(super) input: Input<'a>,
    /// Which version of each row is in force.
    pub(in crate::inspect) settled: &'a Settled,
    /// The same, ready to decide by.
    pub(in crate::inspect) snapshot: Snapshot,
    /// What was seen of customers; `None` when none were looked at.
    pub(super) seen: Option<CustomersSeen<'a>>,
    rows: HashMap<(Table, &'a str), &'a Row>,
}

impl<'a> Checked<'a> {
    /// To be checked: the rows, what they are settled to, and what was seen of customers.
    pub(super) fn new(
        input: Input<'a>,
        settled: &'a Settled,
        snapshot: Snapshot,
        seen: Option<CustomersSeen<'a>>,
    ) -> Self {
        let all = Table::ALL.into_iter().flat_map(|table| {
            let rows = input.rows_of(table).iter();
            rows.filter_map(move |row| Some(((table, table.key_of(row)?), row)))
        });
        Self { input, settled, snapshot, seen, rows: all.collect() }
    }

    /// What there was to check.
    pub(in crate::inspect) fn input(&self) -> &Input<'a> {
        &self.input
    }

    /// All rows of a table, but for customers.
    pub(super) fn rows_of(&self, table: Table) -> &[Row] {
        self.input.rows_of(table)
    }

    /// A row by its key, unless it is a customer's.
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
