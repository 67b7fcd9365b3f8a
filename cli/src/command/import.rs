//! `desk import` and `desk export`: rows as plain JSON files.

use std::collections::HashSet;
use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use clap::Args;
use desk_router::settings::Settings;
use routing::inspect::check::{Input, check};
use routing::rows::json::print_rows;
use routing::rows::{Row, Severity, Table, without_underscores};

use crate::changes::{Change, changes, confirm, counts, show, write};
use crate::live::Live;
use crate::row_files::RowFiles;
use crate::source::settings;
use crate::spreadsheet;

/// What to import.
#[derive(Args)]
pub struct Import {
    /// Folder with rules.json, agents.json, calendars.json, customers.json; a table without a file
    /// is left alone
    #[arg(value_name = "DIR", required_unless_present = "csv")]
    folder: Option<PathBuf>,
    /// A CSV file of customers: columns ClientUserId, Segments, Language, Owner, ExpiresAt, and any
    /// of their own; what a cell says is merged into the row
    #[arg(long, value_name = "FILE", conflicts_with = "folder")]
    csv: Option<PathBuf>,
    /// Also delete rows that are not in the files
    #[arg(long, conflicts_with = "csv")]
    delete: bool,
    /// Do not ask
    #[arg(long)]
    yes: bool,
}

/// Where to export.
#[derive(Args)]
pub struct Export {
    /// Folder to write rules.json, agents.json, calendars.json, customers.json into
    #[arg(value_name = "DIR")]
    folder: PathBuf,
}

/// Writes the tables' rows into files, without the attributes whose names begin with `_`.
///
/// # Errors
/// A table cannot be read, or a file cannot be written.
pub async fn export(options: &Export) -> Result<()> {
    let settings = settings(false, |name| std::env::var(name).ok())?;
    let live = Live::connect(&settings).await;
    let rows = live.all(true).await?;
    std::fs::create_dir_all(&options.folder)
        .with_context(|| format!("making `{}`", options.folder.display()))?;
    for table in Table::ALL.into_iter().filter(|table| live.name(*table).is_some()) {
        let cleaned: Vec<Row> = rows.rows(table).iter().map(without_underscores).collect();
        let path = options.folder.join(format!("{}.json", table.name()));
        std::fs::write(&path, print_rows(&cleaned, table.key_attribute()))
            .with_context(|| format!("writing `{}`", path.display()))?;
        println!("{}: {} rows", path.display(), cleaned.len());
    }
    Ok(())
}

/// Shows what would change, asks, and writes.
///
/// # Errors
/// A row has an error, a table cannot be read or written, or nobody can be asked.
pub async fn import(options: &Import) -> Result<()> {
    let settings = settings(false, |name| std::env::var(name).ok())?;
    let live = Live::connect(&settings).await;
    let now = live.all(true).await?;
    let wanted = match (&options.folder, &options.csv) {
        (Some(folder), _) => RowFiles::read(folder)?,
        (None, Some(file)) => {
            spreadsheet::customers(file, now.rows(Table::Customers), &settings.defaults)?
        }
        (None, None) => bail!("give a folder, or `--csv FILE`"),
    };
    refuse_errors(&wanted, &now, options.delete, &settings)?;
    let mut all: Vec<Change> = Vec::new();
    let mut kept = 0;
    for table in Table::ALL.into_iter().filter(|table| wanted.has(*table)) {
        let with_deletions = changes(table, now.rows(table), wanted.rows(table), true);
        let (deletions, others): (Vec<Change>, Vec<Change>) =
            with_deletions.into_iter().partition(|change| change.after.is_none());
        all.extend(others);
        if options.delete {
            all.extend(deletions);
        } else if options.csv.is_none() {
            kept += deletions.len();
        }
    }
    print!("{}", show(&all));
    if kept > 0 {
        println!(
            "{kept} rows are in the tables but not in the files; they stay (`--delete` deletes them)."
        );
    }
    if all.is_empty() {
        println!("Nothing to write.");
        return Ok(());
    }
    println!("{}.", counts(&all));
    if !options.yes && !confirm("Write this?")? {
        println!("Nothing was written.");
        return Ok(());
    }
    let count = all.len();
    write(&live, all).await?;
    println!("{count} rows written.");
    Ok(())
}

/// Refuses the whole when a row to be written has an error, looking at it among the rows that will
/// be there.
fn refuse_errors(
    wanted: &RowFiles,
    now: &RowFiles,
    delete: bool,
    settings: &Settings,
) -> Result<()> {
    let mut then = RowFiles::default();
    for table in Table::ALL {
        let replaced: HashSet<&str> =
            wanted.rows(table).iter().filter_map(|row| table.key_of(row)).collect();
        let stays = |row: &&Row| {
            !wanted.has(table)
                || (!delete && table.key_of(row).is_none_or(|key| !replaced.contains(key)))
        };
        then.extend(table, now.rows(table).iter().filter(stays).cloned());
        then.extend(table, wanted.rows(table).iter().cloned());
    }
    let rows = then.for_snapshot();
    let input = Input {
        rows: &rows,
        customers: Some(then.rows(Table::Customers)),
        defaults: &settings.defaults,
        default_group: settings.default_group,
        now: chrono::Utc::now(),
    };
    let findings = check(input);
    let of_wanted: Vec<String> = findings
        .iter()
        .filter(|finding| finding.severity == Severity::Error)
        // A row without a usable key has none to be found by.
        .filter(|finding| {
            let by_key = |row: &Row| {
                finding.table.key_of(row).is_none_or(|key| finding.is_about(finding.table, key))
            };
            wanted.rows(finding.table).iter().any(by_key)
        })
        .map(ToString::to_string)
        .collect();
    if !of_wanted.is_empty() {
        bail!("nothing was written, because rows have errors:\n{}", of_wanted.join("\n"));
    }
    let broken: Vec<String> = findings
        .iter()
        .filter(|finding| finding.severity == Severity::Error)
        .map(ToString::to_string)
        .collect();
    if !broken.is_empty() {
        println!(
            "Rows in the tables that are in error already, or will be:\n{}\n",
            broken.join("\n")
        );
    }
    Ok(())
}
