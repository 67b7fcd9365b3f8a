//! Rows as plain JSON files: `rules.json`, `agents.json`, `calendars.json`, `customers.json` in one folder, each an array of rows as the
//! console shows them with "DynamoDB JSON" off.

use std::collections::HashMap;
use std::path::Path;

use anyhow::{Context, Result, bail};
use aws_sdk_dynamodb::types::AttributeValue;
use desk_router::rows::Table;
use serde_json::{Map, Value};

/// The four tables, in the order in which their rows may be written one by one: what is referred to comes first.
pub const TABLES: [Table; 4] = [Table::Calendars, Table::Agents, Table::Customers, Table::Rules];

/// Rows by table.
#[derive(Debug, Default, Clone)]
pub struct RowFiles {
    rows: HashMap<Table, Vec<Map<String, Value>>>,
}

impl RowFiles {
    /// The sample rows of `cargo desk serve`.
    ///
    /// # Errors
    /// A sample file is not an array of objects.
    pub fn samples() -> Result<Self> {
        let mut files = Self::default();
        for (table, text) in [
            (Table::Rules, include_str!("../samples/rules.json")),
            (Table::Agents, include_str!("../samples/agents.json")),
            (Table::Calendars, include_str!("../samples/calendars.json")),
            (Table::Customers, include_str!("../samples/customers.json")),
        ] {
            files.rows.insert(table, parse(text).with_context(|| format!("the sample {}", table.name()))?);
        }
        Ok(files)
    }

    /// The rows of a folder; a missing file has none.
    ///
    /// # Errors
    /// A file cannot be read, or is not an array of objects.
    pub fn read(folder: &Path) -> Result<Self> {
        if !folder.is_dir() {
            bail!("there is no folder `{}`", folder.display());
        }
        let mut files = Self::default();
        for table in TABLES {
            let path = folder.join(format!("{}.json", table.name()));
            if path.exists() {
                let text = std::fs::read_to_string(&path).with_context(|| format!("reading `{}`", path.display()))?;
                files.rows.insert(table, parse(&text).with_context(|| format!("reading `{}`", path.display()))?);
            }
        }
        Ok(files)
    }

    /// Adds rows of a table.
    pub fn add(&mut self, table: Table, rows: Vec<Map<String, Value>>) {
        self.rows.entry(table).or_default().extend(rows);
    }

    /// The rows of a table.
    pub fn rows(&self, table: Table) -> &[Map<String, Value>] {
        self.rows.get(&table).map(Vec::as_slice).unwrap_or_default()
    }
}

fn parse(text: &str) -> Result<Vec<Map<String, Value>>> {
    serde_json::from_str(text).context("expected a JSON array of rows, each an object")
}

/// A plain-JSON row as a DynamoDB item. An array is a list.
pub fn item(row: &Map<String, Value>) -> HashMap<String, AttributeValue> {
    row.iter().map(|(name, value)| (name.clone(), attribute(value))).collect()
}

fn attribute(value: &Value) -> AttributeValue {
    match value {
        Value::Null => AttributeValue::Null(true),
        Value::Bool(b) => AttributeValue::Bool(*b),
        Value::Number(number) => AttributeValue::N(number.to_string()),
        Value::String(text) => AttributeValue::S(text.clone()),
        Value::Array(entries) => AttributeValue::L(entries.iter().map(attribute).collect()),
        Value::Object(map) => AttributeValue::M(item(map)),
    }
}
