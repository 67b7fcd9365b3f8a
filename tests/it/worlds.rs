//! Random deployments: whoever tells what a decision would be says what the webhook decides,
//! whatever is known of the customer.

use std::cell::RefCell;
use std::collections::BTreeMap;

use desk_cli::local::embedded::Embedded;
use desk_router::settings::Settings;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use routing::inspect::CustomerRows;
use routing::rows::{Row, row_from_json};
use serde_json::{Value, json};
use testing::deciding::{Deciding, explain_by_rows, replay_by_rows, with_row_in_error};
use testing::question;

use crate::properties::rows::{CALENDAR, good_agent, good_rule, keyed};
use crate::properties::{at, compile, session};

/// What there is of the customer who asks.
#[derive(Debug, Clone)]
enum CustomerState {
    Absent,
    Good(Value),
    /// The row's `ExpiresAt` was so many seconds ago.
    Expired(Value, i64),
    /// With an attribute that cannot be read.
    InError(Value, &'static str, Value),
    /// The table fails; there would be a row.
    Unreadable(Value),
}

/// A good customer row, without its key.
fn good_customer() -> impl Strategy<Value = Value> {
    let segments = prop::sample::select(vec![
        json!(null),
        json!(["vip"]),
        json!(["trial"]),
        json!({ "vip": "2026-11-22", "trial": "2027-01-01" }),
    ]);
    let language = prop::option::of(prop::sample::select(vec!["ko", "de", "ko_KR"]));
    let owner = prop::option::of(prop::sample::select(vec!["ann", "bob", "stranger"]));
    (segments, language, owner).prop_map(|(segments, language, owner)| {
        let mut row = json!({});
        for (name, value) in
            [("Segments", segments), ("Language", json!(language)), ("Owner", json!(owner))]
        {
            if !value.is_null() {
                row[name] = value;
            }
        }
        row
    })
}

fn customer_state() -> impl Strategy<Value = CustomerState> {
    let wrong = prop::sample::select(vec![
        ("Segmets", json!(["vip"])),
        ("Language", json!({ "is": "ko" })),
        ("ExpiresAt", json!("soon")),
        ("Owner", json!(["ann", "bob"])),
    ]);
    prop_oneof![
        Just(CustomerState::Absent),
        good_customer().prop_map(CustomerState::Good),
        (good_customer(), prop_oneof![Just(0), 1..100_000_i64])
            .prop_map(|(row, ago)| CustomerState::Expired(row, ago)),
        (good_customer(), wrong)
            .prop_map(|(row, (name, value))| CustomerState::InError(row, name, value)),
        good_customer().prop_map(CustomerState::Unreadable),
    ]
}

/// A good rule that may ask for the customer, a turn or the last agent.
fn asking_rule() -> impl Strategy<Value = Value> {
    let condition = prop::sample::select(vec![
        json!({}),
        json!({ "Segments": ["vip"] }),
        json!({ "NotSegments": ["vip"] }),
        json!({ "Languages": ["ko"] }),
        json!({ "NotLanguages": ["ko", "fr"] }),
    ]);
    let choice = prop::sample::select(vec![
        json!({}),
        json!({ "Prefer": ["owner"] }),
        json!({ "Strategy": "round_robin", "MaxAgents": 1 }),
        json!({ "Strategy": "hash", "Prefer": ["last_agent", "owner"], "MaxAgents": 1 }),
    ]);
    (good_rule(), condition, choice).prop_map(|(mut rule, condition, choice)| {
        let names_agents = rule.get("Rosters").or(rule.get("AgentIds")).is_some();
        let row = rule.as_object_mut().unwrap();
        // One condition on segments is there already, or not at all.
        if !row.contains_key("NotSegments") {
            row.extend(condition.as_object().unwrap().clone());
        }
        if names_agents {
            row.extend(choice.as_object().unwrap().clone());
        }
        rule
    })
}

#[derive(Debug, Clone)]
struct World {
    rules: Vec<Value>,
    agents: Vec<Value>,
    user: String,
    customer: CustomerState,
    minute: i64,
}

fn world() -> impl Strategy<Value = World> {
    let rules = prop::collection::vec(asking_rule(), 1..5);
    let agents = prop::collection::vec(good_agent(), 0..5);
    (rules, agents, "[abx]{1,3}", customer_state(), 0_i64..20_000).prop_map(
        |(rules, agents, user, customer, minute)| World {
            rules: keyed("RuleId", &["r1", "r2", "r3", "r4"], rules),
            agents: keyed("AgentId", &["ann", "bob", "cid", "dan"], agents),
            user,
            customer,
            minute,
        },
    )
}

impl World {
    /// The rows of the customers table.
    fn customers(&self) -> Vec<Row> {
        let mut json = match &self.customer {
            CustomerState::Absent => return Vec::new(),
            CustomerState::Good(row)
            | CustomerState::Expired(row, _)
            | CustomerState::InError(row, ..)
            | CustomerState::Unreadable(row) => row.clone(),
        };
        json["ClientUserId"] = self.user.clone().into();
        match &self.customer {
            CustomerState::Expired(_, ago) => {
                json["ExpiresAt"] = (at(self.minute).timestamp() - ago).into();
            }
            CustomerState::InError(_, name, value) => json[name] = value.clone(),
            CustomerState::Absent | CustomerState::Good(_) | CustomerState::Unreadable(_) => {}
        }
        vec![row_from_json(json.as_object().unwrap().clone())]
    }

