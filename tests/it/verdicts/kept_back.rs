//! What cannot be written keeps nothing else back, and is given back by itself.

use desk_cli::local::embedded::{Embedded, HISTORY_TABLE, RELEASES_TABLE};
use routing::rows::Table;
use serde_json::{Value, json};

use testing::copies::{Copies, Request};
use testing::operating::Operating;
use testing::running::store;

use super::still::Still;
use super::{history, said};

const AGENTS: usize = 120;

async fn desk(agents: usize) -> (Embedded, Copies, Operating) {
    let agent = |n| json!({ "AgentId": format!("a{n}"), "Rosters": ["desk"] });
    let store = store(json!({
        "rules": [{ "RuleId": "day", "Priority": 1, "Hours": "@office", "Rosters": ["desk"] }],
        "agents": (0..agents).map(agent).collect::<Vec<_>>(),
        "calendars": [{ "CalendarId": "office", "Hours": "24/7" }],
    }))
    .await;
    let copies = Copies::start(&store, 7).await;
    let desk = Operating::start_at(&store, &copies.endpoint(), true).await;
    (store, copies, desk)
}

/// The table of agents takes no writes, however often they are tried: the release is live, and the
/// rows of the other tables are told in the same look, those after the agents' among them.
#[tokio::test]
async fn a_throttled_table_keeps_no_row_of_another_from_being_told() {
    let (_store, copies, desk) = desk(AGENTS).await;
    copies.refuse("ProvisionedThroughputExceededException", |request| {
        request.operation == "UpdateItem" && request.table == "desk-agents"
    });
    let still = Still::begin();
    let look = async || {
        let look = desk.handle(json!({ "Look": {} }));
        still.while_idle(&copies, Box::pin(look)).await
    };
    assert_eq!(look().await["Outcome"], "Published");
    assert_eq!(desk.pointer().await.live.unwrap().counts.agents, AGENTS as u64);
    assert_eq!(said(&desk, Table::Rules, "day").await, "ok; `Hours`: as calendar `office` says");
    assert_eq!(said(&desk, Table::Calendars, "office").await, "ok");
    assert_eq!(desk.row(Table::Agents, "a0").await.unwrap().get("_Check"), None);
    assert_eq!(desk.number("ChecksNotWritten"), Some(AGENTS as i64));
    assert_eq!(desk.lines("checks_not_written").len(), 1, "one line for all");
    assert_eq!(desk.lines("checks_left").len(), 0, "it did not take the run's time");

    copies.accept();
    assert_eq!(look().await["Outcome"], "Unchanged");
    for n in 0..AGENTS {
        assert_eq!(said(&desk, Table::Agents, &format!("a{n}")).await, "ok");
    }
}

/// What a look asks for when nothing changed.
#[tokio::test(flavor = "multi_thread")]
async fn a_second_look_writes_the_pointer_alone() {
    let (_store, copies, desk) = desk(3).await;
    desk.handle(json!({ "Look": {} })).await;
    copies.requests();
    desk.handle(json!({ "Look": {} })).await;
    let requests = copies.requests();
    let is_write =
        |request: &&Request| !["GetItem", "Query", "Scan"].contains(&&*request.operation);
    let writes: Vec<String> = requests.iter().filter(is_write).map(ToString::to_string).collect();
    assert_eq!(writes, ["UpdateItem pointer live"; 2], "`Wanted`, and `CheckedAt`");
    let is_eventual = |request: &&Request| !is_write(request) && !request.is_consistent;
    assert_eq!(requests.iter().filter(is_eventual).count(), 0, "a publisher reads consistently");
}

