//! Kinds as the console writes them, every page, and what the log says of a user.

use aws_sdk_dynamodb::types::AttributeValue as Attribute;
use desk_cli::command::serve::sample_settings;
use desk_cli::files::row_files::RowFiles;
use routing::rows::Table;
use serde_json::json;

use super::{item, put, s};
use testing::question;
use testing::running::{Running, store};

/// Numbers as text, text as numbers, sets, one text for a list, `6521.0`, empty strings, nested
/// NULL: what the console lets people write.
#[tokio::test(flavor = "multi_thread")]
async fn kinds_as_the_console_writes_them() {
    let store = store(json!({})).await;
    let agent = |id: &str, rosters: Attribute| item([("AgentId", s(id)), ("Rosters", rosters)]);
    put(&store, Table::Agents, agent("set", Attribute::Ss(vec!["Desk".into(), "other".into()])))
        .await;
    put(&store, Table::Agents, agent("text", s(" desk ,other"))).await;
    put(&store, Table::Agents, agent("map", Attribute::M(item([("DESK", s("1"))])))).await;
    put(
        &store,
        Table::Agents,
        agent("null-entry", Attribute::L(vec![s("desk"), Attribute::Null(true)])),
    )
    .await;
    put(
        &store,
        Table::Agents,
        agent("binary", Attribute::B(aws_sdk_dynamodb::primitives::Blob::new(*b"desk"))),
    )
    .await;
    let rule = item([
        ("RuleId", s("r")),
        ("Priority", s("1.5")),
        ("Enabled", s("True")),
        ("ClientUserIds", Attribute::Ns(vec!["7".into(), "8".into()])),
        ("SdkAppIds", Attribute::N("1400000000".into())),
        ("Rosters", Attribute::Ss(vec!["desk".into()])),
        ("AgentGroupId", Attribute::N("6521.0".into())),
        ("Strategy", s("")),
        ("MaxAgents", Attribute::Null(true)),
        ("Notes", Attribute::Null(true)),
        ("_Check", s("ok")),
    ]);
    put(&store, Table::Rules, rule).await;
    let unordered = item([
        ("RuleId", s("unordered")),
        ("Priority", Attribute::N("1".into())),
        ("Rosters", Attribute::Ss(vec!["a".into(), "b".into()])),
    ]);
    put(&store, Table::Rules, unordered).await;
    let running = Running::start(&store.endpoint(), &[]).await;
    let (answer, record) = running.ask("7").await;
    let mut agents: Vec<&str> =
        answer["AgentIdList"].as_array().unwrap().iter().map(|id| id.as_str().unwrap()).collect();
    agents.sort_unstable();
    assert_eq!((agents, &answer["AgentGroupId"]), (vec!["map", "set", "text"], &json!(6521)));
    assert_eq!(record["rule_id"], "r");
    let findings = running.lines("row_finding");
    let of: Vec<(&str, &str)> = findings
        .iter()
        .map(|line| (line["key"].as_str().unwrap(), line["attribute"].as_str().unwrap()))
        .collect();
    assert_eq!(of, [("binary", "Rosters"), ("null-entry", "Rosters"), ("unordered", "Rosters")]);
    assert!(
        findings[0]["message"].as_str().unwrap().contains("list")
            && findings[0]["config_version"] == record["config_version"]
    );
}

