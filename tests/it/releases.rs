//! Releases through the real SDK client: published by two at once, read by a webhook, with faults
//! at each request.

mod any_request;
mod late_copies;
mod unusable;

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use aws_sdk_dynamodb::primitives::Blob;
use aws_sdk_dynamodb::types::AttributeValue as Attribute;
use chrono::{DateTime, TimeDelta, Utc};
use desk_cli::command::serve::sample_settings;
use desk_cli::local::embedded::{Embedded, RELEASES_TABLE, credentials};
use desk_router::store::{ReleasesTable, Tables, fresh_id};
use desk_router::webhook::{Budgets, Codec};
use routing::hours::Zone;
use routing::release::{
    Candidate, Counts, EditedRows, Form, Order, OrderOutcome, PART_BYTES, Store, carry_out,
    clean_up, decode, encode, encode_typed, settle,
};
use routing::rows::{Defaults, row_from_json};
use routing::snapshot::Snapshot;
use serde_json::{Value, json};

use testing::bad_tables::{FAULTS, Proxy};
use testing::large::large_of;
use testing::patience::within;
use testing::running::Running;
use testing_basics::processor_time;

/// The tests' form of a release: a group, and as many bytes as the release is to have.
const FORMAT: u32 = 7;
const CHANGES: [(&str, &str); 2] =
    [("RELEASES_TABLE", RELEASES_TABLE), ("CONFIG_TTL_SECONDS", "0")];

fn codec() -> Codec {
    let decode = |_: u32, bytes: &[u8]| {
        let group = bytes.split(|byte| *byte == b' ').next().unwrap();
        let group: u64 = String::from_utf8_lossy(group).parse().map_err(|_| "no group")?;
        let rule = json!({ "RuleId": "r", "Priority": 1, "AgentGroupId": group });
        let rules = vec![row_from_json(rule.as_object().unwrap().clone())];
        let rows = routing::rows::Rows { rules, ..Default::default() };
        let defaults = Defaults {
            time_zone: Zone::utc(),
            holiday_country: None,
            customers: false,
            assignments: false,
        };
        Ok(Snapshot::compile(&rows, &defaults, Utc::now()))
    };
    Codec { formats: &[FORMAT], decode: Arc::new(decode) }
}

/// Rows that say: this group.
struct Group(u64, usize);

impl EditedRows for Group {
    type Error = Infallible;

    async fn settle(&mut self, _: Option<(u32, &[u8])>) -> Result<Candidate, Infallible> {
        let mut typed = format!("{} ", self.0).into_bytes();
        typed.resize(self.1.max(typed.len()), b'.');
        let counts = Counts { rules: 1, agents: 0 };
        Ok(Candidate { format: FORMAT, typed, rows: b"rows".to_vec(), counts })
    }
}

fn releases(endpoint: &str) -> ReleasesTable {
    tables(endpoint).patient().releases().unwrap()
}

/// The tables for work that somebody waits for: two tries, and little time.
fn tables(endpoint: &str) -> Tables {
    let settings = sample_settings(endpoint, |name| {
        let changes = CHANGES.iter().find(|(key, _)| *key == name);
        changes.map(|(_, value)| (*value).to_owned())
    });
    let settings = settings.unwrap();
    Tables::with_credentials(&settings, Some(credentials()))
}

async fn order(releases: &ReleasesTable, order: Order, mut rows: Group) -> OrderOutcome {
    carry_out(&order, releases, &mut rows, Utc::now(), &fresh_id).await.unwrap()
}

async fn publish(releases: &ReleasesTable, group: u64) -> u64 {
    match order(releases, Order::Look, Group(group, 0)).await {
        OrderOutcome::Published(release, _) => release.number,
        other => panic!("{other:?}"),
    }
}

