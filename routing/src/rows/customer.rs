//! A customer row: what is known about the user who asks for a human.

use std::sync::Arc;

use chrono::{DateTime, Utc};

use super::cleaned::Cleaned;
use super::reader::{Empty, MAX_ENTRIES, Reader};
use super::{Fact, Finding, Read, ReadRow, Row, Table, Value};
use crate::hours::parse_end;
use crate::language;
use crate::rows::Defaults;
use crate::text::name_key;

/// Attributes of a customer row, beside its key.
pub const ATTRIBUTES: [&str; 4] = ["Segments", "Language", "Owner", "ExpiresAt"];

/// What is known about one user.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Customer {
    /// Segments by name, each until an instant, if any.
    pub segments: Vec<(String, Option<DateTime<Utc>>)>,
    /// The language by its compared name, with `-` between its parts.
    pub language: Option<String>,
    /// The agent who owns the customer.
    pub owner: Option<Arc<str>>,
    /// When the row ends; DynamoDB removes it some time later.
    pub expires_at: Option<DateTime<Utc>>,
}

impl Customer {
    /// Whether the row has ended (`ExpiresAt`); DynamoDB removes it some time later.
    pub fn has_ended(&self, now: DateTime<Utc>) -> bool {
        self.expires_at.is_some_and(|end| end <= now)
    }

    /// Whether the customer is in the segment (by its compared name) at `now`.
    pub fn in_segment(&self, segment: &str, now: DateTime<Utc>) -> bool {
        self.segments
            .iter()
            .any(|(name, until)| name == segment && until.is_none_or(|until| now < until))
    }
}

/// A customer as a decision knows it, out of the row that was found for the user; `None` = there is
/// no row. A row in error is unknown, one that has ended is none. With the row's findings.
pub fn known(
    row: Option<&Row>,
    defaults: &Defaults,
    now: DateTime<Utc>,
) -> (Fact<Option<Customer>>, Vec<Finding>) {
    let Some(row) = row else { return (Fact::Is(None), Vec::new()) };
    match read(row, defaults) {
        Ok((_, Read::Good(customer), findings)) => {
            (Fact::Is(Some(customer).filter(|customer| !customer.has_ended(now))), findings)
        }
        Ok((_, Read::Bad | Read::Disabled(_), findings)) => (Fact::Unknown, findings),
        Err(finding) => (Fact::Unknown, vec![finding]),
    }
}

/// Reads a customer row.
///
/// # Errors
/// The finding, when the row has no usable key.
pub fn read<'r>(row: &'r Row, defaults: &Defaults) -> ReadRow<'r, Customer> {
    let cleaned = Cleaned::new(Table::Customers, row)?;
    let key = cleaned.key();
    let mut reader = Reader::new(&cleaned);
    let mut segments = Vec::new();
    match reader.value("Segments", Empty::IsAbsent) {
        Some(Value::Map(map)) => {
            for (name, until) in reader
                .map_entries("Segments", map, Value::as_text, "the last day, such as `2026-12-31`")
                .unwrap_or_default()
            {
                match parse_end(until, defaults.time_zone) {
                    Ok(until) => segments.push((name_key(name), Some(until))),
                    Err(message) => reader.error_at("Segments", until, message),
                }
            }
        }
        Some(_) => {
            let names = reader.list("Segments", Empty::IsAbsent, MAX_ENTRIES).unwrap_or_default();
            segments.extend(names.into_iter().map(|name| (name_key(name), None)));
        }
        None => {}
    }
    let language = reader.id("Language", Empty::IsAbsent).and_then(|text| {
        if let Some(doubt) = language::doubt(text) {
            reader.warn("Language", doubt);
        }
        language::parse(text).map_err(|message| reader.error("Language", message)).ok()
    });
    let owner = reader.id("Owner", Empty::IsAbsent).map(Arc::from);
    let expires_at = reader
        .whole("ExpiresAt", Empty::IsAbsent, 0, i64::from(u32::MAX) * 2)
        .and_then(|seconds| DateTime::from_timestamp(seconds, 0));
    let (read, findings) = Read::conclude(None, reader.finish(), || {
        Some(Customer { segments, language, owner, expires_at })
    });
    Ok((key, read, findings))
}
