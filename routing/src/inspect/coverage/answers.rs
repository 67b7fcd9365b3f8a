//! Which rule answers a plain user, stretch by stretch.

use std::collections::BTreeSet;
use std::sync::Arc;

use chrono::{DateTime, Utc};

use crate::decide::{Known, Question, Tracing, eligible_agents, run_ready};
use crate::inspect::duty::Duty;
use crate::inspect::hole;
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

/// The answers from moment to moment, neighbours that are the same as one.
pub(super) fn answers(
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
    use crate::inspect::coverage::Coverage;
    use crate::inspect::coverage::tests::rows;
    use crate::rows::{Defaults, Finding, Rows};

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
