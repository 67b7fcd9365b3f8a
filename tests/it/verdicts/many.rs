//! Many rows, and the 90 seconds of a run.

use std::time::Duration;

use aws_sdk_dynamodb::types::{PutRequest, WriteRequest};
use desk_cli::local::embedded::{Embedded, table_name};
use desk_router::store::item;
use routing::rows::{Table, row_from_json};
use serde_json::{Value, json};

use testing::bad_tables::Proxy;
use testing::operating::Operating;

use super::still::Still;

/// Rules and agents; the number can be set from outside.
fn rows() -> usize {
    std::env::var("DESK_ROWS").ok().and_then(|rows| rows.parse().ok()).unwrap_or(10_000)
}

/// Two fifths are rules, the rest are agents.
async fn filled(rows: usize) -> Embedded {
    let store = Embedded::start(0).await.unwrap();
    let rules = rows * 2 / 5;
    let roster = |n: usize| format!("roster-{}", n % 500);
    let rule = |n: usize| {
        json!({
            "RuleId": format!("r{n:05}"), "Priority": n, "ClientUserIds": [format!("u{n}")],
            "Rosters": [roster(n)],
        })
    };
    let agent = |n: usize| {
        json!({
            "AgentId": format!("a{n:05}"), "Rosters": [roster(n)], "Shifts": "Mo-Fr 09:00-18:00",
        })
    };
    write(&store, Table::Rules, (0..rules).map(rule)).await;
    write(&store, Table::Agents, (rules..rows).map(agent)).await;
    store
}

async fn write(store: &Embedded, table: Table, rows: impl Iterator<Item = Value>) {
    let put = |json: Value| {
        let item = item(&row_from_json(json.as_object().unwrap().clone()));
        let put = PutRequest::builder().set_item(Some(item)).build().unwrap();
        WriteRequest::builder().put_request(put).build()
    };
    let writes: Vec<WriteRequest> = rows.map(put).collect();
    for writes in writes.chunks(25) {
        let batch = store.client().batch_write_item();
        batch.request_items(table_name(table), writes.to_vec()).send().await.unwrap();
    }
}

/// How many rows tell their editor something.
async fn told(store: &Embedded) -> usize {
    let mut told = 0;
    for table in [Table::Rules, Table::Agents] {
        let scan = store.client().scan().table_name(table_name(table));
        let scan = scan.filter_expression("attribute_exists(#check)").select("COUNT".into());
        let scan = scan.expression_attribute_names("#check", "_Check");
        let mut pages = scan.into_paginator().send();
        while let Some(page) = pages.next().await {
            told += usize::try_from(page.unwrap().count).unwrap();
        }
    }
    told
}

/// A slow table: ten thousand rows take longer than a run may write. What was published is live
/// all the same, the next look goes on where this one stood, and a third writes nothing.
#[tokio::test]
async fn ten_thousand_rows_are_told_within_two_looks_of_90_seconds() {
    let rows = rows();
    let store = filled(rows).await;
    let proxy = Proxy::start(&store.endpoint()).await;
    let desk = Operating::start_at(&store, &proxy.endpoint(), true).await;
    let still = Still::begin();
    // All of them in 125 seconds.
    let each = Duration::from_secs(125) / u32::try_from(rows).unwrap();
    let look = async || {
        let look = desk.handle(json!({ "Look": {} }));
        still.by_writes(&proxy, each, Box::pin(look)).await
    };
    assert_eq!(look().await["Outcome"], "Published");
    let first = told(&store).await;
    let in_90_seconds = rows * 90 / 125;
    // A few were under way, or are the pointer's.
    assert!(first.abs_diff(in_90_seconds) < 40, "{first} of {in_90_seconds}");
    let left = desk.lines("checks_left");
    assert_eq!(left.len(), 1);
    let left: usize =
        left[0]["message"].as_str().unwrap().split(' ').next().unwrap().parse().unwrap();
    assert!(left.abs_diff(rows - first) < 40, "{left} of {}", rows - first);

    let before = proxy.count("dynamodb:UpdateItem");
    assert_eq!(look().await["Outcome"], "Unchanged");
    assert_eq!(told(&store).await, rows);
    let written = proxy.count("dynamodb:UpdateItem") - before;
    assert!(written < rows - first + 40, "{written}: it begins where the first stood");
    assert_eq!(desk.lines("checks_left").len(), 1);

    let before = proxy.count("dynamodb:UpdateItem");
    look().await;
    assert_eq!(proxy.count("dynamodb:UpdateItem") - before, 2, "`Wanted` and the pointer");
    assert_eq!(desk.number("ChecksNotWritten"), None);
}
