//! Shares: of agents by their weights, of users by a percentage; and an event's earlier decision.

use std::collections::BTreeMap;

use routing::decide::{Decision, Known, Reason, Remember, Tracing};
use routing::rows::Fact;
use serde_json::{Value, json};

use super::{at, compile, decided, session};
use testing::deciding::decide_by;
use testing::question;

/// Who gets each of `sessions`, by the strategy.
fn winners(strategy: &str, weights: &[(&str, u32)], sessions: usize) -> Vec<String> {
    let agents: Vec<Value> = weights
        .iter()
        .map(|(id, weight)| json!({ "AgentId": id, "Rosters": ["desk"], "Weight": weight }))
        .collect();
    let snapshot = compile(
        &[json!({ "RuleId": "r", "Priority": 1, "Rosters": ["desk"], "Strategy": strategy })],
        &agents,
        &[],
    );
    (0..sessions)
        .map(|n| {
            decided(&snapshot, &session(&format!("session-{n}"), &format!("user-{n}")), at(0))
                .agent_ids[0]
                .to_string()
        })
        .collect()
}

const WEIGHTS: [(&str, u32); 5] = [("a", 1), ("b", 2), ("c", 3), ("d", 10), ("e", 100)];
const SESSIONS: usize = 40_000;

/// A decision recorded for the event is the answer, and nothing is remembered of it again.
#[test]
fn an_earlier_decision_is_repeated() {
    let rules =
        [json!({ "RuleId": "r", "Priority": 1, "Rosters": ["desk"], "Prefer": ["last_agent"] })];
    let snapshot = compile(&rules, &[json!({ "AgentId": "ann", "Rosters": ["desk"] })], &[]);
    let known =
        Known { earlier: Fact::Is(None), last_agent: Fact::Is(None), ..Known::customer(None) };
    let session = session("s", "u");
    let question = question(&snapshot, &session, at(0));
    let decision = |known: &Known| decide_by(&question, known, Tracing::WithoutRule).decision;
    let first = decision(&known);
    assert_eq!((first.reason, first.remember), (Reason::RuleMatched, Remember::EventAndAgent));
    let again = Known { earlier: Fact::Is(Some(first.clone())), ..known };
    let repeated = Decision { reason: Reason::EventRepeated, remember: Remember::Nothing, ..first };
    assert_eq!(decision(&again), repeated);
}

#[test]
fn shares_follow_the_weights() {
    for strategy in ["hash", "sticky"] {
        let mut counts = BTreeMap::new();
        for id in winners(strategy, &WEIGHTS, SESSIONS) {
            *counts.entry(id).or_insert(0_u32) += 1;
        }
        let total: u32 = WEIGHTS.iter().map(|(_, weight)| weight).sum();
        let chi_square: f64 = WEIGHTS
            .iter()
            .map(|(id, weight)| {
                let expected = SESSIONS as f64 * f64::from(*weight) / f64::from(total);
                (f64::from(counts[*id]) - expected).powi(2) / expected
            })
            .sum();
        // Four degrees of freedom: above 18.47 with probability 0.001.
        assert!(chi_square < 18.47, "{strategy}: {chi_square} {counts:?}");
    }
}

#[test]
fn a_leaving_agent_moves_only_its_own_share() {
    for strategy in ["hash", "sticky"] {
        let before = winners(strategy, &WEIGHTS, SESSIONS);
        let without_d: Vec<(&str, u32)> =
            WEIGHTS.iter().copied().filter(|(id, _)| *id != "d").collect();
        let after = winners(strategy, &without_d, SESSIONS);
        for (before, after) in before.iter().zip(&after) {
            assert!(before == "d" || before == after, "{strategy}: {before} → {after}");
        }
    }
}

#[test]
fn a_share_of_users_is_near_its_percentage_and_independent_of_the_agent() {
    for percent in [0.0, 0.5, 10.0, 50.0, 99.9, 100.0] {
        let snapshot = compile(
            &[json!({ "RuleId": "r", "Priority": 1, "Percent": percent, "AgentGroupId": 1 })],
            &[],
            &[],
        );
        let hits = (0..SESSIONS)
            .filter(|n| {
                decided(&snapshot, &session("s", &format!("user-{n}")), at(0)).rule_id.is_some()
            })
            .count();
        let expected = SESSIONS as f64 * percent / 100.0;
        // Four standard deviations.
        let allowed = 4.0 * (expected * (1.0 - percent / 100.0)).sqrt();
        assert!((hits as f64 - expected).abs() <= allowed, "{percent} %: {hits}");
    }
    // Of the users in a trial, sticky agents still share evenly.
    let agents = ["a", "b"].map(|id| json!({ "AgentId": id, "Rosters": ["desk"] }));
    let rule = json!({
        "RuleId": "r", "Priority": 1, "Percent": 10, "Rosters": ["desk"], "Strategy": "sticky",
    });
    let snapshot = compile(&[rule], &agents, &[]);
    let chosen: Vec<Decision> = (0..SESSIONS)
        .map(|n| decided(&snapshot, &session("s", &format!("user-{n}")), at(0)))
        .collect();
    let of_a = chosen
        .iter()
        .filter(|decision| decision.agent_ids.first().is_some_and(|id| **id == *"a"))
        .count();
    let all = chosen.iter().filter(|decision| decision.rule_id.is_some()).count();
    let deviation = (of_a as f64 - all as f64 / 2.0).abs();
    assert!(deviation < 4.0 * (all as f64 / 4.0).sqrt(), "{of_a} of {all}");
}
