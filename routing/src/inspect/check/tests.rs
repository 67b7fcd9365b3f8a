//! Each finding by example rows; and rows that give none.

use chrono::{TimeZone, Utc};
use serde_json::{Value as Json, json};

use super::keys::MADE_FOR;
use super::*;
use crate::rows::{Defaults, Row, Rows, row_from_json};

/// A small deployment without findings. Tuesday morning in Seoul.
fn good() -> Json {
    json!({
        "rules": [
            { "RuleId": "vip", "Priority": 1, "Segments": ["vip"], "Rosters": ["desk"], "NeedSkills": ["billing"], "AgentGroupId": 7, "IfNobody": "group" },
            { "RuleId": "day", "Priority": 2, "Hours": "@office", "Rosters": ["desk"], "AgentGroupId": 7 },
            { "RuleId": "rest", "Priority": 3, "AgentGroupId": 7 },
        ],
        "agents": [{ "AgentId": "ann", "Rosters": ["desk"], "Skills": ["billing"], "OnlyWithGroups": [7] }],
        "calendars": [{ "CalendarId": "office", "Hours": "Mo-Fr 09:00-18:00" }],
        "customers": [{ "ClientUserId": "u", "Segments": ["vip"], "Owner": "ann", "Plan": "Business", "Spend": 2500.5 }, { "ClientUserId": "v", "Plan": ["pro"], "Spend": "10" }],
    })
}

fn findings(rows: &Json, default_group: Option<i64>) -> Vec<String> {
    let typed = |name: &str| -> Vec<Row> {
        let rows = rows.get(name).and_then(Json::as_array).cloned().unwrap_or_default();
        rows.into_iter().map(|row| row_from_json(row.as_object().unwrap().clone())).collect()
    };
    let all =
        Rows { rules: typed("rules"), agents: typed("agents"), calendars: typed("calendars") };
    let customers = typed("customers");
    let defaults = Defaults {
        time_zone: crate::hours::Zone::parse("Asia/Seoul").unwrap(),
        holiday_country: None,
        customers: true,
        assignments: true,
    };
    let now = Utc.with_ymd_and_hms(2026, 11, 24, 1, 30, 0).unwrap();
    let (customers, defaults) = (Some(customers.as_slice()), &defaults);
    let input =
        Input { rows: &all, customers, live: None, defaults, default_group, now, from: now };
    check(input).iter().map(ToString::to_string).collect()
}

/// The findings after a change of the good rows: those of one table get another row, or an
/// attribute of a row changes.
fn after(change: impl FnOnce(&mut Json)) -> Vec<String> {
    let mut rows = good();
    change(&mut rows);
    findings(&rows, None)
}

fn add(table: &str, row: Json) -> Vec<String> {
    after(|rows| rows[table].as_array_mut().unwrap().insert(0, row))
}

#[test]
fn good_rows_have_no_findings() {
    assert_eq!(findings(&good(), None), [""; 0]);
    assert_eq!(findings(&json!({}), Some(1)), [""; 0]);
}

