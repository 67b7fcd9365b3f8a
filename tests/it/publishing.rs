//! The operator function publishes what people edit: looks, waits, holds, and back.

use std::collections::BTreeSet;

use desk_cli::local::embedded::Embedded;
use desk_router::store::{OPERATOR_ACTIONS, PUBLISH_ACTIONS};
use routing::rows::Table;
use serde_json::{Value, json};

use testing::bad_tables::{Fault, Proxy};
use testing::operating::Operating;
use testing::running::store;

fn agent(n: usize) -> Value {
    json!({ "AgentId": format!("agent-{n}"), "Rosters": ["desk"] })
}

/// A rule, and as many agents on its roster.
async fn desk(agents: usize) -> Embedded {
    store(json!({
        "rules": [{ "RuleId": "all", "Priority": 1, "Rosters": ["desk"] }],
        "agents": (0..agents).map(agent).collect::<Vec<_>>(),
    }))
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn edits_are_published_and_undone() {
    let store = desk(2).await;
    let mut desk = Operating::start(&store).await;
    desk.pump().await;
    let pointer = desk.pointer().await;
    // Both tables' streams asked for a look; the second found nothing new.
    assert_eq!((pointer.number(), pointer.live.unwrap().counts.agents), (1, 2));
    assert_eq!(desk.lines("release_published").len(), 1);
    assert_eq!(desk.number("ReleasePublished"), Some(1));

    desk.edit(Table::Rules, json!({ "RuleId": "all", "Priority": 1, "AgentGroupId": 7 })).await;
    desk.pump().await;
    assert_eq!(desk.pointer().await.number(), 2);

    // Back at once, as a new number, and held.
    let back = desk.handle(json!({ "Publish": { "Release": 1, "By": "kim" } })).await;
    assert_eq!(
        (&back["Done"], &back["Outcome"], &back["Release"]),
        (&json!(true), &json!("Back"), &json!(3))
    );
    assert_eq!(back["Hold"]["By"], "kim");
    desk.edit(Table::Rules, json!({ "RuleId": "all", "Priority": 1, "AgentGroupId": 8 })).await;
    desk.pump().await;
    let pointer = desk.pointer().await;
    assert_eq!((pointer.number(), pointer.hold.is_some()), (3, true));
    let look = desk.handle(json!({ "Look": {} })).await;
    assert_eq!((&look["Done"], &look["Outcome"]), (&json!(false), &json!("Held")));
    assert!(look["Text"].as_str().unwrap().contains("HELD by kim"), "{look}");
    let again = desk.handle(json!({ "Hold": { "Why": "moving" } })).await;
    assert_eq!((&again["Done"], &again["Outcome"]), (&json!(false), &json!("HeldAlready")));

    // After four hours an alarm says so.
    desk.handle(json!({ "Look": {} })).await;
    assert_eq!((desk.number("HeldTooLong"), desk.lines("release_held_long").len()), (Some(0), 0));
    desk.wait_minutes(4 * 60 + 1);
    desk.handle(json!({ "source": "aws.scheduler" })).await;
    assert_eq!((desk.number("HeldTooLong"), desk.lines("release_held_long").len()), (Some(1), 1));
    assert_eq!(desk.number("ReleaseCheckedAgo"), Some(4 * 3_600 + 60));

    // A person's publish ends the hold.
    let published = desk.handle(json!({ "Publish": {} })).await;
    assert_eq!(
        (&published["Outcome"], &published["Release"], &published["Hold"]),
        (&json!("Published"), &json!(4), &Value::Null)
    );
    assert!(desk.pointer().await.hold.is_none());
    let erased = desk.handle(json!({ "Erase": { "Release": 1 } })).await;
    assert_eq!((&erased["Done"], &erased["Text"]), (&json!(true), &json!("release 1 is erased")));
    let gone = desk.handle(json!({ "Publish": { "Release": 1 } })).await;
    assert_eq!(gone["Outcome"], "NoSuchRelease");
    let error = desk.operator.handle(&json!({ "Hold": {} }), desk.now).await.unwrap_err();
    assert!(error.contains("missing field `Why`"), "{error}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hold_of_ones_own_is_ended_and_no_other() {
    let store = desk(2).await;
    let mut desk = Operating::start(&store).await;
    desk.pump().await;
    let held = desk.handle(json!({ "Hold": { "Why": "import", "By": "kim" } })).await;
    assert_eq!(held["Outcome"], "HoldBegan");
    desk.edit(Table::Agents, agent(2)).await;
    desk.pump().await;
    assert_eq!(desk.pointer().await.number(), 1);
    let other = desk.handle(json!({ "Publish": { "OwnHold": "another" } })).await;
    assert_eq!((&other["Done"], &other["Outcome"]), (&json!(false), &json!("Held")));
    let own = desk.handle(json!({ "Publish": { "OwnHold": held["Hold"]["Id"] } })).await;
    assert_eq!((&own["Outcome"], &own["Release"]), (&json!("Published"), &json!(2)));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_brief_hold_warns_nobody_unless_it_is_left_behind() {
    let store = desk(2).await;
    let mut desk = Operating::start(&store).await;
    desk.pump().await;
    let levels = |desk: &Operating| -> Vec<String> {
        let lines = desk.lines("release_held");
        lines.iter().map(|line| line["level"].as_str().unwrap().to_owned()).collect()
    };
    let hold = json!({ "Hold": { "Why": "import of 2 rows", "By": "kim", "Brief": true } });
    assert_eq!(desk.handle(hold).await["Outcome"], "HoldBegan");
    // What comes meanwhile is kept, but neither looked at nor told.
    desk.edit(Table::Agents, agent(2)).await;
    desk.pump().await;
    assert!(!desk.row(Table::Agents, "agent-2").await.unwrap().contains_key("_Check"));
    assert_eq!((desk.pointer().await.is_behind(), levels(&desk)), (true, vec!["INFO".to_owned()]));
    // It takes long: told as under any hold. It stopped half-way: a warning at each look.
    for (minutes, warnings) in [(3, 0), (6, 0), (2, 1), (5, 2)] {
        desk.wait_minutes(minutes);
        desk.handle(json!({ "Look": {} })).await;
        let warned = levels(&desk).iter().filter(|level| *level == "WARN").count();
        assert_eq!(warned, warnings, "after {minutes} more");
    }
    let check = desk.check(Table::Agents, "agent-2").await;
    assert!(check.starts_with("ok, WAITS: release 1 stays live, held by kim"), "{check}");
    assert!(!desk.pointer().await.is_behind());
    assert_eq!(desk.handle(json!({ "Publish": {} })).await["Outcome"], "Published");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_looks_like_an_accident_waits() {
    let store = desk(12).await;
    let mut desk = Operating::start(&store).await;
    desk.pump().await;
    // A script deletes more than half.
    for n in 0..7 {
        desk.delete(Table::Agents, &format!("agent-{n}")).await;
    }
    desk.pump().await;
    let pointer = desk.pointer().await;
    assert_eq!((pointer.number(), pointer.waiting.as_ref().unwrap().total), (1, false));
    assert_eq!((desk.number("ReleaseWaits"), desk.lines("release_waits").len()), (Some(1), 1));
    assert!(
        desk.lines("release_waits")[0]["message"]
            .as_str()
            .unwrap()
            .contains("7 of 12 agents are gone")
    );
    // A look meanwhile changes nothing; after 15 minutes it is believed.
    desk.wait_minutes(14);
    assert_eq!(desk.handle(json!({ "Look": {} })).await["Outcome"], "Waits");
    desk.wait_minutes(1);
    assert_eq!(desk.handle(json!({ "Look": {} })).await["Outcome"], "Published");
    assert_eq!(desk.number("ReleasePublished"), Some(1));
    // The rest goes too: a total loss goes live by force only.
    for n in 7..12 {
        desk.delete(Table::Agents, &format!("agent-{n}")).await;
    }
    desk.pump().await;
    desk.wait_minutes(60);
    let waits = desk.handle(json!({ "Publish": {} })).await;
    assert_eq!((&waits["Done"], &waits["Outcome"]), (&json!(false), &json!("Waits")));
    let forced = desk.handle(json!({ "Publish": { "Force": true } })).await;
    assert_eq!((&forced["Outcome"], &forced["Release"]), (&json!("Published"), &json!(3)));
}
/// What the console's Test tab is given, in the order of a bad hour; and all that is asked of the
/// tables for it is what the role allows.
#[tokio::test(flavor = "multi_thread")]
async fn the_sample_events_in_a_bad_hour() {
    let store = desk(2).await;
    let proxy = Proxy::start(&store.endpoint()).await;
    let mut desk = Operating::start_at(&store, &proxy.endpoint(), true).await;
    desk.pump().await;
    let sample = |name: &str| {
        let path = testing::top().join(format!("events/operator/{name}.json"));
        serde_json::from_str::<Value>(&std::fs::read_to_string(path).unwrap()).unwrap()
    };
    desk.handle(sample("hold")).await;
    desk.edit(Table::Rules, json!({ "RuleId": "all", "Priority": 1, "AgentGroupId": 7 })).await;
    desk.pump().await;
    // The trace is by what is live; the check is of the rows.
    let explained = desk.handle(sample("explain")).await;
    assert_eq!(explained["Release"], 1);
    assert_eq!(explained["Response"]["AgentIdList"].as_array().unwrap().len(), 2, "{explained}");
    let checked = desk.handle(sample("check")).await;
    assert!(checked["findings"].to_string().contains("no rule uses this roster"), "{checked}");
    for (event, outcome, release) in [
        ("look", "Held", 1),
        ("publish", "Published", 2),
        ("back", "Back", 3),
        ("publish-by-force", "Published", 4),
    ] {
        let answer = desk.handle(sample(event)).await;
        assert_eq!((&answer["Outcome"], &answer["Release"]), (&json!(outcome), &json!(release)));
    }
    let erased = desk.handle(sample("erase")).await;
    assert_eq!((&erased["Outcome"], &erased["Release"]), (&json!("Erased"), &Value::Null));
    let asked: BTreeSet<String> = proxy.asked().into_keys().collect();
    let allowed = OPERATOR_ACTIONS.into_iter().chain(PUBLISH_ACTIONS).map(str::to_owned);
    assert_eq!(asked, allowed.collect());
}

/// Whatever becomes of a batch, the records are tried again from the first, and nothing is lost.
#[tokio::test(flavor = "multi_thread")]
async fn a_batch_that_cannot_be_published_is_given_back() {
    let store = desk(2).await;
    let proxy = Proxy::start(&store.endpoint()).await;
    let mut desk = Operating::start_at(&store, &proxy.endpoint(), true).await;
    let records = desk.records().await;
    proxy.set(Some(Fault::NoTable));
    let failed = desk.handle(json!({ "Records": records })).await;
    let first = &records[0]["dynamodb"]["SequenceNumber"];
    assert_eq!(&failed["batchItemFailures"][0]["itemIdentifier"], first);
    assert_eq!(desk.number("OperatorFailures"), Some(3));
    proxy.set(None);
    let done = desk.handle(json!({ "Records": records })).await;
    assert_eq!(done, json!({ "batchItemFailures": [] }));
    assert_eq!(desk.pointer().await.number(), 1);
}
