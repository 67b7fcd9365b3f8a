//! Reports of few requests, word by word.

use chrono::DateTime;
use serde_json::{Value as Json, json};

use super::*;
use crate::inspect::row_facts::CustomerRows;
use crate::rows::{Defaults, Rows, row_from_json};
use crate::session::Session;
use crate::snapshot::Snapshot;

fn replay(rules: &Json, requests: &[Request]) -> Replay {
    let typed = |rows: &Json| {
        let rows = rows.as_array().unwrap().iter();
        rows.map(|row| row_from_json(row.as_object().unwrap().clone())).collect()
    };
    let agents = json!([
        { "AgentId": "ann", "Rosters": ["desk"], "Weight": 3 },
        { "AgentId": "bob", "Rosters": ["desk"] },
    ]);
    let rows = Rows { rules: typed(rules), agents: typed(&agents), ..Rows::default() };
    let defaults = Defaults {
        time_zone: crate::hours::Zone::utc(),
        holiday_country: None,
        customers: false,
        assignments: true,
    };
    let now = DateTime::from_timestamp(1_795_000_000, 0).unwrap();
    let snapshot = Snapshot::compile(&rows, &defaults, now);
    let customers = CustomerRows::new(&[], &defaults);
    Replay::run(&snapshot, &customers, None, requests, now, || {})
}

fn requests(count: usize) -> Vec<Request> {
    let session = |n| Session::new(format!("s{n}"), "u", 1, 1_400_000_000);
    (0..count).map(|n| Request { session: session(n), time: None }).collect()
}

fn desk(strategy: &str) -> Json {
    json!([{ "RuleId": "r", "Priority": 1, "Rosters": ["desk"], "Strategy": strategy }])
}

#[test]
fn shares_of_a_rotation() {
    let requests = requests(4);
    let before = replay(&desk("round_robin"), &requests);
    let report = Report { requests: &requests, left_out: 0, before: &before, after: None };
    let expected = "4 requests

rule  requests         
r            4  100.0 %

agent  sessions    share  expected
ann           3   75.0 %    75.0 %
bob           1   25.0 %    25.0 %
(sessions chosen by weight: `hash`, `sticky`, `round_robin`)

without an eligible agent: 0 (0.0 %)
with a group alone: 0 (0.0 %)
Note: rows alone remember no turns: rotations begin with their first turn.
";
    assert_eq!(report.to_string(), expected);
}

#[test]
fn one_request_that_loses_its_agents() {
    let requests = requests(1);
    let before = replay(&desk("all"), &requests);
    let after = replay(&json!([]), &requests);
    let report = Report { requests: &requests, left_out: 2, before: &before, after: Some(&after) };
    let text = report.to_string();
    for said in [
        "1 request (2 lines left out: no request)\n",
        "(no rule)         0    0.0 %         1\n",
        "without an eligible agent: 0 (0.0 %), after: 1 (100.0 %)\n",
        "\n1 request (100.0 %) would get another answer:\n",
        "  1 of them had agents, and would get a group alone or nobody\n",
        "  s0 of u: `r` ann, bob → `(no rule)` nobody\n",
    ] {
        assert!(text.contains(said), "{said:?} is not in {text}");
    }
}
