//! A file of `tests/scenarios`, as it is written. See the README there.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use serde::Deserialize;
use serde_json::{Map, Value};

/// Rows as a file has them.
pub(super) type JsonRows = Vec<Map<String, Value>>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Scenario {
    #[allow(dead_code)]
    description: String,
    #[serde(default)]
    pub(super) settings: Map<String, Value>,
    #[serde(default)]
    pub(super) rules: JsonRows,
    #[serde(default)]
    pub(super) agents: JsonRows,
    #[serde(default)]
    pub(super) calendars: JsonRows,
    #[serde(default)]
    pub(super) customers: JsonRows,
    /// Each must be part of some finding; without the list, there must be none.
    #[serde(default)]
    pub(super) findings: Vec<String>,
    pub(super) cases: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Case {
    pub(super) name: String,
    pub(super) time: DateTime<Utc>,
    #[serde(default = "default_session")]
    pub(super) session_id: String,
    #[serde(default = "default_user")]
    pub(super) client_user_id: String,
    pub(super) platform: Option<String>,
    pub(super) client_ip: Option<String>,
    pub(super) customer_service_id: Option<String>,
    #[serde(default = "default_app")]
    pub(super) sdk_app_id: u64,
    #[serde(default = "default_event")]
    pub(super) event_time: i64,
    /// The customers table cannot be read.
    #[serde(default)]
    pub(super) customers_fail: bool,
    /// The assignments table can be neither read nor written.
    #[serde(default)]
    pub(super) assignments_fail: bool,
    pub(super) expect: Expect,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Expect {
    pub(super) reason: String,
    pub(super) rule: Option<String>,
    pub(super) group: Option<i64>,
    /// In any order.
    #[serde(default)]
    pub(super) agents: BTreeSet<String>,
    /// The first of them.
    pub(super) first: Option<String>,
    pub(super) strategy: Option<String>,
    pub(super) preferred: Option<String>,
    /// The answer is FAIL.
    #[serde(default)]
    pub(super) fail: bool,
}

fn default_session() -> String {
    "session-1".into()
}

fn default_user() -> String {
    "user-1".into()
}

fn default_app() -> u64 {
    1_400_000_000
}

fn default_event() -> i64 {
    1_795_000_000_000
}
