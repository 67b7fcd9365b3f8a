//! What the operator function counts, in a line of its own for CloudWatch, by function.

use chrono::{DateTime, Utc};
use serde_json::{Map, Value as Json, json};

use super::NAMESPACE;

/// A number of the operator function.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OperatorNumber {
    /// Records of edits that could not be dealt with.
    Failures,
    /// A release went live.
    ReleasePublished,
    /// Whether the rows wait because they look like an accident.
    ReleaseWaits,
    /// Whether a hold is older than four hours.
    HeldTooLong,
    /// Whether the look before left edits behind.
    ReleaseBehind,
    /// Seconds since the rows were last compared with what is live.
    ReleaseCheckedAgo,
    /// Rows whose `_Check` could not be written.
    ChecksNotWritten,
    /// Errors that the daily check found.
    CheckErrors,
    /// Warnings that the daily check found.
    CheckWarnings,
    /// Rows of rules at the daily check.
    Rules,
    /// Rows of agents at the daily check.
    Agents,
}

impl OperatorNumber {
    /// Every number.
    pub const ALL: [Self; 11] = [
        Self::Failures,
        Self::ReleasePublished,
        Self::ReleaseWaits,
        Self::HeldTooLong,
        Self::ReleaseBehind,
        Self::ReleaseCheckedAgo,
        Self::ChecksNotWritten,
        Self::CheckErrors,
        Self::CheckWarnings,
        Self::Rules,
        Self::Agents,
    ];

    /// The name of the metric.
    pub fn name(self) -> &'static str {
        match self {
            Self::Failures => "OperatorFailures",
            Self::ReleasePublished => "ReleasePublished",
            Self::ReleaseWaits => "ReleaseWaits",
            Self::HeldTooLong => "HeldTooLong",
            Self::ReleaseBehind => "ReleaseBehind",
            Self::ReleaseCheckedAgo => "ReleaseCheckedAgo",
            Self::ChecksNotWritten => "ChecksNotWritten",
            Self::CheckErrors => "CheckErrors",
            Self::CheckWarnings => "CheckWarnings",
            Self::Rules => "Rules",
            Self::Agents => "Agents",
        }
    }

    fn unit(self) -> &'static str {
        match self {
            Self::ReleaseCheckedAgo => "Seconds",
            Self::Failures
            | Self::ReleasePublished
            | Self::ReleaseWaits
            | Self::HeldTooLong
            | Self::ReleaseBehind
            | Self::ChecksNotWritten
            | Self::CheckErrors
            | Self::CheckWarnings
            | Self::Rules
            | Self::Agents => "Count",
        }
    }
}

/// A line of numbers, counted under `function`.
pub(crate) fn operator_line(
    function: Option<&str>,
    now: DateTime<Utc>,
    numbers: &[(OperatorNumber, usize)],
) -> Json {
    let names: Vec<Json> = numbers
        .iter()
        .map(|(number, _)| json!({ "Name": number.name(), "Unit": number.unit() }))
        .collect();
    let metrics = json!([
        { "Namespace": NAMESPACE, "Dimensions": [["Function"]], "Metrics": names },
    ]);
    let mut line: Map<String, Json> =
        numbers.iter().map(|(number, count)| (number.name().to_owned(), json!(count))).collect();
    line.insert("Function".to_owned(), function.unwrap_or("local").into());
    line.insert(
        "_aws".to_owned(),
        json!({ "Timestamp": now.timestamp_millis(), "CloudWatchMetrics": metrics }),
    );
    Json::Object(line)
}
