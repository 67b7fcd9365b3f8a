//! What the webhook remembers across sessions, through the real SDK client.

mod cost;
mod events;
mod faults;
mod last_agent;
mod rotation;
mod rotation_model;
mod spoiled;

use aws_sdk_dynamodb::types::AttributeValue as Attribute;
use desk_cli::local::embedded::{ASSIGNMENTS_TABLE, Embedded};
use serde_json::{Value, json};

const FRESH: (&str, &str) = ("CONFIG_TTL_SECONDS", "3600");
const LEARN: (&str, &str) = ("LEARN_FROM_SESSION_EVENTS", "true");

type Item = std::collections::HashMap<String, Attribute>;

/// The assignments table's items whose key begins so.
async fn items(store: &Embedded, kind: &str) -> Vec<Item> {
    let mut items = Vec::new();
    let mut start = None;
    loop {
        let page = store
            .client()
            .scan()
            .table_name(ASSIGNMENTS_TABLE)
            .set_exclusive_start_key(start)
            .send()
            .await
            .unwrap();
        items.extend(
            page.items
                .unwrap()
                .into_iter()
                .filter(|item| item["Key"].as_s().unwrap().starts_with(kind)),
        );
        start = page.last_evaluated_key;
        if start.is_none() {
            return items;
        }
    }
}

async fn set(store: &Embedded, item: &Item, attribute: &str, value: Attribute) {
    let mut item = item.clone();
    item.insert(attribute.to_owned(), value);
    store
        .client()
        .put_item()
        .table_name(ASSIGNMENTS_TABLE)
        .set_item(Some(item))
        .send()
        .await
        .unwrap();
}

fn n(number: impl ToString) -> Attribute {
    Attribute::N(number.to_string())
}

/// Three agents, and a rule of each kind by the user's first letter.
fn kinds() -> Value {
    let rule = |letter: &str, priority: u32, more: Value| {
        let mut rule = json!({
            "RuleId": letter, "Priority": priority, "ClientUserIdPrefixes": [letter],
            "Rosters": ["desk"],
        });
        rule.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        rule
    };
    let agents = ["ann", "bob", "cho"].map(|id| json!({ "AgentId": id, "Rosters": ["desk"] }));
    json!({
        "rules": [
            rule("h", 1, json!({ "Strategy": "hash" })),
            rule("r", 2, json!({ "Strategy": "round_robin" })),
            rule("l", 3, json!({ "Strategy": "hash", "Prefer": ["last_agent"] })),
            rule("b", 4, json!({ "Strategy": "round_robin", "Prefer": ["last_agent"] })),
            rule("o", 5, json!({ "Strategy": "round_robin", "Prefer": ["owner", "last_agent"] })),
        ],
        "agents": agents,
    })
}
