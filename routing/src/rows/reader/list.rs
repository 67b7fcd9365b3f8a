//! Lists, in every form that people type them, and maps of names.

use std::collections::BTreeMap;

use super::base::{Empty, RowReader};
use super::number::{whole, whole_range};
use super::typed_json::{instead_of_text, instead_of_value, merged, takes_map, wrapped_map};
use crate::rows::finding::Severity;
use crate::rows::limits::{MAX_ENTRIES, MAX_ID_BYTES};
use crate::rows::value::Value;
use crate::text::{Entries, cut, entries, entries_in_one, name_key};

/// What to write for the entries that stand in one; `None` = it cannot be told.
pub(crate) type Write<'w> = &'w dyn Fn(&[&str]) -> Option<Vec<String>>;

/// Names and ids are written as they stand.
fn as_they_stand(parts: &[&str]) -> Option<Vec<String>> {
    Some(parts.iter().map(|part| (*part).to_owned()).collect())
}

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
                    "a set has no order, but the order matters here; write a list (L) in the order that you mean, such as `{shown}`"
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
        let takes_map = takes_map(self.table(), attribute);
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
            let message = format!(
                "has too many entries, the limit is {max}; write fewer, or split the row in two"
            );
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
                    "stands twice in the map, here and as `{}`; remove one of the two",
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

/// What is wrong with a value that stands as an entry of a list.
fn no_entry(attribute: &str, value: &Value) -> String {
    // The console's other view writes `{"S": "u1"}` for `u1`.
    if let Value::Map(map) = value
        && let Some((kind, Value::Text(inner))) = map.iter().next()
        && map.len() == 1
        && matches!(kind.as_str(), "S" | "N")
    {
        return format!("is an entry in DynamoDB's own JSON; write `{}`", cut(inner));
    }
    match value {
        Value::Null => "an entry is empty (NULL); remove it".to_owned(),
        Value::Bool(_) if attribute.ends_with("SdkAppIds") => {
            "every entry must be the number of an app; write such as `1400000000`".to_owned()
        }
        Value::Bool(_) if attribute == "OnlyWithGroups" => {
            "every entry must be the number of a group; write such as `6521`".to_owned()
        }
        Value::Bool(b) => format!("every entry must be text; write `\"{b}\"`"),
        Value::List(_) | Value::Set(_) => {
            "is a list inside the list; write its entries into the list itself".to_owned()
        }
        _ => "every entry must be text; write it as text".to_owned(),
    }
}

/// What is wrong with an entry of a list.
pub(crate) fn wrong_entry(entry: &str) -> Option<String> {
    wrong(entry, true, &as_they_stand)
}

/// What to write for an entry that only seems to be several.
fn one_to_write(entry: &str, write: Write<'_>) -> Option<String> {
    match write(&[entry])?.as_slice() {
        [one] if one != entry => Some(one.clone()),
        _ => None,
    }
}

/// What is wrong with an entry.
fn wrong(entry: &str, in_list: bool, write: Write<'_>) -> Option<String> {
    if is_plain(entry) {
        return None;
    }
    if entry.is_empty() {
        return Some("an entry is empty; remove it, or write a value".to_owned());
    }
    if entry.len() > MAX_ID_BYTES {
        return Some(format!(
            "an entry is {} bytes long, and at most {MAX_ID_BYTES} are allowed; write a shorter one",
            entry.len()
        ));
    }
    if let Some(message) = instead_of_text(entry, false) {
        return Some(message);
    }
    let bare = unquoted(entry);
    if let Some(parts) = entries_in_one(bare).filter(|_| in_list) {
        if let Some(one) = one_to_write(bare, write).filter(|_| parts.len() > 1) {
            return Some(format!("write `{one}`"));
        }
        let parts: Vec<&str> = parts.into_iter().map(unquoted).collect();
        let shown = write(&parts).map(|texts| {
            texts.iter().map(|text| format!("`{}`", cut(text))).collect::<Vec<_>>().join(", ")
        });
        return Some(match (parts.len(), shown) {
            (0, _) => "an entry is a separator alone; remove it".to_owned(),
            (1, Some(only)) => format!("an entry has a separator at its end; write {only}"),
            (1, None) => "an entry has a separator at its end; remove it".to_owned(),
            (several, Some(shown)) => format!(
                "holds {several} entries in one; write each as an entry of its own: {shown}"
            ),
            (several, None) => {
                format!("holds {several} entries in one; write each as an entry of its own")
            }
        });
    }
    (bare.len() < entry.len()).then(|| {
        match (bare, write(&[bare]).unwrap_or_default().as_slice()) {
            ("", _) => "an entry has only quotes or brackets; remove it".to_owned(),
            (_, [write]) => {
                format!(
                    "is in quotes or brackets, which are not part of it; write `{}`",
                    cut(write)
                )
            }
            _ => "is in quotes or brackets, which are not part of it; write it without them"
                .to_owned(),
        }
    })
}

/// Whether the entry is one id or name without a sign that may be a separator, a quote or a
/// bracket, as nearly all are.
fn is_plain(entry: &str) -> bool {
    let is_alphanumeric = |b: Option<&u8>| b.is_some_and(u8::is_ascii_alphanumeric);
    let bytes = entry.as_bytes();
    let is_usual =
        |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b' ' | b'-' | b'.' | b'@' | b'_');
    bytes.len() <= MAX_ID_BYTES
        && is_alphanumeric(bytes.first())
        && is_alphanumeric(bytes.last())
        && bytes.iter().all(is_usual)
}

/// The entry without the quotes or square brackets that people put around it, or leave at one end
/// of a list that was split.
fn unquoted(entry: &str) -> &str {
    let double =
        |c: char| matches!(c, '"' | '“' | '”' | '„' | '‟' | '«' | '»' | '「' | '」' | '＂');
    let mut bare = entry;
    if let Some(inner) = bare.strip_prefix('[').and_then(|inner| inner.strip_suffix(']')) {
        bare = inner.trim();
    } else if let Some(inner) = bare.strip_prefix("[\"").or_else(|| bare.strip_prefix("['")) {
        bare = inner.trim();
    } else if let Some(inner) = bare.strip_suffix("\"]").or_else(|| bare.strip_suffix("']")) {
        bare = inner.trim();
    }
    // What is left of a list that was split, or only begun.
    if bare.starts_with('[') && !bare.contains(']') {
        bare = bare.trim_start_matches('[').trim();
    } else if bare.ends_with(']') && !bare.contains('[') {
        bare = bare.trim_end_matches(']').trim();
    }
    bare = bare.trim_matches(double).trim();
    for quote in ['\'', '`', '’', '‘'] {
        let open = if quote == '’' {
            bare.strip_prefix(['‘', '’'])
        } else {
            bare.strip_prefix(quote)
        };
        if let Some(inner) = open.and_then(|inner| inner.strip_suffix(quote)) {
            bare = inner.trim();
        }
    }
    bare
}
