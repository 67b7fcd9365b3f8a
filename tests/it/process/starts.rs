//! Starts: without working tables, with bad settings, and what gets better by itself.

use std::time::Duration;

use desk_cli::local::embedded::Embedded;
use serde_json::json;

use super::{DEFAULT_GROUP, ROUTED, sample, with};
use testing::assign_event;
use testing::bad_tables::{self, FAULTS, Fault, Proxy};
use testing::function::{Function, Reply, binary, variables};
use testing::patience::within;
use testing::running::{BY_RELEASES, publish};
use testing::tls;

/// From the start of the process to the first answer with tables that do not work: below 1.8 s, and
/// the default group.
#[tokio::test(flavor = "multi_thread")]
async fn a_start_without_working_tables_still_answers_in_time() {
    let mut endpoints = vec![("nobody listens".to_owned(), bad_tables::nobody().await)];
    for fault in FAULTS {
        endpoints.push((format!("{fault:?}"), bad_tables::start(fault).await));
    }
    for (name, endpoint) in endpoints {
        let first = async {
            let function = Function::start(variables(&endpoint)).await;
            let answer = function.invoke(assign_event("s", "u")).await;
            (function, answer)
        };
        let about = format!("{name}, from start to first answer");
        let (function, answer) = within(Duration::from_millis(1_800), about, first).await;
        assert_eq!(answer, Reply { status: 200, body: DEFAULT_GROUP.to_owned() }, "{name}");
        // Later callbacks have the deadline only.
        let again = function.invoke(assign_event("s", "u"));
        let again = within(Duration::from_millis(1_300), format!("{name}, again"), again).await;
        assert_eq!(again.body, DEFAULT_GROUP, "{name}");
        let records = function.records().await;
        assert_eq!(
            (&records[0]["outcome"], &records[0]["reason"]),
            (&json!("fallback"), &json!("no_config")),
            "{name}"
        );
        assert_eq!(records[0]["degraded"], json!(["config"]), "{name}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_default_group_the_answer_is_fail() {
    let endpoint = bad_tables::start(Fault::Hang).await;
    let function =
        Function::start(with(variables(&endpoint), &[("DEFAULT_AGENT_GROUP_ID", "")])).await;
    let answer = function.invoke(assign_event("s", "u")).await;
    assert_eq!(answer.status, 200);
    assert_eq!(
        answer.body,
        concat!(
            r#"{"ActionStatus":"FAIL","ErrorInfo":"no answer is available right now and "#,
            r#"no default group is set","ErrorCode":1}"#,
        )
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn it_recovers_by_itself_when_the_tables_come_back() {
    let endpoint = bad_tables::nobody().await;
    let function = Function::start(variables(&endpoint)).await;
    assert_eq!(function.invoke(assign_event("s", "u")).await.body, DEFAULT_GROUP);
    let port = endpoint.rsplit(':').next().unwrap().parse().unwrap();
    let store = Embedded::start(port).await.unwrap();
    store.put(&sample()).await.unwrap();
    let (answer, _) = function.invoke_until_calm(|| assign_event("s", "u")).await;
    assert_eq!(answer.body, ROUTED);
}

#[tokio::test(flavor = "multi_thread")]
async fn bad_settings_stop_the_start_with_one_line_that_names_them_all() {
    let variables = with(
        variables("http://127.0.0.1:1"),
        &[("SDK_APP_IDS", ""), ("DEADLINE_MS", "1701"), ("PATH_SECRET_HASHES", "short")],
    );
    let output =
        tokio::process::Command::new(binary()).env_clear().envs(variables).output().await.unwrap();
    assert!(!output.status.success());
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(said.lines().count(), 1, "{said}");
    for name in ["SDK_APP_IDS", "DEADLINE_MS", "PATH_SECRET_HASHES"] {
        assert!(said.contains(name), "{name} in {said}");
    }
}

/// Over TLS, with a certificate that Amazon's roots have not issued: the system's roots are asked,
/// and nobody who is in neither is believed.
#[tokio::test(flavor = "multi_thread")]
async fn a_certificate_that_only_the_system_knows_is_believed() {
    let store = super::sample_store().await;
    let endpoint = tls::start(&store.endpoint()).await;
    let with_roots = |file: &str| with(variables(&endpoint), &[("SSL_CERT_FILE", file)]);
    let function = Function::start(with_roots(&tls::root_file())).await;
    let (answer, _) = function.invoke_until_calm(|| assign_event("s", "u")).await;
    assert_eq!(answer.body, ROUTED);
    let amazon = concat!(env!("CARGO_MANIFEST_DIR"), "/../src/amazon-roots.pem");
    let function = Function::start(with_roots(amazon)).await;
    assert_eq!(function.invoke(assign_event("s", "u")).await.body, DEFAULT_GROUP);
    let output = function.output().await.join("\n");
    assert!(output.contains("UnknownIssuer"), "{output}");
}

/// A start by releases of the usual size, to its first answer: the pointer, then the one part, both
/// over one connection, whose handshakes are most of a start over TLS.
#[tokio::test(flavor = "multi_thread")]
async fn a_start_of_the_usual_size_opens_one_connection() {
    let store = Embedded::start(0).await.unwrap();
    store.put(&testing::large::sample()).await.unwrap();
    assert_eq!(publish(&store).await, "Published");
    let proxy = Proxy::start(&store.endpoint()).await;
    let function = Function::start(with(variables(&proxy.endpoint()), &[BY_RELEASES])).await;
    function.invoke(assign_event("s", "u")).await;
    let records = function.records().await;
    assert_eq!((&records[0]["release"], &records[0]["degraded"]), (&json!(1), &json!([])));
    assert_eq!(proxy.opened(), 1, "{:?}", proxy.asked());
}
