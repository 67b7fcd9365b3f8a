//! What releases cost on the way of callbacks: starts and new releases, also at the share of a
//! processor that Lambda gives 512 MB and over TLS, beside the echo and a bare client in the same
//! run; and how long an edit takes to the answers of 20 instances.
//! `cargo bench -p testing --bench releases`; with `-- starts`, `edits` or `callbacks` that part
//! alone.

#![allow(
    missing_docs,
    dead_code,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use desk_cli::local::embedded::Embedded;
use routing::rows::Table;
use serde_json::json;
use testing::function::{Function, variables};
use testing::large::{large_of, sample};
use testing::operating::Operating;
use testing::processor_share::{Variables, at_share, share};
use testing::running::{BY_RELEASES, publish};
use testing::{assign_event, tls};

const STARTS: usize = 9;
const RELEASES: usize = 12;
/// Answers in turn, so that both functions meet the same machine: a block of each, then the next.
const BLOCK: u32 = 100;
const BLOCKS: u32 = 20;
const INSTANCES: usize = 20;
const EDITS: usize = 10;

/// The programs that are measured, as they ship.
struct Programs {
    ours: String,
    echo: String,
    scans: String,
}

fn build() -> Programs {
    // Without the features that the tests' dependencies turn on.
    let ours: &[&str] = &["--release", "-p", "desk-router", "--bins"];
    let yardsticks: &[&str] = &["--profile", "bench", "-p", "testing", "--examples"];
    for what in [ours, yardsticks] {
        let mut build = Command::new(env!("CARGO"));
        build.args(["build", "--locked", "--quiet"]).args(what);
        assert!(build.status().unwrap().success());
    }
    let target = testing::program("desk-router").ancestors().nth(2).unwrap().join("release");
    let path = |name: &str| target.join(name).display().to_string();
    Programs {
        ours: path("desk-router"),
        echo: path("examples/echo"),
        scans: path("examples/scans"),
    }
}

async fn start(program: &str, variables: Variables, share: Option<&Path>) -> Function {
    let (program, variables) = at_share(program, variables, share);
    Function::start_binary(&program, variables).await
}

fn by_releases(endpoint: &str, ttl: &str) -> Variables {
    let more = [
        (BY_RELEASES.0, BY_RELEASES.1),
        ("CONFIG_TTL_SECONDS", ttl),
        ("HOLIDAY_COUNTRY", "KR"),
        ("SSL_CERT_FILE", &tls::root_file()),
    ];
    let more = more.map(|(name, value)| (name.to_owned(), value.to_owned()));
    [variables(endpoint), more.to_vec()].concat()
}

#[tokio::main]
async fn main() {
    let programs = build();
    let share = share();
    if share.is_none() {
        println!(
            "there are no control groups to use here: nothing is measured at the share of 512 MB"
        );
    }
    let sizes = [
        ("50 and 200", sample()),
        ("1,000 each, 300 B of notes", large_of(1_000, 300)),
        ("10,000 each, 1 KB of notes", large_of(10_000, 1_024)),
    ];
    let asked: Vec<String> = std::env::args().skip(1).filter(|a| !a.starts_with('-')).collect();
    let is_asked = |part: &str| asked.is_empty() || asked.iter().any(|asked| asked == part);
    println!(
        "{:<30}{:>12}{:>12}{:>12}{:>12}{:>12}",
        "start to first answer, median", "echo", "bare client", "ours", "to bare", "MiB"
    );
    let mut stores = Vec::new();
    for (name, rows) in sizes {
        let store = Embedded::start(0).await.unwrap();
        store.put(&rows).await.unwrap();
        assert_eq!(publish(&store).await, "Published");
        let plain = store.endpoint();
        let secure = tls::start(&plain).await;
        for (how, endpoint, share) in [
            ("", &plain, None),
            (", TLS", &secure, None),
            (", 512 MB", &plain, share.as_deref()),
            (", 512 MB, TLS", &secure, share.as_deref()),
        ] {
            if !is_asked("starts") || how.contains("512") && share.is_none() {
                continue;
            }
            starts(&programs, &format!("{name}{how}"), endpoint, share).await;
        }
        stores.push((name, store));
    }
    println!(
        "\n{:<30}{:>12}{:>12}{:>12}",
        "edit to answer, 20 instances", "median", "p99", "longest"
    );
    for ttl in ["2", "5"].into_iter().filter(|_| is_asked("edits")) {
        edits(&programs, ttl).await;
    }
    println!(
        "\n{:<30}{:>12}{:>12}{:>12}{:>12}{:>12}",
        "callback", "looks not", "unchanged", "new, median", "new, p90", "MiB"
    );
    for (name, store) in &stores {
        for share in [None, share.as_deref()].into_iter().filter(|_| is_asked("callbacks")) {
            callbacks(&programs, name, store, share).await;
        }
    }
}

