//! Rows and snapshots through the real SDK client: kinds as the console writes them, refreshes,
//! faults, last good versions.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use aws_sdk_dynamodb::types::AttributeValue as Attribute;
use desk_cli::command::serve::sample_settings;
use desk_cli::embedded::{Embedded, table_name};
use desk_cli::row_files::RowFiles;
use desk_router::lambda;
use routing::rows::Table;
use serde_json::{Value, json};

use testing::bad_tables::{self, FAULTS, Fault, Proxy};
use testing::patience::{Degraded, calm, within};
use testing::running::{Running, store};
use testing::{assign_event, question, rows};

async fn put(store: &Embedded, table: Table, item: HashMap<String, Attribute>) {
    store
        .client()
        .put_item()
        .table_name(table_name(table))
        .set_item(Some(item))
        .send()
        .await
        .unwrap();
}

async fn delete(store: &Embedded, table: Table, key: &str) {
    let key = Attribute::S(key.into());
    store
        .client()
        .delete_item()
        .table_name(table_name(table))
        .key(table.key_attribute(), key)
        .send()
        .await
        .unwrap();
}

fn s(text: &str) -> Attribute {
    Attribute::S(text.into())
}

fn item<const N: usize>(attributes: [(&str, Attribute); N]) -> HashMap<String, Attribute> {
    attributes.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

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
        let rule = json!({ "RuleId": format!("r{number}"), "Priority": number, "ClientUserIds": [format!("u{number}")], "AgentGroupId": number + 1, "Notes": filler });
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

/// A page that fails makes the whole load fail: half a table is never believed.
#[tokio::test(flavor = "multi_thread")]
async fn a_failed_page_is_a_failed_load() {
    let endpoint = bad_tables::start(Fault::SecondPage).await;
    let running = Running::start_in_time(&endpoint, &[]).await;
    let (answer, record) = running.ask("u").await;
    assert_eq!(
        (&answer["AgentGroupId"], &record["outcome"], &record["reason"]),
        (&json!(1000), &json!("fallback"), &json!("no_config"))
    );
    assert!(!running.lines("config_load_failed").is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_fresh_snapshot_reads_no_table_and_a_stale_one_is_refreshed() {
    let store =
        store(json!({ "rules": [{ "RuleId": "r", "Priority": 1, "AgentGroupId": 5 }] })).await;
    let fresh = Running::start(&store.endpoint(), &[("CONFIG_TTL_SECONDS", "3600")]).await;
    let running = Running::start(&store.endpoint(), &[("CONFIG_TTL_SECONDS", "1")]).await;
    let (_, record) = fresh.ask("u").await;
    assert_eq!((&record["table_reads"], &record["cold_start"]), (&json!(0), &json!(true)));
    assert_eq!(running.ask("u").await.0["AgentGroupId"], 5);
    store
        .put(&rows(json!({ "rules": [{ "RuleId": "r", "Priority": 1, "AgentGroupId": 6 }] })))
        .await
        .unwrap();
    let (answer, again) = fresh.ask("u").await;
    assert_eq!((&answer["AgentGroupId"], &again["table_reads"]), (&json!(5), &json!(0)), "fresh");
    tokio::time::sleep(Duration::from_millis(1_250)).await;
    let (answer, again) = running.ask("u").await;
    assert_eq!((&answer["AgentGroupId"], &again["table_reads"]), (&json!(6), &json!(3)));
    assert_ne!(again["config_version"], record["config_version"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn one_get_item_only_when_a_rule_asks_for_the_customer() {
    let rules = json!([
        { "RuleId": "ids", "Priority": 1, "ClientUserIds": ["known"], "AgentGroupId": 1 },
        { "RuleId": "vip", "Priority": 2, "Segments": ["vip"], "AgentGroupId": 2 },
        { "RuleId": "not", "Priority": 3, "NotSegments": ["trial"], "Languages": ["ko"], "AgentGroupId": 3 },
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
    let store = store(json!({ "rules": rules, "customers": [{ "ClientUserId": "somebody-real", "Segmets": ["vip"] }] })).await;
    for (setting, logged) in [("true", true), ("false", false)] {
        let running = Running::start(&store.endpoint(), &[("LOG_USER_IDS", setting)]).await;
        let (_, record) = running.ask("somebody-real").await;
        assert_eq!(
            record["client_user_id"],
            if logged { json!("somebody-real") } else { json!(null) }
        );
        assert_eq!(running.lines("row_finding").len(), 1);
        let lines = format!("{:?}", running.lines.lock().unwrap());
        assert_eq!(lines.contains("somebody-real"), logged, "{lines}");
    }
}

/// Tables that are read directly: a row in error is not used, on a warm instance as on a new one, and
/// a line says so. A row that is good again is in force at once.
#[tokio::test(flavor = "multi_thread")]
async fn a_row_in_error_is_not_used_where_tables_are_read_directly() {
    let good = json!({
        "rules": [{ "RuleId": "r", "Priority": 1, "Hours": "@always", "Rosters": ["desk"] }, { "RuleId": "z", "Priority": 9, "AgentGroupId": 9 }],
        "agents": [{ "AgentId": "ann", "Rosters": ["desk"] }, { "AgentId": "bob", "Rosters": ["desk"] }],
        "calendars": [{ "CalendarId": "always", "Hours": "24/7" }],
    });
    let store = store(good.clone()).await;
    let warm = Running::start(&store.endpoint(), &[]).await;
    assert_eq!(warm.agents("u").await.as_array().unwrap().len(), 2);
    for (table, bad, agents, group, says) in [
        (
            Table::Rules,
            json!({ "RuleId": "r", "Priority": "first", "Hours": "@always", "Rosters": ["desk"], "_LastGood": r#"{"Priority": 1, "Rosters": ["desk"]}"# }),
            json!(null),
            json!(9),
            "expected a number",
        ),
        (
            Table::Agents,
            json!({ "AgentId": "ann", "Rosters": ["desk"], "Weight": 101 }),
            json!(["bob"]),
            json!(null),
            "from `0` to `100`",
        ),
        (
            Table::Calendars,
            json!({ "CalendarId": "always", "Hours": "never ever" }),
            json!(null),
            json!(9),
            "the calendar `always` has an error",
        ),
    ] {
        let mut files = RowFiles::default();
        files.add(table, vec![bad.as_object().unwrap().clone()]);
        store.put(&files).await.unwrap();
        let fresh = Running::start(&store.endpoint(), &[]).await;
        for running in [&warm, &fresh] {
            let (answer, record) = running.ask("u").await;
            assert_eq!(
                (answer.get("AgentIdList"), answer.get("AgentGroupId")),
                (
                    Some(&agents).filter(|list| !list.is_null()),
                    Some(&group).filter(|group| !group.is_null())
                ),
                "after {bad}"
            );
            assert_eq!(record["degraded"], json!([]));
            let lines = running.lines("row_finding");
            assert!(
                lines.iter().any(|line| line["level"] == "ERROR"
                    && line["message"].as_str().unwrap().contains(says)),
                "{lines:?}"
            );
        }
        store.put(&rows(good.clone())).await.unwrap();
        assert_eq!(warm.agents("u").await.as_array().unwrap().len(), 2, "good again");
    }
    delete(&store, Table::Agents, "bob").await;
    assert_eq!(warm.agents("u").await, json!(["ann"]));
}

/// A refresh that finds no usable rule is not believed for a while; the old snapshot serves on, and
/// says so.
#[tokio::test(flavor = "multi_thread")]
async fn an_emptied_rules_table_is_not_believed() {
    let store =
        store(json!({ "rules": [{ "RuleId": "r", "Priority": 1, "AgentGroupId": 5 }] })).await;
    let running = Running::start(&store.endpoint(), &[]).await;
    delete(&store, Table::Rules, "r").await;
    let (answer, record) = running.ask("u").await;
    assert_eq!((&answer["AgentGroupId"], &record["degraded"]), (&json!(5), &json!(["config"])));
    store
        .put(&rows(json!({ "rules": [{ "RuleId": "new", "Priority": 1, "AgentGroupId": 6 }] })))
        .await
        .unwrap();
    let (answer, record) = running.ask("u").await;
    assert_eq!((&answer["AgentGroupId"], &record["degraded"]), (&json!(6), &json!([])));
}

/// Each fault at a refresh and at the read of a customer: the last good snapshot's answer, in time,
/// and recovery.
#[tokio::test(flavor = "multi_thread")]
async fn faults_after_a_good_start() {
    let rules = json!([
        { "RuleId": "vip", "Priority": 1, "Segments": ["vip"], "AgentGroupId": 1 },
        { "RuleId": "not-vip", "Priority": 2, "NotSegments": ["vip"], "AgentGroupId": 2 },
        { "RuleId": "rest", "Priority": 3, "AgentGroupId": 3 },
    ]);
    let store = store(
        json!({ "rules": rules, "customers": [{ "ClientUserId": "v", "Segments": ["vip"] }] }),
    )
    .await;
    for fault in FAULTS {
        let proxy = Proxy::start(&store.endpoint()).await;
        let running = Running::start_in_time(&proxy.endpoint(), &[]).await.until_loaded().await;
        let (answer, _) = running.ask_until_calm("s", "v").await;
        assert_eq!(answer["AgentGroupId"], 1, "{fault:?}");
        proxy.set(Some(fault));
        let (answer, record) = calm(async |_| {
            let asked = running.ask("v");
            let asked = within(Duration::from_millis(1_200), format!("{fault:?}"), asked).await;
            match asked.1["reason"] == "deadline" {
                true => Err(Degraded(asked.1.to_string())),
                false => Ok(asked),
            }
        })
        .await;
        assert_eq!(
            answer["AgentGroupId"], 3,
            "{fault:?}: unknown is neither in a segment nor out of it"
        );
        assert_eq!(record["degraded"], json!(["config", "customers"]), "{fault:?}");
        assert_eq!(record["outcome"], "group", "{fault:?}");
        proxy.set(None);
        let (answer, _) = running.ask_until_calm("s", "v").await;
        assert_eq!(answer["AgentGroupId"], 1, "{fault:?}: it recovers by itself");
    }
}

/// After a failed refresh the next try waits, so that a slow table does not slow every callback.
#[tokio::test(flavor = "multi_thread")]
async fn a_hanging_table_slows_one_callback_not_every_one() {
    let store =
        store(json!({ "rules": [{ "RuleId": "r", "Priority": 1, "AgentGroupId": 5 }] })).await;
    let proxy = Proxy::start(&store.endpoint()).await;
    let ttl = [("CONFIG_TTL_SECONDS", "1")];
    let running = Running::start_in_time(&proxy.endpoint(), &ttl).await.until_loaded().await;
    proxy.set(Some(Fault::Hang));
    tokio::time::sleep(Duration::from_millis(1_250)).await;
    // The pause is a second: on a busy machine the next callback may come after it.
    calm(async |_| {
        let (answer, record) = running.ask("u").await;
        assert_eq!((&answer["AgentGroupId"], &record["degraded"]), (&json!(5), &json!(["config"])));
        let asked = running.ask("u");
        let (_, record) = within(Duration::from_millis(50), "in the pause", asked).await;
        assert_eq!(record["degraded"], json!(["config"]));
        assert!(record["config_age_ms"].as_u64().unwrap() >= 1_000);
        match record["table_reads"] == json!(0) {
            true => Ok(()),
            false => Err(Degraded(record.to_string())),
        }
    })
    .await;
}

/// A callback that waited before it reached the function has less time left: a hanging table then
/// costs nothing more.
#[tokio::test(flavor = "multi_thread")]
async fn the_deadline_counts_from_api_gateway() {
    let store = store(json!({ "rules": [{ "RuleId": "vip", "Priority": 1, "Segments": ["vip"], "AgentGroupId": 1 }, { "RuleId": "r", "Priority": 2, "AgentGroupId": 5 }] })).await;
    let proxy = Proxy::start(&store.endpoint()).await;
    let running = Running::start_in_time(&proxy.endpoint(), &[]).await.until_loaded().await;
    running.ask_until_calm("s", "u").await;
    proxy.set(Some(Fault::Hang));
    for (waited_ms, slowest_ms) in [(1_100, 200), (5_000, 50)] {
        let mut event: Value = serde_json::from_str(&assign_event("s", "u")).unwrap();
        event["requestContext"]["timeEpoch"] = (testing::now_ms() - waited_ms).into();
        let (event, about) = (event.to_string(), format!("waited {waited_ms} ms"));
        let handled = lambda::handle(&running.webhook, Some(&event));
        let response = within(Duration::from_millis(slowest_ms), about, Box::pin(handled)).await;
        let body: Value = serde_json::from_slice(response.body.unwrap().as_ref()).unwrap();
        assert_eq!(body["ActionStatus"], "OK");
    }
}

/// Many callbacks at once: one load, the same answers.
#[tokio::test(flavor = "multi_thread")]
async fn parallel_callbacks_share_one_load() {
    let store =
        store(json!({ "rules": [{ "RuleId": "r", "Priority": 1, "AgentGroupId": 5 }] })).await;
    // On a busy machine the last of them may come when the rows are old again.
    calm(async |_| {
        let ttl = [("CONFIG_TTL_SECONDS", "1")];
        let running = Arc::new(Running::start(&store.endpoint(), &ttl).await);
        tokio::time::sleep(Duration::from_millis(1_250)).await;
        let started = Instant::now();
        let tasks: Vec<_> = (0..32)
            .map(|_| {
                let running = Arc::clone(&running);
                tokio::spawn(async move {
                    let event = assign_event("s", "u");
                    lambda::handle(&running.webhook, Some(&event)).await.status_code
                })
            })
            .collect();
        for task in tasks {
            assert_eq!(task.await.unwrap(), 200);
        }
        let records = running.lines.lock().unwrap().clone();
        let reads: u64 = records.iter().filter_map(|line| line["table_reads"].as_u64()).sum();
        if reads > 3 && started.elapsed() > Duration::from_millis(800) {
            return Err(Degraded(format!("{reads} reads")));
        }
        assert_eq!(reads, 3, "one load of three tables");
        Ok(())
    })
    .await;
}

/// Permuted rows and other notes are the same configuration; anything that matters is another one.
#[tokio::test(flavor = "multi_thread")]
async fn the_config_version_is_a_hash_of_what_matters() {
    let version = async |rules: Value| {
        let store = store(json!({ "rules": rules })).await;
        Running::start(&store.endpoint(), &[]).await.ask("u").await.1["config_version"].clone()
    };
    let a = json!({ "RuleId": "a", "Priority": 1, "AgentGroupId": 1 });
    let b = json!({ "RuleId": "b", "Priority": 2, "AgentGroupId": 2 });
    let one = version(json!([a, b])).await;
    assert_eq!(one.as_str().unwrap().len(), 12);
    assert_eq!(version(json!([b, a])).await, one);
    let noted = json!({ "RuleId": "a", "Priority": 1, "AgentGroupId": 1, "Notes": "x", "Description": "y", "_Check": "ok" });
    assert_eq!(version(json!([noted, b])).await, one);
    let changed = json!({ "RuleId": "a", "Priority": 1, "AgentGroupId": 3 });
    assert_ne!(version(json!([changed, b])).await, one);
}

/// The trial in the README's first section: the sample rows answer usefully at any hour.
#[test]
fn the_sample_rows_answer_usefully_at_any_hour() {
    use chrono::{TimeDelta, TimeZone, Utc};
    use routing::decide::{Known, Outcome, Step, Tracer, decide};
    use routing::rows::Fact;
    use routing::session::Session;
    use routing::snapshot::Snapshot;

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
        let step = decide(&question(&snapshot, &session, now), &known, &mut Tracer::off());
        let Step::Decided(decision) = step else { panic!() };
        assert!(
            matches!(decision.outcome, Outcome::Agents | Outcome::Group),
            "hour {hour}: {decision:?}"
        );
        rules.insert(decision.rule_id.unwrap().to_string());
    }
    assert_eq!(rules.iter().map(String::as_str).collect::<Vec<_>>(), ["after-hours", "seoul-day"]);
}
