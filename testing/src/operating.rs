//! The operator function in this process over the embedded DynamoDB, with a clock of its own.

use std::sync::{Arc, Mutex};

use chrono::{DateTime, TimeDelta, Utc};
use desk_cli::command::serve::sample_settings;
use desk_cli::local::embedded::{Embedded, HISTORY_TABLE, RELEASES_TABLE, credentials, table_name};
use desk_router::operator::Operator;
use desk_router::report::Log;
use desk_router::store::{ReleasesTable, Tables, attribute, item};
use routing::release::{Pointer, Store};
use routing::rows::{Row, Table, Value as RowValue, row_from_json};
use serde_json::{Value, json};

use crate::streams::Stream;

/// An operator function, the streams that it is fed from, and its clock.
pub struct Operating {
    pub operator: Operator,
    pub store: Embedded,
    pub lines: Arc<Mutex<Vec<Value>>>,
    pub now: DateTime<Utc>,
    releases: ReleasesTable,
    streams: Vec<Stream>,
}

impl Operating {
    /// Over this store, with releases and history.
    pub async fn start(store: &Embedded) -> Self {
        Self::start_at(store, &store.endpoint(), true).await
    }

    /// The same through another endpoint, or without releases.
    pub async fn start_at(store: &Embedded, endpoint: &str, has_releases: bool) -> Self {
        let settings = sample_settings(endpoint, |name| {
            (name == "RELEASES_TABLE" && has_releases).then(|| RELEASES_TABLE.to_owned())
        });
        let settings = settings.unwrap();
        let lines = Arc::new(Mutex::new(Vec::new()));
        let written = Arc::clone(&lines);
        let sink =
            move |line: &str| written.lock().unwrap().push(serde_json::from_str(line).unwrap());
        let tables = Tables::with_credentials(&settings, Some(credentials())).patient();
        let history = Some(tables.history(HISTORY_TABLE.to_owned()));
        let log = Log::new(Box::new(sink), settings.log_user_ids);
        let mut streams = Vec::new();
        for table in Table::ALL {
            streams.push(Stream::of(store, table).await);
        }
        let direct = sample_settings(&store.endpoint(), |name| {
            (name == "RELEASES_TABLE").then(|| RELEASES_TABLE.to_owned())
        });
        let direct = Tables::with_credentials(&direct.unwrap(), Some(credentials())).patient();
        Self {
            operator: Operator::new(settings, tables, history, log),
            store: store.clone(),
            lines,
            now: Utc::now(),
            releases: direct.releases().unwrap(),
            streams,
        }
    }

    /// The function's answer to an event.
    pub async fn handle(&self, event: Value) -> Value {
        self.operator.handle(&event, self.now).await.unwrap()
    }

    /// Hands over what the streams have, until nothing more comes; how many records there were.
    pub async fn pump(&mut self) -> usize {
        let mut all = 0;
        loop {
            let mut count = 0;
            for place in 0..self.streams.len() {
                let records = self.streams[place].records().await;
                count += records.len();
                for batch in records.chunks(100) {
                    let answer = self.handle(json!({ "Records": batch })).await;
                    assert_eq!(answer, json!({ "batchItemFailures": [] }));
                }
            }
            if count == 0 {
                return all;
            }
            all += count;
        }
    }

    /// What the streams have, unread by the function.
    pub async fn records(&mut self) -> Vec<Value> {
        let mut all = Vec::new();
        for stream in &mut self.streams {
            all.extend(stream.records().await);
        }
        all
    }

    /// Later by so many minutes.
    pub fn wait_minutes(&mut self, minutes: i64) {
        self.now += TimeDelta::minutes(minutes);
    }

    /// What is live.
    pub async fn pointer(&self) -> Pointer {
        self.releases.pointer().await.unwrap()
    }

    /// The table of releases, not through the operator function's endpoint.
    pub fn releases(&self) -> &ReleasesTable {
        &self.releases
    }

    /// A row as it stands.
    pub async fn row(&self, table: Table, key: &str) -> Option<Row> {
        let get = self
            .store
            .client()
            .get_item()
            .table_name(table_name(table))
            .key(table.key_attribute(), attribute(&RowValue::Text(key.to_owned())));
        get.send().await.unwrap().item.map(desk_router::store::row)
    }

    /// What a row tells its editor.
    pub async fn check(&self, table: Table, key: &str) -> String {
        match self.row(table, key).await.and_then(|row| row.get("_Check").cloned()) {
            Some(RowValue::Text(check)) => check,
            other => panic!("{} `{key}`: {other:?}", table.name()),
        }
    }

    /// Edits rows as the console does: what functions wrote into them stays.
    pub async fn edit(&self, table: Table, row: Value) {
        let row = row_from_json(row.as_object().unwrap().clone());
        let key = table.key_of(&row).unwrap();
        let mut whole = row.clone();
        for (name, value) in self.row(table, key).await.unwrap_or_default() {
            if name.starts_with('_') {
                whole.insert(name, value);
            }
        }
        let put = self.store.client().put_item().table_name(table_name(table));
        put.set_item(Some(item(&whole))).send().await.unwrap();
    }

    /// Deletes a row.
    pub async fn delete(&self, table: Table, key: &str) {
        let delete = self.store.client().delete_item().table_name(table_name(table));
        let key = attribute(&RowValue::Text(key.to_owned()));
        delete.key(table.key_attribute(), key).send().await.unwrap();
    }

    /// The lines about this.
    pub fn lines(&self, event: &str) -> Vec<Value> {
        self.lines.lock().unwrap().iter().filter(|line| line["event"] == event).cloned().collect()
    }

    /// The last number of this name.
    pub fn number(&self, name: &str) -> Option<i64> {
        self.lines.lock().unwrap().iter().rev().find_map(|line| line.get(name)?.as_i64())
    }
}
