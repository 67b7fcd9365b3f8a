//! Where a command's rows come from: the deployment's tables, or a folder of row files.

use std::path::PathBuf;

use anyhow::{Context, Result, anyhow};
use chrono::{DateTime, Utc};
use clap::Args;
use desk_router::settings::Settings;
use routing::hours::parse_start;
use routing::rows::Table;

use crate::command::sign::SAMPLE_APP_ID;
use crate::live::Live;
use crate::row_files::RowFiles;

/// Where rows come from.
#[derive(Args, Debug, Clone, Default)]
pub struct Source {
    /// Folder with rules.json, agents.json, calendars.json, customers.json to use instead of the
    /// tables
    #[arg(long, value_name = "DIR")]
    pub rows: Option<PathBuf>,
}

/// A deployment to look at.
#[derive(Debug)]
pub struct Deployment {
    /// Its settings.
    pub settings: Settings,
    /// Its rows.
    pub rows: RowFiles,
    /// Its tables, unless the rows are files.
    pub live: Option<Live>,
}

impl Source {
    /// Reads the rows; those of customers only when wanted, because there may be very many.
    ///
    /// # Errors
    /// The settings are wrong, or a table or file cannot be read.
    pub async fn read(&self, customers: bool) -> Result<Deployment> {
        let settings = settings(self.rows.is_some(), |name| std::env::var(name).ok())?;
        match &self.rows {
            Some(folder) => Ok(Deployment { rows: RowFiles::read(folder)?, settings, live: None }),
            None => {
                let live = Live::connect(&settings).await?;
                Ok(Deployment { rows: live.all(customers).await?, settings, live: Some(live) })
            }
        }
    }
}

impl Deployment {
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
        "RULES_TABLE" | "AGENTS_TABLE" | "CALENDARS_TABLE" | "CUSTOMERS_TABLE"
        | "ASSIGNMENTS_TABLE"
            if are_files =>
        {
            Some(name.to_owned())
        }
        "SDK_APP_IDS" => variable(name).or_else(|| Some(SAMPLE_APP_ID.to_owned())),
        _ => variable(name),
    });
    settings.context("settings (environment variables; with `--rows DIR` no tables are needed)")
}

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