    fn kind(&self) -> &'static str {
        match self.customer {
            CustomerState::Absent => "absent",
            CustomerState::Good(_) => "good",
            CustomerState::Expired(..) => "expired",
            CustomerState::InError(..) => "in error",
            CustomerState::Unreadable(_) => "unreadable",
        }
    }
}

/// How often the customer had a say, by kind.
type Counts = BTreeMap<&'static str, u32>;

async fn agree(
    world: &World,
    store: &Embedded,
    settings: &Settings,
    number: usize,
    counts: &RefCell<Counts>,
) -> Result<(), TestCaseError> {
    let snapshot = compile(&world.rules, &world.agents, &[serde_json::from_str(CALENDAR).unwrap()]);
    prop_assert_eq!(snapshot.errors(), 0, "{:?}", snapshot.findings());
    let customers = world.customers();
    let deciding = Deciding::start(store, &number.to_string(), settings, &customers).await;
    let session = session("s", &world.user);
    let question = question(&snapshot, &session, at(world.minute));
    // An unreadable customer is one whose row is in error.
    let unreadable = matches!(world.customer, CustomerState::Unreadable(_));
    let rows = if unreadable { with_row_in_error(&customers, &world.user) } else { customers };
    let by_rows = CustomerRows::new(&rows, &settings.defaults);

    let tables = deciding.tables(unreadable, false);
    let explained = deciding.explain(&question, &tables).await;
    let explained_by_rows = explain_by_rows(&question, &by_rows);
    let replayed = replay_by_rows(&question, &by_rows);
    let decided = deciding.decide(&question, &tables).await;
    prop_assert_eq!(&explained.decision, &decided, "`explain` by tables");
    prop_assert_eq!(&explained_by_rows.decision, &decided, "`explain` by rows");
    prop_assert_eq!(&replayed, &decided, "`replay`");
    prop_assert_eq!(&explained.trace, &explained_by_rows.trace);
    prop_assert_eq!(&explained.segments, &explained_by_rows.segments);

    // An expired customer is none; only of the others may the decision be another.
    let nobody = replay_by_rows(&question, &CustomerRows::new(&[], &settings.defaults));
    let has_a_say = nobody != decided;
    prop_assert!(
        !has_a_say || !matches!(world.customer, CustomerState::Absent | CustomerState::Expired(..))
    );
    *counts.borrow_mut().entry(world.kind()).or_default() += u32::from(has_a_say);
    Ok(())
}

/// `explain` and `replay` tell what the webhook decides, with customers absent, good, expired, in
/// error and unreadable.
#[test]
fn explain_and_replay_tell_what_the_webhook_decides() {
    let runtime =
        tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    let store = runtime.block_on(Embedded::start(0)).unwrap();
    let settings = testing::settings(&[("TIME_ZONE", "Europe/Berlin")]);
    let (counts, number) = (RefCell::new(Counts::new()), RefCell::new(0));
    let config = Config { cases: 300, source_file: Some(file!()), ..Config::default() };
    let ran = TestRunner::new(config).run(&world(), |world| {
        *number.borrow_mut() += 1;
        let number = *number.borrow();
        runtime.block_on(agree(&world, &store, &settings, number, &counts))
    });
    ran.unwrap_or_else(|error| panic!("{error}"));
    let counts = counts.into_inner();
    assert!(
        ["good", "in error", "unreadable"].iter().all(|kind| counts[kind] > 3),
        "worlds in which the customer has a say: {counts:?}"
    );
}
