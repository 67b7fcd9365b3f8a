//! What holds while it writes several rows, and does not come to its end alone: it is stopped, or
//! somebody else publishes or writes meanwhile.

#![cfg(target_os = "linux")]

use serde_json::json;

use super::running::{Desk, rows};
use super::started::{client_of, until};
use super::*;

/// So many rows take long enough that something can happen meanwhile.
const MANY: i32 = 800;

/// A desk with few rows, and a folder with many agents more.
async fn with_many(name: &str) -> (Desk, Folder) {
    let mut desk = Desk::start(&["--rows", rows(name).path()]).await;
    desk.ignore_its_log();
    let agents: Vec<Value> = (0..MANY)
        .map(|n| json!({ "AgentId": format!("new-{n:04}"), "Rosters": ["desk"], "Tier": 2 }))
        .collect();
    let edits = Folder::new(&format!("{name}-edits"), &[("agents.json", agents.into())]);
    (desk, edits)
}

/// How many agents have this tier.
async fn of_tier(desk: &Desk, tier: u8) -> i32 {
    let scan = client_of(&desk.endpoint).scan().table_name("desk-agents");
    let scan = scan.filter_expression("#tier = :tier").expression_attribute_names("#tier", "Tier");
    let scan = scan.expression_attribute_values(":tier", Attribute::N(tier.to_string()));
    scan.select(aws_sdk_dynamodb::types::Select::Count).send().await.unwrap().count
}

/// Waits until the history has so many changes.
async fn until_kept(desk: &Desk, changes: i32) {
    let client = client_of(&desk.endpoint);
    until("the history", async || {
        let mut kept = 0;
        let scan = client.scan().table_name("desk-history");
        let mut pages = scan.select(aws_sdk_dynamodb::types::Select::Count).into_paginator().send();
        while let Some(page) = pages.next().await {
            kept += page.unwrap().count;
        }
        (kept >= changes).then_some(())
    })
    .await;
}

/// Starts a command, and waits until it has written some of its rows.
async fn half_way(desk: &Desk, arguments: &[&str], tier: u8) -> tokio::process::Child {
    let mut command = desk.command(arguments);
    command.kill_on_drop(true).stdout(Stdio::piped()).stderr(Stdio::piped());
    let process = command.spawn().unwrap();
    until("some rows", async || (of_tier(desk, tier).await > 60).then_some(())).await;
    process
}

fn signal(process: &tokio::process::Child, signal: &str) {
    let id = process.id().unwrap().to_string();
    std::process::Command::new("kill").args([signal, &id]).status().unwrap();
}

async fn stop(process: tokio::process::Child, how: &str) -> std::process::Output {
    signal(&process, how);
    process.wait_with_output().await.unwrap()
}

/// An import of several rows that is stopped leaves the live release held, and says so. The same
/// command writes the rest, and a publish ends it.
#[tokio::test(flavor = "multi_thread")]
async fn a_stopped_import_stays_held() {
    let (desk, edits) = with_many("stopped").await;
    let import = ["import", edits.path(), "--yes"];
    let stopped = done(stop(half_way(&desk, &import, 2).await, "-INT").await);
    let held = "repeat the command to continue; the live release stays held (`import of 800 \
        rows`), and edits wait; when you are done, run `cargo desk publish`";
    assert!(stopped.code == 1 && stopped.err.contains(held), "{}", stopped.err);
    assert!(of_tier(&desk, 2).await < MANY);
    let rest = desk.good(&import).await;
    assert!(rest.contains("The live release is already held by kim since "), "{rest}");
    assert!(rest.contains("import of 800 rows; the hold ends with that command; if "), "{rest}");
    let now = "The written rows go live when the hold of kim ends (import of 800 rows); if that \
        command was stopped, run `cargo desk publish` now.\n";
    assert!(rest.ends_with(now), "{rest}");
    assert_eq!(of_tier(&desk, 2).await, MANY);
    let published = desk.good(&["publish"]).await;
    assert_eq!(
        published,
        "Release 2 is live: 2 rules, 806 agents.\nThis ended the hold of kim: import of 800 \
        rows. If that is still under way, its other rows go live as they are written, and kim is \
        told so at its end.\n"
    );

    // So does a rollback.
    let to = chrono::Utc::now();
    tokio::time::sleep(std::time::Duration::from_millis(1_100)).await;
    let path = edits.0.join("agents.json");
    let changed = std::fs::read_to_string(&path).unwrap().replace("\"Tier\":2", "\"Tier\":3");
    std::fs::write(&path, changed).unwrap();
    let out = desk.good(&import).await;
    assert!(
        out.contains("\nRelease 3 is live: 2 rules, 806 agents.\n800 rows written.\n"),
        "{out}"
    );
    until_kept(&desk, 2 * MANY).await;
    let to = to.to_rfc3339();
    let rollback = ["rollback", "--to", &to, "agents", "--yes"];
    let stopped = done(stop(half_way(&desk, &rollback, 2).await, "-INT").await);
    let held = held.replace("import", "rollback");
    assert!(stopped.code == 1 && stopped.err.contains(&held), "{}", stopped.err);
    let back = of_tier(&desk, 2).await;
    assert!(back < MANY, "{back}");
    assert!(desk.good(&["releases"]).await.starts_with("Release 3 is live.\nHELD by kim since "));
    let rest = desk.good(&rollback).await;
    assert!(
        rest.contains("rows put back.\nThe written rows go live when the hold of kim "),
        "{rest}"
    );
    let now = "; if that command was stopped, run `cargo desk publish` now.\n";
    assert!(rest.ends_with(now), "{rest}");
    assert_eq!(of_tier(&desk, 2).await, MANY);
    assert!(desk.good(&["publish"]).await.starts_with("Release 4 is live: 2 rules, 806 agents.\n"));
    let none = desk.good(&["releases", "--diff", "2", "4"]).await;
    assert_eq!(none, "No difference between release 2, and release 4, which is live.\n");
}

