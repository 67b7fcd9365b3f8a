//! A stretch of time to the minute: which rule answers a plain user, who is on duty, and where
//! nobody is.
//!
//! Nothing changes but where a rule's hours or validity or an agent's shift or leave begins or
//! ends, so that one look at each such moment shows the whole.

mod answers;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::{DateTime, Utc};

use super::duty::Duty;
use super::times::{Period, Times};
use crate::session::Session;
use crate::snapshot::Snapshot;
pub use answers::Answered;
use answers::answers;

/// A stretch of time with the same people on duty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OnDuty {
    /// From this instant,
    pub from: DateTime<Utc>,
    /// to before this one.
    pub until: DateTime<Utc>,
    /// Who is on duty, in order.
    pub agents: Vec<Arc<str>>,
}

/// An agent, and the stretches in which they are on duty.
type Shift = (Arc<str>, Vec<Period>);

/// What a stretch of time looks like.
#[derive(Debug, Clone)]
pub struct Coverage {
    /// Who answers a plain user: no customer row, platform unknown.
    pub answers: Vec<Answered>,
    /// Who is on duty, roster by roster.
    pub rosters: BTreeMap<String, Vec<OnDuty>>,
    /// When each agent is on duty.
    pub agents: BTreeMap<Arc<str>, Vec<Period>>,
}

impl Coverage {
    /// From `from` to before `until`, for a plain user of the app.
    pub fn of(
        snapshot: &Snapshot,
        (from, until): (DateTime<Utc>, DateTime<Utc>),
        sdk_app_id: u64,
        default_group: Option<i64>,
    ) -> Self {
        let duty = Duty::new(snapshot, from, until);
        let members = || snapshot.members().iter().enumerate();
        let on_duty = |place, weight| if weight > 0 { duty.agent(place) } else { Times::default() };
        let mut rosters: BTreeMap<String, Vec<Shift>> = BTreeMap::new();
        let mut agents = BTreeMap::new();
        for (place, member) in members().filter(|(_, member)| member.is_in_use()) {
            let (agent, times) = (&member.agent, on_duty(place, member.agent.weight));
            for (roster, _) in &agent.rosters {
                let on = (Arc::clone(&agent.id), times.stretches().to_vec());
                rosters.entry(roster.to_string()).or_default().push(on);
            }
            agents.insert(Arc::clone(&agent.id), times.stretches().to_vec());
        }
        // A roster that a rule names and nobody is on is empty all the time.
        for roster in snapshot.rules().iter().flat_map(|linked| &linked.rule.rosters) {
            rosters.entry(roster.to_string()).or_default();
        }
        let rosters = rosters
            .into_iter()
            .map(|(name, agents)| (name, together(from, until, &agents)))
            .collect();
        let session = Session::new("coverage", "plain user", 0, sdk_app_id);
        let answers = answers(snapshot, (from, until), &session, default_group, &duty);
        Self { answers, rosters, agents }
    }

    /// The stretches in which a plain user finds nobody.
    pub fn holes(&self) -> impl Iterator<Item = &Answered> {
        self.answers.iter().filter(|answered| answered.hole.is_some())
    }
}

/// Who is there together, stretch by stretch.
fn together(from: DateTime<Utc>, until: DateTime<Utc>, agents: &[Shift]) -> Vec<OnDuty> {
    // Who comes and who goes at each moment.
    let mut turns: BTreeMap<DateTime<Utc>, Vec<(&Arc<str>, bool)>> = BTreeMap::new();
    turns.entry(from).or_default();
    for (id, stretches) in agents {
        for (from, until) in stretches {
            turns.entry(*from).or_default().push((id, true));
            turns.entry(*until).or_default().push((id, false));
        }
    }
    let mut there: BTreeSet<Arc<str>> = BTreeSet::new();
    let mut all = Vec::new();
    let ends = turns.keys().skip(1).copied().chain([until]).collect::<Vec<_>>();
    for ((at, turns), end) in turns.into_iter().zip(ends) {
        for (id, comes) in turns {
            if comes {
                there.insert(Arc::clone(id));
            } else {
                there.remove(id);
            }
        }
        if at < end {
            all.push(OnDuty { from: at, until: end, agents: there.iter().cloned().collect() });
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;
    use serde_json::json;

    use super::*;
    use crate::rows::{Defaults, Row, Rows, row_from_json};

    pub(super) fn rows(json: serde_json::Value) -> Vec<Row> {
        let rows = json.as_array().unwrap().clone();
        rows.into_iter().map(|row| row_from_json(row.as_object().unwrap().clone())).collect()
    }

    #[test]
    fn a_day_to_the_minute() {
        let all = Rows {
            rules: rows(json!([
                { "RuleId": "day", "Priority": 1, "Hours": "09:00-18:00", "Rosters": ["desk"] },
                { "RuleId": "rest", "Priority": 2, "Hours": "12:00-24:00", "AgentGroupId": 5 },
            ])),
            agents: rows(json!([
                { "AgentId": "ann", "Rosters": ["desk"], "Shifts": "09:00-12:00,12:30-17:07" },
                { "AgentId": "bob", "Rosters": ["desk"], "Shifts": "11:00-12:00" },
                { "AgentId": "cid", "Rosters": ["desk"], "Enabled": false },
            ])),
            ..Rows::default()
        };
        let defaults = Defaults {
            time_zone: "UTC".parse().unwrap(),
            holiday_country: None,
            customers: false,
            assignments: false,
        };
        let from: DateTime<Utc> = "2026-11-25T00:00:00Z".parse().unwrap();
        let snapshot = Snapshot::compile(&all, &defaults, from);
        let coverage = Coverage::of(&snapshot, (from, from + TimeDelta::days(1)), 1, None);
        let seen: Vec<String> = coverage
            .answers
            .iter()
            .map(|a| {
                let rule = a.rule.as_deref().unwrap_or("-");
                let hole = if a.hole.is_some() { " hole" } else { "" };
                format!("{} {rule} {}{hole}", a.from.format("%H:%M"), a.agents.join("+"))
            })
            .collect();
        assert_eq!(
            seen,
            [
                "00:00 -  hole",
                "09:00 day ann",
                "11:00 day ann+bob",
                "12:00 rest ",
                "12:30 day ann",
                "17:07 rest ",
            ]
        );
        assert_eq!(coverage.holes().count(), 1);
        assert!(coverage.answers.iter().all(|answered| answered.group_instead.is_none()));
        let desk: Vec<(String, usize)> = coverage.rosters["desk"]
            .iter()
            .map(|on| (on.from.format("%H:%M").to_string(), on.agents.len()))
            .collect();
        let counts = [("00:00", 0), ("09:00", 1), ("11:00", 2), ("12:00", 0), ("12:30", 1)];
        let counts = counts.iter().chain(&[("17:07", 0)]);
        assert_eq!(desk, counts.map(|(at, n)| ((*at).to_owned(), *n)).collect::<Vec<_>>());
        assert!(!coverage.agents.contains_key("cid"), "a disabled agent is never on duty");
    }
}
