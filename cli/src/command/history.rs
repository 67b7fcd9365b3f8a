//! `desk history`: what rows were before, change by change.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use anyhow::Result;
use chrono::{DateTime, Utc};
use clap::Args;
use routing::rows::{Row, Table, without_underscores};

use crate::changes::{Change, show};
use crate::clock::{Zone, local};
use crate::live::Live;
use crate::past::{self, Entry};
use crate::row_files::RowFiles;
use crate::source::{moment, settings};
use crate::terminal;

/// Whose history to show.
#[derive(Args)]
pub struct History {
    /// A row's key, as `vip` or `rules/vip`, or a table, as `rules`; all rows without it
    #[arg(value_name = "KEY")]
    key: Option<String>,
    /// Only changes from this moment on, such as `2026-11-24 09:00`
    #[arg(long, value_name = "TIME")]
    since: Option<String>,
    /// Most changes shown of each table, the newest
    #[arg(long, value_name = "N", default_value_t = 50)]
    limit: usize,
}

/// A change, and when it was.
type Dated = (DateTime<Utc>, Change);

/// Prints what changed, the newest last.
///
/// # Errors
/// The tables cannot be read, or there is no such row.
pub async fn history(options: &History) -> Result<()> {
    let settings = settings(false, |name| std::env::var(name).ok())?;
    past::table()?;
    let since = options.since.as_deref().map(|at| moment(Some(at), &settings)).transpose()?;
    let live = Live::connect(&settings).await?;
    let entries = past::entries(&live, since).await?;
    let now = live.all(true).await?;
    let which = past::which(options.key.as_deref(), &now, &entries)?;
    let meant: Vec<Entry> =
        entries.into_iter().filter(|entry| which.has(entry.table, &entry.key)).collect();
    let changed = changes_of(&meant, &now)?;
    terminal::print(&text(changed, options, settings.defaults.time_zone));
    Ok(())
}

/// The changes, oldest first. What a row became is what it was before its next change, or what it is
/// now.
fn changes_of(entries: &[Entry], now: &RowFiles) -> Result<Vec<Dated>> {
    let current: BTreeMap<(Table, &str), &Row> = Table::ALL
        .into_iter()
        .flat_map(|table| now.rows(table).iter().map(move |row| (table, row)))
        .filter_map(|(table, row)| Some(((table, table.key_of(row)?), row)))
        .collect();
    let mut changed = Vec::with_capacity(entries.len());
    for (index, entry) in entries.iter().enumerate() {
        let next = entries
            .get(index + 1)
            .filter(|next| (next.table, &next.key) == (entry.table, &entry.key));
        let after = match next {
            Some(next) => next.before.clone(),
            None => {
                let row = current.get(&(entry.table, entry.key.as_str()));
                row.map(|row| without_underscores(row))
            }
        };
        let (table, key, before) = (entry.table, entry.key.clone(), entry.before.clone());
        changed.push((entry.time()?, Change { table, key, before, after }));
    }
    changed.sort_by_key(|(time, _)| *time);
    Ok(changed)
}

fn text(changed: Vec<Dated>, options: &History, zone: Zone) -> String {
    let at = |time: DateTime<Utc>| local(zone, time).format("%Y-%m-%d %H:%M:%S").to_string();
    let mut text = String::new();
    if changed.is_empty() {
        let of = options.key.as_ref().map(|key| format!(" of `{key}`")).unwrap_or_default();
        let since = options.since.as_ref().map(|at| format!(" since {at}")).unwrap_or_default();
        return format!(
            "No change{of} is kept{since}. History is kept for {} days.\n",
            past::KEPT.num_days()
        );
    }
    // Of each table the newest, so that an import of customers hides no change of a rule.
    let mut hidden: BTreeMap<Table, Vec<DateTime<Utc>>> = BTreeMap::new();
    let mut left: BTreeMap<Table, usize> = BTreeMap::new();
    for (_, change) in &changed {
        *left.entry(change.table).or_default() += 1;
    }
    let mut shown = Vec::new();
    for (time, change) in changed {
        let left = left.entry(change.table).or_default();
        if *left > options.limit {
            hidden.entry(change.table).or_default().push(time);
        } else {
            shown.push((time, change));
        }
        *left = left.saturating_sub(1);
    }
    for (table, times) in &hidden {
        if let (Some(first), Some(last)) = (times.first(), times.last()) {
            // Writing to memory does not fail.
            let _ = writeln!(
                text,
                "{} older changes of {} are not shown, from {} to {}: give `--limit`, `--since` or a key",
                times.len(),
                table.name(),
                at(*first),
                at(*last)
            );
        }
    }
    if !hidden.is_empty() {
        text.push('\n');
    }
    for (time, change) in &shown {
        let _ = writeln!(text, "{} {zone}", at(*time));
        let _ = writeln!(text, "{}", show(std::slice::from_ref(change)));
    }
    text
}
