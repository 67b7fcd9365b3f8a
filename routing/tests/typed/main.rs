//! Rows of every table as keyboards and spreadsheets change them, and hostile ones: nothing panics,
//! no row matches more than its good original, every finding says what to write, and no row takes
//! long. `TYPED_ROWS` sets how many.

#![allow(missing_docs, clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod asking;
mod deployment;
mod mutate;

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use routing::rows::{Table, Value};
use testing_basics::{Dice, timed};

use asking::{Asking, Customers, USERS};
use deployment::{SETTINGS, good, kind};
use mutate::{Text, typed};

/// Rows tried, unless the variable says otherwise.
const ROWS: u64 = 4_000;

fn holds_bool(value: &Value) -> bool {
    match value {
        Value::Bool(_) => true,
        Value::List(entries) | Value::Set(entries) => entries.iter().any(holds_bool),
        Value::Map(map) => map.values().any(holds_bool),
        _ => false,
    }
}

/// Words of which one tells what to do.
const TODO: [&str; 10] = [
    "write",
    "remove",
    "did you mean",
    "give",
    "correct",
    "add",
    "expected",
    "set `",
    "such as",
    "mend",
];
/// Most findings of all rows, and characters of one: a row has 51 findings at most.
const MAX_FINDINGS: usize = 120;
const MAX_CHARACTERS: usize = 4_000;

