//! Asking a person before tables are changed.

use std::io::{BufRead, IsTerminal};

use anyhow::{Result, bail};
use clap::Args;
use desk_router::settings::Settings;

use crate::deployment::tables::LiveTables;
use crate::edits::changes::{Change, counts, show_some, tables};
use crate::edits::publishing::write_as_one;
use crate::terminal::{counted, print, say};

/// Most changes shown of each table, unless all are wanted.
const SHOWN: usize = 50;

/// How a person is asked.
#[derive(Args, Debug, Clone, Copy)]
pub struct Asking {
    /// Do not ask
    #[arg(long)]
    yes: bool,
    /// Show every change, not the first 50 of each table
    #[arg(long)]
    all: bool,
}

/// What rows are written for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Doing {
    /// `desk import`.
    Import,
    /// `desk rollback`.
    Rollback,
}

impl Doing {
    /// As the reason of a hold.
    fn name(self) -> &'static str {
        match self {
            Self::Import => "import",
            Self::Rollback => "rollback",
        }
    }

    /// What happened to the rows.
    fn done(self) -> &'static str {
        match self {
            Self::Import => "written",
            Self::Rollback => "put back",
        }
    }
}

/// Shows changes and where they would be written, asks unless told not to, and writes them; several
/// become one release.
///
/// # Errors
/// Nobody can be asked, or a row cannot be written.
pub(crate) async fn show_ask_write(
    live: &LiveTables,
    settings: &Settings,
    changes: Vec<Change>,
    asking: Asking,
    doing: Doing,
) -> Result<()> {
    print(&show_some(&changes, if asking.all { usize::MAX } else { SHOWN }));
    let place = live.place(&tables(&changes)).await;
    say!("{}, in {place}.", counts(&changes));
    if !asking.yes && !confirm(&format!("Change {place}?"))? {
        say!("Nothing was written.");
        return Ok(());
    }
    let count = changes.len();
    let when = write_as_one(live, settings, changes, doing.name()).await?;
    say!("{} {}.", counted(count, "row"), doing.done());
    if let Some(when) = when {
        say!("{when}");
    }
    Ok(())
}

/// Asks a person at the terminal.
///
/// # Errors
/// Nobody can be asked.
pub(crate) fn confirm(question: &str) -> Result<bool> {
    if !std::io::stdin().is_terminal() {
        bail!("nobody can be asked here; look at the changes above, and repeat with `--yes`");
    }
    print(&format!("{question} [y/N] "));
    let mut answer = String::new();
    std::io::stdin().lock().read_line(&mut answer)?;
    Ok(matches!(answer.trim().to_lowercase().as_str(), "y" | "yes"))
}
