//! What must hold for any rows and any session.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, TimeDelta, Utc};
use proptest::prelude::*;
use routing::decide::{
    Decision, Known, LastAgent, Outcome, Question, Reason, Remember, Step, Tracer, Verdict, decide,
};
use routing::rows::{Customer, Defaults, Fact, Rows, row_from_json};
use routing::session::Session;
use routing::snapshot::Snapshot;
use serde_json::{Map, Value, json};
use testing::question;

fn defaults() -> Defaults {
    testing::settings(&[("TIME_ZONE", "Europe/Berlin")]).defaults
}

pub(crate) fn compile(rules: &[Value], agents: &[Value], calendars: &[Value]) -> Snapshot {
    let typed = |rows: &[Value]| {
        rows.iter().map(|row| row_from_json(row.as_object().unwrap().clone())).collect()
    };
    let rows = Rows { rules: typed(rules), agents: typed(agents), calendars: typed(calendars) };
    Snapshot::compile(&rows, &defaults(), at(0))
}

pub(crate) fn at(minute: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(1_795_000_000, 0).unwrap() + TimeDelta::minutes(minute)
}

pub(crate) fn session(session: &str, user: &str) -> Session {
    Session::new(session, user, 1, 1_400_000_000)
}

fn decided(snapshot: &Snapshot, session: &Session, now: DateTime<Utc>) -> Decision {
    let question = question(snapshot, session, now);
    match decide(&question, &Known::customer(None), &mut Tracer::off()) {
        Step::Decided(decision) => decision,
        step => panic!("only strategies without memory are decided here, not {step:?}"),
    }
}

/// Anything that JSON can say.
fn any_value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i32>().prop_map(Value::from),
        any::<f64>().prop_map(
            |number| serde_json::Number::from_f64(number).map_or(Value::Null, Value::Number)
        ),
        ".{0,20}".prop_map(Value::from),
        plausible_text().prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 16, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map("[a-z]{0,6}|2026-12-24", inner, 0..4)
                .prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}

fn plausible_text() -> impl Strategy<Value = String> {
    prop::sample::select(vec![
        "24/7",
        "Mo-Fr 09:00-18:00",
        "22:00-06:00",
        "PH off",
        "@c",
        "@none",
        "Mo[1] 10:00-12:00",
        "Dec 24-Jan 2 off",
        "2026-12-24",
        "2026-12-24..2027-01-02",
        "2026-11-24 13:00..2026-11-24 18:00",
        "Asia/Seoul",
        "KR",
        "desk",
        "desk, other",
        "ann",
        "hash",
        "sticky",
        "best_skill",
        "all",
        "owner",
        "group",
        "next",
        "billing>=3",
        "ios",
        "10.0.0.0/8",
        "::1",
        "[a-z]+",
        "true",
        "1",
        "50.5",
        "easter +1 day",
        "week 53 Mo",
        "Feb 30",
        "00:00-48:00",
        "sunrise-sunset",
        "-1",
        "1e300",
    ])
    .prop_map(str::to_owned)
}

const RULE_NAMES: [&str; 22] = [
    "Priority",
    "Enabled",
    "Platforms",
    "NotClientUserIds",
    "ClientUserIdPrefixes",
    "ClientUserIdPattern",
    "NotClientIps",
    "Hours",
    "NotHours",
    "ValidFrom",
    "NotValidUntil",
    "Percent",
    "PercentKey",
    "NotSegments",
    "Languages",
    "SdkAppIds",
    "TimeZone",
    "Rosters",
    "AgentIds",
    "NeedSkills",
    "Strategy",
    "MaxAgents",
];
const AGENT_NAMES: [&str; 10] = [
    "Rosters",
    "Enabled",
    "Tier",
    "Weight",
    "Skills",
    "Shifts",
    "TimeZone",
    "HolidayCountry",
    "Away",
    "OnlyWithGroups",
];
pub(crate) const CALENDAR_NAMES: [&str; 5] =
    ["Hours", "TimeZone", "HolidayCountry", "ClosedDates", "SpecialDates"];

