//! What only the operator function does with the tables: it writes a row's verdict, and what rows
//! were before.

use std::collections::HashMap;

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::error::{DisplayErrorContext, ProvideErrorMetadata};
use aws_sdk_dynamodb::types::AttributeValue;
use chrono::{DateTime, TimeDelta, Utc};

use super::tables::{Requests, TableError, Tables, table_error};
use crate::settings::TableNames;
use routing::inspect::{LastGood, Verdict};
use routing::rows::json::print_value;
use routing::rows::{Row, Table, Value, without_underscores};

/// The attribute that tells a row's editor what was found.
const CHECK: &str = "_Check";
/// The attribute that keeps a row's version in force while the row is in error.
const LAST_GOOD: &str = "_LastGood";
/// All that is written into rows that people edit.
pub const VERDICT_ATTRIBUTES: [&str; 2] = [CHECK, LAST_GOOD];

/// How long history is kept.
const HISTORY_KEPT: TimeDelta = TimeDelta::days(90);

/// The history table: what rows were before each change. Key `RowKey` (`rules/vip`), sort key
/// `ChangedAt`.
#[derive(Debug, Clone)]
pub struct History {
    client: Client,
    table: String,
}

impl Tables {
    /// The tables' names.
    pub fn names(&self) -> &TableNames {
        &self.names
    }

    /// The history table of this name, by the same client.
    pub fn history(&self, table: String) -> History {
        History { client: self.client.clone(), table }
    }

    /// All rows of a human table; none without the table.
    ///
    /// # Errors
    /// The table could not be read.
    pub async fn rows(&self, table: Table, requests: &Requests) -> Result<Vec<Row>, TableError> {
        match self.names.of(table) {
            Some(name) => self.scan(name, false, requests).await,
            None => Ok(Vec::new()),
        }
    }

    /// Writes a verdict into the row's `_Check` and `_LastGood`. A row that is gone meanwhile stays
    /// gone.
    ///
    /// # Errors
    /// The table could not be written.
    pub async fn write_verdict(
        &self,
        table: Table,
        key: &str,
        verdict: &Verdict,
    ) -> Result<(), TableError> {
        const DOING: &str = "writing `_Check` into";
        let Some(name) = self.names.of(table) else {
            return Err(table_error(DOING, table.name(), "is not configured"));
        };
        let (expression, last_good) = match &verdict.last_good {
            LastGood::Remove => ("SET #check = :check REMOVE #good", None),
            LastGood::Set(json) => ("SET #check = :check, #good = :good", Some(json)),
            LastGood::Keep => ("SET #check = :check", None),
        };
        let mut update = self
            .client
            .update_item()
            .table_name(name)
            .key(table.key_attribute(), AttributeValue::S(key.to_owned()))
            .update_expression(expression)
            .condition_expression("attribute_exists(#key)")
            .expression_attribute_names("#key", table.key_attribute())
            .expression_attribute_names("#check", CHECK)
            .expression_attribute_values(":check", AttributeValue::S(verdict.check.clone()));
        if verdict.last_good != LastGood::Keep {
            update = update.expression_attribute_names("#good", LAST_GOOD);
        }
        if let Some(json) = last_good {
            update = update.expression_attribute_values(":good", AttributeValue::S(json.clone()));
        }
        match update.send().await {
            Ok(_) => Ok(()),
            Err(error)
                if error.as_service_error().and_then(ProvideErrorMetadata::code)
                    == Some("ConditionalCheckFailedException") =>
            {
                Ok(())
            }
            Err(error) => Err(table_error(DOING, name, DisplayErrorContext(error))),
        }
    }
}

impl History {
    /// Appends what a row was before the change at `changed_at`; `None` = there was none. The same
    /// change twice is one entry.
    ///
    /// # Errors
    /// The table could not be written.
    pub async fn append(
        &self,
        table: Table,
        key: &str,
        changed_at: &str,
        before: Option<&Row>,
        now: DateTime<Utc>,
    ) -> Result<(), TableError> {
        let mut item = HashMap::from([
            ("RowKey".to_owned(), AttributeValue::S(format!("{}/{key}", table.name()))),
            ("ChangedAt".to_owned(), AttributeValue::S(changed_at.to_owned())),
            (
                "ExpiresAt".to_owned(),
                AttributeValue::N((now + HISTORY_KEPT).timestamp().to_string()),
            ),
        ]);
        if let Some(before) = before {
            item.insert(
                "Row".to_owned(),
                AttributeValue::S(print_value(&Value::Map(without_underscores(before)))),
            );
        }
        match self.client.put_item().table_name(&self.table).set_item(Some(item)).send().await {
            Ok(_) => Ok(()),
            Err(error) => {
                Err(table_error("keeping history in", &self.table, DisplayErrorContext(error)))
            }
        }
    }
}
