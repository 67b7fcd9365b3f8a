//! What the webhook remembers across sessions, through the real SDK client: rotation, last agent,
//! one event one answer, and faults.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::{Duration, Instant};

use aws_sdk_dynamodb::types::AttributeValue as Attribute;
use desk_cli::command::serve::sample_settings;
use desk_cli::embedded::{ASSIGNMENTS_TABLE, Embedded, credentials, table_name};
use desk_router::lambda;
use desk_router::store::{Requests, Tables, WEBHOOK_ACTIONS};
use proptest::prelude::*;
use routing::decide::{Rotation, Schedule};
use routing::rows::Table;
use serde_json::{Value, json};

use testing::bad_tables::{FAULTS, Fault, Proxy};
use testing::patience::{Degraded, calm, within};
use testing::running::{Running, store};
use testing::{now_ms, rows, session_event};

const FRESH: (&str, &str) = ("CONFIG_TTL_SECONDS", "3600");
const LEARN: (&str, &str) = ("LEARN_FROM_SESSION_EVENTS", "true");

type Item = std::collections::HashMap<String, Attribute>;

/// The assignments table's items whose key begins so.
async fn items(store: &Embedded, kind: &str) -> Vec<Item> {
    let mut items = Vec::new();
    let mut start = None;
    loop {
        let page = store
            .client()
            .scan()
            .table_name(ASSIGNMENTS_TABLE)
            .set_exclusive_start_key(start)
            .send()
            .await
            .unwrap();
        items.extend(
            page.items
                .unwrap()
                .into_iter()
                .filter(|item| item["Key"].as_s().unwrap().starts_with(kind)),
        );
        start = page.last_evaluated_key;
        if start.is_none() {
            return items;
        }
    }
}

async fn set(store: &Embedded, item: &Item, attribute: &str, value: Attribute) {
    let mut item = item.clone();
    item.insert(attribute.to_owned(), value);
    store
        .client()
        .put_item()
        .table_name(ASSIGNMENTS_TABLE)
        .set_item(Some(item))
        .send()
        .await
        .unwrap();
}

fn n(number: impl ToString) -> Attribute {
    Attribute::N(number.to_string())
}

/// Three agents, and a rule of each kind by the user's first letter.
fn kinds() -> Value {
    let rule = |letter: &str, priority: u32, more: Value| {
        let mut rule = json!({ "RuleId": letter, "Priority": priority, "ClientUserIdPrefixes": [letter], "Rosters": ["desk"] });
        rule.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        rule
    };
    let agents = ["ann", "bob", "cho"].map(|id| json!({ "AgentId": id, "Rosters": ["desk"] }));
    json!({
        "rules": [
            rule("h", 1, json!({ "Strategy": "hash" })),
            rule("r", 2, json!({ "Strategy": "round_robin" })),
            rule("l", 3, json!({ "Strategy": "hash", "Prefer": ["last_agent"] })),
            rule("b", 4, json!({ "Strategy": "round_robin", "Prefer": ["last_agent"] })),
            rule("o", 5, json!({ "Strategy": "round_robin", "Prefer": ["owner", "last_agent"] })),
        ],
        "agents": agents,
    })
}

/// What each kind of decision costs: reads, writes, and how many of them one after the other.
#[tokio::test(flavor = "multi_thread")]
async fn the_cost_of_each_kind_of_decision() {
    // Requests at the same time may come one after the other on a busy machine, and not the other
    // way round.
    calm(async |_| {
        let store = store(kinds()).await;
        let proxy = Proxy::start(&store.endpoint()).await;
        let running = Running::start(&proxy.endpoint(), &[FRESH, LEARN]).await;
        proxy.delay(Duration::from_millis(30));
        cost_of_each_kind(&running, &proxy).await
    })
    .await;
}

