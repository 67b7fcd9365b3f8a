//! The README's examples are rows that work, and it knows every attribute, setting and code.

use std::collections::BTreeSet;

use chrono::{TimeZone, Utc};
use routing::rows::Defaults;
use routing::rows::{Rows, Severity, agent, calendar, condition, customer, row_from_json, rule};
use routing::snapshot::Snapshot;
use serde_json::{Value, json};

use testing;

const README: &str = include_str!("../../README.md");

fn defaults() -> Defaults {
    testing::settings(&[("HOLIDAY_COUNTRY", "KR")]).defaults
}

/// The text from a heading to the next of the same level.
fn section(heading: &str) -> &'static str {
    let level = heading.split(' ').next().unwrap();
    let rest = README
        .split_once(&format!("\n{heading}\n"))
        .unwrap_or_else(|| panic!("no section {heading}"))
        .1;
    rest.split(&format!("\n{level} ")).next().unwrap()
}

/// The attribute tables of a section: attribute, and its examples.
fn attributes(heading: &str) -> Vec<(String, Vec<Value>)> {
    let mut attributes = Vec::new();
    let mut inside = false;
    for line in section(heading).lines() {
        let cells: Vec<&str> = line.trim_matches('|').split(" | ").map(str::trim).collect();
        if cells.first() == Some(&"attribute") {
            inside = true;
        } else if !line.starts_with('|') {
            inside = false;
        } else if inside && cells.len() > 1 && cells[0].starts_with('`') {
            let examples = cells[1].split('`').skip(1).step_by(2);
            let examples = examples.map(|example| {
                serde_json::from_str(example).unwrap_or_else(|error| panic!("{example}: {error}"))
            });
            attributes.push((cells[0].trim_matches('`').to_owned(), examples.collect()));
        }
    }
    attributes
}

fn findings(rules: Vec<Value>, agents: Vec<Value>, calendars: Vec<Value>) -> Vec<String> {
    let typed = |rows: Vec<Value>| {
        rows.into_iter().map(|row| row_from_json(row.as_object().unwrap().clone())).collect()
    };
    let rows = Rows { rules: typed(rules), agents: typed(agents), calendars: typed(calendars) };
    let now = Utc.with_ymd_and_hms(2026, 11, 24, 0, 0, 0).unwrap();
    Snapshot::compile(&rows, &defaults(), now, None)
        .findings()
        .iter()
        .map(ToString::to_string)
        .collect()
}

fn support() -> Value {
    json!({ "CalendarId": "support", "Hours": "Mo-Fr 09:00-18:00" })
}

#[test]
fn every_example_of_a_rule_is_good() {
    let mut named = BTreeSet::new();
    for (attribute, examples) in attributes("### Rules") {
        assert!(!examples.is_empty(), "{attribute} has no example");
        for example in examples {
            for name in [attribute.clone(), format!("Not{attribute}")] {
                let is_condition =
                    condition::CONDITIONS.iter().any(|(plain, _)| *plain == attribute);
                if name.starts_with("Not") && !is_condition {
                    continue;
                }
                let mut row = json!({ "RuleId": "r", "Priority": 1, "AgentGroupId": 1, "Rosters": ["x"], "NeedSkills": ["y"], "Prefer": ["last_agent"] });
                row[&name] = example.clone();
                let agents = vec![json!({ "AgentId": "minji@example.com" })];
                assert_eq!(
                    findings(vec![row], agents, vec![support()]),
                    [""; 0],
                    "{name}: {example}"
                );
            }
        }
        named.insert(attribute);
    }
    let known: BTreeSet<String> = condition::CONDITIONS
        .iter()
        .map(|(plain, _)| (*plain).to_owned())
        .chain(rule::ATTRIBUTES.iter().map(|name| (*name).to_owned()))
        .collect();
    assert_eq!(named, known);
}

#[test]
fn every_example_of_an_agent_and_a_calendar_is_good() {
    let mut named = Vec::new();
    for (attribute, examples) in attributes("### Agents") {
        for example in examples {
            let mut row = json!({ "AgentId": "a" });
            row[&attribute] = example.clone();
            assert_eq!(
                findings(vec![], vec![row], vec![support()]),
                [""; 0],
                "{attribute}: {example}"
            );
        }
        named.push(attribute);
    }
    assert_eq!(BTreeSet::from_iter(named), agent::ATTRIBUTES.map(str::to_owned).into());
    let mut named = Vec::new();
    for (attribute, examples) in attributes("### Calendars") {
        for example in examples {
            let mut row = support();
            row[&attribute] = example.clone();
            assert_eq!(findings(vec![], vec![], vec![row]), [""; 0], "{attribute}: {example}");
        }
        named.push(attribute);
    }
    assert_eq!(BTreeSet::from_iter(named), calendar::ATTRIBUTES.map(str::to_owned).into());
}

