//! What the trace tells.

use chrono::Utc;
use routing::decide::{Known, RuleResult, Tracing};
use routing::rows::{Customer, Fact};
use routing::session::Session;
use serde_json::{Value as Json, json};

use super::{compile, trace};
use testing::deciding::decide_by;
use testing::question;

/// Without a rule that wins, the first twenty are traced, each with the agents looked at. The full
/// trace has all, and a decision rule by rule none.
#[test]
fn a_trace_ends_where_it_should() {
    let agent = |n: usize| format!("agent-{n}");
    let session = Session::new("s", "u", 1, 1_400_000_000);
    for count in [0, 1, 19, 20, 21, 40] {
        let rules: Vec<Json> = (0..count)
            .map(|n| json!({ "RuleId": n.to_string(), "Priority": n, "AgentIds": [agent(n)] }))
            .collect();
        let agents: Vec<Json> =
            (0..count).map(|n| json!({ "AgentId": agent(n), "Enabled": false })).collect();
        let snapshot = compile(&rules, &agents);
        let question = question(&snapshot, &session, Utc::now());
        let trace = |tracing| decide_by(&question, &Known::default(), tracing).trace;
        for (tracing, most) in [(Tracing::WithoutRule, count.min(20)), (Tracing::Full, count)] {
            let trace = trace(tracing).unwrap();
            let looked_at: Vec<&str> =
                trace.rules.iter().map(|rule| rule.candidates[0].agent_id.as_str()).collect();
            assert_eq!(looked_at, (0..most).map(agent).collect::<Vec<_>>());
            assert!(trace.rules.iter().all(|rule| rule.candidates.len() == 1));
        }
        assert_eq!(trace(Tracing::RuleByRule), None);
    }
}

/// No customer is read for a rule that cannot match whoever the customer is, and the trace goes on
/// after it.
#[test]
fn a_rule_that_cannot_match_needs_no_customer() {
    let rules = [
        json!({
            "RuleId": "vip", "Priority": 1, "Segments": ["vip"],
            "AnyOf": [{ "ClientUserIds": ["x"] }], "AgentGroupId": 1,
        }),
        json!({
            "RuleId": "not", "Priority": 2, "Languages": ["ko"],
            "NotAnyOf": [{ "Platforms": ["Web"] }], "AgentGroupId": 2,
        }),
        json!({ "RuleId": "web", "Priority": 3, "Platforms": ["Web"], "AgentGroupId": 3 }),
    ];
    let snapshot = compile(&rules, &[]);
    let session = Session::new("s", "u", 1, 1_400_000_000).on_platform(Some("Web"));
    let question = question(&snapshot, &session, Utc::now());
    for tracing in [Tracing::WithoutRule, Tracing::RuleByRule, Tracing::Full] {
        let decided = decide_by(&question, &Known::default(), tracing);
        assert_eq!(decided.decision.agent_group_id, Some(3));
    }
    let trace = decide_by(&question, &Known::default(), Tracing::Full).trace.unwrap();
    let told = trace.rules.iter().map(|rule| {
        let failed = rule.condition.as_ref().map(|condition| condition.attribute);
        (rule.rule_id.as_str(), rule.verdict, failed)
    });
    let expected = [
        ("vip", RuleResult::ConditionFailed, Some("AnyOf")),
        ("not", RuleResult::ConditionFailed, Some("NotAnyOf")),
        ("web", RuleResult::Won, None),
    ];
    assert_eq!(told.collect::<Vec<_>>(), expected);
}

