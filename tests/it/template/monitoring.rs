//! Alarms and dashboard name numbers that somebody emits, with the dimensions they are emitted
//! with. (Queries: see `queries`.)

use std::collections::BTreeMap;

use desk_router::report::{NAMESPACE, OperatorNumber, webhook_definitions};
use routing::decide::Outcome;
use serde_json::Value as Json;
use yaml_serde::Value;

use super::{list, resource, template, text, untagged};

/// What AWS's own services count, as far as the template asks: from the pages *Lambda function
/// metrics*, *HTTP API metrics* and *Available CloudWatch metrics for Amazon SQS*.
const OF_AWS: [(&str, &str, &[&str]); 12] = [
    ("AWS/Lambda", "Errors", &["FunctionName"]),
    ("AWS/Lambda", "Errors", &["FunctionName", "Resource"]),
    ("AWS/Lambda", "Errors", &["FunctionName", "Resource", "ExecutedVersion"]),
    ("AWS/Lambda", "Duration", &["FunctionName", "Resource", "ExecutedVersion"]),
    ("AWS/Lambda", "Throttles", &["FunctionName"]),
    ("AWS/Lambda", "Invocations", &["FunctionName"]),
    ("AWS/Lambda", "IteratorAge", &["FunctionName"]),
    ("AWS/ApiGateway", "5xx", &["ApiId"]),
    ("AWS/ApiGateway", "4xx", &["ApiId"]),
    ("AWS/ApiGateway", "Latency", &["ApiId"]),
    ("AWS/ApiGateway", "Count", &["ApiId"]),
    ("AWS/SQS", "ApproximateNumberOfMessagesVisible", &["QueueName"]),
];

/// A number as an alarm or the dashboard asks for it: its name, and its dimensions with their
/// values.
#[derive(Debug)]
struct Asked {
    namespace: String,
    number: String,
    dimensions: Vec<(String, String)>,
}

