//! What is recorded of a callback, and how often.

use chrono::{DateTime, Utc};
use routing::decide::{Outcome, Reason};
use tokio::time::Instant;

use super::Webhook;
use crate::report::{Level, Record, Recorded};
use crate::tencent::Answer;

impl Webhook {
    /// Whether a call that asks for nothing is recorded: one in 10 seconds, where nobody proved who
    /// they are. Without locks no command proves that.
    pub(super) fn is_recorded(&self, reason: Reason, now: DateTime<Utc>) -> bool {
        let is_unproven = match reason {
            Reason::HealthCheck | Reason::Method => true,
            Reason::OtherCommand => self.settings.locks.is_open(),
            _ => false,
        };
        !is_unproven || self.unproven.is_over(now)
    }

    /// Refuses a callback, and records it where that is due.
    pub(super) fn reject(
        &self,
        reason: Reason,
        now: DateTime<Utc>,
        started: Instant,
        record: Record<'_>,
    ) -> Answer {
        if let Some(total) = self.refusals.count(now) {
            let record = Record {
                outcome: Outcome::Rejected.code(),
                reason: reason.code(),
                rejected_total: Some(total),
                ..record
            };
            self.write(record, started);
        }
        Answer::rejected()
    }

    /// Writes the record of a callback, with its numbers.
    pub(super) fn write(&self, record: Record<'_>, started: Instant) {
        let duration_ms = (started.elapsed().as_secs_f64() * 1e6).round() / 1e3;
        let record = Record { duration_ms, ..record };
        let numbers = self.metrics.of(&record, self.refusals.take_uncounted(), Utc::now());
        let level =
            if record.outcome == Outcome::Fallback.code() { Level::Error } else { Level::Info };
        self.log.line(level, &Recorded { record: &record, numbers });
    }
}
