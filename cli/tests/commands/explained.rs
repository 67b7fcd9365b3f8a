//! `desk explain`: every rule in its place, and decision records.

use serde_json::json;

use super::*;

#[tokio::test]
async fn explain_in_words() {
    let explain = async |user: &str, at: &str| {
        desk(
            None,
            &[
                "explain",
                "--rows",
                SAMPLES,
                "--session",
                "s",
                "--user",
                user,
                "--platform",
                "iOS",
                "--at",
                at,
            ],
        )
        .await
        .out
    };
    insta::assert_snapshot!("explain-owner", explain("vip-1", "2026-11-24 10:00").await);
    insta::assert_snapshot!("explain-rotation", explain("somebody", "2026-11-24 10:00").await);
    insta::assert_snapshot!("explain-weekend", explain("somebody", "2026-11-28 10:00").await);
}

/// Over tables: the turn and the last agent are read, and nothing is written.
#[tokio::test(flavor = "multi_thread")]
async fn explain_over_tables_has_no_effect() {
    let store = sample_store().await;
    let endpoint = store.endpoint();
    let json = async |user: &str| -> Value {
        let done = desk(
            Some(&endpoint),
            &["explain", "--session", "s", "--user", user, "--json", AT[0], AT[1]],
        )
        .await;
        serde_json::from_str(&done.out)
            .unwrap_or_else(|error| panic!("{error}: {} {}", done.out, done.err))
    };
    let first = json("somebody").await;
    assert_eq!(
        (&first["rule_id"], &first["strategy"], &first["degraded"]),
        (&json!("seoul-day"), &json!("round_robin"), &json!([]))
    );
    assert_eq!(first["response"]["AgentIdList"], first["agent_ids"]);
    assert_eq!(first["trace"]["rules"].as_array().unwrap().len(), 3);
    let note =
        "only the time is in the past: rows, customers, last agents and turns are those of today";
    assert_eq!(first["notes"], json!([note]));
    assert_eq!(json("somebody").await["agent_ids"], first["agent_ids"], "no turn was taken");
    let stored = store.client().scan().table_name("desk-assignments").send().await.unwrap();
    assert_eq!(stored.count, 0, "nothing was written");
}

/// A segment whose last day has passed is none, as in the decision.
#[tokio::test]
async fn segments_that_have_ended_are_not_told() {
    let rules = json!([
        { "RuleId": "vip", "Priority": 1, "Segments": ["vip"], "AgentGroupId": 1 },
        { "RuleId": "rest", "Priority": 2, "AgentGroupId": 2 },
    ]);
    let segments = json!({ "vip": "2026-11-23", "gold": "2026-12-31" });
    let customers = json!([{ "ClientUserId": "u1", "Segments": segments }]);
    let files = [("rules.json", rules), ("customers.json", customers)];
    let folder = Folder::new("ended-segments", &files);
    let asked = ["explain", "--rows", folder.path(), "--session", "s", "--user", "u1", "--json"];
    let at = ["--at", "2026-11-24 10:00"];
    let done = desk(None, &[&asked[..], &at].concat()).await;
    let said: Value = serde_json::from_str(&done.out).unwrap();
    assert_eq!((&said["segments"], &said["rule_id"]), (&json!(["gold"]), &json!("rest")));
}

/// Rules in error and disabled ones stand where they would be tried.
#[tokio::test]
async fn rules_out_of_force_in_their_places() {
    let rules = json!([
        { "RuleId": "off", "Priority": 1, "Enabled": false, "AgentGroupId": 1 },
        { "RuleId": "bad", "Priority": 2, "Platfroms": ["iOS"], "AgentGroupId": 2 },
        { "RuleId": "shop", "Priority": 3, "Platforms": ["iOS"], "AgentGroupId": 3 },
        { "RuleId": "rest", "Priority": 4, "AgentGroupId": 4 },
        { "RuleId": "after", "Priority": 5, "Enabled": false, "AgentGroupId": 5 },
    ]);
    let folder = Folder::new("places", &[("rules.json", rules)]);
    let base = ["explain", "--rows", folder.path(), "--user", "u", AT[0], AT[1]];
    let done = desk(None, &base).await;
    assert_eq!(done.code, 0, "{}", done.err);
    insta::assert_snapshot!("out-of-force", done.out);
    let done = desk(None, &[&base[..], &["--json"]].concat()).await;
    let json: Value = serde_json::from_str(&done.out).unwrap();
    let tried: Vec<(&str, &str)> = json["trace"]["rules"]
        .as_array()
        .unwrap()
        .iter()
        .map(|rule| (rule["rule_id"].as_str().unwrap(), rule["verdict"].as_str().unwrap()))
        .collect();
    let expected =
        [("off", "disabled"), ("bad", "in_error"), ("shop", "condition_failed"), ("rest", "won")];
    assert_eq!(tried, expected);
}

