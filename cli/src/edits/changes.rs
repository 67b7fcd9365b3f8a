//! What would change in the tables, row by row, and how a person reads it.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use routing::rows::json::print_value;
use routing::rows::{Row, Table, Value, without_underscores};
use routing::text::key_shown;

/// Attributes of rules whose order matters, so that a set, which has none, is not the same.
const IN_ORDER: [&str; 2] = ["Rosters", "Prefer"];

/// One row that changes.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// One of the four that people edit.
    pub table: Table,
    /// As typed in the row; no change is without one.
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
        if before.as_ref().is_none_or(|before| !same_row(table, before, &after)) {
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

fn same_row(table: Table, a: &Row, b: &Row) -> bool {
    a.len() == b.len()
        && a.iter().all(|(name, value)| {
            b.get(name).is_some_and(|other| same_attribute(table, name, value, other))
        })
}

/// Whether an attribute's values mean the same. A set in the table is a list in files; where the
/// order matters, only one entry is in any order.
pub(crate) fn same_attribute(table: Table, name: &str, a: &Value, b: &Value) -> bool {
    let is_longer_set = |value: &Value| matches!(value, Value::Set(set) if set.len() > 1);
    if table == Table::Rules && IN_ORDER.contains(&name) && is_longer_set(a) != is_longer_set(b) {
        return false;
    }
    same(a, b)
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
        (Value::Map(a), Value::Map(b)) => {
            a.len() == b.len()
                && a.iter().all(|(name, value)| b.get(name).is_some_and(|other| same(value, other)))
        }
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
    show_with(changes, |_| "deleted")
}

/// The same, where a row that is only in `before` may be gone for another reason.
pub fn show_with(changes: &[Change], gone: impl Fn(&Change) -> &'static str) -> String {
    let mut text = String::new();
    for change in changes {
        let Change { table, key, before, after } = change;
        let (sign, what) = match (before, after) {
            (None, _) => ('+', "added"),
            (_, None) => ('-', gone(change)),
            _ => ('~', "changed"),
        };
        // Writing to memory does not fail.
        let _ = writeln!(text, "{sign} {} `{}` {what}", table.name(), key_shown(key));
        let empty = Row::new();
        let (before, after) = (before.as_ref().unwrap_or(&empty), after.as_ref().unwrap_or(&empty));
        let names: BTreeSet<&String> = before
            .keys()
            .chain(after.keys())
            .filter(|name| *name != table.key_attribute())
            .collect();
        let start = text.len();
        for name in names {
            match (before.get(name), after.get(name)) {
                (Some(old), Some(new)) if same_attribute(*table, name, old, new) => {}
                (old, new) => {
                    for (sign, value) in [('-', old), ('+', new)] {
                        if let Some(value) = value {
                            let _ = writeln!(text, "    {sign} {name}: {}", in_words(value));
                        }
                    }
                }
            }
        }
        if what == "changed" && text.len() == start {
            text.push_str(
                "    (every value stays; only its kind is another, such as a set for a list)\n",
            );
        }
    }
    text
}

/// A value as files have it; a set, which they cannot show, with its name.
fn in_words(value: &Value) -> String {
    match value {
        Value::Set(_) => format!("the set {}", print_value(value)),
        _ => print_value(value),
    }
}

/// The same of the first changes of each table, and how many more there are.
pub(crate) fn show_some(changes: &[Change], of_each: usize) -> String {
    let mut text = String::new();
    for table in tables(changes) {
        let of_table: Vec<Change> =
            changes.iter().filter(|change| change.table == table).take(of_each).cloned().collect();
        text += &show(&of_table);
        let all = changes.iter().filter(|change| change.table == table).count();
        if all > of_table.len() {
            // Writing to memory does not fail.
            let _ = writeln!(
                text,
                "… and {} more of {} (`--all` shows them)",
                all - of_table.len(),
                table.name()
            );
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

/// The tables that the changes are of.
pub fn tables(changes: &[Change]) -> Vec<Table> {
    let is_of = |table: &Table| changes.iter().any(|change| change.table == *table);
    Table::ALL.into_iter().filter(is_of).collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing)]
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
    fn a_set_where_order_matters_is_no_list() {
        let rows = |json: &str| routing::rows::json::parse(json).unwrap();
        let after = rows(r#"[{"RuleId":"r","Rosters":["a","b"],"Platforms":["iOS","Web"]}]"#);
        let mut before = after.clone();
        let set = |names: [&str; 2]| Value::Set(names.map(|name| Value::Text(name.into())).into());
        before[0].insert("Platforms".into(), set(["Web", "iOS"]));
        assert!(changes(Table::Rules, &before, &after, true).is_empty());
        before[0].insert("Rosters".into(), set(["a", "b"]));
        let all = changes(Table::Rules, &before, &after, true);
        assert_eq!(all.len(), 1);
        assert_eq!(
            show(&all),
            "~ rules `r` changed\n    - Rosters: the set [\"a\", \"b\"]\n    + Rosters: \
            [\"a\", \"b\"]\n"
        );
        // The history keeps files' kinds, so it cannot tell which value it was.
        let kind = Change { before: Some(after[0].clone()), ..all[0].clone() };
        assert!(show(&[kind]).contains("only its kind is another"));
    }

    /// Two keys that look the same are two rows, and are seen to be.
    #[test]
    fn a_key_is_shown_with_what_nobody_sees() {
        let rows = |json: &str| routing::rows::json::parse(json).unwrap();
        let (before, after) = (rows(r#"[{"RuleId":"v"}]"#), rows(r#"[{"RuleId":"v\u200b"}]"#));
        assert_eq!(
            show(&changes(Table::Rules, &before, &after, true)),
            "+ rules `v\\u{200b}` added\n- rules `v` deleted\n"
        );
    }

    #[test]
    fn only_what_differs_is_a_change() {
        let rows = |json: &str| routing::rows::json::parse(json).unwrap();
        let before = rows(
            r#"[
                {"AgentId":"a","Weight":2.0,"_Check":"ok"},
                {"AgentId":"b","Skills":["x"]},
                {"AgentId":"c"}
            ]"#,
        );
        let after = rows(
            r#"[
                {"AgentId":"a","Weight":2},
                {"AgentId":"b","Skills":["x","y"],"Tier":2},
                {"AgentId":"d"}
            ]"#,
        );
        let kept = changes(Table::Agents, &before, &after, false);
        assert_eq!(counts(&kept), "1 added, 1 changed, 0 deleted");
        let all = changes(Table::Agents, &before, &after, true);
        assert_eq!(counts(&all), "1 added, 1 changed, 1 deleted");
        assert_eq!(
            show(&all),
            "~ agents `b` changed\n    - Skills: [\"x\"]\n    + Skills: [\"x\", \"y\"]\n    + \
            Tier: 2\n+ agents `d` added\n- agents `c` deleted\n"
        );
    }
}