async fn cost_of_each_kind(running: &Running, proxy: &Proxy) -> Result<(), Degraded> {
    for (what, session, user, reads, writes, in_turn) in [
        ("stateless", "1", "h", 0, 0, 0),
        ("rotation: the turn and the record", "2", "r", 0, 2, 2),
        ("rotation, the same event", "2", "r", 0, 2, 2),
        ("last agent, none yet", "3", "l", 2, 2, 2),
        ("last agent, known", "4", "l", 2, 2, 2),
        ("last agent, the same event", "4", "l", 2, 0, 1),
        ("rotation and last agent, none yet", "5", "b", 2, 3, 3),
        ("rotation and last agent, known: no turn", "6", "b", 2, 2, 2),
        ("rotation and last agent, the same event", "6", "b", 2, 0, 1),
        ("with the owner, who is read at the same time", "7", "o", 3, 3, 3),
    ] {
        let (_, record) = running.ask_in(session, user).await;
        assert_eq!(
            (&record["table_reads"], &record["table_writes"]),
            (&json!(reads), &json!(writes)),
            "{what}: {record}"
        );
        assert_eq!(record["degraded"], json!([]), "{what}");
        let trips = proxy.round_trips();
        assert!(trips >= in_turn, "{what}: {trips} round trips");
        if trips > in_turn {
            return Err(Degraded(format!("{what}: {trips} round trips")));
        }
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rotation_survives_restarts_and_its_item_stays_small() {
    let store = store(kinds()).await;
    let mut agents = Vec::new();
    for session in 0..7 {
        let running = Running::start(&store.endpoint(), &[]).await;
        agents.push(
            running.ask_in(&session.to_string(), "r").await.0["AgentIdList"][0]
                .as_str()
                .unwrap()
                .to_owned(),
        );
    }
    assert_eq!(agents, ["ann", "bob", "cho", "ann", "bob", "cho", "ann"]);
    let rotations = items(&store, "rotation#").await;
    assert_eq!(rotations.len(), 1);
    let rotation = &rotations[0];
    assert_eq!(
        (rotation["RuleId"].as_s().unwrap().as_str(), rotation["List"].as_s().unwrap().as_str()),
        ("r", "desk")
    );
    assert_eq!(
        rotation.keys().collect::<BTreeSet<_>>(),
        BTreeSet::from(
            ["Key", "RuleId", "List", "Position", "ExpiresAt"]
                .map(|name| name.to_owned())
                .each_ref()
        )
    );
    let days = (rotation["ExpiresAt"].as_n().unwrap().parse::<i64>().unwrap() * 1_000 - now_ms())
        / 86_400_000;
    assert!((89..=90).contains(&days), "{days}");
}

/// At least 8 tasks with a webhook each, which share nothing but the table: no turn is given twice,
/// and every share is exact.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn parallel_instances_never_share_a_turn() {
    const TASKS: usize = 8;
    const SESSIONS: usize = 2_000;
    let weights = [1_u32, 2, 3, 5, 8, 13];
    let total: u32 = weights.iter().sum();
    let agents: Vec<Value> =
        (0..weights.len()).map(|i| json!({ "AgentId": format!("agent-{i}"), "Rosters": ["desk"], "Weight": weights[i] })).collect();
    let rules =
        json!([{ "RuleId": "r", "Priority": 1, "Rosters": ["desk"], "Strategy": "round_robin" }]);
    let store = store(json!({ "rules": rules, "agents": agents })).await;
    let started = Instant::now();
    let tasks: Vec<_> = (0..TASKS)
        .map(|task| {
            let endpoint = store.endpoint();
            tokio::spawn(async move {
                let running = Running::start(&endpoint, &[FRESH]).await;
                let mut answers = Vec::new();
                for number in 0..SESSIONS / TASKS {
                    let (answer, record) =
                        running.ask_in(&format!("{task}-{number}"), "user").await;
                    assert_eq!(
                        (&record["degraded"], &record["table_writes"]),
                        (&json!([]), &json!(2)),
                        "{record}"
                    );
                    answers.push(answer["AgentIdList"][0].as_str().unwrap().to_owned());
                }
                answers
            })
        })
        .collect();
    let mut counts: BTreeMap<String, u32> = BTreeMap::new();
    for task in tasks {
        for agent in task.await.unwrap() {
            *counts.entry(agent).or_default() += 1;
        }
    }
    // The agents of the first 2,000 turns, each once: so no turn was given twice and none was lost.
    let rotation = Rotation::new(&"r".into(), "desk", weights.to_vec(), 1);
    let schedule = Schedule::new(rotation.weights());
    let mut expected: BTreeMap<String, u32> = BTreeMap::new();
    for turn in 0..SESSIONS as u128 {
        *expected
            .entry(format!("agent-{}", schedule.turn(turn * rotation.step(), 1)[0]))
            .or_default() += 1;
    }
    assert_eq!(counts, expected);
    for (index, weight) in weights.iter().enumerate() {
        let off = i64::from(counts[&format!("agent-{index}")] * total)
            - SESSIONS as i64 * i64::from(*weight);
        assert!(
            off.abs() < i64::from(total),
            "agent-{index} is {off}/{total} sessions off its share"
        );
    }
    let rotations = items(&store, "rotation#").await;
    assert_eq!(rotations[0]["Position"], n(rotation.step() * SESSIONS as u128), "one step a turn");
    assert_eq!((rotations.len(), items(&store, "event#").await.len()), (1, SESSIONS));
    println!(
        "{SESSIONS} sessions by {TASKS} instances in {:?}: {} writes, {counts:?}",
        started.elapsed(),
        2 * SESSIONS
    );
}

/// The turns themselves, taken in parallel by separate clients: all different, none left out.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn every_turn_is_taken_once() {
    let store = store(json!({})).await;
    let rotation = Rotation::new(&"r".into(), "desk", vec![1, 2, 4], 1);
    let tasks: Vec<_> = (0..8)
        .map(|_| {
            let (endpoint, rotation) = (store.endpoint(), rotation.clone());
            tokio::spawn(async move {
                let settings = sample_settings(&endpoint, |_| None).unwrap();
                let tables = Tables::with_credentials(&settings, Some(credentials())).patient();
                let requests = Requests::default();
                let mut turns = Vec::new();
                for _ in 0..100 {
                    turns.push(
                        tables.take_turn(&rotation, chrono::Utc::now(), &requests).await.unwrap(),
                    );
                }
                assert_eq!(
                    (requests.reads(), requests.writes()),
                    (0, 100),
                    "one write a turn, and no read"
                );
                turns
            })
        })
        .collect();
    let mut turns = BTreeSet::new();
    for task in tasks {
        for turn in task.await.unwrap() {
            assert!(turns.insert(turn), "{turn} twice");
        }
    }
    assert_eq!(turns, (0..800).map(|turn| turn * rotation.step()).collect());
}

