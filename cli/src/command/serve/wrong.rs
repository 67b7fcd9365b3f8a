//! The rows in error among those that are served, said once at the start: nobody is answered by
//! them, and a new user would look for the reason elsewhere.

use anyhow::{Result, bail};
use desk_router::store::CHECK;
use routing::inspect::Verdict;
use routing::rows::{Row, Table, Value};

use super::lines::Lines;
use crate::deployment::tables::LiveTables;
use crate::files::row_files::RowFiles;
use crate::terminal::counted;

/// Most rows named.
const NAMED: usize = 10;
/// Longest part of a verdict shown, in characters.
const SHOWN: usize = 300;

/// Refuses files with a row that no table takes.
///
/// # Errors
/// A row has no key.
pub(super) fn refuse_keyless(files: &RowFiles) -> Result<()> {
    for table in Table::ALL {
        for (index, row) in files.rows(table).iter().enumerate() {
            let place = files.place(table, index).filter(|_| table.key_of(row).is_none());
            if let Some((path, place)) = place {
                let key = table.key_attribute();
                bail!(
                    "`{}`, line {}: the row has no `{key}` that is a text, so no table takes it; \
                    give it one",
                    path.display(),
                    place.line
                );
            }
        }
    }
    Ok(())
}

/// What the rows' `_Check` says of those in error; `None` when there are none.
///
/// # Errors
/// A table cannot be read.
pub(super) async fn told(live: &LiveTables, by: Lines) -> Result<Option<String>> {
    let mut lines = Vec::new();
    for table in Table::ALL {
        let rows = live.rows(table).await?;
        lines.extend(rows.iter().filter_map(|row| told_of(table, row, by)));
    }
    if lines.is_empty() {
        return Ok(None);
    }
    let count = counted(lines.len(), "row");
    let (are, more) =
        (if lines.len() == 1 { "is" } else { "are" }, lines.len().saturating_sub(NAMED));
    lines.sort();
    lines.truncate(NAMED);
    if more > 0 {
        lines.push(format!("  … and {more} more; `cargo desk check` shows all"));
    }
    Ok(Some(format!(
        "{count} {are} in error and not used as {}:\n{}\n",
        if lines.len() == 1 { "it stands" } else { "they stand" },
        lines.join("\n")
    )))
}

/// A line for a row in error.
fn told_of(table: Table, row: &Row, by: Lines) -> Option<String> {
    let Some(Value::Text(check)) = row.get(CHECK) else { return None };
    let key = table.key_of(row).filter(|_| Verdict::is_of_error(check))?;
    let check = by.verdict(check);
    let shown: String = check.chars().take(SHOWN).collect();
    let cut = if shown.len() < check.len() { "…" } else { "" };
    Some(format!("  {}: {shown}{cut}", by.row(table, key)))
}
