//! Rows as plain JSON files: `rules.json`, `agents.json`, `calendars.json`, `customers.json` in one
//! folder, each an array of rows as the console shows them with "DynamoDB JSON" off.

use std::collections::HashMap;
use std::path::Path;

use anyhow::{Context, Result, bail};
use routing::rows::{Row, Rows, Table, json, row_from_json};
use serde_json::Map;

/// Rows by table.
#[derive(Debug, Default, Clone)]
pub struct RowFiles {
    rows: HashMap<Table, Vec<Row>>,
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
            files.rows.insert(
                table,
                json::parse(text).with_context(|| format!("the sample {}", table.name()))?,
            );
        }
        Ok(files)
    }

    /// The rows of a folder; a missing file has none.
    ///
    /// # Errors
    /// A file cannot be read, or is not an array of objects; there is no folder, or no file of rows
    /// in it.
    pub fn read(folder: &Path) -> Result<Self> {
        if !folder.is_dir() {
            bail!("there is no folder `{}`", folder.display());
        }
        let mut files = Self::default();
        for table in Table::ALL {
            let path = folder.join(format!("{}.json", table.name()));
            if path.exists() {
                let text = std::fs::read_to_string(&path)
                    .with_context(|| format!("reading `{}`", path.display()))?;
                files.rows.insert(
                    table,
                    json::parse(&text).with_context(|| {
                        format!("reading `{}`: expected a JSON array of rows", path.display())
                    })?,
                );
            }
        }
        if files.rows.is_empty() {
            bail!(
                "`{}` has none of rules.json, agents.json, calendars.json, customers.json",
                folder.display()
            );
        }
        Ok(files)
    }

    /// Whether there is a file of this table.
    pub fn has(&self, table: Table) -> bool {
        self.rows.contains_key(&table)
    }

    /// Adds rows of a table, from JSON.
    pub fn add(&mut self, table: Table, rows: Vec<Map<String, serde_json::Value>>) {
        self.extend(table, rows.into_iter().map(row_from_json));
    }

    /// Adds rows of a table.
    pub fn extend(&mut self, table: Table, rows: impl IntoIterator<Item = Row>) {
        self.rows.entry(table).or_default().extend(rows);
    }

    /// The rows of a table.
    pub fn rows(&self, table: Table) -> &[Row] {
        self.rows.get(&table).map(Vec::as_slice).unwrap_or_default()
    }

    /// The rows that a snapshot is compiled from.
    pub fn for_snapshot(&self) -> Rows {
        let of = |table| self.rows(table).to_vec();
        Rows { rules: of(Table::Rules), agents: of(Table::Agents), calendars: of(Table::Calendars) }
    }
}
