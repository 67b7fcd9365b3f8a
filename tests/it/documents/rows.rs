//! `docs/rows.md`: every attribute is there, and its examples are good.

use std::collections::BTreeSet;

use routing::rows::{Severity, Table, condition, customer, row_from_json};
use serde_json::{Value, json};

use super::{blocks, codes, defaults, findings, read, section, table};

const NONE: [&str; 0] = [];

/// The attribute tables of a section: attribute, and its examples.
fn attributes(heading: &str) -> Vec<(String, Vec<Value>)> {
    let text = read("docs/rows.md");
    let mut attributes = Vec::new();
    for cells in table(section(&text, heading), "attribute") {
        let examples: Vec<Value> = codes(cells[1])
            .map(|example| {
                serde_json::from_str(example).unwrap_or_else(|error| panic!("{example}: {error}"))
            })
            .collect();
        assert!(!examples.is_empty(), "{} has no example", cells[0]);
        for attribute in codes(cells[0]) {
            attributes.push((attribute.to_owned(), examples.clone()));
        }
    }
    attributes
}

fn named(attributes: &[(String, Vec<Value>)]) -> BTreeSet<&str> {
    attributes.iter().map(|(attribute, _)| attribute.as_str()).collect()
}

/// The row with the attribute.
fn with(mut row: Value, attribute: &str, example: &Value) -> Value {
    row[attribute] = example.clone();
    row
}

fn support() -> Value {
    json!({ "CalendarId": "support", "Hours": "Mo-Fr 09:00-18:00" })
}

#[test]
fn every_example_of_a_rule_is_good() {
    let attributes = attributes("## Rules");
    let agents = vec![json!({ "AgentId": "minji@example.com" })];
    let plain = json!({
        "RuleId": "r", "Priority": 1, "AgentGroupId": 1, "Rosters": ["x"], "NeedSkills": ["y"],
        "Prefer": ["last_agent"],
    });
    for (attribute, examples) in &attributes {
        let is_condition = condition::CONDITIONS.iter().any(|(plain, _)| plain == attribute);
        let negated = is_condition.then(|| format!("Not{attribute}"));
        for name in std::iter::once(attribute.clone()).chain(negated) {
            for example in examples {
                let mut row = with(plain.clone(), &name, example);
                // It has no effect alone.
                if name == "PercentKey" {
                    row = with(row, "Percent", &json!(10));
                }
                let found = findings(vec![row], agents.clone(), vec![support()]);
                assert_eq!(found, NONE, "{name}: {example}");
            }
        }
    }
    let conditions = condition::CONDITIONS.iter().map(|(plain, _)| *plain);
    assert_eq!(
        named(&attributes),
        conditions.chain(Table::Rules.attributes().iter().copied()).collect()
    );
}

#[test]
fn every_example_of_an_agent_is_good() {
    let attributes = attributes("## Agents");
    let plain = json!({
        "AgentId": "a", "Shifts": "Mo-Fr 09:00-18:00", "EveryWeeks": 2, "FirstWeek": "2026-11-23",
    });
    for (attribute, examples) in &attributes {
        for example in examples {
            let row = with(plain.clone(), attribute, example);
            let found = findings(vec![], vec![row], vec![support()]);
            assert_eq!(found, NONE, "{attribute}: {example}");
        }
    }
    assert_eq!(named(&attributes), Table::Agents.attributes().iter().copied().collect());
}

#[test]
fn every_example_of_a_calendar_is_good() {
    let attributes = attributes("## Calendars");
    let plain = json!({
        "CalendarId": "support", "Hours": "Mo-Fr 09:00-18:00", "EveryWeeks": 2,
        "FirstWeek": "2026-11-23",
    });
    for (attribute, examples) in &attributes {
        for example in examples {
            let found = findings(vec![], vec![], vec![with(plain.clone(), attribute, example)]);
            assert_eq!(found, NONE, "{attribute}: {example}");
        }
    }
    assert_eq!(named(&attributes), Table::Calendars.attributes().iter().copied().collect());
}

#[test]
fn every_example_of_a_customer_is_good() {
    let attributes = attributes("## Customers");
    for (attribute, examples) in &attributes {
        for example in examples {
            let row = with(json!({ "ClientUserId": "u" }), attribute, example);
            let row = row_from_json(row.as_object().unwrap().clone());
            let (_, _, findings) =
                customer::read(&row, &defaults(), chrono::DateTime::UNIX_EPOCH).unwrap();
            let good = findings.iter().all(|finding| finding.severity != Severity::Error);
            assert!(good, "{findings:?}");
        }
    }
    assert_eq!(named(&attributes), Table::Customers.attributes().iter().copied().collect());
}

#[test]
fn every_example_of_hours_is_good() {
    let text = read("docs/rows.md");
    for cells in table(section(&text, "## Hours"), "hours") {
        for hours in codes(cells[0]) {
            let row = with(support(), "Hours", &hours.into());
            assert_eq!(findings(vec![], vec![], vec![row]), NONE, "{hours}");
        }
    }
}

/// The rows that the README shows are good too.
#[test]
fn the_rows_of_the_readme_are_good() {
    let text = read("README.md");
    let shown: Vec<Value> = blocks(&text, "json")
        .into_iter()
        .map(|block| serde_json::from_str(block).unwrap())
        .collect();
    let having = |key: &str| -> Vec<Value> {
        shown.iter().filter(|row| row.get(key).is_some()).cloned().collect()
    };
    let (rules, agents) = (having("RuleId"), having("AgentId"));
    assert!(!rules.is_empty() && !agents.is_empty());
    assert_eq!(findings(rules, agents, vec![]), NONE);
}
