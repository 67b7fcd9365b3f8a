//! What the targets share: a deployment, and decisions in it.

use std::sync::LazyLock;

use chrono::{DateTime, Utc};
use desk_router::settings::Settings;
use routing::decide::{Decision, Known, Question, Tracing};
use routing::rows::Fact;
use routing::session::Session;
use routing::snapshot::Snapshot;

use crate::deciding::decide_by;

pub(super) const APP: &str = "1400000000";

pub(super) static OPEN: LazyLock<Settings> =
    LazyLock::new(|| settings(&[("ALLOW_UNAUTHENTICATED", "true")]));

pub(super) fn settings(more: &[(&str, &str)]) -> Settings {
    let common = [
        ("RULES_TABLE", "r"),
        ("AGENTS_TABLE", "a"),
        ("CUSTOMERS_TABLE", "c"),
        ("ASSIGNMENTS_TABLE", "m"),
        ("SDK_APP_IDS", APP),
        ("HOLIDAY_COUNTRY", "KR"),
    ];
    Settings::read(|name| {
        common
            .iter()
            .chain(more)
            .find(|(key, _)| *key == name)
            .map(|(_, value)| (*value).to_owned())
    })
    .unwrap()
}

pub(super) fn now() -> DateTime<Utc> {
    DateTime::from_timestamp(1_795_000_000, 0).unwrap()
}

/// A decision by these facts. The index is plain first match, and a trace changes nothing.
pub(super) fn decided_twice(question: &Question<'_>, known: &Known) -> Decision {
    let [by_index, plain, traced] = [Tracing::WithoutRule, Tracing::RuleByRule, Tracing::Full]
        .map(|tracing| decide_by(question, known, tracing));
    assert_eq!(by_index.decision, plain.decision, "the index is plain first match");
    assert_eq!(by_index.decision, traced.decision, "a trace changes nothing");
    assert_eq!(by_index.known, plain.known, "the same is asked for");
    by_index.decision
}

/// Decides for some users, with a trace and without one.
pub(super) fn tried(snapshot: &Snapshot) {
    for user in ["user-1", "", "\u{0}\u{10ffff}"] {
        let session = Session::new("session", user, 1, 1_400_000_000)
            .on_platform(Some("iOS"))
            .from_ip(Some("203.0.113.7"));
        let known = Known {
            customer: Fact::Is(None),
            earlier: Fact::Unknown,
            last_agent: Fact::Unknown,
            turn: Fact::Unknown,
        };
        let question = Question { snapshot, session: &session, now: now(), default_group: None };
        decided_twice(&question, &known);
    }
}
