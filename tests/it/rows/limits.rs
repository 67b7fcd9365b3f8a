//! Limits, and rows that somebody made to do harm.

use std::time::Duration;

use chrono::{TimeZone, Utc};
use routing::decide::{Known, RuleResult};
use routing::rows::{Rows, Value};
use routing::session::Session;
use routing::snapshot::Snapshot;
use serde_json::{Value as Json, json};

use super::{compile, compile_rows, defaults, errors, row, trace};
use testing_basics::processor_time;

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
        let rule = |value: Json| {
            json!({
                "RuleId": "r", "Priority": 1, "AgentGroupId": 1, attribute: value,
            })
        };
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
        rules.push(row(&json!({
            "RuleId": format!("pattern-{n}"), "Priority": n, "ClientUserIdPattern": pattern,
            "AgentGroupId": 1,
        })));
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
    let mut tried = trace.rules.iter().filter(|rule| rule.verdict != RuleResult::InError);
    assert_eq!(tried.next_back().unwrap().rule_id, "good");
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
