//! A row as the console shows it: attribute names and values, free of any database type.

use std::collections::BTreeMap;
use std::hash::{Hash, Hasher};

use crate::text::{SHOWN, cut};

/// One row of a table: attribute name → value.
pub type Row = BTreeMap<String, Value>;

/// An attribute's value, in DynamoDB's kinds. Numbers stay text, so that no digit is lost.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Value {
    /// `S`
    Text(String),
    /// `N`, as written
    Number(String),
    /// `BOOL`
    Bool(bool),
    /// `NULL`
    Null,
    /// `B` or `BS`: no attribute of ours is binary
    Binary,
    /// `L`
    List(Vec<Value>),
    /// `M`
    Map(BTreeMap<String, Value>),
    /// `SS` or `NS`: a collection without an order
    Set(Vec<Value>),
}

impl Value {
    /// Plain JSON, as the console shows it with "DynamoDB JSON" off. A JSON array is a list.
    pub(crate) fn from_json(json: serde_json::Value) -> Self {
        use serde_json::Value as Json;
        match json {
            Json::Null => Self::Null,
            Json::Bool(b) => Self::Bool(b),
            Json::Number(n) => Self::Number(n.to_string()),
            Json::String(s) => Self::Text(s),
            Json::Array(entries) => Self::List(entries.into_iter().map(Self::from_json).collect()),
            Json::Object(map) => Self::Map(row_from_json(map)),
        }
    }

    /// The text, when it is one.
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Whether there is nothing in it: blank text, NULL, an empty collection.
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Text(text) => crate::text::clean(text).is_empty(),
            Self::Null => true,
            Self::List(entries) | Self::Set(entries) => entries.is_empty(),
            Self::Map(map) => map.is_empty(),
            Self::Number(_) | Self::Bool(_) | Self::Binary => false,
        }
    }

    /// The value as a person would write it, cut at 100 characters.
    pub fn shown(&self) -> String {
        let mut out = String::new();
        self.write(&mut out);
        cut(&out)
    }

    fn write(&self, out: &mut String) {
        if out.len() > 4 * SHOWN {
            return; // It will be cut anyway: a 400 KB item must not be printed whole first.
        }
        match self {
            Self::Text(text) => out.extend(text.chars().take(SHOWN + 1)),
            Self::Number(number) => out.push_str(number),
            Self::Bool(b) => out.push_str(if *b { "true" } else { "false" }),
            Self::Null => out.push_str("NULL"),
            Self::Binary => out.push_str("binary"),
            Self::List(entries) | Self::Set(entries) => {
                out.push('[');
                for (i, entry) in entries.iter().enumerate() {
                    if i > 0 {
                        out.push_str(", ");
                    }
                    entry.write(out);
                }
                out.push(']');
            }
            Self::Map(map) => {
                out.push('{');
                for (i, (name, value)) in map.iter().enumerate() {
                    if i > 0 {
                        out.push_str(", ");
                    }
                    out.push_str(name);
                    out.push_str(": ");
                    value.write(out);
                }
                out.push('}');
            }
        }
    }
}

/// Equal values hash alike whatever order DynamoDB returned the members of a set in.
impl Hash for Value {
    fn hash<H: Hasher>(&self, state: &mut H) {
        match self {
            Self::Text(text) => (0u8, text).hash(state),
            Self::Number(number) => (1u8, number).hash(state),
            Self::Bool(b) => (2u8, b).hash(state),
            Self::Null => 3u8.hash(state),
            Self::Binary => 4u8.hash(state),
            Self::List(entries) => (5u8, entries).hash(state),
            Self::Map(map) => (6u8, map).hash(state),
            Self::Set(entries) => {
                let mut members: Vec<&Value> = entries.iter().collect();
                members.sort_unstable();
                (7u8, members).hash(state);
            }
        }
    }
}

/// A row out of a JSON object.
pub fn row_from_json(map: serde_json::Map<String, serde_json::Value>) -> Row {
    map.into_iter().map(|(name, value)| (name, Value::from_json(value))).collect()
}

/// All rows of the tables that a snapshot is compiled from, in any order.
#[derive(Debug, Default, Clone, PartialEq, Eq, Hash)]
pub struct Rows {
    /// Rows of `RULES_TABLE`.
    pub rules: Vec<Row>,
    /// Rows of `AGENTS_TABLE`.
    pub agents: Vec<Row>,
    /// Rows of `CALENDARS_TABLE`; empty without the table.
    pub calendars: Vec<Row>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_value_is_cut_at_100_characters() {
        let shown = Value::Text("ü".repeat(1000)).shown();
        assert_eq!(shown.chars().count(), 101);
        let list = Value::List(vec![Value::Text("abc".into()); 100_000]);
        assert!(list.shown().chars().count() <= 101);
    }

    #[test]
    fn values_are_shown_as_they_are() {
        let map = BTreeMap::from([
            ("a".to_owned(), Value::Number("1".into())),
            ("b".to_owned(), Value::Bool(true)),
        ]);
        for (value, shown) in [
            (Value::Map(map), "{a: 1, b: true}"),
            (
                Value::List(vec![Value::Null, Value::Binary, Value::Text("x".into())]),
                "[NULL, binary, x]",
            ),
            (Value::List(vec![]), "[]"),
        ] {
            assert_eq!(value.shown(), shown);
        }
    }

    #[test]
    fn sets_hash_without_their_order_and_other_values_apart() {
        use std::hash::{DefaultHasher, Hash, Hasher};
        let hash = |value: &Value| {
            let mut hasher = DefaultHasher::new();
            value.hash(&mut hasher);
            hasher.finish()
        };
        let entries = |order: &[&str]| {
            order.iter().map(|text| Value::Text((*text).into())).collect::<Vec<_>>()
        };
        assert_eq!(
            hash(&Value::Set(entries(&["a", "b"]))),
            hash(&Value::Set(entries(&["b", "a"])))
        );
        let different = [
            Value::Text("1".into()),
            Value::Number("1".into()),
            Value::Bool(true),
            Value::Null,
            Value::Binary,
            Value::List(entries(&["a", "b"])),
            Value::List(entries(&["b", "a"])),
            Value::Set(entries(&["a", "b"])),
            Value::Map(BTreeMap::new()),
        ];
        let hashes: std::collections::HashSet<u64> = different.iter().map(hash).collect();
        assert_eq!(hashes.len(), different.len());
    }

    #[test]
    fn blank_text_null_and_empty_collections_are_empty() {
        for value in [
            Value::Text(" \n".into()),
            Value::Null,
            Value::List(vec![]),
            Value::Map(BTreeMap::new()),
        ] {
            assert!(value.is_empty(), "{value:?}");
        }
        assert!(!Value::Bool(false).is_empty());
    }
}
