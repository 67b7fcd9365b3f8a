//! What there is to check, and what a check says of it.

use chrono::{DateTime, Utc};

use crate::release::Settled;
use crate::rows::{Defaults, Finding, Row, Rows, Severity, Table, Value};

/// Everything there is to check.
#[derive(Debug, Clone, Copy)]
pub struct Input<'a> {
    /// Rules, agents, calendars.
    pub rows: &'a Rows,
    /// Customers, where all are at hand ([`Checking`](super::Checking) takes them page by page);
    /// `None` when there is no such table, or it is not to be read.
    pub customers: Option<&'a [Row]>,
    /// What the live release holds: versions of rows in error. `None` when the tables are read
    /// directly.
    pub live: Option<&'a Settled>,
    /// What rows fall back to.
    pub defaults: &'a Defaults,
    /// `DEFAULT_AGENT_GROUP_ID`: who answers when no rule does.
    pub default_group: Option<i64>,
    /// The moment that all hours and dates go by.
    pub now: DateTime<Utc>,
    /// From when the coming week counts: `now`, or a little before, so that the same is found for
    /// a while.
    pub from: DateTime<Utc>,
}

impl<'a> Input<'a> {
    /// All rows of a table, but for customers.
    pub(in crate::inspect) fn rows_of(&self, table: Table) -> &'a [Row] {
        self.rows.of(table)
    }
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
