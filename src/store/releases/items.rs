//! The items of the releases table: their keys, and what is read out of their attributes.

use std::collections::HashMap;

use aws_sdk_dynamodb::types::AttributeValue;
use chrono::DateTime;
use routing::release::Content;

/// An item as DynamoDB has it.
pub(super) type Item = HashMap<String, AttributeValue>;

pub(super) const ID: &str = "Id";
pub(super) const SORT: &str = "Sort";

/// A text.
pub(super) fn text(text: impl Into<String>) -> AttributeValue {
    AttributeValue::S(text.into())
}

/// As text, numbers sort like numbers only with equally many digits.
pub(super) fn release_place(number: u64) -> String {
    format!("{:012}", number.min(999_999_999_999))
}

/// The partition of a content's parts.
pub(super) fn part_id(content: &str) -> String {
    format!("part#{content}")
}

/// A part's place in it, of equally many digits.
pub(super) fn part_place(index: usize) -> String {
    format!("{index:02}")
}

/// A number of an item; 0 without it.
pub(super) fn number(item: &Item, name: &str) -> u64 {
    let number = item.get(name).and_then(|value| value.as_n().ok());
    number.and_then(|number| number.parse().ok()).unwrap_or_default()
}

/// The bytes of an attribute; `None` when it holds none.
pub(super) fn bytes(value: Option<AttributeValue>) -> Option<Vec<u8>> {
    match value? {
        AttributeValue::B(blob) => Some(blob.into_inner()),
        _ => None,
    }
}

/// The content that a note tells of; `None` when it is damaged.
pub(super) fn content_of(item: &Item) -> Option<Content> {
    let id = item.get(SORT)?.as_s().ok()?.clone();
    let parts = usize::try_from(number(item, "Parts")).ok()?;
    let noted_at = i64::try_from(number(item, "NotedAt")).ok()?;
    let noted_at = DateTime::from_timestamp(noted_at, 0)?;
    let is_gone = item.contains_key("Gone");
    Some(Content { id, basis: number(item, "Basis"), parts, noted_at, is_gone })
}
