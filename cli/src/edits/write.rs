//! Changes written row by row, each only if the row is still as it was shown.

use std::collections::HashMap;

use anyhow::{Result, anyhow, bail};
use aws_sdk_dynamodb::error::{ProvideErrorMetadata, SdkError};
use aws_sdk_dynamodb::types::AttributeValue;
use desk_router::store::{attribute, item};
use futures_util::stream::{self, StreamExt};
use routing::rows::{Row, Table, Value, condition};

use crate::deployment::failure::sentence;
use crate::deployment::tables::LiveTables;
use crate::edits::changes::{Change, same_attribute};
use crate::terminal;

/// Most rows written at the same time: at 50 ms a write, ten thousand take a quarter of a minute.
pub const AT_ONCE: usize = 32;
/// From so many rows on there is a progress bar.
const MANY: usize = 50;
/// Most rows named that somebody else changed.
const NAMED: usize = 20;

/// Writes changes in an order that is safe half-way: what is referred to first, deletions last and
/// in reverse. Each row is written only if it is still as it was shown; the others are named at the
/// end.
///
/// # Errors
/// A table cannot be written, some rows had changed meanwhile, or a person stopped it with Ctrl-C.
/// Repeating the command continues where it stopped.
pub async fn write(live: &LiveTables, changes: Vec<Change>) -> Result<()> {
    let total = changes.len();
    let bar = terminal::progress(total, MANY, "rows");
    let (deletions, writes): (Vec<Change>, Vec<Change>) =
        changes.into_iter().partition(|change| change.after.is_none());
    let mut moved = Vec::new();
    let mut stopped = std::pin::pin!(tokio::signal::ctrl_c());
    let stages = Table::ALL
        .iter()
        .map(|table| (&writes, table))
        .chain(Table::ALL.iter().rev().map(|table| (&deletions, table)));
    for (changes, table) in stages {
        let of_table: Vec<&Change> =
            changes.iter().filter(|change| change.table == *table).collect();
        let mut running = stream::iter(of_table)
            .map(|change| async move { (change, write_one(live, change).await) })
            .buffer_unordered(AT_ONCE);
        loop {
            let next = tokio::select! {
                next = running.next() => next,
                _ = &mut stopped => bail!(
                    "interrupted: {} of {total} rows are written, or a few more; repeat the \
                    command to continue",
                    bar.position()
                ),
            };
            let Some((change, done)) = next else { break };
            let done = done.map_err(|why| {
                anyhow!(
                    "{} of {total} rows are written, or a few more, then {why}; repeat the command \
                    to continue",
                    bar.position()
                )
            })?;
            if !done {
                moved.push(format!("{} `{}`", change.table.name(), change.key));
            }
            bar.inc(1);
        }
    }
    bar.finish_and_clear();
    if !moved.is_empty() {
        let (count, more) = (moved.len(), moved.len().saturating_sub(NAMED));
        moved.truncate(NAMED);
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        let others = match total.saturating_sub(count) {
            0 => String::new(),
            1 => "; the other one is written".to_owned(),
            others => format!("; the other {others} are written"),
        };
        bail!(
            "{count} of {total} rows were changed by somebody else meanwhile and left alone: \
            {}{more}{others}; repeat the command to see what differs still",
            moved.join(", ")
        );
    }
    Ok(())
}

/// Writes one row; `false` when it is no longer as it was.
async fn write_one(live: &LiveTables, change: &Change) -> Result<bool, String> {
    let Some(table) = live.name(change.table) else {
        return Err(format!("{} is not set", change.table.variable()));
    };
    let key = change.table.key_attribute();
    let client = live.client();
    match (&change.before, &change.after) {
        (None, Some(after)) => {
            let put = client.put_item().table_name(table).set_item(Some(item(after)));
            let put = put
                .condition_expression("attribute_not_exists(#key)")
                .expression_attribute_names("#key", key);
            written(table, put.send().await.map(drop))
        }
        (Some(before), after) => {
            let mut expression = Expression::default();
            expression.unchanged(change.table, before);
            let key_value = AttributeValue::S(change.key.clone());
            let Some(after) = after else {
                let delete = client
                    .delete_item()
                    .table_name(table)
                    .key(key, key_value)
                    .condition_expression(&expression.condition);
                let delete = delete
                    .set_expression_attribute_names(Some(expression.names.clone()))
                    .set_expression_attribute_values(expression.values());
                return written(table, delete.send().await.map(drop));
            };
            let update = expression.update(change.table, before, after);
            let request = client
                .update_item()
                .table_name(table)
                .key(key, key_value)
                .condition_expression(&expression.condition);
            let request = request.update_expression(update);
            let request = request.set_expression_attribute_names(Some(expression.names.clone()));
            let request = request.set_expression_attribute_values(expression.values());
            written(table, request.send().await.map(drop))
        }
        (None, None) => Ok(true),
    }
}

