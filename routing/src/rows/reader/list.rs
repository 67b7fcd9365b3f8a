//! Lists, in every form that people type them, and maps of names.

mod entry;

use std::collections::BTreeMap;

pub(crate) use self::entry::{Write, wrong_entry};
use self::entry::{as_they_stand, no_entry, one_to_write, unquoted, wrong};
use super::base::{Empty, RowReader};
use super::number::{whole, whole_range};
use super::typed_json::{instead_of_text, instead_of_value, merged, wrapped_map};
use crate::rows::finding::Severity;
use crate::rows::limits::MAX_ENTRIES;
use crate::rows::value::Value;
use crate::text::{Entries, cut, entries, entries_in_one, name_key};

impl<'r> RowReader<'r> {
    /// Entries of a list, a set, one text split at commas, semicolons and line breaks, the text of
    /// a JSON array, or a single number. Cleaned, in order, none empty, each at most 512 bytes.
    pub(crate) fn list(
        &mut self,
        attribute: &str,
        empty: Empty,
        max: usize,
    ) -> Option<Vec<&'r str>> {
        self.list_to_write(attribute, empty, max, &as_they_stand)
    }

    /// Like [`RowReader::list`], of entries that are more than names: `write` says how several that
    /// stand in one entry are written.
    pub(crate) fn list_to_write(
        &mut self,
        attribute: &str,
        empty: Empty,
        max: usize,
        write: Write<'_>,
    ) -> Option<Vec<&'r str>> {
        let value = self.value(attribute, empty)?;
        self.entries_to_write(attribute, value, max, write)
    }

    /// Like [`RowReader::list`], where the order matters: a set with several entries has none and
    /// is an error.
    pub(crate) fn ordered_list(&mut self, attribute: &str, empty: Empty) -> Option<Vec<&'r str>> {
        let value = self.value(attribute, empty)?;
        if let Value::Set(set) = value
            && set.len() > 1
        {
            let shown = Value::List(set.clone()).shown();
            self.error(
                attribute,
                format!(
                    "a set has no order, but the order matters here; write a list (L) in the \
                    order that you mean, such as `{shown}`"
                ),
            );
            return None;
        }
        self.entries(attribute, value, MAX_ENTRIES)
    }

    /// The entries of a value as [`RowReader::list`] reads them.
    pub(crate) fn entries(
        &mut self,
        attribute: &str,
        value: &'r Value,
        max: usize,
    ) -> Option<Vec<&'r str>> {
        self.entries_to_write(attribute, value, max, &as_they_stand)
    }

    fn entries_to_write(
        &mut self,
        attribute: &str,
        value: &'r Value,
        max: usize,
        write: Write<'_>,
    ) -> Option<Vec<&'r str>> {
        let takes_map = self.table().takes_map(attribute);
        let typed = match value {
            Value::Text(text) => instead_of_text(text, takes_map),
            other => instead_of_value(other, takes_map),
        };
        if let Some(message) = typed {
            self.error(attribute, message);
            return None;
        }
        let (read, too_many) = match value {
            Value::Text(text) if in_brackets(text).is_some() => {
                // As the entries would be typed: quotes are no part of them either.
                let inner = in_brackets(text).and_then(entries_in_one).unwrap_or_default();
                let inner: Vec<&str> = inner.into_iter().map(unquoted).collect();
                let message = match write(&inner) {
                    Some(inner) => format!(
                        "has brackets, but is not a valid JSON list; write `{}` without them",
                        cut(&inner.join(", "))
                    ),
                    None => {
                        "has brackets, but is not a valid JSON list; write the entries without them"
                            .to_owned()
                    }
                };
                self.error(attribute, message);
                return None;
            }
            Value::Text(text) => match entries(text, max) {
                Entries::Of(read) => (read, false),
                Entries::TooMany => (Vec::new(), true),
            },
            Value::Number(number) => (vec![number.as_str()], false),
            Value::List(values) | Value::Set(values) if values.len() > max => (Vec::new(), true),
            Value::List(values) | Value::Set(values) => {
                let mut read = Vec::with_capacity(values.len());
                for value in values {
                    match value {
                        Value::Text(text) | Value::Number(text) => read.push(text.as_str()),
                        other => {
                            let message = match merged(values).filter(|_| takes_map) {
                                Some(map) => {
                                    format!("is a list of maps; write one map (M): `{map}`")
                                }
                                None => no_entry(attribute, other),
                            };
                            self.note(Severity::Error, attribute, Some(other), message);
                            return None;
                        }
                    }
                }
                (read, false)
            }
            Value::Map(_) => {
                self.error(
                    attribute,
                    "expected a list (L) of text, not a map; write the entries as a list",
                );
                return None;
            }
            _ => {
                self.error(attribute, "expected a list (L) of text; write the entries as text");
                return None;
            }
        };
        if too_many {
            // In two rows, each would let in whom the other leaves out.
            let leaves_out = ["Not", "Except"].iter().any(|word| attribute.starts_with(word));
            let other = if leaves_out { " in this row" } else { ", or split the row in two" };
            let message = format!("has too many entries, the limit is {max}; write fewer{other}");
            self.error(attribute, message);
            return None;
        }
        // `Dec 24, 2026` is one date.
        if let Value::Text(text) = value
            && read.len() > 1
            && let Some(one) = one_to_write(text, write)
        {
            self.error(attribute, format!("write `{one}`"));
            return None;
        }
        if read.is_empty() {
            self.error(attribute, "has no entry; write at least one");
            return None;
        }
        let in_list = !matches!(value, Value::Text(_) | Value::Number(_));
        let mut good = true;
        for entry in &read {
            if let Some(message) = wrong(entry, in_list, write) {
                self.error_at(attribute, entry, message);
                good = false;
            }
        }
        good.then_some(read)
    }

    /// Names with a whole number each: a map, or a list of names that get `default`.
    pub(crate) fn names_with_numbers(
        &mut self,
        attribute: &str,
        empty: Empty,
        default: i64,
        min: i64,
        max: i64,
    ) -> Option<Vec<(&'r str, i64)>> {
        let value = self.value(attribute, empty)?;
        let Value::Map(map) = value else {
            let entries = self.entries(attribute, value, MAX_ENTRIES)?;
            return Some(entries.into_iter().map(|name| (name, default)).collect());
        };
        if self.is_wrapped(attribute, map) {
            return None;
        }
        self.map_entries(
            attribute,
            map,
            |value| whole(value).filter(|n| (min..=max).contains(n)),
            || whole_range(min, max),
        )
    }

    /// Whether a map is DynamoDB's own JSON of a list or map; it then is an error.
    pub(crate) fn is_wrapped(&mut self, attribute: &str, map: &BTreeMap<String, Value>) -> bool {
        let wrapped = wrapped_map(map);
        let is_wrapped = wrapped.is_some();
        wrapped.into_iter().for_each(|message| self.error(attribute, message));
        is_wrapped
    }

    /// The entries of a map, each value read by `read`; `expected` is what the message asks for.
    pub(crate) fn map_entries<T>(
        &mut self,
        attribute: &str,
        map: &'r BTreeMap<String, Value>,
        read: impl Fn(&'r Value) -> Option<T>,
        expected: impl Fn() -> String,
    ) -> Option<Vec<(&'r str, T)>> {
        if map.len() > MAX_ENTRIES {
            let message = format!(
                "has {} entries, and at most {MAX_ENTRIES} are allowed; write fewer",
                map.len()
            );
            self.error(attribute, message);
            return None;
        }
        let mut seen: BTreeMap<String, &str> = BTreeMap::new();
        let mut read_entries = Vec::with_capacity(map.len());
        let mut good = true;
        for (name, value) in map {
            let name = name.trim();
            if let Some(message) = wrong(name, true, &as_they_stand) {
                self.error_at(attribute, name, message);
                good = false;
                continue;
            }
            if let Some(first) = seen.insert(name_key(name), name) {
                let message = format!(
                    "is in the map twice, here and as `{}`; remove one of the two",
                    cut(first)
                );
                self.error_at(attribute, name, message);
                good = false;
                continue;
            }
            match read(value) {
                Some(read) => read_entries.push((name, read)),
                None => {
                    let expected = expected();
                    let message =
                        format!("`{}` in the map: expected {expected}; write that", cut(name));
                    self.note(Severity::Error, attribute, Some(value), message);
                    good = false;
                }
            }
        }
        good.then_some(read_entries)
    }
}

/// What stands in the brackets around a text of several entries.
fn in_brackets(text: &str) -> Option<&str> {
    let pairs = [('[', ']'), ('(', ')'), ('［', '］'), ('【', '】'), ('（', '）')];
    let inner = pairs.into_iter().find_map(|(open, close)| {
        text.strip_prefix(open).and_then(|inner| inner.strip_suffix(close))
    })?;
    entries_in_one(inner).map(|_| inner.trim())
}
