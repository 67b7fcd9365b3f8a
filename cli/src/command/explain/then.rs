//! What was live when a decision record was written: its release; or the rows as they were, where
//! it went by the tables.

use anyhow::Result;
use chrono::{DateTime, Utc};
use routing::rows::Table;
use serde_json::{Map, Value};

use crate::deployment::released::WhichRelease;
use crate::deployment::source::{Deployment, Source};
use crate::edits::past;
use crate::edits::then::rows_after;

/// By what a record is explained.
#[derive(Debug, Default)]
pub(super) struct Then {
    /// That in words; `None` = the rows of today, because nobody knows more or the person said
    /// which to use.
    pub(super) by: Option<String>,
    /// What is to be read before all else: that these are not the rows by which it was decided.
    pub(super) first: Option<String>,
}

/// What a record went by.
///
/// # Errors
/// The settings are wrong, or a table cannot be read.
pub(super) async fn read(
    source: &Source,
    record: &Map<String, Value>,
) -> Result<(Deployment, Then)> {
    let by = |by: String| Then { by: Some(by), first: None };
    let release = record.get("release").and_then(Value::as_u64);
    let is_told = source.rows.is_some() || source.release.is_some();
    if let (Some(number), false) = (release, is_told) {
        let has_releases =
            std::env::var("RELEASES_TABLE").is_ok_and(|name| !name.trim().is_empty());
        let of_it = Source { release: Some(WhichRelease::Number(number)), ..source.clone() };
        let why = match has_releases {
            true => match of_it.read(false).await {
                Ok(deployment) => return Ok((deployment, by(format!("by its release {number}")))),
                Err(why) => format!("{why:#}"),
            },
            false => "RELEASES_TABLE is not set".to_owned(),
        };
        let first = format!(
            "Release {number} made this decision, but it cannot be read ({why}). What follows goes \
            by the rows of today"
        );
        let then = Then { by: None, first: Some(first) };
        return Ok((source.read(false).await?, then));
    }
    let mut deployment = source.read(false).await?;
    let time = record.get("time").and_then(Value::as_str).and_then(|time| time.parse().ok());
    let went_by_rows = release.is_none() && !is_told;
    if let (true, Some(time), Some(_)) = (went_by_rows, time, past::table().ok()) {
        let changed = put_back(&mut deployment, time).await?;
        let then = match changed {
            0 => "by the rows, which have not changed since".to_owned(),
            changed => format!("by the rows as they were ({changed} changed since)"),
        };
        return Ok((deployment, by(then)));
    }
    Ok((deployment, Then::default()))
}

/// Puts rules, agents and calendars back to what they were; how many were others.
async fn put_back(deployment: &mut Deployment, to: DateTime<Utc>) -> Result<usize> {
    let Some(live) = &deployment.live else { return Ok(0) };
    let entries = past::entries(live, Some(to)).await?;
    let mut back = Vec::new();
    for (table, rows) in past::at(entries.iter(), to)? {
        if table != Table::Customers {
            back.extend(past::back(table, &rows, &deployment.rows));
        }
    }
    deployment.rows = rows_after(&deployment.rows, &back);
    deployment.beside = None;
    deployment.notes.clear();
    Ok(back.len())
}
