//! What is live cannot be used, through the real client: the answer is valid, and marked.

use std::time::Duration;

use aws_sdk_dynamodb::primitives::Blob;
use aws_sdk_dynamodb::types::AttributeValue as Attribute;
use desk_cli::local::embedded::Embedded;
use desk_router::store::fresh_id;
use desk_router::webhook::Budgets;
use routing::release::{Content, Form, Store};
use routing::rows::Table;
use serde_json::{Value, json};

use testing::bad_tables::{Fault, Proxy};
use testing::operating::Operating;
use testing::patience::within;
use testing::running::{BY_RELEASES, Running, store};

/// A format that no version knows yet.
const LATER_FORMAT: u32 = 99;

async fn publish(desk: &Operating, group: u64) {
    desk.edit(Table::Rules, json!({ "RuleId": "r", "Priority": 1, "AgentGroupId": group })).await;
    assert_eq!(desk.handle(json!({ "Look": {} })).await["Outcome"], "Published");
}

/// The next release, of a form that is unknown here, as a publisher of a later version makes it
/// live while a deploy is under way.
async fn publish_later_format(desk: &Operating) {
    let (store, mut pointer) = (desk.releases(), desk.pointer().await);
    let mut live = pointer.live.take().unwrap();
    let mut parts: Vec<Vec<u8>> = Vec::new();
    for form in [Form::Typed, Form::Rows] {
        parts.extend(store.parts(&live, form).await.unwrap().into_iter().map(Option::unwrap));
    }
    store.list(&live).await.unwrap();
    let (id, basis) = (fresh_id(), pointer.revision);
    let note =
        Content { id, basis, parts: parts.len(), noted_at: live.published_at, is_gone: false };
    assert!(store.register(&note).await.unwrap());
    let parts: Vec<&[u8]> = parts.iter().map(Vec::as_slice).collect();
    store.write_parts(&note.id, &parts).await.unwrap();
    live.number += 1;
    live.format = LATER_FORMAT;
    live.content = note.id;
    pointer.live = Some(live);
    pointer.revision += 1;
    assert!(store.write_pointer(&pointer).await.unwrap());
}

async fn ask(running: &Running) -> (Value, Value, Value) {
    let (answer, record) = running.ask("u").await;
    (answer["AgentGroupId"].clone(), record["release"].clone(), record["degraded"].clone())
}

async fn begin() -> (Embedded, Operating) {
    let store = store(json!({})).await;
    let desk = Operating::start(&store).await;
    (store, desk)
}

