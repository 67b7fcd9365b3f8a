//! Which version of a row is in force.

use desk_cli::embedded::table_name;
use desk_cli::row_files::RowFiles;
use routing::rows::Table;
use serde_json::json;

use super::{delete, s};
use testing::rows;
use testing::running::{Running, store};

/// The row's last good version: in the previous snapshot, through several refreshes; else in
/// `_LastGood`.
#[tokio::test(flavor = "multi_thread")]
async fn a_row_turned_bad_keeps_its_last_good_version() {
    let good = json!({
        "rules": [{ "RuleId": "r", "Priority": 1, "Hours": "@always", "Rosters": ["desk"] }, { "RuleId": "z", "Priority": 9, "AgentGroupId": 9 }],
        "agents": [{ "AgentId": "ann", "Rosters": ["desk"] }, { "AgentId": "bob", "Rosters": ["desk"] }],
        "calendars": [{ "CalendarId": "always", "Hours": "24/7" }],
    });
    let store = store(good.clone()).await;
    let running = Running::start(&store.endpoint(), &[]).await;
    let both = running.agents("u").await;
    assert_eq!(both.as_array().unwrap().len(), 2);
    let version = running.ask("u").await.1["config_version"].clone();
    // Every row turns bad, one after the other; each change is a refresh.
    for (table, row) in [
        (
            Table::Rules,
            json!({ "RuleId": "r", "Priority": "first", "Hours": "@always", "Rosters": ["desk"] }),
        ),
        (Table::Agents, json!({ "AgentId": "ann", "Rosters": ["desk"], "Weight": 101 })),
        (Table::Calendars, json!({ "CalendarId": "always", "Hours": "never ever" })),
    ] {
        let mut files = RowFiles::default();
        files.add(table, vec![row.as_object().unwrap().clone()]);
        store.put(&files).await.unwrap();
        let (answer, record) = running.ask("u").await;
        assert_eq!(
            (&answer["AgentIdList"], &record["config_version"]),
            (&both, &version),
            "after {row}"
        );
    }
    let findings = running.lines("row_finding");
    assert!(
        findings.iter().any(|line| line["message"]
            .as_str()
            .unwrap()
            .contains("last good version stays in force")),
        "{findings:?}"
    );
    // The calendar is gone: the rule that names it is in error too, and stays as it was.
    delete(&store, Table::Calendars, "always").await;
    assert_eq!(running.agents("u").await, both);
    // A new instance knows none of this: the bad rows are out.
    let fresh = Running::start(&store.endpoint(), &[]).await;
    assert_eq!(fresh.ask("u").await.0["AgentGroupId"], 9);
    // With `_LastGood` it does.
    for (table, key, last_good) in [
        (Table::Rules, "r", r#"{"Priority": 1, "Rosters": ["desk"]}"#),
        (Table::Agents, "ann", r#"{"AgentId": "someone-else", "Rosters": ["desk"]}"#),
    ] {
        let update = store
            .client()
            .update_item()
            .table_name(table_name(table))
            .key(table.key_attribute(), s(key));
        let update = update
            .update_expression("SET #good = :good")
            .expression_attribute_names("#good", "_LastGood");
        update.expression_attribute_values(":good", s(last_good)).send().await.unwrap();
    }
    let fresh = Running::start(&store.endpoint(), &[]).await;
    assert_eq!(fresh.agents("u").await, both, "`_LastGood` is the row's own, whatever key it says");
    // Mended rows are in force at once; a deleted one is gone.
    store.put(&rows(good)).await.unwrap();
    delete(&store, Table::Agents, "bob").await;
    assert_eq!(running.agents("u").await, json!(["ann"]));
}

/// A refresh that finds no usable rule is not believed for a while; the old snapshot serves on, and
/// says so.
#[tokio::test(flavor = "multi_thread")]
async fn an_emptied_rules_table_is_not_believed() {
    let store =
        store(json!({ "rules": [{ "RuleId": "r", "Priority": 1, "AgentGroupId": 5 }] })).await;
    let running = Running::start(&store.endpoint(), &[]).await;
    delete(&store, Table::Rules, "r").await;
    let (answer, record) = running.ask("u").await;
    assert_eq!((&answer["AgentGroupId"], &record["degraded"]), (&json!(5), &json!(["config"])));
    store
        .put(&rows(json!({ "rules": [{ "RuleId": "new", "Priority": 1, "AgentGroupId": 6 }] })))
        .await
        .unwrap();
    let (answer, record) = running.ask("u").await;
    assert_eq!((&answer["AgentGroupId"], &record["degraded"]), (&json!(6), &json!([])));
}
