//! What is wrong or odd about a row, said so that the person who typed it can mend it.

use std::fmt;

use serde::Serialize;

use super::table::Table;
use super::value::Value;

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The row is not used; its version in the live release is, where there is one.
    Error,
    /// The row is used as it is, but it may not mean what its author meant.
    Warning,
}

/// One thing wrong or odd about one row.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Finding {
    /// Error or warning.
    pub severity: Severity,
    /// The row's table.
    pub table: Table,
    /// The row's key, as [`key_cut`](crate::text::key_cut) shows it.
    pub key: String,
    /// The attribute, unless the finding is about the row as a whole.
    pub attribute: Option<String>,
    /// The value found, cut at 100 characters.
    pub found: Option<String>,
    /// What is expected, and what to do.
    pub message: String,
}

impl Finding {
    /// A finding about one attribute of one row.
    pub fn new(
        severity: Severity,
        table: Table,
        key: &str,
        attribute: Option<&str>,
        found: Option<&Value>,
        message: impl Into<String>,
    ) -> Self {
        Self {
            severity,
            table,
            key: crate::text::key_cut(key),
            attribute: attribute.map(crate::text::cut),
            found: found.map(Value::shown),
            message: message.into(),
        }
    }
}

impl Finding {
    /// Whether the finding is about this row: its key may have been cut.
    pub fn is_about(&self, table: Table, key: &str) -> bool {
        self.table == table && self.key == crate::text::key_cut(key)
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let severity = match self.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        };
        write!(f, "{severity}: {} `{}`", self.table.name(), self.key)?;
        if let Some(attribute) = &self.attribute {
            write!(f, ", `{attribute}`")?;
        }
        if let Some(found) = &self.found {
            write!(f, " is `{found}`")?;
        }
        write!(f, ": {}", self.message)
    }
}