/// The full trace: every rule tried, the condition that failed with the values compared, every
/// agent dropped and why.
#[test]
fn the_trace_says_why() {
    let rules = [
        json!({ "RuleId": "ios", "Priority": 1, "Platforms": ["iOS", "iPad"], "AgentGroupId": 1 }),
        json!({ "RuleId": "not-web", "Priority": 2, "NotPlatforms": ["web"], "AgentGroupId": 1 }),
        json!({ "RuleId": "night", "Priority": 3, "Hours": "22:00-06:00", "AgentGroupId": 1 }),
        json!({ "RuleId": "vip", "Priority": 4, "Segments": ["vip"], "AgentGroupId": 1 }),
        json!({
            "RuleId": "empty", "Priority": 5, "Rosters": ["desk"], "NeedSkills": ["billing>=3"],
            "AgentGroupId": 4,
        }),
        json!({ "RuleId": "named", "Priority": 6, "AgentIds": ["off"], "Rosters": ["desk"] }),
        json!({ "RuleId": "never-tried", "Priority": 7, "AgentGroupId": 1 }),
    ];
    let agents = [
        json!({
            "AgentId": "a-away", "Rosters": ["desk"], "Skills": { "billing": 5 },
            "Away": ["2026-11-24"],
        }),
        json!({ "AgentId": "b-beginner", "Rosters": ["desk"], "Skills": ["billing"] }),
        json!({ "AgentId": "c-none", "Rosters": ["desk"], "Weight": 0 }),
        json!({
            "AgentId": "d-group", "Rosters": ["desk"], "OnlyWithGroups": [9],
            "Skills": { "billing": 5 },
        }),
        json!({
            "AgentId": "e-shift", "Rosters": { "desk": 2 }, "Shifts": "20:00-21:00",
            "Skills": { "billing": 5 },
        }),
        json!({ "AgentId": "off", "Enabled": false }),
        json!({ "AgentId": "broken", "Rosters": ["desk"], "Tier": "x" }),
    ];
    let snapshot = compile(&rules, &agents);
    let trace = trace(
        &snapshot,
        &Session::new("s", "u", 1, 1_400_000_000).on_platform(Some("Web")),
        &Known { customer: Fact::Unknown, ..Known::default() },
    );
    let found = serde_json::to_value(&trace).unwrap();
    let candidate = |list: &str, id: &str, tier: u32, dropped: Json| {
        let mut candidate = json!({ "list": list, "agent_id": id, "tier": tier });
        if dropped != Json::Null {
            candidate["dropped"] = dropped;
        }
        candidate
    };
    let closed = "closed at Tue 2026-11-24 10:00 Asia/Seoul until Tue 2026-11-24 22:00: outside \
        `22:00-06:00`";
    let away = "is away (`Away`): `2026-11-24`, until Wed 2026-11-25 00:00 Asia/Seoul";
    let off_shift = "is off shift (`Shifts`): outside `20:00-21:00`; closed, opens Tue 2026-11-24 \
        20:00 Asia/Seoul";
    let other_group = "`OnlyWithGroups` is [9], the rule answers another group";
    let expected = json!({ "rules": [
        {
            "rule_id": "ios", "verdict": "condition_failed",
            "condition": { "attribute": "Platforms", "expected": "ios, ipad", "found": "web" },
        },
        {
            "rule_id": "not-web", "verdict": "condition_failed",
            "condition": { "attribute": "NotPlatforms", "expected": "not (web)", "found": "web" },
        },
        {
            "rule_id": "night", "verdict": "condition_failed",
            "condition": { "attribute": "Hours", "expected": "open", "found": closed },
        },
        {
            "rule_id": "vip", "verdict": "condition_failed",
            "condition": {
                "attribute": "Segments", "expected": "vip",
                "found": "unknown: the customer could not be read",
            },
        },
        { "rule_id": "empty", "verdict": "nobody_eligible", "candidates": [
            candidate("desk", "a-away", 1, json!(away)),
            candidate("desk", "b-beginner", 1, json!("the skill `billing` is 1, the rule needs 3")),
            candidate("desk", "c-none", 1, json!("`Weight` is 0: only when preferred")),
            candidate("desk", "d-group", 1, json!(other_group)),
            candidate("desk", "e-shift", 2, json!(off_shift)),
        ] },
        { "rule_id": "named", "verdict": "won", "candidates": [
            candidate("AgentIds", "off", 1, json!("`Enabled` is false")),
            candidate("desk", "a-away", 1, json!(away)),
            candidate("desk", "b-beginner", 1, Json::Null),
            candidate("desk", "c-none", 1, json!("`Weight` is 0: only when preferred")),
            candidate("desk", "d-group", 1, Json::Null),
        ] },
    ] });
    assert_eq!(found, expected, "{found:#}");
}

