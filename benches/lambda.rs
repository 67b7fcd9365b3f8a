//! Times of the release binary as Lambda runs it, beside a bare `lambda_http` function in the same run. `cargo bench`.

#![allow(missing_docs, dead_code, clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

#[path = "../tests/it/support/mod.rs"]
mod support;

use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use desk_cli::embedded::Embedded;
use desk_router::decide::rotation::{Rotation, Schedule};
use serde_json::json;
use support::function::{Function, variables};
use support::{assign_event, rows};

const RULES: usize = 50;
const AGENTS: usize = 200;
const STARTS: usize = 15;
const ANSWERS: usize = 4_000;
const MEMORY_ANSWERS: usize = 1_000;

/// What was measured of one binary.
struct Times {
    first: Vec<Duration>,
    warm: Vec<Duration>,
    bytes: u64,
}

#[tokio::main]
async fn main() {
    // As they ship: without the features that the tests' dependencies turn on.
    let build = ["build", "--release", "--locked", "--quiet", "-p", "desk-router", "--bins"];
    assert!(Command::new(env!("CARGO")).args(build).status().unwrap().success());
    let echo = ["build", "--release", "--locked", "--quiet", "-p", "desk-router", "--example", "echo"];
    assert!(Command::new(env!("CARGO")).args(echo).status().unwrap().success());
    let target = Path::new(env!("CARGO_BIN_EXE_desk-router")).ancestors().nth(2).unwrap().join("release");
    let (ours, echo) = (target.join("desk-router").display().to_string(), target.join("examples/echo").display().to_string());

    let store = Embedded::start(0).await.unwrap();
    store.put(&sample()).await.unwrap();
    // Start by start and answer by answer in turn, so that both meet the same machine.
    let mut times = [&echo, &ours].map(|path| Times { first: Vec::new(), warm: Vec::new(), bytes: std::fs::metadata(path).unwrap().len() });
    for _ in 0..STARTS {
        for (path, times) in [&echo, &ours].into_iter().zip(&mut times) {
            let function = Function::start_binary(path, variables(&store.endpoint())).await;
            function.answer(assign_event("session", "user")).await;
            times.first.push(function.started.elapsed());
        }
    }
    let functions = [
        Function::start_binary(&echo, variables(&store.endpoint())).await,
        Function::start_binary(&ours, [variables(&store.endpoint()), vec![("CONFIG_TTL_SECONDS".into(), "3600".into())]].concat()).await,
    ];
    for number in 0..ANSWERS + 100 {
        let event = assign_event(&format!("session-{number}"), &format!("user-{number}"));
        for (function, times) in functions.iter().zip(&mut times) {
            let started = Instant::now();
            function.answer(event.clone()).await;
            if number >= 100 {
                times.warm.push(started.elapsed());
            }
        }
    }
    println!("{RULES} rules, {AGENTS} agents; {STARTS} starts and {ANSWERS} warm answers each, through a Runtime API on this machine\n");
    println!("{:<38}{:>12}{:>14}{:>9}", "", "echo", "desk-router", "ratio");
    let [echo, ours] = &mut times;
    for (name, share) in [("start to first answer, median", 0.5), ("start to first answer, p90", 0.9)] {
        print(name, at(&mut echo.first, share), at(&mut ours.first, share));
    }
    for (name, share) in [("warm answer, median", 0.5), ("warm answer, p90", 0.9), ("warm answer, p99", 0.99)] {
        print(name, at(&mut echo.warm, share), at(&mut ours.warm, share));
    }
    println!("{:<38}{:>9.1} MB{:>11.1} MB", "binary", echo.bytes as f64 / 1e6, ours.bytes as f64 / 1e6);
    memory(&functions[1]).await;
    schedules();
}

/// Decisions without and with memory, in turn, each with what it asked of the tables.
async fn memory(function: &Function) {
    const KINDS: [(&str, &str); 4] = [
        ("stateless", "stateless"),
        ("rotating", "rotating"),
        ("last agent, known", "affine"),
        ("rotating, last agent unknown", "both-new"),
    ];
    println!("\n{:<38}{:>12}{:>10}{:>8}{:>8}", "decision", "median", "ratio", "reads", "writes");
    let mut times: Vec<Vec<Duration>> = vec![Vec::new(); KINDS.len()];
    for number in 0..MEMORY_ANSWERS {
        for ((_, user), times) in KINDS.iter().zip(&mut times) {
            let user = if user.ends_with("-new") { format!("{user}-{number}") } else { (*user).to_owned() };
            let event = assign_event(&format!("{user}-{number}"), &user);
            let started = Instant::now();
            function.answer(event).await;
            times.push(started.elapsed());
        }
    }
    let records = function.records().await;
    let stateless = at(&mut times[0], 0.5);
    for ((kind, user), times) in KINDS.iter().zip(&mut times) {
        let record = records.iter().rfind(|record| record["client_user_id"].as_str().is_some_and(|id| id.starts_with(user))).unwrap();
        let median = at(times, 0.5);
        let ratio = median.as_secs_f64() / stateless.as_secs_f64();
        println!(
            "{kind:<38}{:>9.3} ms{ratio:>10.2}{:>8}{:>8}",
            median.as_secs_f64() * 1e3,
            record["table_reads"].to_string(),
            record["table_writes"].to_string()
        );
    }
}

