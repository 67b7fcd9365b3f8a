//! `desk rollback`: rows back to what they were at a moment, checked, shown and asked first.

use anyhow::{Result, bail};
use chrono::{DateTime, Utc};
use clap::Args;
use desk_router::store::HISTORY_KEPT;
use routing::rows::{Defaults, Fact, Table, customer};

use crate::deployment::source::{moment, settings, what_is_live};
use crate::deployment::tables::LiveTables;
use crate::edits::ask::{Asking, Doing, show_ask_write};
use crate::edits::changes::Change;
use crate::edits::key::Which;
use crate::edits::past::{self, Entry};
use crate::edits::then::refuse_errors;
use crate::files::row_files::RowFiles;
use crate::terminal::clock::to_the_second;
use crate::terminal::{self, counted, say};

/// Where to go back to.
#[derive(Args)]
pub struct Options {
    /// A row's key, as `vip` or `rules/vip`, or a table, as `rules`; default: all rules, agents and
    /// calendars
    #[arg(value_name = "KEY")]
    key: Option<String>,
    /// The moment to go back to, such as `2026-11-24 09:00` in the deployment's time zone
    #[arg(long, value_name = "TIME")]
    to: String,
    /// Also put customers back; default: they stay, because somebody may have deleted them on
    /// purpose
    #[arg(long)]
    customers: bool,
    #[command(flatten)]
    asking: Asking,
}

/// Shows what would go back, asks, and puts the rows back.
///
/// # Errors
/// The tables cannot be read or written, the time is in the future, a row that would come back is
/// in error, or nobody can be asked.
pub async fn run(options: &Options) -> Result<()> {
    let settings = settings(false, |name| std::env::var(name).ok())?;
    past::table()?;
    let (to, today) = (moment(Some(&options.to), &settings)?, Utc::now());
    if to < today - HISTORY_KEPT {
        terminal::note(&format!(
            "History is kept for {} days: what changed before that stays as it is.",
            HISTORY_KEPT.num_days()
        ));
    }
    let live = LiveTables::connect(&settings).await?;
    // All of the history, so that a key that did not change since then is known.
    let entries = past::entries(&live, None).await?;
    // Where something changed after it, this computer's clock is behind.
    if to > today && past::at(entries.iter(), to)?.is_empty() {
        let clock = to_the_second(today, settings.defaults.time_zone);
        bail!("`{}` is in the future: it is {clock} now; write an earlier time", options.to);
    }
    let now = live.all(true).await?;
    let which = past::which(options.key.as_deref(), &now, &entries)?;
    let asks_customers =
        options.customers || which == Which::Of(Table::Customers) || only_customers(&which);
    let is_meant = |entry: &&Entry| which.has(entry.table, &entry.key);
    let meant: Vec<&Entry> = entries.iter().filter(is_meant).collect();
    let (all, left) = changes_back(&meant, &now, to, asks_customers, (&settings.defaults, today))?;
    if left.customers > 0 {
        say!(
            "Left as they are: {} changed since; `--customers` puts them back too.",
            counted(left.customers, "customer")
        );
    }
    if left.expired > 0 {
        let have = if left.expired == 1 { "has" } else { "have" };
        let are = if left.expired == 1 { "is" } else { "are" };
        say!(
            "{} {have} expired (`ExpiresAt`) and {are} not put back.",
            counted(left.expired, "customer")
        );
    }
    if all.is_empty() {
        let has_changed = !past::at(meant.iter().copied(), to)?.is_empty();
        say!("{}; there is nothing to put back.", why_nothing(options, has_changed, &left));
        return Ok(());
    }
    let mut wanted = RowFiles::default();
    for change in &all {
        wanted.extend(change.table, change.after.clone());
    }
    let (beside, _) = what_is_live(&live, &settings).await;
    refuse_errors(&now, &all, &wanted, &settings, beside.as_ref(), &way_out(options))?;
    show_ask_write(&live, &settings, all, options.asking, Doing::Rollback).await
}

/// Why no row is put back.
fn why_nothing(Options { key, to, .. }: &Options, has_changed: bool, left: &Left) -> String {
    match (key, has_changed) {
        (None, false) => format!("No change since {to} is kept"),
        (Some(key), false) => format!("No change of `{key}` since {to} is kept"),
        (_, true) if left.customers + left.expired > 0 => {
            format!("All other rows are as they were at {to}")
        }
        (None, true) => format!("All rows are as they were at {to}"),
        (Some(key), true) => format!("`{key}` is as it was at {to}"),
    }
}

/// What a person can do when a row would come back in error.
fn way_out(options: &Options) -> String {
    let release = "or make what was live at that time live again, at once and whatever the rows \
        say: `cargo desk releases` lists the releases, and `cargo desk publish --release N` goes \
        back to one";
    let rows = match options.key {
        None => {
            "Put the other rows back one by one or a table at a time, such as `cargo desk rollback \
            --to TIME rules/KEY` or `… agents`"
        }
        Some(_) => "Put back first what the row needs, such as its calendar",
    };
    format!("{rows}; choose another time; {release}.")
}

fn only_customers(which: &Which) -> bool {
    matches!(which, Which::Keys(keys) if keys.iter().all(|key| key.table == Table::Customers))
}

/// Customers that stay as they are.
#[derive(Default)]
struct Left {
    /// Because nobody asked for customers.
    customers: usize,
    /// Because they would have expired.
    expired: usize,
}

/// The changes that make every row what it was at `to`. A customer whom a decision would not know
/// any more is not put back: DynamoDB would only remove the row again.
fn changes_back(
    entries: &[&Entry],
    now: &RowFiles,
    to: DateTime<Utc>,
    customers: bool,
    (defaults, today): (&Defaults, DateTime<Utc>),
) -> Result<(Vec<Change>, Left)> {
    let then = past::at(entries.iter().copied(), to)?;
    let mut left = Left::default();
    let mut all = Vec::new();
    for (table, mut rows) in then {
        if table == Table::Customers {
            rows.retain(|_, row| {
                let is_expired = row.is_some_and(|row| {
                    matches!(customer::known(Some(row), defaults, today).0, Fact::Is(None))
                });
                left.expired += usize::from(is_expired && customers);
                !is_expired
            });
        }
        let back = past::back(table, &rows, now);
        if table == Table::Customers && !customers {
            left.customers = back.len();
        } else {
            all.extend(back);
        }
    }
    Ok((all, left))
}
