//! What would be wrong with the rows after a change, known before anything is written.

use std::collections::HashMap;

use anyhow::{Result, bail};
use desk_router::settings::Settings;
use routing::inspect::check::{Input, check};
use routing::release::Settled;
use routing::rows::{Finding, Row, Severity, Table};

use crate::edits::changes::Change;
use crate::files::row_files::RowFiles;
use crate::terminal::say;

/// The rows as they would be after the changes.
pub(crate) fn rows_after(now: &RowFiles, changes: &[Change]) -> RowFiles {
    let mut changed: HashMap<(Table, &str), Option<&Row>> = HashMap::new();
    for change in changes {
        changed.insert((change.table, &change.key), change.after.as_ref());
    }
    let mut then = RowFiles::default();
    for table in Table::ALL {
        let stays =
            |row: &&Row| table.key_of(row).is_none_or(|key| !changed.contains_key(&(table, key)));
        then.extend(table, now.rows(table).iter().filter(stays).cloned());
        let new = changed.iter().filter(|((of, _), _)| *of == table);
        then.extend(table, new.filter_map(|(_, row)| row.cloned()));
    }
    then
}

/// Most findings of one kind that are shown.
const SHOWN: usize = 50;

/// Looks at the rows that would be there. Refuses when one that would be written is in error, and
/// names the `way_out`; prints the warnings about those, and what else is or would be in error.
/// Other rows in error go by their versions in the live release (`beside`), as after the next
/// publish.
///
/// # Errors
/// A row that would be written is in error, or one without a usable key is among `written`.
pub(crate) fn refuse_errors(
    now: &RowFiles,
    changes: &[Change],
    written: &RowFiles,
    settings: &Settings,
    beside: Option<&Settled>,
    way_out: &str,
) -> Result<()> {
    let then = rows_after(now, changes);
    let mut findings = check_of(&then, settings, beside);
    // How many rows have each key, as findings name it.
    let mut keys: HashMap<(Table, String), usize> = HashMap::new();
    for (table, key) in written.keys() {
        *keys.entry((table, routing::text::key_cut(key))).or_default() += 1;
    }
    let same = |finding: &Finding| keys.get(&(finding.table, finding.key.clone())).copied();
    // Rows without a key are in no change; a row twice is one change.
    let is_about_keys = |finding: &Finding| same(finding) != Some(1);
    let own: Vec<Finding> = check_of(written, settings, None)
        .into_iter()
        .filter(|finding| finding.severity == Severity::Error && is_about_keys(finding))
        .collect();
    findings.extend(own);
    findings.sort();
    findings.dedup();
    let keyless: Vec<Table> = Table::ALL
        .into_iter()
        .filter(|table| written.rows(*table).iter().any(|row| table.key_of(row).is_none()))
        .collect();
    let is_written = |finding: &Finding| {
        same(finding).is_some()
            || finding.severity == Severity::Error && keyless.contains(&finding.table)
    };
    let (of_written, others): (Vec<Finding>, Vec<Finding>) =
        findings.into_iter().partition(is_written);
    let listed = |findings: &[Finding], severity: Severity| {
        let of = findings.iter().filter(|finding| finding.severity == severity);
        let mut lines: Vec<String> = of.map(ToString::to_string).collect();
        let more = lines.len().saturating_sub(SHOWN);
        lines.truncate(SHOWN);
        if more > 0 {
            lines.push(format!("… and {more} more like these"));
        }
        lines.join("\n")
    };
    let errors = listed(&of_written, Severity::Error);
    if !errors.is_empty() {
        bail!("nothing was written, because rows have errors:\n{errors}\n{way_out}");
    }
    let warnings = listed(&of_written, Severity::Warning);
    if !warnings.is_empty() {
        say!("{warnings}\n");
    }
    let broken = listed(&others, Severity::Error);
    if !broken.is_empty() {
        say!("Other rows that are in error, or will be:\n{broken}\n");
    }
    Ok(())
}

fn check_of(rows: &RowFiles, settings: &Settings, beside: Option<&Settled>) -> Vec<Finding> {
    let now = chrono::Utc::now();
    check(Input {
        live: beside,
        from: now,
        rows: &rows.for_snapshot(),
        customers: Some(rows.rows(Table::Customers)),
        defaults: &settings.defaults,
        default_group: settings.default_group,
        now,
    })
}
