//! `desk history`, `rollback` and `import`: what rows were, and what they will be.

use desk_router::store::{Changed, WentLive};
use serde_json::json;

use super::*;

/// History as the operator function keeps it, shown and gone back to.
#[tokio::test(flavor = "multi_thread")]
async fn history_and_rollback() {
    use routing::rows::{Table, row_from_json};
    let store = sample_store().await;
    let endpoint = store.endpoint();
    let settings = desk_cli::command::serve::sample_settings(&endpoint, |_| None).unwrap();
    let tables = desk_router::store::Tables::with_credentials(
        &settings,
        Some(desk_cli::local::embedded::credentials()),
    );
    let kept = tables.history("desk-history".to_owned());
    let now = chrono::Utc::now();
    let row = |json: Value| row_from_json(json.as_object().unwrap().clone());
    // At 10:00 the weight was 5, at 11:00 it became 2 (as it is now); at 11:30 somebody new came,
    // at 11:40 a calendar went.
    let jun = json!({
        "AgentId": "jun@example.com", "Rosters": { "seoul": 1, "vip": 2 },
        "Shifts": "@seoul-office", "Weight": 5,
    });
    let calendar = json!({ "CalendarId": "gone", "Hours": "24/7" });
    for (table, key, at, before, live) in [
        (
            Table::Agents,
            "jun@example.com",
            "2026-11-24T01:00:00.000Z#1",
            Some(row(json!({ "AgentId": "jun@example.com", "Rosters": ["seoul"] }))),
            Some(WentLive::With(41)),
        ),
        (
            Table::Agents,
            "jun@example.com",
            "2026-11-24T02:00:00.000Z#2",
            Some(row(jun)),
            Some(WentLive::Waited(41)),
        ),
        (Table::Agents, "noor@example.com", "2026-11-24T02:30:00.000Z#3", None, None),
        (Table::Calendars, "gone", "2026-11-24T02:40:00.000Z#4", Some(row(calendar)), None),
    ] {
        let before = before.as_ref();
        let change = Changed { table, key, at, before, live, never: None };
        kept.append(&change, now).await.unwrap();
    }
    let done = desk(Some(&endpoint), &["history", "jun@example.com"]).await;
    assert_eq!(done.code, 0, "{}", done.err);
    insta::assert_snapshot!("history", done.out);
    let done = desk(Some(&endpoint), &["history", "calendars/none"]).await;
    assert!(
        done.code == 1 && done.err.contains("there is no row `none` among the calendars"),
        "{} {}",
        done.out,
        done.err
    );
    // `check` knows no such row any more, and when it was deleted.
    for (row, said) in [
        (
            "gone",
            "desk: calendars `gone` was deleted at 2026-11-24 11:40:00 Asia/Seoul; see `cargo desk \
            history calendars/gone`\n",
        ),
        ("never-there", "desk: there is no row `never-there`\n"),
    ] {
        let done = desk(Some(&endpoint), &["check", "--row", row]).await;
        assert_eq!((done.code, done.err.as_str()), (2, said), "{}", done.out);
    }
    let done =
        desk(Some(&endpoint), &["rollback", "--to", "2026-11-24 10:30", "juno@example.com"]).await;
    assert!(done.err.contains("did you mean `jun@example.com`?"), "{}", done.err);
    let done = desk(Some(&endpoint), &["history", "rules"]).await;
    assert!(done.out.starts_with("No change of `rules` is kept"), "{}", done.out);
    // Of each table the newest: a bulk of changes hides no other table's.
    let done = desk(Some(&endpoint), &["history", "--limit", "1"]).await;
    assert!(done.out.starts_with("2 older changes of agents are not shown"), "{}", done.out);
    assert!(done.out.contains("calendars `gone` deleted"), "{}", done.out);
    let done = desk(Some(&endpoint), &["history", "--since", "2026-11-24 11:35"]).await;
    assert!(!done.out.contains("agents") && done.out.contains("`gone`"), "{}", done.out);
    let done = desk(Some(&endpoint), &["rollback", "--to", "2026-11-24 10:30"]).await;
    assert_eq!(done.code, 1, "nobody can be asked");
    insta::assert_snapshot!("rollback", done.out.replace(&endpoint, "ENDPOINT"));
    let done = desk(Some(&endpoint), &["rollback", "--to", "2026-11-24 10:30", "--yes"]).await;
    assert!(done.out.contains("\n3 rows put back.\n"), "{} {}", done.out, done.err);
    assert_eq!(
        rows_of(&store, "desk-agents", "AgentId", "jun@example.com").await.unwrap()["Weight"],
        Attribute::N("5".into())
    );
    assert!(rows_of(&store, "desk-agents", "AgentId", "noor@example.com").await.is_none());
    assert!(rows_of(&store, "desk-calendars", "CalendarId", "gone").await.is_some());
    for (to, key, said) in [
        ("2026-11-24 10:30", None, "All rows are as they were at 2026-11-24 10:30"),
        ("2026-11-24 10:30", Some("gone"), "`gone` is as it was at 2026-11-24 10:30"),
        ("2026-11-24 12:00", None, "No change since 2026-11-24 12:00 is kept"),
        ("2026-11-24 12:00", Some("gone"), "No change of `gone` since 2026-11-24 12:00 is kept"),
    ] {
        let arguments = ["rollback", "--to", to, "--yes"].into_iter().chain(key);
        let done = desk(Some(&endpoint), &arguments.collect::<Vec<_>>()).await;
        let said = format!("{said}; there is nothing to put back.\n");
        assert_eq!((done.code, done.out), (0, said), "{}", done.err);
    }
    let done = desk(Some(&endpoint), &["rollback", "--to", "2999-01-01", "--yes"]).await;
    let said = "`2999-01-01` is in the future: it is 20";
    assert!(done.code == 1 && done.err.contains(said), "{} {}", done.out, done.err);
}

