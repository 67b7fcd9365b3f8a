//! `desk history`: what rows were before, change by change.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use anyhow::Result;
use chrono::{DateTime, Utc};
use clap::Args;
use desk_router::store::{HISTORY_KEPT, NeverLive, Tables, WentLive};
use routing::release::{Cause, Release, State, Store};
use routing::rows::{Row, Table, without_underscores};

use crate::deployment::source::{moment, settings};
use crate::deployment::tables::LiveTables;
use crate::edits::changes::{Change, show};
use crate::edits::past::{self, Entry};
use crate::files::row_files::RowFiles;
use crate::terminal;
use crate::terminal::clock::{Zone, to_the_second};

/// Releases read at a time.
const PAGE: usize = 100;

/// Whose history to show.
#[derive(Args)]
pub struct Options {
    /// A row's key, as `vip` or `rules/vip`, or a table, as `rules`; default: all rows
    #[arg(value_name = "KEY")]
    key: Option<String>,
    /// Only changes from this moment on, such as `2026-11-24 09:00`
    #[arg(long, value_name = "TIME")]
    since: Option<String>,
    /// How many changes of each table to show: the newest ones
    #[arg(long, value_name = "N", default_value_t = 50)]
    limit: usize,
}

/// A change, and what became of it.
struct Dated {
    time: DateTime<Utc>,
    /// The same with the stream's number, by which changes of one second are in order.
    at: String,
    change: Change,
    live: Option<WentLive>,
    /// Why the row was never live like this.
    never: Option<NeverLive>,
    /// When the row changed again.
    until: Option<DateTime<Utc>>,
}

/// Prints what changed, the newest last.
///
/// # Errors
/// The tables cannot be read, or there is no such row.
pub async fn run(options: &Options) -> Result<()> {
    let settings = settings(false, |name| std::env::var(name).ok())?;
    past::table()?;
    let since = options.since.as_deref().map(|at| moment(Some(at), &settings)).transpose()?;
    let live = LiveTables::connect(&settings).await?;
    let entries = past::entries(&live, since).await?;
    let now = live.all(true).await?;
    let which = past::which(options.key.as_deref(), &now, &entries)?;
    let meant: Vec<Entry> =
        entries.into_iter().filter(|entry| which.has(entry.table, &entry.key)).collect();
    let changed = changes_of(&meant, &now)?;
    let waited = changed.iter().any(|dated| matches!(dated.live, Some(WentLive::Waited(_))));
    let releases = match waited {
        true => releases(&live.tables(&settings).await?).await,
        false => Releases::default(),
    };
    terminal::print(&text(changed, options, settings.defaults.time_zone, &releases));
    Ok(())
}

/// What can be said of releases.
#[derive(Default)]
struct Releases {
    /// Those that are kept, the first one first.
    kept: Vec<Release>,
    /// Whether the live one is what the rows say: nobody holds it, and no row waits.
    are_rows: bool,
}

/// The releases that are kept; none when they cannot be read, because history says enough without
/// them.
async fn releases(tables: &Tables) -> Releases {
    let Some(releases) = tables.releases() else { return Releases::default() };
    let Ok(pointer) = releases.pointer().await else { return Releases::default() };
    let are_rows = pointer.state() == State::Live && !pointer.is_behind();
    let mut all: Vec<Release> = pointer.live.into_iter().collect();
    while let Some(last) = all.last() {
        match releases.listed_before(last.number, PAGE).await {
            Ok(page) if !page.is_empty() => all.extend(page),
            _ => break,
        }
    }
    all.reverse();
    Releases { kept: all, are_rows }
}

/// What became of a change. One that waited went live with the next release that came of rows,
/// unless the row had changed again by then (`until`).
fn went_live(live: WentLive, until: Option<DateTime<Utc>>, releases: &Releases) -> String {
    let Releases { kept: releases, are_rows } = releases;
    let waited = match live {
        WentLive::With(release) => return format!(", live with release {release}"),
        WentLive::Waited(release) => release,
    };
    let mut after = releases.iter().filter(|release| release.number > waited);
    let of_rows = |release: &&Release| !matches!(release.cause, Cause::Back { .. });
    match after.clone().position(|release| of_rows(&release)).map(|place| (place, after.nth(place)))
    {
        // What is not kept any more may have been the one.
        Some((_, Some(next))) if until.is_some_and(|until| until <= next.published_at) => {
            format!(", waited while release {waited} was live, then changed again")
        }
        None if until.is_some() => {
            format!(", waited while release {waited} was live, then changed again")
        }
        Some((place, Some(next))) if next.number - waited == place as u64 + 1 => {
            format!(", waited, live with release {}", next.number)
        }
        // Such as notes, which no release holds: when the hold ended there was nothing to publish.
        None if *are_rows => match releases.last() {
            Some(last) => format!(", waited, live with release {}", last.number),
            None => String::new(),
        },
        None if !releases.is_empty() => ", waits".to_owned(),
        _ => format!(", waited while release {waited} was live"),
    }
}