#[tokio::test(flavor = "multi_thread")]
async fn of_an_unknown_format_the_newest_release_of_a_known_one_is_used() {
    let (store, desk) = begin().await;
    let start = async || Running::start(&store.endpoint(), &[BY_RELEASES]).await;
    publish(&desk, 1).await;
    let warm = start().await;
    publish(&desk, 2).await;
    publish_later_format(&desk).await;
    publish_later_format(&desk).await;
    let degraded = (json!(2), json!(2), json!(["config"]));
    for running in [&warm, &start().await] {
        assert_eq!(ask(running).await, degraded, "not the one it had, and not the latest");
    }
    // However many are of the later one.
    for _ in 0..20 {
        publish_later_format(&desk).await;
    }
    assert_eq!(ask(&start().await).await, degraded);
    // The publisher of this version publishes what it can read, and says what it could not.
    publish(&desk, 5).await;
    assert_eq!(desk.lines("release_unreadable").len(), 1);
    for running in [&warm, &start().await] {
        assert_eq!(ask(running).await, (json!(5), json!(25), json!([])));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn of_an_unknown_format_alone_a_start_has_nothing_and_answers_the_default() {
    let (store, desk) = begin().await;
    publish(&desk, 1).await;
    let warm = Running::start(&store.endpoint(), &[BY_RELEASES]).await;
    desk.handle(json!({ "Hold": { "Why": "a deploy" } })).await;
    publish_later_format(&desk).await;
    desk.handle(json!({ "Erase": { "Release": 1 } })).await;
    assert_eq!(ask(&warm).await, (json!(1), json!(1), json!(["config"])), "it keeps what it has");
    let running = Running::start(&store.endpoint(), &[BY_RELEASES]).await;
    assert_eq!(ask(&running).await, (json!(1000), Value::Null, json!(["config"])));
}

#[tokio::test(flavor = "multi_thread")]
async fn without_the_table_of_releases_a_start_has_nothing_and_an_instance_keeps_what_it_has() {
    let (store, desk) = begin().await;
    publish(&desk, 1).await;
    let warm = Running::start(&store.endpoint(), &[BY_RELEASES]).await;
    store.client().delete_table().table_name(BY_RELEASES.1).send().await.unwrap();
    assert_eq!(ask(&warm).await, (json!(1), json!(1), json!(["config"])));
    let running = Running::start(&store.endpoint(), &[BY_RELEASES]).await;
    let (answer, record) = running.ask("u").await;
    assert_eq!((&answer["AgentGroupId"], &record["outcome"]), (&json!(1000), &json!("fallback")));
    assert_eq!((&record["reason"], &record["degraded"]), (&json!("no_config"), &json!(["config"])));
    assert!(!running.lines("config_load_failed").is_empty());
}

/// A part of what is live is damaged, as nobody should.
async fn damage(store: &Embedded, desk: &Operating) {
    let live = desk.pointer().await.live.unwrap();
    let put = store.client().put_item().table_name(BY_RELEASES.1);
    let put = put.item("Id", Attribute::S(format!("part#{}", live.content)));
    let put = put.item("Sort", Attribute::S("00".to_owned()));
    put.item("Bytes", Attribute::B(Blob::new(*b"no"))).send().await.unwrap();
}

/// What a start asks for on the way to an older release, and a refresh.
const STARTS: [&str; 5] =
    ["GetItem pointer", "GetItem part#", "GetItem part#", "Query ", "GetItem part#"];
const REFRESHES: [&str; 3] = ["GetItem pointer", "Query ", "GetItem part#"];

/// A start and a refresh on the way to an older release, with a fault from each request on: an
/// answer in time by what is known, marked; afterwards the older release, marked as well.
#[tokio::test(flavor = "multi_thread")]
async fn a_fault_at_any_request_on_the_way_to_an_older_release_is_answered_in_time() {
    let in_time = Duration::from_millis(1_700);
    for fault in [Fault::Hang, Fault::ServerError] {
        // Nobody waits longer than must be for what hangs.
        let start = if fault == Fault::Hang { Duration::from_millis(300) } else { in_time };
        let budgets = Budgets { start, ..Budgets::default() };
        for (is_warm, way) in [(false, &STARTS[..]), (true, &REFRESHES[..])] {
            let (store, desk) = begin().await;
            let proxy = Proxy::start(&store.endpoint()).await;
            let start = || {
                let endpoint = proxy.endpoint();
                let webhook = |w: desk_router::webhook::Webhook| w.with_budgets(budgets);
                async move { Running::start_in_time_with(&endpoint, &[BY_RELEASES], webhook).await }
            };
            for requests in 0..way.len() {
                let about = format!("warm: {is_warm}, {fault:?} after {requests}");
                publish(&desk, 1).await;
                let known = match is_warm {
                    true => (json!(1), json!(desk.pointer().await.number())),
                    false => (json!(1000), Value::Null),
                };
                let warm = if is_warm { Some(start().await) } else { None };
                if let Some(warm) = &warm {
                    warm.ask_until_calm("s", "u").await;
                }
                publish(&desk, 2).await;
                let older = json!(desk.pointer().await.number());
                if is_warm {
                    publish_later_format(&desk).await;
                } else {
                    publish(&desk, 3).await;
                    damage(&store, &desk).await;
                }
                proxy.set_after(requests, Some(fault));
                let running = match warm {
                    Some(warm) => warm,
                    None => start().await,
                };
                let config = json!(["config"]);
                let said = within(in_time, &about, ask(&running)).await;
                assert_eq!(said, (known.0, known.1, config.clone()), "{about}");
                let met = proxy.met().unwrap();
                assert!(fault == Fault::Hang || met.starts_with(way[requests]), "{about}: {met}");
                proxy.set_after(way.len(), Some(fault));
                assert_eq!(ask(&running).await, (json!(2), older, config), "{about}");
                assert_eq!(proxy.met(), None, "{about}: the way is longer");
                proxy.calm();
            }
        }
    }
}
