//! The tables. The only module that knows `aws_sdk_dynamodb`.

mod assignments;
mod checks;
mod dry;
mod history;
mod releases;
mod requests;
mod said;
mod tables;
mod timeouts;
mod value;

pub use checks::{Before, CHECK};
pub use dry::DryFacts;
pub use history::{
    Changed, HISTORY_KEPT, HistoryTable, NeverLive, WentLive, never_live, row_before, went_live,
};
pub use releases::{PUBLISH_ACTIONS, READ_RELEASES_ACTIONS, ReleasesTable, fresh_id};
pub use requests::Requests;
pub use tables::{TableError, Tables, environment_credentials};
pub use value::{attribute, item, row, row_from_dynamodb_json};

/// What the webhook asks of its tables, as IAM names it.
pub const WEBHOOK_ACTIONS: [&str; 4] =
    ["dynamodb:Scan", "dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:UpdateItem"];

/// What the operator function asks of its tables, as IAM names it.
pub const OPERATOR_ACTIONS: [&str; 4] =
    ["dynamodb:Scan", "dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:UpdateItem"];
