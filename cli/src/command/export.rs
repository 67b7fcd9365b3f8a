//! `desk export`: the tables' rows as files.

use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::Args;
use routing::rows::json::print_rows;
use routing::rows::{Row, Table, without_underscores};

use crate::deployment::source::settings;
use crate::deployment::tables::LiveTables;
use crate::terminal::{counted, say};

/// Where to export.
#[derive(Args)]
pub struct Options {
    /// Folder to write rules.json, agents.json, calendars.json, customers.json into
    #[arg(value_name = "DIR")]
    folder: PathBuf,
}

/// Writes the tables' rows into files, without the attributes whose names begin with `_`.
///
/// # Errors
/// A table cannot be read, or a file cannot be written.
pub async fn run(options: &Options) -> Result<()> {
    let settings = settings(false, |name| std::env::var(name).ok())?;
    let live = LiveTables::connect(&settings).await?;
    let rows = live.all(true).await?;
    std::fs::create_dir_all(&options.folder)
        .with_context(|| format!("making `{}`", options.folder.display()))?;
    for table in Table::ALL.into_iter().filter(|table| live.name(*table).is_some()) {
        let cleaned: Vec<Row> = rows.rows(table).iter().map(without_underscores).collect();
        let path = options.folder.join(format!("{}.json", table.name()));
        std::fs::write(&path, print_rows(&cleaned, table.key_attribute()))
            .with_context(|| format!("writing `{}`", path.display()))?;
        say!("{}: {}", path.display(), counted(cleaned.len(), "row"));
    }
    Ok(())
}