fn group(answer: &Value) -> u64 {
    answer["AgentGroupId"].as_u64().unwrap_or_default()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_release_of_several_parts_is_what_was_published() {
    let store = Embedded::start(0).await.unwrap();
    let releases = releases(&store.endpoint());
    assert!(releases.pointer().await.unwrap().live.is_none());
    let outcome = order(&releases, Order::Look, Group(6521, 3 * PART_BYTES + 1)).await;
    let OrderOutcome::Published(first, _) = outcome else { panic!("{outcome:?}") };
    assert_eq!((first.number, first.typed, first.parts.len()), (1, 4, 5));
    let pointer = releases.pointer().await.unwrap();
    assert_eq!((pointer.live.as_ref(), pointer.wanted, pointer.covers), (Some(&first), 1, 1));
    let running = Running::start_with(&store.endpoint(), &CHANGES, |w| w.with_codec(codec())).await;
    let (answer, record) = running.ask("u").await;
    assert_eq!((group(&answer), &record["release"]), (6521, &json!(1)));
    assert_eq!((&record["table_reads"], &record["degraded"]), (&json!(1), &json!([])), "{record}");
    assert_eq!(record["config_age_ms"], 0);

    assert_eq!(publish(&releases, 6522).await, 2);
    let (answer, record) = running.ask("u").await;
    assert_eq!(
        (group(&answer), &record["release"], &record["table_reads"]),
        (6522, &json!(2), &json!(2))
    );

    let outcome =
        order(&releases, Order::Back { number: 1, by: "ann".to_owned() }, Group(6522, 0)).await;
    assert!(matches!(outcome, OrderOutcome::Back(..)), "{outcome:?}");
    let (answer, record) = running.ask("u").await;
    assert_eq!((group(&answer), &record["release"]), (6521, &json!(3)));
    let outcome = order(&releases, Order::Look, Group(6522, 0)).await;
    assert!(matches!(outcome, OrderOutcome::Held(_)), "{outcome:?}");

    for (number, outcome) in [(1, OrderOutcome::Erased(1)), (3, OrderOutcome::IsLive(3))] {
        assert_eq!(order(&releases, Order::Erase { number }, Group(6522, 0)).await, outcome);
    }
    let listed = releases.listed_before(u64::MAX, 10).await.unwrap();
    assert_eq!(listed.iter().map(|release| release.number).collect::<Vec<_>>(), [2]);
    for (form, gone) in [(Form::Typed, vec![None; 4]), (Form::Rows, vec![None])] {
        assert_eq!(releases.parts(&first, form).await.unwrap(), gone);
    }
    assert_eq!(group(&running.ask("u").await.0), 6521);
}

/// Many publishers at once: every number once, every look covered, nothing left over.
#[tokio::test(flavor = "multi_thread")]
async fn many_publishers_at_once() {
    let store = Embedded::start(0).await.unwrap();
    let releases = releases(&store.endpoint());
    let mut looks = tokio::task::JoinSet::new();
    for publisher in 0..6 {
        let releases = releases.clone();
        looks.spawn(async move {
            let mut published = Vec::new();
            for round in 0..5 {
                let group = Group(publisher * 10 + round + 1, 0);
                if let OrderOutcome::Published(release, _) =
                    order(&releases, Order::Look, group).await
                {
                    published.push(release.number);
                }
            }
            published
        });
    }
    let mut numbers: Vec<u64> = looks.join_all().await.into_iter().flatten().collect();
    numbers.sort_unstable();
    assert_eq!(numbers, (1..=u64::try_from(numbers.len()).unwrap()).collect::<Vec<_>>());
    let pointer = releases.pointer().await.unwrap();
    assert_eq!((pointer.wanted, pointer.covers), (30, 30));
    clean_up(&releases, Utc::now() + TimeDelta::hours(1)).await.unwrap();
    let contents = releases.contents().await.unwrap();
    assert_eq!(contents.len(), numbers.len(), "what lost is removed, what was live is kept");
}

/// A fault at each request of a start and of a look: an answer in time by what is known, and the
/// mark when that may not be what is live.
#[tokio::test(flavor = "multi_thread")]
async fn a_reader_that_meets_any_fault_answers_in_time() {
    let store = Embedded::start(0).await.unwrap();
    let releases = releases(&store.endpoint());
    publish(&releases, 1).await;
    let proxy = Proxy::start(&store.endpoint()).await;
    let budgets = Budgets { start: Duration::from_millis(300), ..Budgets::default() };
    let start = || {
        let endpoint = proxy.endpoint();
        let webhook =
            |w: desk_router::webhook::Webhook| w.with_codec(codec()).with_budgets(budgets);
        async move { Running::start_in_time_with(&endpoint, &CHANGES, webhook).await }
    };
    for fault in FAULTS {
        for requests in 0..2 {
            order(&releases, Order::Look, Group(1, 0)).await;
            let number = releases.pointer().await.unwrap().number();
            let running = start().await;
            assert_eq!(group(&running.ask_until_calm("s", "u").await.0), 1);
            order(&releases, Order::Look, Group(2, 0)).await;
            proxy.set_after(requests, Some(fault));
            let about = format!("{fault:?} after {requests}");
            let (answer, record) =
                within(Duration::from_millis(1_700), about, running.ask("u")).await;
            assert_eq!((group(&answer), &record["release"]), (1, &json!(number)), "{fault:?}");
            assert_eq!(record["degraded"], json!(["config"]), "{fault:?} after {requests}");
            proxy.calm();
            let (answer, _) = running.ask_until_calm("s", "u").await;
            assert_eq!(group(&answer), 2, "{fault:?}");

            // A start in the same weather has nothing, and answers the default.
            proxy.set_after(requests, Some(fault));
            let running = start().await;
            let (answer, record) = running.ask("u").await;
            assert_eq!(
                (group(&answer), &record["outcome"]),
                (1000, &json!("fallback")),
                "{fault:?}"
            );
            proxy.calm();
            let (answer, _) = running.ask_until_calm("s", "u").await;
            assert_eq!(group(&answer), 2, "{fault:?} after {requests}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn damaged_and_missing_parts() {
    let store = Embedded::start(0).await.unwrap();
    let releases = releases(&store.endpoint());
    publish(&releases, 1).await;
    let start = || async {
        Running::start_with(&store.endpoint(), &CHANGES, |w| w.with_codec(codec())).await
    };
    let warm = start().await;
    publish(&releases, 2).await;
    let live = releases.pointer().await.unwrap().live.unwrap();
    let put = store
        .client()
        .put_item()
        .table_name(RELEASES_TABLE)
        .item("Id", Attribute::S(format!("part#{}", live.content)))
        .item("Sort", Attribute::S("00".to_owned()))
        .item("Bytes", Attribute::B(Blob::new(*b"3 ")));
    put.send().await.unwrap();
    for running in [&warm, &start().await] {
        let (answer, record) = running.ask("u").await;
        assert_eq!((group(&answer), &record["release"]), (1, &json!(1)));
        assert_eq!(record["degraded"], json!(["config"]));
    }
    // The next look finds the damage, and publishes the same rows anew.
    assert_eq!(publish(&releases, 2).await, 3);
    let (answer, record) = warm.ask("u").await;
    assert_eq!(
        (group(&answer), &record["release"], &record["degraded"]),
        (2, &json!(3), &json!([]))
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_release_the_tables_are_read() {
    let store = testing::running::store(json!({
        "rules": [{ "RuleId": "typed", "Priority": 1, "AgentGroupId": 6521 }]
    }))
    .await;
    let running = Running::start_with(&store.endpoint(), &CHANGES, |w| w.with_codec(codec())).await;
    let (answer, record) = running.ask("u").await;
    assert_eq!((group(&answer), &record["release"]), (6521, &Value::Null));
    publish(&releases(&store.endpoint()), 7).await;
    let (answer, record) = running.ask("u").await;
    assert_eq!((group(&answer), &record["release"]), (7, &json!(1)));
}

/// What each instance reads was read out of the rows when the release was made: it takes about as
/// long as to decode these rows, which is a part of reading them.
#[test]
fn a_release_is_read_in_about_the_time_that_its_rows_take_to_decode() {
    let now = DateTime::from_timestamp(1_795_608_000, 0).unwrap();
    let defaults = testing::settings(&[("HOLIDAY_COUNTRY", "KR")]).defaults;
    let rows = large_of(1_000, 0).for_snapshot();
    let (settled, _) = settle(&rows, None, &defaults, now);
    let (bytes, typed) = (encode(&settled).unwrap(), encode_typed(&settled, now).unwrap());
    let least = |work: &dyn Fn()| {
        let timed = (0..9).map(|_| {
            let started = processor_time();
            work();
            processor_time() - started
        });
        timed.min().unwrap()
    };
    let decoded = least(&|| drop(decode(&bytes).unwrap()));
    let read = least(&|| drop(Snapshot::of_release(&typed).unwrap()));
    assert!(read < decoded * 2, "{read:?} to read what takes {decoded:?} to decode");
}
