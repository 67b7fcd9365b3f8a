//! Asking a person before tables are changed.

use std::io::{BufRead, IsTerminal};

use anyhow::{Result, bail};

use crate::changes::{Change, counts, show, tables};
use crate::live::Live;
use crate::say;
use crate::terminal::{counted, print};
use crate::write::write;

/// Shows changes and where they would be written, asks unless `yes`, and writes them; `done` says
/// what happened to the rows: `written`, `put back`.
///
/// # Errors
/// Nobody can be asked, or a row cannot be written.
pub(crate) async fn show_ask_write(
    live: &Live,
    changes: Vec<Change>,
    yes: bool,
    done: &str,
) -> Result<()> {
    print(&show(&changes));
    let place = live.place(&tables(&changes)).await;
    say!("{}, in {place}.", counts(&changes));
    if !yes && !confirm(&format!("Change {place}?"))? {
        say!("Nothing was written.");
        return Ok(());
    }
    let count = changes.len();
    write(live, changes).await?;
    say!("{} {done}.", counted(count, "row"));
    Ok(())
}

/// Asks a person at the terminal.
fn confirm(question: &str) -> Result<bool> {
    if !std::io::stdin().is_terminal() {
        bail!("nobody can be asked here; look at the changes above, and repeat with `--yes`");
    }
    print(&format!("{question} [y/N] "));
    let mut answer = String::new();
    std::io::stdin().lock().read_line(&mut answer)?;
    Ok(matches!(answer.trim().to_lowercase().as_str(), "y" | "yes"))
}
