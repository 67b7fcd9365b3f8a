//! What would change in the tables, shown first and then written row by row, each only if it is
//! still as it was shown.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt::Write as _;
use std::io::{BufRead, IsTerminal, Write as _};

use anyhow::{Context, Result, bail};
use aws_sdk_dynamodb::error::SdkError;
use aws_sdk_dynamodb::types::AttributeValue;
use desk_router::store::{attribute, item};
use indicatif::{ProgressBar, ProgressStyle};
use routing::rows::json::print_value;
use routing::rows::{Row, Table, Value, condition, without_underscores};

use crate::live::Live;

/// Most rows written at the same time.
const AT_ONCE: usize = 16;
/// From so many rows on there is a progress bar.
const MANY: usize = 50;

/// One row that changes.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// Its table.
    pub table: Table,
    /// Its key.
    pub key: String,
    /// As it is; `None` = there is none.
    pub before: Option<Row>,
    /// As it will be; `None` = deleted.
    pub after: Option<Row>,
}

/// The changes of one table from `before` to `after`, by key. Rows that are only in `before` are
/// deleted when `delete` says so.
pub fn changes(table: Table, before: &[Row], after: &[Row], delete: bool) -> Vec<Change> {
    let by_key = |rows: &[Row]| -> BTreeMap<String, Row> {
        rows.iter()
            .filter_map(|row| Some((table.key_of(row)?.to_owned(), without_underscores(row))))
            .collect()
    };
    let (mut before, after) = (by_key(before), by_key(after));
    let mut changes = Vec::new();
    for (key, after) in after {
        let before = before.remove(&key);
        if before.as_ref().is_none_or(|before| !same_row(before, &after)) {
            changes.push(Change { table, key, before, after: Some(after) });
        }
    }
    if delete {
        changes.extend(before.into_iter().map(|(key, before)| Change {
            table,
            key,
            before: Some(before),
            after: None,
        }));
    }
    changes
}

fn same_row(a: &Row, b: &Row) -> bool {
    a.len() == b.len()
        && a.iter().all(|(name, value)| b.get(name).is_some_and(|other| same(value, other)))
}

/// Whether two values mean the same: a set is an array in files, and `1.50` is stored as `1.5`.
fn same(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Number(a), Value::Number(b)) => {
            a == b || plain_number(a).is_some_and(|a| plain_number(b) == Some(a))
        }
        (Value::List(a), Value::List(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b))
        }
        (Value::Set(set), Value::List(other) | Value::Set(other))
        | (Value::List(other), Value::Set(set)) => {
            let sorted = |values: &[Value]| values.iter().map(print_value).collect::<BTreeSet<_>>();
            sorted(set) == sorted(other)
        }
        (Value::Map(a), Value::Map(b)) => same_row(a, b),
        _ => a == b,
    }
}

/// A decimal number as its digits and its exponent, without zeros at either end.
fn plain_number(text: &str) -> Option<(bool, String, i64)> {
    let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let negative = mantissa.starts_with('-');
    let (whole, fraction) = mantissa
        .trim_start_matches(['-', '+'])
        .split_once('.')
        .unwrap_or((mantissa.trim_start_matches(['-', '+']), ""));
    let digits = format!("{whole}{fraction}");
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let exponent = exponent.parse::<i64>().ok()? - i64::try_from(fraction.len()).ok()?;
    let trimmed = digits.trim_end_matches('0');
    let zeros = i64::try_from(digits.len() - trimmed.len()).ok()?;
    let significant = trimmed.trim_start_matches('0');
    if significant.is_empty() {
        Some((false, String::new(), 0))
    } else {
        Some((negative, significant.to_owned(), exponent + zeros))
    }
}

/// The changes as a person reads them.
pub fn show(changes: &[Change]) -> String {
    let mut text = String::new();
    for Change { table, key, before, after } in changes {
        let (sign, what) = match (before, after) {
            (None, _) => ('+', "added"),
            (_, None) => ('-', "deleted"),
            _ => ('~', "changed"),
        };
        // Writing to memory does not fail.
        let _ = writeln!(text, "{sign} {} `{key}` {what}", table.name());
        let empty = Row::new();
        let (before, after) = (before.as_ref().unwrap_or(&empty), after.as_ref().unwrap_or(&empty));
        let names: BTreeSet<&String> = before
            .keys()
            .chain(after.keys())
            .filter(|name| *name != table.key_attribute())
            .collect();
        for name in names {
            match (before.get(name), after.get(name)) {
                (Some(old), Some(new)) if same(old, new) => {}
                (old, new) => {
                    for (sign, value) in [('-', old), ('+', new)] {
                        if let Some(value) = value {
                            let _ = writeln!(text, "    {sign} {name}: {}", print_value(value));
                        }
                    }
                }
            }
        }
    }
    text
}

/// How many rows are added, changed and deleted.
pub fn counts(changes: &[Change]) -> String {
    let added = changes.iter().filter(|change| change.before.is_none()).count();
    let deleted = changes.iter().filter(|change| change.after.is_none()).count();
    format!("{added} added, {} changed, {deleted} deleted", changes.len() - added - deleted)
}

/// Asks a person at the terminal.
///
/// # Errors
/// Nobody is at a terminal.
pub fn confirm(question: &str) -> Result<bool> {
    if !std::io::stdin().is_terminal() {
        bail!("nobody can be asked here; look at the changes above, and repeat with `--yes`");
    }
    print!("{question} [y/N] ");
    std::io::stdout().flush()?;
    let mut answer = String::new();
    std::io::stdin().lock().read_line(&mut answer)?;
    Ok(matches!(answer.trim().to_lowercase().as_str(), "y" | "yes"))
}

