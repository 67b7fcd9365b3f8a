//! Keys that stand twice or nearly twice, and tables with too many rows.

use std::collections::{BTreeMap, BTreeSet};

use super::checked::{Checked, warning};
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
            let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
            for row in self.rows_of(table) {
                if let Some(key) = table.key_of(row) {
                    *seen.entry(key).or_default() += 1;
                }
            }
            let mut by_case: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
            for (key, count) in seen {
                let compared =
                    if table == Table::Calendars { name_key(key) } else { key.to_lowercase() };
                by_case.entry(compared).or_default().insert(key);
                if count > 1 {
                    let message = format!(
                        "there are {count} rows with this key, but only the last is used; give each row its own key"
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
                    let message = if table == Table::Calendars {
                        format!(
                            "is one name with `{first}`, as names are compared, so that a row with `@` and the name in other letters cannot tell which; delete one of the two, or write it again with another name"
                        )
                    } else {
                        format!(
                            "differs from `{first}` only in upper and lower case: these are two different ids; if they mean the same, delete one row"
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
                    "there are {count} rows, more than the {MADE_FOR} that the webhook is made for: reading and deciding become slow; delete those that are not needed"
                );
                findings.push(warning(table, "(all)", None, None, message));
            }
        }
    }
}
