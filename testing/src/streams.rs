//! The embedded tables' streams, read as Lambda reads them.

use desk_cli::local::embedded::{Embedded, table_name};
use routing::rows::Table;
use serde_json::{Value, json};

use crate::by_hand;

/// A table's stream, read from where it was last.
pub struct Stream {
    endpoint: String,
    arn: String,
    iterator: String,
}

impl Stream {
    /// A table's, from its first record on.
    pub async fn of(store: &Embedded, table: Table) -> Self {
        let described =
            store.client().describe_table().table_name(table_name(table)).send().await.unwrap();
        let arn = described.table.unwrap().latest_stream_arn.unwrap();
        let mut stream = Self { endpoint: store.endpoint(), arn, iterator: String::new() };
        let described = stream.call("DescribeStream", json!({ "StreamArn": stream.arn })).await;
        let shard = &described["StreamDescription"]["Shards"][0]["ShardId"];
        let (arn, from) = (&stream.arn, "TRIM_HORIZON");
        let request = json!({ "StreamArn": arn, "ShardId": shard, "ShardIteratorType": from });
        stream.iterator = stream.call("GetShardIterator", request).await["ShardIterator"]
            .as_str()
            .unwrap()
            .to_owned();
        stream
    }

    async fn call(&self, operation: &str, body: Value) -> Value {
        let target = format!("DynamoDBStreams_20120810.{operation}");
        let request =
            by_hand::request(&reqwest::Client::new(), &self.endpoint, &target, body.to_string());
        let text = request.send().await.unwrap().text().await.unwrap();
        serde_json::from_str(&text).unwrap_or_else(|error| panic!("{operation}: {error}: {text}"))
    }

    /// The records since the last call, as Lambda passes them.
    pub async fn records(&mut self) -> Vec<Value> {
        let got = self.call("GetRecords", json!({ "ShardIterator": self.iterator })).await;
        self.iterator = got["NextShardIterator"].as_str().unwrap().to_owned();
        let mut records = got["Records"].as_array().unwrap_or_else(|| panic!("{got}")).clone();
        for record in &mut records {
            record["eventSourceARN"] = self.arn.clone().into();
        }
        records
    }
}
