//! Rows as files: `rules.json`, `agents.json`, `calendars.json`, `customers.json` in one folder,
//! each a list of rows in plain JSON, or as the console shows them with "DynamoDB JSON" on.

mod dynamodb;
mod mistakes;
mod places;
mod read;

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use routing::rows::{Row, Rows, Table, json, row_from_json};
use serde_json::Map;

pub use places::RowPlace;

/// Rows by table.
#[derive(Debug, Default, Clone)]
pub struct RowFiles {
    rows: HashMap<Table, Vec<Row>>,
    /// The files that rows are from, and the place of each row in its file.
    files: HashMap<Table, (PathBuf, Vec<RowPlace>)>,
}

impl RowFiles {
    /// The sample rows of `cargo desk serve`.
    ///
    /// # Errors
    /// A sample file is not an array of objects.
    pub fn samples() -> Result<Self> {
        let mut files = Self::default();
        for (table, text) in [
            (Table::Rules, include_str!("../../../samples/rules.json")),
            (Table::Agents, include_str!("../../../samples/agents.json")),
            (Table::Calendars, include_str!("../../../samples/calendars.json")),
            (Table::Customers, include_str!("../../../samples/customers.json")),
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
                let text = text_of(&path)?;
                let (rows, places) = read::rows(table, &text, &path)?.into_iter().unzip();
                files.rows.insert(table, rows);
                files.files.insert(table, (path, places));
            }
        }
        for name in names_in(folder)? {
            let missing = Table::ALL.into_iter().filter(|table| !files.has(*table));
            if let Some(table) = meant_for(&name, missing) {
                bail!(
                    "`{}` looks like the file of {table}, but only `{table}.json` is read; rename \
                    it",
                    folder.join(name).display(),
                    table = table.name()
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

    /// The file that a table's rows are from, and where the row at `index` stands in it; `None`
    /// when they are from no file.
    pub fn place(&self, table: Table, index: usize) -> Option<(&Path, &RowPlace)> {
        let (path, places) = self.files.get(&table)?;
        Some((path, places.get(index)?))
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

    /// The tables and keys of all rows.
    pub fn keys(&self) -> impl Iterator<Item = (Table, &str)> + Clone {
        Table::ALL.into_iter().flat_map(|table| {
            let keys = self.rows(table).iter().filter_map(move |row| table.key_of(row));
            keys.map(move |key| (table, key))
        })
    }

    /// The rows that a snapshot is compiled from.
    pub fn for_snapshot(&self) -> Rows {
        let of = |table| self.rows(table).to_vec();
        Rows { rules: of(Table::Rules), agents: of(Table::Agents), calendars: of(Table::Calendars) }
    }
}

/// The names in a folder, in order.
fn names_in(folder: &Path) -> Result<Vec<String>> {
    let entries = std::fs::read_dir(folder);
    let entries = entries.with_context(|| format!("reading `{}`", folder.display()))?;
    let mut names: Vec<String> =
        entries.flatten().filter_map(|entry| entry.file_name().into_string().ok()).collect();
    names.sort();
    Ok(names)
}

/// The table, of those without a file, that a file surely was meant for: `Rules.json`,
/// `rule.json`, `rules.json.txt`.
fn meant_for(name: &str, missing: impl Iterator<Item = Table>) -> Option<Table> {
    let small = name.to_lowercase();
    let small = small.strip_suffix(".txt").unwrap_or(&small);
    let endings = [".json", ".jsonc", ".json5", ".jsonl", ".ndjson"];
    let stem = endings.iter().find_map(|ending| small.strip_suffix(ending))?;
    let stem = stem.strip_suffix(".json").unwrap_or(stem);
    Table::from_name(routing::text::closest(stem, missing.map(Table::name))?)
}

/// A file's text.
fn text_of(path: &Path) -> Result<String> {
    let bytes = std::fs::read(path).with_context(|| format!("reading `{}`", path.display()))?;
    // No text of JSON holds a zero byte near its beginning, unless its letters have two bytes.
    let is_wide = bytes.iter().take(4).any(|byte| *byte == 0);
    if is_wide || bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        bail!("`{}` is UTF-16; save it as UTF-8", path.display());
    }
    String::from_utf8(bytes)
        .map_err(|_| anyhow::anyhow!("`{}` is not UTF-8; save it as UTF-8", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_with_nearly_the_name_of_ours() {
        for (name, table) in [
            ("Rules.json", Some(Table::Rules)),
            ("rule.json", Some(Table::Rules)),
            ("RULES.JSON.txt", Some(Table::Rules)),
            ("rules.json.json", Some(Table::Rules)),
            ("customers.json.txt", Some(Table::Customers)),
            ("calendar.jsonc", Some(Table::Calendars)),
            ("agents.json.bak", None),
            ("rules-old.json", None),
            ("package.json", None),
            ("rules.csv", None),
        ] {
            assert_eq!(meant_for(name, Table::ALL.into_iter()), table, "{name}");
        }
        // Beside the right one it may be an old one.
        let missing = Table::ALL.into_iter().filter(|table| *table != Table::Rules);
        assert_eq!(meant_for("Rules.json", missing), None);
    }
}
