//! `desk replay`: what other rows would do to people, and what nobody can know.

use super::*;

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