/// Of what was never live no release is named, and what changed within one second stands in its
/// order.
#[tokio::test(flavor = "multi_thread")]
async fn history_says_what_was_never_live() {
    use desk_router::store::NeverLive;
    use routing::rows::Table;
    let store = sample_store().await;
    let endpoint = store.endpoint();
    let settings = desk_cli::command::serve::sample_settings(&endpoint, |_| None).unwrap();
    let credentials = Some(desk_cli::local::embedded::credentials());
    let tables = desk_router::store::Tables::with_credentials(&settings, credentials);
    let kept = tables.history("desk-history".to_owned());
    let (with, waited) = (Some(WentLive::With(2)), Some(WentLive::Waited(2)));
    for (table, key, at, live, never) in [
        (Table::Agents, "late", "2026-11-24T01:00:00.000Z#4", with, None),
        (Table::Rules, "wrong", "2026-11-24T01:00:00.000Z#1", with, Some(NeverLive::InError)),
        (Table::Rules, "held", "2026-11-24T01:00:00.000Z#3", waited, Some(NeverLive::InError)),
        (Table::Agents, "early", "2026-11-24T01:00:00.000Z#2", with, Some(NeverLive::Replaced)),
        (Table::Calendars, "used", "2026-11-24T01:00:00.000Z#5", with, Some(NeverLive::Used)),
    ] {
        let change = Changed { table, key, at, before: None, live, never };
        kept.append(&change, chrono::Utc::now()).await.unwrap();
    }
    let done = desk(Some(&endpoint), &["history"]).await;
    let said: Vec<&str> = done.out.lines().filter(|line| line.contains("Asia/Seoul")).collect();
    let time = "2026-11-24 10:00:00 Asia/Seoul";
    let expected = [
        ", in error: not live",
        ", changed again before it was live",
        ", in error: not live",
        ", live with release 2",
        ", still live: rows that are live use it",
    ];
    assert_eq!(said, expected.map(|became| format!("{time}{became}")), "{}", done.out);
    let of = |key: &str| done.out.find(key).unwrap();
    let places = ["`wrong`", "`early`", "`held`", "`late`"].map(of);
    assert!(places.is_sorted(), "{}", done.out);
}

