//! A stretch of time to the minute: which rule answers a plain user, who is on duty, and where
//! nobody is.
//!
//! Nothing changes but where a rule's hours or validity or an agent's shift or leave begins or
//! ends, so that one look at each such moment shows the whole.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::{DateTime, Utc};

use super::duty::Duty;
use super::hole;
use super::times::{Period, Times};
use crate::decide::{Known, Question, Tracing, eligible_agents, run_ready};
use crate::rows::Fact;
use crate::session::Session;
use crate::snapshot::Snapshot;

/// A stretch of time with the same answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answered {
    /// From this instant,
    pub from: DateTime<Utc>,
    /// to before this one.
    pub until: DateTime<Utc>,
    /// The rule that wins.
    pub rule: Option<Arc<str>>,
    /// The agents whom that rule chooses among.
    pub agents: Vec<Arc<str>>,
    /// Why nobody answers; `None` when somebody or a group does.
    pub hole: Option<&'static str>,
    /// Why a group answers in place of agents; `None` when no rule wanted agents, or one has them.
    pub group_instead: Option<&'static str>,
}

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

fn answers(
    snapshot: &Snapshot,
    (from, until): (DateTime<Utc>, DateTime<Utc>),
    session: &Session,
    default_group: Option<i64>,
    duty: &Duty<'_>,
) -> Vec<Answered> {
    let mut moments = BTreeSet::from([from]);
    for linked in snapshot.rules() {
        for condition in &linked.rule.conditions {
            moments.extend(condition.test.kind().changes(from, until));
        }
    }
    for place in 0..snapshot.members().len() {
        moments
            .extend(duty.agent(place).stretches().iter().flat_map(|(from, until)| [from, until]));
    }
    moments.retain(|moment| (from..until).contains(moment));
    let ends = moments.iter().skip(1).copied().chain([until]);
    let mut answers: Vec<Answered> = Vec::new();
    for (from, until) in moments.iter().copied().zip(ends) {
        let question = Question { snapshot, session, now: from, default_group };
        let answered = answered(&question, until);
        match answers.last_mut() {
            Some(last)
                if Answered { from: last.from, until: last.until, ..answered.clone() } == *last =>
            {
                last.until = answered.until;
            }
            _ => answers.push(answered),
        }
    }
    answers
}

/// The answer from the question's moment on.
fn answered(question: &Question<'_>, until: DateTime<Utc>) -> Answered {
    let decision = run_ready(question, &mut plain_user(), Tracing::WithoutRule).decision;
    let of_rule = question
        .snapshot
        .rules()
        .iter()
        .find(|linked| Some(&linked.rule.id) == decision.rule_id.as_ref());
    let eligible = of_rule
        .map(|linked| eligible_agents(question.snapshot, linked, question.now))
        .unwrap_or_default();
    let mut agents: Vec<_> = eligible.into_iter().map(|agent| Arc::clone(&agent.id)).collect();
    agents.sort_unstable();
    let (hole, group_instead) = (hole::of(&decision), hole::group_instead(&decision));
    let (from, rule) = (question.now, decision.rule_id);
    Answered { from, until, rule, agents, hole, group_instead }
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

/// Of whoever has no customer row, was never served before, and takes a rotation's first turn.
fn plain_user() -> Known {
    Known {
        customer: Fact::Is(None),
        earlier: Fact::Is(None),
        last_agent: Fact::Is(None),
        turn: Fact::Is(vec![0]),
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;
    use serde_json::json;

    use super::*;
    use crate::inspect::check::{Input, check};
    use crate::rows::{Defaults, Finding, Row, Rows, row_from_json};

    fn rows(json: serde_json::Value) -> Vec<Row> {
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

    /// Whatever answers when nobody is eligible: coverage calls a hole what `check` warns of.
    #[test]
    fn a_hole_is_what_check_calls_one() {
        let from: DateTime<Utc> = "2026-11-25T00:00:00Z".parse().unwrap();
        let defaults = Defaults {
            time_zone: "UTC".parse().unwrap(),
            holiday_country: None,
            customers: false,
            assignments: false,
        };
        let day = json!({ "RuleId": "day", "Priority": 1, "Rosters": ["desk"], "AgentGroupId": 7 });
        let own_group = {
            let mut day = day.clone();
            day["IfNobody"] = json!("group");
            day
        };
        let rest = json!({ "RuleId": "rest", "Priority": 2, "AgentGroupId": 8 });
        for (rules, default_group, is_hole, group_instead) in [
            (json!([day]), None, true, None),
            (json!([day]), Some(5), false, Some("so the default group answers")),
            (json!([own_group]), None, false, Some("so its group answers")),
            (json!([day, rest]), None, false, None),
        ] {
            let all = Rows {
                rules: rows(rules),
                agents: rows(json!([
                    { "AgentId": "ann", "Rosters": ["desk"], "Shifts": "09:00-12:00" },
                ])),
                ..Rows::default()
            };
            let snapshot = Snapshot::compile(&all, &defaults, from);
            let week = (from, from + TimeDelta::days(7));
            let coverage = Coverage::of(&snapshot, week, 1, default_group);
            let input = Input {
                rows: &all,
                customers: None,
                live: None,
                defaults: &defaults,
                default_group,
                now: from,
                from,
            };
            let is_warned = |finding: &Finding| finding.message.contains("nobody can answer");
            assert_eq!(check(input).iter().any(is_warned), is_hole, "{all:?}");
            assert_eq!(coverage.holes().count() > 0, is_hole, "{all:?}");
            let instead = coverage.answers.iter().find_map(|answered| answered.group_instead);
            assert_eq!(
                instead.map(|why| why.trim_start_matches("nobody is eligible, ")),
                group_instead
            );
        }
    }
}
