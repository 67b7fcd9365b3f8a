//! `template.yaml` agrees with the code: keys, variables, defaults, permissions.

mod monitoring;
mod parameters;
mod queries;
mod releases;
mod roles;

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use desk_router::settings::Settings;
use routing::rows::Table;
use yaml_serde::Value;

fn template() -> Value {
    let path = testing::top().join("template.yaml");
    yaml_serde::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

/// The value without CloudFormation's short tags (`!Ref X` → `X`), and of `!If` what it is by
/// default: the stack's own.
fn untagged(value: &Value) -> &Value {
    match value {
        Value::Tagged(tagged) if tagged.tag == "If" => {
            untagged(tagged.value.as_sequence().unwrap().last().unwrap())
        }
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

fn set(entries: &[&str]) -> BTreeSet<String> {
    entries.iter().map(|entry| (*entry).to_owned()).collect()
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
        assert_eq!(
            table["PointInTimeRecoverySpecification"]["PointInTimeRecoveryEnabled"],
            Value::Bool(true),
            "{name}"
        );
        let is_human = name != "AssignmentsTable";
        assert_eq!(table.get("StreamSpecification").is_some(), is_human, "{name}");
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
    // Only people's tools ask for the operator function; tokens in clear are for a machine of one's
    // own.
    let not_set = ["OPERATOR_FUNCTION", "CALLBACK_TOKENS"].map(str::to_owned);
    assert_eq!(names, &variables_of_the_code() - &not_set.into());
    // Every parameter is used, and every variable refers to a parameter or a table of the template.
    let template = template();
    for (name, value) in variables {
        let target = text(value);
        assert!(
            template["Parameters"].get(&target).is_some()
                || template["Resources"].get(&target).is_some(),
            "{name:?}: {target}"
        );
    }
    let used = yaml_serde::to_string(&template["Resources"]).unwrap()
        + &yaml_serde::to_string(&template["Conditions"]).unwrap();
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
    let from_template =
        Settings::read(|name| required(name).or_else(|| values.get(name).cloned().flatten()))
            .unwrap();
    // How often a release is looked for counts only with a table of releases.
    let config_ttl = from_template.config_ttl;
    let from_code = Settings { config_ttl, ..Settings::read(required).unwrap() };
    assert_eq!(format!("{from_template:?}"), format!("{from_code:?}"));
    assert_eq!(default("TimeZone"), None, "the time zone must be given");
}

#[test]
fn routes_throttling_and_the_access_log() {
    let resources = template()["Resources"].clone();
    let of = |kind: &str| -> Vec<Value> {
        let all = resources.as_mapping().unwrap().values();
        all.filter(|resource| text(&resource["Type"]) == kind)
            .map(|resource| resource["Properties"].clone())
            .collect()
    };
    let routes: BTreeSet<String> =
        of("AWS::ApiGatewayV2::Route").iter().map(|route| text(&route["RouteKey"])).collect();
    assert_eq!(routes.into_iter().collect::<Vec<_>>(), ["ANY /", "ANY /{secret}"]);
    let integration = resource("WebhookIntegration");
    assert_eq!(
        (
            text(&integration["PayloadFormatVersion"]).as_str(),
            text(&integration["IntegrationUri"]).as_str()
        ),
        ("2.0", "WebhookFunction.Alias")
    );
    assert!(text(&integration["TimeoutInMillis"]).parse::<u32>().unwrap() <= 2_500);
    let stage = resource("HttpStage");
    assert_eq!(text(&stage["StageName"]), "$default");
    assert_eq!(text(&stage["DefaultRouteSettings"]["ThrottlingRateLimit"]), "ThrottleRate");
    let log = text(&stage["AccessLogSettings"]["Format"]);
    for personal in ["path", "Path", "query", "sourceIp", "identity"] {
        assert!(!log.contains(personal), "the access log has {personal}");
    }
    assert_eq!(text(&resource("WebhookFunction")["Timeout"]), "2");
}
