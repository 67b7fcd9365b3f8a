//! What is live, end to end: rows as people edit them, the operator function, instances of the
//! webhook.

use desk_cli::local::embedded::{Embedded, table_name};
use routing::rows::Table;
use serde_json::{Value, json};

use testing::assign_event;
use testing::function::{Function, variables};
use testing::rows;
use testing::running::{BY_RELEASES, Running, publish, store};

async fn start(store: &Embedded) -> Running {
    Running::start(&store.endpoint(), &[BY_RELEASES]).await
}

/// The group or the agents answered, and the release.
async fn asked(running: &Running) -> (Value, Value) {
    let (answer, record) = running.ask("u").await;
    assert_eq!(record["degraded"], json!([]), "{record}");
    let agents = answer.get("AgentIdList").unwrap_or(&answer["AgentGroupId"]);
    (agents.clone(), record["release"].clone())
}

async fn delete(store: &Embedded, table: Table, key: &str) {
    let delete = store.client().delete_item().table_name(table_name(table));
    let key = aws_sdk_dynamodb::types::AttributeValue::S(key.into());
    delete.key(table.key_attribute(), key).send().await.unwrap();
}

/// Rows are edited, releases are live: for instances that were there before as for new ones. A row
/// in error is as it was, also when its calendar is gone.
#[tokio::test(flavor = "multi_thread")]
async fn every_instance_answers_by_the_live_release() {
    let good = json!({
        "rules": [
            {
                "RuleId": "r", "Priority": 1, "Hours": "@always", "Rosters": ["desk"],
                "MaxAgents": 9,
            },
        ],
        "agents": [{ "AgentId": "ann", "Rosters": ["desk"] }],
        "calendars": [{ "CalendarId": "always", "Hours": "24/7" }],
    });
    let store = store(good).await;
    let early = start(&store).await;
    assert_eq!(asked(&early).await, (json!(["ann"]), Value::Null), "by the tables");
    assert_eq!(publish(&store).await, "Published");
    assert_eq!(asked(&early).await, (json!(["ann"]), json!(1)));
    assert_eq!(publish(&store).await, "Unchanged");

    // What nobody has published is not live, even where an instance starts now.
    let more = json!({ "agents": [{ "AgentId": "bob", "Rosters": ["desk"] }] });
    store.put(&rows(more)).await.unwrap();
    for running in [&early, &start(&store).await] {
        assert_eq!(asked(running).await, (json!(["ann"]), json!(1)));
    }
    assert_eq!(publish(&store).await, "Published");
    let both = json!(["ann", "bob"]);
    let sorted = |(agents, release): (Value, Value)| {
        let mut agents: Vec<String> = serde_json::from_value(agents).unwrap();
        agents.sort();
        (json!(agents), release)
    };
    assert_eq!(sorted(asked(&early).await), (both.clone(), json!(2)));

    // Each row turns bad, and the calendar goes: nothing that answers changes.
    for (release, bad) in [
        (
            3,
            json!({
                "rules": [
                    {
                        "RuleId": "r", "Priority": 1, "Hour": "@always", "Rosters": ["desk"],
                        "MaxAgents": 9,
                    },
                ],
            }),
        ),
        (3, json!({ "agents": [{ "AgentId": "bob", "Rosters": ["desk"], "Weight": 101 }] })),
        (3, json!({ "calendars": [{ "CalendarId": "always", "Hours": "never ever" }] })),
    ] {
        store.put(&rows(bad)).await.unwrap();
        publish(&store).await;
        for running in [&early, &start(&store).await] {
            assert_eq!(sorted(asked(running).await), (both.clone(), json!(release)));
        }
    }
    delete(&store, Table::Calendars, "always").await;
    publish(&store).await;
    for running in [&early, &start(&store).await] {
        assert_eq!(sorted(asked(running).await).0, both);
    }
    let lines = early.lines("row_finding");
    assert!(lines.iter().all(|line| line["severity"] == "warning"), "{lines:?}");
}

/// The program that ships reads releases, and its record says which.
#[tokio::test(flavor = "multi_thread")]
async fn the_shipped_program_goes_by_releases() {
    let rules = json!([{ "RuleId": "r", "Priority": 1, "AgentGroupId": 4711 }]);
    let store = store(json!({ "rules": rules })).await;
    publish(&store).await;
    delete(&store, Table::Rules, "r").await;
    let by = vec![(BY_RELEASES.0.to_owned(), BY_RELEASES.1.to_owned())];
    let function = Function::start_loaded([variables(&store.endpoint()), by].concat()).await;
    let (answer, record) = function.invoke_until_calm(|| assign_event("s", "u")).await;
    assert!(answer.body.contains("4711"), "{}", answer.body);
    assert_eq!((&record["release"], &record["rule_id"]), (&json!(1), &json!("r")));
}
