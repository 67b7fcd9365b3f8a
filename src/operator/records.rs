//! A batch of records of the streams: what people changed. It is published by one look at all
//! rows, whatever it holds; each record for itself leaves what was before in the history.

use std::collections::{BTreeSet, HashMap};
use std::time::Duration;

use chrono::{DateTime, Utc};
use futures_util::future::{BoxFuture, FutureExt};
use futures_util::stream::{self, StreamExt};
use routing::inspect::verdict_of_customer;
use routing::release::{Order, OrderOutcome, Settled, State};
use routing::rows::Table;
use routing::text::cut;
use serde_json::{Value as Json, json};

use super::Operator;
use super::edit::Edit;
use super::publish::Done;
use super::seen::Seen;
use crate::store::{Before, Changed, HistoryTable, TableError, WentLive};

/// Records written at the same time.
const AT_ONCE: usize = 16;
/// How long verdicts are written before the next batch has its turn. The look every five minutes
/// goes on.
const TELLING: Duration = Duration::from_secs(10);

/// An edit by its place in the batch, and what is written for it.
type Write<'e> = (usize, &'e Edit, BoxFuture<'e, Result<(), TableError>>);

impl Operator {
    /// Handles a batch. Which records must be tried again; Lambda tries those after the first of
    /// them again too, which harms nothing.
    pub(super) async fn records(&self, records: &[Json], now: DateTime<Utc>) -> Json {
        let edits: Vec<Edit> = records
            .iter()
            .filter_map(|record| self.read(record))
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

    /// A record that is no edit of a row will be none at another try.
    fn read(&self, record: &Json) -> Option<Edit> {
        let edit = Edit::read(record, self.tables.names());
        if edit.is_none() {
            let text = |place: &str| record.pointer(place).map(ToString::to_string);
            let stream = text("/eventSourceARN").unwrap_or_default();
            let sequence = text("/dynamodb/SequenceNumber").unwrap_or_default();
            let message = format!("record {sequence} of {stream} is not an edit of a row");
            self.log.warn("record_not_read", &message);
        }
        edit
    }

    /// Keeps what the rows were before. The places of those that could not be kept.
    async fn keep(
        &self,
        history: &HistoryTable,
        edits: &[Edit],
        done: Option<&Done>,
        now: DateTime<Utc>,
    ) -> Vec<usize> {
        let seen = done.and_then(|done| done.seen.as_ref());
        let in_error = seen.map(Seen::in_error).unwrap_or_default();
        let mut writes = Vec::new();
        for (place, edit) in edits.iter().enumerate() {
            if edit.is_forgotten() {
                continue;
            }
            let is_in_error = in_error.contains(&(edit.table, cut(&edit.key).as_str()));
            let live = done.and_then(|done| went_live(done, edit, is_in_error));
            let write = async move {
                let Edit { table, key, at, before, .. } = edit;
                let change = Changed { table: *table, key, at, before: before.as_ref(), live };
                history.append(&change, now).await
            };
            writes.push((place, edit, write.boxed()));
        }
        self.all(writes, "change_not_kept").await
    }

    /// Judges customers, each by itself, as the last record of each has it. The places of those
    /// that could not be told.
    async fn tell_customers(&self, edits: &[Edit], now: DateTime<Utc>) -> Vec<usize> {
        let mut last: HashMap<&str, (usize, &Edit)> = HashMap::new();
        for (place, edit) in edits.iter().enumerate() {
            if edit.table == Table::Customers {
                last.insert(&edit.key, (place, edit));
            }
        }
        let defaults = &self.settings.defaults;
        let mut writes = Vec::new();
        for (place, edit) in last.into_values() {
            let Some(row) = &edit.after else { continue };
            let write = async move {
                let check = verdict_of_customer(row, defaults, now).text(now, defaults.time_zone);
                let written = self.tables.write_check(edit.table, &edit.key, &check, Before::Any);
                written.await.map(drop)
            };
            writes.push((place, edit, write.boxed()));
        }
        self.all(writes, "row_not_judged").await
    }

    /// Does all these writes, several at a time. The places of the edits that must be tried again.
    /// What DynamoDB refuses it will refuse again: it is logged, and holds up nothing.
    async fn all(&self, writes: Vec<Write<'_>>, what: &'static str) -> Vec<usize> {
        let mut running = Vec::new();
        for (place, edit, write) in writes {
            running.push(async move { (place, edit, write.await) }.boxed());
        }
        let mut running = stream::iter(running).buffer_unordered(AT_ONCE);
        let mut again = Vec::new();
        while let Some((place, edit, result)) = running.next().await {
            let Err(error) = result else { continue };
            if error.is_refused() {
                let message = format!("{}, record {}: {error}", edit.table.name(), edit.sequence);
                self.log.error(what, &message, None);
            } else {
                if again.is_empty() {
                    self.log.warn(what, &error.to_string());
                }
                again.push(place);
            }
        }
        again
    }
}

/// What became of a change of a row that releases hold.
fn went_live(done: &Done, edit: &Edit, is_in_error: bool) -> Option<WentLive> {
    if edit.table == Table::Customers {
        return None;
    }
    // Of a row in error the version of before is live, and not the edit.
    let is_live = || {
        let seen = done.seen.as_ref()?;
        let version = |settled: &Settled| settled.version(edit.table, &edit.key).cloned();
        Some(!is_in_error && version(&seen.settled) == version(seen.live.as_ref()?))
    };
    match done.outcome.as_ref()? {
        OrderOutcome::Published(release) => Some(WentLive::With(release.number)),
        OrderOutcome::Unchanged(pointer, _) => Some(WentLive::With(pointer.number())),
        OrderOutcome::Covered(pointer) if pointer.state() == State::Live => {
            Some(WentLive::With(pointer.number()))
        }
        OrderOutcome::Held(pointer) | OrderOutcome::Waits(pointer, _) if is_live() == Some(true) => {
            Some(WentLive::With(pointer.number()))
        }
        OrderOutcome::Covered(pointer) | OrderOutcome::Held(pointer) | OrderOutcome::Waits(pointer, _) => {
            Some(WentLive::Waited(pointer.number()))
        }
        _ => None,
    }
}
