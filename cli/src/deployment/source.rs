//! Where a command's rows come from: the deployment's tables, a release, or a folder of row files.

use std::path::PathBuf;
use std::sync::Once;

use anyhow::{Context, Result, anyhow};
use chrono::{DateTime, Utc};
use clap::Args;
use desk_router::settings::Settings;
use routing::hours::{Zone, parse_start};
use routing::release::{InWords, Pointer, Settled, settle};
use routing::rows::{Finding, Table};

use crate::deployment::released::{Released, Releases, WhichRelease};
use crate::deployment::tables::LiveTables;
use crate::files::row_files::RowFiles;
use crate::local::SAMPLE_APP_ID;
use crate::terminal;
use crate::terminal::clock::for_people;

/// Where rows come from.
#[derive(Args, Debug, Clone, Default)]
pub struct Source {
    /// Folder with rules.json, agents.json, calendars.json, customers.json to use instead of the
    /// tables
    #[arg(long, value_name = "DIR")]
    pub rows: Option<PathBuf>,
    /// A release to use instead of the tables: `live`, or its number
    #[arg(long, value_name = "N|live", conflicts_with = "rows")]
    pub release: Option<WhichRelease>,
}

/// A deployment to look at.
#[derive(Debug)]
pub struct Deployment {
    /// Out of this process's environment, as the function reads them.
    pub settings: Settings,
    /// All tables' rows, with the lines of their files where they are files.
    pub rows: RowFiles,
    /// Its tables, unless the rows are files.
    pub live: Option<LiveTables>,
    /// The release that the rows are of.
    pub released: Option<Released>,
    /// What is live beside the rows of the tables: what rows in error fall back to.
    pub beside: Option<Settled>,
    /// What a person should know of where the rows are from; empty where there are no releases.
    pub notes: Vec<String>,
}

impl Source {
    /// Reads the rows; those of customers only when wanted, because there may be very many.
    ///
    /// # Errors
    /// The settings are wrong, or a table or file cannot be read.
    pub async fn read(&self, customers: bool) -> Result<Deployment> {
        let settings = settings(self.rows.is_some(), |name| std::env::var(name).ok())?;
        if let Some(folder) = &self.rows {
            return Ok(Deployment::of_files(RowFiles::read(folder)?, settings));
        }
        let live = LiveTables::connect(&settings).await?;
        let Some(wanted) = self.release else {
            let rows = live.all(customers).await?;
            let (beside, note) = what_is_live(&live, &settings).await;
            let notes = note.into_iter().collect();
            return Ok(Deployment {
                live: Some(live),
                beside,
                notes,
                ..Deployment::of_files(rows, settings)
            });
        };
        let releases = Releases::open(&live, &settings).await?;
        let released = releases.read_kept(wanted).await?;
        let note = of_release(&releases.pointer, &released, settings.defaults.time_zone);
        let mut rows = released.rows();
        if customers && settings.defaults.customers {
            rows.extend(Table::Customers, live.rows(Table::Customers).await?);
        }
        let deployment = Deployment::of_files(rows, settings);
        let released = Some(released);
        Ok(Deployment { live: Some(live), released, notes: vec![note], ..deployment })
    }
}

/// What is live beside the rows of the tables, where there are releases, and that in words. A
/// person who may not read releases goes by the rows alone.
pub(crate) async fn what_is_live(
    live: &LiveTables,
    settings: &Settings,
) -> (Option<Settled>, Option<String>) {
    if settings.tables.releases.is_none() {
        return (None, None);
    }
    let read = async {
        let releases = Releases::open(live, settings).await?;
        let said = InWords(&releases.pointer, settings.defaults.time_zone).to_string();
        let released = releases.read(WhichRelease::Live).await?;
        anyhow::Ok((released.map(|released| released.settled), said))
    };
    let (settled, said) = match read.await {
        Ok((settled, said)) => (settled, said),
        Err(why) => (None, format!("what is live is not known ({why:#})")),
    };
    (settled, Some(format!("by the rows of the tables; {said}")))
}

/// Which release the rows are of.
fn of_release(pointer: &Pointer, released: &Released, zone: Zone) -> String {
    let number = released.release.number;
    match released.is_live {
        true => format!("by release {number}; {}", InWords(pointer, zone)),
        false => {
            let since = for_people(released.release.published_at, zone);
            format!("by release {number}, live from {since} on; {}", InWords(pointer, zone))
        }
    }
}

impl Deployment {
    /// Rows that are from no table.
    pub(crate) fn of_files(rows: RowFiles, settings: Settings) -> Self {
        Self { settings, rows, live: None, released: None, beside: None, notes: Vec::new() }
    }

    /// What its rows, or its release, come to at `now`, and what is wrong or odd about the rows.
    pub fn settled(&self, now: DateTime<Utc>) -> (Settled, Vec<Finding>) {
        match &self.released {
            Some(released) => (released.settled.clone(), Vec::new()),
            None => {
                let rows = self.rows.for_snapshot();
                settle(&rows, self.beside.as_ref(), &self.settings.defaults, now)
            }
        }
    }

    /// What to say where its rows came to this, and something else is live.
    pub(crate) fn beside_note(&self, settled: &Settled) -> Option<String> {
        let differs = self.beside.as_ref().is_some_and(|live| live != settled);
        differs.then(|| {
            "the rows are not what is live: with `--release live` you see what is".to_owned()
        })
    }

    /// Whether there are customers to look at.
    pub(crate) fn has_customers(&self) -> bool {
        if self.live.is_some() {
            self.settings.defaults.customers
        } else {
            self.rows.has(Table::Customers)
        }
    }
}

/// The settings of a command. What only callbacks need is not asked for; row files stand for all
/// tables.
///
/// # Errors
/// Everything that is wrong with them.
pub fn settings(are_files: bool, variable: impl Fn(&str) -> Option<String>) -> Result<Settings> {
    let settings = Settings::without_locks(|name| match name {
        name if are_files
            && (name == "ASSIGNMENTS_TABLE" || Table::from_variable(name).is_some()) =>
        {
            Some(name.to_owned())
        }
        "SDK_APP_IDS" => variable(name).or_else(|| Some(SAMPLE_APP_ID.to_owned())),
        _ => variable(name),
    });
    if variable("TIME_ZONE").is_none_or(|zone| zone.trim().is_empty()) {
        WITHOUT_ZONE.call_once(|| terminal::note(NO_ZONE));
    }
    settings.context("settings (environment variables; with `--rows DIR` no tables are needed)")
}

/// Said once, however often a command reads its settings.
static WITHOUT_ZONE: Once = Once::new();

/// Without the zone, hours would open at other times than the deployment's, and nobody would see
/// why.
const NO_ZONE: &str = "Note: TIME_ZONE is not set, so times, and rows that name no zone, go by \
    UTC; the stack's output `DeskExports` and `cargo desk serve` print a line that sets it.";

/// A moment as a person types it: a date, a date and time in the deployment's zone, or RFC 3339.
/// Now without one.
///
/// # Errors
/// It is none of these.
pub fn moment(text: Option<&str>, settings: &Settings) -> Result<DateTime<Utc>> {
    match text {
        Some(text) => parse_start(text, settings.defaults.time_zone)
            .map_err(|error| anyhow!("`{text}`: {error}")),
        None => Ok(Utc::now()),
    }
}
