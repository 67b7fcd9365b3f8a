//! A customer row: what is known about the user who asks for a human.

mod expiry;
mod words;

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{DateTime, Utc};

pub use self::expiry::instead_of_seconds;
use super::attributes::CUSTOMER;
use super::cleaned::{Cleaned, is_deeper};
use super::keys::doubt as doubt_of_key;
use super::limits::{MAX_DEPTH, MAX_ENTRIES, MAX_ID_BYTES};
use super::own::Own;
use super::reader::{Empty, RowReader, wrong_entry};
use super::{Defaults, Fact, Finding, Read, ReadRow, Row, Table, Value, is_note};
use crate::hours::parse_end;
use crate::language;
use crate::text::{
    Logic, closest_attribute, cut, entries_in_one, is_company, logic, name_key, number_meant,
    plain, two_numbers,
};

/// Most attributes of a customer's own.
const MAX_OWN: usize = 200;

/// What is known about one user.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Customer {
    /// Segments by name, each until an instant, if any.
    pub segments: Vec<(String, Option<DateTime<Utc>>)>,
    /// The language, as [`language::parse`] gives it.
    pub language: Option<String>,
    /// The agent who owns the customer.
    pub owner: Option<Arc<str>>,
    /// When the row ends; DynamoDB removes it some time later.
    pub expires_at: Option<DateTime<Utc>>,
    /// The customer's own attributes, by compared name.
    pub attributes: BTreeMap<String, Vec<Own>>,
}

impl Customer {
    /// The segments that the customer is in at `now`, by compared name.
    pub fn segments_at(&self, now: DateTime<Utc>) -> impl Iterator<Item = &str> {
        let current = self.segments.iter().filter(move |(_, until)| is_current(*until, now));
        current.map(|(name, _)| name.as_str())
    }

    /// Whether the customer is in the segment (by its compared name) at `now`.
    pub fn in_segment(&self, segment: &str, now: DateTime<Utc>) -> bool {
        self.segments_at(now).any(|name| name == segment)
    }
}

/// Whether who is in a segment until then is in it at `now`; `None` = for ever.
pub(crate) fn is_current(until: Option<DateTime<Utc>>, now: DateTime<Utc>) -> bool {
    until.is_none_or(|until| now < until)
}

/// A customer as a decision knows it, out of the row that was found for the user; `None` = there is
/// no row. A row in error is unknown, one that has ended is none. With the row's findings.
pub fn known(
    row: Option<&Row>,
    defaults: &Defaults,
    now: DateTime<Utc>,
) -> (Fact<Option<Customer>>, Vec<Finding>) {
    let Some(row) = row else { return (Fact::Is(None), Vec::new()) };
    match read(row, defaults, now) {
        Ok((_, Read::Good(customer), findings)) => {
            let is_left = |customer: &Customer| !expiry::has_ended(customer.expires_at, now);
            (Fact::Is(Some(customer).filter(is_left)), findings)
        }
        Ok((_, Read::Bad | Read::Disabled(_), findings)) => (Fact::Unknown, findings),
        Err(finding) => (Fact::Unknown, vec![finding]),
    }
}

/// Reads a customer row. `now` only says which ends have passed.
///
/// # Errors
/// The finding, when the row has no usable key.
pub fn read<'r>(row: &'r Row, defaults: &Defaults, now: DateTime<Utc>) -> ReadRow<'r, Customer> {
    let cleaned = Cleaned::new(Table::Customers, row)?;
    let key = cleaned.key();
    let mut reader = RowReader::new(&cleaned);
    if let Some(doubt) = doubt_of_key(key, "the user's id") {
        reader.warn(Table::Customers.key_attribute(), doubt);
    }
    let segments = segments(&mut reader, defaults);
    let language =
        reader.id("Language", Empty::IsAbsent, "a language code, such as `ko`").and_then(|text| {
            if let Some(doubt) = language::doubt(text) {
                reader.warn("Language", doubt);
            }
            let one = |codes| format!("expected one language; write one of them: {codes}");
            let told = |message| language::several(text).map_or(message, one);
            language::parse(text).map_err(|message| reader.error("Language", told(message))).ok()
        });
    let owner = owner(&mut reader);
    let expires_at = expiry::read(&mut reader, defaults, now);
    let attributes = own_attributes(&mut reader);
    let (read, findings) = Read::conclude(None, reader.finish(), || {
        Some(Customer { segments, language, owner, expires_at, attributes })
    });
    Ok((key, read, findings))
}

fn segments(
    reader: &mut RowReader<'_>,
    defaults: &Defaults,
) -> Vec<(String, Option<DateTime<Utc>>)> {
    let end = |text: &str| parse_end(text, defaults.time_zone);
    let mut segments = Vec::new();
    match reader.value("Segments", Empty::IsAbsent) {
        Some(Value::Map(map)) if reader.is_wrapped("Segments", map) => {}
        Some(Value::Map(map)) => {
            let expected = || "the last day as text, such as `2026-12-31`".to_owned();
            for (name, until) in
                reader.map_entries("Segments", map, Value::as_text, expected).unwrap_or_default()
            {
                match end(until) {
                    Ok(until) => segments.push((name_key(name), Some(until))),
                    Err(message) => reader.error_at("Segments", until, message),
                }
            }
        }
        Some(_) => {
            for name in reader.list("Segments", Empty::IsAbsent, MAX_ENTRIES).unwrap_or_default() {
                // A last day behind the name would be part of the name, and the segment for ever.
                let behind = name
                    .split_once([':', '=', '：', '＝', '(', '（'])
                    .or_else(|| name.split_once(char::is_whitespace));
                if let Some((segment, until)) = behind
                    && let until = until.trim_end_matches([')', '）']).trim()
                    && let until = until.strip_prefix("until ").unwrap_or(until).trim()
                    && end(until).is_ok()
                {
                    let message = format!(
                        "a last day is not written after the name; write a map: \
                        `{{\"{}\": \"{}\"}}`",
                        cut(segment.trim()),
                        cut(until)
                    );
                    reader.error_at("Segments", name, message);
                }
                if let Some(doubt) = doubt_of_segment(name) {
                    reader.warn_at("Segments", name, doubt);
                }
                segments.push((name_key(name), None));
            }
        }
        None => {}
    }
    segments
}

