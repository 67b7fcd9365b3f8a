//! `template.yaml` agrees with the code: keys, variables, defaults, permissions.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use desk_router::rows::Table;
use desk_router::settings::Settings;
use yaml_serde::Value;

fn template() -> Value {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/template.yaml");
    yaml_serde::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

/// The value without CloudFormation's short tags (`!Ref X` → `X`).
fn untagged(value: &Value) -> &Value {
    match value {
        Value::Tagged(tagged) => &tagged.value,
        other => other,
    }
}

fn text(value: &Value) -> String {
    match untagged(value) {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        other => panic!("{other:?} is no text"),
    }
}

fn list(value: &Value) -> Vec<String> {
    match untagged(value) {
        Value::Sequence(entries) => entries.iter().map(text).collect(),
        single => vec![text(single)],
    }
}

fn resource(name: &str) -> Value {
    template()["Resources"][name]["Properties"].clone()
}

/// The settings that the code reads, by asking it.
fn variables_of_the_code() -> BTreeSet<String> {
    let asked = RefCell::new(BTreeSet::new());
    drop(Settings::read(|name| {
        asked.borrow_mut().insert(name.to_owned());
        None
    }));
    asked.into_inner().into_iter().filter(|name| !name.starts_with("AWS_")).collect()
}

#[test]
fn the_tables_have_the_keys_that_the_code_reads() {
    for (name, key) in [
        ("RulesTable", Table::Rules.key_attribute()),
        ("AgentsTable", Table::Agents.key_attribute()),
        ("CalendarsTable", Table::Calendars.key_attribute()),
        ("CustomersTable", Table::Customers.key_attribute()),
        ("AssignmentsTable", "Key"),
    ] {
        let table = resource(name);
        assert_eq!(table["KeySchema"].as_sequence().unwrap().len(), 1, "{name}");
        assert_eq!(text(&table["KeySchema"][0]["AttributeName"]), key);
        assert_eq!(text(&table["AttributeDefinitions"][0]["AttributeName"]), key);
        assert_eq!(text(&table["AttributeDefinitions"][0]["AttributeType"]), "S");
        assert_eq!(text(&table["BillingMode"]), "PAY_PER_REQUEST");
        assert_eq!(table["PointInTimeRecoverySpecification"]["PointInTimeRecoveryEnabled"], Value::Bool(true), "{name}");
        assert_eq!(table["DeletionProtectionEnabled"], Value::Bool(true), "{name}");
        let expires = ["CustomersTable", "AssignmentsTable"].contains(&name);
        assert_eq!(table.get("TimeToLiveSpecification").is_some(), expires, "{name}");
        if expires {
            assert_eq!(text(&table["TimeToLiveSpecification"]["AttributeName"]), "ExpiresAt");
        }
        assert_eq!(text(&template()["Resources"][name]["DeletionPolicy"]), "RetainExceptOnCreate");
    }
}

#[test]
fn the_function_gets_the_variables_that_the_code_reads() {
    let function = resource("WebhookFunction");
    let variables = function["Environment"]["Variables"].as_mapping().unwrap();
    let names: BTreeSet<String> = variables.keys().map(text).collect();
    assert_eq!(names, variables_of_the_code());
    // Every parameter is used, and every variable refers to a parameter or a table of the template.
    let template = template();
    for (name, value) in variables {
        let target = text(value);
        assert!(template["Parameters"].get(&target).is_some() || template["Resources"].get(&target).is_some(), "{name:?}: {target}");
    }
    let used = yaml_serde::to_string(&template["Resources"]).unwrap() + &yaml_serde::to_string(&template["Conditions"]).unwrap();
    for parameter in template["Parameters"].as_mapping().unwrap().keys().map(text) {
        assert!(used.contains(&parameter), "the parameter {parameter} is not used");
    }
}

#[test]
fn the_parameters_defaults_are_the_codes() {
    let template = template();
    let default = |parameter: &str| template["Parameters"][parameter].get("Default").map(text);
    let variables = resource("WebhookFunction");
    let values: BTreeMap<String, Option<String>> = variables["Environment"]["Variables"]
        .as_mapping()
        .unwrap()
        .iter()
        .map(|(name, value)| (text(name), default(&text(value))))
        .collect();
    let required = |name: &str| match name {
        "RULES_TABLE" | "AGENTS_TABLE" | "ASSIGNMENTS_TABLE" => Some(name.to_owned()),
        "SDK_APP_IDS" => Some("1400000000".to_owned()),
        "CALLBACK_TOKENS" => Some("token".to_owned()),
        _ => None,
    };
    let from_template = Settings::read(|name| required(name).or_else(|| values.get(name).cloned().flatten())).unwrap();
    let from_code = Settings::read(required).unwrap();
    assert_eq!(format!("{from_template:?}"), format!("{from_code:?}"));
    assert_eq!(default("TimeZone"), None, "the time zone must be given");
    for secret in ["CallbackTokens", "PathSecrets"] {
        assert_eq!(template["Parameters"][secret]["NoEcho"], Value::Bool(true));
    }
}

/// The role allows exactly the calls that the store makes, on exactly the tables it makes them on.
#[test]
fn the_role_allows_what_the_code_calls() {
    let role = resource("WebhookRole");
    let mut allowed: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for policy in role["Policies"].as_sequence().unwrap() {
        for statement in policy["PolicyDocument"]["Statement"].as_sequence().unwrap() {
            for action in list(&statement["Action"]) {
                allowed.entry(action).or_default().extend(list(&statement["Resource"]));
            }
        }
    }
    let set = |entries: &[&str]| entries.iter().map(|entry| (*entry).to_owned()).collect::<BTreeSet<_>>();
    let expected = BTreeMap::from([
        ("dynamodb:Scan".to_owned(), set(&["RulesTable.Arn", "AgentsTable.Arn", "CalendarsTable.Arn"])),
        ("dynamodb:GetItem".to_owned(), set(&["CustomersTable.Arn", "AssignmentsTable.Arn"])),
        ("dynamodb:PutItem".to_owned(), set(&["AssignmentsTable.Arn"])),
        ("dynamodb:UpdateItem".to_owned(), set(&["AssignmentsTable.Arn"])),
        ("logs:CreateLogStream".to_owned(), set(&["WebhookLogGroup.Arn"])),
        ("logs:PutLogEvents".to_owned(), set(&["WebhookLogGroup.Arn"])),
        ("xray:PutTraceSegments".to_owned(), set(&["*"])),
        ("xray:PutTelemetryRecords".to_owned(), set(&["*"])),
    ]);
    assert_eq!(allowed, expected);
    // `self.client.get_item()` → `dynamodb:GetItem`: no call in the store without its permission, and none too many.
    let store = [include_str!("../../src/store/mod.rs"), include_str!("../../src/store/assignments.rs")].concat();
    let store: String = store.split_whitespace().collect();
    let calls: BTreeSet<String> = store
        .split("self.client.")
        .skip(1)
        .map(|rest| {
            let words = rest.split('(').next().unwrap().split('_');
            words.fold("dynamodb:".to_owned(), |name, word| name + &word[..1].to_uppercase() + &word[1..])
        })
        .collect();
    let permitted: BTreeSet<String> = expected.into_keys().filter(|action| action.starts_with("dynamodb:")).collect();
    assert_eq!(calls, permitted);
}

#[test]
fn routes_throttling_and_the_access_log() {
    let function = resource("WebhookFunction");
    let api = resource("HttpApi");
    let mut routes = BTreeSet::new();
    for event in function["Events"].as_mapping().unwrap().values() {
        let event = &event["Properties"];
        routes.insert(format!("{} {}", text(&event["Method"]), text(&event["Path"])));
        assert_eq!(text(&event["PayloadFormatVersion"]), "2.0");
    }
    let throttled: BTreeSet<String> = api["RouteSettings"].as_mapping().unwrap().keys().map(text).collect();
    assert_eq!(routes, throttled);
    assert_eq!(routes.into_iter().collect::<Vec<_>>(), ["ANY /", "ANY /{secret}"]);
    assert_eq!(text(&api["StageName"]), "$default");
    let log = text(&api["AccessLogSettings"]["Format"]);
    for personal in ["path", "Path", "query", "sourceIp", "identity"] {
        assert!(!log.contains(personal), "the access log has {personal}");
    }
    assert_eq!(text(&function["Timeout"]), "2");
}