/// Starts of the echo, a bare client with two Scans, and ours, in turn.
async fn starts(programs: &Programs, name: &str, endpoint: &str, share: Option<&Path>) {
    let (mut echo, mut scans, mut ours, mut peak) = (Vec::new(), Vec::new(), Vec::new(), 0);
    for _ in 0..STARTS {
        let function = start(&programs.echo, variables(endpoint), share).await;
        function.answer(assign_event("session", "user")).await;
        echo.push(function.started.elapsed());
        drop(function);

        let (program, with) = at_share(&programs.scans, by_releases(endpoint, "5"), share);
        let output = Command::new(program).env_clear().envs(with).output().unwrap();
        let printed = String::from_utf8(output.stdout).unwrap();
        scans.push(Duration::from_micros(printed.trim().parse().unwrap()));

        let function = start(&programs.ours, by_releases(endpoint, "5"), share).await;
        let answer = function.answer(assign_event("session", "user")).await;
        ours.push(function.started.elapsed());
        assert!(answer.contains("ActionStatus"), "{answer}");
        peak = peak.max(function.usage().0);
        let record = function.records().await.pop().unwrap();
        assert_eq!(record["release"], 1, "{record}");
    }
    let (echo, scans, ours) = (at(&mut echo, 0.5), at(&mut scans, 0.5), at(&mut ours, 0.5));
    let to_bare = (ours.as_secs_f64() - echo.as_secs_f64()) / scans.as_secs_f64();
    println!(
        "{name:<30}{:>12}{:>12}{:>12}{to_bare:>12.2}{:>12.1}",
        ms(echo),
        ms(scans),
        ms(ours),
        peak as f64 / 1024.0
    );
}

/// Callbacks that look for nothing, that find the release unchanged, and that take a new one.
async fn callbacks(programs: &Programs, name: &str, store: &Embedded, share: Option<&Path>) {
    let endpoint = store.endpoint();
    let never = start(&programs.ours, by_releases(&endpoint, "3600"), share).await;
    let always = start(&programs.ours, by_releases(&endpoint, "0"), share).await;
    let mut processor = [Duration::ZERO; 2];
    // The first block of each is not counted.
    for block in 0..=BLOCKS {
        for (function, used) in [&never, &always].into_iter().zip(&mut processor) {
            let before = function.usage().1;
            for number in 0..BLOCK {
                function.answer(assign_event(&format!("session-{block}-{number}"), "user")).await;
            }
            *used += if block == 0 { Duration::ZERO } else { function.usage().1 - before };
        }
    }
    drop(never);
    let processor = processor.map(|used| used / (BLOCK * BLOCKS));
    let unchanged = processor[1].saturating_sub(processor[0]);
    // Publishing the largest takes the operator function half a minute here, verdicts included.
    let releases = if name.starts_with("10,000") { RELEASES / 4 } else { RELEASES };
    let (mut took, mut number) = (Vec::new(), 0);
    while took.len() < releases {
        number += 1;
        let rule = json!({
            "RuleId": "edited", "Priority": 1_000_000, "ClientUserIds": ["nobody"],
            "AgentGroupId": 1_000 + number,
        });
        store.put(&testing::rows(json!({ "rules": [rule] }))).await.unwrap();
        assert_eq!(publish(store).await, "Published");
        // The next callback has begun the load, and may leave it to the one behind it.
        let started = Instant::now();
        always.answer(assign_event(&format!("edit-{number}"), "user")).await;
        took.push(started.elapsed());
    }
    let record = always.records().await.pop().unwrap();
    assert_eq!(record["degraded"], json!([]), "{record}");
    let peak = always.usage().0 as f64 / 1024.0;
    let how = if share.is_some() { ", 512 MB" } else { "" };
    println!(
        "{:<30}{:>12}{:>12}{:>12}{:>12}{peak:>12.1}",
        format!("{name}{how}"),
        ms(processor[0]),
        format!("+ {}", ms(unchanged)),
        ms(at(&mut took, 0.5)),
        ms(at(&mut took, 0.9))
    );
}

/// Edits, and when each of many instances answers by them. The operator function gets the streams'
/// records every 250 ms, as Lambda polls.
async fn edits(programs: &Programs, ttl: &str) {
    let store = Embedded::start(0).await.unwrap();
    store.put(&sample()).await.unwrap();
    assert_eq!(publish(&store).await, "Published");
    let mut operating = Operating::start(&store).await;
    operating.pump().await;
    let mut instances = Vec::new();
    for _ in 0..INSTANCES {
        instances.push(
            Function::start_binary(&programs.ours, by_releases(&store.endpoint(), ttl)).await,
        );
    }
    let mut took = Vec::new();
    for edit in 1..=EDITS {
        let group = 7_000 + edit;
        let rule = json!({
            "RuleId": "edited", "Priority": -9, "ClientUserIds": ["u"], "AgentGroupId": group,
        });
        let edited = Instant::now();
        operating.edit(Table::Rules, rule).await;
        let mut waiting: Vec<&Function> = instances.iter().collect();
        let mut polled = Instant::now();
        while !waiting.is_empty() {
            if polled.elapsed() > Duration::from_millis(250) {
                polled = Instant::now();
                operating.now = chrono::Utc::now();
                operating.pump().await;
            }
            let mut still = Vec::new();
            for function in waiting {
                let answer = function.answer(assign_event(&format!("session-{edit}"), "u")).await;
                if answer.contains(&group.to_string()) {
                    took.push(edited.elapsed());
                } else {
                    still.push(function);
                }
            }
            waiting = still;
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        // Not in step with the instances' looks.
        tokio::time::sleep(Duration::from_millis(fastrand::u64(0..1_500))).await;
    }
    println!(
        "{:<30}{:>12}{:>12}{:>12}",
        format!("CONFIG_TTL_SECONDS {ttl}"),
        ms(at(&mut took, 0.5)),
        ms(at(&mut took, 0.99)),
        ms(at(&mut took, 1.0))
    );
}

fn ms(time: Duration) -> String {
    format!("{:.2} ms", time.as_secs_f64() * 1e3)
}

fn at(times: &mut [Duration], share: f64) -> Duration {
    times.sort();
    times[((times.len() as f64 * share) as usize).min(times.len() - 1)]
}
