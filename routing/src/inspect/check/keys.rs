//! Keys that stand twice or nearly twice, and tables with too many rows.

use super::checked::Checked;
use super::input::warning;
use crate::rows::{Finding, Severity, Table};
use crate::text::{key_cut, name_key};

/// Most rules, and most agents, that the webhook is made for.
pub(super) const MADE_FOR: usize = 10_000;

pub(super) fn find(checked: &Checked<'_>, findings: &mut Vec<Finding>) {
    checked.keys(findings);
    checked.sizes(findings);
}

/// Most calendars named that have one name.
const NAMED: usize = 3;

/// What the calendar `key` is told of the others among `keys`, which have one name with it.
fn same_name(key: &str, keys: &[&str]) -> String {
    let others = keys.iter().filter(|other| **other != key).take(NAMED);
    let named = others.map(|other| format!("`{}`", key_cut(other))).collect::<Vec<_>>().join(", ");
    let more = match keys.len().saturating_sub(1 + NAMED) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    format!(
        "has the same name as {named}{more} (case, width and spaces do not count), so `@name` can \
        mean either; delete all but one of them, or write them again with other names"
    )
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
            let attribute = Some(table.key_attribute());
            for same in by_case.chunk_by(|a, b| a.0 == b.0).filter(|same| same.len() > 1) {
                let keys: Vec<&str> = same.iter().map(|(_, key)| *key).collect();
                if table == Table::Calendars {
                    // Whoever edits one of them may never look at the others.
                    let told =
                        |key: &&str| warning(table, key, attribute, None, same_name(key, &keys));
                    findings.extend(keys.iter().map(told));
                } else if let [first, second, ..] = keys[..] {
                    let message = format!(
                        "differs from `{}` only in upper and lower case: these are two different \
                        ids; if they mean the same, delete one row",
                        key_cut(first)
                    );
                    findings.push(warning(table, second, attribute, None, message));
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
