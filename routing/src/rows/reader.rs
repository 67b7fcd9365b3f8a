//! Reads attributes of one row in the lenient kinds of the console, and notes every finding.
//!
//! Lenient: a number typed as text, a list typed as a set or as one text, `"true"` for a BOOL.
//! Strict: a name nobody knows, an empty condition, an empty entry.

use super::Defaults;
use super::finding::{Finding, Severity};
use super::is_note;
use super::table::Table;
use super::value::{Row, Value};
use crate::hours::{Country, Zone};
use crate::text::closest;

/// Longest id or name, in bytes.
pub(super) const MAX_ID_BYTES: usize = 512;
/// Most entries of a list, unless said otherwise.
pub(super) const MAX_ENTRIES: usize = 1_000;

/// What an empty attribute means.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Empty {
    /// An optional setting: the same as absent.
    IsAbsent,
    /// A condition or target: an error, because "no condition" would make the row wider.
    IsError,
}

/// A reader over one row. Every method notes a finding for what it cannot read and then returns
/// nothing.
pub struct Reader<'r> {
    row: &'r Row,
    table: Table,
    key: &'r str,
    findings: Vec<Finding>,
}

impl<'r> Reader<'r> {
    /// A reader over `row`, whose key must be text of 1 to 512 bytes.
    ///
    /// # Errors
    /// The finding, when the key cannot be one.
    pub fn new(table: Table, row: &'r Row) -> Result<Self, Finding> {
        let name = table.key_attribute();
        match row.get(name) {
            Some(Value::Text(key)) if !key.trim().is_empty() && key.len() <= MAX_ID_BYTES => {
                Ok(Self { row, table, key, findings: Vec::new() })
            }
            found => {
                let shown = found.map(Value::shown).unwrap_or_default();
                let message = format!(
                    "the key must be text of 1 to {MAX_ID_BYTES} bytes; write the row again under such a key"
                );
                Err(Finding::new(Severity::Error, table, &shown, Some(name), found, message))
            }
        }
    }

