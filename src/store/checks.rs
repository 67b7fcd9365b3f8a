//! What the operator function writes into the rows that people edit: `_Check`, and nothing else.

use aws_sdk_dynamodb::error::ProvideErrorMetadata;
use aws_sdk_dynamodb::types::AttributeValue;
use routing::rows::{Table, Value};

use super::tables::{TableError, Tables, request_error, table_error};
use super::value::attribute;

/// The attribute that tells a row's editor what was found.
pub const CHECK: &str = "_Check";

/// What a row's `_Check` must still be, to be written.
#[derive(Debug, Clone, Copy)]
pub enum Before<'a> {
    /// Anything.
    Any,
    /// What was read; `None` when the row had none.
    Read(Option<&'a Value>),
}

impl Tables {
    /// Writes a row's `_Check`; whether it was written. A row that is gone meanwhile stays gone.
    ///
    /// # Errors
    /// The table could not be written.
    pub(crate) async fn write_check(
        &self,
        table: Table,
        key: &str,
        check: &str,
        before: Before<'_>,
    ) -> Result<bool, TableError> {
        const DOING: &str = "writing `_Check` into";
        let Some(name) = self.names.of(table) else {
            return Err(table_error(DOING, table.name(), "is not configured"));
        };
        let update = self
            .client
            .update_item()
            .table_name(name)
            .key(table.key_attribute(), AttributeValue::S(key.to_owned()))
            .update_expression("SET #check = :check")
            .expression_attribute_names("#key", table.key_attribute())
            .expression_attribute_names("#check", CHECK)
            .expression_attribute_values(":check", AttributeValue::S(check.to_owned()));
        let update = match before {
            // What a binary value was is not known here.
            Before::Any | Before::Read(Some(Value::Binary)) => {
                update.condition_expression("attribute_exists(#key)")
            }
            Before::Read(None) => update
                .condition_expression("attribute_exists(#key) AND attribute_not_exists(#check)"),
            Before::Read(Some(value)) => update
                .condition_expression("attribute_exists(#key) AND #check = :before")
                .expression_attribute_values(":before", attribute(value)),
        };
        match update.send().await {
            Ok(_) => Ok(true),
            Err(error) if error.code() == Some("ConditionalCheckFailedException") => Ok(false),
            Err(error) => Err(request_error(DOING, name, &error)),
        }
    }
}
