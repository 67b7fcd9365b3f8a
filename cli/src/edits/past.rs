//! What rows were before, as the operator function keeps it in the history table, for 90 days.

use std::collections::BTreeMap;

use anyhow::{Context, Result, anyhow, bail};
use aws_sdk_dynamodb::types::AttributeValue;
use chrono::{DateTime, SecondsFormat, Utc};
use desk_router::store::{NeverLive, WentLive, never_live, row_before, went_live};
use routing::rows::{Row, Table};

use crate::deployment::failure::sentence;
use crate::deployment::tables::LiveTables;
use crate::edits::changes::{Change, changes};
use crate::edits::key::{Key, Which};
use crate::files::row_files::RowFiles;
use crate::terminal::Counter;
use crate::terminal::clock::{Zone, to_the_second};

/// What a row was before a change.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// One of the four that people edit.
    pub table: Table,
    /// As typed in the row; there may be no such row now.
    pub key: String,
    /// When it changed, with the stream's number, so that it sorts.
    pub at: String,
    /// What it was; `None` = there was none.
    pub before: Option<Row>,
    /// What became of the change, where releases are kept.
    pub live: Option<WentLive>,
    /// Why the row was never live as this change left it.
    pub never: Option<NeverLive>,
}

impl Entry {
    /// When it changed.
    ///
    /// # Errors
    /// `ChangedAt` is no time.
    pub fn time(&self) -> Result<DateTime<Utc>> {
        let time = self.at.split('#').next().unwrap_or_default();
        time.parse().with_context(|| {
            format!("`ChangedAt` of {} `{}` is `{}`", self.table.name(), self.key, self.at)
        })
    }
}

/// The history table's name.
///
/// # Errors
/// `HISTORY_TABLE` is not set.
pub fn table() -> Result<String> {
    let name = std::env::var("HISTORY_TABLE").ok().filter(|name| !name.trim().is_empty());
    let Some(name) = name else {
        bail!("HISTORY_TABLE is not set: it is the stack's output `HistoryTableName`");
    };
    Ok(name)
}

/// The changes after `since`, each row's in their order.
///
/// # Errors
/// The table cannot be read.
pub async fn entries(live: &LiveTables, since: Option<DateTime<Utc>>) -> Result<Vec<Entry>> {
    let table = table()?;
    let mut scan = live.client().scan().table_name(&table);
    if let Some(since) = since {
        // Times are written so that they sort as text does.
        let since = since.to_rfc3339_opts(SecondsFormat::Millis, true);
        scan = scan
            .filter_expression("#at >= :since")
            .expression_attribute_names("#at", "ChangedAt")
            .expression_attribute_values(":since", AttributeValue::S(since));
    }
    let mut pages = scan.into_paginator().items().send();
    let mut entries = Vec::new();
    let mut read = Counter::of("changes");
    while let Some(item) = pages.next().await {
        let item = item.map_err(|error| anyhow!("{}", sentence("reading", &table, &error)))?;
        read.inc();
        let text = |name: &str| item.get(name).and_then(|value| value.as_s().ok());
        let Some((row_key, at)) = text("RowKey").zip(text("ChangedAt")) else { continue };
        let Some((name, id)) = row_key.split_once('/') else { continue };
        let Some(of) = Table::ALL.into_iter().find(|table| table.name() == name) else { continue };
        let before = row_before(&item)
            .map_err(|error| anyhow!("the history of {row_key} at {at}: {error}"))?;
        let (key, at) = (id.to_owned(), at.clone());
        let (live, never) = (went_live(&item), never_live(&item));
        entries.push(Entry { table: of, key, at, before, live, never });
    }
    read.end();
    entries.sort_by(|a, b| (a.table, &a.key, &a.at).cmp(&(b.table, &b.key, &b.at)));
    Ok(entries)
}

/// What each row was at a moment, by table and key; `None` = there was none. Only rows that changed
/// since.
pub type RowsThen<'e> = BTreeMap<Table, BTreeMap<&'e str, Option<&'e Row>>>;

/// What each row was at `to`: before its first change after that moment.
///
/// # Errors
/// A time cannot be read.
pub fn at<'e>(entries: impl Iterator<Item = &'e Entry>, to: DateTime<Utc>) -> Result<RowsThen<'e>> {
    let mut then: RowsThen<'e> = BTreeMap::new();
    for entry in entries {
        if entry.time()? > to {
            let of_table = then.entry(entry.table).or_default();
            of_table.entry(&entry.key).or_insert(entry.before.as_ref());
        }
    }
    Ok(then)
}

/// The changes that make a table's rows again what they were.
pub fn back(table: Table, then: &BTreeMap<&str, Option<&Row>>, now: &RowFiles) -> Vec<Change> {
    let is_touched = |row: &&Row| table.key_of(row).is_some_and(|key| then.contains_key(key));
    let current: Vec<Row> = now.rows(table).iter().filter(is_touched).cloned().collect();
    let wanted: Vec<Row> = then.values().filter_map(|row| row.cloned()).collect();
    changes(table, &current, &wanted, true)
}

/// The rows that a person means, among those that are and those that were.
///
/// # Errors
/// There is none, now or then.
pub fn which(typed: Option<&str>, now: &RowFiles, entries: &[Entry]) -> Result<Which> {
    let were = entries.iter().map(|entry| (entry.table, entry.key.as_str()));
    Which::find(typed, now.keys().chain(were), true)
}

/// When a row that is not there any more was deleted, for people; `None` when the history has no
/// such row, or cannot be read.
pub async fn deleted(live: &LiveTables, typed: &str, zone: Zone) -> Option<String> {
    let entries = entries(live, None).await.ok()?;
    let were = entries.iter().map(|entry| (entry.table, entry.key.as_str()));
    let Which::Keys(keys) = Which::find(Some(typed), were, true).ok()? else { return None };
    let said = keys.iter().filter_map(|Key { table, key }| {
        let is_its = |entry: &&Entry| (entry.table, &entry.key) == (*table, key);
        let last = entries.iter().rfind(is_its)?.time().ok()?;
        let (table, at) = (table.name(), to_the_second(last, zone));
        let see = format!("see `cargo desk history {table}/{key}`");
        Some(format!("{table} `{key}` was deleted at {at}; {see}"))
    });
    Some(said.collect::<Vec<_>>().join("\n"))
}
