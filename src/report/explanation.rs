//! A dry decision as JSON.

use routing::inspect::Explanation;
use serde_json::{Value as Json, json};

use super::Record;
use crate::tencent::Answer;

/// The decision record of a dry decision by this `release` (`None` = by rows), with the answer as
/// `response`, the whole `trace` and `notes`.
pub fn explanation_json(
    explanation: &Explanation,
    release: Option<u64>,
    notes: &[String],
    degraded: &[&'static str],
    log_user_ids: bool,
) -> Json {
    let record = Record {
        release,
        config_version: Some(explanation.version.clone()),
        config_age_ms: Some(0),
        degraded: degraded.to_vec(),
        segments: explanation.segments.clone(),
        ..Record::at(explanation.at)
    };
    let record = record
        .with_session(&explanation.session, log_user_ids)
        .with_decision(&explanation.decision);
    let mut json = serde_json::to_value(&record).unwrap_or_default();
    if let Json::Object(fields) = &mut json {
        let answer = Answer::from_decision(&explanation.decision).body();
        let response: Json = serde_json::from_str(&answer).unwrap_or_default();
        fields.insert("response".to_owned(), response);
        let trace = serde_json::to_value(&explanation.trace).unwrap_or_default();
        fields.insert("trace".to_owned(), trace);
        fields.insert("notes".to_owned(), json!(notes));
    }
    json
}
