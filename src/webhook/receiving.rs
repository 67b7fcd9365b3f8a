//! A request proved authentic and read, by tokens that are new enough, and the time it has.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};
use routing::decide::Reason;

use super::Webhook;
use super::deadline::RESERVE;
use crate::tencent::{Locks, RawCallback, Received, receive};
use crate::tokens::Why;

/// What the first callback keeps of its time, whatever the start took.
const FIRST_CALLBACK_KEEPS: Duration = Duration::from_millis(300);
/// A look at the tokens is not begun with less time than this.
const MIN_LOOK: Duration = Duration::from_millis(20);
/// API Gateway's time of receipt is believed when it lies this far back at most, in milliseconds.
const BELIEVED_WAIT_MS: i64 = 10_000;

impl Webhook {
    /// Proves the request authentic and reads it, by tokens that are new enough.
    pub(super) async fn receive(
        &self,
        raw: Option<&RawCallback>,
        now: DateTime<Utc>,
        is_first: bool,
    ) -> Received {
        // Before the locks have opened, even a bug of ours is a refusal.
        let read = |locks: &Locks| {
            let received = catch_unwind(AssertUnwindSafe(|| Some(receive(raw?, locks, now))));
            received.ok().flatten().unwrap_or(Received::Rejected(Reason::UnreadableEvent))
        };
        let received = read(&self.tokens.locks());
        let why = match &received {
            Received::Rejected(Reason::Signature | Reason::NoTokens) => Why::BadSignature,
            // Nobody who proves nothing makes us look.
            Received::Rejected(_) | Received::HealthCheck | Received::WrongMethod => {
                return received;
            }
            _ => Why::Age,
        };
        if !self.tokens.is_due(now, why) {
            return received;
        }
        let received_ms = raw.map_or(0, |raw| raw.received_ms);
        let left = self.time_left(now, received_ms, is_first).saturating_sub(RESERVE);
        let budget = (left / 2).min(self.budgets.tokens);
        if budget < MIN_LOOK {
            return received;
        }
        self.look(now, why, budget).await.map_or(received, |locks| read(&locks))
    }

    /// The locks by what Parameter Store holds; `None` when that cannot be read.
    pub(super) async fn look(
        &self,
        now: DateTime<Utc>,
        why: Why,
        budget: Duration,
    ) -> Option<Arc<Locks>> {
        let looked = self.tokens.look(now, why, budget).await;
        looked.map_err(|error| self.log.error("tokens_not_read", &error.to_string(), None)).ok()
    }

    /// How long from now until the deadline.
    pub(super) fn time_left(
        &self,
        now: DateTime<Utc>,
        received_ms: i64,
        is_first: bool,
    ) -> Duration {
        let waited = now.timestamp_millis().saturating_sub(received_ms);
        let waited =
            if waited <= BELIEVED_WAIT_MS { u64::try_from(waited).unwrap_or_default() } else { 0 };
        let left = self.settings.deadline.saturating_sub(Duration::from_millis(waited));
        if is_first { left.max(FIRST_CALLBACK_KEEPS) } else { left }
    }
}
