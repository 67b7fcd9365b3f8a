//! What people are told of releases: by the rows themselves, by `desk releases`, by the log, and by
//! the numbers that alarms watch.

mod back;
mod holds;
mod kept;
mod waits;

use chrono::{DateTime, TimeDelta, Utc};
use desk_cli::local::embedded::{Embedded, RELEASES_TABLE};
use routing::hours::Zone;
use routing::release::for_people;
use routing::rows::Table;
use serde_json::{Value, json};

use testing::function::variables;
use testing::operating::Operating;
use testing::running::store;

const ZONE: &str = "Asia/Seoul";

fn zone() -> Zone {
    testing::settings(&[("TIME_ZONE", ZONE)]).defaults.time_zone
}

/// A time so many minutes from one, as people read it.
fn minutes_from(time: DateTime<Utc>, minutes: i64) -> String {
    for_people(time + TimeDelta::minutes(minutes), zone())
}

fn agent(n: usize) -> Value {
    json!({ "AgentId": format!("agent-{n}"), "Rosters": ["desk"] })
}

fn rule(group: u64) -> Value {
    json!({ "RuleId": "all", "Priority": 1, "Rosters": ["desk"], "AgentGroupId": group })
}

/// Release 1 is live: a rule, and as many agents.
async fn live(agents: usize) -> (Embedded, Operating) {
    let store = store(json!({
        "rules": [rule(1)], "agents": (0..agents).map(agent).collect::<Vec<_>>(),
    }))
    .await;
    let mut desk = Operating::start(&store).await;
    desk.pump().await;
    (store, desk)
}

/// What `desk releases` says.
async fn releases(store: &Embedded, more: &[&str]) -> String {
    let mut command = tokio::process::Command::new(testing::program("desk"));
    command.env_clear().arg("releases").args(more).envs(variables(&store.endpoint()));
    command.envs([("RELEASES_TABLE", RELEASES_TABLE), ("TIME_ZONE", ZONE)]);
    let output = command.output().await.unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// The line of one release in the list: its number, rules, agents, and why.
fn line(listed: &str, number: u64) -> Option<Vec<String>> {
    let lines = listed.lines().map(|line| line.split_whitespace().collect::<Vec<_>>());
    let mut lines = lines.filter(|words| words.first() == Some(&number.to_string().as_str()));
    let words = lines.next()?;
    // After the number, a date and a time.
    Some([&words[..1], &words[3..]].concat().into_iter().map(str::to_owned).collect())
}

fn words(text: &str) -> Option<Vec<String>> {
    Some(text.split_whitespace().map(str::to_owned).collect())
}

/// What a row tells, but for what is said of now.
async fn said(desk: &Operating, table: Table, key: &str) -> String {
    let check = desk.check(table, key).await;
    check.split("; checked 20").next().unwrap().split("; now ").next().unwrap().to_owned()
}

/// The last line about this: its level, and what it says.
fn logged(desk: &Operating, event: &str) -> Option<(String, String)> {
    let line = desk.lines(event).pop()?;
    let text = |name: &str| line[name].as_str().unwrap().to_owned();
    Some((text("level"), text("message")))
}

/// The last numbers that alarms watch: waits, held too long, published.
fn numbers(desk: &Operating) -> [Option<i64>; 3] {
    ["ReleaseWaits", "HeldTooLong", "ReleasePublished"].map(|name| desk.number(name))
}
