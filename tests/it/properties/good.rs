//! Good rows: the plain reading of a rule, in any order, with any row turned bad.

use chrono::Timelike;
use proptest::prelude::*;
use routing::decide::{Known, Outcome, Question, Tracing};
use routing::hours::Zone;
use routing::rows::{Customer, Fact};
use serde_json::{Value, json};

use super::rows::{good_rows, good_rule};
use super::{at, compile, decided, each_alone, session};
use testing::deciding::decide_by;
use testing::question;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    /// Passing over rules that cannot match is plain first match: rule by rule the same is asked
    /// for, and decided.
    #[test]
    fn the_index_is_plain_first_match(
        rules in prop::collection::vec(
            (
                prop::option::of(prop::collection::vec("[ab]{1,3}", 1..4)),
                prop::option::of(prop::collection::vec("[ab]{1,2}", 1..3)),
                prop::option::of(prop::collection::vec(
                    prop::sample::select(vec!["vip", "early", "late"]),
                    1..3,
                )),
                0_usize..4,
            ),
            1..12,
        ),
        user in "[ab]{1,4}",
        segments in prop::collection::vec(
            (prop::sample::select(vec!["vip", "early", "other"]), prop::option::of(-1_i64..2)),
            0..3,
        ),
    ) {
        let rules: Vec<Value> = rules
            .into_iter()
            .enumerate()
            .map(|(n, (ids, prefixes, of_segments, negated))| {
                let id = n.to_string();
                let mut rule = json!({ "RuleId": id, "Priority": n, "AgentGroupId": n + 1 });
                let values = [
                    ("ClientUserIds", ids.map(Value::from)),
                    ("ClientUserIdPrefixes", prefixes.map(Value::from)),
                    ("Segments", of_segments.map(Value::from)),
                ];
                for (which, (name, value)) in (1..).zip(values) {
                    let not = if negated == which { "Not" } else { "" };
                    if let Some(value) = value {
                        rule[format!("{not}{name}")] = value;
                    }
                }
                rule
            })
            .collect();
        let snapshot = compile(&rules, &[], &[]);
        let session = session("s", &user);
        let until = |days: Option<i64>| days.map(|days| at(days * 1_440));
        let segments = segments.into_iter();
        let segments = segments.map(|(name, days)| (name.to_owned(), until(days))).collect();
        let customer = Customer { segments, ..Customer::default() };
        for customer in [Fact::Unknown, Fact::Is(None), Fact::Is(Some(customer))] {
            let known = Known { customer, ..Known::default() };
            let question = question(&snapshot, &session, at(0));
            let question = Question { default_group: Some(99), ..question };
            let indexed = decide_by(&question, &known, Tracing::WithoutRule);
            let plain = decide_by(&question, &known, Tracing::RuleByRule);
            prop_assert_eq!(indexed.decision, plain.decision);
            prop_assert_eq!(indexed.known, plain.known, "the same is asked for");
        }
    }

    #[test]
    fn permuting_rows_changes_nothing(
        (rules, agents, calendars) in good_rows(),
        user in "[abx]{1,3}",
        minute in 0_i64..20_000,
        turn in 0_usize..5,
    ) {
        let turned = |rows: &[Value]| {
            let mut rows = rows.to_vec();
            rows.reverse();
            let middle = turn % rows.len().max(1);
            rows.rotate_left(middle);
            rows
        };
        let one = compile(&rules, &agents, &calendars);
        let two = compile(&turned(&rules), &turned(&agents), &calendars);
        prop_assert_eq!(one.version(), two.version());
        prop_assert_eq!(one.findings(), two.findings());
        let session = session("s", &user);
        prop_assert_eq!(decided(&one, &session, at(minute)), decided(&two, &session, at(minute)));
    }

    #[test]
    fn a_rule_below_the_winner_changes_nothing(
        (mut rules, agents, calendars) in good_rows(),
        below in good_rule(),
        user in "[abx]{1,3}",
        minute in 0_i64..20_000,
    ) {
        let session = session("s", &user);
        let before = decided(&compile(&rules, &agents, &calendars), &session, at(minute));
        prop_assume!(before.rule_id.is_some());
        let mut below = below;
        below["RuleId"] = "zz".into();
        below["Priority"] = 1000.into();
        rules.push(below);
        let snapshot = compile(&rules, &agents, &calendars);
        prop_assert_eq!(decided(&snapshot, &session, at(minute)), before);
    }

    /// Against the rows themselves, read here in the plainest way.
    #[test]
    fn an_answered_agent_is_eligible_and_of_the_rules_lists(
        (rules, agents, calendars) in good_rows(),
        user in "[abx]{1,3}",
        minute in 0_i64..20_000,
    ) {
        let snapshot = compile(&rules, &agents, &calendars);
        let decision = decided(&snapshot, &session("s", &user), at(minute));
        let won = |rule: &&Value| rule["RuleId"].as_str() == decision.rule_id.as_deref();
        let Some(rule) = rules.iter().find(won) else { return Ok(()) };
        prop_assert_eq!(decision.agent_group_id, rule.get("AgentGroupId").and_then(Value::as_i64));
        prop_assert_eq!(decision.outcome == Outcome::Agents, !decision.agent_ids.is_empty());
        for id in &decision.agent_ids {
            let lists = |name: &str, entry: &Value| {
                rule.get(name).is_some_and(|list| list.as_array().unwrap().contains(entry))
            };
            let named = lists("AgentIds", &json!(**id));
            let Some(agent) = agents.iter().find(|agent| agent["AgentId"] == **id) else {
                prop_assert!(named, "an agent without a row is one that the rule names");
                continue;
            };
            let mut rosters = agent["Rosters"].as_array().unwrap().iter();
            let shares = rosters.any(|roster| lists("Rosters", roster));
            prop_assert!(named || shares);
            prop_assert_eq!(&agent["Enabled"], &json!(true));
            prop_assert!(agent["Weight"].as_i64().unwrap() > 0);
            let has_skill = || agent["Skills"]["billing"].as_i64().unwrap() >= 2;
            prop_assert!(rule.get("NeedSkills").is_none() || has_skill());
            let only = agent.get("OnlyWithGroups");
            if let (Some(only), Some(group)) = (only, decision.agent_group_id) {
                prop_assert!(only.as_array().unwrap().contains(&json!(group)));
            }
            let hour = Zone::parse("Europe/Berlin").unwrap().local(at(minute)).hour();
            match agent.get("Shifts").and_then(Value::as_str) {
                Some("09:00-18:00") => prop_assert!((9..18).contains(&hour)),
                Some("22:00-06:00") => prop_assert!(!(6..22).contains(&hour)),
                _ => {}
            }
        }
    }

    #[test]
    fn a_row_turned_bad_never_adds_an_agent_or_a_match(
        (rules, agents, calendars) in good_rows(),
        user in "[abx]{1,3}",
        minute in 0_i64..20_000,
        which in 0_usize..9,
        how in 0_usize..4,
    ) {
        let session = session("s", &user);
        let before = each_alone(&rules, &agents, &calendars, &session, at(minute));
        let (mut bad_rules, mut bad_agents) = (rules.clone(), agents.clone());
        let mut bad_calendars = calendars.clone();
        let count = rules.len() + agents.len() + 1;
        let row = match which % count {
            n if n < rules.len() => &mut bad_rules[n],
            n if n < rules.len() + agents.len() => &mut bad_agents[n - rules.len()],
            _ => &mut bad_calendars[0],
        };
        match how {
            0 => row["Platfroms"] = json!(["ios"]),
            1 => row["TimeZone"] = json!("Nowhere"),
            2 => row["HolidayCountry"] = json!(7),
            _ => row["Hours"] = json!(null),
        }
        let after = each_alone(&bad_rules, &bad_agents, &bad_calendars, &session, at(minute));
        for ((held, answered), (holds, answers)) in before.iter().zip(&after) {
            prop_assert!(*held || !*holds, "no rule matches that did not");
            let none_more = answers.is_subset(answered);
            prop_assert!(none_more, "who was not answered before: {:?} {:?}", answered, answers);
        }
    }
}
