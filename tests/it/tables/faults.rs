//! Tables that fail.

use std::time::Duration;

use serde_json::json;

use testing::bad_tables::{self, FAULTS, Fault, Proxy};
use testing::patience::{Degraded, calm, within};
use testing::running::{Running, store};

/// A page that fails makes the whole load fail: half a table is never believed.
#[tokio::test(flavor = "multi_thread")]
async fn a_failed_page_is_a_failed_load() {
    let endpoint = bad_tables::start(Fault::SecondPage).await;
    let running = Running::start_in_time(&endpoint, &[]).await;
    let (answer, record) = running.ask("u").await;
    assert_eq!(
        (&answer["AgentGroupId"], &record["outcome"], &record["reason"]),
        (&json!(1000), &json!("fallback"), &json!("no_config"))
    );
    assert!(!running.lines("config_load_failed").is_empty());
}

/// Each fault at a refresh and at the read of a customer: the last good snapshot's answer, in time,
/// and recovery.
#[tokio::test(flavor = "multi_thread")]
async fn faults_after_a_good_start() {
    let rules = json!([
        { "RuleId": "vip", "Priority": 1, "Segments": ["vip"], "AgentGroupId": 1 },
        { "RuleId": "not-vip", "Priority": 2, "NotSegments": ["vip"], "AgentGroupId": 2 },
        { "RuleId": "rest", "Priority": 3, "AgentGroupId": 3 },
    ]);
    let store = store(
        json!({ "rules": rules, "customers": [{ "ClientUserId": "v", "Segments": ["vip"] }] }),
    )
    .await;
    for fault in FAULTS {
        let proxy = Proxy::start(&store.endpoint()).await;
        let running = Running::start_in_time(&proxy.endpoint(), &[]).await.until_loaded().await;
        let (answer, _) = running.ask_until_calm("s", "v").await;
        assert_eq!(answer["AgentGroupId"], 1, "{fault:?}");
        proxy.set(Some(fault));
        let (answer, record) = calm(async |_| {
            let asked = running.ask("v");
            let asked = within(Duration::from_millis(1_200), format!("{fault:?}"), asked).await;
            match asked.1["reason"] == "deadline" {
                true => Err(Degraded(asked.1.to_string())),
                false => Ok(asked),
            }
        })
        .await;
        assert_eq!(
            answer["AgentGroupId"], 3,
            "{fault:?}: unknown is neither in a segment nor out of it"
        );
        assert_eq!(record["degraded"], json!(["config", "customers"]), "{fault:?}");
        assert_eq!(record["outcome"], "group", "{fault:?}");
        proxy.set(None);
        let (answer, _) = running.ask_until_calm("s", "v").await;
        assert_eq!(answer["AgentGroupId"], 1, "{fault:?}: it recovers by itself");
    }
}
