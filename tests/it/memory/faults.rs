//! Faults of the table: every answer in time, and memory again when they are over.

use std::time::Duration;

use serde_json::json;

use super::{FRESH, LEARN, kinds};
use testing::bad_tables::{FAULTS, Fault, Proxy};
use testing::patience::{Degraded, calm, within};
use testing::running::{Running, store};
use testing::session_event;

/// Whatever is wrong with the assignments table: `hash` decides, the record says so, the answer is
/// in time, and it recovers by itself.
#[tokio::test(flavor = "multi_thread")]
async fn faults_of_the_assignments_table() {
    let store = store(kinds()).await;
    let plain = Running::start(&store.endpoint(), &[FRESH]).await;
    for fault in FAULTS {
        let proxy = Proxy::start(&store.endpoint()).await;
        let running = Running::start_in_time(&proxy.endpoint(), &[FRESH, LEARN]).await;
        let running = running.until_loaded().await;
        for (number, user) in ["r", "l", "b", "o"].into_iter().enumerate() {
            let session = format!("{fault:?}-{number}");
            let hash = plain.ask_in(&session, "h").await.0;
            proxy.set(Some(fault));
            let about = format!("{fault:?}, {user}");
            let asked = running.ask_in(&session, user);
            let (answer, record) = within(Duration::from_millis(600), about, asked).await;
            proxy.set(None);
            assert_eq!(
                (&answer, &record["strategy"]),
                (&hash, &json!("hash")),
                "{fault:?}, {user}"
            );
            let degraded = if user == "o" {
                json!(["customers", "assignments"])
            } else {
                json!(["assignments"])
            };
            let mut found: Vec<&str> = record["degraded"]
                .as_array()
                .unwrap()
                .iter()
                .map(|what| what.as_str().unwrap())
                .collect();
            found.sort_unstable_by(|a, b| b.cmp(a));
            assert_eq!(json!(found), degraded, "{fault:?}, {user}");
            assert_eq!(
                (&record["outcome"], &record["reason"]),
                (&json!("agents"), &json!("rule_matched")),
                "{fault:?}, {user}"
            );
            let (_, record) = running.ask_until_calm(&session, user).await;
            assert_ne!(
                record["strategy"],
                if user == "l" { json!("") } else { json!("hash") },
                "{fault:?}, {user}"
            );
        }
        // A session event is acknowledged all the same, and what it says is learned from the next
        // one.
        proxy.set(Some(fault));
        let user = format!("b-{fault:?}");
        let event = session_event("SessionBegin", &user, "cho");
        let told = running.handle(&event);
        let about = format!("{fault:?}, a session event");
        let (answer, record) = within(Duration::from_millis(600), about, told).await;
        assert_eq!(
            (&answer["ActionStatus"], &record["degraded"]),
            (&json!("OK"), &json!(["assignments"])),
            "{fault:?}"
        );
        proxy.set(None);
        assert_eq!(
            running.handle(&session_event("SessionBegin", &user, "cho")).await.1["table_writes"],
            1,
            "{fault:?}"
        );
        assert!(!running.lines("assignments_failed").is_empty());
    }
}

/// The table fails between the requests of one decision: what was read or taken still counts.
#[tokio::test(flavor = "multi_thread")]
async fn faults_in_the_middle_of_a_decision() {
    let store = store(kinds()).await;
    for fault in [Fault::Hang, Fault::Throttled, Fault::ServerError, Fault::CutBody] {
        let proxy = Proxy::start(&store.endpoint()).await;
        let running = Running::start_in_time(&proxy.endpoint(), &[FRESH]).await;
        let running = running.until_loaded().await;
        // A request that a busy machine makes twice brings the fault forward.
        calm(async |number| {
            // The turn is taken, the decision cannot be recorded.
            proxy.set_after(1, Some(fault));
            let (_, record) = running.ask_in(&format!("{fault:?}-{number}-1"), "r").await;
            assert_eq!(record["degraded"], json!(["assignments"]), "{fault:?}: {record}");
            if record["strategy"] != json!("round_robin") {
                return Err(Degraded(format!("{fault:?}: no turn: {record}")));
            }
            // The last agent was read, the turn cannot be taken, and nothing more is asked of the
            // table.
            proxy.set_after(2, Some(fault));
            let (_, record) = running.ask_in(&format!("{fault:?}-{number}-2"), "b-nobody").await;
            assert_eq!(
                (&record["strategy"], &record["degraded"]),
                (&json!("hash"), &json!(["assignments"])),
                "{fault:?}"
            );
            if record["table_writes"] != json!(1) {
                return Err(Degraded(format!("{fault:?}: nothing was read: {record}")));
            }
            assert_eq!(record["table_reads"], json!(2), "{fault:?}");
            Ok(())
        })
        .await;
        proxy.set(None);
    }
}

/// Little time is left: the answer is there by the deadline, with what the decision has by then.
#[tokio::test(flavor = "multi_thread")]
async fn a_hanging_table_and_a_short_deadline() {
    let store = store(kinds()).await;
    let proxy = Proxy::start(&store.endpoint()).await;
    let short = [FRESH, ("DEADLINE_MS", "300")];
    let running = Running::start_in_time(&proxy.endpoint(), &short).await.until_loaded().await;
    running.ask_in("0", "h").await;
    proxy.set(Some(Fault::Hang));
    for user in ["r", "l", "b", "o"] {
        calm(async |_| {
            let asked = running.ask_in("1", user);
            let (_, record) = within(Duration::from_millis(330), user, asked).await;
            if record["reason"] == "deadline" {
                return Err(Degraded(record.to_string()));
            }
            assert_eq!(
                (&record["outcome"], &record["strategy"]),
                (&json!("agents"), &json!("hash")),
                "{user}"
            );
            Ok(())
        })
        .await;
    }
}
