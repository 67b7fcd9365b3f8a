//! Tells every row's editor what became of the row, in its `_Check`.

use std::collections::HashSet;
use std::time::Duration;

use chrono::{DateTime, NaiveTime, Utc};
use futures_util::future::FutureExt;
use futures_util::stream::{self, StreamExt};
use routing::hours::Zone;
use routing::inspect::check::Input;
use routing::inspect::{Live, Told, verdicts};
use routing::release::{Cause, InWords, OrderOutcome, Pointer, Settled};
use routing::rows::Table;
use routing::text::key_cut;

use super::Operator;
use super::publish::Done;
use super::seen::LookedAt;
use crate::report::OperatorNumber;
use crate::store::{Before, CHECK, TableError};

/// Rows written at the same time.
const AT_ONCE: usize = 16;

/// Most rows named whose `_Check` could not be written.
const NAMED: usize = 5;

/// How the writing went.
#[derive(Debug, Default)]
struct Tally {
    rows: usize,
    failed: usize,
    /// The first that failed.
    named: Vec<String>,
    error: Option<TableError>,
}

impl Operator {
    /// Writes what rows are told, where it differs from what they say: those `first` first, for
    /// so long at most. A row that changed meanwhile is told at the look for that change; one that
    /// cannot be written keeps no other from being written.
    pub(super) async fn tell(
        &self,
        done: &Done,
        first: &HashSet<(Table, &str)>,
        most: Duration,
        now: DateTime<Utc>,
    ) {
        let Some(seen) = done.seen.as_ref().filter(|seen| seen.unreadable.is_none()) else {
            return;
        };
        let zone = self.settings.defaults.time_zone;
        let Some(live) = Now::of(done.outcome.as_ref(), seen, zone) else { return };
        // What is found of the coming week is the same all day.
        let today = zone.to_utc(zone.local(now).date().and_time(NaiveTime::MIN)).min(now);
        let input = Input {
            rows: &seen.rows,
            customers: None,
            live: seen.live.as_ref(),
            defaults: &self.settings.defaults,
            default_group: self.settings.default_group,
            now,
            from: today,
        };
        let told = verdicts(input, &seen.settled, seen.findings.clone(), live.as_live());
        let (mut unsaid, after): (Vec<Told<'_>>, Vec<Told<'_>>) = told
            .into_iter()
            .filter(|told| !told.verdict.is_said_by(told.row.get(CHECK)))
            .partition(|told| first.contains(&(told.table, told.key)));
        unsaid.extend(after);
        let all = unsaid.len();
        let mut written = Tally::default();
        let mut writes = Vec::with_capacity(all);
        for told in &unsaid {
            let write = async move {
                let check = told.verdict.text(now, zone);
                let before = Before::Read(told.row.get(CHECK));
                let written = self.tables.write_check(told.table, told.key, &check, before).await;
                (told, written)
            };
            writes.push(write.boxed());
        }
        let mut writes = stream::iter(writes).buffer_unordered(AT_ONCE);
        let writing = async {
            while let Some((told, result)) = writes.next().await {
                match result {
                    Ok(_) => written.rows += 1,
                    Err(error) => {
                        written.failed += 1;
                        if written.named.len() < NAMED {
                            let (table, key) = (told.table.name(), key_cut(told.key));
                            written.named.push(format!("{table} `{key}`"));
                        }
                        written.error.get_or_insert(error);
                    }
                }
            }
        };
        let in_time = tokio::time::timeout(most, writing).await.is_ok();
        if let Some(error) = &written.error {
            let named = written.named.join(", ");
            let more = written.failed.saturating_sub(written.named.len());
            let more = if more > 0 { format!(" and {more} more") } else { String::new() };
            let message = format!("the `_Check` of {named}{more} is not written: {error}");
            self.log.warn("checks_not_written", &message);
            self.count(now, &[(OperatorNumber::ChecksNotWritten, written.failed)]);
        }
        if !in_time {
            let left = all.saturating_sub(written.rows).saturating_sub(written.failed);
            let message = format!(
                "{left} rows are left without their new `_Check`: the next look \
                writes it"
            );
            self.log.info("checks_left", &message);
        }
    }
}

/// What is live after an order, as rows tell it.
struct Now<'s> {
    /// The number of the release of which versions are kept, and what is in force.
    live: Option<(u64, &'s Settled)>,
    waits: Option<String>,
    /// Whether that is an earlier release again.
    is_back: bool,
}

impl<'s> Now<'s> {
    /// `None` when nobody knows, or somebody else tells the rows.
    fn of(outcome: Option<&OrderOutcome>, seen: &'s LookedAt, zone: Zone) -> Option<Self> {
        let live = |pointer: &Pointer, holds, waits| {
            let release = pointer.live.as_ref();
            let is_back = release.is_some_and(|live| matches!(live.cause, Cause::Back { .. }));
            Some(Self { live: Some((pointer.number(), holds)), waits, is_back })
        };
        match outcome {
            None => Some(Self { live: None, waits: None, is_back: false }),
            // A version that is kept is that of the release before.
            Some(OrderOutcome::Published(release, _)) => {
                let before = release.number.saturating_sub(1);
                Some(Self { live: Some((before, &seen.settled)), waits: None, is_back: false })
            }
            Some(OrderOutcome::Unchanged(pointer, _)) => live(pointer, &seen.settled, None),
            Some(OrderOutcome::Held(pointer) | OrderOutcome::Waits(pointer, _)) => {
                live(pointer, seen.live.as_ref()?, why(pointer, zone))
            }
            Some(_) => None,
        }
    }

    fn as_live(&self) -> Option<Live<'_>> {
        let (number, holds) = self.live?;
        Some(Live { number, holds, waits: self.waits.as_deref(), is_back: self.is_back })
    }
}

/// Why rows wait, for their editors.
fn why(pointer: &Pointer, zone: Zone) -> Option<String> {
    let number = pointer.number();
    match (&pointer.hold, &pointer.waiting) {
        (Some(hold), _) => Some(format!("release {number} stays live, {}", InWords(hold, zone))),
        (None, Some(waiting)) => {
            Some(format!("release {number} stays live: {}", InWords(waiting, zone)))
        }
        (None, None) => None,
    }
}
