//! Limits, hostile rows, what the trace tells: rows against the compiled snapshot.

use std::time::Duration;

use chrono::{TimeZone, Utc};
use routing::decide::{Known, Step, Trace, Tracer, decide};
use routing::release::{Settled, settle};
use routing::rows::{Customer, Defaults, Fact, Row, Rows, Severity, Value, row_from_json};
use routing::session::Session;
use routing::snapshot::Snapshot;
use serde_json::{Value as Json, json};
use testing::patience::processor_time;
use testing::question;

fn defaults(customers: &str) -> Defaults {
    testing::settings(&[("TIME_ZONE", "Asia/Seoul"), ("CUSTOMERS_TABLE", customers)]).defaults
}

fn row(json: &Json) -> Row {
    row_from_json(json.as_object().unwrap().clone())
}

fn compile(rules: &[Json], agents: &[Json]) -> Snapshot {
    compile_rows(rules.iter().map(row).collect(), agents.iter().map(row).collect())
}

fn compile_rows(rules: Vec<Row>, agents: Vec<Row>) -> Snapshot {
    let now = Utc.with_ymd_and_hms(2026, 11, 24, 1, 0, 0).unwrap();
    Snapshot::compile(&Rows { rules, agents, calendars: Vec::new() }, &defaults("customers"), now)
}

fn errors(snapshot: &Snapshot) -> Vec<String> {
    snapshot
        .findings()
        .iter()
        .filter(|finding| finding.severity == Severity::Error)
        .map(ToString::to_string)
        .collect()
}

fn trace(snapshot: &Snapshot, session: &Session, known: &Known) -> Trace {
    let mut tracer = Tracer::on();
    let now = Utc.with_ymd_and_hms(2026, 11, 24, 1, 0, 0).unwrap();
    let step = decide(&question(snapshot, session, now), known, &mut tracer);
    assert!(matches!(step, Step::Decided(_)));
    tracer.finish()
}

#[test]
fn limits_are_errors_with_the_number() {
    let list = |count: usize| Json::from((0..count).map(|n| format!("e{n}")).collect::<Vec<_>>());
    for (attribute, good, bad, number) in [
        ("ClientUserIdPrefixes", list(1_000), list(1_001), "1000"),
        ("ClientUserIds", list(10_000), list(10_001), "10000"),
        ("ClientUserIdPattern", json!("a".repeat(256)), json!("a".repeat(257)), "256"),
        ("CustomerServiceIds", json!(["x".repeat(512)]), json!(["x".repeat(513)]), "512"),
        (
            "Hours",
            json!(format!("Mo 09:00-10:00{}", ", Mo 09:00-10:00".repeat(60))),
            json!(format!("Mo 09:00-10:00{}", ", Mo 09:00-10:00".repeat(70))),
            "1000",
        ),
        ("Percent", json!(100), json!(100.01), "100"),
        ("Rosters", list(1_000), list(1_001), "1000"),
    ] {
        let rule = |value: Json| json!({ "RuleId": "r", "Priority": 1, "AgentGroupId": 1, attribute: value });
        assert_eq!(errors(&compile(&[rule(good)], &[])), [""; 0], "{attribute}");
        let found = errors(&compile(&[rule(bad)], &[]));
        assert!(
            found.len() == 1 && found[0].contains(attribute) && found[0].contains(number),
            "{attribute}: {found:?}"
        );
    }
    let long = json!({ "RuleId": "k".repeat(513), "Priority": 1, "AgentGroupId": 1 });
    assert!(errors(&compile(&[long], &[]))[0].contains("512"));
    for (attribute, value) in [
        ("OnlyWithGroups", json!([0])),
        ("OnlyWithGroups", json!([-1])),
        ("OnlyWithGroups", json!([1, "x"])),
        ("Weight", json!(101)),
        ("Weight", json!(1.5)),
        ("Tier", json!(0)),
        ("Skills", json!({ "a": 6 })),
        ("Skills", json!({ "a": 0 })),
    ] {
        assert_eq!(
            errors(&compile(&[], &[json!({ "AgentId": "a", attribute: value })])).len(),
            1,
            "{attribute}: {value}"
        );
    }
}

