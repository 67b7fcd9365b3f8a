//! A good row made complete: what it goes by stands in it, and nothing else.

use super::settled::of_complete_rows;
use crate::hours::Interner;
use crate::rows::cleaned::Cleaned;
use crate::rows::{Defaults, Row, Table, Value, ValueKind, is_note, value_kind};

/// The row without notes, cleaned, with its zone and country, sets in order, and calendars by
/// exact id; `None` for a row without a usable key.
pub(super) fn complete(
    table: Table,
    row: &Row,
    defaults: &Defaults,
    calendars: &Interner,
) -> Option<Row> {
    let mut row = Cleaned::new(table, row).ok()?.into_row();
    row.retain(|name, _| !is_note(name));
    fill(
        &mut row,
        "TimeZone",
        Some(defaults.time_zone.name()),
        of_complete_rows().time_zone.name(),
    );
    fill(&mut row, "HolidayCountry", defaults.holiday_country.map(|country| country.code()), "");
    row.values_mut().for_each(sort_sets);
    if table != Table::Calendars {
        name_exactly(&mut row, calendars);
    }
    Some(row)
}

/// Writes what the deployment says where the row says nothing, unless that is what complete rows
/// go by without a word.
fn fill(row: &mut Row, attribute: &str, value: Option<&str>, without: &str) {
    if row.get(attribute).is_some_and(|found| !found.is_empty()) {
        return;
    }
    row.remove(attribute);
    if let Some(value) = value.filter(|value| *value != without) {
        row.insert(attribute.to_owned(), Value::Text(value.to_owned()));
    }
}

/// DynamoDB gives a set's members in any order: equal rows are to be equal bytes.
fn sort_sets(value: &mut Value) {
    match value {
        Value::Set(members) => {
            members.iter_mut().for_each(sort_sets);
            members.sort();
        }
        Value::List(entries) => entries.iter_mut().for_each(sort_sets),
        Value::Map(map) => map.values_mut().for_each(sort_sets),
        Value::Text(_) | Value::Number(_) | Value::Bool(_) | Value::Null | Value::Binary => {}
    }
}

/// Whether the members of all its sets stand as in the complete row: else lists that are read out
/// of it have another order.
pub(super) fn is_in_order(row: &Row) -> bool {
    row.values().all(has_order)
}

fn has_order(value: &Value) -> bool {
    match value {
        Value::Set(members) => members.is_sorted() && members.iter().all(has_order),
        Value::List(entries) => entries.iter().all(has_order),
        Value::Map(map) => map.values().all(has_order),
        Value::Text(_) | Value::Number(_) | Value::Bool(_) | Value::Null | Value::Binary => true,
    }
}

fn name_exactly(row: &mut Row, calendars: &Interner) {
    for_each_text(row, &mut |text| {
        if let Some(name) = named(text)
            && let Some(id) = calendars.calendar_id(name)
        {
            *text = format!("@{id}");
        }
    });
}

/// The calendars that a complete row names.
pub(super) fn calendars_of(row: &Row) -> Vec<String> {
    let mut ids = Vec::new();
    // The texts are only read here; one walk serves both.
    for_each_text(&mut row.clone(), &mut |text| ids.extend(named(text).map(str::to_owned)));
    ids
}

fn named(text: &str) -> Option<&str> {
    text.trim().strip_prefix(['@', '＠']).map(str::trim)
}

/// Every text of hours in a row.
fn for_each_text(row: &mut Row, f: &mut impl FnMut(&mut String)) {
    for (name, value) in row.iter_mut() {
        match (value, value_kind(name)) {
            (Value::Text(text), ValueKind::Hours) => f(text),
            (Value::List(entries) | Value::Set(entries), ValueKind::Hours) => {
                for entry in entries {
                    if let Value::Text(text) = entry {
                        f(text);
                    }
                }
            }
            (Value::List(maps), ValueKind::Maps) => {
                for map in maps {
                    if let Value::Map(map) = map {
                        // No `AnyOf` stands inside another: a good row is one deep.
                        for_each_text(map, f);
                    }
                }
            }
            _ => {}
        }
    }
}
