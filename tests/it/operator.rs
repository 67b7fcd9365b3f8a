//! The operator function's binary, fed by the embedded DynamoDB's own streams.

mod daily;

use std::collections::{BTreeSet, HashMap};

use aws_sdk_dynamodb::types::AttributeValue as Attribute;
use desk_cli::local::embedded::{Embedded, HISTORY_TABLE, table_name};
use desk_router::store::{CHECK, OPERATOR_ACTIONS};
use routing::rows::Table;
use serde_json::{Value, json};

use testing::bad_tables::{Fault, Proxy};
use testing::function::{Function, variables};
use testing::rows;
use testing::running::store;
use testing::streams::Stream;

/// The binary under test: the one in `DESK_OPERATOR_BIN`, else cargo's debug build.
fn operator_binary() -> String {
    std::env::var("DESK_OPERATOR_BIN")
        .unwrap_or_else(|_| testing::program("desk-operator").display().to_string().to_owned())
}

async fn operator(endpoint: &str) -> Function {
    let more =
        [("HISTORY_TABLE", HISTORY_TABLE), ("TIME_ZONE", "Asia/Seoul"), ("LOG_USER_IDS", "false")];
    let more = more.map(|(name, value)| (name.to_owned(), value.to_owned()));
    Function::start_binary(&operator_binary(), [variables(endpoint), more.to_vec()].concat()).await
}

/// Hands all new records to the function; how many there were.
async fn pump(stream: &mut Stream, function: &Function) -> usize {
    let records = stream.records().await;
    let count = records.len();
    let answer = answer(function, json!({ "Records": records })).await;
    assert_eq!(answer, json!({ "batchItemFailures": [] }));
    count
}

async fn answer(function: &Function, event: Value) -> Value {
    serde_json::from_str(&function.answer(event.to_string()).await).unwrap()
}

async fn get(store: &Embedded, table: Table, key: &str) -> Option<HashMap<String, Attribute>> {
    let get = store
        .client()
        .get_item()
        .table_name(table_name(table))
        .key(table.key_attribute(), Attribute::S(key.into()));
    get.send().await.unwrap().item
}

/// What a row tells, but for what is said of now.
async fn check_of(store: &Embedded, key: &str) -> String {
    let row = get(store, Table::Rules, key).await.unwrap();
    let check = row["_Check"].as_s().unwrap();
    let (stands, _) = check.split_once("; checked 20").unwrap_or_else(|| panic!("{check}"));
    stands.split("; now ").next().unwrap().to_owned()
}

/// Edit a row, as the console does: one attribute.
async fn set(store: &Embedded, key: &str, attribute: &str, value: Attribute) {
    let update = store
        .client()
        .update_item()
        .table_name("desk-rules")
        .key("RuleId", Attribute::S(key.into()));
    let update =
        update.update_expression("SET #a = :v").expression_attribute_names("#a", attribute);
    update.expression_attribute_values(":v", value).send().await.unwrap();
}

fn s(text: &str) -> Attribute {
    Attribute::S(text.into())
}

