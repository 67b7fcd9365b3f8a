//! Times of the release binary as Lambda runs it, beside a bare `lambda_http` function in the same
//! run. `cargo bench`.

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
use routing::decide::{Rotation, Schedule};
use testing::assign_event;
use testing::function::{Function, variables};
use testing::large::{large, sample};

const STARTS: usize = 15;
const ANSWERS: usize = 4_000;
const MEMORY_ANSWERS: usize = 1_000;

/// What was measured of one binary over one set of rows.
#[derive(Default)]
struct Measured {
    /// From the start of the process until it asks for an event.
    ready: Vec<Duration>,
    /// From the start of the process to its first answer.
    first: Vec<Duration>,
    /// What a bare client needs for the same tables.
    scans: Vec<Duration>,
    warm: Vec<Duration>,
    /// Processor time of a warm answer.
    cpu: Duration,
    peak_kib: u64,
}

#[tokio::main]
async fn main() {
    // As they ship: without the features that the tests' dependencies turn on.
    let cargo = |arguments: &[&str]| {
        let build = ["build", "--locked", "--quiet"];
        assert!(
            Command::new(env!("CARGO")).args(build).args(arguments).status().unwrap().success()
        );
    };
    cargo(&["--release", "-p", "desk-router", "--bins"]);
    cargo(&["--profile", "bench", "-p", "testing", "--examples"]);
    let target = Path::new(&testing::program("desk-router").display().to_string())
        .ancestors()
        .nth(2)
        .unwrap()
        .join("release");
    let path = |name: &str| target.join(name).display().to_string();
    let (ours, echo, scans) = (path("desk-router"), path("examples/echo"), path("examples/scans"));
    let megabytes = |path: &str| std::fs::metadata(path).unwrap().len() as f64 / 1e6;

    let stores = [Embedded::start(0).await.unwrap(), Embedded::start(0).await.unwrap()];
    stores[0].put(&sample()).await.unwrap();
    stores[1].put(&large()).await.unwrap();
    let subjects = [
        (&echo, &stores[0], "user"),
        (&ours, &stores[0], "user"),
        (&ours, &stores[0], "customer"),
        (&ours, &stores[1], "exact-3999"),
        (&ours, &stores[1], "prefix-7999-x"),
        (&ours, &stores[1], "customer"),
    ];
    let mut measured: Vec<Measured> = subjects.iter().map(|_| Measured::default()).collect();
    // Start by start and answer by answer in turn, so that all meet the same machine.
    for _ in 0..STARTS {
        for ((path, store, user), measured) in subjects.iter().zip(&mut measured) {
            let country = vec![("HOLIDAY_COUNTRY".into(), "KR".into())];
            let function =
                Function::start_binary(path, [variables(&store.endpoint()), country].concat())
                    .await;
            function.answer(assign_event("session", user)).await;
            measured.first.push(function.started.elapsed());
            measured.ready.push(function.ready_after().unwrap());
            let output = Command::new(&scans)
                .env_clear()
                .envs(variables(&store.endpoint()))
                .output()
                .unwrap();
            measured.scans.push(Duration::from_micros(
                String::from_utf8(output.stdout).unwrap().trim().parse().unwrap(),
            ));
        }
    }
    let mut functions = Vec::new();
    for (path, store, _) in subjects {
        let variables =
            [variables(&store.endpoint()), vec![("CONFIG_TTL_SECONDS".into(), "3600".into())]]
                .concat();
        functions.push(Function::start_binary(path, variables).await);
    }
    for number in 0..ANSWERS + 100 {
        for ((function, (_, _, user)), measured) in
            functions.iter().zip(subjects).zip(&mut measured)
        {
            if number == 100 {
                measured.cpu = function.usage().1;
            }
            let event = assign_event(&format!("session-{number}"), user);
            let started = Instant::now();
            function.answer(event).await;
            if number >= 100 {
                measured.warm.push(started.elapsed());
            }
        }
    }
    for (function, measured) in functions.iter().zip(&mut measured) {
        let (peak, cpu) = function.usage();
        (measured.peak_kib, measured.cpu) = (peak, (cpu - measured.cpu) / ANSWERS as u32);
    }
    println!(
        "{STARTS} starts and {ANSWERS} warm answers each, in turn, through a Runtime API on this \
        machine\n"
    );
    let head = |name: &str, cells: [&str; 6]| {
        println!("{name:<34}{}", cells.map(|cell| format!("{cell:>14}")).concat())
    };
    head(
        "rules, agents",
        ["echo", "50 and 200", "50 and 200", "10,000 each", "10,000 each", "10,000 each"],
    );
    head("user matched by", ["", "nothing", "segment", "exact id", "prefix", "segment"]);
    let row = |name: &str, cells: Vec<String>| {
        println!("{name:<34}{}", cells.iter().map(|cell| format!("{cell:>14}")).collect::<String>())
    };
    let ms = |time: Duration| format!("{:.3} ms", time.as_secs_f64() * 1e3);
    let ratio =
        |time: Duration, to: Duration| format!("{:.2}", time.as_secs_f64() / to.as_secs_f64());
    row(
        "start to ready, median",
        measured.iter_mut().map(|measured| ms(at(&mut measured.ready, 0.5))).collect(),
    );
    for (name, share) in
        [("start to first answer, median", 0.5), ("start to first answer, p90", 0.9)]
    {
        row(name, measured.iter_mut().map(|measured| ms(at(&mut measured.first, share))).collect());
    }
    row(
        "a client and two Scans, median",
        measured.iter_mut().map(|measured| ms(at(&mut measured.scans, 0.5))).collect(),
    );
    let echo_first = at(&mut measured[0].first, 0.5);
    let more_than_scans = |measured: &mut Measured| {
        (at(&mut measured.first, 0.5) - echo_first).as_secs_f64()
            / at(&mut measured.scans, 0.5).as_secs_f64()
    };
    row(
        "  start beyond the echo's / Scans",
        measured.iter_mut().skip(1).fold(vec![String::new()], |mut cells, measured| {
            cells.push(format!("{:.2}", more_than_scans(measured)));
            cells
        }),
    );
    for (name, share) in
        [("warm answer, median", 0.5), ("warm answer, p90", 0.9), ("warm answer, p99", 0.99)]
    {
        let times: Vec<Duration> =
            measured.iter_mut().map(|measured| at(&mut measured.warm, share)).collect();
        row(name, times.iter().map(|time| ms(*time)).collect());
        row("  to the echo's", times.iter().map(|time| ratio(*time, times[0])).collect());
        row("  to 50 and 200", times.iter().map(|time| ratio(*time, times[1])).collect());
    }
    row(
        "processor time of a warm answer",
        measured.iter().map(|measured| ms(measured.cpu)).collect(),
    );
    row(
        "peak memory",
        measured
            .iter()
            .map(|measured| format!("{:.1} MiB", measured.peak_kib as f64 / 1024.0))
            .collect(),
    );
    row(
        "binary",
        vec![format!("{:.1} MB", megabytes(&echo)), format!("{:.1} MB", megabytes(&ours))],
    );
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
            let user = if user.ends_with("-new") {
                format!("{user}-{number}")
            } else {
                (*user).to_owned()
            };
            let event = assign_event(&format!("{user}-{number}"), &user);
            let started = Instant::now();
            function.answer(event).await;
            times.push(started.elapsed());
        }
    }
    let records = function.records().await;
    let stateless = at(&mut times[0], 0.5);
    for ((kind, user), times) in KINDS.iter().zip(&mut times) {
        let record = records
            .iter()
            .rfind(|record| {
                record["client_user_id"].as_str().is_some_and(|id| id.starts_with(user))
            })
            .unwrap();
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
    for (name, agents, highest) in [
        ("10 agents, equal", 10, 1),
        ("1,000 agents, equal", 1_000, 1),
        ("1,000 agents, weights 1 to 100", 1_000, 100),
    ] {
        let weights: Vec<u32> = (0..agents).map(|n| n % highest + 1).collect();
        let rotation = Rotation::new(&"rule".into(), "roster", weights, 1);
        let mut computing: Vec<Duration> = (0..50)
            .map(|_| timed(|| Schedule::new(std::hint::black_box(rotation.weights()))).1)
            .collect();
        let schedule = Schedule::new(rotation.weights());
        let mut turns: Vec<Duration> = (0..2_000_u128)
            .map(|turn| timed(|| schedule.turn(std::hint::black_box(turn * rotation.step()), 1)).1)
            .collect();
        println!(
            "{name:<38}{:>9.3} ms{:>11.4} ms",
            at(&mut computing, 0.5).as_secs_f64() * 1e3,
            at(&mut turns, 0.5).as_secs_f64() * 1e3
        );
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