/// A record is explained by its fields; another answer than today's is told.
#[tokio::test]
async fn a_decision_record() {
    let record = |rule: &str| {
        json!({
            "time": "2026-11-24T01:00:00.000Z", "outcome": "agents", "reason": "owner_preferred",
            "rule_id": rule, "session_id": "s", "client_user_id": "vip-1", "event_time": 1,
            "sdk_app_id": 1_400_000_000, "platform": "iOS", "agent_group_id": 6521,
            "agent_ids": ["minji@example.com"], "config_version": "0123456789ab",
        })
        .to_string()
    };
    let explain =
        async |line: &str| desk(None, &["explain", "--rows", SAMPLES, "--record", line]).await;
    let done = explain(&record("vip")).await;
    assert!(done.out.contains("2026-11-24 10:00:00"), "{} {}", done.out, done.err);
    assert!(done.out.contains("the record says the same answer"), "{}", done.out);
    let done = explain(&record("old")).await;
    assert!(done.out.contains("another answer: rule `old`, `minji@example.com`"), "{}", done.out);
    let hidden = json!({
        "time": "2026-11-24T01:00:00Z", "outcome": "agents", "session_id": "s",
        "client_user_id": null,
    });
    for (line, said) in [
        ("no json".to_owned(), "not a decision record"),
        (r#"{"outcome":"rejected"}"#.to_owned(), "its outcome is `rejected`"),
        (hidden.to_string(), "add `--user ID`"),
    ] {
        let done = explain(&line).await;
        assert!(done.code == 1 && done.err.contains(said), "{line}: {}", done.err);
    }
}

/// What is no user is refused, with what is expected. What is no address is in no range, as in a
/// callback, and a note says so.
#[tokio::test]
async fn what_is_no_request() {
    let base = ["explain", "--rows", SAMPLES, AT[0], AT[1]];
    for (more, said) in [
        (["--user", ""].as_slice(), "it is empty; write an id, such as `user-1`"),
        (&["--user", " "], "it is empty"),
        (&["--user", "u", "--session", ""], "it is empty"),
    ] {
        let done = desk(None, &[&base[..], more].concat()).await;
        assert!(done.code == 2 && done.err.contains(said), "{more:?}: {}", done.err);
    }
    for (ip, is_told) in [("2001:db8::1", false), ("999", true)] {
        let done = desk(None, &[&base[..], &["--user", "u", "--ip", ip]].concat()).await;
        let told = done.out.contains("which is not an IP address");
        assert_eq!((done.code, told), (0, is_told), "{} {}", done.out, done.err);
    }
}

/// Every map of `AnyOf` with all its conditions, every roster that nobody is on.
#[tokio::test]
async fn maps_and_empty_rosters() {
    let rules = json!([
        {
            "RuleId": "any",
            "Priority": 1,
            "AnyOf": [
                { "Platforms": ["iOS"], "Segments": ["vip"] },
                { "ValidUntil": "2026-11-01" },
            ],
            "AgentGroupId": 1,
        },
        { "RuleId": "empty", "Priority": 2, "AgentIds": ["gone"], "Rosters": ["day", "nigth"] },
        { "RuleId": "rest", "Priority": 3, "AgentGroupId": 4 },
    ]);
    let agents =
        json!([{ "AgentId": "ann", "Rosters": ["day"], "Away": ["2026-11-24 09:00..24:00"] }]);
    let folder = Folder::new("maps", &[("rules.json", rules), ("agents.json", agents)]);
    let explain = ["explain", "--rows", folder.path(), "--user", "u", AT[0], AT[1]];
    let done = desk(None, &[&explain[..], &["--platform", "iOS", "--session", "s"]].concat()).await;
    assert_eq!(done.code, 0, "{}", done.err);
    insta::assert_snapshot!("maps", done.out);
}

/// Without the name of the customers' table, it is said what to do.
#[tokio::test(flavor = "multi_thread")]
async fn without_customers() {
    let store = sample_store().await;
    let endpoint = store.endpoint();
    let mut explain = command(Some(&endpoint), &["explain", "--user", "vip-1", AT[0], AT[1]]);
    let done = done(explain.env_remove("CUSTOMERS_TABLE").output().await.unwrap());
    let said = "`german` is not in force: its row is in error: `Languages`: needs the customers \
        table, but CUSTOMERS_TABLE is not set; set it, or remove the condition";
    assert!(done.code == 0 && done.out.contains(said), "{}{}", done.out, done.err);
}
