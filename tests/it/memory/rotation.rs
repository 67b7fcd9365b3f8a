//! Turns of a rotation: each once, across restarts and instances.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Instant;

use desk_cli::command::serve::sample_settings;
use desk_cli::local::embedded::credentials;
use desk_router::store::{Requests, Tables};
use routing::decide::{Rotation, Schedule};
use serde_json::{Value, json};

use super::{FRESH, items, kinds, n};
use testing::now_ms;
use testing::running::{Running, store};

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
    let agents: Vec<Value> = (0..weights.len())
        .map(|i| {
            json!({
                "AgentId": format!("agent-{i}"), "Rosters": ["desk"], "Weight": weights[i],
            })
        })
        .collect();
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
