//! The shipped binary under a Lambda Runtime API, over the embedded DynamoDB and over tables that
//! misbehave.

mod callbacks;
mod events;
mod memory;
mod mutated;
mod starts;

use desk_cli::local::embedded::Embedded;
use serde_json::json;

use testing::rows;

const REFUSED: &str =
    r#"{"ActionStatus":"FAIL","ErrorInfo":"the request is not authentic","ErrorCode":1}"#;
const ACKNOWLEDGED: &str = r#"{"ActionStatus":"OK","ErrorInfo":"","ErrorCode":0}"#;
const ROUTED: &str = concat!(
    r#"{"ActionStatus":"OK","ErrorInfo":"","ErrorCode":0,"AgentGroupId":6521,"#,
    r#""AgentIdList":["penn_svc"]}"#,
);
const DEFAULT_GROUP: &str =
    r#"{"ActionStatus":"OK","ErrorInfo":"","ErrorCode":0,"AgentGroupId":1000}"#;

fn sample() -> desk_cli::files::row_files::RowFiles {
    rows(json!({
        "rules": [
            {
                "RuleId": "shop", "Priority": 1, "CustomerServiceIds": ["shop"],
                "Platforms": ["Mac"], "AgentIds": ["dramon_svc"],
            },
            {
                "RuleId": "ios", "Priority": 2, "Platforms": ["ios"], "Rosters": ["desk"],
                "AgentGroupId": "6521",
            },
        ],
        "agents": [
            { "AgentId": "penn_svc", "Rosters": ["desk"] },
            { "AgentId": "dramon_svc", "Rosters": ["other"] },
        ],
    }))
}

async fn sample_store() -> Embedded {
    let store = Embedded::start(0).await.unwrap();
    store.put(&sample()).await.unwrap();
    store
}

fn with(mut all: Vec<(String, String)>, changes: &[(&str, &str)]) -> Vec<(String, String)> {
    all.extend(changes.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
    all
}
