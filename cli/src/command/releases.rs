//! `desk releases`: what is live, was live, or waits; what differs between two; erasing one.

mod list;

use std::process::ExitCode;
use std::str::FromStr;

use anyhow::Result;
use chrono::Utc;
use clap::Args;
use desk_router::settings::Settings;
use routing::release::settle;
use routing::rows::Table;

use super::publish::told;
use crate::ask::confirm;
use crate::changes::{Change, changes, counts, show};
use crate::live::Live;
use crate::order::OperatorFunction;
use crate::released::{Releases, Wanted, rows_of};
use crate::row_files::RowFiles;
use crate::say;
use crate::source::settings;
use crate::terminal::print;

/// What to do with releases.
#[derive(Args)]
pub struct Options {
    /// Show what differs from release A to release B: a number, `live`, or `rows`, which is what
    /// `desk publish` would make live; B is `live` without it
    #[arg(long, value_names = ["A", "B"], num_args = 1..=2)]
    diff: Vec<Side>,
    /// Erase a release that is not live
    #[arg(long, value_name = "N", conflicts_with = "diff")]
    delete: Option<u64>,
    /// Show all that are kept
    #[arg(long)]
    all: bool,
    /// Do not ask
    #[arg(long)]
    yes: bool,
}

/// One side of a difference.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Of(Wanted),
    Rows,
}

impl FromStr for Side {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text.trim() {
            "rows" => Ok(Self::Rows),
            text => text
                .parse()
                .map(Self::Of)
                .map_err(|_: String| "expected a release's number, `live` or `rows`".to_owned()),
        }
    }
}

/// Lists releases, shows a difference, or erases one.
///
/// # Errors
/// The releases or the rows cannot be read, nobody can be asked, or the operator function fails.
pub async fn run(options: &Options) -> Result<ExitCode> {
    let settings = settings(false, |name| std::env::var(name).ok())?;
    let live = Live::connect(&settings).await?;
    if let Some(number) = options.delete {
        let operator = OperatorFunction::wanted(&live, &settings)?;
        let question = format!("Erase release {number}? Nobody can go back to it then.");
        if !options.yes && !confirm(&question)? {
            say!("Nothing was erased.");
            return Ok(ExitCode::SUCCESS);
        }
        return Ok(told(&operator.erase(number).await?));
    }
    let releases = Releases::open(&live, &settings).await?;
    if let Some(before) = options.diff.first() {
        let after = options.diff.get(1).unwrap_or(&Side::Of(Wanted::Live));
        let before = rows(*before, &releases, &live, &settings).await?;
        let after = rows(*after, &releases, &live, &settings).await?;
        print(&difference(&before, &after));
        return Ok(ExitCode::SUCCESS);
    }
    let all = releases.list().await?;
    let zone = settings.defaults.time_zone;
    print(&list::text(&releases.pointer, &all, zone, options.all, Utc::now()));
    Ok(ExitCode::SUCCESS)
}

/// What one side holds.
async fn rows(
    side: Side,
    releases: &Releases,
    live: &Live,
    settings: &Settings,
) -> Result<RowFiles> {
    match side {
        Side::Of(wanted) => Ok(releases.read_kept(wanted).await?.rows()),
        Side::Rows => {
            let rows = live.all(false).await?.for_snapshot();
            let before = releases.read(Wanted::Live).await?;
            let before = before.as_ref().map(|released| &released.settled);
            Ok(rows_of(&settle(&rows, before, &settings.defaults, Utc::now()).0))
        }
    }
}

/// What differs, in the words of `import`.
fn difference(before: &RowFiles, after: &RowFiles) -> String {
    let all: Vec<Change> = [Table::Calendars, Table::Agents, Table::Rules]
        .into_iter()
        .flat_map(|table| changes(table, before.rows(table), after.rows(table), true))
        .collect();
    match all.is_empty() {
        true => "No difference.\n".to_owned(),
        false => format!("{}{}\n", show(&all), counts(&all)),
    }
}
