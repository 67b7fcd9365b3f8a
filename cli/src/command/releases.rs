//! `desk releases`: what is live, was live, or waits; what differs between two; erasing one.

mod list;

use std::collections::BTreeSet;
use std::process::ExitCode;
use std::str::FromStr;

use anyhow::Result;
use chrono::Utc;
use clap::Args;
use desk_router::settings::Settings;
use routing::release::{AsideState, Settled, settle};
use routing::rows::Table;

use self::list::Erasing;
use super::publish::told;
use crate::deployment::in_error::InError;
use crate::deployment::released::{Releases, WhichRelease, rows_of};
use crate::deployment::source::settings;
use crate::deployment::tables::LiveTables;
use crate::edits::ask::confirm;
use crate::edits::changes::{Change, changes, counts, show_with};
use crate::edits::order::OperatorFunction;
use crate::files::row_files::RowFiles;
use crate::terminal::{note, print, say};

/// What to do with releases.
#[derive(Args)]
pub struct Options {
    /// Show what differs from release A to release B: a number, `live`, or `rows`, which is what
    /// `desk publish` would make live; default for B: `live`, and `rows` alone is from `live` to
    /// `rows`
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
    Of(WhichRelease),
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
    let live = LiveTables::connect(&settings).await?;
    let zone = settings.defaults.time_zone;
    if let Some(number) = options.delete {
        let operator = OperatorFunction::wanted(&live, &settings)?;
        let all = Releases::open(&live, &settings).await?.list().await?;
        match list::erasing(number, &all, zone) {
            Erasing::Refused(why) => {
                say!("{why}");
                return Ok(ExitCode::FAILURE);
            }
            Erasing::Asks(what) => print(&what),
        }
        if !options.yes && !confirm(&format!("Erase release {number}?"))? {
            say!("Nothing was erased.");
            return Ok(ExitCode::SUCCESS);
        }
        let code = told(&operator.erase(number).await?);
        // Somebody may have made it live again meanwhile, as a copy under a number of its own.
        let erased = all.iter().find(|release| release.number == number);
        let now = Releases::open(&live, &settings).await?.list().await?;
        if let Some(same) = erased.and_then(|erased| list::same_as(erased, &now)) {
            say!("{same}");
        }
        return Ok(code);
    }
    let releases = Releases::open(&live, &settings).await?;
    let sides = match options.diff[..] {
        [] => None,
        [Side::Rows] => Some((Side::Of(WhichRelease::Live), Side::Rows)),
        [before] => Some((before, Side::Of(WhichRelease::Live))),
        [before, after, ..] => Some((before, after)),
    };
    if let Some((before, after)) = sides {
        let before = held_by(before, &releases, &live, &settings).await?;
        let after = held_by(after, &releases, &live, &settings).await?;
        print(&difference(&before, &after));
        return Ok(ExitCode::SUCCESS);
    }
    let all = releases.list().await?;
    print(&list::text(&releases.pointer, &all, zone, options.all, Utc::now()));
    Ok(ExitCode::SUCCESS)
}

/// What one side is called, what it holds, and which rules and agents are there but disabled.
struct Held {
    name: String,
    rows: RowFiles,
    disabled: BTreeSet<(Table, String)>,
}

impl Held {
    /// A side by what is settled.
    fn of(name: String, settled: &Settled) -> Self {
        let asides = settled.asides().iter().filter(|aside| aside.state == AsideState::Disabled);
        let rules = asides.map(|aside| (Table::Rules, aside.id.to_string()));
        let agents = settled.agents_out().filter(|(_, is_disabled)| *is_disabled);
        let agents = agents.map(|(id, _)| (Table::Agents, id.to_owned()));
        Self { name, rows: rows_of(settled), disabled: rules.chain(agents).collect() }
    }

    /// Whether the row of a change is there, and only disabled.
    fn disables(&self, change: &Change) -> bool {
        change.after.is_none() && self.disabled.contains(&(change.table, change.key.clone()))
    }
}

async fn held_by(
    side: Side,
    releases: &Releases,
    live: &LiveTables,
    settings: &Settings,
) -> Result<Held> {
    match side {
        Side::Of(wanted) => {
            let released = releases.read_kept(wanted).await?;
            let is_live = if released.is_live { ", which is live" } else { "" };
            let name = format!("release {}{is_live}", released.release.number);
            Ok(Held::of(name, &released.settled))
        }
        Side::Rows => {
            let rows = live.all(false).await?.for_snapshot();
            let before = releases.read(WhichRelease::Live).await?;
            let before = before.as_ref().map(|released| &released.settled);
            let (settled, findings) = settle(&rows, before, &settings.defaults, Utc::now());
            // Such a row differs from what is live, and yet is no difference.
            for sentence in InError::of(&settled, &findings).sentences() {
                note(&format!("Note: {sentence}."));
            }
            Ok(Held::of("what the rows say now".to_owned(), &settled))
        }
    }
}

/// What differs, in the words of `import`, and what the signs mean.
fn difference(before: &Held, after: &Held) -> String {
    let all: Vec<Change> = Table::RELEASED
        .into_iter()
        .flat_map(|table| changes(table, before.rows.rows(table), after.rows.rows(table), true))
        .collect();
    let (from, to) = (&before.name, &after.name);
    if all.is_empty() {
        return format!("No difference between {from}, and {to}.\n");
    }
    let head = format!("`-` is in {from}.\n`+` is in {to}.\n");
    let gone = |change: &Change| match after.disables(change) {
        true => "not in force any more: disabled",
        false => "deleted",
    };
    let shown = show_with(&all, gone);
    let (off, rest): (Vec<Change>, Vec<Change>) =
        all.into_iter().partition(|change| after.disables(change));
    let off = match off.len() {
        0 => String::new(),
        off => format!(", {off} disabled"),
    };
    format!("{head}\n{shown}{}{off}\n", counts(&rest))
}