async fn history(store: &Embedded, row: &str) -> Vec<Option<String>> {
    let query =
        store.client().query().table_name(HISTORY_TABLE).key_condition_expression("RowKey = :row");
    let items =
        query.expression_attribute_values(":row", s(row)).send().await.unwrap().items.unwrap();
    items.into_iter().map(|item| item.get("Row").map(|row| row.as_s().unwrap().clone())).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_row_tells_its_editor() {
    let store = store(json!({
        "rules": [{ "RuleId": "day", "Priority": 1, "Hours": "@office", "AgentGroupId": 7 }],
        "calendars": [{ "CalendarId": "office", "Hours": "24/7" }],
    }))
    .await;
    let function = operator(&store.endpoint()).await;
    let mut stream = Stream::of(&store, Table::Rules).await;
    assert_eq!(pump(&mut stream, &function).await, 1);
    assert_eq!(check_of(&store, "day").await, "ok; `Hours`: as calendar `office` says");
    // The calendar was told in the same look.
    let calendar = get(&store, Table::Calendars, "office").await.unwrap();
    let check = calendar["_Check"].as_s().unwrap();
    let expected = "ok; now `Hours`: open, and does not close in the coming year (Asia/Seoul); ";
    assert!(check.starts_with(expected), "{check}");
    // Its own writing comes back as a record, and ends there.
    assert_eq!(pump(&mut stream, &function).await, 1);
    assert_eq!(pump(&mut stream, &function).await, 0, "no loop");
    // A typing mistake: the row says what is wrong. Without releases nothing else of it is known.
    set(&store, "day", "Hours", s("@ofice")).await;
    pump(&mut stream, &function).await;
    let check = check_of(&store, "day").await;
    assert!(
        check.starts_with("NOT USED: `Hours`: there is no calendar row")
            && check.contains("did you mean `@office`?"),
        "{check}"
    );
    set(&store, "day", "Prioritty", s("1")).await;
    pump(&mut stream, &function).await;
    assert!(check_of(&store, "day").await.contains("did you mean `Priority`?"));
    // Mended: good again.
    let fixed = json!({
        "rules": [{ "RuleId": "day", "Priority": 1, "Hours": "@office", "AgentGroupId": 8 }],
    });
    store.put(&rows(fixed)).await.unwrap();
    pump(&mut stream, &function).await;
    assert_eq!(check_of(&store, "day").await, "ok; `Hours`: as calendar `office` says");
    // Each change a person made left what was before, and the function's own left nothing.
    let kept = history(&store, "rules/day").await;
    assert_eq!(kept.len(), 4, "{kept:?}");
    assert_eq!(kept[0], None, "there was none before the first");
    assert_eq!(
        kept[1].as_deref(),
        Some(r#"{ "AgentGroupId": 7, "Hours": "@office", "Priority": 1, "RuleId": "day" }"#)
    );
}

/// Two edits before the function sees the first; a deletion; a batch that comes twice.
#[tokio::test(flavor = "multi_thread")]
async fn concurrent_edits_deletions_and_replays() {
    let store =
        store(json!({ "rules": [{ "RuleId": "r", "Priority": 1, "AgentGroupId": 7 }] })).await;
    let function = operator(&store.endpoint()).await;
    let mut stream = Stream::of(&store, Table::Rules).await;
    set(&store, "r", "Platfroms", s("iOS")).await;
    let fixed = json!({ "rules": [{ "RuleId": "r", "Priority": 2, "AgentGroupId": 7 }] });
    store.put(&rows(fixed)).await.unwrap();
    let records = stream.records().await;
    assert_eq!(records.len(), 3);
    for _ in 0..2 {
        assert_eq!(
            answer(&function, json!({ "Records": records })).await,
            json!({ "batchItemFailures": [] })
        );
        assert_eq!(check_of(&store, "r").await, "ok", "the last edit's verdict stands");
    }
    assert_eq!(history(&store, "rules/r").await.len(), 3, "a replay adds nothing");
    // Deleted before the verdict arrives: the row stays gone.
    set(&store, "r", "Priority", Attribute::N("3".into())).await;
    store
        .client()
        .delete_item()
        .table_name("desk-rules")
        .key("RuleId", s("r"))
        .send()
        .await
        .unwrap();
    pump(&mut stream, &function).await;
    assert_eq!(get(&store, Table::Rules, "r").await, None);
    assert_eq!(history(&store, "rules/r").await.len(), 5);
}

/// All that the function does asks for what the role allows, and for nothing else.
#[tokio::test(flavor = "multi_thread")]
async fn what_is_asked_of_the_tables() {
    let store = store(json!({
        "rules": [
            {
                "RuleId": "r", "Priority": 1, "Prefer": ["owner", "last_agent"],
                "Rosters": ["desk"],
            },
        ],
        "agents": [{ "AgentId": "ann", "Rosters": ["desk"] }],
    }))
    .await;
    let proxy = Proxy::start(&store.endpoint()).await;
    let function = operator(&proxy.endpoint()).await;
    let mut stream = Stream::of(&store, Table::Rules).await;
    pump(&mut stream, &function).await;
    answer(&function, json!({ "Explain": { "SessionId": "s", "ClientUserId": "u" } })).await;
    set(&store, "r", "Platfroms", s("iOS")).await;
    pump(&mut stream, &function).await;
    assert!(check_of(&store, "r").await.starts_with("NOT USED: `Platfroms`"));
    answer(&function, json!({ "Check": {} })).await;
    let asked = proxy.asked();
    assert_eq!(asked.keys().map(String::as_str).collect::<BTreeSet<_>>(), OPERATOR_ACTIONS.into());
    // Of the rows that people edit it touches one attribute alone, also in a condition.
    let touched: BTreeSet<&str> = asked["dynamodb:UpdateItem"].iter().map(String::as_str).collect();
    let keys = [Table::Rules, Table::Agents].map(Table::key_attribute);
    let allowed = keys.into_iter().chain([CHECK]);
    assert_eq!(touched, allowed.collect());
}

/// A table that fails: the record is given back for another try, and those before it are not.
#[tokio::test(flavor = "multi_thread")]
async fn what_could_not_be_written_is_tried_again() {
    let store = store(json!({ "agents": [{ "AgentId": "ann", "Rosters": ["desk"] }] })).await;
    let proxy = Proxy::start(&store.endpoint()).await;
    let function = operator(&proxy.endpoint()).await;
    let records = Stream::of(&store, Table::Agents).await.records().await;
    // The tables are read; the history is refused.
    proxy.set_after(3, Some(Fault::NoTable));
    let failed = answer(&function, json!({ "Records": records })).await;
    assert_eq!(
        failed["batchItemFailures"][0]["itemIdentifier"],
        records[0]["dynamodb"]["SequenceNumber"]
    );
    let output = function.output().await.join("\n");
    assert!(output.contains("change_not_kept") && output.contains("OperatorFailures"), "{output}");
    proxy.set(None);
    assert_eq!(
        answer(&function, json!({ "Records": records })).await,
        json!({ "batchItemFailures": [] })
    );
    let ann = get(&store, Table::Agents, "ann").await.unwrap();
    let check = ann["_Check"].as_s().unwrap();
    assert!(check.starts_with("ok, but `Rosters`: the roster `desk`: no rule uses"), "{check}");
}
