//! `_LastGood`: the version of a row that it keeps itself.

use super::json;
use super::table::Table;
use super::value::{Row, Value};

/// The row's last good version as the row itself keeps it: `_LastGood`, plain JSON in a text. Its
/// key is the row's own, whatever it says.
pub(crate) fn last_good(table: Table, key: &str, row: &Row) -> Option<Row> {
    let Some(Value::Text(text)) = row.get("_LastGood") else { return None };
    let mut good = json::parse_row(text).ok()?;
    good.insert(table.key_attribute().to_owned(), Value::Text(key.to_owned()));
    Some(good)
}
