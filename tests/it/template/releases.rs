//! `template.yaml` has what releases need: their table, who calls the operator function, who may.

use std::collections::{BTreeMap, BTreeSet};

use desk_router::store::{PUBLISH_ACTIONS, READ_RELEASES_ACTIONS};
use routing::rows::Table;
use serde_json::Value as Json;
use yaml_serde::Value;

use super::{list, resource, set, template, text};

/// The table of releases has the keys of the code, is kept, and nothing in it ends by itself.
#[test]
fn releases_are_kept() {
    let table = resource("ReleasesTable");
    for (place, name, kind) in [(0, "Id", "HASH"), (1, "Sort", "RANGE")] {
        let key = &table["KeySchema"][place];
        assert_eq!(
            (text(&key["AttributeName"]), text(&key["KeyType"])),
            (name.into(), kind.into())
        );
        assert_eq!(text(&table["AttributeDefinitions"][place]["AttributeName"]), name);
    }
    assert!(table.get("TimeToLiveSpecification").is_none());
    assert!(table.get("StreamSpecification").is_none());
    assert_eq!(
        table["PointInTimeRecoverySpecification"]["PointInTimeRecoveryEnabled"],
        Value::Bool(true)
    );
    let whole = &template()["Resources"]["ReleasesTable"];
    assert_eq!(text(&whole["DeletionPolicy"]), "RetainExceptOnCreate");
    assert!(whole.get("Condition").is_none(), "it outlives the operator function");
}

/// The operator function is called by every stream, every five minutes and daily, with events that
/// it knows; what fails is kept, not dropped.
#[test]
fn what_calls_the_operator_function() {
    let function = resource("OperatorFunction");
    let mut streams = 0;
    let mut schedules = BTreeMap::new();
    for (name, event) in function["Events"].as_mapping().unwrap() {
        let properties = &event["Properties"];
        match text(&event["Type"]).as_str() {
            "DynamoDB" => {
                streams += 1;
                assert_eq!(text(&properties["MaximumRetryAttempts"]), "-1", "{name:?}");
                assert_eq!(text(&properties["MaximumRecordAgeInSeconds"]), "86400", "{name:?}");
                assert_eq!(list(&properties["FunctionResponseTypes"]), ["ReportBatchItemFailures"]);
                let target = &properties["DestinationConfig"]["OnFailure"]["Destination"];
                assert_eq!(text(target), "OperatorFailuresQueue.Arn", "{name:?}");
            }
            "Schedule" => {
                let input: Json = serde_json::from_str(&text(&properties["Input"])).unwrap();
                schedules.insert(input.to_string(), text(&properties["Schedule"]));
            }
            other => panic!("{name:?} is {other}"),
        }
    }
    assert_eq!(streams, Table::ALL.len());
    let expected = [(r#"{"Check":{}}"#, "rate(1 day)"), (r#"{"Look":{}}"#, "rate(5 minutes)")];
    let expected = expected.map(|(event, when)| (event.to_owned(), when.to_owned()));
    assert_eq!(schedules, expected.into());
}

/// Who is on call may invoke the operator function; who edits rows may not.
#[test]
fn who_may_give_orders() {
    let policy = |name: &str| {
        let mut actions: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for statement in resource(name)["PolicyDocument"]["Statement"].as_sequence().unwrap() {
            // What is there only with a key of one's own.
            if statement.get("Action").is_none() {
                continue;
            }
            for action in list(&statement["Action"]) {
                actions.entry(action).or_default().extend(list(&statement["Resource"]));
            }
        }
        actions
    };
    let on_call = policy("OnCallPolicy");
    assert_eq!(on_call["lambda:InvokeFunction"], set(&["OperatorFunction.Arn"]));
    for action in READ_RELEASES_ACTIONS {
        assert!(on_call[action].contains("ReleasesTable.Arn"), "{action}");
    }
    let editors = policy("EditorsPolicy");
    assert!(!editors.keys().any(|action| action.starts_with("lambda:")));
    let releases = "ReleasesTable.Arn".to_owned();
    assert!(!editors.values().any(|resources| resources.contains(&releases)));
    // Nobody but the operator function writes releases.
    for action in PUBLISH_ACTIONS.iter().filter(|action| !READ_RELEASES_ACTIONS.contains(action)) {
        assert!(!on_call.contains_key(*action), "{action}");
    }
}

/// The line for `cargo desk` sets every variable that its commands read.
#[test]
fn one_line_sets_all_that_desk_needs() {
    let template = template();
    let Value::Tagged(sub) = &template["Outputs"]["DeskExports"]["Value"] else { panic!() };
    let line = text(&sub.value[0]) + &yaml_serde::to_string(&sub.value[1]).unwrap();
    for name in [
        "AWS_REGION",
        "RULES_TABLE",
        "AGENTS_TABLE",
        "CALENDARS_TABLE",
        "CUSTOMERS_TABLE",
        "ASSIGNMENTS_TABLE",
        "HISTORY_TABLE",
        "RELEASES_TABLE",
        "OPERATOR_FUNCTION",
        "TIME_ZONE",
        "HOLIDAY_COUNTRY",
        "DEFAULT_AGENT_GROUP_ID",
    ] {
        assert!(line.contains(&format!(" {name}=")), "{name} in {line}");
    }
}
