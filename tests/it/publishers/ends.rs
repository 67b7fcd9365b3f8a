//! Two processes that publish, of which one is killed right after its first write, after its
//! second, and so on, while the other and people go on.

use desk_cli::local::embedded::Embedded;
use routing::rows::Table;
use serde_json::{Value, json};

use testing::bad_tables::Proxy;
use testing::function::Function;
use testing::operating::Operating;
use testing::running::{BY_RELEASES, Running, store};
use testing::streams::Stream;

use super::past::{Made, assert_nothing_is_lost, edit};
use super::start;

/// Most writes of a batch, so that the test ends in any case.
const MOST: usize = 60;
const DONE: &str = r#"{"batchItemFailures":[]}"#;

/// People who edit, and the streams of what they edit.
struct People {
    editor: Operating,
    rules: Stream,
    agents: Stream,
    made: Vec<Made>,
}

impl People {
    async fn at(store: &Embedded) -> Self {
        Self {
            editor: Operating::start(store).await,
            rules: Stream::of(store, Table::Rules).await,
            agents: Stream::of(store, Table::Agents).await,
            made: Vec::new(),
        }
    }

    /// Edits the first rule, so that all users are answered this group, adds another rule, and
    /// edits an agent. The records of both tables.
    async fn edit(&mut self, group: usize) -> (Value, Value) {
        let rule = json!({ "RuleId": "r", "Priority": 1, "AgentGroupId": group });
        let other =
            json!({ "RuleId": format!("r{group}"), "Priority": group, "AgentGroupId": group });
        let agent = json!({ "AgentId": "a", "Tier": group });
        let edits = [(Table::Rules, rule), (Table::Rules, other), (Table::Agents, agent)];
        for (table, row) in edits {
            self.made.extend(edit(&self.editor, table, row, true).await);
        }
        let rules = json!({ "Records": self.rules.records().await });
        (rules, json!({ "Records": self.agents.records().await }))
    }
}

/// Hands records over to a process that ends right after so many writes. The last write, or `None`
/// when it was done before.
async fn ends_after(proxy: &Proxy, writes: usize, records: &Value) -> Option<String> {
    proxy.calm();
    let function: Function = start(&proxy.endpoint()).await;
    proxy.end_after_writes(writes);
    tokio::select! {
        answer = function.answer(records.to_string()) => {
            assert_eq!(answer, DONE);
            None
        }
        () = proxy.until_met() => proxy.met(),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_process_that_ends_after_any_of_its_writes_loses_no_edit() {
    let store = store(json!({})).await;
    let mut people = People::at(&store).await;
    let steady = start(&store.endpoint()).await;
    let (rules, agents) = people.edit(100).await;
    for records in [rules, agents] {
        assert_eq!(steady.answer(records.to_string()).await, DONE);
    }
    let user = Running::start(&store.endpoint(), &[BY_RELEASES]).await;
    let proxy = Proxy::start(&store.endpoint()).await;
    let (mut group, mut last, mut all) = (100, 0, Vec::new());
    // While the other publishes too, and before it does.
    for is_at_once in [true, false] {
        let mut ends = Vec::new();
        loop {
            assert!(ends.len() < MOST, "{ends:?}");
            group += 1;
            let (rules, agents) = people.edit(group).await;
            let end = ends_after(&proxy, ends.len() + 1, &rules);
            let other = steady.answer(agents.to_string());
            let (end, other) = match is_at_once {
                true => tokio::join!(end, other),
                false => (end.await, other.await),
            };
            assert_eq!(other, DONE, "{ends:?}");
            // Whatever is live now is whole.
            let (_, record) = user.ask("u").await;
            assert_eq!(record["degraded"], json!([]), "{ends:?}: {record}");
            // Lambda gives the records to another process.
            if end.is_some() {
                assert_eq!(steady.answer(rules.to_string()).await, DONE, "{ends:?}");
            }
            let (answer, record) = user.ask("u").await;
            let release = record["release"].as_u64().unwrap();
            assert_eq!((&answer["AgentGroupId"], &record["degraded"]), (&json!(group), &json!([])));
            assert!(release > last, "{ends:?}: {release} after {last}");
            last = release;
            let Some(end) = end else { break };
            ends.push(end);
        }
        all.push(ends);
    }
    let ends = all.concat();
    // It ended after every kind of write: `Wanted`, a note, a part, the list, the pointer, the
    // history and a row's `_Check`.
    let count = |what: &str| ends.iter().filter(|end| end.starts_with(what)).count();
    assert!(count("UpdateItem pointer") >= 2, "{ends:?}");
    for what in ["PutItem content", "PutItem part#", "PutItem release"] {
        assert!(count(what) >= 1, "{what}: {ends:?}");
    }
    for of_history_or_row in ["PutItem ", "UpdateItem "] {
        assert!(ends.iter().any(|end| end == of_history_or_row), "{ends:?}");
    }
    assert_nothing_is_lost(&store, &people.made).await;
}
