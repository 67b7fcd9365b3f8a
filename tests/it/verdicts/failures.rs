//! What fails keeps nothing else back: a row without room, a record that is refused, a table that
//! does not answer.

use desk_router::store::{WentLive, row_before};
use routing::rows::Table;
use serde_json::{Value, json};

use testing::bad_tables::{Fault, Proxy};
use testing::operating::Operating;

use super::{became, desk, history, said};

/// A row as large as an item may be: its verdict cannot be written, and everything else is.
#[tokio::test(flavor = "multi_thread")]
async fn a_row_without_room_keeps_nothing_back() {
    let (store, mut desk) = desk().await;
    let notes = "가".repeat(136_519);
    let large = json!({ "AgentId": "large", "Rosters": ["desk"], "Notes": notes });
    desk.edit(Table::Agents, large).await;
    desk.edit(Table::Agents, json!({ "AgentId": "small", "Rosters": ["desk"] })).await;
    desk.pump().await;
    let live = desk.pointer().await.live.unwrap();
    assert_eq!((live.number, live.counts.agents), (2, 4));
    assert_eq!(said(&desk, Table::Agents, "small").await, "ok");
    assert_eq!(desk.row(Table::Agents, "large").await.unwrap().get("_Check"), None);
    assert_eq!(desk.number("ChecksNotWritten"), Some(1));
    let lines = desk.lines("checks_not_written");
    let message = lines[0]["message"].as_str().unwrap();
    let named = message.starts_with("the `_Check` of agents `large` is not written: ");
    assert!(lines.len() == 1 && named, "{message}");
    // What it was is kept, too.
    desk.delete(Table::Agents, "large").await;
    desk.pump().await;
    let kept = history(&store, "agents/large").await;
    let before = row_before(&kept[1]).unwrap().unwrap();
    assert_eq!(before["Notes"], routing::rows::Value::Text(notes));
}

/// A record that DynamoDB refuses every time holds up no other, and is not tried for ever.
#[tokio::test(flavor = "multi_thread")]
async fn a_poisoned_record_keeps_nothing_back() {
    let (store, mut desk) = desk().await;
    desk.edit(Table::Rules, json!({ "RuleId": "rest", "Priority": 2, "AgentGroupId": 8 })).await;
    let mut records = desk.records().await;
    let good = records.iter().position(|record| {
        record.pointer("/dynamodb/NewImage/AgentGroupId/N") == Some(&json!("8"))
    });
    let good = records.remove(good.unwrap());
    let mut poison = good.clone();
    poison["dynamodb"]["SequenceNumber"] = json!("9".repeat(2_000));
    let strange = json!({ "eventSourceARN": good["eventSourceARN"], "dynamodb": { "Keys": 1 } });
    let answer = desk.handle(json!({ "Records": [strange, poison, good] })).await;
    assert_eq!(answer, json!({ "batchItemFailures": [] }));
    // Nothing of it is silent: a line names the record, and the number has an alarm.
    let lines = desk.lines("change_not_kept");
    let message = lines[0]["message"].as_str().unwrap();
    assert!(lines.len() == 1 && message.starts_with("rules, record 999"), "{message}");
    let said = "(`rest`): what the row was before is not in its history, and it is not tried again";
    assert!(message.contains(said), "{message}");
    assert_eq!(desk.number("OperatorFailures"), Some(1));
    assert_eq!(desk.lines("record_not_read").len(), 1);
    assert_eq!(history(&store, "rules/rest").await.len(), 2);
    assert_eq!(desk.pointer().await.number(), 2);
}

/// While history cannot be written, edits are live and told; the records are given back.
#[tokio::test(flavor = "multi_thread")]
async fn a_table_that_fails_gives_back_what_it_did_not_keep() {
    let (store, _) = desk().await;
    let proxy = Proxy::start(&store.endpoint()).await;
    let mut desk = Operating::start_at(&store, &proxy.endpoint(), true).await;
    desk.records().await;
    for n in 0..3 {
        desk.edit(Table::Agents, json!({ "AgentId": format!("a{n}"), "Rosters": ["desk"] })).await;
    }
    let records = desk.records().await;
    // A look makes twelve requests: raise, two parts of the basis, three tables, fullest, note, two
    // parts, list, pointer.
    proxy.set_after(12, Some(Fault::NoTable));
    let answer = desk.handle(json!({ "Records": records })).await;
    let failed: Vec<&Value> =
        records.iter().map(|record| &record["dynamodb"]["SequenceNumber"]).collect();
    let named = answer["batchItemFailures"].as_array().unwrap();
    let named: Vec<&Value> = named.iter().map(|failure| &failure["itemIdentifier"]).collect();
    assert_eq!(named, failed);
    assert_eq!(desk.number("OperatorFailures"), Some(3));
    assert_eq!((desk.number("ChecksNotWritten"), desk.pointer().await.number()), (Some(3), 2));
    proxy.set(None);
    let answer = desk.handle(json!({ "Records": records })).await;
    assert_eq!(answer, json!({ "batchItemFailures": [] }));
    assert_eq!(desk.pointer().await.number(), 2);
    assert_eq!(said(&desk, Table::Agents, "a2").await, "ok");
    assert_eq!(became(&store, "agents/a2").await, [Some(WentLive::With(2))]);
}

/// Without releases, rows are judged as the tables read directly are: what is in error is not used.
#[tokio::test(flavor = "multi_thread")]
async fn without_releases_rows_are_judged_too() {
    let (store, _) = desk().await;
    let mut desk = Operating::start_at(&store, &store.endpoint(), false).await;
    desk.records().await;
    desk.edit(Table::Rules, json!({ "RuleId": "rest", "Priority": "x", "AgentGroupId": 7 })).await;
    desk.pump().await;
    assert!(said(&desk, Table::Rules, "rest").await.starts_with("NOT USED: `Priority`"));
    assert_eq!(desk.pointer().await.number(), 1, "nothing is published");
    assert_eq!(became(&store, "rules/rest").await[1], None);
    let error = desk.operator.handle(&json!({ "Publish": {} }), desk.now).await.unwrap_err();
    assert!(error.starts_with("RELEASES_TABLE is not set"), "{error}");
}
