//! Two processes of the operator function, people and a script that edit, and users who ask, over
//! copies that are behind, batches of writes that are done in part, and batches of records that
//! come in pieces and twice.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::types::{PutRequest, WriteRequest};
use desk_cli::local::embedded::{Embedded, HISTORY_TABLE, table_name};
use desk_router::store::item;
use routing::release::{Form, Store};
use routing::rows::{Row, Table, row_from_json};
use serde_json::{Value, json};

use testing::copies::{Answers, Copies};
use testing::function::Function;
use testing::operating::Operating;
use testing::running::{BY_RELEASES, Running, store};
use testing::streams::Stream;

use super::past::all;
use super::start;

/// Users, each with a rule of their own.
const USERS: usize = 4;
/// Edits of the rules; each is a group that was never answered before.
const EDITS: usize = 10;
/// Each so many-th edit is a script's, of all users' rules at once.
const SCRIPT: usize = 3;

/// A rule of so many random ids that a release with two of them has several parts.
fn large(n: usize, random: &mut fastrand::Rng) -> Value {
    let ids: Vec<String> =
        (0..7_000).map(|_| (0..40).map(|_| random.alphanumeric()).collect()).collect();
    json!({
        "RuleId": format!("large-{n}"), "Priority": 100 + n, "ClientUserIds": ids,
        "AgentGroupId": 1,
    })
}

fn rule(user: usize, group: usize) -> Value {
    let ids = [format!("u{user}")];
    json!({
        "RuleId": format!("r{user}"), "Priority": user, "ClientUserIds": ids, "AgentGroupId": group,
    })
}

fn row(json: Value) -> Row {
    row_from_json(json.as_object().unwrap().clone())
}

/// Edits as the console does, or as a script: all at once, and again what was left undone.
async fn edit(client: &Client, table: Table, rows: Vec<Value>) {
    let name = table_name(table);
    if let [row_json] = &rows[..] {
        let put = client.put_item().table_name(name).set_item(Some(item(&row(row_json.clone()))));
        put.send().await.unwrap();
        return;
    }
    let mut writes: Vec<WriteRequest> = rows
        .into_iter()
        .map(|json| {
            let put = PutRequest::builder().set_item(Some(item(&row(json)))).build().unwrap();
            WriteRequest::builder().put_request(put).build()
        })
        .collect();
    while !writes.is_empty() {
        let sent = client.batch_write_item().request_items(name.clone(), writes).send().await;
        let left = sent.unwrap().unprocessed_items.unwrap_or_default().remove(&name);
        writes = left.unwrap_or_default();
    }
}

/// What users are answered: by whom it was asked, the release, the user, and the group.
type Heard = Vec<(u64, usize, u64)>;

async fn ask(running: &Running, user: usize) -> (u64, u64) {
    let (answer, record) = running.ask(&format!("u{user}")).await;
    assert_eq!(record["degraded"], json!([]), "{record}");
    (record["release"].as_u64().unwrap(), answer["AgentGroupId"].as_u64().unwrap())
}

