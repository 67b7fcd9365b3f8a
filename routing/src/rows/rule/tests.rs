//! What is said of a rule's own attributes: each finding names what is expected, and what to write.

use chrono::{DateTime, Utc};
use serde_json::{Value as Json, json};

use super::*;
use crate::hours::{Interner, Zone};
use crate::rows::{Defaults, Finding, Patterns, Rows, row_from_json};
use crate::snapshot::Snapshot;

fn defaults(tables: bool) -> Defaults {
    let (customers, assignments) = (tables, tables);
    Defaults { time_zone: Zone::utc(), holiday_country: None, customers, assignments }
}

fn row(more: &Json) -> Row {
    let mut rule = json!({ "RuleId": "r", "Priority": 1, "Rosters": ["desk"] });
    rule.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    row_from_json(rule.as_object().unwrap().clone())
}

fn findings(more: &Json, tables: bool) -> Vec<Finding> {
    let now = DateTime::from_timestamp(1_795_608_000, 0).unwrap();
    let mut hours = Interner::new(now.date_naive());
    let defaults = defaults(tables);
    let mut context =
        Context { defaults: &defaults, hours: &mut hours, patterns: &mut Patterns::default() };
    read(&row(more), &mut context).unwrap().2
}

/// A rule of these attributes alone: as it is read, and what is said of it.
fn alone(rule: &Json) -> (Read<Rule>, Vec<String>) {
    let row = row_from_json(rule.as_object().unwrap().clone());
    let now = DateTime::from_timestamp(1_795_608_000, 0).unwrap();
    let mut hours = Interner::new(now.date_naive());
    let defaults = defaults(true);
    let mut context =
        Context { defaults: &defaults, hours: &mut hours, patterns: &mut Patterns::default() };
    let (_, read, findings) = read(&row, &mut context).unwrap();
    (read, findings.iter().map(ToString::to_string).collect())
}

/// Nobody is told that an attribute is missing which stands there in other letters.
#[test]
fn a_misspelt_attribute_is_the_only_finding() {
    for (rule, meant) in [
        (json!({ "Priority": 1, "AgentGroupID": 1 }), "AgentGroupId"),
        (json!({ "Priority": 1, "AgentIDs": ["ann"] }), "AgentIds"),
        (json!({ "Priority": 1, "Roster": ["desk"] }), "Rosters"),
        (json!({ "Priority": 1, "Roster": ["desk"], "NeedSkills": ["billing"] }), "Rosters"),
        (json!({ "priority": 1, "AgentGroupId": 1 }), "Priority"),
        (
            json!({
                "Priority": 1, "Rosters": ["desk"], "Strategy": "best_skill",
                "NeedSkill": ["billing"],
            }),
            "NeedSkills",
        ),
        (
            json!({ "Priority": 1, "Rosters": ["desk"], "AgentGroupID": 1, "IfNobody": "group" }),
            "AgentGroupId",
        ),
    ] {
        let mut rule = rule;
        rule["RuleId"] = "r".into();
        let (read, found) = alone(&rule);
        assert!(matches!(read, Read::Bad), "{rule}");
        let says = format!("did you mean `{meant}`?");
        assert!(found.len() == 1 && found[0].contains(&says), "{rule}: {found:?}");
    }
}

/// Agents in one text are so many agents, never one whose id is the text.
#[test]
fn agents_in_one_text_are_several() {
    for typed in [
        json!("ann@x.com; bob@x.com"),
        json!("ann@x.com, bob@x.com"),
        json!("ann@x.com，bob@x.com"),
        json!("ann@x.com\nbob@x.com"),
        json!("[\"ann@x.com\",\"bob@x.com\"]"),
    ] {
        for attribute in ["AgentIds", "ExceptAgents"] {
            let mut rule = json!({ "RuleId": "r", "Priority": 1, "Rosters": ["desk"] });
            rule[attribute] = typed.clone();
            let (Read::Good(rule), found) = alone(&rule) else { panic!("{rule}") };
            let ids = if attribute == "AgentIds" { &rule.agent_ids } else { &rule.except_agents };
            assert_eq!(ids.as_slice(), ["ann@x.com".into(), "bob@x.com".into()], "{typed}");
            assert_eq!(found, [""; 0]);
        }
    }
    for attribute in ["AgentIds", "ExceptAgents"] {
        let mut rule = json!({ "RuleId": "r", "Priority": 1, "Rosters": ["desk"] });
        rule[attribute] = json!(["ann@x.com; bob@x.com"]);
        let (read, found) = alone(&rule);
        assert!(matches!(read, Read::Bad), "{rule}");
        assert!(found[0].contains("`ann@x.com`, `bob@x.com`"), "{found:?}");
    }
}

