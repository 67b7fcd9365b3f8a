//! One event gets one answer.

use std::sync::Arc;
use std::time::Instant;

use serde_json::json;

use super::{FRESH, items, kinds, n, set};
use testing::running::{Running, store};
use testing::{now_ms, rows};

#[tokio::test(flavor = "multi_thread")]
async fn one_event_gets_one_answer() {
    let store = store(kinds()).await;
    let running = Running::start(&store.endpoint(), &[]).await;
    let started = Instant::now();
    let first = running.ask_at("s", "r", 1_700_000_000_001_i64).await;
    assert_eq!(first.1["reason"], "rule_matched");
    // The same time as text is the same event; another instance knows it too.
    let other = Running::start(&store.endpoint(), &[]).await;
    for event_time in
        [json!(1_700_000_000_001_i64), json!("1700000000001"), json!(1.700000000001e12)]
    {
        let (answer, record) = other.ask_at("s", "r", event_time).await;
        assert_eq!(
            (&answer, &record["reason"], &record["strategy"]),
            (&first.0, &json!("event_repeated"), &json!("round_robin"))
        );
        assert_eq!((&record["rule_id"], &record["outcome"]), (&json!("r"), &json!("agents")));
    }
    // Everybody has left the roster: the same event still gets its answer, a new one does not.
    for agent in ["ann", "bob", "cho"] {
        let moved = json!({ "agents": [{ "AgentId": agent, "Rosters": ["elsewhere"] }] });
        store.put(&rows(moved)).await.unwrap();
    }
    assert_eq!(running.ask_at("s", "r", 1_700_000_000_001_i64).await.0, first.0);
    let (answer, record) = running.ask_at("s", "r", 1_700_000_000_002_i64).await;
    assert_eq!(
        (&answer["AgentGroupId"], &record["reason"]),
        (&json!(1000), &json!("nobody_eligible"))
    );
    assert_eq!(
        (&record["table_writes"], &record["degraded"]),
        (&json!(0), &json!([])),
        "nothing of a memory rule was decided"
    );
    // A day later it is a new decision, also before DynamoDB has removed the item.
    for agent in ["ann", "bob", "cho"] {
        store
            .put(&rows(json!({ "agents": [{ "AgentId": agent, "Rosters": ["desk"] }] })))
            .await
            .unwrap();
    }
    let events = items(&store, "event#").await;
    assert_eq!(events.len(), 1);
    let left = events[0]["ExpiresAt"].as_n().unwrap().parse::<i64>().unwrap() - now_ms() / 1_000;
    let since = i64::try_from(started.elapsed().as_secs()).unwrap() + 1;
    assert!((86_400 - since..=86_400).contains(&left), "{left}, {since} s later");
    set(&store, &events[0], "ExpiresAt", n(now_ms() / 1_000)).await;
    let (answer, record) = running.ask_at("s", "r", 1_700_000_000_001_i64).await;
    assert_eq!(record["reason"], "rule_matched");
    assert_ne!(answer, first.0);
    assert_eq!(
        running.ask_at("s", "r", 1_700_000_000_001_i64).await.0,
        answer,
        "and is repeated from then on"
    );
}

/// The same event many times at once, at separate instances, for every kind of rule with memory.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn one_event_at_many_instances_gets_one_answer() {
    let store = store(kinds()).await;
    let mut instances = Vec::new();
    for _ in 0..8 {
        instances.push(Arc::new(Running::start(&store.endpoint(), &[FRESH]).await));
    }
    for (round, user) in ["r1", "b1", "b2", "b3", "l1", "r2"].into_iter().enumerate() {
        let tasks: Vec<_> = instances
            .iter()
            .map(|running| {
                let (running, session) = (Arc::clone(running), round.to_string());
                tokio::spawn(async move { running.ask_in(&session, user).await })
            })
            .collect();
        let mut answers = Vec::new();
        for task in tasks {
            let (answer, record) = task.await.unwrap();
            assert_eq!(record["degraded"], json!([]), "{record}");
            answers.push(answer);
        }
        assert!(answers.iter().all(|answer| *answer == answers[0]), "{user}: {answers:?}");
        if user.starts_with('b') {
            // Whoever was answered is who is remembered, whatever the others had chosen.
            let (answer, record) = instances[round].ask_in(&format!("{round}-again"), user).await;
            assert_eq!(
                (&answer, &record["reason"]),
                (&answers[0], &json!("last_agent_preferred")),
                "{user}"
            );
        }
    }
}
