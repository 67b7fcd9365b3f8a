//! Items that somebody edited.

use aws_sdk_dynamodb::types::AttributeValue as Attribute;
use desk_cli::local::embedded::ASSIGNMENTS_TABLE;
use serde_json::json;

use super::{FRESH, items, kinds, n, set};
use testing::running::{Running, store};

/// Items that are not as the webhook writes them: somebody edited them. No answer is lost, and the
/// record says so where memory is.
#[tokio::test(flavor = "multi_thread")]
async fn spoiled_items() {
    let store = store(kinds()).await;
    let running = Running::start(&store.endpoint(), &[FRESH]).await;
    running.ask_in("1", "b").await;
    let (rotation, event, user) = (
        items(&store, "rotation#").await.remove(0),
        items(&store, "event#").await.remove(0),
        items(&store, "user#").await.remove(0),
    );
    for position in [
        Attribute::S("first".into()),
        n(-5_000_000_000_000_000_000_i64),
        n("0.5"),
        n("9e125"),
        Attribute::Null(true),
    ] {
        set(&store, &rotation, "Position", position.clone()).await;
        let (answer, record) = running.ask_in(&format!("{position:?}"), "r-spoiled").await;
        assert!(answer["AgentIdList"][0].is_string(), "{position:?}");
        // Another rule's rotation: not concerned.
        assert_eq!(record["degraded"], json!([]), "{position:?}");
        let (answer, record) = running.ask_in(&format!("b {position:?}"), "b-spoiled").await;
        assert!(answer["AgentIdList"][0].is_string(), "{position:?}");
        assert_eq!(
            (&record["strategy"], &record["degraded"]),
            (&json!("hash"), &json!(["assignments"])),
            "{position:?}"
        );
    }
    let mut spoiled = event.clone();
    spoiled.remove("AgentIds");
    set(&store, &spoiled, "RuleId", n(7)).await;
    let (answer, record) = running.ask_in("1", "b").await;
    assert!(answer["AgentIdList"][0].is_string());
    assert_eq!(record["degraded"], json!(["assignments"]), "{record}");
    set(&store, &user, "AgentId", n(7)).await;
    let (_, record) = running.ask_in("2", "l-other").await;
    assert_eq!(record["degraded"], json!([]));
    store
        .client()
        .delete_item()
        .table_name(ASSIGNMENTS_TABLE)
        .key("Key", rotation["Key"].clone())
        .send()
        .await
        .unwrap();
    let (_, record) = running.ask_in("3", "b").await;
    assert_eq!(
        (&record["reason"], &record["degraded"]),
        (&json!("rule_matched"), &json!([])),
        "an unreadable last agent is none"
    );
}