/// Patterns made to explode, huge items, deep nesting, every attribute of every wrong kind: an
/// error of that row, in no time.
#[test]
fn hostile_rows_cost_little_and_harm_nobody() {
    let mut deep = Value::Null;
    for _ in 0..32 {
        deep = Value::List(vec![deep]);
    }
    let good = json!({ "RuleId": "good", "Priority": 9, "AgentGroupId": 5 });
    let mut rules = vec![row(&good)];
    for (n, pattern) in [
        "((a{0,99}){0,99}){0,99}",
        "(a+)+b",
        "(a|a)*c",
        r"(\w{40}){40}",
        "(.*)*.*.*.*.*.*x",
        "(((((.*)*)*)*)*)*x",
    ]
    .iter()
    .enumerate()
    {
        rules.push(row(&json!({ "RuleId": format!("pattern-{n}"), "Priority": n, "ClientUserIdPattern": pattern, "AgentGroupId": 1 })));
    }
    let mut wrong = 0;
    for attribute in [
        "Platforms",
        "ClientUserIds",
        "ClientUserIdPattern",
        "ClientIps",
        "Hours",
        "ValidFrom",
        "Percent",
        "AgentIds",
        "Rosters",
        "NeedSkills",
        "Strategy",
    ] {
        let values = [
            deep.clone(),
            Value::Binary,
            Value::Text("x".repeat(400_000)),
            Value::List(vec![Value::Text("y".into()); 100_000]),
            Value::Map([("z".to_owned(), deep.clone())].into()),
        ];
        for value in values {
            let mut row = row(
                &json!({ "RuleId": format!("wrong-{wrong}"), "Priority": 1, "AgentGroupId": 1 }),
            );
            row.insert(attribute.into(), value);
            rules.push(row);
            wrong += 1;
        }
    }
    let before = processor_time();
    let snapshot = compile_rows(rules, Vec::new());
    let session = Session::new("s", "a".repeat(512), 1, 1_400_000_000);
    let trace = trace(&snapshot, &session, &Known::customer(None));
    let took = processor_time() - before;
    assert!(took < Duration::from_secs(2), "{took:?}, unoptimized");
    assert_eq!(trace.rules.last().unwrap().rule_id, "good");
    let in_error: std::collections::BTreeSet<&str> = snapshot
        .findings()
        .iter()
        .map(|finding| finding.key.as_str())
        .filter(|key| key.starts_with("wrong-"))
        .collect();
    assert_eq!(in_error.len(), wrong, "{:#?}", errors(&snapshot));
    assert!(snapshot.findings().iter().all(|finding| finding.to_string().len() < 1_000));
}

#[test]
fn what_needs_customers_is_an_error_without_their_table() {
    let rules = [
        json!({ "RuleId": "a", "Priority": 1, "Segments": ["vip"], "AgentGroupId": 1 }),
        json!({ "RuleId": "b", "Priority": 2, "NotLanguages": ["ko"], "AgentGroupId": 1 }),
        json!({ "RuleId": "c", "Priority": 3, "Prefer": "owner", "Rosters": ["x"] }),
        json!({ "RuleId": "d", "Priority": 4, "Platforms": ["iOS"], "AgentGroupId": 1 }),
    ];
    let rows = Rows { rules: rules.iter().map(row).collect(), ..Rows::default() };
    let snapshot = Snapshot::compile(
        &rows,
        &defaults(""),
        Utc.with_ymd_and_hms(2026, 11, 24, 0, 0, 0).unwrap(),
    );
    assert_eq!(errors(&snapshot).len(), 3);
    assert!(errors(&snapshot).iter().all(|error| error.contains("CUSTOMERS_TABLE")));
    assert_eq!(
        snapshot.rules().iter().map(|linked| &*linked.rule.id).collect::<Vec<_>>(),
        ["d"],
        "others need no customer"
    );
}

#[test]
fn a_calendar_needs_hours_and_says_which_are_not() {
    for (calendar, attribute, message) in [
        (json!({}), "Hours", "is missing"),
        (json!({ "Hours": " " }), "Hours", "is empty"),
        (
            json!({ "Hours": "Mo-Fr 09:00-18:00", "SpecialDates": { "2026-12-24": " " } }),
            "SpecialDates",
            "expected opening hours such as",
        ),
        (
            json!({ "Hours": "Mo-Fr 09:00-18:00", "SpecialDates": { "2026-12-24": 9 } }),
            "SpecialDates",
            "opening hours such as",
        ),
        (
            json!({ "Hours": "Mo-Fr 09:00-18:00", "SpecialDates": "2026-12-24" }),
            "SpecialDates",
            "expected a map",
        ),
        (
            json!({ "Hours": "Mo-Fr 09:00-18:00", "ClosedDates": ["2026-02-30"] }),
            "ClosedDates",
            "2026-02-30",
        ),
    ] {
        let mut calendar = row(&calendar);
        calendar.insert("CalendarId".into(), Value::Text("c".into()));
        let rows = Rows { calendars: vec![calendar], ..Rows::default() };
        let snapshot = Snapshot::compile(&rows, &defaults(""), Utc::now());
        let found = errors(&snapshot);
        assert!(
            found.len() == 1
                && found[0].contains(&format!("`{attribute}`"))
                && found[0].contains(message),
            "{found:?}"
        );
    }
}

