//! One callback through the whole path, and an answer in time whatever happens.

mod budgets;
mod cache;
mod config;
mod current;
mod deadline;
mod last_agent;
mod lost_rows;
mod probe;
mod probed;
mod receiving;
mod recording;
mod refusals;
mod release;
mod schedules;
mod table_facts;
#[cfg(test)]
mod tests;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use chrono::{DateTime, Utc};
use tokio::time::Instant;

use routing::decide::{Decision, Degraded, Outcome, Question, Reason, Tracing, run};
use routing::session::Session;
use routing::snapshot::Snapshot;

use crate::report::{Log, Metrics, Progress, Record, short_trace};
use crate::settings::Settings;
use crate::store::{Requests, Tables};
use crate::tencent::{Answer, Callback, RawCallback, Received, Served};
use crate::tokens::{Parameter, Tokens, Why};
pub use budgets::Budgets;
use config::Config;
use deadline::{before, guarded};
use last_agent::learn;
pub use probed::Probed;
use refusals::{Pause, Refusals};
pub use release::{Codec, Decode};
pub use schedules::Schedules;
pub use table_facts::{Sources, TableFacts};

/// The webhook: settings, tables, and the snapshot in force.
pub struct Webhook {
    settings: Settings,
    budgets: Budgets,
    tokens: Tokens,
    tables: Tables,
    config: Config,
    schedules: Schedules,
    metrics: Metrics,
    log: Log,
    is_first: AtomicBool,
    refusals: Refusals,
    /// Calls that nobody proved to be theirs, and that ask for nothing.
    unproven: Pause,
}

impl Webhook {
    /// A webhook over these tables; [`Webhook::warm`] should follow.
    pub fn new(settings: Settings, tables: Tables, log: Log) -> Self {
        for warning in &settings.warnings {
            log.warn("setting", warning);
        }
        Self {
            budgets: Budgets::default(),
            tokens: Tokens::new(&settings, None),
            config: Config::new(&settings, &tables, Codec::default()),
            schedules: Schedules::default(),
            metrics: Metrics::new(
                settings.function.as_deref(),
                settings.function_version.as_deref(),
                settings.metrics_by_rule,
                settings.locks.is_open(),
            ),
            tables,
            log,
            settings,
            is_first: AtomicBool::new(true),
            refusals: Refusals::new(),
            unproven: Pause::new(),
        }
    }

    /// The same with other budgets.
    #[must_use]
    pub fn with_budgets(self, budgets: Budgets) -> Self {
        Self { budgets, ..self }
    }

    /// The same with the tokens that this parameter holds.
    #[must_use]
    pub fn with_tokens(self, parameter: Parameter) -> Self {
        let tokens = Tokens::new(&self.settings, Some(parameter));
        Self { tokens, ..self }
    }

    /// The same by releases in other formats, for tests.
    #[must_use]
    pub fn with_codec(self, codec: Codec) -> Self {
        let config = Config::new(&self.settings, &self.tables, codec);
        Self { config, ..self }
    }

    /// Loads the snapshot and the tokens before the first callback, in at most 600 ms. A failure
    /// is logged; callbacks try again.
    pub async fn warm(&self) {
        let (now, budget) = (Utc::now(), self.budgets.start);
        let requests = Requests::default();
        let config = self.config.current(&self.tables, now, budget, &requests, &self.log);
        let _ = tokio::join!(config, self.look(now, Why::Age, budget));
    }

    /// Answers one request; `None` is an event that could not be read. Always answers, by the
    /// deadline.
    pub async fn answer(&self, raw: Option<RawCallback>) -> Answer {
        let (now, started) = (Utc::now(), Instant::now());
        let is_first = self.is_first.swap(false, Ordering::Relaxed);
        let received_ms = raw.as_ref().map_or(0, |raw| raw.received_ms);
        let received = self.receive(raw.as_ref(), now, is_first).await;
        let deadline = started + self.time_left(now, received_ms, is_first);
        let record = Record { cold_start: is_first, ..Record::at(now) };
        self.answer_received(received, now, started, deadline, record).await
    }