/// What to write, if a segment was meant to be more than one name.
fn doubt_of_segment(name: &str) -> Option<String> {
    match logic(name)? {
        Logic::Unlike(_) | Logic::Not(_) => Some(
            "is read as one name; a customer is in the segments that are named, and in no other: \
            remove it"
                .to_owned(),
        ),
        Logic::Any(names) | Logic::All(names) => {
            let quoted: Vec<String> =
                names.iter().map(|name| format!("\"{}\"", cut(name))).collect();
            Some(format!(
                "is read as one name; if these are several, write the list `[{}]`",
                quoted.join(", ")
            ))
        }
    }
}

fn owner(reader: &mut RowReader<'_>) -> Option<Arc<str>> {
    let owner = reader.id("Owner", Empty::IsAbsent, "the agent's id")?;
    if let Some(several) = entries_in_one(owner) {
        let first = several.first().copied().unwrap_or_default();
        let message =
            format!("expected one agent's id; write one of them, such as `{}`", cut(first));
        reader.error("Owner", message);
        return None;
    }
    Some(owner.into())
}

/// The attributes that are the customer's own.
fn own_attributes(reader: &mut RowReader<'_>) -> BTreeMap<String, Vec<Own>> {
    let mut attributes = BTreeMap::new();
    let mut names: BTreeMap<String, &str> = BTreeMap::new();
    for (count, (name, value)) in reader.strangers().enumerate() {
        if count == MAX_OWN {
            let message = format!(
                "the row has too many attributes of its own, the limit is {MAX_OWN}; remove some"
            );
            reader.error(name, message);
            return attributes;
        }
        if let Some(meant) = ours(name) {
            let message = format!(
                "is nearly an attribute of ours; did you mean `{meant}`? (if not, write another \
                name)"
            );
            reader.error(name, message);
            continue;
        }
        let key = name_key(name);
        if let Some(first) = names.insert(key.clone(), name) {
            let message = format!(
                "is the same name as `{}`, as names are compared; remove one of the two",
                cut(first)
            );
            reader.error(name, message);
            continue;
        }
        if let Some(ours) = words::ours(&key) {
            let message = format!(
                "is an attribute of the customer's own; if `{ours}` is meant, write that name"
            );
            reader.warn(name, message);
        }
        if let Some(doubt) = doubt(value) {
            reader.warn(name, doubt);
        }
        let Some(values) = Own::all(value) else {
            let message =
                format!("has more than {MAX_ENTRIES} values, which is the most; write fewer");
            reader.error(name, message);
            continue;
        };
        if !values.is_empty() {
            attributes.insert(key, values);
        }
    }
    attributes
}

/// What the editor of a value of a customer's own may not have meant.
fn doubt(value: &Value) -> Option<String> {
    let number_as_text = |value: &Value| {
        let Value::Text(text) = value else { return None };
        if let Some((many, few)) = two_numbers(text) {
            return Some(format!(
                "`{}` is compared as {few}; write the number `{many}`, or `{few}`",
                cut(text)
            ));
        }
        let signs = ['.', ',', '%', '$', '€', '¥', '₩', '£', '元', '원', '円', ' ', '_', '\''];
        let number = number_meant(text).filter(|_| plain(text).contains(signs))?;
        Some(format!(
            "`{}` is compared as a text, not as a number; write the number `{number}`",
            cut(text)
        ))
    };
    match value {
        // What is nested too deep is told as such.
        Value::Map(_) | Value::Binary => (!is_deeper(value, MAX_DEPTH))
            .then(|| "cannot be compared by a rule; write a text, a number or a list".to_owned()),
        Value::List(entries) | Value::Set(entries) => {
            entries.iter().find_map(|entry| number_as_text(entry).or_else(|| entry_doubt(entry)))
        }
        value => number_as_text(value),
    }
}

/// What is odd about an entry of a list of a customer's own. Such lists are other people's too, so
/// it stops nothing: what is left out no rule can ask for, and parts are compared as well.
fn entry_doubt(entry: &Value) -> Option<String> {
    match entry {
        // `1,000` is one number badly written, `Acme, Inc.` one company.
        Value::Text(text) if number_meant(text).is_some() || is_company(text) => None,
        Value::Text(text) if text.len() > MAX_ID_BYTES => None,
        Value::Text(text) => wrong_entry(text),
        Value::Number(_) | Value::Bool(_) => None,
        Value::Null => Some("an entry is empty (NULL); remove it".to_owned()),
        _ => Some("an entry cannot be compared by a rule; write texts or numbers".to_owned()),
    }
}

/// The attribute of ours that a name is nearly spelt like.
pub(super) fn ours(name: &str) -> Option<&'static str> {
    if is_note(name) {
        return None;
    }
    match name_key(name).as_str() {
        "expires" | "expire" | "expired" => return Some("ExpiresAt"),
        _ => {}
    }
    closest_attribute(name, CUSTOMER.into_iter().chain([Table::Customers.key_attribute()]))
}

#[cfg(test)]
mod tests;
