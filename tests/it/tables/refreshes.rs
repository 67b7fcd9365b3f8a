//! When rows are read again, and by which callback.

use std::sync::Arc;
use std::time::{Duration, Instant};

use desk_router::lambda;
use serde_json::{Value, json};

use testing::bad_tables::{Fault, Proxy};
use testing::patience::{Degraded, calm, within};
use testing::running::{Running, store};
use testing::{assign_event, rows};

#[tokio::test(flavor = "multi_thread")]
async fn a_fresh_snapshot_reads_no_table_and_a_stale_one_is_refreshed() {
    let store =
        store(json!({ "rules": [{ "RuleId": "r", "Priority": 1, "AgentGroupId": 5 }] })).await;
    let fresh = Running::start(&store.endpoint(), &[("CONFIG_TTL_SECONDS", "3600")]).await;
    let running = Running::start(&store.endpoint(), &[("CONFIG_TTL_SECONDS", "1")]).await;
    let (_, record) = fresh.ask("u").await;
    assert_eq!((&record["table_reads"], &record["cold_start"]), (&json!(0), &json!(true)));
    assert_eq!(running.ask("u").await.0["AgentGroupId"], 5);
    store
        .put(&rows(json!({ "rules": [{ "RuleId": "r", "Priority": 1, "AgentGroupId": 6 }] })))
        .await
        .unwrap();
    let (answer, again) = fresh.ask("u").await;
    assert_eq!((&answer["AgentGroupId"], &again["table_reads"]), (&json!(5), &json!(0)), "fresh");
    tokio::time::sleep(Duration::from_millis(1_250)).await;
    let (answer, again) = running.ask("u").await;
    assert_eq!((&answer["AgentGroupId"], &again["table_reads"]), (&json!(6), &json!(3)));
    assert_ne!(again["config_version"], record["config_version"]);
}

/// After a failed refresh the next try waits, so that a slow table does not slow every callback.
#[tokio::test(flavor = "multi_thread")]
async fn a_hanging_table_slows_one_callback_not_every_one() {
    let store =
        store(json!({ "rules": [{ "RuleId": "r", "Priority": 1, "AgentGroupId": 5 }] })).await;
    let proxy = Proxy::start(&store.endpoint()).await;
    let ttl = [("CONFIG_TTL_SECONDS", "1")];
    let running = Running::start_in_time(&proxy.endpoint(), &ttl).await.until_loaded().await;
    proxy.set(Some(Fault::Hang));
    tokio::time::sleep(Duration::from_millis(1_250)).await;
    // The pause is a second: on a busy machine the next callback may come after it.
    calm(async |_| {
        let (answer, record) = running.ask("u").await;
        assert_eq!((&answer["AgentGroupId"], &record["degraded"]), (&json!(5), &json!(["config"])));
        let asked = running.ask("u");
        let (_, record) = within(Duration::from_millis(50), "in the pause", asked).await;
        assert_eq!(record["degraded"], json!(["config"]));
        assert!(record["config_age_ms"].as_u64().unwrap() >= 1_000);
        match record["table_reads"] == json!(0) {
            true => Ok(()),
            false => Err(Degraded(record.to_string())),
        }
    })
    .await;
}

/// A callback that waited before it reached the function has less time left: a hanging table then
/// costs nothing more.
#[tokio::test(flavor = "multi_thread")]
async fn the_deadline_counts_from_api_gateway() {
    let store = store(json!({
        "rules": [
            { "RuleId": "vip", "Priority": 1, "Segments": ["vip"], "AgentGroupId": 1 },
            { "RuleId": "r", "Priority": 2, "AgentGroupId": 5 },
        ],
    }))
    .await;
    let proxy = Proxy::start(&store.endpoint()).await;
    let running = Running::start_in_time(&proxy.endpoint(), &[]).await.until_loaded().await;
    running.ask_until_calm("s", "u").await;
    proxy.set(Some(Fault::Hang));
    for (waited_ms, slowest_ms) in [(1_100, 200), (5_000, 50)] {
        let mut event: Value = serde_json::from_str(&assign_event("s", "u")).unwrap();
        event["requestContext"]["timeEpoch"] = (testing::now_ms() - waited_ms).into();
        let (event, about) = (event.to_string(), format!("waited {waited_ms} ms"));
        let handled = lambda::handle(&running.webhook, Some(&event));
        let response = within(Duration::from_millis(slowest_ms), about, Box::pin(handled)).await;
        let body: Value = serde_json::from_slice(response.body.unwrap().as_ref()).unwrap();
        assert_eq!(body["ActionStatus"], "OK");
    }
}

/// Many callbacks at once: one load, the same answers.
#[tokio::test(flavor = "multi_thread")]
async fn parallel_callbacks_share_one_load() {
    let store =
        store(json!({ "rules": [{ "RuleId": "r", "Priority": 1, "AgentGroupId": 5 }] })).await;
    // On a busy machine the last of them may come when the rows are old again.
    calm(async |_| {
        let ttl = [("CONFIG_TTL_SECONDS", "1")];
        let running = Arc::new(Running::start(&store.endpoint(), &ttl).await);
        tokio::time::sleep(Duration::from_millis(1_250)).await;
        let started = Instant::now();
        let tasks: Vec<_> = (0..32)
            .map(|_| {
                let running = Arc::clone(&running);
                tokio::spawn(async move {
                    let event = assign_event("s", "u");
                    lambda::handle(&running.webhook, Some(&event)).await.status_code
                })
            })
            .collect();
        for task in tasks {
            assert_eq!(task.await.unwrap(), 200);
        }
        let records = running.lines.lock().unwrap().clone();
        let reads: u64 = records.iter().filter_map(|line| line["table_reads"].as_u64()).sum();
        if reads > 3 && started.elapsed() > Duration::from_millis(800) {
            return Err(Degraded(format!("{reads} reads")));
        }
        assert_eq!(reads, 3, "one load of three tables");
        Ok(())
    })
    .await;
}

/// Permuted rows and other notes are the same configuration; anything that matters is another one.
#[tokio::test(flavor = "multi_thread")]
async fn the_config_version_is_a_hash_of_what_matters() {
    let version = async |rules: Value| {
        let store = store(json!({ "rules": rules })).await;
        Running::start(&store.endpoint(), &[]).await.ask("u").await.1["config_version"].clone()
    };
    let a = json!({ "RuleId": "a", "Priority": 1, "AgentGroupId": 1 });
    let b = json!({ "RuleId": "b", "Priority": 2, "AgentGroupId": 2 });
    let one = version(json!([a, b])).await;
    assert_eq!(one.as_str().unwrap().len(), 12);
    assert_eq!(version(json!([b, a])).await, one);
    let noted = json!({
        "RuleId": "a", "Priority": 1, "AgentGroupId": 1, "Name": "n", "Notes": "x",
        "Description": "y", "_Check": "ok",
    });
    assert_eq!(version(json!([noted, b])).await, one);
    let changed = json!({ "RuleId": "a", "Priority": 1, "AgentGroupId": 3 });
    assert_ne!(version(json!([changed, b])).await, one);
}
