//! `desk replay`: what other rows would do to people, and what nobody can know.

use serde_json::json;

use super::*;

/// 400 requests through a day, and lines that are none.
fn some_requests() -> String {
    let mut text = "session_id,client_user_id,platform,time\n".to_owned();
    for n in 0..400 {
        let user = match n % 20 {
            0 => "vip-1".to_owned(),
            1 => "user-de".to_owned(),
            _ => format!("user-{n}"),
        };
        text += &format!(
            "session-{n},{user},iOS,2026-11-24T{:02}:{:02}:00+09:00\n",
            n * 24 / 400,
            n % 60
        );
    }
    text + ",,,\n"
}

#[tokio::test]
async fn replay_in_words() {
    let folder = Folder::new("replay", &[]);
    let file = folder.0.join("requests.csv");
    std::fs::write(&file, some_requests()).unwrap();
    let file = file.to_str().unwrap();
    let done = desk(None, &["replay", "--rows", SAMPLES, file]).await;
    assert_eq!(done.code, 0, "{}", done.err);
    insta::assert_snapshot!("replay", done.out);
    // The German speakers' rule goes away: only theirs change, and a day's rotation goes on as it
    // was.
    for name in ["rules.json", "agents.json", "calendars.json", "customers.json"] {
        std::fs::copy(Path::new(SAMPLES).join(name), folder.0.join(name)).unwrap();
    }
    let rules = std::fs::read_to_string(folder.0.join("rules.json")).unwrap();
    std::fs::write(
        folder.0.join("rules.json"),
        rules.replace(r#""RuleId": "german","#, r#""RuleId": "german", "Enabled": false,"#),
    )
    .unwrap();
    let done = desk(None, &["replay", "--rows", SAMPLES, "--against", folder.path(), file]).await;
    assert_eq!(done.code, 0, "{}", done.err);
    insta::assert_snapshot!("replay-against", done.out);
    let done =
        desk(None, &["replay", "--rows", SAMPLES, "--against", folder.path(), "--json", file])
            .await;
    let lines: Vec<Value> =
        done.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let changed: Vec<&Value> = lines.iter().filter(|line| line["changed"] == true).collect();
    assert_eq!((lines.len(), changed.is_empty()), (400, false));
    assert!(
        changed
            .iter()
            .all(|line| line["client_user_id"] == "user-de"
                && line["decision"]["rule_id"] == "german"),
        "{changed:?}"
    );
}

#[tokio::test]
async fn users_moved_to_a_bare_group_and_customers_in_error() {
    let agents = json!([{ "AgentId": "ann", "Rosters": ["desk"] }]);
    let rules = |target: Value| {
        let vip = json!({ "RuleId": "vip", "Priority": 1, "Segments": ["vip"], "AgentGroupId": 9 });
        let mut rest = json!({ "RuleId": "rest", "Priority": 2 });
        rest.as_object_mut().unwrap().extend(target.as_object().unwrap().clone());
        json!([vip, rest])
    };
    // `Segmets` is nearly ours, so the row is in error and the customer unknown: neither a VIP nor
    // surely none.
    let customers = json!([{ "ClientUserId": "odd", "Segmets": ["vip"] }]);
    let folder = |name: &str, target: Value| {
        Folder::new(
            name,
            &[
                ("rules.json", rules(target)),
                ("agents.json", agents.clone()),
                ("customers.json", customers.clone()),
            ],
        )
    };
    let with_agents = folder("replay-agents", json!({ "Rosters": ["desk"] }));
    let bare = folder("replay-bare", json!({ "AgentGroupId": 7 }));
    let file = with_agents.0.join("requests.jsonl");
    let requests: Vec<String> = ["odd", "a", "b"]
        .map(|user| json!({ "session_id": user, "client_user_id": user }).to_string())
        .into();
    std::fs::write(&file, requests.join("\n")).unwrap();
    let file = file.to_str().unwrap();
    let done =
        desk(None, &["replay", "--rows", with_agents.path(), "--against", bare.path(), file]).await;
    for said in [
        "without an eligible agent: 0 (0.0 %), after: 0 (0.0 %)",
        "with a group alone: 0 (0.0 %), after: 3 (100.0 %)",
        "3 of them had agents, and would get a group alone or nobody",
        "a customer's row is in error and counts as unknown",
    ] {
        assert!(done.out.contains(said), "{said}: {} {}", done.out, done.err);
    }
}

#[tokio::test]
async fn rows_in_error_are_noted() {
    let rules = json!([
        { "RuleId": "vip", "Priority": 1, "Platfroms": ["iOS"], "AgentGroupId": 9 },
        { "RuleId": "rest", "Priority": 2, "AgentGroupId": 7 },
    ]);
    let good = json!([{ "RuleId": "rest", "Priority": 2, "AgentGroupId": 7 }]);
    let bad = Folder::new("replay-bad", &[("rules.json", rules)]);
    let good = Folder::new("replay-good", &[("rules.json", good)]);
    let file = bad.0.join("one.jsonl");
    std::fs::write(&file, r#"{"session_id":"s","client_user_id":"u"}"#).unwrap();
    let file = file.to_str().unwrap();
    let said = "1 row in error and not used (`cargo desk check` says why): rules `vip`.";
    for (rows, against, note) in [
        (&bad, &good, format!("Note: {said}")),
        (&good, &bad, format!("Note: of `--against`, {said}")),
    ] {
        let done =
            desk(None, &["replay", "--rows", rows.path(), "--against", against.path(), file]).await;
        assert!(done.out.contains(&note), "{} {}", done.out, done.err);
        assert_eq!(done.out.matches("Note: ").count(), 1, "{}", done.out);
    }
}
