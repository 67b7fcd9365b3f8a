//! What is meant is not found.

use serde_json::{Value as Json, json};

use super::super::keys::MADE_FOR;
use super::*;

#[test]
fn good_rows_have_no_findings() {
    assert_eq!(findings(&good(), None), [""; 0]);
    assert_eq!(findings(&json!({}), Some(1)), [""; 0]);
}

/// A skill that nobody has; what the last rule answers is no hole.
#[test]
fn a_skill_nobody_has() {
    let found = after(|rows| {
        rows["rules"][0]["NeedSkills"] = json!(["biling"]);
        rows["rules"][0]["IfNobody"] = json!("next");
    });
    for expected in [
        "the skill `biling`: no agent has this skill, so nobody can answer; did you mean \
        `billing`?",
        "the skill `billing`: no rule asks for it; did you mean `biling`?",
    ] {
        assert!(
            found.iter().any(|finding| finding.contains(expected)),
            "no `{expected}` in {found:#?}"
        );
    }
    assert_eq!(found.len(), 2, "{found:#?}");
}

#[test]
fn what_is_meant_is_not_found() {
    for (what, found) in [
        (
            "a rule that overflows to the next is reached",
            add("rules", json!({ "RuleId": "new", "Priority": 2.5, "Rosters": ["desk"] })),
        ),
        (
            "the same hours in another zone are another condition",
            two(
                &json!({ "Hours": "Mo-Fr 09:00-18:00" }),
                &json!({ "Hours": "Mo-Fr 09:00-18:00", "TimeZone": "Europe/Berlin" }),
            ),
        ),
        (
            "two shares without a common key are two shares",
            two(&json!({ "Percent": 10 }), &json!({ "Percent": 10 })),
        ),
        (
            "nor are they one in maps",
            two(&json!({ "AnyOf": [{ "Percent": 10 }] }), &json!({ "AnyOf": [{ "Percent": 10 }] })),
        ),
        (
            "an empty roster is served by the group",
            after(|rows| {
                rows["agents"][0]["Shifts"] = json!("Mo-Fr 10:00-11:00");
                for rule in 0..2 {
                    rows["rules"][rule]["IfNobody"] = json!("group");
                }
            }),
        ),
        (
            "a group that no other row names",
            add(
                "rules",
                json!({
                    "RuleId": "new", "Priority": 0, "ClientUserIds": ["x"], "AgentGroupId": 99,
                }),
            ),
        ),
        (
            "a group of an agent that no rule names",
            after(|rows| rows["agents"][0]["OnlyWithGroups"] = json!([7, 99])),
        ),
        (
            "disabled agents need no roster",
            add("agents", json!({ "AgentId": "gone", "Enabled": false })),
        ),
        (
            "what some customer has, in other letters and kinds",
            add(
                "rules",
                json!({
                    "RuleId": "new", "Priority": 0, "AgentGroupId": 7,
                    "Customer": { "plan": ["PRO", "business"], "Spend": [10, ">= 2500"] },
                }),
            ),
        ),
        (
            "a calendar named in other letters by a rule that is disabled",
            after(|rows| {
                rows["calendars"]
                    .as_array_mut()
                    .unwrap()
                    .push(json!({ "CalendarId": "Night", "Hours": "20:00-04:00" }));
                rows["rules"].as_array_mut().unwrap().push(json!({
                    "RuleId": "new", "Priority": 9, "Enabled": false, "AgentGroupId": 7,
                    "AnyOf": [{ "Hours": "[\"＠NIGHT\"]" }],
                }));
            }),
        ),
        (
            "UTC is meant",
            add(
                "rules",
                json!({
                    "RuleId": "new", "Priority": 0, "ClientUserIds": ["x"], "AgentGroupId": 7,
                    "TimeZone": "UTC",
                }),
            ),
        ),
    ] {
        assert_eq!(found, [""; 0], "{what}");
    }
}

#[test]
fn more_rows_than_it_is_made_for() {
    let agents: Vec<Json> =
        (0..=MADE_FOR).map(|n| json!({ "AgentId": n.to_string(), "Rosters": ["desk"] })).collect();
    let rules = json!([
        { "RuleId": "r", "Priority": 1, "Rosters": ["desk"], "AgentGroupId": 1 },
        { "RuleId": "s", "Priority": 2, "AgentGroupId": 1 },
    ]);
    let found = findings(&json!({ "agents": agents, "rules": rules }), None);
    assert_eq!(found.len(), 1, "{found:#?}");
    assert!(found[0].contains("there are 10001 rows, more than the 10000"));
}

/// A row in error uses no roster, but a roster that it names is not wrong for that.
#[test]
fn names_of_rows_in_error_are_no_mistake_of_others() {
    let findings = after(|rows| {
        let night = json!({
            "RuleId": "night", "Priority": 9, "Rosters": "Night, late", "NeedSkills": ["french>=2"],
            "Platfroms": ["iOS"],
        });
        rows["rules"].as_array_mut().unwrap().push(night);
        let ben = json!({
            "AgentId": "ben", "Rosters": { "night": 2, "late": 1 }, "Skills": { "french": 3 },
        });
        rows["agents"].as_array_mut().unwrap().push(ben);
    });
    assert_eq!(findings.len(), 1, "the row in error alone: {findings:?}");
    assert!(findings[0].contains("did you mean `Platforms`?"), "{findings:?}");
    let findings = after(|rows| {
        rows["agents"][0]["Wieght"] = json!(1);
    });
    assert!(!findings.iter().any(|said| said.contains("no agent is on it")), "{findings:?}");
}
