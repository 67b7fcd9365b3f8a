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
        "the clock alone is set back: rows, customers, last agents and turns are those of today";
    assert_eq!(first["notes"], json!([note]));
    assert_eq!(json("somebody").await["agent_ids"], first["agent_ids"], "no turn was taken");
    let stored = store.client().scan().table_name("desk-assignments").send().await.unwrap();
    assert_eq!(stored.count, 0, "nothing was written");
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
    let hidden = json!({ "time": "2026-11-24T01:00:00Z", "outcome": "agents", "session_id": "s", "client_user_id": null });
    for (line, said) in [
        ("no json".to_owned(), "no decision record"),
        (r#"{"outcome":"rejected"}"#.to_owned(), "its outcome is `rejected`"),
        (hidden.to_string(), "add `--user ID`"),
    ] {
        let done = explain(&line).await;
        assert!(done.code == 1 && done.err.contains(said), "{line}: {}", done.err);
    }
}