fn any_row(
    key: &'static str,
    ids: &'static str,
    names: &'static [&'static str],
) -> impl Strategy<Value = Value> {
    (
        ids,
        prop::collection::btree_map(prop::sample::select(names.to_vec()), any_value(), 0..6),
        any::<bool>(),
    )
        .prop_map(move |(id, attributes, group)| {
            let mut row: Map<String, Value> =
                attributes.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
            row.insert(key.into(), id.into());
            if group && key == "RuleId" {
                row.entry("Priority").or_insert(1.into());
                row.insert("AgentGroupId".into(), 7.into());
            }
            Value::Object(row)
        })
}

/// A rule that is good, over one roster; agents that are good, all of one tier.
pub(crate) fn good_rule() -> impl Strategy<Value = Value> {
    let condition = prop::sample::select(vec![
        json!({}),
        json!({ "Platforms": ["unknown"] }),
        json!({ "NotPlatforms": ["ios"] }),
        json!({ "ClientUserIdPrefixes": ["a", "b"] }),
        json!({ "NotClientUserIdPrefixes": "a" }),
        json!({ "Percent": 50 }),
        json!({ "NotPercent": 50, "PercentKey": "k" }),
        json!({ "Hours": "@c" }),
        json!({ "NotHours": "@c" }),
        json!({ "Hours": "Mo-Fr 09:00-18:00", "TimeZone": "Asia/Seoul" }),
        json!({ "NotSegments": ["vip"] }),
    ]);
    let target = prop::sample::select(vec![
        json!({ "Rosters": ["desk"], "MaxAgents": 100 }),
        json!({ "Rosters": ["night"], "Strategy": "hash", "AgentGroupId": 5 }),
        json!({ "Rosters": ["desk"], "NeedSkills": ["billing>=2"] }),
        json!({ "AgentIds": ["ann", "bob", "stranger"] }),
        json!({ "AgentGroupId": 9 }),
        json!({ "Rosters": ["night"], "AgentGroupId": 6, "IfNobody": "group" }),
    ]);
    (condition, target, 0..5_i64).prop_map(|(condition, target, priority)| {
        let mut row = condition.as_object().unwrap().clone();
        row.extend(target.as_object().unwrap().clone());
        row.insert("Priority".into(), priority.into());
        Value::Object(row)
    })
}

pub(crate) fn good_agent() -> impl Strategy<Value = Value> {
    let rosters = prop::sample::subsequence(vec!["desk", "night"], 0..=2);
    let shifts = prop::option::of(prop::sample::select(vec!["09:00-18:00", "22:00-06:00", "@c"]));
    (rosters, 0..4_i64, 1..6_i64, shifts, prop::bool::weighted(0.9), prop::option::of(5..7_i64)).prop_map(
        |(rosters, weight, skill, shifts, enabled, group)| {
            let mut row = json!({ "Rosters": rosters, "Weight": weight, "Skills": { "billing": skill }, "Enabled": enabled });
            if let Some(shifts) = shifts {
                row["Shifts"] = shifts.into();
            }
            if let Some(group) = group {
                row["OnlyWithGroups"] = json!([group]);
            }
            row
        },
    )
}

pub(crate) fn keyed(key: &str, ids: &[&str], rows: Vec<Value>) -> Vec<Value> {
    rows.into_iter()
        .zip(ids)
        .map(|(mut row, id)| {
            row[key] = (*id).into();
            row
        })
        .collect()
}

pub(crate) const CALENDAR: &str = r#"{"CalendarId": "c", "Hours": "Mo-Sa 08:00-20:00, Fr 22:00-04:00", "ClosedDates": ["2026-11-26"]}"#;

/// Good rules, agents, and one calendar.
fn good_rows() -> impl Strategy<Value = (Vec<Value>, Vec<Value>, Vec<Value>)> {
    (prop::collection::vec(good_rule(), 1..5), prop::collection::vec(good_agent(), 0..5)).prop_map(
        |(rules, agents)| {
            let rules = keyed("RuleId", &["r1", "r2", "r3", "r4"], rules);
            let agents = keyed("AgentId", &["ann", "bob", "cid", "dan"], agents);
            (rules, agents, vec![serde_json::from_str(CALENDAR).unwrap()])
        },
    )
}