/// How long a rotation's schedule takes to compute, once for the agents eligible, and then a turn.
fn schedules() {
    println!("\n{:<38}{:>12}{:>14}", "rotation", "schedule", "turn");
    for (name, agents, highest) in
        [("10 agents, equal", 10, 1), ("1,000 agents, equal", 1_000, 1), ("1,000 agents, weights 1 to 100", 1_000, 100)]
    {
        let weights: Vec<u32> = (0..agents).map(|n| n % highest + 1).collect();
        let rotation = Rotation::new(&"rule".into(), "roster", weights, 1);
        let mut computing: Vec<Duration> = (0..50).map(|_| timed(|| Schedule::new(std::hint::black_box(rotation.weights()))).1).collect();
        let schedule = Schedule::new(rotation.weights());
        let mut turns: Vec<Duration> =
            (0..2_000_u128).map(|turn| timed(|| schedule.turn(std::hint::black_box(turn * rotation.step()), 1)).1).collect();
        println!("{name:<38}{:>9.3} ms{:>11.4} ms", at(&mut computing, 0.5).as_secs_f64() * 1e3, at(&mut turns, 0.5).as_secs_f64() * 1e3);
    }
}

fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let started = Instant::now();
    let done = work();
    (done, started.elapsed())
}

fn at(times: &mut [Duration], share: f64) -> Duration {
    times.sort();
    times[(times.len() as f64 * share) as usize]
}

fn print(name: &str, echo: Duration, ours: Duration) {
    let ms = |time: Duration| time.as_secs_f64() * 1e3;
    println!("{name:<38}{:>9.3} ms{:>11.3} ms{:>9.2}", ms(echo), ms(ours), ms(ours) / ms(echo));
}

/// Rules of every kind that needs no table, of which the last matches; agents with skills and shared shifts.
fn sample() -> desk_cli::row_files::RowFiles {
    let rules: Vec<_> = (0..RULES)
        .map(|n| {
            let mut rule = json!({ "RuleId": format!("rule-{n}"), "Priority": n, "Rosters": [format!("roster-{}", n % 10)], "NeedSkills": ["billing"] });
            match n % 5 {
                _ if n + 1 == RULES => rule["Strategy"] = json!("hash"),
                0 => rule["ClientUserIdPrefixes"] = json!([format!("gold-{n}-")]),
                1 => rule["Platforms"] = json!(["RESTAPI"]),
                2 => rule["ClientUserIdPattern"] = json!(format!("[0-9]{{3}}-{n}")),
                3 => rule["ClientIps"] = json!([format!("192.0.2.{n}")]),
                _ => rule["Hours"] = json!("Mo-Su 03:00-03:01; PH off"),
            }
            if n % 5 == 4 {
                rule["HolidayCountry"] = json!("KR");
            }
            rule
        })
        .collect();
    let agents: Vec<_> = (0..AGENTS)
        .map(|n| json!({ "AgentId": format!("agent-{n}@example.com"), "Rosters": [format!("roster-{}", n % 10)], "Skills": { "billing": n % 5 + 1 }, "Shifts": "Mo-Su 00:00-24:00" }))
        .collect();
    let mut rules: Vec<_> = rules;
    for (id, strategy, prefer) in
        [("rotating", "round_robin", None), ("affine", "hash", Some(["last_agent"])), ("both", "round_robin", Some(["last_agent"]))]
    {
        let mut rule = json!({ "RuleId": id, "Priority": -1, "ClientUserIdPrefixes": [id], "Rosters": ["roster-1"], "Strategy": strategy });
        if let Some(prefer) = prefer {
            rule["Prefer"] = json!(prefer);
        }
        rules.push(rule);
    }
    rows(json!({ "rules": rules, "agents": agents }))
}
