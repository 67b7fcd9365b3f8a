//! Which version of a row is in force.

use desk_cli::files::row_files::RowFiles;
use routing::rows::Table;
use serde_json::json;

use super::delete;
use testing::rows;
use testing::running::{Running, store};

/// Tables that are read directly: a row in error is not used, on a warm instance as on a new one,
/// and a line says so. A row that is good again is in force at once.
#[tokio::test(flavor = "multi_thread")]
async fn a_row_in_error_is_not_used_where_tables_are_read_directly() {
    let good = json!({
        "rules": [
            { "RuleId": "r", "Priority": 1, "Hours": "@always", "Rosters": ["desk"] },
            { "RuleId": "z", "Priority": 9, "AgentGroupId": 9 },
        ],
        "agents": [
            { "AgentId": "ann", "Rosters": ["desk"] },
            { "AgentId": "bob", "Rosters": ["desk"] },
        ],
        "calendars": [{ "CalendarId": "always", "Hours": "24/7" }],
    });
    let store = store(good.clone()).await;
    let warm = Running::start(&store.endpoint(), &[]).await;
    assert_eq!(warm.agents("u").await.as_array().unwrap().len(), 2);
    for (table, bad, agents, group, says) in [
        (
            Table::Rules,
            json!({
                "RuleId": "r", "Priority": "first", "Hours": "@always", "Rosters": ["desk"],
                "_LastGood": r#"{"Priority": 1, "Rosters": ["desk"]}"#,
            }),
            json!(null),
            json!(9),
            "expected a number",
        ),
        (
            Table::Agents,
            json!({ "AgentId": "ann", "Rosters": ["desk"], "Weight": 101 }),
            json!(["bob"]),
            json!(null),
            "from `0` to `100`",
        ),
        (
            Table::Calendars,
            json!({ "CalendarId": "always", "Hours": "never ever" }),
            json!(null),
            json!(9),
            "the calendar `always` has an error",
        ),
    ] {
        let mut files = RowFiles::default();
        files.add(table, vec![bad.as_object().unwrap().clone()]);
        store.put(&files).await.unwrap();
        let fresh = Running::start(&store.endpoint(), &[]).await;
        for running in [&warm, &fresh] {
            let (answer, record) = running.ask("u").await;
            assert_eq!(
                (answer.get("AgentIdList"), answer.get("AgentGroupId")),
                (
                    Some(&agents).filter(|list| !list.is_null()),
                    Some(&group).filter(|group| !group.is_null())
                ),
                "after {bad}"
            );
            assert_eq!(record["degraded"], json!([]));
            let lines = running.lines("row_finding");
            assert!(
                lines.iter().any(|line| line["level"] == "ERROR"
                    && line["message"].as_str().unwrap().contains(says)),
                "{lines:?}"
            );
        }
        store.put(&rows(good.clone())).await.unwrap();
        assert_eq!(warm.agents("u").await.as_array().unwrap().len(), 2, "good again");
    }
    delete(&store, Table::Agents, "bob").await;
    assert_eq!(warm.agents("u").await, json!(["ann"]));
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
