//! Numbers for CloudWatch: one line a callback in its [embedded metric
//! format](https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html).
//!
//! Dimensions have few values: the function, the outcome, and the rule (the first 50; the rest is
//! `other`). Users, sessions and agents are in the decision record, which is for queries.

use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::value::RawValue;
use serde_json::{Value as Json, json};

use super::Record;

/// Where all numbers are found.
pub const NAMESPACE: &str = "desk-router";

/// Most rules counted by name.
const MAX_RULES: usize = 50;
/// The rule of callbacks that no rule answered, and of rules beyond the first 50.
const NO_RULE: &str = "none";
const OTHER_RULES: &str = "other";

/// What the numbers of a callback are, as CloudWatch wants to be told in every line.
pub const DEFINITIONS: &str = r#"[{"Namespace":"desk-router","Dimensions":[["Function"]],"Metrics":[{"Name":"Callbacks","Unit":"Count"},{"Name":"Latency","Unit":"Milliseconds"},{"Name":"TableReads","Unit":"Count"},{"Name":"TableWrites","Unit":"Count"},{"Name":"ConfigAge","Unit":"Seconds"},{"Name":"RowErrors","Unit":"Count"},{"Name":"Degraded","Unit":"Count"},{"Name":"Refused","Unit":"Count"},{"Name":"Unauthenticated","Unit":"Count"}]},{"Namespace":"desk-router","Dimensions":[["Function","Outcome"],["Function","Rule"]],"Metrics":[{"Name":"Callbacks","Unit":"Count"}]}]"#;

/// What the operator function counts, by function.
pub const OPERATOR_NUMBERS: [&str; 11] = [
    "OperatorFailures",
    "ReleasePublished",
    "ReleaseWaits",
    "HeldTooLong",
    "ReleaseBehind",
    "ReleaseCheckedAgo",
    "ChecksNotWritten",
    "CheckErrors",
    "CheckWarnings",
    "Rules",
    "Agents",
];

/// Makes the lines of one function.
#[derive(Debug)]
pub struct Metrics {
    function: String,
    unauthenticated: bool,
    definitions: Box<RawValue>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Line<'a> {
    #[serde(rename = "_aws")]
    aws: Aws<'a>,
    function: &'a str,
    outcome: &'a str,
    rule: &'a str,
    callbacks: u8,
    /// From the event to the answer.
    latency: f64,
    table_reads: u32,
    table_writes: u32,
    /// Absent for callbacks that needed no rows.
    #[serde(skip_serializing_if = "Option::is_none")]
    config_age: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    row_errors: Option<usize>,
    degraded: u8,
    refused: u64,
    unauthenticated: u8,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Aws<'a> {
    timestamp: i64,
    cloud_watch_metrics: &'a RawValue,
}

impl Metrics {
    /// Of this function; `unauthenticated` when anybody who finds the URL is answered.
    pub fn new(function: Option<&str>, unauthenticated: bool) -> Self {
        // The text is ours and is JSON: a test reads it.
        let definitions = RawValue::from_string(DEFINITIONS.to_owned()).unwrap_or_default();
        Self { function: function.unwrap_or("local").to_owned(), unauthenticated, definitions }
    }

    /// The line of one callback, with the refusals that were not counted yet.
    pub fn line<'a>(&'a self, record: &Record<'a>, refused: u64, now: DateTime<Utc>) -> Line<'a> {
        let rules = record.snapshot.as_ref().map(|snapshot| snapshot.rules()).unwrap_or_default();
        let rule = match record.rule_id {
            None => NO_RULE,
            Some(id) if rules.iter().take(MAX_RULES).any(|linked| *linked.rule.id == *id) => id,
            Some(_) => OTHER_RULES,
        };
        Line {
            aws: Aws { timestamp: now.timestamp_millis(), cloud_watch_metrics: &self.definitions },
            function: &self.function,
            outcome: record.outcome,
            rule,
            callbacks: 1,
            latency: record.duration_ms,
            table_reads: record.table_reads,
            table_writes: record.table_writes,
            config_age: record.config_age_ms.map(|age| age as f64 / 1e3),
            row_errors: record.snapshot.as_ref().map(|snapshot| snapshot.rows_in_error()),
            degraded: u8::from(!record.degraded.is_empty()),
            refused,
            unauthenticated: u8::from(self.unauthenticated),
        }
    }
}