/// Number and names of dimensions → the resource that emits it.
struct Emitted(BTreeMap<(String, Vec<String>), &'static str>);

impl Emitted {
    fn of_the_code() -> Self {
        let mut emitted = BTreeMap::new();
        let definitions: Json = webhook_definitions(true, true, true);
        for definition in definitions.as_array().unwrap() {
            assert_eq!(definition["Namespace"], NAMESPACE);
            let sets: Vec<Vec<String>> =
                serde_json::from_value(definition["Dimensions"].clone()).unwrap();
            for metric in definition["Metrics"].as_array().unwrap() {
                let number = metric["Name"].as_str().unwrap();
                for set in &sets {
                    emitted.insert((number.to_owned(), set.clone()), "WebhookFunction");
                }
            }
        }
        for number in OperatorNumber::ALL.map(OperatorNumber::name) {
            emitted.insert((number.to_owned(), vec!["Function".to_owned()]), "OperatorFunction");
        }
        // What CloudWatch counts in the gateway's own lines.
        let filter = resource("ThrottledByGateway")["MetricTransformations"][0].clone();
        assert_eq!(text(&filter["MetricNamespace"]), NAMESPACE);
        let dimensions = vec![text(&filter["Dimensions"][0]["Key"])];
        emitted.insert((text(&filter["MetricName"]), dimensions), "HttpApi");
        Self(emitted)
    }

    /// Whether there is such a number.
    fn check(&self, place: &str, asked: &Asked) {
        let names: Vec<String> = asked.dimensions.iter().map(|(name, _)| name.clone()).collect();
        if asked.namespace != NAMESPACE {
            let is_known = OF_AWS.iter().any(|(namespace, number, dimensions)| {
                *namespace == asked.namespace && *number == asked.number && names == *dimensions
            });
            assert!(is_known, "{place}: AWS has no {asked:?}");
            return;
        }
        let emitter = self.0.get(&(asked.number.clone(), names));
        let Some(emitter) = emitter else { panic!("{place}: nobody emits {asked:?}") };
        assert_eq!(&asked.dimensions[0].1, emitter, "{place}: {asked:?}");
        for (name, value) in &asked.dimensions {
            let is_outcome = || Outcome::ALL.iter().any(|outcome| outcome.code() == value);
            assert!(name != "Outcome" || is_outcome(), "{place}: {value}");
        }
    }
}

/// The numbers that an alarm looks at.
fn of_alarm(properties: &Value) -> Vec<Asked> {
    let single = properties.get("MetricName").map(|_| properties.clone());
    let several = properties.get("Metrics").and_then(Value::as_sequence).into_iter().flatten();
    let several =
        several.filter_map(|entry| entry.get("MetricStat")).map(|stat| stat["Metric"].clone());
    let asked = |metric: Value| Asked {
        namespace: text(&metric["Namespace"]),
        number: text(&metric["MetricName"]),
        dimensions: metric["Dimensions"]
            .as_sequence()
            .unwrap()
            .iter()
            .map(|dimension| (text(&dimension["Name"]), text(&dimension["Value"])))
            .collect(),
    };
    single.into_iter().chain(several).map(asked).collect()
}

/// The widgets of the dashboard, as the template's text has them.
pub(super) fn widgets() -> Vec<Json> {
    let body = resource("Dashboard")["DashboardBody"].clone();
    // Alarms that are not always there: more of a list.
    let body = text(&untagged(&body)[0]).replace("${GatewayAlarm}", "");
    let body = body.replace("${OperatorAlarms}", "");
    let body: Json = serde_json::from_str(&body).unwrap();
    body["widgets"].as_array().unwrap().clone()
}

/// The resource that a text of the dashboard names: `${WebhookFunction}`.
fn named(value: &str) -> String {
    let name = value.strip_prefix("${").and_then(|rest| rest.strip_suffix('}'));
    name.unwrap_or_else(|| panic!("{value} names no resource")).to_owned()
}

/// What one line of a widget asks for: `[namespace, number, dimension, value, …, options]`, or a
/// search for all values of the second dimension.
fn of_line(line: &Json) -> Asked {
    let Some(expression) = line[0].get("expression") else {
        let words: Vec<&str> =
            line.as_array().unwrap().iter().filter_map(|word| word.as_str()).collect();
        let [namespace, number, dimensions @ ..] = words.as_slice() else { panic!("{line}") };
        let pair = |pair: &[&str]| (pair[0].to_owned(), named(pair[1]));
        return Asked {
            namespace: (*namespace).to_owned(),
            number: (*number).to_owned(),
            dimensions: dimensions.chunks_exact(2).map(pair).collect(),
        };
    };
    let form = regex::Regex::new(
        r#"^SEARCH\('\{"([^"]+)",(\w+),(\w+)\} MetricName="(\w+)" (\w+)="([^"]+)"', 'Sum', 300\)$"#,
    );
    let expression = expression.as_str().unwrap();
    let found = form.unwrap().captures(expression).unwrap_or_else(|| panic!("{expression}"));
    let [namespace, first, second, number, of, value] = found.extract().1;
    assert_eq!(first, of, "{expression}");
    let label = line[0]["label"].as_str().unwrap();
    assert_eq!(label, format!("${{!PROP('Dim.{second}')}}"), "{expression}");
    Asked {
        namespace: namespace.to_owned(),
        number: number.to_owned(),
        // Of every outcome or rule: this stands for one.
        dimensions: vec![
            (first.to_owned(), named(value)),
            (second.to_owned(), Outcome::Agents.code().to_owned()),
        ],
    }
}

#[test]
fn alarms_look_at_numbers_that_somebody_emits() {
    let emitted = Emitted::of_the_code();
    let (mut alarms, mut numbers) = (0, 0);
    for (name, resource) in template()["Resources"].as_mapping().unwrap() {
        if text(&resource["Type"]) == "AWS::CloudWatch::Alarm" {
            let asked = of_alarm(&resource["Properties"]);
            assert!(!asked.is_empty(), "{name:?} looks at nothing");
            asked.iter().for_each(|number| emitted.check(&text(name), number));
            alarms += 1;
            numbers += asked.len();
        }
    }
    // docs/scale.md has what they cost.
    assert_eq!((alarms, numbers), (22, 26));
    // The canary looks at nothing that editors or attackers can bring about.
    let canary = list(&resource("WebhookFunction")["DeploymentPreference"]["Alarms"]);
    assert_eq!(canary, ["CanaryErrorsAlarm", "CanaryFallbackAlarm", "CanarySlowAlarm"]);
}

#[test]
fn the_dashboard_shows_numbers_that_somebody_emits_and_every_alarm() {
    let emitted = Emitted::of_the_code();
    let mut numbers = 0;
    for widget in widgets().iter().filter(|widget| widget["type"] == "metric") {
        let title = widget["properties"]["title"].as_str().unwrap();
        for line in widget["properties"]["metrics"].as_array().unwrap() {
            emitted.check(title, &of_line(line));
            numbers += 1;
        }
    }
    assert_eq!(numbers, 14);
    let template = template();
    let written = yaml_serde::to_string(&template["Resources"]["Dashboard"]).unwrap();
    for (name, resource) in template["Resources"].as_mapping().unwrap() {
        let name = text(name);
        // An alarm of one version says nothing once the deploy is over.
        if text(&resource["Type"]) == "AWS::CloudWatch::Alarm" && !name.starts_with("Canary") {
            let shown = format!("${{{name}.Arn}}");
            assert!(written.contains(&shown), "{name} is not on the dashboard");
        }
    }
}
