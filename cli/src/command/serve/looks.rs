//! The operator function's look at all rows: at the start, and every five minutes, as the template
//! schedules it.

use std::sync::Arc;
use std::time::Duration;

use chrono::Utc;
use desk_router::operator::Operator;
use serde_json::json;

use crate::terminal;

/// As often as the schedule of `template.yaml`.
const EVERY: Duration = Duration::from_secs(300);

/// One look.
pub(super) async fn once(operator: &Operator) {
    if let Err(error) = operator.handle(&json!({ "Look": {} }), Utc::now()).await {
        terminal::note(&format!("the operator function failed: {error}"));
    }
}

/// A look now and then.
pub(super) async fn forever(operator: Arc<Operator>) {
    loop {
        tokio::time::sleep(EVERY).await;
        once(&operator).await;
    }
}
