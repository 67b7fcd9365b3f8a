//! Row values as DynamoDB has them: the SDK's attribute values, and DynamoDB's JSON.

use std::collections::HashMap;

use aws_sdk_dynamodb::types::AttributeValue;
use serde_json::Value as Json;

use routing::rows::{Row, Value};

/// An item as a row.
pub fn row(item: HashMap<String, AttributeValue>) -> Row {
    item.into_iter().map(|(name, attribute)| (name, value(attribute))).collect()
}

fn value(attribute: AttributeValue) -> Value {
    match attribute {
        AttributeValue::S(text) => Value::Text(text),
        AttributeValue::N(number) => Value::Number(number),
        AttributeValue::Bool(b) => Value::Bool(b),
        AttributeValue::L(entries) => Value::List(entries.into_iter().map(value).collect()),
        AttributeValue::M(map) => Value::Map(row(map)),
        AttributeValue::Ss(texts) => set(texts.into_iter().map(Value::Text)),
        AttributeValue::Ns(numbers) => set(numbers.into_iter().map(Value::Number)),
        AttributeValue::B(_) | AttributeValue::Bs(_) => Value::Binary,
        // NULL, and kinds that DynamoDB may add one day: nothing that a row can say.
        _ => Value::Null,
    }
}

/// A set, which has no order, in the order in which it stands in a release.
fn set(members: impl Iterator<Item = Value>) -> Value {
    let mut members: Vec<Value> = members.collect();
    members.sort();
    Value::Set(members)
}

/// A row as a DynamoDB item.
pub fn item(row: &Row) -> HashMap<String, AttributeValue> {
    row.iter().map(|(name, value)| (name.clone(), attribute(value))).collect()
}

/// A value as DynamoDB's.
pub fn attribute(value: &Value) -> AttributeValue {
    let texts = |entries: &[Value]| {
        entries
            .iter()
            .filter_map(|entry| {
                if let Value::Text(text) | Value::Number(text) = entry {
                    Some(text.clone())
                } else {
                    None
                }
            })
            .collect()
    };
    match value {
        Value::Null | Value::Binary => AttributeValue::Null(true),
        Value::Bool(b) => AttributeValue::Bool(*b),
        Value::Number(number) => AttributeValue::N(number.clone()),
        Value::Text(text) => AttributeValue::S(text.clone()),
        Value::List(entries) => AttributeValue::L(entries.iter().map(attribute).collect()),
        Value::Map(map) => AttributeValue::M(item(map)),
        Value::Set(entries) if matches!(entries.first(), Some(Value::Number(_))) => {
            AttributeValue::Ns(texts(entries))
        }
        Value::Set(entries) => AttributeValue::Ss(texts(entries)),
    }
}

/// A row out of DynamoDB's JSON, as stream records and exports have it.
pub fn row_from_dynamodb_json(image: &Json) -> Row {
    image
        .as_object()
        .into_iter()
        .flatten()
        .map(|(name, attribute)| (name.clone(), value_from_dynamodb_json(attribute)))
        .collect()
}

fn value_from_dynamodb_json(attribute: &Json) -> Value {
    let Some((kind, content)) = attribute.as_object().and_then(|attribute| attribute.iter().next())
    else {
        return Value::Null;
    };
    let text = |content: &Json| content.as_str().unwrap_or_default().to_owned();
    let each = |read: &dyn Fn(&Json) -> Value| {
        content.as_array().into_iter().flatten().map(read).collect()
    };
    match kind.as_str() {
        "S" => Value::Text(text(content)),
        "N" => Value::Number(text(content)),
        "BOOL" => Value::Bool(content.as_bool().unwrap_or_default()),
        "L" => Value::List(each(&value_from_dynamodb_json)),
        "M" => Value::Map(row_from_dynamodb_json(content)),
        "SS" => Value::Set(each(&|entry| Value::Text(text(entry)))),
        "NS" => Value::Set(each(&|entry| Value::Number(text(entry)))),
        "B" | "BS" => Value::Binary,
        _ => Value::Null,
    }
}
