//! Keys that stand twice or nearly twice, and tables with too many rows.

use super::checked::Checked;
use super::input::warning;
use crate::rows::{Finding, Severity, Table};
use crate::text::name_key;

/// Most rules, and most agents, that the webhook is made for.
pub(super) const MADE_FOR: usize = 10_000;

pub(super) fn find(checked: &Checked<'_>, findings: &mut Vec<Finding>) {
    checked.keys(findings);
    checked.sizes(findings);
}

impl Checked<'_> {
    /// Keys that stand twice (in files), or differ only in case.
    fn keys(&self, findings: &mut Vec<Finding>) {
        for table in Table::ALL {
            let rows = self.rows_of(table).iter().filter_map(|row| table.key_of(row));
            let seen = self.seen.iter().filter(|_| table == Table::Customers);
            let seen = seen.flat_map(|seen| seen.keys.iter().map(|key| &**key));
            let mut keys: Vec<&str> = rows.chain(seen).collect();
            keys.sort_unstable();
            let mut by_case: Vec<(String, &str)> = Vec::new();
            for same in keys.chunk_by(|a, b| a == b) {
                let (Some(key), count) = (same.first().copied(), same.len()) else { continue };
                let compared =
                    if table == Table::Calendars { name_key(key) } else { key.to_lowercase() };
                by_case.push((compared, key));
                if count > 1 {
                    let message = format!(
                        "there are {count} rows with this key, but only the last is used; give \
                        each row its own key"
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
            by_case.sort_unstable();
            for keys in by_case.chunk_by(|a, b| a.0 == b.0) {
                if let [(_, first), (_, second), ..] = keys {
                    let message = if table == Table::Calendars {
                        format!(
                            "has the same name as `{first}` (upper and lower case do not count), \
                            so `@name` can mean either; delete one of the two, or write it again \
                            with another name"
                        )
                    } else {
                        format!(
                            "differs from `{first}` only in upper and lower case: these are two \
                            different ids; if they mean the same, delete one row"
                        )
                    };
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
                    "there are {count} rows, more than the {MADE_FOR} that the webhook is made \
                    for: reading and deciding become slow; delete those that are not needed"
                );
                findings.push(warning(table, "(all)", None, None, message));
            }
        }
    }
}
