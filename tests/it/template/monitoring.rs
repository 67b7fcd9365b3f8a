//! Alarms, dashboard and queries name what the code emits.

use std::collections::BTreeSet;

use desk_router::report::{NAMESPACE, OPERATOR_NUMBERS, webhook_definitions};
use routing::decide::Outcome;
use serde_json::Value as Json;
use yaml_serde::Value;

use super::{list, resource, set, template, text};

/// The numbers that the functions emit.
struct Emitted {
    names: BTreeSet<String>,
    dimensions: BTreeSet<Vec<String>>,
}

impl Emitted {
    fn of_the_code() -> Self {
        let definitions: Json = webhook_definitions(true, true, true);
        let mut metrics = Self { names: set(&OPERATOR_NUMBERS), dimensions: BTreeSet::new() };
        // What CloudWatch counts in the gateway's own lines.
        let filter = resource("ThrottledByGateway")["MetricTransformations"][0].clone();
        assert_eq!(text(&filter["MetricNamespace"]), NAMESPACE);
        metrics.names.insert(text(&filter["MetricName"]));
        metrics.dimensions.insert(vec![text(&filter["Dimensions"][0]["Key"])]);
        for definition in definitions.as_array().unwrap() {
            assert_eq!(definition["Namespace"], NAMESPACE);
            let names = definition["Metrics"].as_array().unwrap().iter();
            metrics.names.extend(names.map(|metric| metric["Name"].as_str().unwrap().to_owned()));
            let dimensions: Vec<Vec<String>> =
                serde_json::from_value(definition["Dimensions"].clone()).unwrap();
            metrics.dimensions.extend(dimensions);
        }
        metrics
    }
}

/// Alarms and the dashboard name numbers that the code emits, with the dimensions it gives them;
/// queries name fields of the record.
#[test]
fn dashboard_alarms_and_queries_name_what_there_is() {
    let metrics = Emitted::of_the_code();
    let template = template();
    let mut alarms = 0;
    for (name, resource) in template["Resources"].as_mapping().unwrap() {
        if text(&resource["Type"]) != "AWS::CloudWatch::Alarm" {
            continue;
        }
        alarms += 1;
        let properties = &resource["Properties"];
        let single = properties.get("MetricName").map(|_| properties.clone());
        let several = properties
            .get("Metrics")
            .and_then(Value::as_sequence)
            .into_iter()
            .flatten()
            .filter_map(|entry| entry.get("MetricStat"))
            .map(|stat| stat["Metric"].clone());
        for metric in single.into_iter().chain(several) {
            if text(&metric["Namespace"]) != "desk-router" {
                continue;
            }
            let number = text(&metric["MetricName"]);
            assert!(metrics.names.contains(&number), "{name:?}: {number}");
            let dimensions: Vec<String> = metric["Dimensions"]
                .as_sequence()
                .unwrap()
                .iter()
                .map(|dimension| text(&dimension["Name"]))
                .collect();
            assert!(metrics.dimensions.contains(&dimensions), "{name:?}: {dimensions:?}");
            for dimension in metric["Dimensions"]
                .as_sequence()
                .unwrap()
                .iter()
                .filter(|dimension| text(&dimension["Name"]) == "Outcome")
            {
                let outcome = text(&dimension["Value"]);
                assert!(Outcome::ALL.iter().any(|known| known.code() == outcome), "{outcome}");
            }
        }
    }
    assert_eq!(alarms, 22);
    // The canary looks at nothing that editors or attackers can bring about.
    let canary = list(&resource("WebhookFunction")["DeploymentPreference"]["Alarms"]);
    assert_eq!(canary, ["CanaryErrorsAlarm", "CanaryFallbackAlarm", "CanarySlowAlarm"]);
    let body = yaml_serde::to_string(&template["Resources"]["Dashboard"]).unwrap();
    for rest in body
        .split("\"desk-router\", \\\"")
        .skip(1)
        .chain(body.split("\\\"desk-router\\\", \\\"").skip(1))
    {
        let number = rest.split('\\').next().unwrap();
        assert!(metrics.names.contains(number), "{number}");
    }
    let record = serde_json::to_value(desk_router::report::Record::at(chrono::Utc::now())).unwrap();
    let mut queries = 0;
    for (name, resource) in template["Resources"].as_mapping().unwrap() {
        if text(&resource["Type"]) != "AWS::Logs::QueryDefinition" {
            continue;
        }
        queries += 1;
        let query = text(&resource["Properties"]["QueryString"]);
        let fields = query.lines().flat_map(|line| {
            line.trim_start_matches("| ")
                .strip_prefix("fields ")
                .into_iter()
                .flat_map(|list| list.split(", "))
        });
        let filtered = query.split("filter ").skip(1).map(|rest| {
            rest.split(' ').next().unwrap().trim_start_matches("ispresent(").trim_end_matches(')')
        });
        for field in fields.chain(filtered) {
            let field = field.trim().split('.').next().unwrap();
            assert!(record.get(field).is_some(), "{name:?}: {field}");
        }
    }
    assert_eq!(queries, 4);
}
