//! Releases as a person at a terminal looks at them: what is live, what was, what is in it.

use std::str::FromStr;

use anyhow::{Result, anyhow, bail};
use aws_sdk_dynamodb::types::AttributeValue;
use desk_router::settings::Settings;
use desk_router::store::ReleasesTable;
use routing::release::{FORMATS, Form, Pointer, Release, Settled, Store as _, decode};
use routing::rows::{Row, Table, Value};

use crate::deployment::failure::sentence;
use crate::deployment::tables::LiveTables;
use crate::files::row_files::RowFiles;

/// Which release a person means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WhichRelease {
    /// The one that is live.
    Live,
    /// The one with this number.
    Number(u64),
}

impl FromStr for WhichRelease {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text.trim() {
            "live" => Ok(Self::Live),
            text => text
                .parse()
                .ok()
                .filter(|number| *number > 0)
                .map(Self::Number)
                .ok_or_else(|| "expected `live`, or a release's number".to_owned()),
        }
    }
}

/// A release and what it holds.
#[derive(Debug, Clone)]
pub struct Released {
    /// Its number, time and counts.
    pub release: Release,
    /// Its rows, as the webhook reads them.
    pub settled: Settled,
    /// Whether the webhook decides by it now.
    pub is_live: bool,
}

/// The releases of a deployment, by the pointer as it was read first.
#[derive(Debug)]
pub struct Releases {
    table: ReleasesTable,
    /// As it was read first.
    pub pointer: Pointer,
}

impl Releases {
    /// The table of releases of a deployment.
    ///
    /// # Errors
    /// The deployment has none, or it cannot be read.
    pub async fn open(live: &LiveTables, settings: &Settings) -> Result<Self> {
        let Some(name) = &settings.tables.releases else {
            bail!(
                "RELEASES_TABLE is not set: the stack's output `DeskExports` and `cargo desk \
                serve` print a line that sets it"
            );
        };
        // Asked first for what a person can do something about, in words.
        let text = |text: &str| AttributeValue::S(text.to_owned());
        let first = live.client().get_item().table_name(name);
        let first = first.key("Id", text("pointer")).key("Sort", text("live")).send().await;
        first.map_err(|error| anyhow!("{}", sentence("reading", name, &error)))?;
        let table = live.tables(settings).await?.releases();
        let table = table.ok_or_else(|| anyhow!("RELEASES_TABLE is not set"))?;
        let pointer = table.pointer().await?;
        Ok(Self { table, pointer })
    }

    /// The release that is live and those before it, the latest first.
    ///
    /// # Errors
    /// The table cannot be read.
    pub async fn list(&self) -> Result<Vec<Release>> {
        const PAGE: usize = 100;
        let mut all: Vec<Release> = self.pointer.live.iter().cloned().collect();
        while let Some(last) = all.last() {
            let page = self.table.listed_before(last.number, PAGE).await?;
            if page.is_empty() {
                break;
            }
            all.extend(page);
        }
        Ok(all)
    }

    /// A release and what it holds; `None` when it is not kept, or none is live yet.
    ///
    /// # Errors
    /// It cannot be read, or is damaged.
    pub async fn read(&self, wanted: WhichRelease) -> Result<Option<Released>> {
        let live = self.pointer.live.as_ref();
        let release = match wanted {
            WhichRelease::Live => live.cloned(),
            WhichRelease::Number(number) => match live.filter(|live| live.number == number) {
                Some(live) => Some(live.clone()),
                None => {
                    let listed = self.table.listed_before(number.saturating_add(1), 1).await?;
                    listed.into_iter().find(|release| release.number == number)
                }
            },
        };
        let Some(release) = release else { return Ok(None) };
        let number = release.number;
        if !FORMATS.contains(&release.format) {
            bail!(
                "release {number} is of format {}, which this version of `desk` does not know; use \
                the version that is deployed",
                release.format
            );
        }
        let parts = self.table.parts(&release, Form::Rows).await?;
        let bytes =
            release.join(Form::Rows, parts).map_err(|why| anyhow!("release {number}: {why}"))?;
        let settled = decode(&bytes).map_err(|why| anyhow!("release {number}: {why}"))?;
        let is_live = live.is_some_and(|live| live.number == number);
        Ok(Some(Released { release, settled, is_live }))
    }

    /// The same; one that is not kept is an error.
    ///
    /// # Errors
    /// It is not kept, cannot be read, or is damaged.
    pub(crate) async fn read_kept(&self, wanted: WhichRelease) -> Result<Released> {
        let found = self.read(wanted).await?;
        found.ok_or_else(|| match wanted {
            WhichRelease::Live => anyhow!("no release is live yet"),
            WhichRelease::Number(number) => anyhow!(
                "release {number} is not kept; `cargo desk releases` lists those that are kept"
            ),
        })
    }
}

impl Released {
    /// What it holds as rows that say the same in any deployment.
    pub fn rows(&self) -> RowFiles {
        rows_of(&self.settled)
    }
}

/// What is settled as rows that say the same in any deployment: those that name no zone go by UTC.
pub fn rows_of(settled: &Settled) -> RowFiles {
    let mut files = RowFiles::default();
    for table in Table::RELEASED {
        let rows = settled.rows(table).into_iter().flat_map(|rows| rows.values());
        let complete = |row: &Row| {
            let mut row = row.clone();
            row.entry("TimeZone".to_owned()).or_insert_with(|| Value::Text("UTC".to_owned()));
            row
        };
        files.extend(table, rows.map(complete));
    }
    files
}
