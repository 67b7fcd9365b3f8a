//! Runs every file of `tests/scenarios`: rows, requests with a time, and what must come of them.
//! See the README there.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use desk_router::settings::{Defaults, Settings};
use desk_router::tencent::Answer;
use routing::decide::rotation::Schedule;
use routing::decide::{Decision, Fact, Known, LastAgent, Reason, Remember, Step, Tracer, decide};
use routing::rows::customer::{self, Customer};
use routing::rows::rule::{Preference, Strategy};
use routing::rows::{Read, Row, Rows, row_from_json};
use routing::session::Session;
use routing::snapshot::Snapshot;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use testing;

type JsonRows = Vec<Map<String, Value>>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Scenario {
    #[allow(dead_code)]
    description: String,
    #[serde(default)]
    settings: Map<String, Value>,
    #[serde(default)]
    rules: JsonRows,
    #[serde(default)]
    agents: JsonRows,
    #[serde(default)]
    calendars: JsonRows,
    #[serde(default)]
    customers: JsonRows,
    /// Each must be part of some finding; without the list, there must be none.
    #[serde(default)]
    findings: Vec<String>,
    cases: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    time: DateTime<Utc>,
    #[serde(default = "default_session")]
    session_id: String,
    #[serde(default = "default_user")]
    client_user_id: String,
    platform: Option<String>,
    client_ip: Option<String>,
    customer_service_id: Option<String>,
    #[serde(default = "default_app")]
    sdk_app_id: u64,
    #[serde(default = "default_event")]
    event_time: i64,
    /// The customers table cannot be read.
    #[serde(default)]
    customers_fail: bool,
    /// The assignments table can be neither read nor written.
    #[serde(default)]
    assignments_fail: bool,
    expect: Expect,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Expect {
    reason: String,
    rule: Option<String>,
    group: Option<i64>,
    /// In any order.
    #[serde(default)]
    agents: BTreeSet<String>,
    /// The first of them.
    first: Option<String>,
    strategy: Option<String>,
    preferred: Option<String>,
    /// The answer is FAIL.
    #[serde(default)]
    fail: bool,
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

/// What the assignments table would hold, from case to case of a file.
#[derive(Default)]
struct Memory {
    positions: BTreeMap<(String, String), u128>,
    last_agents: BTreeMap<String, LastAgent>,
    events: BTreeMap<(String, i64), Decision>,
}

fn settings(overrides: &Map<String, Value>) -> Settings {
    let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let changes: Vec<(&str, String)> =
        overrides.iter().map(|(name, value)| (name.as_str(), text(value))).collect();
    let changes: Vec<(&str, &str)> =
        changes.iter().map(|(name, value)| (*name, value.as_str())).collect();
    testing::settings(&changes)
}

fn rows(rows: &JsonRows) -> Vec<Row> {
    rows.iter().cloned().map(row_from_json).collect()
}

fn customer(
    scenario: &Scenario,
    defaults: &Defaults,
    user: &str,
    now: DateTime<Utc>,
) -> Option<Customer> {
    let row = rows(&scenario.customers)
        .into_iter()
        .find(|row| row["ClientUserId"] == routing::rows::Value::Text(user.into()))?;
    match customer::read(&row, defaults).unwrap() {
        (_, Read::Good(customer), _) => {
            Some(customer).filter(|customer| customer.expires_at.is_none_or(|end| end > now))
        }
        (_, _, findings) => panic!("the customer row of {user} is in error: {findings:?}"),
    }
}

fn run_case(
    scenario: &Scenario,
    case: &Case,
    settings: &Settings,
    snapshot: &Snapshot,
    memory: &mut Memory,
) -> Result<(), String> {
    let session =
        Session::new(&*case.session_id, &*case.client_user_id, case.event_time, case.sdk_app_id)
            .on_platform(case.platform.as_deref())
            .from_ip(case.client_ip.as_deref())
            .with_customer_service(case.customer_service_id.clone());
    let event = (case.session_id.clone(), case.event_time);
    let mut known = Known::default();
    let decision: Decision = loop {
        match decide(
            snapshot,
            &session,
            case.time,
            &known,
            settings.default_group,
            &mut Tracer::off(),
        ) {
            Step::Decided(decision) => break decision,
            Step::Read(wanted) => {
                if wanted.customer {
                    let customer =
                        customer(scenario, &settings.defaults, &case.client_user_id, case.time);
                    known.customer =
                        if case.customers_fail { Fact::Unknown } else { Fact::Is(customer) };
                }
                let remembers = !case.assignments_fail;
                if wanted.earlier {
                    known.earlier = if remembers {
                        Fact::Is(memory.events.get(&event).cloned())
                    } else {
                        Fact::Unknown
                    };
                }
                if wanted.last_agent {
                    let last = memory.last_agents.get(&case.client_user_id).cloned();
                    known.last_agent = if remembers { Fact::Is(last) } else { Fact::Unknown };
                }
            }
            Step::TakeTurn(_) if case.assignments_fail => known.turn = Fact::Unknown,
            Step::TakeTurn(rotation) => {
                let position = memory
                    .positions
                    .entry((rotation.rule_id.to_string(), rotation.list.clone()))
                    .or_default();
                known.turn =
                    Fact::Is(Schedule::new(rotation.weights()).turn(*position, rotation.most));
                *position += rotation.step();
            }
        }
    };
    let mut decision = decision;
    if !case.assignments_fail && decision.remember != Remember::Nothing {
        if let Some(earlier) = memory.events.get(&event) {
            decision = Decision { reason: Reason::EventRepeated, ..earlier.clone() };
        } else {
            if let (Remember::EventAndAgent, [agent]) =
                (decision.remember, decision.agent_ids.as_slice())
            {
                let last = LastAgent { agent_id: agent.clone(), served_at: case.time };
                memory.last_agents.insert(case.client_user_id.clone(), last);
            }
            memory
                .events
                .insert(event, Decision { remember: Remember::Nothing, ..decision.clone() });
        }
    }
    let mut answer: Value = serde_json::from_str(&Answer::from_decision(&decision).body()).unwrap();
    if let Some(list) = answer.get_mut("AgentIdList").and_then(Value::as_array_mut) {
        list.sort_by_key(ToString::to_string);
    }
    let expect = &case.expect;
    let mut expected = json!({ "ActionStatus": "OK", "ErrorInfo": "", "ErrorCode": 0 });
    if expect.fail {
        expected = json!({ "ActionStatus": "FAIL", "ErrorInfo": "no rule matched and no default group is set", "ErrorCode": 1 });
    }
    if let Some(group) = expect.group {
        expected["AgentGroupId"] = group.into();
    }
    if !expect.agents.is_empty() {
        expected["AgentIdList"] = json!(expect.agents);
    }
    // What a case does not say is not compared.
    let said = |expected: &Option<String>, found: Option<&str>| {
        expected.as_ref().and(found.map(str::to_owned))
    };
    let found = (
        decision.reason.code(),
        decision.rule_id.as_deref(),
        answer,
        said(&expect.first, decision.agent_ids.first().map(AsRef::as_ref)),
        said(&expect.strategy, decision.strategy.map(Strategy::name)),
        said(&expect.preferred, decision.preferred.map(Preference::name)),
    );
    let wanted = (
        expect.reason.as_str(),
        expect.rule.as_deref(),
        expected,
        expect.first.clone(),
        expect.strategy.clone(),
        expect.preferred.clone(),
    );
    if found == wanted {
        Ok(())
    } else {
        Err(format!("\n  found    {found:?}\n  expected {wanted:?}"))
    }
}

/// Runs one scenario; the number of its cases, and what failed.
pub(crate) fn run(name: &str, text: &str) -> (usize, Vec<String>) {
    let scenario: Scenario = match serde_json::from_str(text) {
        Ok(scenario) => scenario,
        Err(error) => return (0, vec![format!("{name}: {error}")]),
    };
    let settings = settings(&scenario.settings);
    let all = Rows {
        rules: rows(&scenario.rules),
        agents: rows(&scenario.agents),
        calendars: rows(&scenario.calendars),
    };
    let start = scenario.cases.first().map(|case| case.time).unwrap_or_default();
    let snapshot = Snapshot::compile(&all, &settings.defaults, start, None);
    let findings: Vec<String> = snapshot.findings().iter().map(ToString::to_string).collect();
    let mut failed = Vec::new();
    for expected in &scenario.findings {
        if !findings.iter().any(|finding| finding.contains(expected)) {
            failed
                .push(format!("{name}: no finding contains `{expected}`; there are {findings:#?}"));
        }
    }
    if scenario.findings.is_empty() && !findings.is_empty() {
        failed.push(format!("{name}: unexpected findings {findings:#?}"));
    }
    let mut memory = Memory::default();
    for case in &scenario.cases {
        if let Err(error) = run_case(&scenario, case, &settings, &snapshot, &mut memory) {
            failed.push(format!("{name}, {}: {error}", case.name));
        }
    }
    (scenario.cases.len(), failed)
}

fn files() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/scenarios");
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "json"));
    files.sort();
    files
}

