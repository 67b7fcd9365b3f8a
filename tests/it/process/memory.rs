//! What is remembered across processes.

use std::time::Duration;

use desk_cli::local::embedded::Embedded;
use serde_json::{Value, json};

use super::{ACKNOWLEDGED, with};
use testing::bad_tables::{self, Fault};
use testing::function::{Function, Reply, variables};
use testing::patience::{Degraded, calm, within};
use testing::{assign_event, rows, session_event};

/// Two processes that share nothing but the tables: turns, repetitions, last agents, session
/// events, and a table that fails.
#[tokio::test(flavor = "multi_thread")]
async fn memory_across_processes() {
    calm(async |_| remember_across_processes().await).await;
}

async fn remember_across_processes() -> Result<(), Degraded> {
    let store = Embedded::start(0).await.unwrap();
    let agents = ["ann", "bob", "cho"].map(|id| json!({ "AgentId": id, "Rosters": ["desk"] }));
    let rules = json!([
        {
            "RuleId": "plain", "Priority": 1, "ClientUserIdPrefixes": ["h"], "Rosters": ["desk"],
            "Strategy": "hash",
        },
        {
            "RuleId": "turns", "Priority": 2, "ClientUserIdPrefixes": ["r"], "Rosters": ["desk"],
            "Strategy": "round_robin", "MaxAgents": 2,
        },
        {
            "RuleId": "again", "Priority": 3, "Rosters": ["desk"], "Strategy": "round_robin",
            "Prefer": ["last_agent"], "LastAgentDays": 7,
        },
    ]);
    store.put(&rows(json!({ "rules": rules, "agents": agents }))).await.unwrap();
    let proxy = bad_tables::Proxy::start(&store.endpoint()).await;
    let variables = with(
        variables(&proxy.endpoint()),
        &[("LEARN_FROM_SESSION_EVENTS", "true"), ("CONFIG_TTL_SECONDS", "3600")],
    );
    let processes =
        [Function::start_loaded(variables.clone()).await, Function::start_loaded(variables).await];
    let agents =
        |answer: Reply| serde_json::from_str::<Value>(&answer.body).unwrap()["AgentIdList"].clone();
    let record = async |process: usize| processes[process].records().await.pop().unwrap();
    // A busy machine may degrade any answer, and the next ones build on it.
    let ask = async |process: usize, session: &str, user: &str| {
        let answer = processes[process].invoke(assign_event(session, user)).await;
        let record = record(process).await;
        match record["degraded"] == json!([]) {
            true => Ok(agents(answer)),
            false => Err(Degraded(record.to_string())),
        }
    };

    // A rotation, in turn from either process; who is next comes second.
    for (session, expected) in
        [("1", ["ann", "bob"]), ("2", ["bob", "cho"]), ("3", ["cho", "ann"]), ("4", ["ann", "bob"])]
    {
        assert_eq!(
            ask(session.parse::<usize>().unwrap() % 2, session, "r").await?,
            json!(expected),
            "session {session}"
        );
    }
    let last = record(0).await;
    assert_eq!(
        (&last["strategy"], &last["table_reads"], &last["table_writes"]),
        (&json!("round_robin"), &json!(0), &json!(2))
    );
    // The same event again, at the other process.
    assert_eq!(ask(0, "1", "r").await?, json!(["ann", "bob"]));
    let last = record(0).await;
    assert_eq!((&last["reason"], &last["rule_id"]), (&json!("event_repeated"), &json!("turns")));
    // The last agent, from an answer and then from a session event, each at the other process.
    let first = ask(0, "5", "user").await?;
    assert_eq!(ask(1, "6", "user").await?, first);
    let last = record(1).await;
    assert_eq!(
        (&last["reason"], &last["preferred"]),
        (&json!("last_agent_preferred"), &json!("last_agent"))
    );
    let served = if first == json!(["cho"]) { "bob" } else { "cho" };
    let acknowledged = processes[1].invoke(session_event("SessionBegin", "user", served)).await;
    assert_eq!(acknowledged, Reply { status: 200, body: ACKNOWLEDGED.to_owned() });
    let last = record(1).await;
    if last["degraded"] != json!([]) {
        return Err(Degraded(last.to_string()));
    }
    assert_eq!((&last["reason"], &last["table_writes"]), (&json!("agent_learned"), &json!(1)));
    assert_eq!(ask(0, "7", "user").await?, json!([served]));
    // The table fails: what `hash` says, in time, and the record says so.
    let plain = ask(0, "8", "h").await?;
    for fault in [Fault::Throttled, Fault::Hang] {
        proxy.set(Some(fault));
        let asked = processes[0].invoke(assign_event("8", "user"));
        let answer = within(Duration::from_millis(600), format!("{fault:?}"), asked).await;
        assert_eq!(agents(answer), plain, "{fault:?}");
        let last = record(0).await;
        assert_eq!(
            (&last["strategy"], &last["degraded"]),
            (&json!("hash"), &json!(["assignments"])),
            "{fault:?}"
        );
        let acknowledged =
            processes[0].invoke(session_event("SessionBegin", "another", served)).await;
        assert_eq!(acknowledged, Reply { status: 200, body: ACKNOWLEDGED.to_owned() }, "{fault:?}");
        proxy.set(None);
    }
    assert_eq!(ask(0, "9", "user").await?, json!([served]), "it recovers");
    Ok(())
}