/// A preferred owner who is passed over is in the trace too.
#[test]
fn the_trace_says_why_not_the_owner() {
    let rule = json!({ "RuleId": "r", "Priority": 1, "Rosters": ["desk"], "Prefer": ["owner"] });
    let agents = [
        json!({ "AgentId": "ann", "Rosters": ["desk"] }),
        json!({ "AgentId": "bob", "Rosters": ["desk"], "Away": ["2026-11-24"] }),
        json!({ "AgentId": "cid", "Rosters": ["other"] }),
    ];
    let snapshot = compile(&[rule], &agents);
    for (owner, dropped) in [
        ("ann", None),
        ("bob", Some("is away (`Away`): `2026-11-24`, until Wed 2026-11-25 00:00 Asia/Seoul")),
        ("cid", Some("is not one of the rule's agents")),
        ("nobody", Some("is not one of the rule's agents")),
    ] {
        let customer = Customer { owner: Some(owner.into()), ..Customer::default() };
        let trace = trace(
            &snapshot,
            &Session::new("s", "u", 1, 1_400_000_000),
            &Known::customer(Some(customer)),
        );
        let first = &trace.rules[0].candidates[0];
        assert_eq!(
            (first.list.as_str(), first.agent_id.as_str(), first.dropped.as_deref()),
            ("Prefer: owner", owner, dropped)
        );
    }
}

/// Of `AnyOf` and its opposite every map, with all its conditions and the values compared.
#[test]
fn the_trace_shows_every_map() {
    let maps = json!([
        { "Platforms": ["iOS"], "Segments": ["vip"] },
        { "Segments": ["beta"], "ValidUntil": "2026-12-01" },
    ]);
    let rules = [
        json!({ "RuleId": "any", "Priority": 1, "AnyOf": maps, "AgentGroupId": 1 }),
        json!({
            "RuleId": "not", "Priority": 2, "NotAnyOf": [{ "NotPlatforms": ["iOS"] }],
            "AgentGroupId": 1,
        }),
    ];
    let snapshot = compile(&rules, &[]);
    let session = Session::new("s", "u", 1, 1_400_000_000).on_platform(Some("Web"));
    let part = |attribute: &str, holds: &str, expected: &str, found: &str| {
        json!({
            "attribute": attribute, "holds": holds, "expected": expected, "found": found,
        })
    };
    let (no_row, unknown) = ("no customer row", "unknown: the customer could not be read");
    for (customer, of_any, holds, segments) in [
        (Fact::Is(None), "none", "no", no_row),
        (Fact::Unknown, "map 2 unknown", "unknown", unknown),
    ] {
        let known = Known { customer, ..Known::default() };
        let found = serde_json::to_value(trace(&snapshot, &session, &known)).unwrap();
        let until =
            part("ValidUntil", "yes", "before 2026-12-01T15:00:00Z", "2026-11-24T01:00:00Z");
        let any = json!({
            "attribute": "AnyOf", "expected": "one of its 2 maps", "found": of_any,
            "maps": [
                [part("Platforms", "no", "ios", "web"), part("Segments", holds, "vip", segments)],
                [until, part("Segments", holds, "beta", segments)],
            ],
        });
        assert_eq!(found["rules"][0]["condition"], any, "{found:#}");
        let not = json!({
            "attribute": "NotAnyOf", "expected": "not (its map)", "found": "map 1",
            "maps": [[part("NotPlatforms", "yes", "not (ios)", "web")]],
        });
        assert_eq!(found["rules"][1]["condition"], not, "{found:#}");
    }
}
