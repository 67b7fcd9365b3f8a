//! How far the streams were handed to the operator function, kept beside the rows: the next start
//! goes on from there.

use anyhow::Result;
use aws_sdk_dynamodb::types::AttributeValue;
use routing::rows::Table;

use super::{Embedded, STREAMS_TABLE, table_name};

impl Embedded {
    /// The number of the last record of a table's stream that was handed over, if that is known.
    pub(crate) async fn handed_over(&self, table: Table) -> Result<Option<String>> {
        let get =
            self.client.get_item().table_name(STREAMS_TABLE).key("Table", text(&table_name(table)));
        let last = get.send().await?.item.and_then(|mut item| item.remove("Sequence"));
        Ok(last.and_then(|last| last.as_s().ok().cloned()))
    }

    /// Keeps that number.
    pub(crate) async fn set_handed_over(&self, table: Table, sequence: &str) -> Result<()> {
        let put = self
            .client
            .put_item()
            .table_name(STREAMS_TABLE)
            .item("Table", text(&table_name(table)));
        put.item("Sequence", text(sequence)).send().await?;
        Ok(())
    }
}

fn text(text: &str) -> AttributeValue {
    AttributeValue::S(text.to_owned())
}