/// More rows than one Scan page (1 MB) holds: all of them count.
#[tokio::test(flavor = "multi_thread")]
async fn all_pages_of_a_scan() {
    let store = store(json!({})).await;
    for number in 0..12 {
        let filler = "x".repeat(150_000);
        let rule = json!({
            "RuleId": format!("r{number}"), "Priority": number,
            "ClientUserIds": [format!("u{number}")], "AgentGroupId": number + 1, "Notes": filler,
        });
        let mut files = RowFiles::default();
        files.add(Table::Rules, vec![rule.as_object().unwrap().clone()]);
        store.put(&files).await.unwrap();
    }
    let running = Running::start(&store.endpoint(), &[]).await;
    for number in [0, 5, 11] {
        let (answer, record) = running.ask(&format!("u{number}")).await;
        assert_eq!(answer["AgentGroupId"], number + 1, "{record}");
        assert!(
            record["table_reads"].as_u64().unwrap() >= 4,
            "two pages of rules, agents, calendars: {record}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn one_get_item_only_when_a_rule_asks_for_the_customer() {
    let rules = json!([
        { "RuleId": "ids", "Priority": 1, "ClientUserIds": ["known"], "AgentGroupId": 1 },
        { "RuleId": "vip", "Priority": 2, "Segments": ["vip"], "AgentGroupId": 2 },
        {
            "RuleId": "not", "Priority": 3, "NotSegments": ["trial"], "Languages": ["ko"],
            "AgentGroupId": 3,
        },
        { "RuleId": "rest", "Priority": 4, "AgentGroupId": 4 },
    ]);
    let customers = json!([
        { "ClientUserId": "v", "Segments": ["vip", "early"] },
        { "ClientUserId": "k", "Language": "ko" },
        { "ClientUserId": "bad", "Segments": ["vip"], "Langauge": "ko" },
    ]);
    let store = store(json!({ "rules": rules, "customers": customers })).await;
    let running = Running::start(&store.endpoint(), &[("CONFIG_TTL_SECONDS", "3600")]).await;
    for (user, group, reads, degraded, segments) in [
        ("known", 1, 0, json!([]), json!(null)),
        ("v", 2, 1, json!([]), json!(["vip", "early"])),
        ("k", 3, 1, json!([]), json!([])),
        ("nobody", 4, 1, json!([]), json!(null)),
        ("bad", 4, 1, json!(["customers"]), json!(null)),
    ] {
        let (answer, record) = running.ask(user).await;
        assert_eq!(
            (&answer["AgentGroupId"], &record["table_reads"]),
            (&json!(group), &json!(reads)),
            "{user}"
        );
        assert_eq!((&record["degraded"], &record["segments"]), (&degraded, &segments), "{user}");
    }
    running.ask("bad").await;
    let findings = running.lines("row_finding");
    assert_eq!(findings.len(), 1, "once: {findings:?}");
    assert!(findings[0]["message"].as_str().unwrap().contains("did you mean `Language`"));
}

#[tokio::test(flavor = "multi_thread")]
async fn user_ids_are_not_logged_when_they_must_not_be() {
    let rules = json!([{ "RuleId": "vip", "Priority": 1, "Segments": ["vip"], "AgentGroupId": 2 }]);
    let customers = json!([
        { "ClientUserId": "somebody-real", "Segmets": ["vip"] },
        { "ClientUserId": "another", "Segments": ["vip", "gold-member"] },
    ]);
    let store = store(json!({ "rules": rules, "customers": customers })).await;
    for (setting, logged) in [("true", true), ("false", false)] {
        let running = Running::start(&store.endpoint(), &[("LOG_USER_IDS", setting)]).await;
        let (_, record) = running.ask("somebody-real").await;
        assert_eq!(
            record["client_user_id"],
            if logged { json!("somebody-real") } else { json!(null) }
        );
        assert_eq!(running.lines("row_finding").len(), 1);
        let (_, record) = running.ask("another").await;
        assert_eq!(record["outcome"], "group");
        assert_eq!(record["segments"].is_array(), logged, "{record}");
        let lines = format!("{:?}", running.lines.lock().unwrap());
        for told in ["somebody-real", "gold-member"] {
            assert_eq!(lines.contains(told), logged, "{told}: {lines}");
        }
    }
}

/// The trial in the README's first section: the sample rows answer usefully at any hour.
#[test]
fn the_sample_rows_answer_usefully_at_any_hour() {
    use chrono::{TimeDelta, TimeZone, Utc};
    use routing::decide::{Known, Outcome, Tracing};
    use routing::rows::Fact;
    use routing::session::Session;
    use routing::snapshot::Snapshot;
    use testing::deciding::decide_by;

    let samples = RowFiles::samples().unwrap();
    let all = samples.for_snapshot();
    let settings = sample_settings("http://127.0.0.1:1", |_| None).unwrap();
    let start = Utc.with_ymd_and_hms(2026, 11, 24, 0, 0, 0).unwrap();
    let snapshot = Snapshot::compile(&all, &settings.defaults, start);
    assert_eq!(snapshot.findings(), [], "the sample rows are without fault");
    let mut rules = std::collections::BTreeSet::new();
    for hour in 0..14 * 24 {
        let session = Session::new("s", "u", 1, 1_400_000_000);
        let known = Known {
            customer: Fact::Is(None),
            earlier: Fact::Is(None),
            last_agent: Fact::Is(None),
            turn: Fact::Is(vec![0]),
        };
        let now = start + TimeDelta::hours(hour);
        let question = question(&snapshot, &session, now);
        let decision = decide_by(&question, &known, Tracing::WithoutRule).decision;
        assert!(
            matches!(decision.outcome, Outcome::Agents | Outcome::Group),
            "hour {hour}: {decision:?}"
        );
        rules.insert(decision.rule_id.unwrap().to_string());
    }
    assert_eq!(rules.iter().map(String::as_str).collect::<Vec<_>>(), ["after-hours", "seoul-day"]);
}
