//! What the person on call must not have to guess: whose clock a time is by, when an edit counts,
//! what is in error beside what is put back, and how far a long command is.

use serde_json::json;
use tokio::io::{AsyncBufReadExt, BufReader};

use super::running::{Desk, rows};
use super::started::until;
use super::*;

const ZONE: &str = " Asia/Seoul";

/// Every time with a date has the deployment's zone, whoever says it.
#[tokio::test(flavor = "multi_thread")]
async fn times_are_of_the_deployments_zone() {
    let folder = rows("times");
    let mut desk = Desk::start(&["--rows", folder.path()]).await;
    let mut lines = BufReader::new(desk.process.stderr.take().unwrap()).lines();
    desk.good(&["hold", "we move"]).await;
    let mut warned = async |what: &str| {
        until(what, async || {
            let line = lines.next_line().await.unwrap().unwrap();
            line.contains(what).then_some(line)
        })
        .await
    };
    let mut said = vec![warned("WARN release_held").await];
    desk.put("desk-rules", json!({ "RuleId": "new", "Priority": 1, "AgentGroupId": 7 })).await;
    said.push(warned("rules `new` _Check: ok, WAITS: release 1 stays live, held by kim").await);
    said.push(desk.run(&["hold", "again"]).await.out);
    said.push(desk.good(&["releases"]).await);
    said.push(desk.run(&["check"]).await.err);
    said.push(desk.good(&["history"]).await);
    for said in said {
        assert!(!said.contains("UTC") && said.contains(ZONE), "{said}");
        for time in times(&said) {
            assert!(time.starts_with(ZONE) || said.contains("live since (Asia/Seoul)"), "{said}");
        }
    }
}

/// What follows each `2026-11-24 10:00` (and its seconds) in a text.
fn times(text: &str) -> Vec<String> {
    let bytes: Vec<char> = text.chars().collect();
    let mut after = Vec::new();
    for start in 0..bytes.len() {
        let shape = |shape: &str| {
            shape.chars().enumerate().all(|(place, kind)| match bytes.get(start + place) {
                Some(found) if kind == 'd' => found.is_ascii_digit(),
                found => found == Some(&kind),
            })
        };
        let length = match (shape("dddd-dd-dd dd:dd:dd"), shape("dddd-dd-dd dd:dd")) {
            (true, _) => 19,
            (_, true) => 16,
            _ => continue,
        };
        after.push(bytes[start + length..].iter().take(ZONE.len()).collect());
    }
    assert!(!after.is_empty(), "{text}");
    after
}

/// What import holds it ends itself: nobody is warned, and no row says that it waits.
#[tokio::test(flavor = "multi_thread")]
async fn an_imports_own_hold_alarms_nobody() {
    let folder = rows("own-hold");
    let mut desk = Desk::start(&["--rows", folder.path()]).await;
    let mut lines = BufReader::new(desk.process.stderr.take().unwrap()).lines();
    let agents = json!([
        { "AgentId": "gil", "Rosters": ["desk"] },
        { "AgentId": "hui", "Rosters": ["desk"] },
    ]);
    let folder = Folder::new("own-hold-two", &[("agents.json", agents)]);
    let out = desk.good(&["import", folder.path(), "--yes"]).await;
    assert!(out.contains("\nRelease 2 is live: 2 rules, 8 agents.\n2 rows written.\n"), "{out}");
    let mut said = Vec::new();
    until("both are told", async || {
        said.push(lines.next_line().await.unwrap().unwrap());
        let is_told = |id: &str| said.iter().any(|line| line.contains(id));
        (is_told("`gil` _Check: ok") && is_told("`hui` _Check: ok")).then_some(())
    })
    .await;
    let held = said.iter().filter(|line| line.contains("held by kim"));
    let held: Vec<&String> = held.collect();
    assert!(matches!(held[..], [line] if line.contains("import of 2 rows")), "{said:?}");
    assert!(!said.iter().any(|line| line.contains("WARN") || line.contains("WAITS")), "{said:?}");
    let history = desk.good(&["history", "gil"]).await;
    assert!(history.contains("live with release 2"), "{history}");
}

