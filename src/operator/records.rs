//! A batch of records of the streams: what people changed. It is published by one look at all
//! rows, whatever it holds; each record for itself leaves what was before in the history.

use std::collections::{BTreeSet, HashMap};
use std::time::Duration;

use chrono::{DateTime, Utc};
use futures_util::stream::{self, StreamExt};
use routing::inspect::verdict_of_customer;
use routing::release::{Order, Outcome, State};
use routing::rows::Table;
use serde_json::{Value as Json, json};

use super::Operator;
use super::edit::Edit;
use super::publish::Done;
use crate::store::{Before, Change, History, TableError, WentLive};

/// Records written at the same time.
const AT_ONCE: usize = 16;
/// How long verdicts are written before the next batch has its turn. The look every five minutes
/// goes on.
const TELLING: Duration = Duration::from_secs(10);

impl Operator {
    /// Handles a batch. Which records must be tried again; Lambda tries those after the first of
    /// them again too, which harms nothing.
    pub(super) async fn records(&self, records: &[Json], now: DateTime<Utc>) -> Json {
        let edits: Vec<Edit> = records
            .iter()
            .filter_map(|record| Edit::read(record, self.tables.names()))
            .filter(Edit::is_by_a_person)
            .collect();
        let mut failed = BTreeSet::new();
        let first = edits.iter().position(|edit| edit.table != Table::Customers);
        let done = match first {
            Some(first) => match self.carry_out(&Order::Look, now).await {
                Ok(done) => Some(done),
                Err(_) => {
                    failed.insert(first);
                    None
                }
            },
            None => None,
        };
        if let Some(history) = &self.history {
            failed.extend(self.keep(history, &edits, done.as_ref(), now).await);
        }
        failed.extend(self.tell_customers(&edits, now).await);
        if let Some(done) = &done {
            let keys = edits.iter().map(|edit| (edit.table, edit.key.as_str()));
            self.tell(done, &keys.collect(), TELLING, now).await;
        }
        if !failed.is_empty() {
            self.count(now, &json!({ "OperatorFailures": failed.len() }));
        }
        let failed = failed.into_iter().filter_map(|place| edits.get(place));
        let failed: Vec<Json> =
            failed.map(|edit| json!({ "itemIdentifier": edit.sequence })).collect();
        json!({ "batchItemFailures": failed })
    }

    /// Keeps what the rows were before. The places of those that could not be kept.
    async fn keep(
        &self,
        history: &History,
        edits: &[Edit],
        done: Option<&Done>,
        now: DateTime<Utc>,
    ) -> Vec<usize> {
        let kept = edits.iter().enumerate().filter(|(_, edit)| !edit.is_forgotten());
        self.each(kept, "change_not_kept", |edit| async move {
            let live = done.and_then(|done| went_live(done, edit));
            let Edit { table, key, at, before, .. } = edit;
            let change = Change { table: *table, key, at, before: before.as_ref(), live };
            history.append(&change, now).await
        })
        .await
    }

    /// Judges customers, each by itself, as the last record of each has it. The places of those
    /// that could not be told.
    async fn tell_customers(&self, edits: &[Edit], now: DateTime<Utc>) -> Vec<usize> {
        let customers = edits.iter().enumerate().filter(|(_, edit)| edit.table == Table::Customers);
        let last: HashMap<&str, (usize, &Edit)> =
            customers.map(|(place, edit)| (edit.key.as_str(), (place, edit))).collect();
        let defaults = &self.settings.defaults;
        self.each(last.into_values(), "row_not_judged", |edit| async move {
            let Some(row) = &edit.after else { return Ok(()) };
            let check = verdict_of_customer(row, defaults, now).text(now, defaults.time_zone);
            let written = self.tables.write_check(edit.table, &edit.key, &check, Before::Any);
            written.await.map(drop)
        })
        .await
    }

    /// Does something with each edit, several at a time. The places of those that failed.
    async fn each<'e, F: Future<Output = Result<(), TableError>>>(
        &self,
        edits: impl Iterator<Item = (usize, &'e Edit)>,
        failed: &'static str,
        work: impl Fn(&'e Edit) -> F,
    ) -> Vec<usize> {
        let work = edits.map(|(place, edit)| {
            let work = work(edit);
            async move { work.await.map_err(|error| (place, error)).err() }
        });
        let failures: Vec<_> = stream::iter(work)
            .buffer_unordered(AT_ONCE)
            .filter_map(std::future::ready)
            .collect()
            .await;
        if let Some((_, error)) = failures.first() {
            let message = format!("{} of a batch: {error}", failures.len());
            self.log.warn(failed, &message);
        }
        failures.into_iter().map(|(place, _)| place).collect()
    }
}

/// What became of a change of a row that releases hold.
fn went_live(done: &Done, edit: &Edit) -> Option<WentLive> {
    if edit.table == Table::Customers {
        return None;
    }
    let is_live = || {
        let seen = done.seen.as_ref()?;
        let version =
            |settled: &routing::release::Settled| settled.version(edit.table, &edit.key).cloned();
        Some(version(&seen.settled) == version(seen.live.as_ref()?))
    };
    match done.outcome.as_ref()? {
        Outcome::Published(release) => Some(WentLive::With(release.number)),
        Outcome::Unchanged(pointer) => Some(WentLive::With(pointer.number())),
        Outcome::Covered(pointer) if pointer.state() == State::Live => {
            Some(WentLive::With(pointer.number()))
        }
        Outcome::Held(pointer) | Outcome::Waits(pointer, _) if is_live() == Some(true) => {
            Some(WentLive::With(pointer.number()))
        }
        Outcome::Covered(pointer) | Outcome::Held(pointer) | Outcome::Waits(pointer, _) => {
            Some(WentLive::Waited(pointer.number()))
        }
        _ => None,
    }
}