    /// The row's key, as stored.
    pub fn key(&self) -> &'r str {
        self.key
    }

    /// Notes an error about `attribute`.
    pub fn error(&mut self, attribute: &str, message: impl Into<String>) {
        self.note(Severity::Error, attribute, self.row.get(attribute), message);
    }

    /// Notes an error about one entry of `attribute`.
    pub fn error_at(&mut self, attribute: &str, found: &str, message: impl Into<String>) {
        self.note(Severity::Error, attribute, Some(&Value::Text(found.to_owned())), message);
    }

    /// Notes a warning about `attribute`.
    pub fn warn(&mut self, attribute: &str, message: impl Into<String>) {
        self.note(Severity::Warning, attribute, self.row.get(attribute), message);
    }

    fn note(
        &mut self,
        severity: Severity,
        attribute: &str,
        found: Option<&Value>,
        message: impl Into<String>,
    ) {
        self.findings.push(Finding::new(
            severity,
            self.table,
            self.key,
            Some(attribute),
            found,
            message,
        ));
    }

    /// Whether the attribute is there at all, empty or not.
    pub fn has(&self, attribute: &str) -> bool {
        self.row.contains_key(attribute)
    }

    /// The attribute's value, when it is there and not empty.
    pub fn value(&mut self, attribute: &str, empty: Empty) -> Option<&'r Value> {
        let value = self.row.get(attribute)?;
        if !value.is_empty() {
            return Some(value);
        }
        if empty == Empty::IsError {
            self.error(attribute, "is empty; give it a value, or remove the attribute");
        }
        None
    }

    /// Text, trimmed. A number is taken as the text it was typed as.
    pub fn text(&mut self, attribute: &str, empty: Empty) -> Option<&'r str> {
        match self.value(attribute, empty)? {
            Value::Text(text) | Value::Number(text) => Some(text.trim()),
            _ => {
                self.error(attribute, "expected text (S)");
                None
            }
        }
    }

    /// An id: text of at most 512 bytes.
    pub fn id(&mut self, attribute: &str, empty: Empty) -> Option<&'r str> {
        let id = self.text(attribute, empty)?;
        if id.len() > MAX_ID_BYTES {
            self.error(
                attribute,
                format!("is {} bytes long; at most {MAX_ID_BYTES} are allowed", id.len()),
            );
            return None;
        }
        Some(id)
    }

    /// `true` or `false`, as a BOOL or typed as text.
    pub fn bool(&mut self, attribute: &str) -> Option<bool> {
        let read = match self.value(attribute, Empty::IsAbsent)? {
            Value::Bool(b) => Some(*b),
            Value::Text(text) if text.trim().eq_ignore_ascii_case("true") => Some(true),
            Value::Text(text) if text.trim().eq_ignore_ascii_case("false") => Some(false),
            _ => None,
        };
        if read.is_none() {
            self.error(attribute, "expected true or false (BOOL)");
        }
        read
    }

    /// A number, also typed as text.
    pub fn number(
        &mut self,
        attribute: &str,
        empty: Empty,
        expected: &str,
        good: impl Fn(f64) -> bool,
    ) -> Option<f64> {
        let read = number(self.value(attribute, empty)?).filter(|n| good(*n));
        if read.is_none() {
            self.error(attribute, format!("expected {expected}"));
        }
        read
    }

    /// A whole number between `min` and `max`, also typed as text or with a zero fraction
    /// (`6521.0`).
    pub fn whole(&mut self, attribute: &str, empty: Empty, min: i64, max: i64) -> Option<i64> {
        let read = whole(self.value(attribute, empty)?).filter(|n| (min..=max).contains(n));
        if read.is_none() {
            self.error(attribute, format!("expected {}", whole_range(min, max)));
        }
        read
    }

    /// Entries of a list, a set, one text split at commas and line breaks, or a single number.
    /// Trimmed, in order, none empty, each at most 512 bytes.
    pub fn list(&mut self, attribute: &str, empty: Empty, max: usize) -> Option<Vec<&'r str>> {
        let value = self.value(attribute, empty)?;
        self.entries(attribute, value, max)
    }

    /// Like [`Reader::list`], where the order matters: a set with several entries has none and is
    /// an error.
    pub fn ordered_list(&mut self, attribute: &str, empty: Empty) -> Option<Vec<&'r str>> {
        let value = self.value(attribute, empty)?;
        if matches!(value, Value::Set(entries) if entries.len() > 1) {
            self.error(attribute, "a set has no order, but the order matters here; use a list (L)");
            return None;
        }
        self.entries(attribute, value, MAX_ENTRIES)
    }

    fn entries(&mut self, attribute: &str, value: &'r Value, max: usize) -> Option<Vec<&'r str>> {
        let raw: Vec<&'r str> = match value {
            Value::Text(text) => text.trim().split([',', '\n']).take(max + 1).collect(),
            Value::Number(number) => vec![number],
            Value::List(values) | Value::Set(values) => {
                let mut raw = Vec::with_capacity(values.len().min(max + 1));
                for value in values.iter().take(max + 1) {
                    match value {
                        Value::Text(text) | Value::Number(text) => raw.push(text.as_str()),
                        other => {
                            self.note(
                                Severity::Error,
                                attribute,
                                Some(other),
                                "every entry must be text, and none may be empty",
                            );
                            return None;
                        }
                    }
                }
                raw
            }
            _ => {
                self.error(attribute, "expected a list (L) of text");
                return None;
            }
        };
        if raw.len() > max {
            self.error(
                attribute,
                format!("has more than {max} entries, which is the most allowed"),
            );
            return None;
        }
        let entries: Vec<&str> = raw.into_iter().map(str::trim).collect();
        for entry in &entries {
            if entry.is_empty() {
                self.error(attribute, "has an empty entry; remove it (also a comma too many)");
                return None;
            }
            if entry.len() > MAX_ID_BYTES {
                self.error_at(
                    attribute,
                    entry,
                    format!(
                        "the entry is {} bytes long; at most {MAX_ID_BYTES} are allowed",
                        entry.len()
                    ),
                );
                return None;
            }
        }
        Some(entries)
    }

    /// Names with a whole number each, as a list (every name gets `default`) or a map (name →
    /// number between `min` and `max`).
    pub fn names_with_numbers(
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
        self.map_entries(
            attribute,
            map,
            |value| whole(value).filter(|n| (min..=max).contains(n)),
            &whole_range(min, max),
        )
    }

    /// The entries of a map, each value read by `read`; `expected` is what the message asks for.
    pub fn map_entries<T>(
        &mut self,
        attribute: &str,
        map: &'r std::collections::BTreeMap<String, Value>,
        read: impl Fn(&'r Value) -> Option<T>,
        expected: &str,
    ) -> Option<Vec<(&'r str, T)>> {
        if map.len() > MAX_ENTRIES {
            self.error(
                attribute,
                format!("has {} entries; at most {MAX_ENTRIES} are allowed", map.len()),
            );
            return None;
        }
        let mut entries = Vec::with_capacity(map.len());
        for (name, value) in map {
            let trimmed = name.trim();
            if trimmed.is_empty() || trimmed.len() > MAX_ID_BYTES {
                self.error(
                    attribute,
                    format!("every name in the map must be 1 to {MAX_ID_BYTES} bytes long"),
                );
                return None;
            }
            let Some(read) = read(value) else {
                self.note(
                    Severity::Error,
                    attribute,
                    Some(value),
                    format!("`{}` in the map: expected {expected}", crate::text::cut(trimmed)),
                );
                return None;
            };
            entries.push((trimmed, read));
        }
        Some(entries)
    }

    /// The row's `TimeZone` and `HolidayCountry`, else the deployment's.
    pub fn zone_and_country(&mut self, defaults: &Defaults) -> (Zone, Option<Country>) {
        let zone = self.parsed("TimeZone", Zone::parse).unwrap_or(defaults.time_zone);
        if self.has("TimeZone") && zone.is_fixed_offset() {
            self.warn("TimeZone", "is a fixed offset, which knows no daylight saving, and in `Etc/GMT+9` the sign is reversed; name a place, such as `Asia/Seoul`");
        }
        let country = self.parsed("HolidayCountry", Country::parse).or(defaults.holiday_country);
        (zone, country)
    }

    fn parsed<T>(
        &mut self,
        attribute: &str,
        parse: impl Fn(&str) -> Result<T, String>,
    ) -> Option<T> {
        let text = self.text(attribute, Empty::IsAbsent)?;
        parse(text).map_err(|message| self.error(attribute, message)).ok()
    }

    /// Checks that every attribute is a known one, and gives back the findings.
    pub fn finish(mut self, known: &[&str]) -> Vec<Finding> {
        for (name, value) in self.row {
            if is_note(name) || name == self.table.key_attribute() || known.contains(&name.as_str())
            {
                continue;
            }
            let message = match closest(name, known.iter().copied()) {
                Some(near) => {
                    format!("no such attribute; did you mean `{near}`? (notes of your own go into `Notes` or a name that starts with `_`)")
                }
                None => "no such attribute; remove it, or put notes into `Notes` or a name that starts with `_`".to_owned(),
            };
            self.note(Severity::Error, name, Some(value), message);
        }
        self.findings
    }
}

/// A finite number, also typed as text.
pub(crate) fn number(value: &Value) -> Option<f64> {
    match value {
        Value::Number(text) | Value::Text(text) => {
            text.trim().parse().ok().filter(|n: &f64| n.is_finite())
        }
        _ => None,
    }
}

/// A whole number, also typed as text or with a zero fraction.
pub(crate) fn whole(value: &Value) -> Option<i64> {
    /// Above this, a floating-point number no longer tells neighbours apart.
    const EXACT: f64 = 9_007_199_254_740_992.0;
    if let Value::Number(text) | Value::Text(text) = value
        && let Ok(exact) = text.trim().parse()
    {
        return Some(exact);
    }
    number(value).filter(|n| n.fract() == 0.0 && n.abs() < EXACT).map(|n| n as i64)
}

fn whole_range(min: i64, max: i64) -> String {
    if max == i64::MAX {
        format!("a whole number, {min} or more")
    } else {
        format!("a whole number from {min} to {max}")
    }
}

#[cfg(test)]
mod tests;