#[test]
fn every_scenario_holds() {
    let mut cases = 0;
    let mut failed = Vec::new();
    for path in files() {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let (count, mut errors) = run(&name, &std::fs::read_to_string(&path).unwrap());
        cases += count;
        failed.append(&mut errors);
    }
    assert!(failed.is_empty(), "{}", failed.join("\n"));
    assert!(cases >= 80, "only {cases} cases");
}

/// A scenario that expects something else than what happens must fail: the runner itself is under
/// test.
#[test]
fn a_wrong_expectation_is_reported() {
    let scenario = |agents: &str, findings: &str| {
        format!(
            r#"{{"description":"x","rules":[{{"RuleId":"r","Priority":1,"AgentGroupId":5}}],"findings":{findings},
                "cases":[{{"name":"c","time":"2026-11-24T00:00:00Z","expect":{{"reason":"rule_matched","rule":"r","group":5{agents}}}}}]}}"#
        )
    };
    assert_eq!(run("good", &scenario("", "[]")), (1, vec![]));
    assert_eq!(run("agents", &scenario(r#","agents":["a"]"#, "[]")).1.len(), 1);
    assert_eq!(run("findings", &scenario("", r#"["no such finding"]"#)).1.len(), 1);
    assert_eq!(run("unknown field", &scenario(r#","agentz":[]"#, "[]")).1.len(), 1);
}