/// Each finding, alone: its example row gives this one finding and no other.
#[test]
fn each_finding_by_an_example() {
    let rule = |more: Json| {
        let mut row =
            json!({ "RuleId": "new", "Priority": 0, "ClientUserIds": ["x"], "AgentGroupId": 7 });
        row.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        add("rules", row)
    };
    let set = |table: &str, index: usize, attribute: &str, value: Json| {
        after(|rows| rows[table][index][attribute] = value)
    };
    for (what, found, expected) in [
        (
            "never reached: a catch-all before",
            rule(json!({ "Priority": 9 })),
            "rules `new`, `Priority` is `9`: is never reached: rule `rest` is tried first",
        ),
        (
            "never reached: the same condition before",
            after(|rows| {
                let rules = rows["rules"].as_array_mut().unwrap();
                rules.insert(0, json!({ "RuleId": "a", "Priority": 0, "Platforms": ["iOS"], "AgentGroupId": 7 }));
                rules.insert(0, json!({ "RuleId": "b", "Priority": 0.5, "Platforms": ["iOS"], "ClientUserIds": ["x"], "AgentGroupId": 7 }));
            }),
            "rules `b`, `Priority` is `0.5`: is never reached: rule `a` is tried first",
        ),
        (
            "no catch-all",
            after(|rows| drop(rows["rules"].as_array_mut().unwrap().pop())),
            "rules `(all)`: no rule answers everybody and there is no default group",
        ),
        (
            "an end that has passed",
            rule(json!({ "ValidUntil": "2026-11-23" })),
            "`ValidUntil` is `2026-11-23`: is in the past",
        ),
        (
            "a beginning that has passed, negated",
            rule(json!({ "NotValidFrom": "2026-11-23" })),
            "`NotValidFrom` is `2026-11-23`: is in the past",
        ),
        ("nobody's share", rule(json!({ "Percent": 0 })), "`Percent` is `0`: means 0 % of users"),
        (
            "everybody's share, negated",
            rule(json!({ "NotPercent": 100 })),
            "`NotPercent` is `100`: excludes 100 % of users",
        ),
        (
            "hours that never come",
            rule(json!({ "Hours": "2025 Dec 24 10:00-14:00" })),
            "`Hours` is `2025 Dec 24 10:00-14:00`: does not open on any day until 2027-11-25",
        ),
        (
            "the opposite of always",
            rule(json!({ "NotHours": "24/7" })),
            "`NotHours` is `24/7`: is always open in the coming year",
        ),
        (
            "a segment without customers",
            rule(json!({ "Segments": ["vpi"] })),
            "the segment `vpi`: no customer is in it; did you mean `vip`?",
        ),
        (
            "a segment that has ended",
            set("customers", 0, "Segments", json!({ "vip": "2026-11-23" })),
            "rules `vip`, `Segments` is `[vip]`: no customer is in these segments any more",
        ),
        (
            "a segment misspelt",
            rule(json!({ "Segments": ["vip", "vpi"] })),
            "the segment `vpi`: no customer is in it; did you mean `vip`?",
        ),
        (
            "a segment nobody asks for",
            set("customers", 0, "Segments", json!(["vip", "early"])),
            "customers `u`, `Segments` is `[vip, early]`: the segment `early`: no rule asks for it",
        ),
        (
            "a roster without agents",
            rule(json!({ "Rosters": ["dsek", "desk"] })),
            "rules `new`, `Rosters` is `[dsek, desk]`: the roster `dsek`: no agent is on it; did you mean `desk`?",
        ),
        (
            "a roster without rules",
            set("agents", 0, "Rosters", json!(["desk", "nights"])),
            "agents `ann`, `Rosters` is `[desk, nights]`: the roster `nights`: no rule uses this roster",
        ),
        (
            "a skill nobody asks for",
            set("agents", 0, "Skills", json!({ "billing": 1, "german": 5 })),
            "the skill `german`: no rule asks for it",
        ),
        (
            "a calendar nobody uses",
            add("calendars", json!({ "CalendarId": "office2", "Hours": "24/7" })),
            "calendars `office2`: no rule and no agent uses it",
        ),
        (
            "hours that are cut",
            rule(json!({ "Hours": "Mo-Fr 09:00-18:00; Fr 18:00-22:00" })),
            "use a comma to add",
        ),
        ("the day's last minute", rule(json!({ "Hours": "Mo-Fr 00:00-23:59" })), "write `24:00`"),
        (
            "a fixed offset",
            rule(json!({ "TimeZone": "Etc/GMT+9" })),
            "`TimeZone` is `Etc/GMT+9`: is a fixed offset",
        ),
        (
            "the same priority twice",
            rule(json!({ "Priority": 1 })),
            "rules `vip`, `Priority`: is 1 here and in rule `new`",
        ),
        (
            "an agent on no roster",
            add("agents", json!({ "AgentId": "bob" })),
            "agents `bob`, `Rosters`: the agent is on no roster and in no rule",
        ),
        (
            "an owner without a row",
            set("customers", 0, "Owner", json!("anne")),
            "customers `u`, `Owner` is `anne`: no agent row has this id, so the owner is never preferred; add a row for the agent, or remove `Owner`",
        ),
        (
            "a named agent without a row",
            rule(json!({ "AgentIds": ["anne"] })),
            "rules `new`, `AgentIds` is `anne`: no agent row has the id `anne`, so it is nobody",
        ),
        (
            "an agent's id with a name",
            rule(json!({ "AgentIds": ["Ann <ann>"] })),
            "no agent row has the id `Ann <ann>`, so it is nobody; write `ann`, each as an entry",
        ),
        (
            "an excepted agent without a row",
            rule(json!({ "Rosters": ["desk"], "ExceptAgents": ["anne"] })),
            "rules `new`, `ExceptAgents` is `anne`: no agent row has the id `anne`, so it excepts nobody",
        ),
        (
            "an attribute that no customer has",
            rule(json!({ "Customer": { "Paln": "pro" } })),
            "the attribute `Paln`: no customer has it; did you mean `Plan`?",
        ),
        (
            "a value that no customer has",
            rule(json!({ "Customer": { "Plan": ["pro", "bussiness"] } })),
            "`Plan`: no customer has the value `bussiness`; did you mean `business`?",
        ),
        (
            "a value that no customer has, in a map of `AnyOf`",
            rule(json!({ "AnyOf": [{ "NotCustomer": { "Plan": "gold" } }] })),
            "`Plan`: no customer has the value `gold`; correct the value, or remove it",
        ),
        (
            "a comparison that no value meets",
            rule(json!({ "Customer": { "Spend": "> 2500.50" } })),
            "`Spend`: no customer has such a number, the highest is 2500.5; correct `> 2500.50`",
        ),
        (
            "a comparison with what is no number",
            rule(json!({ "Customer": { "Plan": "< 5" } })),
            "`Plan`: no customer has a number here; correct `< 5`, or remove it",
        ),
        (
            "ids that differ only in case",
            add("agents", json!({ "AgentId": "Ann", "Rosters": ["desk"] })),
            "agents `ann`, `AgentId`: differs from `Ann` only in upper and lower case",
        ),
        (
            "a row error",
            rule(json!({ "Platfroms": ["iOS"] })),
            "error: rules `new`, `Platfroms` is `[iOS]`: no such attribute; did you mean `Platforms`?",
        ),
        (
            "a customer's error",
            add("customers", json!({ "ClientUserId": "w", "Langauge": "ko" })),
            "error: customers `w`, `Langauge` is `ko`: is nearly an attribute of ours; did you mean `Language`?",
        ),
        (
            "one key twice",
            add("calendars", json!({ "CalendarId": "office", "Hours": "Mo-Fr 09:00-18:00" })),
            "error: calendars `office`, `CalendarId`: there are 2 rows with this key",
        ),
        (
            "dates that are reversed",
            rule(json!({ "ValidFrom": "2026-12-24", "ValidUntil": "2026-12-23" })),
            "the end is before the beginning",
        ),
    ] {
        assert!(
            found.iter().any(|finding| finding.contains(expected)),
            "{what}: no `{expected}` in {found:#?}"
        );
        assert_eq!(found.len(), 1, "{what}: {found:#?}");
    }
}

