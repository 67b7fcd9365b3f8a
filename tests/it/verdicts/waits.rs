//! Rows that wait: for the end of a hold, or because much is gone.

use super::*;

#[tokio::test(flavor = "multi_thread")]
async fn edits_under_a_hold_wait() {
    let (store, mut desk) = desk().await;
    desk.handle(json!({ "Hold": { "Why": "we move a team", "By": "kim" } })).await;
    desk.edit(Table::Rules, json!({ "RuleId": "rest", "Priority": 2, "AgentGroupId": 8 })).await;
    desk.edit(Table::Agents, json!({ "AgentId": "bob", "Rosters": ["desk"], "Enabled": false }))
        .await;
    desk.edit(Table::Agents, json!({ "AgentId": "ann", "Rosters": ["desk"], "Notes": "x" })).await;
    desk.pump().await;
    let check = said(&desk, Table::Rules, "rest").await;
    assert!(check.starts_with("ok, WAITS: release 1 stays live, held by kim since 20"), "{check}");
    assert!(check.ends_with(": we move a team; `desk publish` ends the hold"), "{check}");
    let check = said(&desk, Table::Agents, "bob").await;
    assert!(check.starts_with("disabled, WAITS: release 1 stays live, held by kim"), "{check}");
    assert_eq!(said(&desk, Table::Agents, "ann").await, "ok", "a note waits for nothing");
    let waited = Some(WentLive::Waited(1));
    assert_eq!(became(&store, "rules/rest").await[1], waited);
    assert_eq!(became(&store, "agents/ann").await[1], Some(WentLive::With(1)));

    desk.handle(json!({ "Publish": {} })).await;
    assert_eq!(said(&desk, Table::Rules, "rest").await, "ok");
    assert_eq!(said(&desk, Table::Agents, "bob").await, "disabled");
    assert_eq!(became(&store, "rules/rest").await[1], waited, "what was, stays");

    // Back to an earlier release: what the rows say waits, and they say so at once.
    desk.handle(json!({ "Publish": { "Release": 1, "By": "lee" } })).await;
    let check = said(&desk, Table::Rules, "rest").await;
    assert!(check.starts_with("ok, WAITS: release 3 stays live, held by lee since "), "{check}");
    assert_eq!(said(&desk, Table::Rules, "day").await, "ok; `Hours`: as calendar `office` says");
}

/// Of a row in error another version is in force after going back: its editor reads which. An edit
/// in error is never what is live.
#[tokio::test(flavor = "multi_thread")]
async fn a_row_in_error_names_the_release_that_is_live_again() {
    let (store, mut desk) = desk().await;
    let edit = |group: Value| json!({ "RuleId": "rest", "Priority": 2, "AgentGroupId": group });
    for group in [json!(8), json!("x")] {
        desk.edit(Table::Rules, edit(group)).await;
        desk.pump().await;
    }
    let check = said(&desk, Table::Rules, "rest").await;
    assert!(check.starts_with("IN ERROR, the version of release 2 stays in force: "), "{check}");
    desk.handle(json!({ "Publish": { "Release": 1, "By": "lee" } })).await;
    assert_eq!(desk.pointer().await.number(), 4);
    let back = said(&desk, Table::Rules, "rest").await;
    assert_eq!(back, check.replace("release 2", "release 4"), "that of release 1, live again");
    desk.pump().await;
    for event in [json!({ "Look": {} }), json!({ "Hold": { "Why": "more" } })] {
        desk.handle(event).await;
        assert_eq!(desk.records().await.len(), 0, "nothing was written");
    }

    desk.edit(Table::Rules, edit(json!("y"))).await;
    desk.pump().await;
    assert_eq!(became(&store, "rules/rest").await[3], Some(WentLive::Waited(4)));
    let check = said(&desk, Table::Rules, "rest").await;
    assert!(check.starts_with("IN ERROR, the version of release 4 stays in force: "), "{check}");
    desk.handle(json!({ "Publish": {} })).await;
    desk.handle(json!({ "Look": {} })).await;
    assert_eq!(said(&desk, Table::Rules, "rest").await, check, "later releases have the same");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_waits_as_an_accident_says_so() {
    let (store, mut desk) = desk().await;
    desk.delete(Table::Agents, "ann").await;
    desk.delete(Table::Agents, "bob").await;
    desk.edit(Table::Rules, json!({ "RuleId": "rest", "Priority": 2, "AgentGroupId": 8 })).await;
    desk.pump().await;
    let check = said(&desk, Table::Rules, "rest").await;
    assert!(
        check.starts_with(
            "ok, WAITS: release 1 stays live: all 2 agents are gone, which looks like an accident; \
            it goes live only by `desk publish --force`"
        ),
        "{check}"
    );
    assert_eq!(became(&store, "agents/ann").await[1], Some(WentLive::Waited(1)));
    // Whoever reads that nobody is on a roster reads who is, as long as that is live.
    let check = said(&desk, Table::Rules, "day").await;
    let beside = "the roster `desk`: no agent is on it (by the rows: in the live release 2 agents \
        are on it); correct";
    assert!(check.contains(beside), "{check}");
    desk.pump().await;
    desk.handle(json!({ "Look": {} })).await;
    assert_eq!(desk.records().await.len(), 0, "nothing was written");
    desk.handle(json!({ "Publish": { "Force": true } })).await;
    assert_eq!(said(&desk, Table::Rules, "rest").await, "ok");
    let check = said(&desk, Table::Rules, "day").await;
    assert!(check.contains("no agent is on it; correct"), "{check}");
}