/// The exact rotation, as simply as it can be said. The position is a fraction, in whole units of
/// which every 1/W up to W = 60 is a multiple.
#[derive(Default)]
struct Model {
    position: u128,
}

impl Model {
    /// The least common multiple of 1 to 60: a round.
    const ROUND: u128 = 9_690_712_164_777_231_700_912_800;

    /// Whose turn is next among these agents (id → weight).
    fn next(&mut self, agents: &BTreeMap<String, u32>) -> String {
        if agents.len() == 1 {
            return agents.keys().next().unwrap().clone();
        }
        let total: u32 = agents.values().sum();
        let divisor = (1..=60)
            .rev()
            .find(|divisor| agents.values().all(|weight| weight % divisor == 0))
            .unwrap();
        let length = u128::from(total / divisor);
        let place = (self.position * u128::from(divisor)) % Self::ROUND;
        self.position += Self::ROUND / u128::from(total);
        // From the round's first slot to this one, serve who is due first among those not ahead of
        // their share.
        let mut counts: BTreeMap<&String, u128> = agents.keys().map(|id| (id, 0)).collect();
        let mut slot = 0;
        loop {
            let of = |id: &String| u128::from(agents[id] / divisor);
            let not_ahead = counts.iter().filter(|(id, count)| **count * length <= slot * of(id));
            let (id, _) = not_ahead
                .min_by_key(|(id, count)| ((**count + 1) * length).div_ceil(of(id)))
                .unwrap();
            let id = (*id).clone();
            if slot == place * length / Self::ROUND {
                return id;
            }
            *counts.get_mut(&id).unwrap() += 1;
            slot += 1;
        }
    }
}

#[derive(Debug, Clone)]
enum AgentChange {
    Leaves,
    OnLeave,
    Weight(u32),
    SecondTier,
}

#[derive(Debug, Clone)]
enum Happening {
    Row(usize, AgentChange),
    /// So many callbacks at the same time.
    Sessions(usize),
}

fn happening() -> impl Strategy<Value = Happening> {
    let change = prop_oneof![
        1 => Just(AgentChange::Leaves),
        1 => Just(AgentChange::OnLeave),
        3 => (0_u32..=9).prop_map(AgentChange::Weight),
        1 => Just(AgentChange::SecondTier),
    ];
    prop_oneof![
        1 => (0_usize..6, change).prop_map(|(agent, change)| Happening::Row(agent, change)),
        2 => Just(Happening::Sessions(1)),
        1 => (2_usize..12).prop_map(Happening::Sessions),
    ]
}

