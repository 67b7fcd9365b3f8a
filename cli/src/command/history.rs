//! `desk history` and `desk rollback`: what rows were before, and back to it. The operator function
//! keeps it, for 90 days.

use std::collections::BTreeMap;

use anyhow::{Context, Result, bail};
use chrono::{DateTime, Utc};
use clap::Args;
use routing::rows::{Row, Table, json, without_underscores};

use crate::changes::{Change, changes, confirm, counts, show, write};
use crate::live::Live;
use crate::row_files::RowFiles;
use crate::source::{moment, settings};

/// Whose history to show.
#[derive(Args)]
pub struct History {
    /// A row's key, as `vip` or `rules/vip`; all rows without it
    #[arg(value_name = "KEY")]
    key: Option<String>,
    /// Most changes shown, the newest
    #[arg(long, value_name = "N", default_value_t = 50)]
    limit: usize,
}

/// Where to go back to.
#[derive(Args)]
pub struct Rollback {
    /// A row's key, as `vip` or `rules/vip`; all rows without it
    #[arg(value_name = "KEY")]
    key: Option<String>,
    /// The moment to go back to, such as `2026-11-24 09:00` in the deployment's time zone
    #[arg(long, value_name = "TIME")]
    to: String,
    /// Do not ask
    #[arg(long)]
    yes: bool,
}

/// What a row was before a change.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// The row's table.
    pub table: Table,
    /// Its key.
    pub key: String,
    /// When it changed, with the stream's number, so that it sorts.
    pub at: String,
    /// What it was; `None` = there was none.
    pub before: Option<Row>,
}

impl Entry {
    fn time(&self) -> Result<DateTime<Utc>> {
        let time = self.at.split('#').next().unwrap_or_default();
        time.parse().with_context(|| {
            format!("`ChangedAt` of {} `{}` is `{}`", self.table.name(), self.key, self.at)
        })
    }
}

/// Prints what changed, the newest last.
///
/// # Errors
/// The tables cannot be read.
pub async fn history(options: &History) -> Result<()> {
    let settings = settings(false, |name| std::env::var(name).ok())?;
    let live = Live::connect(&settings).await;
    let entries = entries(&live, options.key.as_deref()).await?;
    let now = live.all(true).await?;
    let mut shown: Vec<(DateTime<Utc>, Change)> = Vec::new();
    for (index, entry) in entries.iter().enumerate() {
        // What it became: what it was before the next change, or what it is now.
        let next = entries
            .get(index + 1)
            .filter(|next| (next.table, &next.key) == (entry.table, &entry.key));
        let after = match next {
            Some(next) => next.before.clone(),
            None => now
                .rows(entry.table)
                .iter()
                .find(|row| entry.table.key_of(row) == Some(&entry.key))
                .map(without_underscores),
        };
        shown.push((
            entry.time()?,
            Change {
                table: entry.table,
                key: entry.key.clone(),
                before: entry.before.clone(),
                after,
            },
        ));
    }
    shown.sort_by_key(|(time, _)| *time);
    let hidden = shown.len().saturating_sub(options.limit);
    let zone = settings.defaults.time_zone;
    for (time, change) in shown.iter().skip(hidden) {
        println!("{}", zone.local(*time).format("%Y-%m-%d %H:%M:%S"));
        println!("{}", show(std::slice::from_ref(change)));
    }
    match (shown.len(), hidden) {
        (0, _) => println!(
            "No change is kept{}.",
            options.key.as_ref().map(|key| format!(" of `{key}`")).unwrap_or_default()
        ),
        (_, 0) => {}
        (_, hidden) => println!("{hidden} older changes are not shown (`--limit`)."),
    }
    Ok(())
}

/// Shows what would go back, asks, and puts the rows back.
///
/// # Errors
/// The tables cannot be read or written, or nobody can be asked.
pub async fn rollback(options: &Rollback) -> Result<()> {
    let settings = settings(false, |name| std::env::var(name).ok())?;
    let to = moment(Some(&options.to), &settings)?;
    let live = Live::connect(&settings).await;
    let entries = entries(&live, options.key.as_deref()).await?;
    let now = live.all(true).await?;
    let all = changes_back(&entries, &now, to)?;
    if all.is_empty() {
        println!("Nothing has changed since; there is nothing to put back.");
        return Ok(());
    }
    print!("{}", show(&all));
    println!("{}.", counts(&all));
    if !options.yes && !confirm("Put these rows back?")? {
        println!("Nothing was written.");
        return Ok(());
    }
    let count = all.len();
    write(&live, all).await?;
    println!("{count} rows put back.");
    Ok(())
}

/// The changes that make every row what it was at `to`.
fn changes_back(entries: &[Entry], now: &RowFiles, to: DateTime<Utc>) -> Result<Vec<Change>> {
    // Of each row, what it was before its first change after that moment.
    let mut then: BTreeMap<(Table, &str), Option<&Row>> = BTreeMap::new();
    for entry in entries {
        if entry.time()? > to {
            then.entry((entry.table, &entry.key)).or_insert(entry.before.as_ref());
        }
    }
    let mut all = Vec::new();
    for table in Table::ALL {
        let of_table = || then.iter().filter(move |((of, _), _)| *of == table);
        let is_touched =
            |row: &&Row| of_table().any(|((_, key), _)| table.key_of(row) == Some(key));
        let current: Vec<Row> = now.rows(table).iter().filter(is_touched).cloned().collect();
        let wanted: Vec<Row> = of_table().filter_map(|(_, row)| row.cloned()).collect();
        all.extend(changes(table, &current, &wanted, true));
    }
    Ok(all)
}

/// The history of one row or of all, each row's in order.
async fn entries(live: &Live, key: Option<&str>) -> Result<Vec<Entry>> {
    let Some(table) = std::env::var("HISTORY_TABLE").ok().filter(|name| !name.is_empty()) else {
        bail!("HISTORY_TABLE is missing: the stack's output `HistoryTableName`");
    };
    let mut pages = live.client().scan().table_name(&table).into_paginator().items().send();
    let mut entries = Vec::new();
    while let Some(item) = pages.next().await {
        let item = item.with_context(|| format!("reading the history table `{table}`"))?;
        let text = |name: &str| item.get(name).and_then(|value| value.as_s().ok());
        let Some((row_key, at)) = text("RowKey").zip(text("ChangedAt")) else { continue };
        let Some((name, id)) = row_key.split_once('/') else { continue };
        let Some(of) = Table::ALL.into_iter().find(|table| table.name() == name) else { continue };
        if key.is_some_and(|key| key != row_key && key != id) {
            continue;
        }
        let before = text("Row")
            .map(|text| json::parse_row(text))
            .transpose()
            .with_context(|| format!("the history of {row_key} at {at}"))?;
        entries.push(Entry { table: of, key: id.to_owned(), at: at.clone(), before });
    }
    entries.sort_by(|a, b| (a.table, &a.key, &a.at).cmp(&(b.table, &b.key, &b.at)));
    Ok(entries)
}
