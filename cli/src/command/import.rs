//! `desk import`: rows out of files into the tables.

use std::path::PathBuf;

use anyhow::{Result, bail};
use clap::Args;
use routing::rows::Table;

use crate::deployment::source::{settings, what_is_live};
use crate::deployment::tables::LiveTables;
use crate::edits::ask::{Asking, Doing, show_ask_write};
use crate::edits::changes::{Change, changes};
use crate::edits::publishing::standstill;
use crate::edits::then::refuse_errors;
use crate::files::row_files::RowFiles;
use crate::files::spreadsheet;
use crate::terminal::{counted, say};

/// What to import.
#[derive(Args)]
pub struct Options {
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
    #[command(flatten)]
    asking: Asking,
}

/// Shows what would change, asks, and writes.
///
/// # Errors
/// A row has an error, a table is missing or cannot be read or written, or nobody can be asked.
pub async fn run(options: &Options) -> Result<()> {
    let settings = settings(false, |name| std::env::var(name).ok())?;
    // What can be refused without a table is refused first.
    let files = options.folder.as_deref().map(RowFiles::read).transpose()?;
    let live = LiveTables::connect(&settings).await?;
    for table in Table::ALL.into_iter().filter(|table| live.name(*table).is_none()) {
        let is_wanted = match &files {
            Some(files) => files.has(table),
            None => table == Table::Customers,
        };
        if is_wanted {
            let or = match &files {
                Some(_) => format!(", or take `{}.json` away", table.name()),
                None => String::new(),
            };
            bail!(
                "nothing was written: {} is not set, and there are {} to write; set it to the \
                table's name{or}",
                table.variable(),
                table.name(),
            );
        }
    }
    let now = live.all(true).await?;
    let wanted = match (files, &options.csv) {
        (Some(files), _) => files,
        (None, Some(file)) => {
            spreadsheet::customers(file, now.rows(Table::Customers), &settings.defaults)?
        }
        (None, None) => bail!("give a folder, or `--csv FILE`"),
    };
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
    let (beside, _) = what_is_live(&live, &settings).await;
    let way_out = "Correct the file, and run the command again.";
    refuse_errors(&now, &all, &wanted, &settings, beside.as_ref(), way_out)?;
    if kept > 0 {
        say!(
            "{} of the tables, but not in the files, stay (`--delete` deletes them).",
            counted(kept, "row")
        );
    }
    if all.is_empty() {
        say!("Nothing to write.");
        // An import that was interrupted leaves its hold behind.
        if let Ok(Some(why)) = standstill(&live, &settings).await {
            say!("{why}");
        }
        return Ok(());
    }
    show_ask_write(&live, &settings, all, options.asking, Doing::Import).await
}
