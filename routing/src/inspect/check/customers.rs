//! `Customer` conditions that ask for what no customer has: an attribute, a value, a number.

use std::collections::HashMap;

use super::checked::Checked;
use super::input::warning;
use crate::rows::{Finding, OwnValues, Table, Unmet};
use crate::text::{closest, cut};

/// Most names that are compared to find what one was meant to be.
const MAX_COMPARED: usize = 1_000_000;
/// Wrong values of one attribute of a condition that are told.
const TOLD: usize = 10;

pub(super) fn find(checked: &Checked<'_>, findings: &mut Vec<Finding>) {
    let Some(seen) = &checked.seen else { return };
    let had = seen.attributes();
    let mut left = MAX_COMPARED;
    for linked in checked.snapshot.rules() {
        let rule = &linked.rule;
        for outer in &rule.conditions {
            for condition in outer.each() {
                let customer = condition.test.kind();
                for (name, key) in customer.own_attributes() {
                    let found = checked.value(Table::Rules, &rule.id, outer.attribute);
                    let mut tell = |message: String| {
                        let attribute = Some(outer.attribute);
                        findings.push(warning(Table::Rules, &rule.id, attribute, found, message));
                    };
                    let values = seen.values(key).filter(|_| had.contains_key(key));
                    let Some(values) = values else {
                        tell(no_attribute(name, &had, &mut left));
                        continue;
                    };
                    for unmet in customer.unmet(key, values).into_iter().take(TOLD) {
                        tell(no_value(name, unmet, values, &mut left));
                    }
                }
            }
        }
    }
}

/// Attributes by compared name: as typed.
type Had<'a> = HashMap<&'a str, &'a str>;

fn no_attribute(name: &str, had: &Had<'_>, left: &mut usize) -> String {
    let candidates = had.values().copied();
    let near = spend(left, had.len()).then(|| closest(name, candidates)).flatten();
    let todo = near.map_or_else(
        || "correct the name, or remove it".to_owned(),
        |near| format!("did you mean `{}`?", cut(near)),
    );
    format!("the attribute `{}`: no customer has it; {todo}", cut(name))
}

fn no_value(name: &str, unmet: Unmet<'_>, values: &OwnValues, left: &mut usize) -> String {
    let name = cut(name);
    match unmet {
        Unmet::Value(own) => {
            let near = (own.number().is_none() && spend(left, values.names().len()))
                .then(|| closest(own.as_str(), values.names()))
                .flatten();
            let todo = near.map_or_else(
                || "correct the value, or remove it".to_owned(),
                |near| format!("did you mean `{}`?", cut(near)),
            );
            format!("`{name}`: no customer has the value `{}`; {todo}", cut(own.as_str()))
        }
        Unmet::Comparison(sign, number) => {
            let why = match values.range() {
                None => "no customer has a number here".to_owned(),
                Some((_, most)) if sign.starts_with('>') => {
                    format!("no customer has such a number, the highest is {most}")
                }
                Some((least, _)) => {
                    format!("no customer has such a number, the lowest is {least}")
                }
            };
            format!("`{name}`: {why}; correct `{sign} {}`, or remove it", cut(number))
        }
    }
}

/// Whether so many names may still be compared.
fn spend(left: &mut usize, names: usize) -> bool {
    let rest = left.checked_sub(names);
    *left = rest.unwrap_or(0);
    rest.is_some()
}
