//! The streams of the embedded tables, read and handed to the operator function as Lambda does it.
//! How far is kept beside the rows: what was edited just before the end is handed over at the next
//! start.

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
    store: Embedded,
    streams: Vec<Stream>,
}

struct Stream {
    table: Table,
    arn: String,
    iterator: String,
}

impl Feed {
    /// From the first record on, or from where the streams were left; of a file that does not say
    /// where, from now on.
    pub(super) async fn of(store: &Embedded) -> Result<Self> {
        let database = store.database();
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
            let last = if store.is_new() { None } else { store.handed_over(table).await? };
            let place = match (store.is_new(), &last) {
                (true, _) => "TRIM_HORIZON",
                (false, Some(_)) => "AFTER_SEQUENCE_NUMBER",
                (false, None) => "LATEST",
            };
            let request = GetShardIteratorRequest {
                stream_arn: stream.stream_arn.clone(),
                shard_id: dynoxide::streams::shard_id(&name),
                shard_iterator_type: place.to_owned(),
                sequence_number: last,
            };
            let iterator = database.get_shard_iterator(request).map_err(failed)?;
            streams.push(Stream {
                table,
                arn: stream.stream_arn,
                iterator: iterator.shard_iterator.unwrap_or_default(),
            });
        }
        Ok(Self { store: store.clone(), streams })
    }

    /// Hands over all there is, until nothing more comes.
    pub(super) async fn until_quiet(&mut self, operator: &Operator) {
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
            let records = match self.store.database().get_records(request) {
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
            let Some(last) = records.records.last() else { continue };
            any = true;
            hand_over(operator, batch).await;
            // If this fails, they are handed over once more at the next start, which harms nothing.
            let last = &last.dynamodb.sequence_number;
            let _ = self.store.set_handed_over(stream.table, last).await;
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
