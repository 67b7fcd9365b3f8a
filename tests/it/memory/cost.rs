//! What each kind of decision asks of the tables.

use std::collections::BTreeSet;
use std::time::Duration;

use desk_router::store::WEBHOOK_ACTIONS;
use serde_json::json;

use super::{FRESH, LEARN, kinds};
use testing::bad_tables::Proxy;
use testing::patience::{Degraded, calm};
use testing::running::{Running, store};
use testing::session_event;

/// What each kind of decision costs: reads, writes, and how many of them one after the other.
#[tokio::test(flavor = "multi_thread")]
async fn the_cost_of_each_kind_of_decision() {
    // Requests at the same time may come one after the other on a busy machine, and not the other
    // way round.
    calm(async |_| {
        let store = store(kinds()).await;
        let proxy = Proxy::start(&store.endpoint()).await;
        let running = Running::start(&proxy.endpoint(), &[FRESH, LEARN]).await;
        proxy.delay(Duration::from_millis(30));
        cost_of_each_kind(&running, &proxy).await
    })
    .await;
}

async fn cost_of_each_kind(running: &Running, proxy: &Proxy) -> Result<(), Degraded> {
    for (what, session, user, reads, writes, in_turn) in [
        ("stateless", "1", "h", 0, 0, 0),
        ("rotation: the turn and the record", "2", "r", 0, 2, 2),
        ("rotation, the same event", "2", "r", 0, 2, 2),
        ("last agent, none yet", "3", "l", 2, 2, 2),
        ("last agent, known", "4", "l", 2, 2, 2),
        ("last agent, the same event", "4", "l", 2, 0, 1),
        ("rotation and last agent, none yet", "5", "b", 2, 3, 3),
        ("rotation and last agent, known: no turn", "6", "b", 2, 2, 2),
        ("rotation and last agent, the same event", "6", "b", 2, 0, 1),
        ("with the owner, who is read at the same time", "7", "o", 3, 3, 3),
    ] {
        let (_, record) = running.ask_in(session, user).await;
        assert_eq!(
            (&record["table_reads"], &record["table_writes"]),
            (&json!(reads), &json!(writes)),
            "{what}: {record}"
        );
        assert_eq!(record["degraded"], json!([]), "{what}");
        let trips = proxy.round_trips();
        assert!(trips >= in_turn, "{what}: {trips} round trips");
        if trips > in_turn {
            return Err(Degraded(format!("{what}: {trips} round trips")));
        }
    }
    Ok(())
}

/// Every kind of decision and a session event ask for what the role allows, and for nothing else.
#[tokio::test(flavor = "multi_thread")]
async fn what_is_asked_of_the_tables() {
    let store = store(kinds()).await;
    let proxy = Proxy::start(&store.endpoint()).await;
    let running = Running::start(&proxy.endpoint(), &[FRESH, LEARN]).await;
    for user in ["h", "r", "l", "b", "o"] {
        running.ask_in(user, user).await;
        running.ask_in(user, user).await;
    }
    let (_, record) = running.handle(&session_event("SessionBegin", "other", "ann")).await;
    assert_eq!(record["reason"], "agent_learned");
    let asked: BTreeSet<String> = proxy.asked().into_keys().collect();
    assert_eq!(asked, WEBHOOK_ACTIONS.map(str::to_owned).into());
}