#[test]
fn every_example_of_a_customer_is_good() {
    let mut named = Vec::new();
    for (attribute, examples) in attributes("### Customers") {
        for example in examples {
            let row = json!({ "ClientUserId": "u", attribute.clone(): example });
            let row = row_from_json(row.as_object().unwrap().clone());
            let (_, _, findings) = customer::read(&row, &defaults()).unwrap();
            assert!(
                findings.iter().all(|finding| finding.severity != Severity::Error),
                "{findings:?}"
            );
        }
        named.push(attribute);
    }
    assert_eq!(BTreeSet::from_iter(named), customer::ATTRIBUTES.map(str::to_owned).into());
}

/// Each row of a recipe is a row of some scenario `readme-*.json`.
#[test]
fn every_recipe_is_a_scenario() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/scenarios");
    let mut tested = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.file_name().unwrap().to_string_lossy().starts_with("readme-") {
            let scenario: Value =
                serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
            for table in ["rules", "agents", "calendars", "customers"] {
                tested.extend(
                    scenario.get(table).and_then(Value::as_array).cloned().unwrap_or_default(),
                );
            }
        }
    }
    let recipes: Vec<Value> = section("### Recipes")
        .split("```json\n")
        .skip(1)
        .map(|block| serde_json::from_str(block.split("```").next().unwrap()).unwrap())
        .collect();
    assert!(recipes.len() >= 10, "{}", recipes.len());
    for recipe in recipes {
        assert!(tested.contains(&recipe), "no scenario has the recipe {recipe}");
    }
}

/// Parameters, variables and codes: the README names all that there are.
#[test]
fn it_names_every_setting_and_every_code() {
    let template: yaml_serde::Value =
        yaml_serde::from_str(include_str!("../../template.yaml")).unwrap();
    let settings = section("## Settings");
    for parameter in template["Parameters"].as_mapping().unwrap().keys() {
        let parameter = parameter.as_str().unwrap();
        assert!(settings.contains(&format!("`{parameter}`")), "the parameter {parameter}");
    }
    for variable in
        template["Resources"]["WebhookFunction"]["Properties"]["Environment"]["Variables"]
            .as_mapping()
            .unwrap()
            .keys()
    {
        let variable = variable.as_str().unwrap();
        assert!(settings.contains(&format!("`{variable}`")), "the variable {variable}");
    }
    // Every alarm has its line in the runbook, under the name that its description gives.
    for (name, resource) in template["Resources"].as_mapping().unwrap() {
        if resource["Type"].as_str() == Some("AWS::CloudWatch::Alarm") {
            let name = name.as_str().unwrap();
            let line = README
                .lines()
                .find(|line| line.contains(&format!("`{name}`")))
                .unwrap_or_else(|| panic!("no runbook for {name}"));
            let description = resource["Properties"]["AlarmDescription"].as_str().unwrap();
            let anchor = description
                .split("(README, runbook ")
                .nth(1)
                .unwrap()
                .trim_end_matches(')')
                .replace(' ', "-");
            assert!(line.contains(&format!("id=\"runbook-{anchor}\"")), "{name}: {anchor}");
        }
    }
    let codes = include_str!("../../src/decide/decision.rs");
    for code in codes.split("=> \"").skip(1).map(|rest| rest.split('"').next().unwrap()) {
        assert!(README.contains(&format!("`{code}`")), "the code {code}");
    }
}

/// The outputs shown are those of the commands' own tests.
#[test]
fn the_outputs_of_commands_are_real() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/cli/tests/snapshots");
    for (name, whole) in [
        ("check", true),
        ("explain-weekend", true),
        ("replay-against", true),
        ("import", true),
        ("history", true),
        ("coverage", false),
    ] {
        let snapshot = std::fs::read_to_string(format!("{folder}/commands__{name}.snap")).unwrap();
        let output = snapshot.splitn(3, "---\n").nth(2).unwrap().trim_end();
        if whole {
            assert!(
                README.contains(output),
                "the output of {name} is not in the README as it is:\n{output}"
            );
        } else {
            let shown = section("### Coverage").split("```").nth(1).unwrap();
            for line in shown.lines().filter(|line| !matches!(*line, "text" | "…" | "")) {
                assert!(output.contains(line), "{name}: {line}");
            }
        }
    }
}
