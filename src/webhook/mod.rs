//! One callback through the whole path, and an answer in time whatever happens.

mod budgets;
mod cache;
mod config;
mod current;
mod lost_rows;

mod probe;
mod probed;
mod refusals;
mod release;
mod schedules;
mod table_facts;
#[cfg(test)]
mod tests;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use chrono::{DateTime, Utc};
use futures_util::FutureExt;
use tokio::time::Instant;

use routing::decide::{Decision, Outcome, Question, Reason, Tracing, run};
use routing::session::Session;
use routing::snapshot::Snapshot;

use crate::report::{Level, Log, Metrics, Progress, Record, Recorded, short_trace};
use crate::settings::Settings;
use crate::store::{Requests, Tables};
use crate::tencent::{Answer, Callback, Locks, RawCallback, Received, Served, receive};
use crate::tokens::{Parameter, Tokens, Why};
pub use budgets::Budgets;
use config::Config;
pub use probed::Probed;
use refusals::{Pause, Refusals};
pub use release::{Codec, Decode};
pub use schedules::Schedules;
pub use table_facts::{Sources, TableFacts};

/// Kept free before the deadline for deciding and answering.
const RESERVE: Duration = Duration::from_millis(50);
/// What the first callback keeps of its time, whatever the start took.
const FIRST_CALLBACK_KEEPS: Duration = Duration::from_millis(300);
/// A look at the tokens is not begun with less time than this.
const MIN_LOOK: Duration = Duration::from_millis(20);
/// API Gateway's time of receipt is believed when it lies this far back at most, in milliseconds.
const BELIEVED_WAIT_MS: i64 = 10_000;

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

    /// Whether a call that asks for nothing is recorded: one in 10 seconds, where nobody proved who
    /// they are. Without locks no command proves that.
    fn is_recorded(&self, reason: Reason, now: DateTime<Utc>) -> bool {
        let is_unproven = match reason {
            Reason::HealthCheck | Reason::Method => true,
            Reason::OtherCommand => self.settings.locks.is_open(),
            _ => false,
        };
        !is_unproven || self.unproven.is_over(now)
    }

    /// Proves the request authentic and reads it, by tokens that are new enough.
    async fn receive(
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
    async fn look(&self, now: DateTime<Utc>, why: Why, budget: Duration) -> Option<Arc<Locks>> {
        let looked = self.tokens.look(now, why, budget).await;
        looked.map_err(|error| self.log.error("tokens_not_read", &error.to_string(), None)).ok()
    }

    /// How long from now until the deadline.
    fn time_left(&self, now: DateTime<Utc>, received_ms: i64, is_first: bool) -> Duration {
        let waited = now.timestamp_millis().saturating_sub(received_ms);
        let waited =
            if waited <= BELIEVED_WAIT_MS { u64::try_from(waited).unwrap_or_default() } else { 0 };
        let left = self.settings.deadline.saturating_sub(Duration::from_millis(waited));
        if is_first { left.max(FIRST_CALLBACK_KEEPS) } else { left }
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
            table_facts::learn(self.sources(&snapshot), served, now, before(deadline), &progress)
                .await
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
            progress.degraded("config");
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

    fn reject(
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

    fn write(&self, record: Record<'_>, started: Instant) {
        let duration_ms = (started.elapsed().as_secs_f64() * 1e6).round() / 1e3;
        let record = Record { duration_ms, ..record };
        let numbers = self.metrics.of(&record, self.refusals.take_uncounted(), Utc::now());
        let level =
            if record.outcome == Outcome::Fallback.code() { Level::Error } else { Level::Info };
        self.log.line(level, &Recorded { record: &record, numbers });
    }
}

/// When requests to tables must have ended for the answer to go out in time.
fn before(deadline: Instant) -> Instant {
    deadline.checked_sub(RESERVE).unwrap_or(deadline)
}

/// What `work` comes to, or why there is nothing: it panicked, or it is not there by the deadline.
async fn guarded<T>(deadline: Instant, work: impl Future<Output = T>) -> Result<T, Reason> {
    match tokio::time::timeout_at(deadline, AssertUnwindSafe(work).catch_unwind()).await {
        Ok(Ok(done)) => Ok(done),
        Ok(Err(_panic)) => Err(Reason::Fault),
        Err(_elapsed) => Err(Reason::Deadline),
    }
}
