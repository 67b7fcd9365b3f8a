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

/// What a record went by, and that in words; `None` = the rows of today, because nobody knows more
/// or the person said which to use.
///
/// # Errors
/// The settings are wrong, or a table cannot be read.
pub(super) async fn read(
    source: &Source,
    record: &Map<String, Value>,
) -> Result<(Deployment, Option<String>)> {
    let release = record.get("release").and_then(Value::as_u64);
    let is_told = source.rows.is_some() || source.release.is_some();
    let has_releases = std::env::var("RELEASES_TABLE").is_ok_and(|name| !name.trim().is_empty());
    if let (Some(number), false, true) = (release, is_told, has_releases) {
        let by = Source { release: Some(WhichRelease::Number(number)), ..source.clone() };
        return match by.read(false).await {
            Ok(deployment) => Ok((deployment, Some(format!("by its release {number}")))),
            Err(why) => {
                let by =
                    format!("by the rows of today, because its release cannot be read ({why:#})");
                Ok((source.read(false).await?, Some(by)))
            }
        };
    }
    let mut deployment = source.read(false).await?;
    let time = record.get("time").and_then(Value::as_str).and_then(|time| time.parse().ok());
    let went_by_rows = release.is_none() && !is_told;
    if let (true, Some(time), Some(_)) = (went_by_rows, time, past::table().ok()) {
        let changed = put_back(&mut deployment, time).await?;
        let by = match changed {
            0 => "by the rows, which have not changed since".to_owned(),
            changed => format!("by the rows as they were ({changed} changed since)"),
        };
        return Ok((deployment, Some(by)));
    }
    Ok((deployment, None))
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
