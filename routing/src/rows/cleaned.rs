//! A row before its attributes are read: its key checked, its texts cleaned, its depth bounded.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::finding::{Finding, Severity};
use super::json;
use super::limits::{MAX_DEPTH, MAX_ID_BYTES};
use super::notes::is_note;
use super::table::Table;
use super::value::{Row, Value};
use crate::text::{clean, closest_attribute, cut, is_clean};

/// A row whose attributes can be read.
pub(crate) struct Cleaned<'r> {
    pub(super) table: Table,
    pub(super) key: &'r str,
    pub(super) typed: &'r Row,
    pub(super) row: Cow<'r, Row>,
    pub(super) findings: Vec<Finding>,
}

impl<'r> Cleaned<'r> {
    /// Takes a row. White space around its texts and invisible characters in them are dropped, and
    /// the text of a JSON array is a list; a key with either is an error of the row.
    ///
    /// # Errors
    /// The finding, when the key is no text of 1 to 512 bytes.
    pub(crate) fn new(table: Table, typed: &'r Row) -> Result<Self, Finding> {
        let key = usable_key(table, typed)?;
        let mut cleaned =
            Self { table, key, typed, row: Cow::Borrowed(typed), findings: Vec::new() };
        if !is_clean(key) {
            cleaned.stray_characters();
        }
        for (attribute, value) in typed {
            if is_deeper(value, MAX_DEPTH) {
                let message = format!(
                    "has lists or maps nested too deep, the limit is {MAX_DEPTH}; write it \
                    flatter, or remove `{}`",
                    cut(attribute)
                );
                cleaned.error(attribute, message);
            } else if attribute != table.key_attribute()
                && !is_note(attribute)
                && let Some(value) = cleaned_value(value, !is_pattern(attribute))
            {
                cleaned.row.to_mut().insert(attribute.clone(), value);
            }
        }
        Ok(cleaned)
    }

    /// The row's key, as stored.
    pub(crate) fn key(&self) -> &'r str {
        self.key
    }

    /// The row, cleaned.
    pub(crate) fn into_row(self) -> Row {
        self.row.into_owned()
    }

    /// A key cannot be cleaned: the row would be another one.
    fn stray_characters(&mut self) {
        let meant = clean(self.key);
        let what = if meant == self.key.trim() {
            "white space around it"
        } else {
            "characters in it that nobody sees"
        };
        let message = format!(
            "the key has {what}, which is not part of an id; write the row again with the key \
            `{}`, and delete this one",
            cut(&meant)
        );
        self.error(self.table.key_attribute(), message);
    }

    fn error(&mut self, attribute: &str, message: String) {
        self.findings.push(Finding::new(
            Severity::Error,
            self.table,
            self.key,
            Some(attribute),
            self.typed.get(attribute),
            message,
        ));
    }
}

fn usable_key(table: Table, row: &Row) -> Result<&str, Finding> {
    let name = table.key_attribute();
    let found = row.get(name);
    let message = match found {
        Some(Value::Text(key)) if clean(key).is_empty() => {
            format!("the key is blank; write the row again with a key of 1 to {MAX_ID_BYTES} bytes")
        }
        Some(Value::Text(key)) if key.len() > MAX_ID_BYTES => format!(
            "the key is {} bytes long, and at most {MAX_ID_BYTES} are allowed; write the row again \
            with a shorter key",
            key.len()
        ),
        Some(Value::Text(key)) => return Ok(key),
        Some(Value::Number(number)) => format!(
            "the key must be text (S), not a number; write the row again with the key `{}` as text",
            cut(number)
        ),
        Some(_) => "the key must be text (S); write the row again with such a key".to_owned(),
        None => match row.keys().find(|typed| closest_attribute(typed, [name]).is_some()) {
            Some(typed) => format!(
                "the row has no key: did you mean `{name}` by `{}`? write it so, as a text (S)",
                cut(typed)
            ),
            None => match Table::ALL.into_iter().find(|other| other.key_of(row).is_some()) {
                Some(other) => format!(
                    "the row has no key; it has that of {other}, so write it into `{other}`, or \
                    give it `{name}`, a text (S)",
                    other = other.name()
                ),
                None => format!("the row has no key; give it `{name}`, a text (S)"),
            },
        },
    };
    let shown = match found {
        Some(Value::Text(key)) => key.clone(),
        found => found.map(Value::shown).unwrap_or_default(),
    };
    Err(Finding::new(Severity::Error, table, &shown, Some(name), found, message))
}

