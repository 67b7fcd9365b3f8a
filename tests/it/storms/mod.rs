//! Faults at random and in bursts between the real SDK client and the tables, from a seed.
//! `DESK_STORM_CALLBACKS` asks for longer storms.

mod ends;
mod lane;
mod versions;

use std::collections::BTreeMap;
use std::time::Instant;

use lane::Lane;

const LANES: u64 = 10;

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
