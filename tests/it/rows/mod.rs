//! Rows against the compiled snapshot.

mod choice;
mod in_force;
mod limits;
mod many;
mod trace;

use chrono::{TimeZone, Utc};
use routing::decide::{Known, Trace, Tracing};
use routing::rows::{Defaults, Row, Rows, Severity, row_from_json};
use routing::session::Session;
use routing::snapshot::Snapshot;
use serde_json::Value as Json;

use testing::deciding::decide_by;
use testing::question;

fn defaults(customers: &str) -> Defaults {
    testing::settings(&[("TIME_ZONE", "Asia/Seoul"), ("CUSTOMERS_TABLE", customers)]).defaults
}

fn row(json: &Json) -> Row {
    row_from_json(json.as_object().unwrap().clone())
}

fn compile(rules: &[Json], agents: &[Json]) -> Snapshot {
    compile_rows(rules.iter().map(row).collect(), agents.iter().map(row).collect())
}

fn compile_rows(rules: Vec<Row>, agents: Vec<Row>) -> Snapshot {
    let now = Utc.with_ymd_and_hms(2026, 11, 24, 1, 0, 0).unwrap();
    Snapshot::compile(&Rows { rules, agents, calendars: Vec::new() }, &defaults("customers"), now)
}

fn errors(snapshot: &Snapshot) -> Vec<String> {
    snapshot
        .findings()
        .iter()
        .filter(|finding| finding.severity == Severity::Error)
        .map(ToString::to_string)
        .collect()
}

fn trace(snapshot: &Snapshot, session: &Session, known: &Known) -> Trace {
    let now = Utc.with_ymd_and_hms(2026, 11, 24, 1, 0, 0).unwrap();
    decide_by(&question(snapshot, session, now), known, Tracing::Full).trace.unwrap()
}
