//! The daily check, and questions that the function answers.

use desk_router::report::OperatorNumber;
use serde_json::{Value, json};

use testing::bad_tables::Proxy;
use testing::rows;
use testing::running::store;

use super::{answer, operator};

#[tokio::test(flavor = "multi_thread")]
async fn the_daily_check_and_explaining() {
    let store = store(json!({
        "rules": [
            {
                "RuleId": "vip", "Priority": 1, "Segments": ["vip"], "Rosters": ["dsek"],
                "AgentGroupId": 7,
            },
            {
                "RuleId": "rest", "Priority": 2, "Rosters": ["desk"], "Strategy": "round_robin",
                "AgentGroupId": 7, "Typo": 1,
            },
        ],
        "agents": [
            { "AgentId": "ann", "Rosters": ["desk"] },
            { "AgentId": "bob", "Rosters": ["desk"] },
        ],
        "customers": [
            { "ClientUserId": "u", "Segments": ["vip"] },
            { "ClientUserId": "secret-user", "Owner": "nobody" },
        ],
    }))
    .await;
    // As from far away: every request takes longer than a callback would wait.
    let proxy = Proxy::start(&store.endpoint()).await;
    proxy.delay(std::time::Duration::from_millis(400));
    let function = operator(&proxy.endpoint()).await;
    let checked = answer(&function, json!({ "Check": {} })).await;
    assert_eq!(checked["errors"], 1);
    let findings: Vec<&str> = checked["findings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|finding| finding.as_str().unwrap())
        .collect();
    assert!(
        findings.iter().any(|finding| finding.contains("`Typo`"))
            && findings.iter().any(|finding| finding.contains("did you mean `desk`?")),
        "{findings:?}"
    );
    let lines: Vec<Value> =
        function.output().await.iter().filter_map(|line| serde_json::from_str(line).ok()).collect();
    let numbers = lines.iter().find(|line: &&Value| line.get("CheckErrors").is_some()).unwrap();
    assert_eq!(
        (&numbers["CheckErrors"], &numbers["_aws"]["CloudWatchMetrics"][0]["Namespace"]),
        (&json!(1), &json!("desk-router"))
    );
    for line in lines.iter().filter(|line| line.get("_aws").is_some()) {
        for number in line["_aws"]["CloudWatchMetrics"][0]["Metrics"].as_array().unwrap() {
            let known = OperatorNumber::ALL.map(OperatorNumber::name);
            assert!(known.contains(&number["Name"].as_str().unwrap()), "{line}");
        }
    }
    assert!(lines.iter().any(|line| line["event"] == "check_finding"));
    assert!(
        lines.iter().all(|line| !line.to_string().contains("secret-user")),
        "`LOG_USER_IDS` is false"
    );
    // The sample event, as pasted into the console's Test tab.
    let event: Value =
        serde_json::from_str(include_str!("../../../events/operator/explain.json")).unwrap();
    store
        .put(&rows(json!({
            "rules": [
                {
                    "RuleId": "rest", "Priority": 2, "Rosters": ["desk"],
                    "Strategy": "round_robin", "AgentGroupId": 7,
                },
            ],
        })))
        .await
        .unwrap();
    let explained = answer(&function, event).await;
    let text: Vec<&str> = explained["Explanation"]
        .as_array()
        .unwrap()
        .iter()
        .map(|line| line.as_str().unwrap())
        .collect();
    assert!(
        text.contains(&"  2. `rest` yes")
            && text.contains(&"Rule `rest` answers `ann` by `round_robin`, with group 7."),
        "{text:#?}"
    );
    assert_eq!(
        explained["Response"],
        json!({
            "ActionStatus": "OK", "ErrorInfo": "", "ErrorCode": 0, "AgentGroupId": 7,
            "AgentIdList": ["ann"],
        })
    );
    assert_eq!(
        store.client().scan().table_name("desk-assignments").send().await.unwrap().count,
        0,
        "nothing was written"
    );
}
