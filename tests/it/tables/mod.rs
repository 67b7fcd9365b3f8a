//! Rows and snapshots through the real SDK client.

mod faults;
mod in_force;
mod kinds;
mod refreshes;

use std::collections::HashMap;

use aws_sdk_dynamodb::types::AttributeValue as Attribute;
use desk_cli::local::embedded::{Embedded, table_name};
use routing::rows::Table;

async fn put(store: &Embedded, table: Table, item: HashMap<String, Attribute>) {
    store
        .client()
        .put_item()
        .table_name(table_name(table))
        .set_item(Some(item))
        .send()
        .await
        .unwrap();
}

async fn delete(store: &Embedded, table: Table, key: &str) {
    let key = Attribute::S(key.into());
    store
        .client()
        .delete_item()
        .table_name(table_name(table))
        .key(table.key_attribute(), key)
        .send()
        .await
        .unwrap();
}

fn s(text: &str) -> Attribute {
    Attribute::S(text.into())
}

fn item<const N: usize>(attributes: [(&str, Attribute); N]) -> HashMap<String, Attribute> {
    attributes.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}
