//! What rows tell their editors, through the operator function: `_Check`, and what it keeps of
//! before.

mod became;
mod failures;
mod kept_back;
mod many;
mod still;
mod waits;

use std::collections::HashMap;

use aws_sdk_dynamodb::types::AttributeValue as Attribute;
use desk_cli::local::embedded::{Embedded, HISTORY_TABLE};
use desk_router::store::{WentLive, never_live, went_live};
use routing::rows::Table;
use serde_json::{Value, json};

use testing::bad_tables::{Fault, Proxy};
use testing::operating::Operating;
use testing::running::store;

/// A small deployment without findings.
async fn desk() -> (Embedded, Operating) {
    let store = store(json!({
        "rules": [
            { "RuleId": "day", "Priority": 1, "Hours": "@office", "Rosters": ["desk"] },
            { "RuleId": "rest", "Priority": 2, "AgentGroupId": 7 },
        ],
        "agents": [
            { "AgentId": "ann", "Rosters": ["desk"] },
            { "AgentId": "bob", "Rosters": ["desk"] },
        ],
        "calendars": [{ "CalendarId": "office", "Hours": "24/7" }],
    }))
    .await;
    let mut desk = Operating::start(&store).await;
    desk.pump().await;
    (store, desk)
}

/// What a row tells, but for what is said of now.
async fn said(desk: &Operating, table: Table, key: &str) -> String {
    let check = desk.check(table, key).await;
    let (stands, _) = check.split_once("; checked 20").unwrap_or_else(|| panic!("{check}"));
    stands.split("; now ").next().unwrap().to_owned()
}

/// What the history has of a row, oldest first.
async fn history(store: &Embedded, row: &str) -> Vec<HashMap<String, Attribute>> {
    let query =
        store.client().query().table_name(HISTORY_TABLE).key_condition_expression("RowKey = :row");
    let query = query.expression_attribute_values(":row", Attribute::S(row.to_owned()));
    query.send().await.unwrap().items.unwrap()
}

