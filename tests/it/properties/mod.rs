//! What must hold for any rows and any session.

mod arbitrary;
mod conditions;
mod good;
pub(crate) mod rows;
mod shares;

use std::collections::BTreeSet;

use chrono::{DateTime, TimeDelta, Utc};
use routing::decide::{Decision, Known, RuleResult, Tracing};
use routing::rows::{Defaults, Rows, row_from_json};
use routing::session::Session;
use routing::snapshot::Snapshot;
use serde_json::Value;

use testing::deciding::decide_by;
use testing::question;

fn defaults() -> Defaults {
    testing::settings(&[("TIME_ZONE", "Europe/Berlin")]).defaults
}

pub(crate) fn compile(rules: &[Value], agents: &[Value], calendars: &[Value]) -> Snapshot {
    let typed = |rows: &[Value]| {
        rows.iter().map(|row| row_from_json(row.as_object().unwrap().clone())).collect()
    };
    let rows = Rows { rules: typed(rules), agents: typed(agents), calendars: typed(calendars) };
    Snapshot::compile(&rows, &defaults(), at(0))
}

pub(crate) fn at(minute: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(1_795_000_000, 0).unwrap() + TimeDelta::minutes(minute)
}

pub(crate) fn session(session: &str, user: &str) -> Session {
    Session::new(session, user, 1, 1_400_000_000)
}

/// A decision where nothing is remembered: a strategy that asks for a turn ends the test.
fn decided(snapshot: &Snapshot, session: &Session, now: DateTime<Utc>) -> Decision {
    let question = question(snapshot, session, now);
    decide_by(&question, &Known::customer(None), Tracing::WithoutRule).decision
}

/// What each rule would do alone: whether its conditions hold, and which agents it answers.
fn each_alone(
    rules: &[Value],
    agents: &[Value],
    calendars: &[Value],
    session: &Session,
    now: DateTime<Utc>,
) -> Vec<(bool, BTreeSet<String>)> {
    rules
        .iter()
        .map(|rule| {
            let mut rule = rule.clone();
            // Every eligible agent, not one of them.
            for name in ["Strategy", "MaxAgents"] {
                rule.as_object_mut().unwrap().remove(name);
            }
            let snapshot = compile(&[rule], agents, calendars);
            let question = question(&snapshot, session, now);
            let decided = decide_by(&question, &Known::customer(None), Tracing::Full);
            let holds = decided.trace.unwrap().rules.iter().any(|rule| match rule.verdict {
                RuleResult::NobodyEligible | RuleResult::Won | RuleResult::Repeated => true,
                RuleResult::ConditionFailed | RuleResult::InError | RuleResult::Disabled => false,
            });
            (holds, decided.decision.agent_ids.iter().map(ToString::to_string).collect())
        })
        .collect()
}
