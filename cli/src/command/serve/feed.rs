//! The streams of the embedded tables, read and handed to the operator function as Lambda does it.

use std::sync::Arc;
use std::time::Duration;

use anyhow::{Result, anyhow};
use chrono::Utc;
use desk_router::operator::Operator;
use dynoxide::actions::get_records::GetRecordsRequest;
use dynoxide::actions::get_shard_iterator::GetShardIteratorRequest;
use dynoxide::actions::list_streams::ListStreamsRequest;
use routing::rows::Table;
use serde_json::{Value, json};

use super::lines::{self, Lines};
use crate::local::embedded::{Embedded, table_name};
use crate::terminal;

/// How often the streams are looked at.
const PAUSE: Duration = Duration::from_millis(100);
/// How long to wait before records are tried again.
const AGAIN: Duration = Duration::from_secs(1);
/// Most records handed over at once, as the template sets it: rows of a release are looked at
/// together, customers each by itself.
const fn batch(table: Table) -> usize {
    match table {
        Table::Customers => 100,
        _ => 1_000,
    }
}

/// The streams of the tables that people edit, and how far each was read.
pub(super) struct Feed {
    database: dynoxide::Database,
    streams: Vec<Stream>,
}

struct Stream {
    table: Table,
    arn: String,
    iterator: String,
}

impl Feed {
    /// From the first record on.
    pub(super) fn from_the_beginning(store: &Embedded) -> Result<Self> {
        Self::from(store, "TRIM_HORIZON")
    }

    /// Only what comes from now on.
    pub(super) fn from_now(store: &Embedded) -> Result<Self> {
        Self::from(store, "LATEST")
    }

    fn from(store: &Embedded, place: &str) -> Result<Self> {
        let database = store.database().clone();
        let mut streams = Vec::new();
        for table in Table::ALL {
            let name = table_name(table);
            let failed = |error| anyhow!("the stream of the table `{name}`: {error}");
            let request =
                ListStreamsRequest { table_name: Some(name.clone()), ..Default::default() };
            let listed = database.list_streams(request).map_err(failed)?;
            let Some(stream) = listed.streams.into_iter().next() else {
                return Err(anyhow!("the table `{name}` has no stream"));
            };
            let request = GetShardIteratorRequest {
                stream_arn: stream.stream_arn.clone(),
                shard_id: dynoxide::streams::shard_id(&name),
                shard_iterator_type: place.to_owned(),
                sequence_number: None,
            };
            let iterator = database.get_shard_iterator(request).map_err(failed)?;
            streams.push(Stream {
                table,
                arn: stream.stream_arn,
                iterator: iterator.shard_iterator.unwrap_or_default(),
            });
        }
        Ok(Self { database, streams })
    }

    /// Hands over all there is, until nothing more comes.
    pub(super) async fn until_quiet(mut self, operator: &Operator) {
        while self.once(operator, None).await {}
    }

    /// Hands over whatever comes, and says what it did to the rows.
    pub(super) async fn forever(mut self, operator: Arc<Operator>, lines: Lines) {
        loop {
            if !self.once(&operator, Some(lines)).await {
                tokio::time::sleep(PAUSE).await;
            }
        }
    }

    /// Hands over one batch of each stream; `false` when there was none.
    async fn once(&mut self, operator: &Operator, lines: Option<Lines>) -> bool {
        let mut any = false;
        for stream in &mut self.streams {
            let request = GetRecordsRequest {
                shard_iterator: stream.iterator.clone(),
                limit: Some(batch(stream.table)),
            };
            let records = match self.database.get_records(request) {
                Ok(records) => records,
                Err(error) => {
                    terminal::note(&format!("the streams cannot be read: {error}"));
                    continue;
                }
            };
            stream.iterator = records.next_shard_iterator.unwrap_or_default();
            let mut batch: Vec<Value> = Vec::with_capacity(records.records.len());
            for record in &records.records {
                let mut record = serde_json::to_value(record).unwrap_or_default();
                if let Some(fields) = record.as_object_mut() {
                    fields.insert("eventSourceARN".to_owned(), json!(stream.arn));
                }
                if let Some(lines) = lines
                    && let Some(line) = lines::verdict(stream.table, &record, lines)
                {
                    terminal::note(&line);
                }
                batch.push(record);
            }
            any |= !batch.is_empty();
            hand_over(operator, batch).await;
        }
        any
    }
}

/// Hands records to the function, and again from the first that failed, as Lambda does it.
async fn hand_over(operator: &Operator, mut batch: Vec<Value>) {
    while !batch.is_empty() {
        let event = json!({ "Records": batch });
        let failed = match operator.handle(&event, Utc::now()).await {
            Ok(answer) => {
                let first = answer.pointer("/batchItemFailures/0/itemIdentifier").cloned();
                first.and_then(|sequence| {
                    let of = |record: &Value| record.pointer("/dynamodb/SequenceNumber").cloned();
                    batch.iter().position(|record| of(record).as_ref() == Some(&sequence))
                })
            }
            Err(error) => {
                terminal::note(&format!("the operator function failed: {error}"));
                Some(0)
            }
        };
        let Some(failed) = failed else { return };
        batch.drain(..failed);
        tokio::time::sleep(AGAIN).await;
    }
}