async fn became(store: &Embedded, row: &str) -> Vec<Option<WentLive>> {
    history(store, row).await.iter().map(went_live).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_typo_keeps_the_version_of_the_live_release() {
    let (store, mut desk) = desk().await;
    assert_eq!(desk.pointer().await.number(), 1);
    for (table, key, expected) in [
        (Table::Rules, "day", "ok; `Hours`: as calendar `office` says"),
        (Table::Rules, "rest", "ok"),
        (Table::Agents, "ann", "ok"),
        (Table::Calendars, "office", "ok"),
    ] {
        assert_eq!(said(&desk, table, key).await, expected, "{key}");
    }
    let calendar = desk.check(Table::Calendars, "office").await;
    assert!(calendar.starts_with("ok; now `Hours`: open, and does not close"), "{calendar}");

    let typo = json!({ "RuleId": "rest", "Priority": 2, "AgentGruopId": 7 });
    desk.edit(Table::Rules, typo).await;
    desk.edit(Table::Rules, json!({ "RuleId": "new", "Priority": "x", "AgentGroupId": 7 })).await;
    desk.pump().await;
    let kept = desk.check(Table::Rules, "rest").await;
    assert!(
        kept.starts_with(
            "IN ERROR, the version of release 1 stays in force: `AgentGruopId`: no such attribute; \
            did you mean `AgentGroupId`?"
        ),
        "{kept}"
    );
    assert!(said(&desk, Table::Rules, "new").await.starts_with("NOT USED: `Priority`"));
    let live = desk.pointer().await.live.unwrap();
    assert_eq!((live.number, live.counts.rules), (2, 2));

    // Other edits make releases of higher numbers; the version is the same.
    desk.wait_minutes(10);
    desk.edit(Table::Agents, json!({ "AgentId": "bob", "Rosters": ["desk"], "Tier": 2 })).await;
    desk.pump().await;
    assert_eq!(desk.pointer().await.number(), 3);
    assert_eq!(desk.check(Table::Rules, "rest").await, kept);

    desk.edit(Table::Rules, json!({ "RuleId": "rest", "Priority": 2, "AgentGroupId": 8 })).await;
    desk.pump().await;
    assert_eq!(said(&desk, Table::Rules, "rest").await, "ok");
    desk.edit(Table::Rules, json!({ "RuleId": "rest", "Priority": 2, "AgentGroupId": "x" })).await;
    desk.pump().await;
    let kept = desk.check(Table::Rules, "rest").await;
    assert!(kept.starts_with("IN ERROR, the version of release 4 stays in force: "), "{kept}");
    let releases = became(&store, "rules/rest").await;
    let releases: Vec<u64> = releases
        .into_iter()
        .map(|live| match live {
            Some(WentLive::With(release)) => release,
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(releases, [1, 2, 4, 5]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deleted_calendar_leaves_the_rules_that_use_it() {
    let (_store, mut desk) = desk().await;
    desk.delete(Table::Calendars, "office").await;
    desk.pump().await;
    let check = said(&desk, Table::Rules, "day").await;
    assert!(
        check.starts_with(
            "IN ERROR, the version of release 1 stays in force: `Hours`: there is no calendar row \
            `office` (deleted, or never written), nor any other; "
        ),
        "{check}"
    );
    assert_eq!(desk.pointer().await.live.unwrap().counts.rules, 2);
    // A calendar in error is told there; the rules that use it go by its version in force.
    desk.edit(Table::Calendars, json!({ "CalendarId": "office", "Hours": "24/7" })).await;
    desk.pump().await;
    desk.edit(Table::Calendars, json!({ "CalendarId": "office", "Hours": "sometimes" })).await;
    desk.pump().await;
    let check = said(&desk, Table::Calendars, "office").await;
    assert!(check.starts_with("IN ERROR, the version of release 3 stays in force"), "{check}");
    assert_eq!(said(&desk, Table::Rules, "day").await, "ok; `Hours`: as calendar `office` says");
}

/// What only other rows show is told, and cleared by them; a second look writes nothing.
#[tokio::test(flavor = "multi_thread")]
async fn warnings_across_rows() {
    let (_store, mut desk) = desk().await;
    let rule = json!({
        "RuleId": "vip", "Priority": 0, "ClientUserIds": ["u"], "Rosters": ["vip"],
        "IfNobody": "group", "AgentGroupId": 7,
    });
    desk.edit(Table::Rules, rule).await;
    desk.pump().await;
    assert_eq!(
        said(&desk, Table::Rules, "vip").await,
        "ok, but `Rosters`: the roster `vip`: no agent is on it; correct the name, or remove it"
    );
    desk.edit(Table::Agents, json!({ "AgentId": "cho", "Rosters": ["vip"] })).await;
    desk.pump().await;
    assert_eq!(said(&desk, Table::Rules, "vip").await, "ok");
    desk.edit(Table::Agents, json!({ "AgentId": "cho", "Enabled": false, "Tier": 0 })).await;
    desk.pump().await;
    assert!(said(&desk, Table::Agents, "cho").await.starts_with("disabled; before enabling: "));

    desk.wait_minutes(20);
    desk.handle(json!({ "Look": {} })).await;
    assert_eq!(desk.records().await.len(), 0, "nothing was written");
}

/// Records of the function's own writes cause no request at all.
#[tokio::test(flavor = "multi_thread")]
async fn echoes_read_nothing() {
    let (store, _) = desk().await;
    let proxy = Proxy::start(&store.endpoint()).await;
    let mut desk = Operating::start_at(&store, &proxy.endpoint(), true).await;
    let records = desk.records().await;
    let is_echo = |record: &&Value| {
        let check = |image: &str| record.pointer(&format!("/dynamodb/{image}/_Check")).is_some();
        check("NewImage") && !check("OldImage")
    };
    let echoes: Vec<&Value> = records.iter().filter(is_echo).collect();
    assert_eq!(echoes.len(), 5);
    proxy.set(Some(Fault::NoTable));
    let answer = desk.handle(json!({ "Records": echoes })).await;
    assert_eq!(answer, json!({ "batchItemFailures": [] }));
    assert!(proxy.asked().is_empty(), "{:?}", proxy.asked());
}

/// Customers are judged by themselves and publish nothing; what TTL removes leaves no history.
#[tokio::test(flavor = "multi_thread")]
async fn customers_are_told_and_forgotten() {
    let (store, mut desk) = desk().await;
    let before = desk.pointer().await;
    for n in 0..40 {
        let customer = json!({ "ClientUserId": format!("u{n}"), "Segments": ["vip"] });
        desk.edit(Table::Customers, customer).await;
    }
    desk.edit(Table::Customers, json!({ "ClientUserId": "u1", "Segmets": ["vip"] })).await;
    desk.pump().await;
    assert_eq!(said(&desk, Table::Customers, "u0").await, "ok");
    let check = said(&desk, Table::Customers, "u1").await;
    assert!(check.starts_with("NOT USED: `Segmets`"), "{check}");
    assert_eq!(desk.pointer().await, before, "no look");
    let kept = history(&store, "customers/u1").await;
    assert_eq!((kept.len(), went_live(&kept[0])), (2, None));

    desk.delete(Table::Customers, "u1").await;
    desk.delete(Table::Customers, "u2").await;
    let mut records = desk.records().await;
    let removed = records.iter_mut().find(|record| {
        record.pointer("/dynamodb/Keys/ClientUserId/S") == Some(&json!("u2"))
            && record["eventName"] == "REMOVE"
    });
    removed.unwrap()["userIdentity"] =
        json!({ "type": "Service", "principalId": "dynamodb.amazonaws.com" });
    desk.handle(json!({ "Records": records })).await;
    assert_eq!(history(&store, "customers/u1").await.len(), 3);
    assert_eq!(history(&store, "customers/u2").await.len(), 1);
}
