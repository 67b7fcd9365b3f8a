//! The events of `events/`, as API Gateway sends them.

use super::{ACKNOWLEDGED, REFUSED, ROUTED, sample_store, with};
use testing::PATH_SECRET_HASH;
use testing::function::{Function, Reply, variables};

/// Each file of `events/` with the answer it must get, byte for byte.
#[tokio::test(flavor = "multi_thread")]
async fn the_events_folder_as_api_gateway_sends_it() {
    let store = sample_store().await;
    let function = Function::start_loaded(with(
        variables(&store.endpoint()),
        &[("CALLBACK_TOKENS", ""), ("PATH_SECRET_HASHES", PATH_SECRET_HASH)],
    ))
    .await;
    let expected = [
        ("assign", 200, ROUTED),
        (
            "assign-human-base64",
            200,
            r#"{"ActionStatus":"OK","ErrorInfo":"","ErrorCode":0,"AgentIdList":["dramon_svc"]}"#,
        ),
        (
            "bad-body",
            200,
            r#"{"ActionStatus":"FAIL","ErrorInfo":"SessionId is empty","ErrorCode":1}"#,
        ),
        ("forged", 403, REFUSED),
        ("health-check", 200, ACKNOWLEDGED),
        ("session-event", 200, ACKNOWLEDGED),
        ("wrong-app", 403, REFUSED),
        (
            "wrong-method",
            405,
            r#"{"ActionStatus":"FAIL","ErrorInfo":"the method must be POST","ErrorCode":1}"#,
        ),
    ];
    let folder = testing::top().join("events");
    let mut files: Vec<String> = std::fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_file())
        .map(|path| path.file_stem().unwrap().to_string_lossy().into_owned())
        .collect();
    files.sort();
    assert_eq!(files, expected.map(|(name, _, _)| name), "every file has its expectation");
    for (name, status, body) in expected {
        let event = std::fs::read_to_string(folder.join(format!("{name}.json"))).unwrap();
        assert_eq!(function.invoke(event).await, Reply { status, body: body.to_owned() }, "{name}");
    }
    let records = function.records().await;
    let outcomes: Vec<&str> =
        records.iter().map(|record| record["outcome"].as_str().unwrap()).collect();
    // The second refusal within ten seconds is counted, not recorded; of the two requests by
    // another method than POST, the first is recorded.
    assert_eq!(outcomes, ["agents", "agents", "invalid", "rejected", "ignored", "ignored"]);
    assert!(
        records.iter().all(|record| record["table_reads"] == 0),
        "the snapshot of the start is fresh: {records:#?}"
    );
}