/// Whether an attribute is a regular expression, in which `[12]` is no list.
fn is_pattern(attribute: &str) -> bool {
    attribute.ends_with("Pattern")
}

/// Whether there are more than `most` lists and maps in one another. Looks no deeper.
pub(super) fn is_deeper(value: &Value, most: usize) -> bool {
    match (value, most.checked_sub(1)) {
        (Value::List(_) | Value::Set(_) | Value::Map(_), None) => true,
        (Value::List(entries) | Value::Set(entries), Some(most)) => {
            entries.iter().any(|entry| is_deeper(entry, most))
        }
        (Value::Map(map), Some(most)) => map.values().any(|value| is_deeper(value, most)),
        _ => false,
    }
}

/// The value cleaned; `None` when it is clean. `lists` = the text of a JSON array is a list. Values
/// are at most 32 deep here.
fn cleaned_value(value: &Value, lists: bool) -> Option<Value> {
    match value {
        Value::Text(text) => {
            let text = clean(text);
            if lists && let Some(list) = listed(&text) {
                return Some(list);
            }
            cleaned_text(value, text)
        }
        Value::List(entries) => cleaned_entries(entries).map(Value::List),
        Value::Set(entries) => cleaned_entries(entries).map(Value::Set),
        Value::Map(map) => cleaned_map(map, lists).map(Value::Map),
        Value::Number(number) => cleaned_text(value, clean(number)).map(|cleaned| match cleaned {
            Value::Text(number) => Value::Number(number),
            other => other,
        }),
        Value::Bool(_) | Value::Null | Value::Binary => None,
    }
}

fn cleaned_text(value: &Value, cleaned: Cow<'_, str>) -> Option<Value> {
    let (Value::Text(text) | Value::Number(text)) = value else { return None };
    (cleaned.len() < text.len()).then(|| Value::Text(cleaned.into_owned()))
}

/// The entries cleaned. An entry that is a JSON array by itself stays text, and is found as such.
fn cleaned_entries(entries: &[Value]) -> Option<Vec<Value>> {
    let mut cleaned: Option<Vec<Value>> = None;
    for (place, entry) in entries.iter().enumerate() {
        if let Some(entry) = cleaned_value(entry, matches!(entry, Value::Map(_)))
            && let Some(slot) = cleaned.get_or_insert_with(|| entries.to_vec()).get_mut(place)
        {
            *slot = entry;
        }
    }
    cleaned
}

/// The map with its names and values cleaned. A name that would then stand twice keeps its stray
/// characters, so that it is found to stand twice.
fn cleaned_map(map: &BTreeMap<String, Value>, lists: bool) -> Option<BTreeMap<String, Value>> {
    let mut cleaned: Option<BTreeMap<String, Value>> = None;
    for (name, value) in map {
        let short = clean(name);
        let renamed = short.len() < name.len() && !map.contains_key(short.as_ref());
        let value = cleaned_value(value, lists && !is_pattern(name));
        if !renamed && value.is_none() {
            continue;
        }
        let cleaned = cleaned.get_or_insert_with(|| map.clone());
        let old = cleaned.remove(name);
        let Some(value) = value.or(old) else { continue };
        let free = renamed && !cleaned.contains_key(short.as_ref());
        cleaned.insert(if free { short.into_owned() } else { name.clone() }, value);
    }
    cleaned
}

/// The list that a text is, when it is a JSON array of texts and numbers.
fn listed(text: &str) -> Option<Value> {
    if !(text.starts_with('[') && text.ends_with(']')) {
        return None;
    }
    let Ok(Value::List(entries)) = json::parse_value(text) else { return None };
    let plain = entries.iter().all(|entry| matches!(entry, Value::Text(_) | Value::Number(_)));
    plain.then(|| Value::List(cleaned_entries(&entries).unwrap_or(entries)))
}

#[cfg(test)]
mod tests;
