//! Numbers for CloudWatch, in the line of each decision record, in its [embedded metric
//! format](https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html).
//!
//! Dimensions have few values: the function, the outcome, and if wanted the rule (the first 50; the
//! rest is `other`). Users, sessions and agents are in the record, which is for queries.

use std::borrow::Cow;

use chrono::{DateTime, Utc};
use routing::decide::Outcome;
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

/// The numbers of a callback, each with its unit.
const NUMBERS: [(&str, &str); 8] = [
    ("Callbacks", "Count"),
    ("Latency", "Milliseconds"),
    ("TableReads", "Count"),
    ("TableWrites", "Count"),
    ("ConfigAge", "Seconds"),
    ("RowErrors", "Count"),
    ("Degraded", "Count"),
    ("Refused", "Count"),
];

/// What the webhook counts, as CloudWatch wants to be told in every line: `by_rule` also by rule,
/// `is_open` also how often anybody could have asked, and of a `fallback` which version it was of.
pub fn webhook_definitions(by_rule: bool, is_open: bool, fallback: bool) -> Json {
    let metric = |name: &str, unit: &str| json!({ "Name": name, "Unit": unit });
    let mut numbers: Vec<Json> = NUMBERS.iter().map(|(name, unit)| metric(name, unit)).collect();
    if is_open {
        numbers.push(metric("Unauthenticated", "Count"));
    }
    let mut sets = vec![json!(["Function", "Outcome"])];
    if by_rule {
        sets.push(json!(["Function", "Rule"]));
    }
    let definition = |sets: Json, numbers: Vec<Json>| {
        json!({
            "Namespace": NAMESPACE, "Dimensions": sets, "Metrics": numbers,
        })
    };
    let mut definitions = vec![
        definition(json!([["Function"]]), numbers),
        definition(json!(sets), vec![metric("Callbacks", "Count")]),
    ];
    if fallback {
        let of_version = json!([["Function", "Version"]]);
        definitions.push(definition(of_version, vec![metric("Fallbacks", "Count")]));
    }
    Json::Array(definitions)
}

/// Makes the numbers of one function.
#[derive(Debug)]
pub struct Metrics {
    function: String,
    version: String,
    by_rule: bool,
    is_open: bool,
    usual: Box<RawValue>,
    of_fallback: Box<RawValue>,
}

/// The numbers of one callback.
#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Numbers<'a> {
    #[serde(rename = "_aws")]
    aws: Aws<'a>,
    function: &'a str,
    outcome: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    rule: Option<Cow<'a, str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    version: Option<&'a str>,
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
    #[serde(skip_serializing_if = "Option::is_none")]
    unauthenticated: Option<u8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fallbacks: Option<u8>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Aws<'a> {
    timestamp: i64,
    cloud_watch_metrics: &'a RawValue,
}

impl Metrics {
    /// Of this function's version; `by_rule` counts by rule too, `is_open` says that anybody who
    /// finds the URL is answered.
    pub fn new(
        function: Option<&str>,
        version: Option<&str>,
        by_rule: bool,
        is_open: bool,
    ) -> Self {
        // The text is ours and is JSON: a test reads it.
        let definitions = |fallback| {
            let text = webhook_definitions(by_rule, is_open, fallback).to_string();
            RawValue::from_string(text).unwrap_or_default()
        };
        Self {
            function: function.unwrap_or("local").to_owned(),
            version: version.unwrap_or("local").to_owned(),
            by_rule,
            is_open,
            usual: definitions(false),
            of_fallback: definitions(true),
        }
    }

    /// The numbers of one callback, with the refusals that were not counted yet.
    pub fn of<'a>(&'a self, record: &Record<'a>, refused: u64, now: DateTime<Utc>) -> Numbers<'a> {
        let is_fallback = record.outcome == Outcome::Fallback.code();
        let definitions = if is_fallback { &self.of_fallback } else { &self.usual };
        Numbers {
            aws: Aws { timestamp: now.timestamp_millis(), cloud_watch_metrics: definitions },
            function: &self.function,
            outcome: record.outcome,
            rule: self.by_rule.then(|| rule(record)),
            version: is_fallback.then_some(self.version.as_str()),
            callbacks: 1,
            latency: record.duration_ms,
            table_reads: record.table_reads,
            table_writes: record.table_writes,
            config_age: record.config_age_ms.map(|age| age as f64 / 1e3),
            row_errors: record.snapshot.as_ref().map(|snapshot| snapshot.rows_in_error()),
            degraded: u8::from(!record.degraded.is_empty()),
            refused,
            unauthenticated: self.is_open.then_some(1),
            fallbacks: is_fallback.then_some(1),
        }
    }
}

/// The rule as a dimension: CloudWatch takes ASCII alone, and 1,024 characters.
fn rule<'a>(record: &Record<'a>) -> Cow<'a, str> {
    let rules = record.snapshot.as_ref().map(|snapshot| snapshot.rules()).unwrap_or_default();
    match record.rule_id {
        None => NO_RULE.into(),
        Some(id) if rules.iter().take(MAX_RULES).any(|linked| *linked.rule.id == *id) => {
            let is_plain = id.bytes().all(|byte| byte.is_ascii_graphic() || byte == b' ');
            match is_plain && id.trim() == id {
                true => id.into(),
                false => id.escape_default().take(1_000).collect(),
            }
        }
        Some(_) => OTHER_RULES.into(),
    }
}

#[cfg(test)]
mod tests;