/// The records whose change could not be kept are given back, each by itself; what comes again is
/// kept once.
#[tokio::test(flavor = "multi_thread")]
async fn only_the_records_that_could_not_be_kept_are_given_back() {
    let (store, copies, mut desk) = desk(4).await;
    desk.pump().await;
    for n in 0..4 {
        let agent = json!({ "AgentId": format!("a{n}"), "Rosters": ["desk"], "Tier": 2 });
        desk.edit(Table::Agents, agent).await;
        let customer = json!({ "ClientUserId": format!("u{n}"), "Segments": ["vip"] });
        desk.edit(Table::Customers, customer).await;
    }
    let records = desk.records().await;
    let refused = |request: &Request| match &*request.table {
        HISTORY_TABLE => request.key.contains("agents/a2"),
        table => table == "desk-customers" && request.key == "u1",
    };
    // An error that may be over at the next try.
    copies.refuse("AccessDeniedException", refused);
    let answer = desk.handle(json!({ "Records": records })).await;
    let place = |of: &str| {
        let is_it = |record: &Value| record["dynamodb"]["Keys"].to_string().contains(of);
        records.iter().position(is_it).unwrap()
    };
    let (agent, customer) = (place("a2"), place("u1"));
    let sequence = |place: usize| records[place]["dynamodb"]["SequenceNumber"].clone();
    let given_back = json!({ "batchItemFailures": [
        { "itemIdentifier": sequence(agent) }, { "itemIdentifier": sequence(customer) },
    ] });
    assert_eq!(answer, given_back);
    assert_eq!(desk.number("OperatorFailures"), Some(2));
    assert_eq!(desk.pointer().await.number(), 2, "all of it is live");
    for n in [0, 1, 3] {
        assert_eq!(history(&store, &format!("agents/a{n}")).await.len(), 2);
        assert_eq!(said(&desk, Table::Agents, &format!("a{n}")).await, "ok");
    }
    assert_eq!(said(&desk, Table::Customers, "u2").await, "ok");

    // Lambda tries again from the first of them on.
    copies.accept();
    let again = desk.handle(json!({ "Records": records[agent..] })).await;
    assert_eq!(again, json!({ "batchItemFailures": [] }));
    for n in 0..4 {
        assert_eq!(history(&store, &format!("agents/a{n}")).await.len(), 2);
        assert_eq!(history(&store, &format!("customers/u{n}")).await.len(), 1);
        assert_eq!(said(&desk, Table::Customers, &format!("u{n}")).await, "ok");
    }
    assert_eq!(desk.pointer().await.number(), 2);
}

/// The table of releases fails: what rows were before is kept, and the look is asked for again by
/// the first record.
#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_published_is_kept_and_asked_for_again() {
    let (store, copies, mut desk) = desk(2).await;
    desk.pump().await;
    for n in 0..2 {
        let agent = json!({ "AgentId": format!("a{n}"), "Rosters": ["desk"], "Tier": 2 });
        desk.edit(Table::Agents, agent).await;
    }
    let records = desk.records().await;
    copies.refuse("AccessDeniedException", |request| request.table == RELEASES_TABLE);
    let answer = desk.handle(json!({ "Records": records })).await;
    let first = &records[0]["dynamodb"]["SequenceNumber"];
    assert_eq!(answer, json!({ "batchItemFailures": [{ "itemIdentifier": first }] }));
    let told = desk.lines("release_not_published");
    let message = told[0]["message"].as_str().unwrap();
    let what =
        "raising `Wanted` in table `desk-releases` failed: DynamoDB says AccessDeniedException";
    assert!(told.len() == 1 && message.starts_with(what), "{message}");
    assert!(message.contains("deploy the template again") && message.len() < 400, "{message}");
    for n in 0..2 {
        assert_eq!(history(&store, &format!("agents/a{n}")).await.len(), 2);
    }
    copies.accept();
    desk.handle(json!({ "Records": records })).await;
    assert_eq!(desk.pointer().await.number(), 2);
    let kept = super::became(&store, "agents/a0").await;
    assert_eq!(kept[1], Some(desk_router::store::WentLive::With(2)), "it is told afterwards");
}
