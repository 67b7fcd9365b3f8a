//! Runs every file of `tests/scenarios`: rows, requests with a time, and what must come of them.
//! See the README there.

mod form;

use std::path::PathBuf;

use desk_cli::local::embedded::Embedded;
use desk_router::settings::Settings;
use desk_router::tencent::Answer;
use routing::decide::{Decision, Question, Reason, Remember, RuleResult};
use routing::inspect::CustomerRows;
use routing::rows::rule::{Preference, Strategy};
use routing::rows::{Row, Rows, customer, row_from_json};
use routing::session::Session;
use routing::snapshot::Snapshot;
use serde_json::{Map, Value, json};
use testing::deciding::{Deciding, explain_by_rows, replay_by_rows, with_row_in_error};

use form::{Case, JsonRows, Scenario};

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

/// What people are told of a case before it is decided is what is decided: `explain` out of the
/// tables; `explain` and `replay` by rows alone, unless memory has a say. An unreadable customer
/// is one whose row is in error.
async fn check_explanations(
    case: &Case,
    question: &Question<'_>,
    prepared: &Prepared,
) -> impl FnOnce(&Decision) -> Result<(), String> {
    let tables = prepared.deciding.tables(case.customers_fail, case.assignments_fail);
    let explained = prepared.deciding.explain(question, &tables).await;
    let rows = match case.customers_fail {
        true => &with_row_in_error(&prepared.customers, &case.client_user_id),
        false => &prepared.customers,
    };
    let customers = CustomerRows::new(rows, &prepared.settings.defaults);
    let by_rows = explain_by_rows(question, &customers);
    let replayed = replay_by_rows(question, &customers);
    move |decision: &Decision| {
        if by_rows.decision != replayed {
            return Err(format!("explained {by_rows:?}\n  replayed {replayed:?}"));
        }
        // Neither is told of an event that was decided before.
        if decision.reason == Reason::EventRepeated {
            return Ok(());
        }
        if explained.decision != *decision {
            return Err(format!("explained {explained:?}\n  decided {decision:?}"));
        }
        if decision.remember == Remember::Nothing && replayed != *decision {
            return Err(format!("replayed {replayed:?}\n  decided {decision:?}"));
        }
        for explanation in [explained, by_rows] {
            let won = explanation.trace.rules.iter().filter(|rule| rule.verdict == RuleResult::Won);
            let won: Vec<&str> = won.map(|rule| rule.rule_id.as_str()).collect();
            if won != Vec::from_iter(explanation.decision.rule_id.as_deref()) {
                return Err(format!("the trace does not lead to the decision: {explanation:?}"));
            }
        }
        Ok(())
    }
}

/// A scenario's deployment: its rows in force, its tables.
struct Prepared {
    settings: Settings,
    snapshot: Snapshot,
    customers: Vec<Row>,
    deciding: Deciding,
}

async fn run_case(case: &Case, prepared: &Prepared) -> Result<(), String> {
    let session =
        Session::new(&*case.session_id, &*case.client_user_id, case.event_time, case.sdk_app_id)
            .on_platform(case.platform.as_deref())
            .from_ip(case.client_ip.as_deref())
            .with_customer_service(case.customer_service_id.clone());
    let question = Question {
        snapshot: &prepared.snapshot,
        session: &session,
        now: case.time,
        default_group: prepared.settings.default_group,
    };
    let agrees = check_explanations(case, &question, prepared).await;
    let tables = prepared.deciding.tables(case.customers_fail, case.assignments_fail);
    let decision = prepared.deciding.decide(&question, &tables).await;
    agrees(&decision)?;
    let mut answer: Value = serde_json::from_str(&Answer::from_decision(&decision).body()).unwrap();
    if let Some(list) = answer.get_mut("AgentIdList").and_then(Value::as_array_mut) {
        list.sort_by_key(ToString::to_string);
    }
    let expect = &case.expect;
    let mut expected = json!({ "ActionStatus": "OK", "ErrorInfo": "", "ErrorCode": 0 });
    if expect.fail {
        expected = json!({
            "ActionStatus": "FAIL", "ErrorInfo": "no rule matched and no default group is set",
            "ErrorCode": 1,
        });
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

/// Runs one scenario with tables of its own, whose names end with `number`; the number of its
/// cases, and what failed.
async fn run(store: &Embedded, number: usize, name: &str, text: &str) -> (usize, Vec<String>) {
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
    let snapshot = Snapshot::compile(&all, &settings.defaults, start);
    let customers = rows(&scenario.customers);
    let of_customers = customers
        .iter()
        .flat_map(|row| customer::known(Some(row), &settings.defaults, start).1)
        .collect::<Vec<_>>();
    let findings: Vec<String> =
        snapshot.findings().iter().chain(&of_customers).map(ToString::to_string).collect();
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
    let deciding = Deciding::start(store, &number.to_string(), &settings, &customers).await;
    let prepared = Prepared { settings, snapshot, customers, deciding };
    for case in &scenario.cases {
        if let Err(error) = run_case(case, &prepared).await {
            failed.push(format!("{name}, {}: {error}", case.name));
        }
    }
    (scenario.cases.len(), failed)
}

fn files() -> Vec<PathBuf> {
    let folder = testing::top().join("tests/scenarios");
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "json"));
    files.sort();
    files
}

#[tokio::test(flavor = "multi_thread")]
async fn every_scenario_holds() {
    let store = Embedded::start(0).await.unwrap();
    let mut cases = 0;
    let mut failed = Vec::new();
    for (number, path) in files().into_iter().enumerate() {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let text = std::fs::read_to_string(&path).unwrap();
        let (count, mut errors) = run(&store, number, &name, &text).await;
        cases += count;
        failed.append(&mut errors);
    }
    assert!(failed.is_empty(), "{}", failed.join("\n"));
    assert!(cases >= 80, "only {cases} cases");
}

/// A scenario that expects something else than what happens must fail: the runner itself is under
/// test.
#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_expectation_is_reported() {
    let scenario = |agents: &str, findings: &str| {
        format!(
            r#"{{
                "description": "x",
                "rules": [{{ "RuleId": "r", "Priority": 1, "AgentGroupId": 5 }}],
                "findings": {findings},
                "cases": [{{
                    "name": "c",
                    "time": "2026-11-24T00:00:00Z",
                    "expect": {{ "reason": "rule_matched", "rule": "r", "group": 5{agents} }}
                }}]
            }}"#
        )
    };
    let store = Embedded::start(0).await.unwrap();
    for (number, (name, agents, findings, failures)) in [
        ("good", "", "[]", 0),
        ("agents", r#","agents":["a"]"#, "[]", 1),
        ("findings", "", r#"["no such finding"]"#, 1),
        ("unknown field", r#","agentz":[]"#, "[]", 1),
    ]
    .into_iter()
    .enumerate()
    {
        let (_, failed) = run(&store, number, name, &scenario(agents, findings)).await;
        assert_eq!(failed.len(), failures, "{name}: {failed:?}");
    }
}
