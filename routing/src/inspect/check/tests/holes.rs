//! Holes to the minute.

use serde_json::{Value as Json, json};

use super::*;

/// The times at which nobody answers, to the minute; the rows are those of one weekday desk.
#[test]
fn holes_to_the_minute() {
    let holes = |change: &dyn Fn(&mut Json), default_group| {
        let mut rows = json!({
            "rules": [{
                "RuleId": "day", "Priority": 2, "Hours": "Mo-Fr 09:00-18:00", "Rosters": ["desk"],
            }],
            "agents": [{ "AgentId": "ann", "Rosters": ["desk"], "Shifts": "Mo-Fr 09:00-17:30" }],
        });
        change(&mut rows);
        let mut found = findings(&rows, default_group);
        found.retain(|finding| finding.contains("nobody can answer"));
        found
    };
    let add =
        |rows: &mut Json, table: &str, row: Json| rows[table].as_array_mut().unwrap().push(row);
    for (what, change, expected) in [
        (
            "the last half hour",
            (&|_: &mut Json| {}) as &dyn Fn(&mut Json),
            "Tue 2026-11-24 17:30–18:00 (Asia/Seoul) and 4 more",
        ),
        (
            "a lunch",
            &|rows| rows["agents"][0]["Shifts"] = json!("Mo-Fr 09:00-12:00,12:30-18:00"),
            "12:00–12:30",
        ),
        (
            "leave",
            &|rows| {
                rows["agents"][0]["Shifts"] = json!("Mo-Fr 09:00-18:00");
                rows["agents"][0]["Away"] = json!(["2026-11-26 15:00..2026-11-26 17:07"]);
            },
            "Thu 2026-11-26 15:00–17:07 (Asia/Seoul); give",
        ),
        (
            "a map that is open longer",
            &|rows| {
                rows["rules"][0].as_object_mut().unwrap().remove("Hours");
                rows["rules"][0]["AnyOf"] = json!([
                    { "Platforms": ["iOS"], "Hours": "Mo-Fr 09:00-18:00" },
                    { "Hours": "Mo-Fr 09:00-17:00" },
                ]);
            },
            "17:30–18:00",
        ),
        (
            "a rule for others does not help",
            &|rows| {
                add(
                    rows,
                    "rules",
                    json!({
                        "RuleId": "ios", "Priority": 3, "Platforms": ["iOS"], "AgentGroupId": 7,
                    }),
                );
            },
            "17:30–18:00",
        ),
        (
            "a rule at another time does not help",
            &|rows| {
                add(
                    rows,
                    "rules",
                    json!({
                        "RuleId": "night", "Priority": 3, "Hours": "18:00-09:00", "AgentGroupId": 7,
                    }),
                );
            },
            "17:30–18:00",
        ),
    ] {
        let found = holes(change, None);
        assert!(found.len() == 1 && found[0].contains(expected), "{what}: {found:#?}");
    }
    for (what, change, default_group) in [
        ("the default group answers", (&|_: &mut Json| {}) as &dyn Fn(&mut Json), Some(1)),
        (
            "a later rule answers",
            &|rows| add(rows, "rules", json!({ "RuleId": "z", "Priority": 9, "AgentGroupId": 7 })),
            None,
        ),
        (
            "conditions of time in maps with others",
            &|rows| {
                rows["rules"][0].as_object_mut().unwrap().remove("Hours");
                rows["rules"][0]["AnyOf"] = json!([
                    { "Platforms": ["iOS"], "Hours": "Mo-Fr 09:00-17:00" },
                    { "ClientUserIds": ["x"], "Hours": "Mo-Fr 10:00-17:30" },
                ]);
            },
            None,
        ),
        (
            "the same, negated",
            &|rows| {
                rows["rules"][0].as_object_mut().unwrap().remove("Hours");
                rows["rules"][0]["NotAnyOf"] = json!([
                    { "NotHours": "Mo-Fr 09:00-17:30" },
                    { "Platforms": ["iOS"], "Hours": "Mo-Fr 09:00-10:00" },
                ]);
            },
            None,
        ),
        (
            "a rule for the evening answers",
            &|rows| {
                add(
                    rows,
                    "rules",
                    json!({
                        "RuleId": "z", "Priority": 9, "Hours": "17:30-24:00", "AgentGroupId": 7,
                    }),
                );
            },
            None,
        ),
        (
            "another agent is there",
            &|rows| {
                add(
                    rows,
                    "agents",
                    json!({ "AgentId": "bob", "Rosters": ["desk"], "Shifts": "Mo-Fr 17:00-19:00" }),
                );
            },
            None,
        ),
        (
            "a rule with some of the conditions answers",
            &|rows| {
                rows["rules"][0]["Platforms"] = json!(["iOS"]);
                rows["rules"][0]["ClientUserIdPrefixes"] = json!(["a"]);
                add(
                    rows,
                    "rules",
                    json!({
                        "RuleId": "z", "Priority": 9, "Platforms": ["iOS"], "AgentGroupId": 7,
                    }),
                );
            },
            None,
        ),
    ] {
        assert_eq!(holes(change, default_group), [""; 0], "{what}");
    }
}