/// A skill that nobody has; what the last rule answers is no hole.
#[test]
fn a_skill_nobody_has() {
    let found = after(|rows| {
        rows["rules"][0]["NeedSkills"] = json!(["biling"]);
        rows["rules"][0]["IfNobody"] = json!("next");
    });
    for expected in [
        "the skill `biling`: no agent has this skill, so nobody can answer; did you mean `billing`?",
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
            after(|rows| {
                let rules = rows["rules"].as_array_mut().unwrap();
                rules.insert(0, json!({ "RuleId": "a", "Priority": 0, "Hours": "Mo-Fr 09:00-18:00", "AgentGroupId": 7 }));
                rules.insert(
                    0,
                    json!({ "RuleId": "b", "Priority": 0.5, "Hours": "Mo-Fr 09:00-18:00", "TimeZone": "Europe/Berlin", "AgentGroupId": 7 }),
                );
            }),
        ),
        (
            "two shares without a common key are two shares",
            after(|rows| {
                let rules = rows["rules"].as_array_mut().unwrap();
                rules.insert(
                    0,
                    json!({ "RuleId": "a", "Priority": 0, "Percent": 10, "AgentGroupId": 7 }),
                );
                rules.insert(
                    0,
                    json!({ "RuleId": "b", "Priority": 0.5, "Percent": 10, "AgentGroupId": 7 }),
                );
            }),
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
            "disabled agents need no roster",
            add("agents", json!({ "AgentId": "gone", "Enabled": false })),
        ),
        (
            "what some customer has, in other letters and kinds",
            add(
                "rules",
                json!({ "RuleId": "new", "Priority": 0, "AgentGroupId": 7, "Customer": { "plan": ["PRO", "business"], "Spend": [10, ">= 2500"] } }),
            ),
        ),
        (
            "a calendar named in other letters by a rule that is disabled",
            after(|rows| {
                rows["calendars"]
                    .as_array_mut()
                    .unwrap()
                    .push(json!({ "CalendarId": "Night", "Hours": "20:00-04:00" }));
                rows["rules"].as_array_mut().unwrap().push(json!({ "RuleId": "new", "Priority": 9, "Enabled": false, "AgentGroupId": 7, "AnyOf": [{ "Hours": "[\"＠NIGHT\"]" }] }));
            }),
        ),
        (
            "UTC is meant",
            add(
                "rules",
                json!({ "RuleId": "new", "Priority": 0, "ClientUserIds": ["x"], "AgentGroupId": 7, "TimeZone": "UTC" }),
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
    let rules = json!([{ "RuleId": "r", "Priority": 1, "Rosters": ["desk"], "AgentGroupId": 1 }, { "RuleId": "s", "Priority": 2, "AgentGroupId": 1 }]);
    let found = findings(&json!({ "agents": agents, "rules": rules }), None);
    assert_eq!(found.len(), 1, "{found:#?}");
    assert!(found[0].contains("there are 10001 rows, more than the 10000"));
}

/// The times at which nobody answers, to the minute; the rows are those of one weekday desk.
#[test]
fn holes_to_the_minute() {
    let holes = |change: &dyn Fn(&mut Json), default_group| {
        let mut rows = json!({
            "rules": [{ "RuleId": "day", "Priority": 2, "Hours": "Mo-Fr 09:00-18:00", "Rosters": ["desk"] }],
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
                    json!({ "RuleId": "ios", "Priority": 3, "Platforms": ["iOS"], "AgentGroupId": 7 }),
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
                    json!({ "RuleId": "night", "Priority": 3, "Hours": "18:00-09:00", "AgentGroupId": 7 }),
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
                    json!({ "RuleId": "z", "Priority": 9, "Hours": "17:30-24:00", "AgentGroupId": 7 }),
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
                    json!({ "RuleId": "z", "Priority": 9, "Platforms": ["iOS"], "AgentGroupId": 7 }),
                );
            },
            None,
        ),
    ] {
        assert_eq!(holes(change, default_group), [""; 0], "{what}");
    }
}
