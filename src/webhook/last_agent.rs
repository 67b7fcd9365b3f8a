//! What a session event teaches `last_agent`.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use tokio::time::Instant;

use routing::decide::LastAgent;

use super::table_facts::{Sources, assignments_failed, within};
use crate::report::Progress;
use crate::tencent::Served;

/// Learns from a session event who served a user: one write at most. Says whether it is remembered
/// now.
pub(crate) async fn learn(
    sources: Sources<'_>,
    served: &Served,
    now: DateTime<Utc>,
    deadline: Instant,
    progress: &Progress,
) -> bool {
    let Sources { tables, snapshot, log, budgets, .. } = sources;
    let Some(days) = snapshot.last_agent_days() else { return false };
    // An agent whom nobody knows here (a bot, say) can never be preferred, and must not displace
    // one who can.
    if !snapshot.has_agent(&served.agent_id) {
        return false;
    }
    // A clock that is ahead must not shut out the events to come.
    let Some(served_at) = DateTime::from_timestamp_millis(served.event_time).map(|at| at.min(now))
    else {
        return false;
    };
    let last = LastAgent { agent_id: Arc::from(served.agent_id.as_str()), served_at };
    if !last.is_within(days, now) {
        return false;
    }
    let time = deadline.saturating_duration_since(Instant::now()).min(budgets.memory);
    let user = &served.client_user_id;
    match within(time, tables.learn_agent(user, &last, days, now, &progress.requests)).await {
        Ok(is_new) => is_new,
        Err(error) => {
            assignments_failed(log, progress, &error);
            false
        }
    }
}
