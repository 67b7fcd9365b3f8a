//! A batch of records of the streams: what people changed. It is published by one look at all
//! rows, whatever it holds; each record for itself leaves what was before in the history.

use std::collections::{BTreeSet, HashMap};
use std::time::Duration;

use chrono::{DateTime, Utc};
use futures_util::future::{BoxFuture, FutureExt};
use futures_util::stream::{self, StreamExt};
use routing::inspect::verdict_of_customer;
use routing::release::Order;
use routing::rows::Table;
use routing::text::key_cut;
use serde_json::{Value as Json, json};

use super::Operator;
use super::became::Became;
use super::edit::Edit;
use super::publish::Done;
use crate::report::OperatorNumber;
use crate::store::{Before, Changed, HistoryTable, TableError};

/// Records written at the same time.
const AT_ONCE: usize = 16;
/// How long verdicts are written before the next batch has its turn. The look every five minutes
/// goes on.
const TELLING: Duration = Duration::from_secs(10);

/// An edit by its place in the batch, and what is written for it.
type Write<'e> = (usize, &'e Edit, BoxFuture<'e, Result<(), TableError>>);

/// What is written: the name of the log's line when it cannot be, and what that means.
#[derive(Clone, Copy)]
struct What {
    event: &'static str,
    said: &'static str,
}

const CHANGE: What =
    What { event: "change_not_kept", said: "what the row was before is not in its history" };
const CHECK: What = What { event: "row_not_judged", said: "the row's `_Check` is not written" };

/// What could not be written.
#[derive(Debug, Default)]
struct Unwritten {
    /// The places of the edits that must be tried again.
    again: Vec<usize>,
    /// How many DynamoDB refuses, and would refuse again.
    refused: usize,
}

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
        let kept = match &self.history {
            Some(history) => self.keep(history, &edits, done.as_ref(), now).await,
            None => Unwritten::default(),
        };
        let told = self.tell_customers(&edits, now).await;
        failed.extend(kept.again.into_iter().chain(told.again));
        if let Some(done) = &done {
            let keys = edits.iter().map(|edit| (edit.table, edit.key.as_str()));
            self.tell(done, &keys.collect(), TELLING, now).await;
        }
        let all = failed.len() + kept.refused + told.refused;
        if all > 0 {
            self.count(now, &[(OperatorNumber::Failures, all)]);
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

    /// Keeps what the rows were before.
    async fn keep(
        &self,
        history: &HistoryTable,
        edits: &[Edit],
        done: Option<&Done>,
        now: DateTime<Utc>,
    ) -> Unwritten {
        let (mut became, mut is_known) = (Vec::new(), true);
        if let Some(done) = done {
            match self.became(done, edits, now).await {
                Ok(all) => became = all,
                Err(error) => {
                    // They are kept, and what became of them is added at the next try.
                    let message = format!(
                        "what rows were before is kept, but not yet which release they changed \
                        with; it is tried again: {error}"
                    );
                    self.log.warn("change_not_kept", &message);
                    is_known = false;
                }
            }
        }
        let mut writes = Vec::new();
        for (place, edit) in edits.iter().enumerate() {
            if edit.is_forgotten() {
                continue;
            }
            let Became { live, never } = became.get(place).copied().unwrap_or_default();
            let write = async move {
                let Edit { table, key, at, before, .. } = edit;
                let before = before.as_ref();
                let change = Changed { table: *table, key, at, before, live, never };
                history.append(&change, now).await
            };
            writes.push((place, edit, write.boxed()));
        }
        let mut unwritten = self.all(writes, CHANGE).await;
        let first = edits.iter().position(|edit| edit.table != Table::Customers);
        unwritten.again.extend(first.filter(|_| !is_known));
        unwritten
    }

    /// Judges customers, each by itself, as the last record of each has it.
    async fn tell_customers(&self, edits: &[Edit], now: DateTime<Utc>) -> Unwritten {
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
        self.all(writes, CHECK).await
    }

    /// The row's key as a line may tell it.
    fn named(&self, edit: &Edit) -> String {
        match edit.table {
            Table::Customers if !self.settings.log_user_ids => String::new(),
            _ => format!(" (`{}`)", key_cut(&edit.key)),
        }
    }

    /// Does all these writes, several at a time. What DynamoDB refuses it will refuse again. Given
    /// back, such a record would hold up its stream for a day; so it is logged and counted instead.
    async fn all(&self, writes: Vec<Write<'_>>, what: What) -> Unwritten {
        let mut running = Vec::new();
        for (place, edit, write) in writes {
            running.push(async move { (place, edit, write.await) }.boxed());
        }
        let mut running = stream::iter(running).buffer_unordered(AT_ONCE);
        let mut unwritten = Unwritten::default();
        while let Some((place, edit, result)) = running.next().await {
            let Err(error) = result else { continue };
            if error.is_refused() {
                let Edit { table, sequence, .. } = edit;
                let row = self.named(edit);
                let table = table.name();
                let message = format!(
                    "{table}, record {sequence}{row}: {}, and it is not tried again: {error}",
                    what.said
                );
                self.log.error(what.event, &message, None);
                unwritten.refused += 1;
            } else {
                if unwritten.again.is_empty() {
                    let message = format!("{}; it is tried again: {error}", what.said);
                    self.log.warn(what.event, &message);
                }
                unwritten.again.push(place);
            }
        }
        unwritten
    }
}
