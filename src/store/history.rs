//! The history table: what rows were before each change. Partition key `RowKey` (`rules/vip`),
//! sort key `ChangedAt`. The operator function writes it.
//!
//! | attribute | holds |
//! | --- | --- |
//! | `Row` (S) | the row before, as plain JSON; absent when there was none |
//! | `RowDeflated` (B) | the same, deflated, where the text is too long for an item |
//! | `Release` (N) | the release that the change went live with |
//! | `Waited` (N) | the release that was live while the change waited |
//! | `Never` (S) | why the change itself was never live: `in error`, `replaced` |
//! | `ExpiresAt` (N) | when DynamoDB removes it, in Unix seconds |

use std::collections::HashMap;

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::error::ProvideErrorMetadata;
use aws_sdk_dynamodb::primitives::Blob;
use aws_sdk_dynamodb::types::AttributeValue;
use chrono::{DateTime, TimeDelta, Utc};
use miniz_oxide::deflate::compress_to_vec;
use miniz_oxide::inflate::decompress_to_vec_with_limit;
use routing::release::hash;
use routing::rows::json::{parse_row, print_value};
use routing::rows::{Row, Table, Value, without_underscores};

use super::tables::{TableError, Tables, request_error};
use crate::settings::TableNames;

/// How long history is kept.
pub const HISTORY_KEPT: TimeDelta = TimeDelta::days(90);
/// Longest partition key, in bytes.
const MAX_KEY: usize = 2_048;
/// Longest text of a row, in bytes: an item has 400 KB at most.
const MAX_TEXT: usize = 350 * 1024;
/// Longest text that is inflated: a row of 400 KB as JSON.
const MAX_INFLATED: usize = 16 << 20;
/// How hard to deflate, of 10.
const LEVEL: u8 = 6;

/// The table with what rows were before each edit, for 90 days.
#[derive(Debug, Clone)]
pub struct HistoryTable {
    client: Client,
    table: String,
}

/// One change of one row.
#[derive(Debug)]
pub struct Changed<'a> {
    /// One of the four that people edit.
    pub table: Table,
    /// As it stands in the row.
    pub key: &'a str,
    /// When it changed, with the stream's number.
    pub at: &'a str,
    /// What it was; `None` = there was none.
    pub before: Option<&'a Row>,
    /// What became of the change, as far as it is known.
    pub live: Option<WentLive>,
    /// Why what the row became was never live itself, whatever release was.
    pub never: Option<NeverLive>,
}

/// What became of a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WentLive {
    /// It is live since this release.
    With(u64),
    /// It waited while this release was live.
    Waited(u64),
}

/// Why a change was never live itself: the release that is told of it has another version.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NeverLive {
    /// The row was in error, so its version of before stayed in force.
    InError,
    /// The row had changed again when a look came.
    Replaced,
    /// The calendar was deleted, and rows whose versions stay in force still use it.
    Used,
}

impl NeverLive {
    const ALL: [Self; 3] = [Self::InError, Self::Replaced, Self::Used];

    fn name(self) -> &'static str {
        match self {
            Self::InError => "in error",
            Self::Replaced => "replaced",
            Self::Used => "used",
        }
    }
}

impl Tables {
    /// By which the tables are read, with those that are absent.
    pub fn names(&self) -> &TableNames {
        &self.names
    }

    /// The history table of this name, by the same client.
    pub fn history(&self, table: String) -> HistoryTable {
        HistoryTable { client: self.client.clone(), table }
    }
}

impl HistoryTable {
    /// Appends a change. The same change twice is one entry: what became of it is told once.
    ///
    /// # Errors
    /// The table could not be written.
    pub async fn append(&self, change: &Changed<'_>, now: DateTime<Utc>) -> Result<(), TableError> {
        let number = |number: u64| AttributeValue::N(number.to_string());
        let row_key = row_key(change.table, change.key);
        let expires = (now + HISTORY_KEPT).timestamp().to_string();
        let mut item = HashMap::from([
            ("RowKey".to_owned(), AttributeValue::S(row_key)),
            ("ChangedAt".to_owned(), AttributeValue::S(change.at.to_owned())),
            ("ExpiresAt".to_owned(), AttributeValue::N(expires)),
        ]);
        item.extend(change.before.map(row_attribute));
        item.extend(
            change
                .never
                .map(|never| ("Never".to_owned(), AttributeValue::S(never.name().to_owned()))),
        );
        item.extend(change.live.map(|live| match live {
            WentLive::With(release) => ("Release".to_owned(), number(release)),
            WentLive::Waited(release) => ("Waited".to_owned(), number(release)),
        }));
        let put = self
            .client
            .put_item()
            .table_name(&self.table)
            .set_item(Some(item))
            .condition_expression(
                "attribute_not_exists(#release) AND attribute_not_exists(#waited)",
            )
            .expression_attribute_names("#release", "Release")
            .expression_attribute_names("#waited", "Waited");
        match put.send().await {
            Ok(_) => Ok(()),
            Err(error) if error.code() == Some("ConditionalCheckFailedException") => Ok(()),
            Err(error) => Err(request_error("keeping history in", &self.table, &error)),
        }
    }
}