/// Customers that were erased stay so, and no row comes back that would be in error.
#[tokio::test(flavor = "multi_thread")]
async fn rollback_brings_back_nobody_and_nothing_wrong() {
    use routing::rows::{Table, row_from_json};
    let store = sample_store().await;
    let endpoint = store.endpoint();
    let settings = desk_cli::command::serve::sample_settings(&endpoint, |_| None).unwrap();
    let tables = desk_router::store::Tables::with_credentials(
        &settings,
        Some(desk_cli::local::embedded::credentials()),
    );
    let kept = tables.history("desk-history".to_owned());
    let row = |json: Value| row_from_json(json.as_object().unwrap().clone());
    let now = chrono::Utc::now();
    for (table, key, before) in [
        (Table::Customers, "erased", json!({ "ClientUserId": "erased", "Segments": ["vip"] })),
        (
            Table::Customers,
            "expired",
            json!({ "ClientUserId": "expired", "Segments": ["vip"], "ExpiresAt": 1_000_000_000 }),
        ),
        // A decision, too, knows no such customer: the end is this moment, or written otherwise.
        (
            Table::Customers,
            "now",
            json!({ "ClientUserId": "now", "ExpiresAt": now.timestamp_millis().to_string() }),
        ),
        (Table::Customers, "date", json!({ "ClientUserId": "date", "ExpiresAt": "2026-01-31" })),
    ] {
        let before = row(before);
        let at = "2026-11-24T02:00:00.000Z#1";
        let before = Some(&before);
        let change = Changed { table, key, at, before, live: None, never: None };
        kept.append(&change, now).await.unwrap();
    }
    let to = ["rollback", "--to", "2026-11-24 10:30", "--yes"];
    let done = desk(Some(&endpoint), &to).await;
    assert!(
        done.out.contains("Left as they are: 1 customer changed since"),
        "{} {}",
        done.out,
        done.err
    );
    assert!(rows_of(&store, "desk-customers", "ClientUserId", "erased").await.is_none());
    let done = desk(Some(&endpoint), &[&to[..], &["--customers"]].concat()).await;
    assert!(
        done.out.contains("\n1 row put back.\nCustomers are part of no release"),
        "{} {}",
        done.out,
        done.err
    );
    assert!(rows_of(&store, "desk-customers", "ClientUserId", "erased").await.is_some());
    let stay = "3 customers have expired (`ExpiresAt`) and are not put back";
    assert!(done.out.contains(stay), "{}", done.out);
    for expired in ["expired", "now", "date"] {
        let row = rows_of(&store, "desk-customers", "ClientUserId", expired).await;
        assert!(row.is_none(), "{expired}");
    }
    // A rule whose calendar is gone would be in error.
    let rule = json!({ "RuleId": "old", "Priority": 5, "Hours": "@gone", "AgentGroupId": 1 });
    let at = "2026-11-24T02:00:00.000Z#1";
    let before = row(rule);
    let (table, before) = (Table::Rules, Some(&before));
    let change = Changed { table, key: "old", at, before, live: None, never: None };
    kept.append(&change, now).await.unwrap();
    let done = desk(Some(&endpoint), &to).await;
    assert!(done.code == 1 && done.err.contains("nothing was written"), "{}", done.err);
    for way_out in ["rollback --to TIME rules/KEY", "cargo desk publish --release N"] {
        assert!(done.err.contains(way_out), "{}", done.err);
    }
    let one = desk(Some(&endpoint), &[&to[..], &["rules/old"]].concat()).await;
    assert!(one.code == 1 && one.err.contains("Put back first what the row needs"), "{}", one.err);
    assert!(rows_of(&store, "desk-rules", "RuleId", "old").await.is_none());
}

/// Without the table of customers, a folder with customers is refused before anything is written.
#[tokio::test(flavor = "multi_thread")]
async fn import_of_customers_without_their_table() {
    let store = sample_store().await;
    let agents = json!([{ "AgentId": "new@example.com", "Rosters": ["seoul"] }]);
    let customers = json!([{ "ClientUserId": "c" }]);
    let folder = Folder::new("no-table", &[("agents.json", agents), ("customers.json", customers)]);
    let mut command = command(Some(&store.endpoint()), &["import", folder.path(), "--yes"]);
    let output = command.env_remove("CUSTOMERS_TABLE").output().await.unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(!output.status.success() && said.contains("CUSTOMERS_TABLE is not set"), "{said}");
    assert!(rows_of(&store, "desk-agents", "AgentId", "new@example.com").await.is_none());
}
