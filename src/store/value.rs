//! DynamoDB's attribute values as row values.

use std::collections::HashMap;

use aws_sdk_dynamodb::types::AttributeValue;

use crate::rows::{Row, Value};

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
        AttributeValue::Ss(texts) => Value::Set(texts.into_iter().map(Value::Text).collect()),
        AttributeValue::Ns(numbers) => Value::Set(numbers.into_iter().map(Value::Number).collect()),
        AttributeValue::B(_) | AttributeValue::Bs(_) => Value::Binary,
        // NULL, and kinds that DynamoDB may add one day: nothing that a row can say.
        _ => Value::Null,
    }
}
