//! `desk coverage`: a week to the minute: which rule answers a plain user, who is on duty by name,
//! and where nobody is.

mod html;
mod text;
mod week;

use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::Args;

use crate::deployment::source::{Source, moment};
use crate::terminal::{self, say};
pub use week::{Day, Week};

/// What to show.
#[derive(Args)]
pub struct Options {
    #[command(flatten)]
    source: Source,
    /// First day of the week, such as `2026-12-24`; default: today
    #[arg(long, value_name = "TIME")]
    at: Option<String>,
    /// Also who answers and who is on duty, by name, stretch by stretch
    #[arg(long)]
    who: bool,
    /// Also write one HTML page, for a computer, a phone or paper. It needs no other files
    #[arg(long, value_name = "FILE")]
    html: Option<PathBuf>,
}

/// Prints the week.
///
/// # Errors
/// The rows cannot be read, or the page cannot be written.
pub async fn run(options: &Options) -> Result<()> {
    let deployment = options.source.read(false).await?;
    let start = moment(options.at.as_deref(), &deployment.settings)?;
    let week = Week::of(&deployment, start);
    terminal::print(&text::week(&week));
    if options.who {
        terminal::print(&text::who(&week));
    }
    if let Some(path) = &options.html {
        std::fs::write(path, html::page(&week))
            .with_context(|| format!("writing `{}`", path.display()))?;
        say!("\n{} written.", path.display());
    }
    Ok(())
}