/// A line of the operator function's numbers: each by its name, counted under `function`.
pub fn operator_line(function: Option<&str>, now: DateTime<Utc>, numbers: &Json) -> Json {
    let counted = numbers.as_object().into_iter().flatten();
    let names: Vec<Json> =
        counted.map(|(name, _)| json!({ "Name": name, "Unit": "Count" })).collect();
    let metrics = json!([
        { "Namespace": NAMESPACE, "Dimensions": [["Function"]], "Metrics": names },
    ]);
    let mut line = numbers.clone();
    if let Json::Object(fields) = &mut line {
        fields.insert("Function".to_owned(), function.unwrap_or("local").into());
        fields.insert(
            "_aws".to_owned(),
            json!({ "Timestamp": now.timestamp_millis(), "CloudWatchMetrics": metrics }),
        );
    }
    line
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::sync::Arc;

    use serde_json::{Value, json};

    use super::*;
    use routing::rows::Defaults;
    use routing::rows::{Rows, row_from_json};
    use routing::snapshot::Snapshot;

    #[test]
    fn the_definitions_name_the_fields() {
        let now = DateTime::from_timestamp(1_795_000_000, 0).unwrap();
        let rules = (0..60).map(|n| {
            row_from_json(
                json!({ "RuleId": format!("r{n:02}"), "Priority": n, "AgentGroupId": 1 })
                    .as_object()
                    .unwrap()
                    .clone(),
            )
        });
        let rules: Vec<_> = rules
            .chain([row_from_json(json!({ "RuleId": "bad" }).as_object().unwrap().clone())])
            .collect();
        let defaults = Defaults {
            time_zone: routing::hours::Zone::utc(),
            holiday_country: None,
            customers: false,
            assignments: false,
        };
        let snapshot =
            Arc::new(Snapshot::compile(&Rows { rules, ..Rows::default() }, &defaults, now));
        let metrics = Metrics::new(Some("webhook"), false);
        for (rule_id, rule) in [
            (Some("r00"), "r00"),
            (Some("r49"), "r49"),
            (Some("r50"), "other"),
            (Some("gone"), "other"),
            (None, "none"),
        ] {
            let record = Record {
                outcome: "group",
                rule_id,
                config_age_ms: Some(1_500),
                snapshot: Some(Arc::clone(&snapshot)),
                ..Record::at(now)
            };
            let line = serde_json::to_value(metrics.line(&record, 3, now)).unwrap();
            assert_eq!(
                (&line["Rule"], &line["RowErrors"], &line["Refused"]),
                (&json!(rule), &json!(1), &json!(3))
            );
            assert_eq!(
                (&line["ConfigAge"], &line["Function"], &line["_aws"]["Timestamp"]),
                (&json!(1.5), &json!("webhook"), &json!(1_795_000_000_000_i64))
            );
            let fields: BTreeSet<&str> = line
                .as_object()
                .unwrap()
                .keys()
                .map(String::as_str)
                .filter(|name| *name != "_aws")
                .collect();
            let mut named = BTreeSet::new();
            for definition in line["_aws"]["CloudWatchMetrics"].as_array().unwrap() {
                assert_eq!(definition["Namespace"], NAMESPACE);
                named.extend(
                    definition["Metrics"]
                        .as_array()
                        .unwrap()
                        .iter()
                        .map(|metric| metric["Name"].as_str().unwrap()),
                );
                named.extend(
                    definition["Dimensions"]
                        .as_array()
                        .unwrap()
                        .iter()
                        .flat_map(|set| set.as_array().unwrap())
                        .map(|name| name.as_str().unwrap()),
                );
            }
            assert_eq!(fields, named);
        }
        let bare = serde_json::to_value(metrics.line(&Record::at(now), 0, now)).unwrap();
        assert_eq!(
            (bare.get("ConfigAge"), bare.get("RowErrors")),
            (None::<&Value>, None),
            "unknown is not 0"
        );
    }
}
