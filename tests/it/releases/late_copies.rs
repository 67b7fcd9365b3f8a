//! A webhook over copies that are behind: what an eventually consistent read says is not believed
//! against better knowledge, and whatever hangs meanwhile, the answer is valid and in time.

use std::time::Duration;

use aws_sdk_dynamodb::types::AttributeValue as Attribute;
use desk_cli::local::embedded::{Embedded, RELEASES_TABLE};
use desk_router::webhook::Budgets;
use routing::rows::Table;
use serde_json::{Value, json};

use testing::bad_tables::{Fault, Proxy};
use testing::copies::{Answers, Copies, Request};
use testing::operating::Operating;
use testing::patience::within;
use testing::running::{BY_RELEASES, Running, store};

/// The key of the pointer, or of any part, as it is in a key's JSON.
const POINTER_AND_PARTS: &str = r#""S":"p"#;

/// A store whose one rule answers a group, its copies, and the operator function over them.
struct World {
    store: Embedded,
    copies: Copies,
    desk: Operating,
}

impl World {
    /// Before anything is published.
    async fn start() -> Self {
        let store = store(json!({})).await;
        let copies = Copies::start(&store, 7).await;
        let desk = Operating::start_at(&store, &copies.endpoint(), true).await;
        Self { store, copies, desk }
    }

    /// This group is live.
    async fn publish(&self, group: u64) {
        let rule = json!({ "RuleId": "r", "Priority": 1, "AgentGroupId": group });
        self.desk.edit(Table::Rules, rule).await;
        assert_eq!(self.desk.handle(json!({ "Look": {} })).await["Outcome"], "Published");
    }

    async fn webhook(&self) -> Running {
        Running::start(&self.copies.endpoint(), &[BY_RELEASES]).await
    }

    /// The pointer's own item.
    async fn pointer(&self) -> Item {
        let get = self.store.client().get_item().table_name(RELEASES_TABLE);
        let get = get.key("Id", s("pointer")).key("Sort", s("live")).consistent_read(true);
        get.send().await.unwrap().item.unwrap()
    }

    async fn put(&self, item: Item) {
        let put = self.copies.client().put_item().table_name(RELEASES_TABLE);
        put.set_item(Some(item)).send().await.unwrap();
    }

    /// Writes the pointer by hand: its JSON changed so.
    async fn by_hand(&self, change: impl FnOnce(&mut Value)) {
        let mut item = self.pointer().await;
        let mut json: Value = serde_json::from_str(item["Pointer"].as_s().unwrap()).unwrap();
        change(&mut json);
        item.insert("Pointer".to_owned(), s(&json.to_string()));
        self.put(item).await;
    }
}

type Item = std::collections::HashMap<String, Attribute>;

fn s(text: &str) -> Attribute {
    Attribute::S(text.to_owned())
}

/// Requests in short: parts without the id of their content.
fn short(requests: Vec<Request>) -> Vec<String> {
    let one = |request: Request| {
        let text = request.to_string();
        match text.split_once("part#") {
            Some((before, part)) => format!("{before}part{}", &part[32..]),
            None => text,
        }
    };
    requests.into_iter().map(one).collect()
}

/// The group, the release, and what is degraded.
async fn ask(running: &Running) -> (Value, Value, Value) {
    let (answer, record) = running.ask("u").await;
    (answer["AgentGroupId"].clone(), record["release"].clone(), record["degraded"].clone())
}