/// Writes changes in an order that is safe half-way: what is referred to first, deletions last and
/// in reverse. Each row is written only if it is still as it was shown; the others are named at the
/// end.
///
/// # Errors
/// A table cannot be written, or some rows had changed meanwhile. Repeating the command continues
/// where it stopped.
pub async fn write(live: &Live, changes: Vec<Change>) -> Result<()> {
    let total = changes.len();
    let bar = if total >= MANY { ProgressBar::new(total as u64) } else { ProgressBar::hidden() };
    if let Ok(style) = ProgressStyle::with_template("{bar:40} {pos}/{len} rows, {eta} left") {
        bar.set_style(style);
    }
    let (deletions, writes): (Vec<Change>, Vec<Change>) =
        changes.into_iter().partition(|change| change.after.is_none());
    let mut moved = Vec::new();
    let stages = Table::ALL
        .iter()
        .map(|table| (&writes, table))
        .chain(Table::ALL.iter().rev().map(|table| (&deletions, table)));
    for (changes, table) in stages {
        let of_table: Vec<&Change> =
            changes.iter().filter(|change| change.table == *table).collect();
        for part in of_table.chunks(AT_ONCE) {
            let done =
                futures_util::future::join_all(part.iter().map(|change| write_one(live, change)))
                    .await;
            for (change, done) in part.iter().zip(done) {
                if !done.with_context(|| {
                    format!(
                        "writing {} `{}`; repeat the command to continue",
                        change.table.name(),
                        change.key
                    )
                })? {
                    moved.push(format!("{} `{}`", change.table.name(), change.key));
                }
                bar.inc(1);
            }
        }
    }
    bar.finish_and_clear();
    if !moved.is_empty() {
        bail!(
            "{} of {total} rows were changed by somebody else meanwhile and left alone: {}; repeat the command to see them",
            moved.len(),
            moved.join(", ")
        );
    }
    Ok(())
}

/// Writes one row; `false` when it is no longer as it was.
async fn write_one(live: &Live, change: &Change) -> Result<bool> {
    let Some(table) = live.name(change.table) else {
        bail!("there is no table of {} ({})", change.table.name(), variable(change.table))
    };
    let key = change.table.key_attribute();
    let client = live.client();
    match (&change.before, &change.after) {
        (None, Some(after)) => {
            let put = client.put_item().table_name(table).set_item(Some(item(after)));
            let put = put
                .condition_expression("attribute_not_exists(#key)")
                .expression_attribute_names("#key", key);
            written(put.send().await.map(drop))
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
                return written(delete.send().await.map(drop));
            };
            let update = expression.update(key, before, after);
            let request = client
                .update_item()
                .table_name(table)
                .key(key, key_value)
                .condition_expression(&expression.condition);
            let request = request.update_expression(update);
            let request = request.set_expression_attribute_names(Some(expression.names.clone()));
            written(
                request.set_expression_attribute_values(expression.values()).send().await.map(drop),
            )
        }
        (None, None) => Ok(true),
    }
}

fn written<E, R>(result: Result<(), SdkError<E, R>>) -> Result<bool>
where
    E: aws_sdk_dynamodb::error::ProvideErrorMetadata + std::error::Error + Send + Sync + 'static,
    R: std::fmt::Debug + Send + Sync + 'static,
{
    match result {
        Ok(()) => Ok(true),
        Err(error)
            if error.as_service_error().and_then(|error| error.code())
                == Some("ConditionalCheckFailedException") =>
        {
            Ok(false)
        }
        Err(error) => Err(error.into()),
    }
}

fn variable(table: Table) -> &'static str {
    match table {
        Table::Rules => "RULES_TABLE",
        Table::Agents => "AGENTS_TABLE",
        Table::Calendars => "CALENDARS_TABLE",
        Table::Customers => "CUSTOMERS_TABLE",
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

    fn update(&mut self, key: &str, before: &Row, after: &Row) -> String {
        let mut set = Vec::new();
        for (name, value) in after.iter().filter(|(name, value)| {
            *name != key && !before.get(*name).is_some_and(|old| same(old, value))
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

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_compared_by_what_they_are() {
        for (a, b) in [
            ("1.50", "1.5"),
            ("6521", "6521.0"),
            ("1e3", "1000"),
            ("-0.0", "0"),
            ("0.1000000000000000055", "0.1000000000000000055"),
            ("0010", "10"),
        ] {
            assert!(same(&Value::Number(a.into()), &Value::Number(b.into())), "{a} {b}");
        }
        for (a, b) in [
            ("1.5", "1.51"),
            ("1", "-1"),
            ("0.1000000000000000055", "0.1000000000000000056"),
            ("x", "1"),
        ] {
            assert!(!same(&Value::Number(a.into()), &Value::Number(b.into())), "{a} {b}");
        }
    }

    #[test]
    fn only_what_differs_is_a_change() {
        let rows = |json: &str| routing::rows::json::parse(json).unwrap();
        let before = rows(
            r#"[{"AgentId":"a","Weight":2.0,"_Check":"ok"},{"AgentId":"b","Skills":["x"]},{"AgentId":"c"}]"#,
        );
        let after = rows(
            r#"[{"AgentId":"a","Weight":2},{"AgentId":"b","Skills":["x","y"],"Tier":2},{"AgentId":"d"}]"#,
        );
        let kept = changes(Table::Agents, &before, &after, false);
        assert_eq!(counts(&kept), "1 added, 1 changed, 0 deleted");
        let all = changes(Table::Agents, &before, &after, true);
        assert_eq!(counts(&all), "1 added, 1 changed, 1 deleted");
        assert_eq!(
            show(&all),
            "~ agents `b` changed\n    - Skills: [\"x\"]\n    + Skills: [\"x\", \"y\"]\n    + Tier: 2\n+ agents `d` added\n- agents `c` deleted\n"
        );
    }
}