/// A process that is killed says nothing: `desk releases` says since when, and what to do.
#[tokio::test(flavor = "multi_thread")]
async fn a_killed_import_can_be_seen_and_ended() {
    let (desk, edits) = with_many("killed").await;
    let import = ["import", edits.path(), "--yes"];
    stop(half_way(&desk, &import, 2).await, "-KILL").await;
    let listed = desk.good(&["releases"]).await;
    let held = listed.lines().nth(1).unwrap();
    assert!(
        held.starts_with("HELD by kim since ") && held.ends_with(" ago, under way"),
        "{listed}"
    );
    assert!(held.contains(": import of 800 rows; begun "), "{listed}");
    let todo = "\n  If the command was stopped, run it again or give it up. Then run `cargo desk \
        publish`.\n";
    assert!(listed.contains(todo), "{listed}");
    let published = desk.good(&["publish"]).await;
    assert!(published.contains("This ended the hold of kim: import of 800 rows."), "{published}");
}

/// Somebody publishes while an import writes: half of it is live for a while, and whoever imports
/// is told, as of a thing half done.
#[tokio::test(flavor = "multi_thread")]
async fn an_import_that_somebody_published_half_way_says_so() {
    let (desk, edits) = with_many("published").await;
    let import = half_way(&desk, &["import", edits.path(), "--yes"], 2).await;
    signal(&import, "-STOP");
    let published = desk.good(&["publish"]).await;
    assert!(published.contains("kim is told so at its end."), "{published}");
    signal(&import, "-CONT");
    let done = done(import.wait_with_output().await.unwrap());
    let (all, apart) = (
        "the rows are written, and ",
        "; but they may have gone live in several releases, not at once: somebody's `desk publish` \
        ended the hold (`import of 800 rows`) while they were written; `cargo desk releases` \
        lists the releases since then",
    );
    let said = done.code == 1 && done.err.contains(all) && done.err.contains(apart);
    assert!(said, "{}{}", done.out, done.err);
    assert!(!done.out.contains("rows written."), "{}", done.out);
    let listed = desk.good(&["releases"]).await;
    assert!(listed.contains("  806  rows were edited") && !listed.contains("HELD"), "{listed}");
    assert!(listed.contains("\n      3  "), "more than one: {listed}");
}

/// Two at once: one holds, the other writes beside it, and is told when its rows count.
#[tokio::test(flavor = "multi_thread")]
async fn an_import_beside_another_says_when_its_rows_count() {
    let (desk, edits) = with_many("beside-another").await;
    let first = half_way(&desk, &["import", edits.path(), "--yes"], 2).await;
    signal(&first, "-STOP");
    let agents = ["gil", "hui"].map(|id| json!({ "AgentId": id, "Rosters": ["desk"] }));
    let two = Folder::new("beside-another-two", &[("agents.json", agents.to_vec().into())]);
    let out = desk.good(&["import", two.path(), "--yes"]).await;
    let waits = "2 rows written.\nThe written rows go live when the hold of kim ends (import of \
        800 rows); if that command was stopped, run `cargo desk publish` now.\n";
    assert!(out.ends_with(waits), "{out}");
    signal(&first, "-CONT");
    let first = done(first.wait_with_output().await.unwrap());
    assert_eq!(first.code, 0, "{}", first.err);
    assert!(first.out.contains("\nRelease 2 is live: 2 rules, 808 agents.\n"), "{}", first.out);
}
