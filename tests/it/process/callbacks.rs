//! Callbacks, and what is logged of them.

use serde_json::{Value, json};

use super::{REFUSED, ROUTED, sample_store, with};
use testing::function::{Function, Reply, variables};
use testing::{CLIENT_IP, PATH_SECRET, PATH_SECRET_HASH, TOKEN, body, event, signed_query};

#[tokio::test(flavor = "multi_thread")]
async fn a_signed_callback_and_what_is_logged_of_it() {
    let store = sample_store().await;
    let secret = [("PATH_SECRET_HASHES", PATH_SECRET_HASH), ("METRICS_BY_RULE", "true")];
    let function = Function::start_loaded(with(variables(&store.endpoint()), &secret)).await;
    let query = signed_query(0);
    let signed = event(
        "POST",
        &format!("/{PATH_SECRET}"),
        &query,
        body("s-1", "u-1").to_string().as_bytes(),
    );
    assert_eq!(function.invoke(signed).await, Reply { status: 200, body: ROUTED.to_owned() });
    let forged = event("POST", "/", &query, body("s-1", "u-1").to_string().as_bytes());
    assert_eq!(function.invoke(forged).await.status, 403);
    for event in [
        "",
        "not json",
        "{",
        "{}",
        "[]",
        "null",
        "\"text\"",
        "1",
        r#"{"version":"2.0","requestContext":null}"#,
    ] {
        assert_eq!(
            function.invoke(event).await,
            Reply { status: 403, body: REFUSED.to_owned() },
            "{event}"
        );
    }
    let output = function.output().await.join("\n");
    let sign = query.split("Sign=").nth(1).unwrap().split('&').next().unwrap();
    for secret in [TOKEN, PATH_SECRET, PATH_SECRET_HASH, CLIENT_IP, sign, "198.51.100.9"] {
        assert!(!output.contains(secret), "{secret} is in the log:\n{output}");
    }
    // In the record, numbers: with every refusal, also those without a record.
    let numbers: Vec<Value> = function
        .output()
        .await
        .iter()
        .filter_map(|line| serde_json::from_str(line).ok())
        .filter(|line: &Value| line.get("_aws").is_some())
        .collect();
    assert_eq!(numbers.len(), 2, "one line for each record: {numbers:#?}");
    assert_eq!(
        (&numbers[0]["Outcome"], &numbers[0]["Rule"], &numbers[0]["Function"]),
        (&json!("agents"), &json!("ios"), &json!("desk-router"))
    );
    assert_eq!(
        (&numbers[0]["Refused"], &numbers[1]["Refused"], &numbers[1]["Outcome"]),
        (&json!(0), &json!(1), &json!("rejected"))
    );
    assert_eq!(
        function
            .invoke(event(
                "POST",
                &format!("/{PATH_SECRET}"),
                &signed_query(0),
                body("s-2", "u-1").to_string().as_bytes()
            ))
            .await
            .status,
        200
    );
    let last = function
        .output()
        .await
        .iter()
        .rev()
        .find_map(|line| serde_json::from_str::<Value>(line).ok())
        .unwrap();
    assert_eq!(last["Refused"], 9, "the refusals since");
    let record = &function.records().await[0];
    for (name, value) in [
        ("outcome", json!("agents")),
        ("reason", json!("rule_matched")),
        ("rule_id", json!("ios")),
        ("session_id", json!("s-1")),
        ("client_user_id", json!("u-1")),
        ("event_time", json!(1_670_574_414_123_i64)),
        ("sdk_app_id", json!(1_400_000_000)),
        ("platform", json!("iOS")),
        ("customer_service_id", Value::Null),
        ("segments", Value::Null),
        ("agent_group_id", json!(6521)),
        ("agent_ids", json!(["penn_svc"])),
        ("strategy", json!("all")),
        ("preferred", Value::Null),
        ("degraded", json!([])),
        ("table_reads", json!(0)),
        ("table_writes", json!(0)),
        ("cold_start", json!(true)),
    ] {
        assert_eq!(record[name], value, "{name}");
    }
}
