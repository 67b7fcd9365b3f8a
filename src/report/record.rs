//! The decision record: one JSON line a callback, absent values as null.
//!
//! Never in it: `Sign`, tokens, path secrets, `ClientIP`, whole bodies.

use std::sync::Arc;

use chrono::{DateTime, SecondsFormat, Utc};
use serde::Serialize;

use super::Progress;
use routing::decide::{Decision, RuleResult, Trace};
use routing::rows::rule::{Preference, Strategy};
use routing::session::Session;
use routing::snapshot::Snapshot;

/// One decision, for people and for queries.
#[derive(Debug, Clone, Serialize, Default)]
pub struct Record<'a> {
    /// When the callback was handled, UTC.
    pub time: String,
    /// What kind of answer.
    pub outcome: &'static str,
    /// Why, as one of the codes of `docs/operate.md`.
    pub reason: &'static str,
    /// The rule that won.
    pub rule_id: Option<&'a str>,
    /// `SessionId`.
    pub session_id: Option<&'a str>,
    /// `EventTime`, milliseconds.
    pub event_time: Option<i64>,
    /// `ClientUserId`, unless `LOG_USER_IDS` is false.
    pub client_user_id: Option<&'a str>,
    /// `SdkAppid`.
    pub sdk_app_id: Option<u64>,
    /// `OptPlatform` as sent.
    pub platform: Option<&'a str>,
    /// `CustomerServiceId`.
    pub customer_service_id: Option<&'a str>,
    /// The customer's segments, when the customer was read, unless `LOG_USER_IDS` is false.
    pub segments: Option<Vec<String>>,
    /// The group in the answer; `None` = agents alone, or nobody.
    pub agent_group_id: Option<i64>,
    /// The agents in the answer, the preferred first.
    pub agent_ids: &'a [Arc<str>],
    /// How they were chosen.
    pub strategy: Option<&'static str>,
    /// Why one agent was preferred.
    pub preferred: Option<&'static str>,
    /// The number of the release that decided; `None` when the rows were read directly.
    pub release: Option<u64>,
    /// The snapshot's version.
    pub config_version: Option<String>,
    /// The snapshot's age, milliseconds.
    pub config_age_ms: Option<u64>,
    /// What could not be read.
    pub degraded: Vec<&'static str>,
    /// Requests to read tables, without those of the start.
    pub table_reads: u32,
    /// Requests to write tables.
    pub table_writes: u32,
    /// From the event to the answer, milliseconds.
    pub duration_ms: f64,
    /// Whether this is the instance's first callback.
    pub cold_start: bool,
    /// Refusals by this instance so far, on a refusal.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rejected_total: Option<u64>,
    /// Why each rule did not match, when none did.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub trace: Option<Vec<String>>,
    /// The snapshot, for the numbers beside the record.
    #[serde(skip)]
    pub snapshot: Option<Arc<Snapshot>>,
}

impl<'a> Record<'a> {
    /// A record of this time, with nothing else in it.
    pub fn at(now: DateTime<Utc>) -> Self {
        Self { time: now.to_rfc3339_opts(SecondsFormat::Millis, true), ..Self::default() }
    }

    /// Adds what happened on the way.
    #[must_use]
    pub(crate) fn with_progress(mut self, progress: Progress) -> Self {
        let (requests, notes) = progress.into_notes();
        self.table_reads = requests.reads();
        self.table_writes = requests.writes();
        self.config_version = notes.snapshot.as_ref().map(|snapshot| snapshot.version().to_owned());
        self.snapshot = notes.snapshot;
        self.release = notes.release;
        self.config_age_ms = notes.config_age_ms;
        self.degraded = notes.degraded;
        self.segments = notes.segments;
        self.trace = notes.trace;
        self
    }

    /// Adds what was asked. Without `log_user_ids`, nothing tells of the user or the customer.
    #[must_use]
    pub fn with_session(mut self, session: &'a Session, log_user_ids: bool) -> Self {
        self.session_id = Some(&session.session_id);
        self.event_time = Some(session.event_time);
        self.client_user_id = log_user_ids.then_some(session.client_user_id.as_str());
        self.segments = self.segments.filter(|_| log_user_ids);
        self.sdk_app_id = Some(session.sdk_app_id);
        self.platform = session.platform.as_deref();
        self.customer_service_id = session.customer_service_id.as_deref();
        self
    }

    /// Adds what was decided.
    #[must_use]
    pub fn with_decision(mut self, decision: &'a Decision) -> Self {
        self.outcome = decision.outcome.code();
        self.reason = decision.reason.code();
        self.rule_id = decision.rule_id.as_deref();
        self.agent_group_id = decision.agent_group_id;
        self.agent_ids = &decision.agent_ids;
        self.strategy = decision.strategy.map(Strategy::name);
        self.preferred = decision.preferred.map(Preference::name);
        self
    }
}

/// Why each of the first rules did not match: `vip: Segments`, `day: nobody eligible`.
pub(crate) fn short_trace(trace: &Trace) -> Vec<String> {
    let rules = trace.rules.iter();
    rules
        .map(|rule| match (&rule.condition, rule.verdict) {
            (Some(condition), _) => format!("{}: {}", rule.rule_id, condition.attribute),
            (None, RuleResult::Won) => format!("{}: won", rule.rule_id),
            (None, _) => format!("{}: nobody eligible", rule.rule_id),
        })
        .collect()
}
