//! A synthetic callback, by which a deploy asks a new version before traffic comes to it. It goes
//! through the same locks, release and decision as any other. Nothing is remembered, no turn is
//! taken, and there is a line in the log, but no decision record and no number.

use chrono::{DateTime, Utc};
use std::sync::atomic::Ordering;
use tokio::time::Instant;

use routing::decide::{Decision, Outcome, Question, Reason, Tracing, run};
use routing::session::Session;

use super::{Probed, Webhook, guarded};
use crate::report::Progress;
use crate::store::DryFacts;
use crate::tencent::{Answer, RawCallback, Received};

impl Webhook {
    /// Answers a probe. Always answers, by the deadline.
    pub async fn probe(&self, raw: &RawCallback) -> Probed {
        let (now, started) = (Utc::now(), Instant::now());
        let is_first = self.is_first.swap(false, Ordering::Relaxed);
        let probed = match self.receive(Some(raw), now, is_first).await {
            Received::Assign(callback) => {
                let deadline = started + self.time_left(now, raw.received_ms, is_first);
                let deciding = self.decide_dry(callback.session(), now, deadline);
                let decision = guarded(deadline, deciding).await.unwrap_or_else(|reason| {
                    Decision::fallback(reason, self.settings.default_group)
                });
                let (outcome, reason) = (decision.outcome, decision.reason);
                Probed { answer: Answer::from_decision(&decision), outcome, reason }
            }
            Received::Fault { .. } => {
                let default_group = self.settings.default_group;
                let decision = Decision::fallback(Reason::Fault, default_group);
                let (outcome, reason) = (decision.outcome, decision.reason);
                Probed { answer: Answer::from_decision(&decision), outcome, reason }
            }
            Received::Rejected(reason) => {
                Probed { answer: Answer::rejected(), outcome: Outcome::Rejected, reason }
            }
            Received::BadBody(error) => Probed {
                answer: Answer::bad_body(&error),
                outcome: Outcome::Invalid,
                reason: error.reason,
            },
            Received::WrongMethod => Probed {
                answer: Answer::wrong_method(),
                outcome: Outcome::Invalid,
                reason: Reason::Method,
            },
            Received::HealthCheck | Received::OtherCommand | Received::SessionEvent(_) => Probed {
                answer: Answer::acknowledged(),
                outcome: Outcome::Ignored,
                reason: Reason::OtherCommand,
            },
        };
        let (outcome, reason) = (probed.outcome.code(), probed.reason.code());
        let took = started.elapsed().as_millis();
        let said = format!("a synthetic callback: {outcome}, {reason}, after {took} ms");
        self.log.info("probe_answered", &said);
        probed
    }

    async fn decide_dry(
        &self,
        session: &Session,
        now: DateTime<Utc>,
        deadline: Instant,
    ) -> Decision {
        let default_group = self.settings.default_group;
        let Some(snapshot) = self.snapshot(now, deadline, &Progress::default()).await else {
            return Decision::fallback(Reason::NoConfig, default_group);
        };
        let question = Question { snapshot: &snapshot, session, now, default_group };
        let defaults = &self.settings.defaults;
        let mut facts = DryFacts::new(&self.tables, defaults, session, now);
        run(&question, &mut facts, Tracing::WithoutRule).await.decision
    }
}