/// The agents eligible with these changes: the first tier, else the second.
fn eligible(agents: &[AgentChange]) -> BTreeMap<String, u32> {
    let tier = |second: bool| -> BTreeMap<String, u32> {
        let weight = |change: &AgentChange| match change {
            AgentChange::Weight(weight) if !second => Some(*weight).filter(|weight| *weight > 0),
            AgentChange::SecondTier if second => Some(1),
            _ => None,
        };
        agents
            .iter()
            .enumerate()
            .filter_map(|(i, change)| Some((format!("agent-{i}"), weight(change)?)))
            .collect()
    };
    let first = tier(false);
    if first.is_empty() { tier(true) } else { first }
}

async fn change_row(store: &Embedded, agent: usize, change: &AgentChange) {
    let id = format!("agent-{agent}");
    let row = match change {
        AgentChange::Leaves => {
            let key = Attribute::S(id);
            store
                .client()
                .delete_item()
                .table_name(table_name(Table::Agents))
                .key("AgentId", key)
                .send()
                .await
                .unwrap();
            return;
        }
        AgentChange::OnLeave => {
            json!({ "AgentId": id, "Rosters": ["desk"], "Away": ["2020-01-01.."] })
        }
        AgentChange::Weight(weight) => {
            json!({ "AgentId": id, "Rosters": ["desk"], "Weight": weight })
        }
        AgentChange::SecondTier => json!({ "AgentId": id, "Rosters": { "desk": 2 } }),
    };
    store.put(&rows(json!({ "agents": [row] }))).await.unwrap();
}