/// What each rule would do alone: whether its conditions hold, and which agents it answers.
fn each_alone(
    rules: &[Value],
    agents: &[Value],
    calendars: &[Value],
    session: &Session,
    now: DateTime<Utc>,
) -> Vec<(bool, BTreeSet<String>)> {
    rules
        .iter()
        .map(|rule| {
            let mut rule = rule.clone();
            // Every eligible agent, not one of them.
            for name in ["Strategy", "MaxAgents"] {
                rule.as_object_mut().unwrap().remove(name);
            }
            let snapshot = compile(&[rule], agents, calendars);
            let mut tracer = Tracer::on();
            let question = question(&snapshot, session, now);
            let step = decide(&question, &Known::customer(None), &mut tracer);
            let Step::Decided(decision) = step else { panic!() };
            let holds =
                tracer.finish().rules.iter().any(|rule| rule.verdict != Verdict::ConditionFailed);
            (holds, decision.agent_ids.iter().map(ToString::to_string).collect())
        })
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn decide_never_panics_on_arbitrary_rows(
        rules in prop::collection::vec(any_row("RuleId", "[a-d]", &RULE_NAMES), 0..6),
        agents in prop::collection::vec(any_row("AgentId", "ann|bob|[a-z]{1,3}", &AGENT_NAMES), 0..6),
        calendars in prop::collection::vec(any_row("CalendarId", "c|d", &CALENDAR_NAMES), 0..3),
        user in ".{1,10}", minute in -4_000_000_i64..4_000_000, ip in ".{0,12}",
    ) {
        let snapshot = compile(&rules, &agents, &calendars);
        let session = session("s", &user).from_ip(Some(&ip)).on_platform(Some(&ip));
        let customer = Customer { owner: Some("ann".into()), ..Customer::default() };
        let all = |customer, earlier, last_agent, turn| Known { customer, earlier, last_agent, turn };
        let last = LastAgent { agent_id: "bob".into(), served_at: at(minute - 1) };
        let earlier = Decision::fallback(Reason::Fault, Some(1));
        for known in [
            Known::default(),
            Known { customer: Fact::Unknown, ..Known::default() },
            Known::customer(None),
            Known::customer(Some(customer.clone())),
            all(Fact::Unknown, Fact::Unknown, Fact::Unknown, Fact::Unknown),
            all(Fact::Is(None), Fact::Is(None), Fact::Is(None), Fact::Is(vec![])),
            all(Fact::Is(Some(customer)), Fact::Is(None), Fact::Is(Some(last)), Fact::Is(vec![1, 0, usize::MAX])),
            all(Fact::Is(None), Fact::Is(Some(earlier)), Fact::Unknown, Fact::Unknown),
        ] {
            let question = question(&snapshot, &session, at(minute));
            let step = decide(&question, &known, &mut Tracer::off());
            let traced = decide(&question, &known, &mut Tracer::on());
            prop_assert_eq!(&step, &traced, "the trace changes nothing");
            match step {
                Step::Decided(_) => {}
                // Nothing is asked for twice, so the steps come to an end.
                Step::Read(wanted) => {
                    prop_assert!(!wanted.customer || known.customer.is_not_read());
                    prop_assert!(!wanted.earlier || known.earlier.is_not_read());
                    prop_assert!(!wanted.last_agent || known.last_agent.is_not_read());
                    prop_assert!(wanted.customer || wanted.earlier || wanted.last_agent);
                }
                Step::TakeTurn(rotation) => {
                    prop_assert!(known.turn.is_not_read());
                    prop_assert!(rotation.weights().len() > 1 && rotation.weights().iter().all(|weight| *weight > 0));
                }
            }
        }
        for finding in snapshot.findings() {
            prop_assert!(finding.found.as_ref().is_none_or(|found| found.chars().count() <= 101));
        }
    }

    /// Passing over rules that cannot match is plain first match: a trace has every rule, and must
    /// lead to the same.
    #[test]
    fn the_index_is_plain_first_match(
        rules in prop::collection::vec(
            (
                prop::option::of(prop::collection::vec("[ab]{1,3}", 1..4)),
                prop::option::of(prop::collection::vec("[ab]{1,2}", 1..3)),
                prop::option::of(prop::collection::vec(prop::sample::select(vec!["vip", "early", "late"]), 1..3)),
                0_usize..4,
            ),
            1..12,
        ),
        user in "[ab]{1,4}",
        segments in prop::collection::vec((prop::sample::select(vec!["vip", "early", "other"]), prop::option::of(-1_i64..2)), 0..3),
    ) {
        let rules: Vec<Value> = rules
            .into_iter()
            .enumerate()
            .map(|(n, (ids, prefixes, of_segments, negated))| {
                let mut rule = json!({ "RuleId": n.to_string(), "Priority": n, "AgentGroupId": n + 1 });
                let not = |which: usize| if negated == which { "Not" } else { "" };
                for (name, value) in [("ClientUserIds", ids.map(Value::from)), ("ClientUserIdPrefixes", prefixes.map(Value::from)), ("Segments", of_segments.map(Value::from))] {
                    let which = ["", "ClientUserIds", "ClientUserIdPrefixes", "Segments"].iter().position(|known| *known == name).unwrap();
                    if let Some(value) = value {
                        rule[format!("{}{name}", not(which))] = value;
                    }
                }
                rule
            })
            .collect();
        let snapshot = compile(&rules, &[], &[]);
        let session = session("s", &user);
        let segments = segments.into_iter().map(|(name, days)| (name.to_owned(), days.map(|days| at(days * 1_440)))).collect();
        let customer = Customer { segments, ..Customer::default() };
        for customer in [Fact::NotRead, Fact::Unknown, Fact::Is(None), Fact::Is(Some(customer))] {
            let known = Known { customer, ..Known::default() };
            let question = question(&snapshot, &session, at(0));
            let question = Question { default_group: Some(99), ..question };
            let indexed = decide(&question, &known, &mut Tracer::off());
            let plain = decide(&question, &known, &mut Tracer::on());
            prop_assert_eq!(indexed, plain);
        }
    }

    #[test]
    fn permuting_rows_changes_nothing((rules, agents, calendars) in good_rows(), user in "[abx]{1,3}", minute in 0_i64..20_000, turn in 0_usize..5) {
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
    fn a_rule_below_the_winner_changes_nothing((mut rules, agents, calendars) in good_rows(), below in good_rule(), user in "[abx]{1,3}", minute in 0_i64..20_000) {
        let session = session("s", &user);
        let before = decided(&compile(&rules, &agents, &calendars), &session, at(minute));
        prop_assume!(before.rule_id.is_some());
        let mut below = below;
        below["RuleId"] = "zz".into();
        below["Priority"] = 1000.into();
        rules.push(below);
        prop_assert_eq!(decided(&compile(&rules, &agents, &calendars), &session, at(minute)), before);
    }

    /// Against the rows themselves, read here in the plainest way.
    #[test]
    fn an_answered_agent_is_eligible_and_of_the_rules_lists((rules, agents, calendars) in good_rows(), user in "[abx]{1,3}", minute in 0_i64..20_000) {
        let decision = decided(&compile(&rules, &agents, &calendars), &session("s", &user), at(minute));
        let Some(rule) = rules.iter().find(|rule| Some(rule["RuleId"].as_str().unwrap()) == decision.rule_id.as_deref()) else { return Ok(()) };
        prop_assert_eq!(decision.agent_group_id, rule.get("AgentGroupId").and_then(Value::as_i64));
        prop_assert_eq!(decision.outcome == Outcome::Agents, !decision.agent_ids.is_empty());
        for id in &decision.agent_ids {
            let named = rule.get("AgentIds").and_then(Value::as_array).is_some_and(|ids| ids.contains(&json!(**id)));
            let Some(agent) = agents.iter().find(|agent| agent["AgentId"] == **id) else {
                prop_assert!(named, "an agent without a row is one that the rule names");
                continue;
            };
            let shares = agent["Rosters"].as_array().unwrap().iter().any(|roster| rule.get("Rosters").is_some_and(|list| list.as_array().unwrap().contains(roster)));
            prop_assert!(named || shares);
            prop_assert_eq!(&agent["Enabled"], &json!(true));
            prop_assert!(agent["Weight"].as_i64().unwrap() > 0);
            prop_assert!(rule.get("NeedSkills").is_none() || agent["Skills"]["billing"].as_i64().unwrap() >= 2);
            if let (Some(only), Some(group)) = (agent.get("OnlyWithGroups"), decision.agent_group_id) {
                prop_assert!(only.as_array().unwrap().contains(&json!(group)));
            }
            let hour = chrono::Timelike::hour(&routing::hours::Zone::parse("Europe/Berlin").unwrap().local(at(minute)));
            match agent.get("Shifts").and_then(Value::as_str) {
                Some("09:00-18:00") => prop_assert!((9..18).contains(&hour)),
                Some("22:00-06:00") => prop_assert!(!(6..22).contains(&hour)),
                _ => {}
            }
        }
    }

    #[test]
    fn a_row_turned_bad_never_adds_an_agent_or_a_match((rules, agents, calendars) in good_rows(), user in "[abx]{1,3}", minute in 0_i64..20_000, which in 0_usize..9, how in 0_usize..4) {
        let session = session("s", &user);
        let before = each_alone(&rules, &agents, &calendars, &session, at(minute));
        let (mut bad_rules, mut bad_agents, mut bad_calendars) = (rules.clone(), agents.clone(), calendars.clone());
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
            prop_assert!(answers.is_subset(answered), "no agent is answered who was not: {:?} {:?}", answered, answers);
        }
    }

    #[test]
    fn hours_and_not_hours_never_agree(text in hours_text(), minute in -500_000_i64..500_000) {
        let rules = [json!({ "RuleId": "open", "Priority": 1, "Hours": text, "AgentGroupId": 1 }), json!({ "RuleId": "closed", "Priority": 2, "NotHours": text, "AgentGroupId": 2 })];
        let open = each_alone(&rules, &[], &[], &session("s", "u"), at(minute));
        prop_assert_ne!(open[0].0, open[1].0, "{}", text);
    }

    #[test]
    fn percent_is_sticky_and_growing_it_keeps_who_was_in(user in ".{1,20}", key in "[a-z]{1,8}", small in 0.0..100.0_f64, more in 0.0..100.0_f64, minute in 0_i64..10_000) {
        let large = (small + more).min(100.0);
        let rules = [small, large].map(|percent| json!({ "RuleId": format!("r{percent}"), "Priority": 1, "Percent": percent, "PercentKey": key, "AgentGroupId": 1 }));
        let one = each_alone(&rules, &[], &[], &session("s1", &user), at(minute));
        prop_assert!(!one[0].0 || one[1].0, "who was in stays in");
        let other_time = each_alone(&rules, &[], &[], &session("s2", &user), at(minute + 777));
        prop_assert_eq!(&one, &other_time);
        let negated = [json!({ "RuleId": "n", "Priority": 1, "NotPercent": small, "PercentKey": key, "AgentGroupId": 1 })];
        prop_assert_ne!(each_alone(&negated, &[], &[], &session("s1", &user), at(minute))[0].0, one[0].0);
    }
}