/// One row is written without a hold; what it says is when it counts, or what keeps it.
#[tokio::test(flavor = "multi_thread")]
async fn one_row_says_when_it_goes_live() {
    let folder = rows("one-row");
    let desk = Desk::start(&["--rows", folder.path()]).await;
    let edit = |name: &str, group: i64| {
        let rule = json!([{ "RuleId": "rest", "Priority": 20, "AgentGroupId": group }]);
        Folder::new(name, &[("rules.json", rule)])
    };
    let moment = chrono::Utc::now() + chrono::TimeDelta::milliseconds(10);
    tokio::time::sleep(std::time::Duration::from_millis(1_100)).await;
    let out = desk.good(&["import", edit("one-row-a", 7).path(), "--yes"]).await;
    let live = "\n1 row written.\nIt goes live by a release within 10 s: `cargo desk releases` \
        shows it.\n";
    assert!(out.ends_with(live), "{out}");
    desk.until("Release 2 is live").await;
    // Two, where nobody can be told to hold.
    let agents = json!([
        { "AgentId": "gil", "Rosters": ["desk"] },
        { "AgentId": "hui", "Rosters": ["desk"] },
    ]);
    let two = Folder::new("one-row-two", &[("agents.json", agents)]);
    let mut import = desk.command(&["import", two.path(), "--yes"]);
    let out = done(import.env("OPERATOR_FUNCTION", " ").output().await.unwrap()).out;
    let apart = "They go live by a release within 10 s, perhaps not all at once (OPERATOR_FUNCTION \
        is not set)";
    assert!(out.contains(apart), "{out}");
    desk.until("      8  rows were edited").await;
    desk.good(&["hold", "we move"]).await;
    let to = moment.to_rfc3339();
    let out = desk.good(&["rollback", "--to", &to, "rules/rest", "--yes"]).await;
    let held = "\n1 row put back.\nNot live yet: Release ";
    assert!(out.contains(held) && out.contains("HELD by kim since"), "{out}");
    // The same again: nothing to write, and still held.
    let out = desk.good(&["import", folder.path(), "--yes"]).await;
    assert!(out.contains("Nothing to write.\nRelease "), "{out}");
    assert!(out.contains("`desk publish` ends the hold"), "{out}");
}

/// A row in error goes by its version in the live release, also in what rollback says of others.
#[tokio::test(flavor = "multi_thread")]
async fn rollback_knows_what_rows_in_error_go_by() {
    let folder = rows("beside");
    let desk = Desk::start(&["--rows", folder.path()]).await;
    let moment = chrono::Utc::now() + chrono::TimeDelta::milliseconds(10);
    tokio::time::sleep(std::time::Duration::from_millis(1_100)).await;
    desk.delete("desk-agents", "AgentId", &["ann"]).await;
    desk.until("Release 2 is live").await;
    // The only rule with the roster `desk` goes wrong.
    desk.put("desk-rules", json!({ "RuleId": "vip", "Priority": 10, "Segmnets": ["vip"] })).await;
    desk.until("Release 3 is live").await;
    let to = moment.to_rfc3339();
    let done = desk.run(&["rollback", "--to", &to, "agents"]).await;
    assert!(done.out.contains("+ agents `ann` added"), "{}{}", done.out, done.err);
    assert!(!done.out.contains("no rule uses this roster"), "{}", done.out);
    assert!(done.out.contains("Other rows that are in error"), "{}", done.out);
}

/// Without the zone, rows and times go by UTC: that is said, once.
#[tokio::test(flavor = "multi_thread")]
async fn a_missing_time_zone_is_told_once() {
    let store = sample_store().await;
    for (endpoint, arguments) in [
        (None, vec!["check", "--rows", SAMPLES, AT[0], AT[1]]),
        (None, vec!["explain", "--rows", SAMPLES, "--user", "u"]),
        (Some(store.endpoint()), vec!["history"]),
        (Some(store.endpoint()), vec!["rollback", "--to", "2026-11-24 10:00"]),
    ] {
        let mut command = command(endpoint.as_deref(), &arguments);
        let done = done(command.env_remove("TIME_ZONE").output().await.unwrap());
        let notes: Vec<&str> =
            done.err.lines().filter(|line| line.contains("TIME_ZONE is not set")).collect();
        assert_eq!(notes.len(), 1, "{arguments:?}: {}", done.err);
        assert!(notes[0].contains("go by UTC") && notes[0].contains("DeskExports"), "{notes:?}");
        let with = desk(endpoint.as_deref(), &arguments).await;
        assert!(!with.err.contains("TIME_ZONE"), "{}", with.err);
    }
}