async fn follow(events: Vec<Happening>) {
    let rules = json!([{ "RuleId": "r", "Priority": 1, "ClientUserIds": ["user"], "Rosters": ["desk"], "Strategy": "round_robin" }]);
    // Somebody is always there, or the tables would not be believed when all six are gone.
    let other = json!([{ "AgentId": "other", "Rosters": ["elsewhere"] }]);
    let store = store(json!({ "rules": rules, "agents": other })).await;
    let mut agents = vec![AgentChange::Weight(1); 6];
    for (agent, change) in agents.iter().enumerate() {
        change_row(&store, agent, change).await;
    }
    let mut instances = Vec::new();
    for _ in 0..3 {
        instances.push(Arc::new(Running::start(&store.endpoint(), &[]).await));
    }
    let mut model = Model::default();
    let (mut counts, mut turns, mut most): (BTreeMap<String, i64>, i64, i64) =
        (BTreeMap::new(), 0, 1);
    let mut session = 0;
    for event in events {
        let before = eligible(&agents);
        match event {
            Happening::Row(agent, change) => {
                change_row(&store, agent, &change).await;
                agents[agent] = change;
                // Of callbacks at the same time one reads the rows and the others go on with those
                // before; so they are read here.
                for running in &instances {
                    running.ask("nobody").await;
                }
                if eligible(&agents) != before {
                    // From a later point than the first turn, twice the bound holds.
                    if turns > 0 {
                        most = 2;
                    }
                    counts.clear();
                    turns = 0;
                }
            }
            Happening::Sessions(number) => {
                let tasks: Vec<_> = (0..number)
                    .map(|task| {
                        session += 1;
                        let (running, session) =
                            (Arc::clone(&instances[(session + task) % 3]), session.to_string());
                        tokio::spawn(async move {
                            running.ask_in(&session, "user").await.0["AgentIdList"][0]
                                .as_str()
                                .map(str::to_owned)
                        })
                    })
                    .collect();
                let mut answers = Vec::new();
                for task in tasks {
                    answers.push(task.await.unwrap());
                }
                if before.is_empty() {
                    assert!(
                        answers.iter().all(Option::is_none),
                        "nobody is eligible, yet {answers:?}"
                    );
                    continue;
                }
                let expected: Vec<String> = (0..number).map(|_| model.next(&before)).collect();
                let total: i64 = before.values().map(|weight| i64::from(*weight)).sum();
                for agent in &expected {
                    *counts.entry(agent.clone()).or_default() += 1;
                    turns += 1;
                    for (id, weight) in &before {
                        let off = counts.get(id).copied().unwrap_or_default() * total
                            - turns * i64::from(*weight);
                        assert!(
                            off.abs() < most * total,
                            "{id} is {off}/{total} sessions off after {turns} of {before:?}"
                        );
                    }
                }
                // Who of several at the same time came first is not known, but together they are
                // the model's next turns.
                let mut expected: Vec<Option<String>> = expected.into_iter().map(Some).collect();
                expected.sort();
                answers.sort();
                assert_eq!(answers, expected, "among {before:?}");
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, max_shrink_iters: 60, ..ProptestConfig::default() })]

    /// Joins, leaves, leaves of absence, weights, tiers, parallel callers: always the model's
    /// turns, and within the bound at every one.
    #[test]
    fn the_rotation_is_the_exact_models(events in prop::collection::vec(happening(), 40..80)) {
        tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap().block_on(follow(events));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn one_event_gets_one_answer() {
    let store = store(kinds()).await;
    let running = Running::start(&store.endpoint(), &[]).await;
    let started = Instant::now();
    let first = running.ask_at("s", "r", 1_700_000_000_001_i64).await;
    assert_eq!(first.1["reason"], "rule_matched");
    // The same time as text is the same event; another instance knows it too.
    let other = Running::start(&store.endpoint(), &[]).await;
    for event_time in
        [json!(1_700_000_000_001_i64), json!("1700000000001"), json!(1.700000000001e12)]
    {
        let (answer, record) = other.ask_at("s", "r", event_time).await;
        assert_eq!(
            (&answer, &record["reason"], &record["strategy"]),
            (&first.0, &json!("event_repeated"), &json!("round_robin"))
        );
        assert_eq!((&record["rule_id"], &record["outcome"]), (&json!("r"), &json!("agents")));
    }
    // Everybody has left the roster: the same event still gets its answer, a new one does not.
    for agent in ["ann", "bob", "cho"] {
        let moved = json!({ "agents": [{ "AgentId": agent, "Rosters": ["elsewhere"] }] });
        store.put(&rows(moved)).await.unwrap();
    }
    assert_eq!(running.ask_at("s", "r", 1_700_000_000_001_i64).await.0, first.0);
    let (answer, record) = running.ask_at("s", "r", 1_700_000_000_002_i64).await;
    assert_eq!(
        (&answer["AgentGroupId"], &record["reason"]),
        (&json!(1000), &json!("nobody_eligible"))
    );
    assert_eq!(
        (&record["table_writes"], &record["degraded"]),
        (&json!(0), &json!([])),
        "nothing of a memory rule was decided"
    );
    // A day later it is a new decision, also before DynamoDB has removed the item.
    for agent in ["ann", "bob", "cho"] {
        store
            .put(&rows(json!({ "agents": [{ "AgentId": agent, "Rosters": ["desk"] }] })))
            .await
            .unwrap();
    }
    let events = items(&store, "event#").await;
    assert_eq!(events.len(), 1);
    let left = events[0]["ExpiresAt"].as_n().unwrap().parse::<i64>().unwrap() - now_ms() / 1_000;
    let since = i64::try_from(started.elapsed().as_secs()).unwrap() + 1;
    assert!((86_400 - since..=86_400).contains(&left), "{left}, {since} s later");
    set(&store, &events[0], "ExpiresAt", n(now_ms() / 1_000)).await;
    let (answer, record) = running.ask_at("s", "r", 1_700_000_000_001_i64).await;
    assert_eq!(record["reason"], "rule_matched");
    assert_ne!(answer, first.0);
    assert_eq!(
        running.ask_at("s", "r", 1_700_000_000_001_i64).await.0,
        answer,
        "and is repeated from then on"
    );
}

/// The same event many times at once, at separate instances, for every kind of rule with memory.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn one_event_at_many_instances_gets_one_answer() {
    let store = store(kinds()).await;
    let mut instances = Vec::new();
    for _ in 0..8 {
        instances.push(Arc::new(Running::start(&store.endpoint(), &[FRESH]).await));
    }
    for (round, user) in ["r1", "b1", "b2", "b3", "l1", "r2"].into_iter().enumerate() {
        let tasks: Vec<_> = instances
            .iter()
            .map(|running| {
                let (running, session) = (Arc::clone(running), round.to_string());
                tokio::spawn(async move { running.ask_in(&session, user).await })
            })
            .collect();
        let mut answers = Vec::new();
        for task in tasks {
            let (answer, record) = task.await.unwrap();
            assert_eq!(record["degraded"], json!([]), "{record}");
            answers.push(answer);
        }
        assert!(answers.iter().all(|answer| *answer == answers[0]), "{user}: {answers:?}");
        if user.starts_with('b') {
            // Whoever was answered is who is remembered, whatever the others had chosen.
            let (answer, record) = instances[round].ask_in(&format!("{round}-again"), user).await;
            assert_eq!(
                (&answer, &record["reason"]),
                (&answers[0], &json!("last_agent_preferred")),
                "{user}"
            );
        }
    }
}

/// What our own answers teach: the one agent answered, by a rule with `last_agent`.
#[tokio::test(flavor = "multi_thread")]
async fn the_last_agent_is_learned_from_answers() {
    let store = store(kinds()).await;
    let running = Running::start(&store.endpoint(), &[]).await;
    let (first, record) = running.ask_in("1", "b-user").await;
    assert_eq!((&record["preferred"], &record["strategy"]), (&json!(null), &json!("round_robin")));
    let other = Running::start(&store.endpoint(), &[]).await;
    let (again, record) = other.ask_in("2", "b-user").await;
    assert_eq!(
        (&again, &record["reason"], &record["preferred"]),
        (&first, &json!("last_agent_preferred"), &json!("last_agent"))
    );
    // Another rule with `last_agent` knows it too; a rule without learns nothing.
    running.ask_in("3", "r-user").await;
    assert_eq!(items(&store, "user#").await.len(), 1);
    let item = &items(&store, "user#").await[0];
    let days =
        (item["ExpiresAt"].as_n().unwrap().parse::<i64>().unwrap() * 1_000 - now_ms()) / 86_400_000;
    assert!((29..=30).contains(&days), "{days}");
    // Older than LastAgentDays, or ended: forgotten.
    set(&store, item, "ServedAt", n(now_ms() - 31 * 86_400_000)).await;
    assert_eq!(running.ask_in("4", "b-user").await.1["reason"], "rule_matched");
    set(&store, item, "ExpiresAt", n(now_ms() / 1_000)).await;
    assert_eq!(running.ask_in("5", "b-user").await.1["reason"], "rule_matched");
    // An agent who has left is nobody's last agent.
    store.put(&rows(json!({ "agents": [{ "AgentId": "ann", "Enabled": false }, { "AgentId": "bob", "Enabled": false }] }))).await.unwrap();
    running.ask_in("6", "l-user").await;
    store.put(&rows(json!({ "agents": [{ "AgentId": "cho", "Rosters": ["desk"], "Away": ["2020-01-01.."] }, { "AgentId": "bob", "Rosters": ["desk"] }] }))).await.unwrap();
    let (answer, record) = running.ask_in("7", "l-user").await;
    assert_eq!(
        (&answer["AgentIdList"], &record["reason"]),
        (&json!(["bob"]), &json!("rule_matched"))
    );
}

/// What session events teach, and what they cost: a write when something changed, and nothing else.
#[tokio::test(flavor = "multi_thread")]
async fn the_last_agent_is_learned_from_session_events() {
    let store = store(kinds()).await;
    let running = Running::start(&store.endpoint(), &[FRESH, LEARN]).await;
    for (event, user, agent, writes, why) in [
        ("SessionBegin", "b-1", "bob", 1, "new"),
        ("ChatBot.UserSendMsg", "b-1", "bob", 0, "known"),
        ("Undocumented.Name", "b-1", "cho", 1, "another agent, by an event of any name"),
        ("", "b-1", "cho", 0, "known"),
        ("ChatBot.RobotSendMsg", "b-1", "@robot", 0, "nobody who could be preferred"),
        ("SessionBegin", "b-2", "cho", 1, "another user"),
    ] {
        let (answer, record) = running.handle(&session_event(event, user, agent)).await;
        assert_eq!(answer, json!({ "ActionStatus": "OK", "ErrorInfo": "", "ErrorCode": 0 }));
        let reason = if writes == 1 { "agent_learned" } else { "other_command" };
        assert_eq!(
            (&record["outcome"], &record["reason"]),
            (&json!("ignored"), &json!(reason)),
            "{why}"
        );
        assert_eq!(
            (&record["table_reads"], &record["table_writes"]),
            (&json!(0), &json!(writes)),
            "{why}"
        );
        assert_eq!(
            (&record["client_user_id"], &record["degraded"]),
            (&json!(null), &json!([])),
            "{why}"
        );
    }
    let (answer, record) = running.ask_in("1", "b-1").await;
    assert_eq!(
        (&answer["AgentIdList"], &record["reason"]),
        (&json!(["cho"]), &json!("last_agent_preferred"))
    );
    // What this instance answered itself, it knows.
    let (answer, _) = running.ask_in("2", "b-3").await;
    let agent = answer["AgentIdList"][0].as_str().unwrap();
    assert_eq!(
        running.handle(&session_event("SessionBegin", "b-3", agent)).await.1["table_writes"],
        0
    );
    // Bodies without the fields, or with something else in them, are acknowledged and teach
    // nothing.
    for body in [
        json!({}),
        json!([]),
        json!({ "ClientUserId": "b-1" }),
        json!({ "ClientUserId": "b-1", "AgentId": 7 }),
        json!({ "ClientUserId": "b-1", "AgentId": " " }),
    ] {
        let event = session_event("SessionBegin", "b-1", "bob");
        let mut event: Value = serde_json::from_str(&event).unwrap();
        event["body"] = body.to_string().into();
        let (answer, record) = running.handle(&event.to_string()).await;
        assert_eq!(
            (&answer["ActionStatus"], &record["table_writes"]),
            (&json!("OK"), &json!(0)),
            "{body}"
        );
    }
    // Without the setting, or without a rule that asks for it, nothing is written.
    let deaf = Running::start(&store.endpoint(), &[FRESH]).await;
    assert_eq!(
        deaf.handle(&session_event("SessionBegin", "b-1", "ann")).await.1["table_writes"],
        0
    );
    let mut stateless = kinds();
    for rule in stateless["rules"].as_array_mut().unwrap() {
        rule["Enabled"] = (!rule["Prefer"].is_array()).into();
    }
    let without = testing::running::store(stateless).await;
    let running = Running::start(&without.endpoint(), &[FRESH, LEARN]).await;
    assert_eq!(
        running.handle(&session_event("SessionBegin", "b-1", "ann")).await.1["table_writes"],
        0
    );
    assert!(items(&without, "user#").await.is_empty());
}

/// Every kind of decision and a session event ask for what the role allows, and for nothing else.
#[tokio::test(flavor = "multi_thread")]
async fn what_is_asked_of_the_tables() {
    let store = store(kinds()).await;
    let proxy = Proxy::start(&store.endpoint()).await;
    let running = Running::start(&proxy.endpoint(), &[FRESH, LEARN]).await;
    for user in ["h", "r", "l", "b", "o"] {
        running.ask_in(user, user).await;
        running.ask_in(user, user).await;
    }
    let (_, record) = running.handle(&session_event("SessionBegin", "other", "ann")).await;
    assert_eq!(record["reason"], "agent_learned");
    let asked: BTreeSet<String> = proxy.asked().into_keys().collect();
    assert_eq!(asked, WEBHOOK_ACTIONS.map(str::to_owned).into());
}

/// A forged event teaches nothing.
#[tokio::test(flavor = "multi_thread")]
async fn only_authentic_session_events_teach() {
    let store = store(kinds()).await;
    let running =
        Running::start(&store.endpoint(), &[FRESH, LEARN, ("CALLBACK_TOKENS", "another-token")])
            .await;
    let response =
        lambda::handle(&running.webhook, Some(&session_event("SessionBegin", "b-1", "bob"))).await;
    assert_eq!(response.status_code, 403);
    assert!(items(&store, "user#").await.is_empty());
}

/// Whatever is wrong with the assignments table: `hash` decides, the record says so, the answer is
/// in time, and it recovers by itself.
#[tokio::test(flavor = "multi_thread")]
async fn faults_of_the_assignments_table() {
    let store = store(kinds()).await;
    let plain = Running::start(&store.endpoint(), &[FRESH]).await;
    for fault in FAULTS {
        let proxy = Proxy::start(&store.endpoint()).await;
        let running = Running::start_in_time(&proxy.endpoint(), &[FRESH, LEARN]).await;
        let running = running.until_loaded().await;
        for (number, user) in ["r", "l", "b", "o"].into_iter().enumerate() {
            let session = format!("{fault:?}-{number}");
            let hash = plain.ask_in(&session, "h").await.0;
            proxy.set(Some(fault));
            let about = format!("{fault:?}, {user}");
            let asked = running.ask_in(&session, user);
            let (answer, record) = within(Duration::from_millis(600), about, asked).await;
            proxy.set(None);
            assert_eq!(
                (&answer, &record["strategy"]),
                (&hash, &json!("hash")),
                "{fault:?}, {user}"
            );
            let degraded = if user == "o" {
                json!(["customers", "assignments"])
            } else {
                json!(["assignments"])
            };
            let mut found: Vec<&str> = record["degraded"]
                .as_array()
                .unwrap()
                .iter()
                .map(|what| what.as_str().unwrap())
                .collect();
            found.sort_unstable_by(|a, b| b.cmp(a));
            assert_eq!(json!(found), degraded, "{fault:?}, {user}");
            assert_eq!(
                (&record["outcome"], &record["reason"]),
                (&json!("agents"), &json!("rule_matched")),
                "{fault:?}, {user}"
            );
            let (_, record) = running.ask_until_calm(&session, user).await;
            assert_ne!(
                record["strategy"],
                if user == "l" { json!("") } else { json!("hash") },
                "{fault:?}, {user}"
            );
        }
        // A session event is acknowledged all the same, and what it says is learned from the next
        // one.
        proxy.set(Some(fault));
        let user = format!("b-{fault:?}");
        let event = session_event("SessionBegin", &user, "cho");
        let told = running.handle(&event);
        let about = format!("{fault:?}, a session event");
        let (answer, record) = within(Duration::from_millis(600), about, told).await;
        assert_eq!(
            (&answer["ActionStatus"], &record["degraded"]),
            (&json!("OK"), &json!(["assignments"])),
            "{fault:?}"
        );
        proxy.set(None);
        assert_eq!(
            running.handle(&session_event("SessionBegin", &user, "cho")).await.1["table_writes"],
            1,
            "{fault:?}"
        );
        assert!(!running.lines("assignments_failed").is_empty());
    }
}

/// The table fails between the requests of one decision: what was read or taken still counts.
#[tokio::test(flavor = "multi_thread")]
async fn faults_in_the_middle_of_a_decision() {
    let store = store(kinds()).await;
    for fault in [Fault::Hang, Fault::Throttled, Fault::ServerError, Fault::CutBody] {
        let proxy = Proxy::start(&store.endpoint()).await;
        let running = Running::start_in_time(&proxy.endpoint(), &[FRESH]).await;
        let running = running.until_loaded().await;
        // A request that a busy machine makes twice brings the fault forward.
        calm(async |number| {
            // The turn is taken, the decision cannot be recorded.
            proxy.set_after(1, Some(fault));
            let (_, record) = running.ask_in(&format!("{fault:?}-{number}-1"), "r").await;
            assert_eq!(record["degraded"], json!(["assignments"]), "{fault:?}: {record}");
            if record["strategy"] != json!("round_robin") {
                return Err(Degraded(format!("{fault:?}: no turn: {record}")));
            }
            // The last agent was read, the turn cannot be taken, and nothing more is asked of the
            // table.
            proxy.set_after(2, Some(fault));
            let (_, record) = running.ask_in(&format!("{fault:?}-{number}-2"), "b-nobody").await;
            assert_eq!(
                (&record["strategy"], &record["degraded"]),
                (&json!("hash"), &json!(["assignments"])),
                "{fault:?}"
            );
            if record["table_writes"] != json!(1) {
                return Err(Degraded(format!("{fault:?}: nothing was read: {record}")));
            }
            assert_eq!(record["table_reads"], json!(2), "{fault:?}");
            Ok(())
        })
        .await;
        proxy.set(None);
    }
}

/// Little time is left: the answer is there by the deadline, with what the decision has by then.
#[tokio::test(flavor = "multi_thread")]
async fn a_hanging_table_and_a_short_deadline() {
    let store = store(kinds()).await;
    let proxy = Proxy::start(&store.endpoint()).await;
    let short = [FRESH, ("DEADLINE_MS", "300")];
    let running = Running::start_in_time(&proxy.endpoint(), &short).await.until_loaded().await;
    running.ask_in("0", "h").await;
    proxy.set(Some(Fault::Hang));
    for user in ["r", "l", "b", "o"] {
        calm(async |_| {
            let asked = running.ask_in("1", user);
            let (_, record) = within(Duration::from_millis(330), user, asked).await;
            if record["reason"] == "deadline" {
                return Err(Degraded(record.to_string()));
            }
            assert_eq!(
                (&record["outcome"], &record["strategy"]),
                (&json!("agents"), &json!("hash")),
                "{user}"
            );
            Ok(())
        })
        .await;
    }
}

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
