//! What a request asks for.

use std::fmt;

use desk_cli::local::embedded::{ASSIGNMENTS_TABLE, HISTORY_TABLE, RELEASES_TABLE, table_name};
use routing::rows::Table;
use serde_json::{Map, Value};

/// A request, without what it writes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// `GetItem`
    pub operation: String,
    /// The table; empty for a batch.
    pub table: String,
    /// The values of the item's key, one after the other; empty where there is none.
    pub key: String,
    pub is_consistent: bool,
}

impl Request {
    pub(super) fn of(operation: &str, json: &Value) -> Self {
        let written = keys(operation, json);
        let values = |key: &Value| {
            let values = key.as_object().into_iter().flatten().flat_map(|(_, value)| {
                let values = value.as_object().into_iter().flatten();
                values.filter_map(|(_, value)| Some(value.as_str()?.to_owned()))
            });
            values.collect::<Vec<_>>().join(" ")
        };
        Self {
            operation: operation.to_owned(),
            table: json["TableName"].as_str().unwrap_or_default().to_owned(),
            key: written.first().map(|(_, key)| values(key)).unwrap_or_default(),
            is_consistent: json["ConsistentRead"] == true,
        }
    }

    /// Whether any copy may answer it.
    pub(super) fn may_be_late(&self) -> bool {
        ["GetItem", "Query", "Scan"].contains(&self.operation.as_str()) && !self.is_consistent
    }
}

/// `GetItem pointer live`, with a `!` when it is consistent.
impl fmt::Display for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.operation)?;
        if !self.key.is_empty() {
            write!(f, " {}", self.key)?;
        }
        if self.is_consistent { f.write_str("!") } else { Ok(()) }
    }
}

/// The items that a request writes: their tables and keys.
pub(super) fn written(operation: &str, json: &Value) -> Vec<(String, Value)> {
    match operation {
        "PutItem" | "UpdateItem" | "DeleteItem" | "BatchWriteItem" => keys(operation, json),
        _ => Vec::new(),
    }
}

/// The items that a request names.
fn keys(operation: &str, json: &Value) -> Vec<(String, Value)> {
    if operation != "BatchWriteItem" {
        let table = json["TableName"].as_str().unwrap_or_default();
        let key = match (json.get("Key"), json.get("Item")) {
            (Some(key), _) => key.clone(),
            (None, Some(item)) => key_of(table, item),
            (None, None) => return Vec::new(),
        };
        return vec![(table.to_owned(), key)];
    }
    let mut all = Vec::new();
    for (table, writes) in json["RequestItems"].as_object().unwrap() {
        for write in writes.as_array().unwrap() {
            let key = match write.get("PutRequest") {
                Some(put) => key_of(table, &put["Item"]),
                None => write["DeleteRequest"]["Key"].clone(),
            };
            all.push((table.clone(), key));
        }
    }
    all
}

fn key_of(table: &str, item: &Value) -> Value {
    let names: &[&str] = match table {
        RELEASES_TABLE => &["Id", "Sort"],
        HISTORY_TABLE => &["RowKey", "ChangedAt"],
        ASSIGNMENTS_TABLE => &["Key"],
        name => {
            let table = Table::ALL.into_iter().find(|table| table_name(*table) == name).unwrap();
            return Value::from_iter([(
                table.key_attribute(),
                item[table.key_attribute()].clone(),
            )]);
        }
    };
    names.iter().map(|name| ((*name).to_owned(), item[*name].clone())).collect::<Map<_, _>>().into()
}