#[test]
#[expect(clippy::disallowed_methods, reason = "how long to try is set from outside")]
fn no_row_of_any_table_matches_more_than_its_good_original() {
    let rows = std::env::var("TYPED_ROWS").ok().and_then(|n| n.parse().ok()).unwrap_or(ROWS);
    let (asking, good) = (Asking::new(), good());
    let good_findings = asking.findings(&good);
    let good_check = asking.check(&good);
    let mut good_customers = Customers::new();
    for user in USERS {
        asking.customers(&good, user, &mut good_customers);
    }
    let rules = good.rows[&Table::Rules].len();
    let mut original = vec![None; rules * asking.sessions.len() * asking.moments.len()];
    for place in 0..rules {
        asking.answer(&good, place, &good_customers, |_| true, &mut original);
    }
    assert!(original.iter().flatten().count() > 50, "the good rows answer");
    let chooses: Vec<bool> = good.rows[&Table::Rules]
        .iter()
        .map(|rule| rule.contains_key("Strategy") || rule.contains_key("Prefer"))
        .collect();
    // All agents whom each rule ever answers.
    let of_rules: Vec<BTreeSet<String>> = original
        .chunks(asking.sessions.len() * asking.moments.len())
        .map(|answers| answers.iter().flatten().flatten().cloned().collect())
        .collect();
    let of_good = (0..50).map(|_| timed(|| asking.findings(&good)).1).min().unwrap();
    // A build that is not optimised reads the good rows in more than 125 µs.
    let limit = Duration::from_millis(5).max(40 * of_good);
    let attributes: Vec<(Table, usize, String, Text)> = good
        .rows
        .iter()
        .flat_map(|(table, rows)| rows.iter().enumerate().map(move |row| (*table, row)))
        .flat_map(|(table, (place, row))| {
            row.keys()
                .filter_map(move |name| Some((table, place, name.clone(), kind(table, name)?)))
        })
        .collect();
    let mut dice = Dice::new(std::env::var("TYPED_SEED").map_or(1, |seed| seed.parse().unwrap()));
    // All of the first that are wrong, each kind once.
    let mut wrong: BTreeMap<String, String> = BTreeMap::new();
    let (mut same, mut less, mut told) = (0_u64, 0_u64, 0_u64);
    let mut longest = (Duration::ZERO, String::new());
    for _ in 0..rows {
        let mut changed = good.clone();
        let (table, place, name, kind) = attributes[dice.below(attributes.len())].clone();
        let row = &mut changed.rows.get_mut(&table).unwrap()[place];
        let value = typed(&row[&name], kind, &mut dice);
        // `true` is a value that customers may have, not a misspelling of another.
        if kind == Text::Name && name.ends_with("Customer") && holds_bool(&value) {
            continue;
        }
        // Nor is it a misspelling of `false`.
        if name == "Enabled" && value == Value::Bool(true) {
            continue;
        }
        // An empty setting is none: what it limited is free, as if it had never been written.
        if value.is_empty() && (table != Table::Rules || SETTINGS.contains(&name.as_str())) {
            continue;
        }
        let shown = value.shown();
        let keys = (row[&name].as_text().map(str::to_owned), value.as_text().map(str::to_owned));
        row.insert(name.clone(), value);
        let shown = || format!("{table:?} {place} {name}: {shown}");
        let (found, took) = timed(|| asking.findings(&changed));
        // A machine that was in the way is so once: the shortest of three counts.
        if took > longest.0 {
            let again = (0..2).map(|_| timed(|| asking.findings(&changed)).1);
            let took = again.chain([took]).min().unwrap();
            if took > longest.0 {
                longest = (took, shown());
            }
        }
        let of_row = found.iter().filter(|finding| !good_findings.contains(finding));
        for finding in of_row.clone() {
            let said = &finding.message;
            told += 1;
            if !TODO.iter().any(|word| said.contains(word)) {
                wrong.insert(said.clone(), format!("says not what to write: {finding}"));
            }
            if said.chars().count() > MAX_CHARACTERS {
                wrong.insert(said.clone(), format!("says too much: {finding}"));
            }
        }
        if found.len() > MAX_FINDINGS {
            wrong.insert(shown(), format!("{} findings: {}", found.len(), shown()));
        }
        let mut answers = original.clone();
        let mut customers = None;
        if table == Table::Customers {
            let known = customers.insert(good_customers.clone());
            asking.customers(&changed, USERS[place], known);
        }
        for rule in 0..rules {
            if table == Table::Rules && rule != place {
                continue;
            }
            let asks = |user: &str| table != Table::Customers || user == USERS[place];
            let customers = customers.as_ref().unwrap_or(&good_customers);
            asking.answer(&changed, rule, customers, asks, &mut answers);
        }
        if let ("AgentId", (Some(before), Some(after))) = (name.as_str(), keys) {
            // The same agent, as far as rules are concerned.
            for ids in answers.iter_mut().flatten().filter(|ids| ids.contains(&after)) {
                ids.remove(&after);
                ids.insert(before.clone());
            }
        }
        // Whether an id or a name is somebody's is seen when all rows are there: then a warning
        // tells.
        let is_told = || {
            let of_all = asking.check(&changed);
            of_all.iter().filter(|finding| !good_check.contains(finding)).any(|finding| {
                let said = &finding.message;
                let is_of_key = finding.attribute.as_deref() == Some(&name);
                said.contains("no customer")
                    || said.contains("no agent row")
                    || is_of_key && name == table.key_attribute()
                    || said.contains("not those of a keyboard")
                    || said.contains("is taken as one id")
                    || said.contains("is taken as a part of the id")
            })
        };
        for (at, (answer, good)) in answers.iter().zip(&original).enumerate() {
            let rule = at / (asking.sessions.len() * asking.moments.len());
            let more = match (answer, good) {
                // Without the one who was chosen, it is another of the rule.
                (Some(answer), Some(_)) if table != Table::Rules && chooses[rule] => {
                    !answer.is_subset(&of_rules[rule])
                }
                (Some(answer), Some(good)) => !answer.is_subset(good),
                (Some(_), None) => true,
                (None, _) => false,
            };
            if more && is_told() {
                break;
            }
            if more {
                let told = format!("{} gives {answer:?}, not {good:?}: {found:#?}", shown());
                wrong.entry(format!("{} {at}", shown())).or_insert(told);
                break;
            }
        }
        if answers == original { same += 1 } else { less += 1 }
    }
    let shown: Vec<&String> = wrong.values().take(20).collect();
    assert!(shown.is_empty(), "{} wrong: {shown:#?}", wrong.len());
    assert!(longest.0 < limit, "{longest:?} is longer than {limit:?}");
    println!("{same} as the original, {less} less; {told} findings, all with what to write");
    println!("all rows read in at most {longest:?}, the limit is {limit:?}");
    assert!(same > rows / 10 && less > rows / 10, "{same} as the original, {less} less");
}

/// Whatever stands in an attribute, at the length that an item allows nearly.
#[test]
fn long_texts_are_refused_at_once() {
    // A build that is not optimised reads such a text, character by character, in some 20 ms.
    const LIMIT: Duration = Duration::from_secs(1);
    let (asking, good) = (Asking::new(), good());
    for (table, rows) in &good.rows {
        for name in rows[0].keys().filter(|name| table.key_attribute() != name.as_str()) {
            for bit in ["KR ", "Asia/Seoul ", "[", "a,", "1", "Mo-", "\u{200b}", "2026-12-24 ", "é"]
            {
                let text = bit.repeat(100_000 / bit.len());
                let mut changed = good.clone();
                changed.rows.get_mut(table).unwrap()[0].insert(name.clone(), Value::Text(text));
                let took = timed(|| asking.findings(&changed)).1;
                assert!(took < LIMIT, "{table:?} {name} {bit:?}: {took:?}");
            }
        }
    }
}
