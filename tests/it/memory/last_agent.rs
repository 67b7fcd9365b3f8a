//! What teaches who served a user last.

use desk_router::lambda;
use serde_json::{Value, json};

use super::{FRESH, LEARN, items, kinds, n, set};
use testing::running::{Running, store};
use testing::{now_ms, rows, session_event};

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
    store.put(&rows(json!({ "agents": [{ "AgentId": "ann", "Enabled": false }, { "AgentId": "bob", "Enabled": false }] }))).await.unwrap();
    running.ask_in("6", "l-user").await;
    store.put(&rows(json!({ "agents": [{ "AgentId": "cho", "Rosters": ["desk"], "Away": ["2020-01-01.."] }, { "AgentId": "bob", "Rosters": ["desk"] }] }))).await.unwrap();
    let (answer, record) = running.ask_in("7", "l-user").await;
    assert_eq!(
        (&answer["AgentIdList"], &record["reason"]),
        (&json!(["bob"]), &json!("rule_matched"))
    );
}

/// What session events teach, and what they cost: a write when something changed, and nothing else.
#[tokio::test(flavor = "multi_thread")]
async fn the_last_agent_is_learned_from_session_events() {
    let store = store(kinds()).await;
    let running = Running::start(&store.endpoint(), &[FRESH, LEARN]).await;
    for (event, user, agent, writes, why) in [
        ("SessionBegin", "b-1", "bob", 1, "new"),
        ("ChatBot.UserSendMsg", "b-1", "bob", 0, "known"),
        ("Undocumented.Name", "b-1", "cho", 1, "another agent, by an event of any name"),
        ("", "b-1", "cho", 0, "known"),
        ("ChatBot.RobotSendMsg", "b-1", "@robot", 0, "nobody who could be preferred"),
        ("SessionBegin", "b-2", "cho", 1, "another user"),
    ] {
        let (answer, record) = running.handle(&session_event(event, user, agent)).await;
        assert_eq!(answer, json!({ "ActionStatus": "OK", "ErrorInfo": "", "ErrorCode": 0 }));
        let reason = if writes == 1 { "agent_learned" } else { "other_command" };
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
    // What this instance answered itself, it knows.
    let (answer, _) = running.ask_in("2", "b-3").await;
    let agent = answer["AgentIdList"][0].as_str().unwrap();
    assert_eq!(
        running.handle(&session_event("SessionBegin", "b-3", agent)).await.1["table_writes"],
        0
    );
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