    /// Answers what was received.
    async fn answer_received(
        &self,
        received: Received,
        now: DateTime<Utc>,
        started: Instant,
        deadline: Instant,
        record: Record<'_>,
    ) -> Answer {
        let (answer, outcome, reason) = match received {
            Received::Assign(callback) => {
                return self.assign(&callback, now, started, deadline, record).await;
            }
            Received::SessionEvent(served) => {
                return self.session_event(&served, now, started, deadline, record).await;
            }
            Received::Rejected(reason) => {
                return self.reject(reason, now, started, record);
            }
            Received::Fault { is_assign: true } => {
                let decision = Decision::fallback(Reason::Fault, self.settings.default_group);
                self.write(record.with_decision(&decision), started);
                return Answer::from_decision(&decision);
            }
            Received::Fault { is_assign: false } => {
                (Answer::acknowledged(), Outcome::Ignored, Reason::Fault)
            }
            Received::HealthCheck => {
                (Answer::acknowledged(), Outcome::Ignored, Reason::HealthCheck)
            }
            Received::OtherCommand => {
                (Answer::acknowledged(), Outcome::Ignored, Reason::OtherCommand)
            }
            Received::WrongMethod => (Answer::wrong_method(), Outcome::Invalid, Reason::Method),
            Received::BadBody(error) => (Answer::bad_body(&error), Outcome::Invalid, error.reason),
        };
        if self.is_recorded(reason, now) {
            let record = Record { outcome: outcome.code(), reason: reason.code(), ..record };
            self.write(record, started);
        }
        answer
    }

    async fn assign(
        &self,
        callback: &Callback,
        now: DateTime<Utc>,
        started: Instant,
        deadline: Instant,
        record: Record<'_>,
    ) -> Answer {
        let session = callback.session();
        let progress = Progress::default();
        let fallback = |reason| Decision::fallback(reason, self.settings.default_group);
        let decision = guarded(deadline, self.decide(session, now, deadline, &progress))
            .await
            .unwrap_or_else(fallback);
        let answer = Answer::from_decision(&decision);
        let record = record
            .with_progress(progress)
            .with_session(session, self.settings.log_user_ids)
            .with_decision(&decision);
        self.write(record, started);
        answer
    }

    /// Learns from a session event, when it has something to teach. Acknowledged whatever comes of
    /// it.
    async fn session_event(
        &self,
        served: &Served,
        now: DateTime<Utc>,
        started: Instant,
        deadline: Instant,
        record: Record<'_>,
    ) -> Answer {
        let progress = Progress::default();
        let learning = async {
            if !self.settings.learn_from_session_events || !self.settings.defaults.assignments {
                return false;
            }
            let Some(snapshot) = self.snapshot(now, deadline, &progress).await else {
                return false;
            };
            learn(self.sources(&snapshot), served, now, before(deadline), &progress).await
        };
        let reason = match guarded(deadline, learning).await {
            Ok(true) => Reason::AgentLearned,
            Ok(false) => Reason::OtherCommand,
            Err(reason) => reason,
        };
        let record = Record { outcome: Outcome::Ignored.code(), reason: reason.code(), ..record };
        let record = record.with_progress(progress);
        if !record.degraded.is_empty() || self.is_recorded(reason, now) {
            self.write(record, started);
        }
        Answer::acknowledged()
    }

    /// The snapshot in force.
    async fn snapshot(
        &self,
        now: DateTime<Utc>,
        deadline: Instant,
        progress: &Progress,
    ) -> Option<Arc<Snapshot>> {
        let budget =
            before(deadline).saturating_duration_since(Instant::now()).min(self.budgets.load);
        let current =
            self.config.current(&self.tables, now, budget, &progress.requests, &self.log).await;
        if current.degraded {
            progress.degraded(Degraded::Config);
        }
        let snapshot = current.snapshot?;
        progress.note(|notes| {
            notes.snapshot = Some(Arc::clone(&snapshot));
            notes.release = current.release;
            notes.config_age_ms = u64::try_from(current.age.as_millis()).ok();
        });
        Some(snapshot)
    }

    fn sources<'a>(&'a self, snapshot: &'a Snapshot) -> Sources<'a> {
        Sources {
            tables: &self.tables,
            schedules: &self.schedules,
            log: &self.log,
            defaults: &self.settings.defaults,
            budgets: self.budgets,
            snapshot,
        }
    }

    async fn decide(
        &self,
        session: &Session,
        now: DateTime<Utc>,
        deadline: Instant,
        progress: &Progress,
    ) -> Decision {
        let default_group = self.settings.default_group;
        let Some(snapshot) = self.snapshot(now, deadline, progress).await else {
            return Decision::fallback(Reason::NoConfig, default_group);
        };
        let sources = self.sources(&snapshot);
        let mut facts = TableFacts::new(sources, session, now, before(deadline), progress);
        let question = Question { snapshot: &snapshot, session, now, default_group };
        let decided = run(&question, &mut facts, Tracing::WithoutRule).await;
        if let Some(trace) = &decided.trace {
            progress.note(|notes| notes.trace = Some(short_trace(trace)));
        }
        facts.remember(decided.decision).await
    }
}