/// The changes, oldest first. What a row became is what it was before its next change, or what it
/// is now.
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
        let until = next.map(Entry::time).transpose()?;
        let after = match next {
            Some(next) => next.before.clone(),
            None => {
                let row = current.get(&(entry.table, entry.key.as_str()));
                row.map(|row| without_underscores(row))
            }
        };
        let (table, key, before) = (entry.table, entry.key.clone(), entry.before.clone());
        let change = Change { table, key, before, after };
        let (time, at) = (entry.time()?, entry.at.clone());
        changed.push(Dated { time, at, change, live: entry.live, never: entry.never, until });
    }
    changed.sort_by(|a, b| a.at.cmp(&b.at));
    Ok(changed)
}

fn text(changed: Vec<Dated>, options: &Options, zone: Zone, releases: &Releases) -> String {
    let at = |time: DateTime<Utc>| to_the_second(time, zone);
    let mut text = String::new();
    if changed.is_empty() {
        let of = options.key.as_ref().map(|key| format!(" of `{key}`")).unwrap_or_default();
        let since = options.since.as_ref().map(|at| format!(" since {at}")).unwrap_or_default();
        return format!(
            "No change{of} is kept{since}. A change is here some seconds after the edit, and for \
            {} days.\n",
            HISTORY_KEPT.num_days()
        );
    }
    // Of each table the newest, so that an import of customers hides no change of a rule.
    let mut hidden: BTreeMap<Table, Vec<DateTime<Utc>>> = BTreeMap::new();
    let mut left: BTreeMap<Table, usize> = BTreeMap::new();
    for dated in &changed {
        *left.entry(dated.change.table).or_default() += 1;
    }
    let mut shown = Vec::new();
    for dated in changed {
        let table = dated.change.table;
        let left = left.entry(table).or_default();
        if *left > options.limit {
            hidden.entry(table).or_default().push(dated.time);
        } else {
            shown.push(dated);
        }
        *left = left.saturating_sub(1);
    }
    for (table, times) in &hidden {
        if let (Some(first), Some(last)) = (times.first(), times.last()) {
            // Writing to memory does not fail.
            let _ = writeln!(
                text,
                "{} older changes of {} are not shown, from {} to {}: give `--limit`, `--since` or \
                a key",
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
    for Dated { time, change, live, never, until, .. } in &shown {
        let became = match (never, live) {
            (Some(NeverLive::InError), _) => ", in error: not live".to_owned(),
            (Some(NeverLive::Replaced), _) => ", changed again before it was live".to_owned(),
            (Some(NeverLive::Used), _) => ", still live: rows that are live use it".to_owned(),
            (None, Some(live)) => went_live(*live, *until, releases),
            (None, None) => String::new(),
        };
        let _ = writeln!(text, "{}{became}", at(*time));
        let _ = writeln!(text, "{}", show(std::slice::from_ref(change)));
    }
    text
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use serde_json::json;

    use super::*;

    fn release(number: u64, cause: &str) -> Release {
        let release = json!({
            "Number": number, "Format": 1, "Content": "c", "Parts": [], "Typed": 0, "Hash": "h",
            "Rules": 1, "Agents": 1, "PublishedAt": "2026-11-24T01:00:00.000Z", "Cause": cause,
            "BackTo": 1,
        });
        serde_json::from_value(release).unwrap()
    }

    #[test]
    fn what_waited_went_live_with_the_next_release_of_rows() {
        let waited = WentLive::Waited(41);
        let live = [release(41, "edits")];
        let back = [release(41, "edits"), release(42, "back")];
        let forced = [release(41, "edits"), release(42, "back"), release(43, "force")];
        for (live, releases, expected) in [
            (WentLive::With(40), &[] as &[Release], ", live with release 40"),
            (waited, &[], ", waited while release 41 was live"),
            (waited, &live, ", waits"),
            (waited, &back, ", waits"),
            (waited, &forced, ", waited, live with release 43"),
            // The release that came first is not kept any more.
            (waited, &[release(50, "edits")], ", waited while release 41 was live"),
        ] {
            let releases = Releases { kept: releases.to_vec(), are_rows: false };
            assert_eq!(went_live(live, None, &releases), expected);
        }
        let ended = Releases { kept: live.to_vec(), are_rows: true };
        assert_eq!(went_live(waited, None, &ended), ", waited, live with release 41");
    }

    #[test]
    fn what_was_undone_while_it_waited_did_not_go_live() {
        let waited = WentLive::Waited(41);
        let at = |time: &str| Some(time.parse().unwrap());
        let live = [release(41, "edits")];
        let next = [release(41, "edits"), release(42, "edits")];
        let again = ", waited while release 41 was live, then changed again";
        for (until, releases, expected) in [
            (at("2026-11-24T00:59:00Z"), &live[..], again),
            (at("2026-11-24T00:59:00Z"), &next, again),
            (at("2026-11-24T01:01:00Z"), &next, ", waited, live with release 42"),
            (at("2026-11-24T00:59:00Z"), &[], again),
        ] {
            let releases = Releases { kept: releases.to_vec(), are_rows: false };
            assert_eq!(went_live(waited, until, &releases), expected, "{until:?}");
        }
    }
}