/// A key that is too long for the table is cut, and its hash told apart from others'.
fn row_key(table: Table, key: &str) -> String {
    let whole = format!("{}/{key}", table.name());
    if whole.len() <= MAX_KEY {
        return whole;
    }
    let end = whole.floor_char_boundary(MAX_KEY - 65);
    format!("{}#{}", whole.get(..end).unwrap_or_default(), hash(whole.as_bytes()))
}

fn row_attribute(row: &Row) -> (String, AttributeValue) {
    let text = print_value(&Value::Map(without_underscores(row)));
    if text.len() <= MAX_TEXT {
        return ("Row".to_owned(), AttributeValue::S(text));
    }
    let deflated = compress_to_vec(text.as_bytes(), LEVEL);
    ("RowDeflated".to_owned(), AttributeValue::B(Blob::new(deflated)))
}

/// The row that an item of the history keeps; `None` when there was none.
///
/// # Errors
/// The item is damaged: what is wrong.
pub fn row_before(item: &HashMap<String, AttributeValue>) -> Result<Option<Row>, String> {
    let text = match (item.get("Row"), item.get("RowDeflated")) {
        (Some(AttributeValue::S(text)), _) => text.clone(),
        (None, Some(AttributeValue::B(deflated))) => {
            let inflated = decompress_to_vec_with_limit(deflated.as_ref(), MAX_INFLATED);
            let inflated = inflated.map_err(|error| error.to_string())?;
            String::from_utf8(inflated).map_err(|error| error.to_string())?
        }
        (None, None) => return Ok(None),
        _ => return Err("`Row` is not text".to_owned()),
    };
    parse_row(&text).map(Some).map_err(|error| error.to_string())
}

/// What became of the change that an item of the history keeps.
pub fn went_live(item: &HashMap<String, AttributeValue>) -> Option<WentLive> {
    let number = |name: &str| item.get(name)?.as_n().ok()?.parse::<u64>().ok();
    number("Release").map(WentLive::With).or_else(|| number("Waited").map(WentLive::Waited))
}

/// Why the change that an item of the history keeps was never live itself, if that is known.
pub fn never_live(item: &HashMap<String, AttributeValue>) -> Option<NeverLive> {
    let name = item.get("Never")?.as_s().ok()?;
    NeverLive::ALL.into_iter().find(|never| never.name() == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_of_any_length_is_kept() {
        assert_eq!(row_key(Table::Rules, "vip"), "rules/vip");
        let long = |end: &str| row_key(Table::Rules, &("가".repeat(682) + end));
        assert!(long("a").len() <= MAX_KEY && long("a").starts_with("rules/가"));
        assert_ne!(long("a"), long("b"));
    }

    #[test]
    fn a_row_of_any_size_is_kept() {
        for length in [10, 390 * 1024] {
            let text = Value::Text("\"".repeat(length));
            let row = Row::from([("Notes".to_owned(), text), ("_Check".to_owned(), Value::Null)]);
            let (name, attribute) = row_attribute(&row);
            let item = HashMap::from([(name, attribute)]);
            let deflated = item.contains_key("RowDeflated");
            assert_eq!(deflated, length > 1_000);
            assert_eq!(row_before(&item).unwrap(), Some(without_underscores(&row)));
        }
        assert_eq!(row_before(&HashMap::new()).unwrap(), None);
        let damaged = AttributeValue::B(Blob::new(*b"no"));
        assert!(row_before(&HashMap::from([("RowDeflated".to_owned(), damaged)])).is_err());
    }
}