/// A row in error: its version in the live release, else nothing.
#[test]
fn the_version_in_force_of_a_row_in_error() {
    let now = Utc::now();
    let of = |rule: Json, live: Option<&Settled>| {
        let rows = Rows { rules: vec![row(&rule)], ..Rows::default() };
        settle(&rows, live, &defaults(""), now)
    };
    let group = |settled: &Settled| {
        let snapshot = Snapshot::of(settled, now);
        snapshot.rules().first().map(|linked| linked.rule.group.unwrap())
    };
    let (good, _) = of(json!({ "RuleId": "r", "Priority": 1, "AgentGroupId": 5 }), None);
    let wrong =
        json!({ "RuleId": "r", "Priority": "x", "AgentGroupId": 6, "TimeZone": "Etc/GMT+9" });
    let (bad, findings) = of(wrong.clone(), Some(&good));
    assert_eq!((group(&bad), findings.len()), (Some(5), 2), "{findings:?}");
    let version = |settled: &Settled| Snapshot::of(settled, now).version().to_owned();
    assert_eq!(version(&bad), version(&good));
    assert_eq!(group(&of(wrong.clone(), None).0), None);
    assert_eq!(group(&of(wrong.clone(), Some(&bad)).0), Some(5), "through several releases");
    let compiled = Snapshot::compile(
        &Rows { rules: vec![row(&wrong)], ..Rows::default() },
        &defaults(""),
        now,
    );
    assert_eq!((compiled.rules().len(), errors(&compiled).len()), (0, 1));
    // What an earlier version of this product kept in the row itself counts for nothing.
    let own = json!({ "RuleId": "r", "Priority": "x", "AgentGroupId": 6, "_LastGood": r#"{"Priority": 1, "AgentGroupId": 7}"# });
    assert_eq!(group(&of(own, None).0), None);
}

/// A row in error keeps its version in the live release, and that follows the calendar it names.
#[test]
fn a_kept_version_follows_its_calendar() {
    let now = Utc.with_ymd_and_hms(2026, 11, 24, 1, 0, 0).unwrap();
    let of = |broken: bool, hours: &str, live: Option<&Settled>| {
        let rule = |id: &str, more: Json| {
            let mut rule =
                json!({ "RuleId": id, "Priority": if broken { json!("x") } else { json!(1) } });
            rule.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
            row(&rule)
        };
        let rules = vec![
            rule("a", json!({ "ClientUserIds": ["a"], "Hours": "@c", "AgentGroupId": 5 })),
            rule("b", json!({ "ClientUserIds": ["b"], "Rosters": ["desk"] })),
        ];
        let agent = json!({ "AgentId": "ann", "Rosters": ["desk"], "Shifts": "@c", "Weight": if broken { 1_000 } else { 1 } });
        let rows = Rows {
            rules,
            agents: vec![row(&agent)],
            calendars: vec![row(&json!({ "CalendarId": "c", "Hours": hours }))],
        };
        settle(&rows, live, &defaults(""), now)
    };
    let answers = |settled: &Settled| {
        let snapshot = Snapshot::of(settled, now);
        ["a", "b"].map(|user| {
            let session = Session::new("s", user, 1, 1_400_000_000);
            let question = question(&snapshot, &session, now);
            let step = decide(&question, &Known::customer(None), &mut Tracer::off());
            let Step::Decided(decision) = step else { panic!() };
            decision.agent_group_id.is_some() || !decision.agent_ids.is_empty()
        })
    };
    let (good, findings) = of(false, "24/7", None);
    assert_eq!((findings.len(), answers(&good)), (0, [true, true]));
    let (closed, findings) = of(true, "off", Some(&good));
    let errors = findings.iter().filter(|finding| finding.severity == Severity::Error).count();
    assert_eq!((errors, answers(&closed)), (3, [false, false]), "{findings:?}");
    let (open, _) = of(true, "24/7", Some(&closed));
    assert_eq!(answers(&open), [true, true]);
}

/// What the attributes that choose become, or what is said of them.
#[test]
fn the_attributes_that_choose() {
    use routing::rows::rule::{Preference, Rule, Strategy};
    let rule = |more: &Json| {
        let mut rule =
            json!({ "RuleId": "r", "Priority": 1, "Rosters": ["desk"], "AgentGroupId": 5 });
        rule.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        rule
    };
    type Check = fn(&Rule) -> bool;
    let good: [(Json, Check); 17] = [
        (json!({}), |rule| {
            rule.strategy == Strategy::All
                && rule.prefer.is_empty()
                && rule.last_agent_days == 30
                && !rule.group_if_nobody
        }),
        (json!({ "Strategy": "All" }), |rule| {
            rule.strategy == Strategy::All && rule.max_agents == 100
        }),
        (json!({ "Strategy": " HASH " }), |rule| {
            rule.strategy == Strategy::Hash && rule.max_agents == 1
        }),
        (json!({ "Strategy": "sticky", "MaxAgents": 2 }), |rule| {
            rule.strategy == Strategy::Sticky && rule.max_agents == 2
        }),
        (json!({ "Strategy": "round_robin" }), |rule| rule.strategy == Strategy::RoundRobin),
        (json!({ "Strategy": "best_skill", "NeedSkills": "a" }), |rule| {
            rule.strategy == Strategy::BestSkill
        }),
        (json!({ "Prefer": "last_agent, owner" }), |rule| {
            rule.prefer == [Preference::LastAgent, Preference::Owner]
        }),
        (json!({ "Prefer": "owner,Owner" }), |rule| rule.prefer == [Preference::Owner]),
        (json!({ "Prefer": "last_agent", "LastAgentDays": 1 }), |rule| rule.last_agent_days == 1),
        (json!({ "Prefer": "last_agent", "LastAgentDays": 3650 }), |rule| {
            rule.last_agent_days == 3_650
        }),
        (json!({ "IfNobody": "Group" }), |rule| rule.group_if_nobody),
        (json!({ "IfNobody": "next" }), |rule| !rule.group_if_nobody),
        (json!({ "NeedSkills": ["A", "b >= 3"] }), |rule| {
            rule.need_skills == [("a".to_owned(), 1), ("b".to_owned(), 3)]
        }),
        (json!({ "NeedSkills": ["a>=5", "A>=2"] }), |rule| {
            rule.need_skills == [("a".to_owned(), 5)]
        }),
        (json!({ "NeedSkills": { "a": 5 } }), |rule| rule.need_skills == [("a".to_owned(), 5)]),
        (json!({ "ValidFrom": "2026-12-02" }), |rule| rule.conditions.len() == 1),
        (json!({ "ValidFrom": "2026-12-02", "ValidUntil": "2026-12-02" }), |rule| {
            rule.conditions.len() == 2
        }),
    ];
    for (more, check) in good {
        let snapshot = compile(&[rule(&more)], &[]);
        assert_eq!(errors(&snapshot), [""; 0], "{more}");
        assert!(check(&snapshot.rules()[0].rule), "{more}: {:?}", snapshot.rules()[0].rule);
    }
    for (more, attribute) in [
        (json!({ "Strategy": "random" }), "Strategy"),
        (json!({ "Strategy": "best_skill" }), "Strategy"),
        (json!({ "Prefer": "somebody" }), "Prefer"),
        (json!({ "Prefer": "last_agent", "LastAgentDays": 0 }), "LastAgentDays"),
        (json!({ "Prefer": "last_agent", "LastAgentDays": 3651 }), "LastAgentDays"),
        (json!({ "IfNobody": "default" }), "IfNobody"),
        (json!({ "NeedSkills": ["a>=0"] }), "NeedSkills"),
        (json!({ "NeedSkills": ["a>=6"] }), "NeedSkills"),
        (json!({ "NeedSkills": [">=3"] }), "NeedSkills"),
        (json!({ "NeedSkills": ["a<3"] }), "NeedSkills"),
        (json!({ "MaxAgents": 0 }), "MaxAgents"),
        (json!({ "ValidFrom": "2026-12-02", "ValidUntil": "2026-12-01" }), "ValidUntil"),
        (json!({ "ValidFrom": true }), "ValidFrom"),
    ] {
        let found = errors(&compile(&[rule(&more)], &[]));
        assert!(
            found.len() == 1 && found[0].contains(&format!("`{attribute}`")),
            "{more}: {found:?}"
        );
    }
    let warned = compile(&[rule(&json!({ "LastAgentDays": 7 }))], &[]);
    assert!(
        warned.errors() == 0 && warned.findings()[0].message.contains("no effect"),
        "{:?}",
        warned.findings()
    );
    // Without the assignments table.
    let without = testing::settings(&[("ASSIGNMENTS_TABLE", "")]).defaults;
    for more in [json!({ "Strategy": "round_robin" }), json!({ "Prefer": "last_agent" })] {
        let rows = Rows { rules: vec![row(&rule(&more))], ..Rows::default() };
        let found = errors(&Snapshot::compile(&rows, &without, Utc::now()));
        assert!(found.len() == 1 && found[0].contains("ASSIGNMENTS_TABLE"), "{more}: {found:?}");
    }
    // Whom the rule answers.
    for (more, good) in [
        (json!({ "AgentGroupId": 5 }), true),
        (json!({}), false),
        (json!({ "AgentGroupId": 5, "NeedSkills": ["a"] }), false),
        (json!({ "AgentGroupId": 5, "Prefer": "owner" }), false),
    ] {
        let mut rule = json!({ "RuleId": "r", "Priority": 1 });
        rule.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        assert_eq!(errors(&compile(&[rule], &[])).len(), usize::from(!good), "{more}");
    }
}

/// A trace of the first rules has so many, and the last of them the agents looked at.
#[test]
fn a_trace_ends_where_it_should() {
    let rules: Vec<Json> = (0..3).map(|n| json!({ "RuleId": n.to_string(), "Priority": n, "AgentIds": [format!("agent-{n}")] })).collect();
    let agents: Vec<Json> =
        (0..3).map(|n| json!({ "AgentId": format!("agent-{n}"), "Enabled": false })).collect();
    let snapshot = compile(&rules, &agents);
    for most in 0..=3 {
        let mut tracer = Tracer::first(most);
        let session = Session::new("s", "u", 1, 1_400_000_000);
        let question = question(&snapshot, &session, Utc::now());
        decide(&question, &Known::customer(None), &mut tracer);
        let trace = tracer.finish();
        let looked_at: Vec<&str> =
            trace.rules.iter().map(|rule| rule.candidates[0].agent_id.as_str()).collect();
        assert_eq!(looked_at, ["agent-0", "agent-1", "agent-2"][..most]);
        assert!(trace.rules.iter().all(|rule| rule.candidates.len() == 1));
    }
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
        json!({ "RuleId": "empty", "Priority": 5, "Rosters": ["desk"], "NeedSkills": ["billing>=3"], "AgentGroupId": 4 }),
        json!({ "RuleId": "named", "Priority": 6, "AgentIds": ["off"], "Rosters": ["desk"] }),
        json!({ "RuleId": "never-tried", "Priority": 7, "AgentGroupId": 1 }),
    ];
    let agents = [
        json!({ "AgentId": "a-away", "Rosters": ["desk"], "Skills": { "billing": 5 }, "Away": ["2026-11-24"] }),
        json!({ "AgentId": "b-beginner", "Rosters": ["desk"], "Skills": ["billing"] }),
        json!({ "AgentId": "c-none", "Rosters": ["desk"], "Weight": 0 }),
        json!({ "AgentId": "d-group", "Rosters": ["desk"], "OnlyWithGroups": [9], "Skills": { "billing": 5 } }),
        json!({ "AgentId": "e-shift", "Rosters": { "desk": 2 }, "Shifts": "20:00-21:00", "Skills": { "billing": 5 } }),
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
    let expected = json!({ "rules": [
        { "rule_id": "ios", "verdict": "condition_failed", "condition": { "attribute": "Platforms", "expected": "ios, ipad", "found": "web" } },
        { "rule_id": "not-web", "verdict": "condition_failed", "condition": { "attribute": "NotPlatforms", "expected": "not (web)", "found": "web" } },
        { "rule_id": "night", "verdict": "condition_failed", "condition": { "attribute": "Hours", "expected": "open", "found": "closed at Tue 2026-11-24 10:00 Asia/Seoul until Tue 2026-11-24 22:00: outside `22:00-06:00`" } },
        { "rule_id": "vip", "verdict": "condition_failed", "condition": { "attribute": "Segments", "expected": "vip", "found": "unknown: the customer could not be read" } },
        { "rule_id": "empty", "verdict": "nobody_eligible", "candidates": [
            candidate("desk", "a-away", 1, json!("is away (`Away`)")),
            candidate("desk", "b-beginner", 1, json!("the skill `billing` is 1, the rule needs 3")),
            candidate("desk", "c-none", 1, json!("`Weight` is 0: only when preferred")),
            candidate("desk", "d-group", 1, json!("`OnlyWithGroups` is [9], the rule answers another group")),
            candidate("desk", "e-shift", 2, json!("is off shift (`Shifts`): outside `20:00-21:00`; closed, opens Tue 2026-11-24 20:00 Asia/Seoul")),
        ] },
        { "rule_id": "named", "verdict": "won", "candidates": [
            candidate("AgentIds", "off", 1, json!("`Enabled` is false")),
            candidate("desk", "a-away", 1, json!("is away (`Away`)")),
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
        ("bob", Some("is away (`Away`)")),
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