/// Progress is one line that is written again and again, on a terminal alone; an import that is
/// stopped says how to go on, and goes on.
#[cfg(target_os = "linux")]
#[tokio::test(flavor = "multi_thread")]
async fn a_long_import_shows_how_far_it_is_and_goes_on() {
    let store = Embedded::start(0).await.unwrap();
    store.create_table("desk-many", "ClientUserId").await.unwrap();
    let few: Vec<Value> = (0..20).map(|n| json!({ "AgentId": format!("agent-{n}") })).collect();
    let many: Vec<Value> =
        (0..3_000).map(|n| json!({ "ClientUserId": format!("user-{n:05}") })).collect();
    let folder =
        Folder::new("progress", &[("customers.json", many.into()), ("agents.json", few.into())]);
    let endpoint = store.endpoint();
    let on_terminal = async |arguments: &str| {
        let typed = format!("'{}' {arguments}", env!("CARGO_BIN_EXE_desk"));
        let mut terminal = tokio::process::Command::new("script");
        for (name, value) in command(Some(&endpoint), &[]).as_std().get_envs() {
            terminal.env(name, value.unwrap_or_default());
        }
        terminal.env("CUSTOMERS_TABLE", "desk-many").env("TERM", "xterm").stdin(Stdio::null());
        done(terminal.args(["-qefc", &typed, "/dev/null"]).output().await.unwrap())
    };
    // How often a line is written, and on how many lines.
    let drawn = |out: &str, what: &str| {
        let lines: Vec<&str> = out.lines().filter(|line| line.contains(what)).collect();
        (lines.iter().map(|line| line.matches(what).count()).sum::<usize>(), lines.len())
    };
    let import = format!("import '{}' --yes", folder.path());
    let shown = on_terminal(&import).await;
    assert!(shown.code == 0 && shown.out.contains("3020 rows written."), "{}", shown.out);
    let (times, lines) = drawn(&shown.out, "/3020 rows,");
    assert!(times > 1 && lines <= 2, "{times} times on {lines} lines");
    let again = on_terminal(&import).await;
    let (times, lines) = drawn(&again.out, " customers read");
    assert!(times > 1 && lines == 1, "{times} times on {lines} lines: {}", again.out);
    assert!(!again.out.contains("agents read"), "few rows need none: {}", again.out);
    let none = on_terminal("history").await;
    assert_eq!(drawn(&none.out, " changes read").0, 0, "{}", none.out);

    // Ctrl-C half-way, and again.
    store.create_table("desk-more", "ClientUserId").await.unwrap();
    let again = || {
        let mut command = command(Some(&endpoint), &["import", folder.path(), "--yes"]);
        command.env("CUSTOMERS_TABLE", "desk-more").stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    };
    let count = async || {
        let scan = store.client().scan().table_name("desk-more");
        scan.select(aws_sdk_dynamodb::types::Select::Count).send().await.unwrap().count
    };
    let process = again().spawn().unwrap();
    let id = process.id().unwrap().to_string();
    until("some rows", async || (count().await > 200).then_some(())).await;
    std::process::Command::new("kill").args(["-INT", &id]).status().unwrap();
    let stopped = done(process.wait_with_output().await.unwrap());
    let (written, said) = (count().await, "of 3000 rows are written, or a few more; repeat the");
    assert!(stopped.code == 1 && stopped.err.contains(said), "{}", stopped.err);
    assert!(stopped.err.starts_with("desk: interrupted: ") && written < 3_000, "{written}");
    let rest = done(again().output().await.unwrap());
    assert!(rest.code == 0, "{}", rest.err);
    let (added, _) = rest.out.split_once(" added, 0 changed, 0 deleted").unwrap();
    let added: i32 = added.rsplit(['\n', ' ']).next().unwrap().parse().unwrap();
    // The store may finish requests that were under way when the command had ended: those are the
    // "few more". Each row is written once, by one of the two.
    let by_then = written..=written + desk_cli::edits::write::AT_ONCE as i32;
    assert!(by_then.contains(&(3_000 - added)), "{written} rows, then {added}");
    assert_eq!(count().await, 3_000);
}