#[test]
fn an_entry_of_a_closed_list_as_it_was_meant() {
    assert_eq!(
        expected("e", "RoundRobin", &["hash", "round_robin"], &[]),
        "e; write `round_robin`"
    );
    assert_eq!(expected("e", "random", &["hash", "round_robin"], &[]), "e; write one of them");
    assert_eq!(expected("e", "Any", &["hash"], &[("any", "hash")]), "e; write `hash`");
}

#[test]
fn findings_say_what_to_write() {
    let swapped = json!({ "ValidFrom": "2027-01-01", "ValidUntil": "2026-12-01" });
    for (more, tables, says) in [
        (swapped.clone(), true, "`ValidUntil` is `2026-12-01`: the end is before the beginning"),
        (swapped.clone(), true, "(`ValidFrom` is `2027-01-01`); write a later end here"),
        (
            json!({ "ValidFrom": "2026-12-31", "ValidUntil": "2026-01-02" }),
            true,
            "write `2027-01-02`, or another later end here",
        ),
        (
            json!({ "ValidUntil": "2027-12-24 23:59" }),
            false,
            "is before the day is over; write `2027-12-24`",
        ),
        (swapped, true, "`2027-01-01` here and `2026-12-01` into `ValidFrom`"),
        (json!({ "Strategy": "best_skill" }), true, r#"add `NeedSkills` such as `["billing"]`"#),
        (json!({ "Strategy": "best_skill" }), true, "or write `hash` here"),
        (json!({ "Strategy": "round_robin" }), false, "is not set; set it, or write `hash` here"),
        (json!({ "Strategy": "random" }), true, "`best_skill` or `round_robin`; write one of them"),
        (json!({ "Prefer": ["owner"] }), false, "is not set; set it, or remove `owner`"),
        (json!({ "Prefer": ["last_agent"] }), false, "is not set; set it, or remove `last_agent`"),
        (
            json!({ "IfNobody": "group" }),
            true,
            "add `AgentGroupId` such as `6521`, or write `next`",
        ),
        (
            json!({ "IfNobody": "groups" }),
            true,
            "`IfNobody` is `groups`: expected `next` (the next",
        ),
        (json!({ "IfNobody": "groups" }), true, "is answered); write `group`"),
        (json!({ "IfNobody": "wait" }), true, "is answered); write one of them"),
        (json!({ "Rosters": null, "AgentGroupId": null }), true, "write a value"),
        (json!({ "Rosters": "[{]" }), true, ""),
    ] {
        let found: Vec<String> = findings(&more, tables).iter().map(ToString::to_string).collect();
        assert!(found.iter().any(|found| found.contains(says)), "{more}: {found:?}");
    }
}

/// Beyond 15 digits, two numbers may be the same when they are compared.
#[test]
fn a_priority_has_no_more_digits_than_are_compared() {
    for (priority, digits) in [
        ("9007199254740993", 16),
        ("1234567890123456", 16),
        ("0.12345678901234567", 17),
        ("10.000000000000001", 17),
        ("-1000000000000000.5", 17),
    ] {
        let number: serde_json::Number = serde_json::from_str(priority).unwrap();
        for typed in [json!(priority), Json::Number(number)] {
            let found = findings(&json!({ "Priority": typed }), true);
            // As a number, JSON may have lost some digits already.
            let as_text = typed.is_string();
            let told = found.iter().any(|finding| {
                let message = &finding.message;
                finding.severity == crate::rows::Severity::Error
                    && message.contains("digits, and at most 15 are compared; write a shorter")
                    && (!as_text || message.contains(&format!("has {digits} digits")))
            });
            assert!(told || !as_text, "{typed}: {found:?}");
        }
    }
    assert!(findings(&json!({ "Priority": "1e-200" }), true)[0].message.contains("write such as"));
    for good in ["1", "-5", "10.5", "123456789012345", "1e20", "1000000000000000000", "0", "0.1"] {
        assert_eq!(findings(&json!({ "Priority": good }), true), [], "{good}");
    }
}

#[test]
fn rules_of_one_priority_are_told_a_number_between() {
    let warned = |priorities: &[Json]| {
        let rule = |(at, priority): (usize, &Json)| {
            row(&json!({ "RuleId": format!("r{at}"), "Priority": priority, "AgentGroupId": 1 }))
        };
        let rules = priorities.iter().enumerate().map(rule).collect();
        let rows = Rows { rules, ..Rows::default() };
        let now: DateTime<Utc> = DateTime::from_timestamp(1_795_608_000, 0).unwrap();
        let snapshot = Snapshot::compile(&rows, &defaults(true), now);
        let found = snapshot.findings().iter().map(ToString::to_string);
        found.filter(|found| found.contains("`Priority`")).collect::<Vec<_>>()
    };
    for (priorities, says) in [
        (vec![json!(10), json!(10)], "is 10 here and in rule `r0`"),
        (vec![json!(10), json!("10.0")], "write another number, such as `9` to be before it"),
        (vec![json!(1), json!(10), json!(10)], "such as `9` to be before it"),
        (vec![json!(9), json!(10), json!(10)], "such as `9.5` to be before it"),
        (vec![json!(9.5), json!(10), json!(10)], "such as `9.75` to be before it"),
        (vec![json!(1e20), json!(1e20)], "write another number"),
    ] {
        let found = warned(&priorities);
        assert!(found.len() == 1 && found[0].contains(says), "{priorities:?}: {found:?}");
    }
    assert_eq!(warned(&[json!(1), json!(2)]), [""; 0]);
}

/// A number may stand before what it counts: then the number alone is told.
#[test]
fn words_behind_a_number() {
    for (more, write) in [
        (json!({ "MaxAgents": "3 people" }), "write `3`"),
        (json!({ "MaxAgents": "3명" }), "write `3`"),
        (json!({ "LastAgentDays": "14 days", "Prefer": ["last_agent"] }), "write `14`"),
        (json!({ "MaxAgents": "3 days" }), "with digits alone"),
    ] {
        let findings = findings(&more, true);
        assert!(findings.len() == 1 && findings[0].message.contains(write), "{findings:?}");
    }
}

#[test]
fn what_true_cannot_say_is_told_by_what_there_is() {
    for (attribute, says) in [
        ("Strategy", "write `all`, `hash`, `sticky`, `best_skill` or `round_robin`"),
        ("IfNobody", "write `next` or `group`"),
        ("TimeZone", "write a place, such as `Asia/Seoul`"),
        ("HolidayCountry", "write a country, such as `KR`"),
    ] {
        let found = findings(&json!({ attribute: true }), true);
        assert!(found.iter().any(|told| told.message.contains(says)), "{says}: {found:?}");
    }
}

#[test]
fn what_has_no_effect_is_said() {
    for (more, attribute, says) in [
        (json!({ "Strategy": "hash" }), "Strategy", "names no agents; remove it"),
        (json!({ "MaxAgents": 2 }), "MaxAgents", "names no agents; remove it"),
        (json!({ "PercentKey": "a" }), "PercentKey", "without `Percent`"),
    ] {
        let mut rule = json!({ "RuleId": "r", "Priority": 1, "AgentGroupId": 1 });
        rule.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        let (read, found) = alone(&rule);
        assert!(matches!(read, Read::Good(_)), "{rule}");
        let is_told = found.len() == 1 && found[0].contains(attribute) && found[0].contains(says);
        assert!(is_told, "{rule}: {found:?}");
    }
}