fn written<E, R>(table: &str, result: Result<(), SdkError<E, R>>) -> Result<bool, String>
where
    E: ProvideErrorMetadata + std::error::Error + 'static,
    R: std::fmt::Debug + 'static,
{
    match result {
        Ok(()) => Ok(true),
        Err(error)
            if error.as_service_error().and_then(|error| error.code())
                == Some("ConditionalCheckFailedException") =>
        {
            Ok(false)
        }
        Err(error) => Err(sentence("writing", table, &error)),
    }
}

/// A condition and an update with their placeholders.
#[derive(Default)]
struct Expression {
    condition: String,
    names: HashMap<String, String>,
    values: HashMap<String, AttributeValue>,
}

impl Expression {
    fn name(&mut self, name: &str) -> String {
        let known = self
            .names
            .iter()
            .find(|(_, known)| *known == name)
            .map(|(placeholder, _)| placeholder.clone());
        known.unwrap_or_else(|| {
            let placeholder = format!("#n{}", self.names.len());
            self.names.insert(placeholder.clone(), name.to_owned());
            placeholder
        })
    }

    fn value(&mut self, value: &Value) -> String {
        let placeholder = format!(":v{}", self.values.len());
        self.values.insert(placeholder.clone(), attribute(value));
        placeholder
    }

    fn values(&self) -> Option<HashMap<String, AttributeValue>> {
        (!self.values.is_empty()).then(|| self.values.clone())
    }

    /// The row is as it was: every attribute has its value, and no attribute that means anything
    /// has come.
    fn unchanged(&mut self, table: Table, before: &Row) {
        let mut terms = Vec::new();
        // Binary is not read, so it cannot be compared; no attribute of ours is binary.
        for (name, value) in before.iter().filter(|(_, value)| **value != Value::Binary) {
            let name = self.name(name);
            let value = self.value(value);
            terms.push(format!("{name} = {value}"));
        }
        for name in known_attributes(table).filter(|name| !before.contains_key(*name)) {
            let name = self.name(name);
            terms.push(format!("attribute_not_exists({name})"));
        }
        self.condition = terms.join(" AND ");
    }

    fn update(&mut self, table: Table, before: &Row, after: &Row) -> String {
        let key = table.key_attribute();
        let mut set = Vec::new();
        for (name, value) in after.iter().filter(|(name, value)| {
            *name != key
                && !before.get(*name).is_some_and(|old| same_attribute(table, name, old, value))
        }) {
            set.push(format!("{} = {}", self.name(name), self.value(value)));
        }
        let gone: Vec<&String> = before.keys().filter(|name| !after.contains_key(*name)).collect();
        let remove: Vec<String> = gone.into_iter().map(|name| self.name(name)).collect();
        let clause = |word: &str, entries: Vec<String>| {
            if entries.is_empty() {
                String::new()
            } else {
                format!("{word} {} ", entries.join(", "))
            }
        };
        clause("SET", set) + &clause("REMOVE", remove)
    }
}

fn known_attributes(table: Table) -> impl Iterator<Item = &'static str> {
    let conditions: &[(&str, &str)] =
        if table == Table::Rules { condition::CONDITIONS } else { &[] };
    let conditions = conditions.iter().flat_map(|(plain, not)| [*plain, *not]);
    table.attributes().iter().copied().chain(conditions)
}
