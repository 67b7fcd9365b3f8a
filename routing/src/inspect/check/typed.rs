//! Names as they stand in rows that nothing else reads: in rows in error, and in what is live
//! beside the rows.

use std::collections::{BTreeMap, BTreeSet};

use crate::release::Settled;
use crate::rows::{Table, Value};
use crate::text::{Entries, clean, entries, name_key};

/// Most names of one text.
const MAX_NAMES: usize = 1_000;

/// The names in a list as typed, whatever else is wrong with the row.
pub(super) fn names_typed(value: &Value, names: &mut BTreeSet<String>) {
    let mut take = |text: &str| {
        if let Entries::Of(entries) = entries(text, MAX_NAMES) {
            let name = |entry: &str| {
                let entry = entry.split(['>', '=']).next().unwrap_or_default();
                name_key(&clean(entry))
            };
            names.extend(entries.into_iter().map(name));
        }
    };
    match value {
        Value::Text(text) => take(text),
        Value::List(entries) | Value::Set(entries) => {
            for entry in entries {
                if let Value::Text(text) = entry {
                    take(text);
                }
            }
        }
        Value::Map(map) => map.keys().for_each(|name| take(name)),
        _ => {}
    }
}

/// How many agents in force have each name in their `attribute`.
pub(super) fn agents_by_name(live: &Settled, attribute: &str) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    let rows = live.rows(Table::Agents).into_iter().flatten();
    for (_, row) in rows.filter(|(id, _)| live.version(Table::Agents, id).is_some()) {
        let mut names = BTreeSet::new();
        row.get(attribute).iter().for_each(|value| names_typed(value, &mut names));
        for name in names {
            *counts.entry(name).or_default() += 1;
        }
    }
    counts
}
