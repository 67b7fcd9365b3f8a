//! Two processes of the operator function at the same rows, as Lambda runs one for each stream:
//! with requests that fail at random, batches in any pieces, and one killed half-way.

mod ends;
mod late_copies;
mod past;

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use desk_cli::local::embedded::{HISTORY_TABLE, RELEASES_TABLE};
use routing::rows::{Table, Value as RowValue};
use serde_json::{Value, json};

use testing::bad_tables::Proxy;
use testing::function::{Function, variables};
use testing::operating::Operating;
use testing::running::store;
use testing::streams::Stream;

use past::{Made, assert_nothing_is_lost, edit};

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

/// A row that is good, disabled, or wrong, and whether it is good. The same row is edited again
/// soon, to something else.
fn row(table: Table, n: usize, random: &mut fastrand::Rng) -> (Value, bool) {
    let (of, each) = (n % 8, 1 + n);
    match (table, random.u8(..6)) {
        (Table::Rules, 0) => {
            (json!({ "RuleId": format!("r{of}"), "Priority": of, "AgentGruopId": 7 }), false)
        }
        (Table::Rules, _) => {
            let (id, hours) = (format!("r{of}"), "@office");
            let rule =
                json!({ "RuleId": id, "Priority": of, "Hours": hours, "AgentGroupId": each });
            (rule, true)
        }
        (Table::Agents, 0) => (json!({ "AgentId": format!("a{of}"), "Tier": "first" }), false),
        (Table::Agents, k) => {
            // Never more than half of them: that would wait.
            let is_enabled = k > 1 || of % 2 == 1;
            let agent = json!({ "AgentId": format!("a{of}"), "Tier": each, "Enabled": is_enabled });
            (agent, is_enabled)
        }
        (_, 0) => (json!({ "CalendarId": "office", "Hours": "sometimes" }), false),
        (_, _) => {
            (json!({ "CalendarId": "office", "Hours": format!("Mo-Fr 08:{each:02}-18:00") }), true)
        }
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

#[tokio::test(flavor = "multi_thread")]
async fn two_processes_lose_no_edit() {
    let store = store(json!({
        "calendars": [{ "CalendarId": "office", "Hours": "24/7" }],
    }))
    .await;
    let proxy = Proxy::start(&store.endpoint()).await;
    let functions =
        [Arc::new(start(&proxy.endpoint()).await), Arc::new(start(&proxy.endpoint()).await)];
    // A calendar in error has a version in force from now on, and no rule is in error by it.
    functions[0].answer(json!({ "Look": {} }).to_string()).await;
    let seed = std::env::var("SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(7);
    proxy.weather(0.03, seed);
    let mut tasks = tokio::task::JoinSet::new();
    for (place, table) in TABLES.into_iter().enumerate() {
        let (store, functions) = (store.clone(), functions.clone());
        tasks.spawn(async move {
            let mut random = fastrand::Rng::with_seed(seed + place as u64);
            let mut stream = Stream::of(&store, table).await;
            let editor = Operating::start(&store).await;
            let mut made = Vec::new();
            for n in 0..EDITS {
                let (row, is_good) = row(table, n, &mut random);
                made.extend(edit(&editor, table, row, is_good).await);
                if random.u8(..4) == 0 {
                    hand_over(&functions, stream.records().await, &mut random).await;
                }
            }
            hand_over(&functions, stream.records().await, &mut random).await;
            made
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
    // The calendar was there before anything was edited.
    let (key, mark) = ("office".to_owned(), Some(RowValue::Text("24/7".to_owned())));
    let mut made = vec![Made { table: Table::Calendars, key, before: None, mark, live: 0 }];
    for edits in tasks.join_all().await {
        made.extend(edits);
    }
    proxy.calm();
    assert_nothing_is_lost(&store, &made).await;
}