fn part(
    days: &'static [&'static str],
    times: &'static [&'static str],
) -> impl Strategy<Value = String> {
    (prop::sample::select(days), prop::sample::select(times))
        .prop_map(|(days, times)| format!("{days} {times}").trim().to_owned())
}

const DAYS: [&str; 9] =
    ["Mo-Fr", "Sa", "Su", "Fr-Mo", "Dec 24-26", "2026 Nov 20", "Mo[1]", "week 47-49 We", ""];
const TIMES: [&str; 7] = [
    "09:00-18:00",
    "22:00-06:00",
    "20:00-26:00",
    "00:00-24:00",
    "12:00-13:00 off",
    "22:00-02:00 off",
    "18:00-23:59",
];

fn hours_text() -> impl Strategy<Value = String> {
    (
        part(&DAYS, &TIMES),
        prop::collection::vec(
            (prop::sample::select(vec!["; ", ", ", " || "]), part(&DAYS, &TIMES)),
            0..3,
        ),
    )
        .prop_map(|(first, rest)| {
            rest.into_iter().fold(first, |text, (separator, part)| text + separator + &part)
        })
}

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
    let step =
        |known: &Known| decide(&question(&snapshot, &session, at(0)), known, &mut Tracer::off());
    let Step::Decided(first) = step(&known) else { panic!() };
    assert_eq!((first.reason, first.remember), (Reason::RuleMatched, Remember::EventAndAgent));
    let again = Known { earlier: Fact::Is(Some(first.clone())), ..Known::default() };
    let repeated = Decision { reason: Reason::EventRepeated, remember: Remember::Nothing, ..first };
    assert_eq!(step(&again), Step::Decided(repeated));
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
    let rule = json!({ "RuleId": "r", "Priority": 1, "Percent": 10, "Rosters": ["desk"], "Strategy": "sticky" });
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
