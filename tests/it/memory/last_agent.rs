//! What teaches who served a user last.

use std::sync::Arc;

use desk_router::lambda;
use serde_json::{Value, json};

use super::{FRESH, LEARN, items, kinds, n, set};
use testing::running::{Running, store};
use testing::{now_ms, rows, session_event, session_event_at};

/// What our own answers teach: the one agent answered, by a rule with `last_agent`.
#[tokio::test(flavor = "multi_thread")]
async fn the_last_agent_is_learned_from_answers() {
    let store = store(kinds()).await;
    let running = Running::start(&store.endpoint(), &[]).await;
    let (first, record) = running.ask_in("1", "b-user").await;
    assert_eq!((&record["preferred"], &record["strategy"]), (&json!(null), &json!("round_robin")));
    let other = Running::start(&store.endpoint(), &[]).await;
    let (again, record) = other.ask_in("2", "b-user").await;
    assert_eq!(
        (&again, &record["reason"], &record["preferred"]),
        (&first, &json!("last_agent_preferred"), &json!("last_agent"))
    );
    // Another rule with `last_agent` knows it too; a rule without learns nothing.
    running.ask_in("3", "r-user").await;
    assert_eq!(items(&store, "user#").await.len(), 1);
    let item = &items(&store, "user#").await[0];
    let days =
        (item["ExpiresAt"].as_n().unwrap().parse::<i64>().unwrap() * 1_000 - now_ms()) / 86_400_000;
    assert!((29..=30).contains(&days), "{days}");
    // Older than LastAgentDays, or ended: forgotten.
    set(&store, item, "ServedAt", n(now_ms() - 31 * 86_400_000)).await;
    assert_eq!(running.ask_in("4", "b-user").await.1["reason"], "rule_matched");
    set(&store, item, "ExpiresAt", n(now_ms() / 1_000)).await;
    assert_eq!(running.ask_in("5", "b-user").await.1["reason"], "rule_matched");
    // An agent who has left is nobody's last agent.
    let gone = json!({
        "agents": [{ "AgentId": "ann", "Enabled": false }, { "AgentId": "bob", "Enabled": false }],
    });
    store.put(&rows(gone)).await.unwrap();
    running.ask_in("6", "l-user").await;
    store
        .put(&rows(json!({
            "agents": [
                { "AgentId": "cho", "Rosters": ["desk"], "Away": ["2020-01-01.."] },
                { "AgentId": "bob", "Rosters": ["desk"] },
            ],
        })))
        .await
        .unwrap();
    let (answer, record) = running.ask_in("7", "l-user").await;
    assert_eq!(
        (&answer["AgentIdList"], &record["reason"]),
        (&json!(["bob"]), &json!("rule_matched"))
    );
}

/// What session events teach, and what they cost: one write each, of the human phase and by an
/// agent who is known.
#[tokio::test(flavor = "multi_thread")]
async fn the_last_agent_is_learned_from_session_events() {
    let store = store(kinds()).await;
    let running = Running::start(&store.endpoint(), &[FRESH, LEARN]).await;
    let start = now_ms() - 60_000;
    for (seconds, event, user, agent, writes, learned, why) in [
        (10, "SessionBegin", "b-1", "bob", 1, true, "new"),
        (11, "SessionBegin", "b-1", "bob", 1, true, "still the same agent, later"),
        (20, "Undocumented.Name", "b-1", "cho", 1, true, "another agent, by an event of any name"),
        (20, "Undocumented.Name", "b-1", "cho", 1, false, "the same event again"),
        (19, "SessionBegin", "b-1", "bob", 1, false, "an earlier event that comes late"),
        (30, "ChatBot.UserSendMsg", "b-1", "bob", 0, false, "a bot serves"),
        (30, "chatbot.usersendmsg", "b-1", "bob", 0, false, "a bot serves, in other letters"),
        (30, "", "b-1", "bob", 0, false, "an event without a name"),
        (30, "SessionBegin", "b-1", "@robot", 0, false, "nobody who could be preferred"),
        (30, "SessionBegin", "b-2", "cho", 1, true, "another user"),
        (-31 * 86_400, "SessionBegin", "b-3", "cho", 0, false, "longer ago than is remembered"),
    ] {
        let event = session_event_at(event, user, agent, start + seconds * 1_000);
        let (answer, record) = running.handle(&event).await;
        assert_eq!(answer, json!({ "ActionStatus": "OK", "ErrorInfo": "", "ErrorCode": 0 }));
        let reason = if learned { "agent_learned" } else { "other_command" };
        assert_eq!(
            (&record["outcome"], &record["reason"]),
            (&json!("ignored"), &json!(reason)),
            "{why}"
        );
        assert_eq!(
            (&record["table_reads"], &record["table_writes"]),
            (&json!(0), &json!(writes)),
            "{why}"
        );
        assert_eq!(
            (&record["client_user_id"], &record["degraded"]),
            (&json!(null), &json!([])),
            "{why}"
        );
    }
    let (answer, record) = running.ask_in("1", "b-1").await;
    assert_eq!(
        (&answer["AgentIdList"], &record["reason"]),
        (&json!(["cho"]), &json!("last_agent_preferred"))
    );
    // The answer teaches too: what was before it comes too late.
    let before = session_event_at("SessionBegin", "b-1", "bob", start + 50_000);
    assert_eq!(running.handle(&before).await.1["reason"], "other_command");
    // Bodies without the fields, or with something else in them, are acknowledged and teach
    // nothing.
    for body in [
        json!({}),
        json!([]),
        json!({ "ClientUserId": "b-1" }),
        json!({ "ClientUserId": "b-1", "AgentId": 7 }),
        json!({ "ClientUserId": "b-1", "AgentId": " " }),
    ] {
        let event = session_event("SessionBegin", "b-1", "bob");
        let mut event: Value = serde_json::from_str(&event).unwrap();
        event["body"] = body.to_string().into();
        let (answer, record) = running.handle(&event.to_string()).await;
        assert_eq!(
            (&answer["ActionStatus"], &record["table_writes"]),
            (&json!("OK"), &json!(0)),
            "{body}"
        );
    }
    // Without the setting, or without a rule that asks for it, nothing is written.
    let deaf = Running::start(&store.endpoint(), &[FRESH]).await;
    assert_eq!(
        deaf.handle(&session_event("SessionBegin", "b-1", "ann")).await.1["table_writes"],
        0
    );
    let mut stateless = kinds();
    for rule in stateless["rules"].as_array_mut().unwrap() {
        rule["Enabled"] = (!rule["Prefer"].is_array()).into();
    }
    let without = testing::running::store(stateless).await;
    let running = Running::start(&without.endpoint(), &[FRESH, LEARN]).await;
    assert_eq!(
        running.handle(&session_event("SessionBegin", "b-1", "ann")).await.1["table_writes"],
        0
    );
    assert!(items(&without, "user#").await.is_empty());
}