/// Asks for one user after the other, until told to stop.
async fn listen(running: &Running, is_over: &AtomicBool) -> Heard {
    let (mut heard, mut last) = (Heard::new(), 0);
    for user in (0..USERS).cycle() {
        let (release, group) = ask(running, user).await;
        assert!(release >= last, "release {release} after release {last}");
        last = release;
        heard.push((release, user, group));
        if is_over.load(Ordering::Relaxed) {
            return heard;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    heard
}

/// Hands records over in two pieces, each to one of the functions or to both at once. What is in a
/// piece is live when its one look is over: whoever reads the pointer then answers by it.
async fn hand_over(
    functions: &[Arc<Function>],
    records: &[Value],
    now_live: &Running,
    random: &mut fastrand::Rng,
) {
    let (first, second) = records.split_at(random.usize(0..=records.len()));
    for piece in [first, second].into_iter().filter(|piece| !piece.is_empty()) {
        let event = json!({ "Records": piece }).to_string();
        let twice = random.bool();
        let (one, other) = if random.bool() { (0, 1) } else { (1, 0) };
        let again = async {
            match twice {
                true => Some(functions[other].answer(event.clone()).await),
                false => None,
            }
        };
        let (answer, again) = tokio::join!(functions[one].answer(event.clone()), again);
        for answer in [Some(answer), again].into_iter().flatten() {
            assert_eq!(answer, r#"{"batchItemFailures":[]}"#);
        }
        for record in piece {
            let image = |path: &str| record.pointer(&format!("/dynamodb/NewImage/{path}"));
            let key = image("RuleId/S").and_then(Value::as_str);
            let user = key.and_then(|key| key.strip_prefix('r')?.parse().ok());
            let group = image("AgentGroupId/N").and_then(Value::as_str);
            let Some((user, group)) = user.zip(group) else { continue };
            let (release, live) = ask(now_live, user).await;
            let edited: u64 = group.parse().unwrap();
            assert!(live >= edited, "user {user}: {live} by release {release}, edited: {edited}");
        }
    }
}

/// The numbers that the processes say they published.
async fn published(functions: &[Arc<Function>]) -> Vec<u64> {
    let mut numbers = Vec::new();
    for function in functions {
        for line in function.output().await {
            let Ok(line) = serde_json::from_str::<Value>(&line) else { continue };
            if line["event"] == "release_published" {
                let words = line["message"].as_str().unwrap();
                numbers.push(words.split(' ').nth(1).unwrap().parse().unwrap());
            }
        }
    }
    numbers.sort_unstable();
    numbers
}

/// A later release never has an earlier edit, and a release answers the same whoever asks.
fn assert_in_order(heard: &Heard) {
    let mut by_user: BTreeMap<usize, BTreeMap<u64, u64>> = BTreeMap::new();
    for (release, user, group) in heard {
        let groups = by_user.entry(*user).or_default();
        let before = groups.insert(*release, *group);
        assert!(before.is_none_or(|before| before == *group), "user {user}, release {release}");
    }
    for (user, groups) in by_user {
        assert!(groups.values().is_sorted(), "user {user}: {groups:?}");
    }
}

/// The agents' table is edited at the same time, so that both processes publish at once.
async fn edit_agents(client: Client, mut stream: Stream, functions: Vec<Arc<Function>>) {
    for n in 0..EDITS {
        let tier = 1 + n;
        edit(&client, Table::Agents, vec![json!({ "AgentId": "ann", "Tier": tier })]).await;
        let event = json!({ "Records": stream.records().await }).to_string();
        assert_eq!(functions[n % 2].answer(event).await, r#"{"batchItemFailures":[]}"#);
    }
}

async fn begin() -> (Embedded, u64) {
    let seed = std::env::var("SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(7);
    let mut random = fastrand::Rng::with_seed(seed);
    let mut rules: Vec<Value> = (0..USERS).map(|user| rule(user, 1)).collect();
    rules.extend((0..2).map(|n| large(n, &mut random)));
    let store = store(json!({
        "rules": rules,
        "agents": [{ "AgentId": "ann" }],
    }));
    (store.await, seed)
}

#[tokio::test(flavor = "multi_thread")]
async fn late_copies_and_batches_in_pieces_lose_no_edit_and_tear_no_release() {
    let (store, seed) = begin().await;
    let copies = Copies::start(&store, seed).await;
    let functions =
        vec![Arc::new(start(&copies.endpoint()).await), Arc::new(start(&copies.endpoint()).await)];
    let mut stream = Stream::of(&store, Table::Rules).await;
    functions[0].answer(json!({ "Records": stream.records().await }).to_string()).await;

    copies.behind_by(12);
    let user = Running::start(&copies.endpoint(), &[BY_RELEASES]).await;
    let now_live = Running::start(&store.endpoint(), &[BY_RELEASES]).await;
    let is_over = Arc::new(AtomicBool::new(false));
    let listening = {
        let is_over = Arc::clone(&is_over);
        tokio::spawn(async move { (listen(&user, &is_over).await, user) })
    };
    let agents = Stream::of(&store, Table::Agents).await;
    let agents = tokio::spawn(edit_agents(copies.client(), agents, functions.clone()));
    let client = copies.client();
    let mut random = fastrand::Rng::with_seed(seed);
    for n in 1..=EDITS {
        let group = 1 + n;
        let users = if n % SCRIPT == 0 { 0..USERS } else { n % USERS..n % USERS + 1 };
        edit(&client, Table::Rules, users.map(|user| rule(user, group)).collect()).await;
        hand_over(&functions, &stream.records().await, &now_live, &mut random).await;
    }
    agents.await.unwrap();
    is_over.store(true, Ordering::Relaxed);
    let (mut heard, user) = listening.await.unwrap();

    // Who asks when the copies are level again is answered by the last release: one look.
    copies.catch_up().await;
    copies.answer_by(Answers::Late);
    let desk = Operating::start(&store).await;
    let live = desk.pointer().await.live.unwrap();
    assert!(live.parts.len() > 1, "it could be torn");
    for who in 0..USERS {
        let (release, group) = ask(&user, who).await;
        assert_eq!((release, group), ask(&now_live, who).await);
        assert_eq!(release, live.number);
        heard.push((release, who, group));
    }
    assert_in_order(&heard);

    // Every number once, and each release whole.
    assert_eq!(published(&functions).await, (1..=live.number).collect::<Vec<_>>());
    let earlier = desk.releases().listed_before(live.number, 200).await.unwrap();
    let numbers: Vec<u64> = earlier.iter().map(|release| release.number).collect();
    assert_eq!(numbers, (1..live.number).rev().collect::<Vec<_>>());
    for release in earlier.iter().chain([&live]) {
        for form in [Form::Typed, Form::Rows] {
            let parts = desk.releases().parts(release, form).await.unwrap();
            assert!(release.join(form, parts).is_ok());
        }
    }

    // Every edit once in the history, with what became of it.
    let scripts = EDITS / SCRIPT;
    let edits = USERS + (EDITS - scripts) + scripts * USERS;
    let of_users = |change: &Row| match &change["RowKey"] {
        routing::rows::Value::Text(key) => key.starts_with("rules/r"),
        _ => false,
    };
    let history: Vec<Row> = all(&store, HISTORY_TABLE).await.into_iter().filter(of_users).collect();
    assert_eq!(history.len(), edits);
    assert!(history.iter().all(|change| change.contains_key("Release")), "{history:?}");
}
