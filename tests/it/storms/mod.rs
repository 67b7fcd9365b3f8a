//! Faults at random and in bursts between the real SDK client and the tables, from a seed.
//! `DESK_STORM_CALLBACKS` asks for longer storms.

mod ends;
mod lane;

use std::collections::BTreeMap;
use std::time::Instant;

use lane::Lane;
use serde_json::{Value, json};

const LANES: u64 = 10;
const WEIGHTS: [(&str, u32); 3] = [("ann", 1), ("bob", 2), ("cho", 4)];
/// What the group of a segment's rule is above the version, so that an answer tells the rule too.
const VIP: i64 = 1_000_000;

/// Rules of every kind, by how the user's id begins; each answer says its version.
fn version(version: i64) -> Value {
    let rule = |letter: &str, priority: u32, more: Value| {
        let mut rule = json!({ "RuleId": letter, "Priority": priority, "ClientUserIdPrefixes": [letter], "AgentGroupId": version });
        rule.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        rule
    };
    let agents: Vec<Value> = WEIGHTS
        .iter()
        .map(|(id, weight)| json!({ "AgentId": id, "Rosters": ["desk"], "Weight": weight }))
        .collect();
    json!({
        "rules": [
            rule("plain", 1, json!({})),
            rule("vip", 2, json!({ "Segments": ["vip"], "AgentGroupId": VIP + version })),
            rule("v", 3, json!({})),
            rule("hash", 4, json!({ "Rosters": ["desk"], "Strategy": "hash" })),
            rule("round", 5, json!({ "Rosters": ["desk"], "Strategy": "round_robin" })),
            rule("last", 6, json!({ "Rosters": ["desk"], "Strategy": "hash", "Prefer": ["last_agent"] })),
            rule("both", 7, json!({ "Rosters": ["desk"], "Strategy": "round_robin", "Prefer": ["owner", "last_agent"] })),
        ],
        "agents": agents,
        "customers": [{ "ClientUserId": "vip", "Segments": ["vip"] }, { "ClientUserId": "both-owned", "Owner": "bob" }],
    })
}
/// Thousands of callbacks while tables change and every kind of fault comes and goes.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn callbacks_in_any_weather() {
    let callbacks = std::env::var("DESK_STORM_CALLBACKS")
        .map_or(2_400, |number| number.parse().unwrap())
        / LANES as usize;
    let started = Instant::now();
    let lanes: Vec<_> = (0..LANES)
        .map(|seed| {
            tokio::spawn(async move {
                let mut lane = Lane::start(seed).await;
                lane.storm(callbacks).await;
                lane.proxy.calm();
                lane.rotations_are_consistent().await;
                lane.counts
            })
        })
        .collect();
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for lane in lanes {
        for (what, count) in lane.await.unwrap() {
            *counts.entry(what).or_default() += count;
        }
    }
    println!("{counts:?} in {:?}", started.elapsed());
    assert!(counts["degraded"] * 10 > counts["callbacks"], "the faults were met: {counts:?}");
}
