//! Each finding by example rows.

use serde_json::{Value as Json, json};

use super::*;

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
            two(
                &json!({ "Platforms": ["iOS"] }),
                &json!({ "Platforms": ["iOS"], "ClientUserIds": ["x"] }),
            ),
            "rules `b`, `Priority` is `0.5`: is never reached: rule `a` is tried first",
        ),
        (
            "never reached: the same maps before, which ask for no share of users",
            two(
                &json!({ "AnyOf": [{ "Platforms": ["iOS"] }] }),
                &json!({ "AnyOf": [{ "Platforms": ["iOS"] }] }),
            ),
            "rules `b`, `Priority` is `0.5`: is never reached: rule `a` is tried first",
        ),
        (
            "never reached: fewer and wider conditions before",
            two(
                &json!({ "Platforms": ["iOS", "Web"], "NotCustomerServiceIds": "shop" }),
                &json!({
                    "Platforms": "web", "NotCustomerServiceIds": ["shop", "bank"], "Percent": 10,
                }),
            ),
            "rules `b`, `Priority` is `0.5`: is never reached: rule `a` is tried first",
        ),
        (
            "never reached: a beginning of ids before",
            two(
                &json!({ "ClientUserIdPrefixes": "gold-", "Rosters": "desk", "IfNobody": "group" }),
                &json!({ "ClientUserIds": "gold-1" }),
            ),
            "rules `b`, `Priority` is `0.5`: is never reached: rule `a` is tried first",
        ),
        (
            "every agent excepted",
            rule(json!({
                "Rosters": "desk", "ExceptAgents": ["ann"], "IfNobody": "group",
                "ClientUserIds": "x",
            })),
            "rules `new`, `ExceptAgents` is `[ann]`: none of the rule's agents can ever answer: 1 \
            is in `ExceptAgents`; change that, or name other agents",
        ),
        (
            "no agent with all skills",
            rule(json!({ "Rosters": "desk", "NeedSkills": "billing>=2", "ClientUserIds": "x" })),
            "rules `new`, `NeedSkills` is `billing>=2`: none of the rule's agents can ever answer: \
            1 does not have all of `NeedSkills`",
        ),
        (
            "no agent for the group",
            rule(json!({ "AgentIds": ["ann"], "AgentGroupId": 8, "ClientUserIds": "x" })),
            "none of the rule's agents can ever answer: 1 has `OnlyWithGroups` without this group",
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
            "rules `new`, `Rosters` is `[dsek, desk]`: the roster `dsek`: no agent is on it; did \
            you mean `desk`?",
        ),
        (
            "a roster without rules",
            set("agents", 0, "Rosters", json!(["desk", "nights"])),
            "agents `ann`, `Rosters` is `[desk, nights]`: the roster `nights`: no rule uses this \
            roster",
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
            "customers `u`, `Owner` is `anne`: no agent row has this id, so the owner is never \
            preferred; add a row for the agent, or remove `Owner`",
        ),
        (
            "a named agent without a row",
            rule(json!({ "AgentIds": ["anne"] })),
            "rules `new`, `AgentIds` is `anne`: no agent row has the id `anne`, so it is nobody",
        ),
        (
            "an agent's id with a name",
            rule(json!({ "AgentIds": ["Ann <ann>"] })),
            "no agent row has the id `Ann <ann>`, so it is nobody; write `ann`",
        ),
        (
            "a list of agents in words",
            after(|rows| {
                let agents = rows["agents"].as_array_mut().unwrap();
                agents.push(json!({ "AgentId": "bob", "Rosters": ["desk"] }));
                rows["rules"][0]["AgentIds"] = json!("ann or bob");
            }),
            "no agent row has the id `ann or bob`, so it is nobody; write `ann`, `bob`, each as an \
            entry of its own",
        ),
        (
            "an excepted agent without a row",
            rule(json!({ "Rosters": ["desk"], "ExceptAgents": ["anne"] })),
            "rules `new`, `ExceptAgents` is `anne`: no agent row has the id `anne`, so nobody is \
            left out",
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
            "error: rules `new`, `Platfroms` is `[iOS]`: no such attribute; did you mean \
            `Platforms`?",
        ),
        (
            "a customer's error",
            add("customers", json!({ "ClientUserId": "w", "Langauge": "ko" })),
            "error: customers `w`, `Langauge` is `ko`: is nearly an attribute of ours; did you \
            mean `Language`?",
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

/// Each rule is told of each roster that nobody is on, also when an earlier rule was; of very many
/// rules, some.
#[test]
fn every_rule_is_told_of_every_empty_roster() {
    let found = after(|rows| {
        let rules = rows["rules"].as_array_mut().unwrap();
        for (id, rosters) in [("a", ["one", "two"]), ("b", ["two", "three"])] {
            rules.insert(
                0,
                json!({
                    "RuleId": id, "Priority": 0, "ClientUserIds": [id], "Rosters": rosters,
                    "AgentGroupId": 7, "IfNobody": "group",
                }),
            );
        }
    });
    for (rule, roster) in [("a", "one"), ("a", "two"), ("b", "two"), ("b", "three")] {
        let is_it = |finding: &&String| {
            finding.contains(&format!("rules `{rule}`, `Rosters`"))
                && finding.contains(&format!("the roster `{roster}`: no agent is on it"))
        };
        assert_eq!(found.iter().filter(is_it).count(), 1, "{found:#?}");
    }
    let many: Vec<Json> = (0..300)
        .map(|n| {
            json!({
                "RuleId": n.to_string(), "Priority": n, "ClientUserIds": [n.to_string()],
                "Rosters": ["none"], "AgentGroupId": 7, "IfNobody": "group",
            })
        })
        .collect();
    let found = findings(&json!({ "rules": many }), Some(7));
    assert_eq!(found.len(), 100, "{found:#?}");
}