fn well(group: u64, release: u64) -> (Value, Value, Value) {
    (json!(group), json!(release), json!([]))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lower_number_is_read_again_consistently_before_it_is_believed() {
    let world = World::start().await;
    world.publish(1).await;
    let earlier = world.pointer().await;
    world.copies.keep_back("pointer");
    world.publish(2).await;
    world.copies.answer_by(Answers::Fresh);
    let running = world.webhook().await;
    assert_eq!(ask(&running).await, well(2, 2));

    world.copies.answer_by(Answers::Late);
    world.copies.requests();
    assert_eq!(ask(&running).await, well(2, 2));
    let again = ["GetItem pointer live", "GetItem pointer live!"];
    assert_eq!(short(world.copies.requests()), again);

    // The table was put back to an earlier time: what a consistent read says is so.
    world.put(earlier).await;
    world.copies.requests();
    assert_eq!(ask(&running).await, well(1, 1));
    let put_back = [again[0], again[1], "GetItem part 00"];
    assert_eq!(short(world.copies.requests()), put_back);
    assert_eq!(ask(&running).await, well(1, 1));
    assert_eq!(short(world.copies.requests()), [again[0]], "now it is the highest seen");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pointer_that_a_copy_does_not_have_is_read_again_consistently() {
    let world = World::start().await;
    world.copies.keep_back("pointer");
    world.publish(1).await;
    world.copies.answer_by(Answers::Late);
    world.copies.requests();
    let running = world.webhook().await;
    let requests = short(world.copies.requests());
    assert_eq!(requests, ["GetItem pointer live", "GetItem pointer live!", "GetItem part 00"]);
    assert_eq!(ask(&running).await, well(1, 1));
}

/// The pointer is there before what it names: a pointer from the future, as a copy sees it.
#[tokio::test(flavor = "multi_thread")]
async fn a_part_that_a_copy_does_not_have_is_read_again_consistently() {
    let world = World::start().await;
    world.publish(1).await;
    world.copies.answer_by(Answers::Late);
    let warm = world.webhook().await;
    world.copies.keep_back("part#");
    world.publish(2).await;
    world.copies.requests();
    for running in [warm, world.webhook().await] {
        assert_eq!(ask(&running).await, well(2, 2));
    }
    let one = ["GetItem pointer live", "GetItem part 00", "GetItem part 00!"];
    // One started first, and asked last.
    let expected = [&one[..], &one[..], &one[..1]].concat();
    assert_eq!(short(world.copies.requests()), expected);
}

/// A publisher whose clock is ahead; one of a later version; a number by hand.
#[tokio::test(flavor = "multi_thread")]
async fn a_pointer_from_the_future_is_read_as_far_as_it_is_known() {
    let mut world = World::start().await;
    world.publish(1).await;
    let running = world.webhook().await;
    world.desk.wait_minutes(60);
    world.publish(2).await;
    let (answer, record) = running.ask("u").await;
    assert_eq!((&answer["AgentGroupId"], &record["degraded"]), (&json!(2), &json!([])));
    assert!(record["config_age_ms"].as_u64().unwrap() < 60_000, "a time to come is now: {record}");

    world.by_hand(|pointer| pointer["Promised"] = json!({ "For": "later" })).await;
    assert_eq!(ask(&running).await, well(2, 2));
    assert_eq!(ask(&world.webhook().await).await, well(2, 2));

    world.by_hand(|pointer| pointer["Live"]["Number"] = json!(1_000)).await;
    let (group, _, degraded) = ask(&running).await;
    assert_eq!((group, degraded), (json!(2), json!([])));
    world.publish(3).await;
    assert_eq!(ask(&running).await, well(3, 1_001));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pointer_that_is_none_is_believed_by_nobody() {
    let world = World::start().await;
    world.publish(1).await;
    world.copies.answer_by(Answers::Fresh);
    let running = world.webhook().await;
    let good = world.pointer().await;
    world.by_hand(|pointer| *pointer = json!({ "Version": 2 })).await;
    let degraded = json!(["config"]);
    assert_eq!(ask(&running).await, (json!(1), json!(1), degraded.clone()));
    let (answer, record) = world.webhook().await.ask("u").await;
    assert_eq!((&answer["AgentGroupId"], &record["outcome"]), (&json!(1000), &json!("fallback")));
    assert_eq!(record["degraded"], degraded);
    // Nothing is published over what nobody understands.
    let rule = json!({ "RuleId": "r", "Priority": 1, "AgentGroupId": 2 });
    world.desk.edit(Table::Rules, rule).await;
    let look = world.desk.operator.handle(&json!({ "Look": {} }), world.desk.now).await;
    let error = look.unwrap_err();
    assert!(error.contains("the pointer to the live release cannot be read"), "{error}");
    world.put(good).await;
    world.publish(2).await;
    assert_eq!(ask(&running).await, well(2, 2));
}

/// A start and a refresh of four requests each, because the copy that answers has nothing of what
/// is live. From any of them on, nothing is answered any more.
#[tokio::test(flavor = "multi_thread")]
async fn a_table_that_hangs_at_a_second_read_is_answered_in_time() {
    let world = World::start().await;
    world.copies.keep_back(POINTER_AND_PARTS);
    world.publish(1).await;
    world.copies.answer_by(Answers::Late);
    let proxy = Proxy::start(&world.copies.endpoint()).await;
    let budgets = Budgets { start: Duration::from_millis(300), ..Budgets::default() };
    let start = || {
        let endpoint = proxy.endpoint();
        async move {
            Running::start_in_time_with(&endpoint, &[BY_RELEASES], |w| w.with_budgets(budgets))
                .await
        }
    };
    let in_time = Duration::from_millis(1_700);
    for requests in 0..4 {
        proxy.set_after(requests, Some(Fault::Hang));
        let running = start().await;
        let about = format!("a start, {requests} requests are answered");
        let (answer, record) = within(in_time, &about, running.ask("u")).await;
        assert_eq!(answer["AgentGroupId"], 1000, "{about}");
        assert_eq!(record["outcome"], "fallback", "{about}");
        assert_eq!(record["degraded"], json!(["config"]), "{about}");
        proxy.calm();
        assert_eq!(running.ask_until_calm("s", "u").await.0["AgentGroupId"], 1, "{about}");
    }
    for requests in 0..4 {
        // The copy stays behind what was seen, and a newer release is live.
        let seen = 2 + 2 * requests as u64;
        world.copies.catch_up().await;
        world.copies.keep_back(POINTER_AND_PARTS);
        world.publish(seen).await;
        world.copies.answer_by(Answers::Fresh);
        let running = start().await;
        assert_eq!(running.ask_until_calm("s", "u").await.0["AgentGroupId"], seen);
        world.publish(seen + 1).await;
        world.copies.answer_by(Answers::Late);
        proxy.set_after(requests, Some(Fault::Hang));
        let about = format!("a refresh, {requests} requests are answered");
        let (answer, record) = within(in_time, &about, running.ask("u")).await;
        assert_eq!((&answer["AgentGroupId"], &record["release"]), (&json!(seen), &json!(seen)));
        assert_eq!(record["degraded"], json!(["config"]), "{about}");
        proxy.calm();
        let (answer, _) = running.ask_until_calm("s", "u").await;
        assert_eq!(answer["AgentGroupId"], seen + 1, "{about}");
    }
}
