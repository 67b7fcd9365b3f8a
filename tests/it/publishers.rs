//! Two processes of the operator function at the same rows, as Lambda runs one for each stream:
//! with requests that fail at random, batches in any pieces, and one killed half-way.

mod late_copies;

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use chrono::Utc;
use desk_cli::local::embedded::{Embedded, HISTORY_TABLE, RELEASES_TABLE};
use routing::release::{Form, Release, Store, decode, settle};
use routing::rows::{Row, Rows, Table};
use routing::snapshot::Snapshot;
use serde_json::{Value, json};

use testing::bad_tables::Proxy;
use testing::function::{Function, variables};
use testing::operating::Operating;
use testing::running::store;
use testing::streams::Stream;

const TABLES: [Table; 3] = [Table::Rules, Table::Agents, Table::Calendars];
/// Edits of each table.
const EDITS: usize = 30;

async fn start(endpoint: &str) -> Function {
    let binary = std::env::var("DESK_OPERATOR_BIN")
        .unwrap_or_else(|_| testing::program("desk-operator").display().to_string());
    let more = [
        ("HISTORY_TABLE", HISTORY_TABLE),
        ("RELEASES_TABLE", RELEASES_TABLE),
        ("TIME_ZONE", "Asia/Seoul"),
        ("HOLIDAY_COUNTRY", "KR"),
    ];
    let more = more.map(|(name, value)| (name.to_owned(), value.to_owned()));
    Function::start_binary(&binary, [variables(endpoint), more.to_vec()].concat()).await
}

/// A row that is good, disabled, or wrong.
fn row(table: Table, n: usize, random: &mut fastrand::Rng) -> Value {
    let n = n % 8;
    match (table, random.u8(..6)) {
        (Table::Rules, 0) => json!({ "RuleId": format!("r{n}"), "Priority": n, "AgentGruopId": 7 }),
        (Table::Rules, _) => {
            json!({ "RuleId": format!("r{n}"), "Priority": n, "Hours": "@office", "AgentGroupId": 1 + random.u8(..) })
        }
        (Table::Agents, 0) => json!({ "AgentId": format!("a{n}"), "Tier": "first" }),
        (Table::Agents, k) => {
            json!({ "AgentId": format!("a{n}"), "Tier": 1 + random.u8(..), "Enabled": k > 1 })
        }
        (_, 0) => json!({ "CalendarId": "office", "Hours": "sometimes" }),
        (_, k) => json!({ "CalendarId": "office", "Hours": format!("Mo-Fr 0{k}:00-18:00") }),
    }
}

/// Hands records over until none failed, in pieces of any size, to any of the functions.
async fn hand_over(
    functions: &[Arc<Function>],
    mut records: Vec<Value>,
    random: &mut fastrand::Rng,
) {
    while !records.is_empty() {
        let size = random.usize(1..=records.len().min(12));
        let function = random.choice(functions).unwrap();
        let event = json!({ "Records": records[..size] });
        let answer = function.answer(event.to_string()).await;
        let answer: Value = serde_json::from_str(&answer).unwrap();
        let failed = answer["batchItemFailures"].as_array().unwrap();
        let failed: BTreeSet<&str> =
            failed.iter().map(|failure| failure["itemIdentifier"].as_str().unwrap()).collect();
        let done = records[..size].iter().position(|record| {
            failed.contains(record["dynamodb"]["SequenceNumber"].as_str().unwrap())
        });
        records.drain(..done.unwrap_or(size));
    }
}

async fn all(store: &Embedded, table: &str) -> Vec<Row> {
    let mut pages = store.client().scan().table_name(table).into_paginator().items().send();
    let mut rows = Vec::new();
    while let Some(row) = pages.next().await {
        rows.push(desk_router::store::row(row.unwrap()));
    }
    rows
}

#[tokio::test(flavor = "multi_thread")]
async fn two_processes_lose_no_edit() {
    let store = store(json!({
        "calendars": [{ "CalendarId": "office", "Hours": "24/7" }],
    }))
    .await;
    let proxy = Proxy::start(&store.endpoint()).await;
    let functions =
        [Arc::new(start(&proxy.endpoint()).await), Arc::new(start(&proxy.endpoint()).await)];
    let seed = std::env::var("SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(7);
    proxy.weather(0.03, seed);
    let mut tasks = tokio::task::JoinSet::new();
    for (place, table) in TABLES.into_iter().enumerate() {
        let (store, functions) = (store.clone(), functions.clone());
        tasks.spawn(async move {
            let mut random = fastrand::Rng::with_seed(seed + place as u64);
            let mut stream = Stream::of(&store, table).await;
            let editor = Operating::start(&store).await;
            for n in 0..EDITS {
                editor.edit(table, row(table, n, &mut random)).await;
                if random.u8(..4) == 0 {
                    hand_over(&functions, stream.records().await, &mut random).await;
                }
            }
            hand_over(&functions, stream.records().await, &mut random).await;
        });
    }
    // One more begins a look again and again, and ends half-way.
    for wait in [20, 60, 120, 200] {
        let third = start(&proxy.endpoint()).await;
        let look = tokio::time::timeout(
            Duration::from_millis(wait),
            third.answer(json!({ "Look": {} }).to_string()),
        );
        drop(look.await);
    }
    while let Some(done) = tasks.join_next().await {
        done.unwrap();
    }
    proxy.calm();

    let desk = Operating::start(&store).await;
    let pointer = desk.pointer().await;
    let live = pointer.live.unwrap();
    let releases = desk.releases();
    let bytes = async |release: &Release, form| {
        release.join(form, releases.parts(release, form).await.unwrap()).unwrap()
    };
    let live_rows = decode(&bytes(&live, Form::Rows).await).unwrap();
    let rows = Rows {
        rules: all(&store, "desk-rules").await,
        agents: all(&store, "desk-agents").await,
        calendars: all(&store, "desk-calendars").await,
    };
    let defaults =
        testing::settings(&[("TIME_ZONE", "Asia/Seoul"), ("HOLIDAY_COUNTRY", "KR")]).defaults;
    let (settled, _) = settle(&rows, Some(&live_rows), &defaults, Utc::now());
    assert_eq!(settled, live_rows, "the last edits are live");
    // Every number once, each whole.
    let earlier = desk.releases().listed_before(live.number, 200).await.unwrap();
    let numbers: Vec<u64> = earlier.iter().map(|release| release.number).collect();
    assert_eq!(numbers, (1..live.number).rev().collect::<Vec<_>>());
    for release in &earlier {
        let rows = decode(&bytes(release, Form::Rows).await).unwrap();
        let typed = Snapshot::of_release(&bytes(release, Form::Typed).await).unwrap();
        assert_eq!(typed.version(), Snapshot::of(&rows, Utc::now()).version());
    }
    // Every change is in the history, each once.
    let history = all(&store, HISTORY_TABLE).await;
    let edits: usize = 1 + TABLES.len() * EDITS;
    let same = edits - history.len();
    assert!(
        same < EDITS,
        "{} of {edits}: an edit that changes nothing has no record",
        history.len()
    );
    assert!(history.iter().all(|change| change.contains_key("Release")), "{history:?}");
}
