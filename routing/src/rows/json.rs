//! Rows as plain JSON text, with every digit of every number kept.

use std::collections::BTreeMap;

use serde::de::Error as _;
use serde_json::value::RawValue;
use serde_json::{Error, Result};

use super::value::{Row, Value};

/// How deep values are read: a row, and one level more than it may have.
const DEEPEST: usize = super::limits::MAX_DEPTH + 3;

/// Reads a JSON array of rows.
///
/// # Errors
/// The text is no array of objects.
pub fn parse(text: &str) -> Result<Vec<Row>> {
    let rows: Vec<&RawValue> = serde_json::from_str(text)?;
    rows.into_iter().map(row).collect()
}

/// Reads one row.
///
/// # Errors
/// The text is no object.
pub fn parse_row(text: &str) -> Result<Row> {
    row(serde_json::from_str(text)?)
}

/// Reads one value.
///
/// # Errors
/// The text is no JSON.
pub(crate) fn parse_value(text: &str) -> Result<Value> {
    value(serde_json::from_str(text)?, DEEPEST)
}

fn row(raw: &RawValue) -> Result<Row> {
    match value(raw, DEEPEST)? {
        Value::Map(row) => Ok(row),
        _ => Err(Error::custom(format!(
            "expected rows, each an object; found `{}`",
            crate::text::cut(raw.get())
        ))),
    }
}

/// `RawValue` bypasses the recursion limit of serde, so this function has its own: what is deeper
/// is left out, and the row is too deep all the same.
fn value(raw: &RawValue, deepest: usize) -> Result<Value> {
    let text = raw.get();
    let Some(deepest) = deepest.checked_sub(1) else { return Ok(Value::Null) };
    Ok(match text.as_bytes().first() {
        Some(b'{') => {
            let map: BTreeMap<String, &RawValue> = serde_json::from_str(text)?;
            Value::Map(
                map.into_iter()
                    .map(|(name, raw)| Ok((name, value(raw, deepest)?)))
                    .collect::<Result<_>>()?,
            )
        }
        Some(b'[') => {
            let entries: Vec<&RawValue> = serde_json::from_str(text)?;
            Value::List(entries.into_iter().map(|raw| value(raw, deepest)).collect::<Result<_>>()?)
        }
        Some(b'"') => Value::Text(serde_json::from_str(text)?),
        Some(b't' | b'f') => Value::Bool(text == "true"),
        Some(b'n') => Value::Null,
        _ => Value::Number(text.to_owned()),
    })
}

/// Rows as a file: sorted by key, one attribute a line, short collections on one line.
pub fn print_rows(rows: &[Row], key: &str) -> String {
    let mut sorted: Vec<&Row> = rows.iter().collect();
    sorted.sort_by_key(|row| row.get(key));
    let rows: Vec<String> = sorted.into_iter().map(|row| indent(&print_row(row, key).0)).collect();
    if rows.is_empty() { "[]\n".to_owned() } else { format!("[\n{}\n]\n", rows.join(",\n")) }
}

fn indent(text: &str) -> String {
    text.lines().map(|line| format!("  {line}")).collect::<Vec<_>>().join("\n")
}

/// One row, its key first; and where in the text each attribute stands.
pub fn print_row(row: &Row, key: &str) -> (String, BTreeMap<String, std::ops::Range<usize>>) {
    let mut text = "{".to_owned();
    let mut places = BTreeMap::new();
    let ordered =
        row.get_key_value(key).into_iter().chain(row.iter().filter(|(name, _)| *name != key));
    for (index, (name, value)) in ordered.enumerate() {
        text.push_str(if index == 0 { "\n  " } else { ",\n  " });
        let start = text.len();
        text.push_str(&quoted(name));
        text.push_str(": ");
        write(value, &mut text);
        places.insert(name.clone(), start..text.len());
    }
    text.push_str("\n}");
    (text, places)
}

/// A value as JSON on one line. A set is an array, in order; binary is null.
pub fn print_value(value: &Value) -> String {
    let mut text = String::new();
    write(value, &mut text);
    text
}

fn write(value: &Value, out: &mut String) {
    match value {
        Value::Text(text) => out.push_str(&quoted(text)),
        Value::Number(number) => out.push_str(number),
        Value::Bool(b) => out.push_str(if *b { "true" } else { "false" }),
        Value::Null | Value::Binary => out.push_str("null"),
        Value::List(entries) => write_list(entries.iter(), out),
        Value::Set(entries) => {
            let mut sorted: Vec<&Value> = entries.iter().collect();
            sorted.sort();
            write_list(sorted.into_iter(), out);
        }
        Value::Map(map) => {
            out.push('{');
            for (index, (name, value)) in map.iter().enumerate() {
                out.push_str(if index == 0 { " " } else { ", " });
                out.push_str(&quoted(name));
                out.push_str(": ");
                write(value, out);
            }
            out.push_str(if map.is_empty() { "}" } else { " }" });
        }
    }
}

fn write_list<'a>(entries: impl Iterator<Item = &'a Value>, out: &mut String) {
    out.push('[');
    for (index, entry) in entries.enumerate() {
        if index > 0 {
            out.push_str(", ");
        }
        write(entry, out);
    }
    out.push(']');
}

fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