/// Events in any order, repeated, at several instances: the latest counts.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn the_latest_session_event_counts_at_every_instance() {
    let store = store(kinds()).await;
    let mut instances = Vec::new();
    for _ in 0..3 {
        instances.push(Arc::new(Running::start(&store.endpoint(), &[FRESH, LEARN]).await));
    }
    // One instance heard of bob, another of cho, then the first of bob again.
    let start = now_ms() - 60_000;
    for (instance, agent, seconds) in [(0, "bob", 1), (1, "cho", 2), (0, "bob", 3)] {
        let event = session_event_at("SessionBegin", "b-1", agent, start + seconds * 1_000);
        assert_eq!(instances[instance].handle(&event).await.1["reason"], "agent_learned");
    }
    assert_eq!(instances[2].ask_in("1", "b-1").await.0["AgentIdList"], json!(["bob"]));
    // All at once, each event twice.
    let tasks: Vec<_> = (0..60)
        .map(|turn| {
            let (running, place) = (Arc::clone(&instances[turn % 3]), (turn * 7) % 30);
            let agent = if place == 29 { "cho" } else { ["ann", "bob"][place % 2] };
            let time = start + i64::try_from(place).unwrap();
            let event = session_event_at("SessionBegin", "b-2", agent, time);
            tokio::spawn(async move { running.handle(&event).await.1 })
        })
        .collect();
    for task in tasks {
        let record = task.await.unwrap();
        assert_eq!(record["degraded"], json!([]), "{record}");
    }
    for (place, running) in instances.iter().enumerate() {
        let (answer, record) = running.ask_in(&format!("again-{place}"), "b-2").await;
        assert_eq!(
            (&answer["AgentIdList"], &record["reason"]),
            (&json!(["cho"]), &json!("last_agent_preferred"))
        );
    }
}

/// A clock that is ahead shuts out none of the events to come.
#[tokio::test(flavor = "multi_thread")]
async fn a_session_event_from_the_future_counts_as_now() {
    let store = store(kinds()).await;
    let running = Running::start(&store.endpoint(), &[FRESH, LEARN]).await;
    for (agent, event_time) in [("bob", now_ms() + 86_400_000), ("cho", i64::MAX)] {
        let event = session_event_at("SessionBegin", "b-1", agent, event_time);
        let learned = running.handle(&event).await.1["reason"] == "agent_learned";
        assert_eq!(learned, agent == "bob", "{agent}: a time beyond all calendars says nothing");
        tokio::time::sleep(std::time::Duration::from_millis(2)).await;
    }
    let event = session_event("SessionBegin", "b-1", "cho");
    assert_eq!(running.handle(&event).await.1["reason"], "agent_learned");
    assert_eq!(running.ask_in("1", "b-1").await.0["AgentIdList"], json!(["cho"]));
}

/// A forged event teaches nothing.
#[tokio::test(flavor = "multi_thread")]
async fn only_authentic_session_events_teach() {
    let store = store(kinds()).await;
    let running =
        Running::start(&store.endpoint(), &[FRESH, LEARN, ("CALLBACK_TOKENS", "another-token")])
            .await;
    let response =
        lambda::handle(&running.webhook, Some(&session_event("SessionBegin", "b-1", "bob"))).await;
    assert_eq!(response.status_code, 403);
    assert!(items(&store, "user#").await.is_empty());
}
