//! The hook of a deploy: a new version that works is accepted, any other refused, and CodeDeploy is
//! told in time. The webhook is the real one, in this process or as the binary that ships.

mod marks;

use std::time::Duration;

use desk_cli::local::embedded::{ASSIGNMENTS_TABLE, credentials};
use desk_router::probe::{Probe, ProbeSettings, TimeLimits};
use desk_router::report::Log;
use serde_json::{Value, json};

use testing::deploying::{Deploying, VERSION, Version};
use testing::function::{Function, variables};
use testing::parameter_store::{Holds, NAME, ParameterStore};
use testing::running::{Running, store};
use testing::{APP, PATH_SECRET_HASH, TOKEN, bad_tables};

/// Times of a test; what must not pass takes half a second.
const TIMES: TimeLimits = TimeLimits {
    invoke: Duration::from_millis(500),
    pause: Duration::from_millis(20),
    all: Duration::from_secs(60),
    report: Duration::from_secs(30),
};

fn code_deploy_event() -> Value {
    json!({ "DeploymentId": "d-123", "LifecycleEventHookExecutionId": "an-execution" })
}

/// Rules that remember: a rotation, and the last agent.
fn rules() -> Value {
    json!({
        "rules": [{ "RuleId": "all", "Priority": 1, "Rosters": ["desk"], "Strategy": "round_robin",
            "Prefer": ["last_agent"] }],
        "agents": [
            { "AgentId": "ann", "Rosters": ["desk"] },
            { "AgentId": "ben", "Rosters": ["desk"] },
        ],
    })
}

/// The hook's settings: locks, and who answers.
fn hook(deploying: &Deploying, changes: &[(&str, &str)], times: TimeLimits) -> (Probe, Lines) {
    let endpoint = deploying.endpoint();
    let all = [
        ("WEBHOOK_VERSION", VERSION),
        ("SDK_APP_IDS", APP),
        ("AWS_REGION", "us-east-1"),
        ("AWS_ENDPOINT_URL", endpoint.as_str()),
    ];
    let settings = ProbeSettings::read(|name| {
        let found = changes.iter().chain(&all).find(|(known, _)| *known == name);
        found.map(|(_, value)| (*value).to_owned())
    });
    let lines = Lines::default();
    let written = lines.clone();
    let log = Log::new(Box::new(move |line| written.lock().unwrap().push(line.to_owned())), false);
    (Probe::new(settings, Some(credentials()), log).with_times(times), lines)
}

type Lines = std::sync::Arc<std::sync::Mutex<Vec<String>>>;

/// What the hook says of a version, and reports.
async fn verdict(
    deploying: &Deploying,
    changes: &[(&str, &str)],
    times: TimeLimits,
) -> (String, String) {
    let (probe, lines) = hook(deploying, changes, times);
    let said = Box::pin(probe.handle(&code_deploy_event())).await.unwrap();
    let status = said["Status"].as_str().unwrap().to_owned();
    let report = json!({
        "deploymentId": "d-123", "lifecycleEventHookExecutionId": "an-execution", "status": status,
    });
    assert_eq!(deploying.reports(), [report]);
    let log = lines.lock().unwrap().join("\n");
    assert!(!log.contains(TOKEN), "{log}");
    let event = if status == "Succeeded" { "version_accepted" } else { "version_refused" };
    assert!(log.contains(event), "{log}");
    (status, said["Why"].as_str().unwrap().to_owned())
}

async fn remembered(endpoint: &desk_cli::local::embedded::Embedded) -> i32 {
    let scan = endpoint.client().scan().table_name(ASSIGNMENTS_TABLE);
    scan.send().await.unwrap().count()
}

/// Everything that is wrong with a version is refused, and says what.
#[tokio::test(flavor = "multi_thread")]
async fn a_version_that_does_not_work_is_refused() {
    let path = [("PATH_SECRET_HASHES", PATH_SECRET_HASH)];
    let body = r#"{"ActionStatus":"OK","ErrorInfo":"","ErrorCode":0,"AgentGroupId":7}"#;
    let answer = |told: &str| {
        let headers = json!({ "content-type": "application/json", "x-desk-router-probe": told });
        json!({ "statusCode": 200, "headers": headers, "body": body })
    };
    for (version, expected, tries) in [
        (Version::Fails(json!({ "errorType": "Runtime.ExitError" })), "(Runtime.ExitError)", 3),
        (Version::Fails(json!({ "errorType": "Sandbox.Timedout" })), "(Sandbox.Timedout)", 3),
        (Version::Refused(403), "status 403", 3),
        (Version::Refused(500), "status 500", 3),
        (Version::Hangs, "no answer within", 3),
        (Version::Answers(json!({ "statusCode": 502 })), "does not know of probes", 1),
        (Version::Answers(answer("fallback no_config")), "(no_config)", 3),
        // It says the same to the forged one.
        (Version::Answers(answer("agents rule_matched")), "forged", 2),
    ] {
        let deploying = Deploying::start(vec![version], 0).await;
        let (status, why) = verdict(&deploying, &path, TIMES).await;
        assert_eq!(status, "Failed");
        assert!(why.contains(expected), "{expected}: {why}");
        assert_eq!(deploying.events().len(), tries, "{why}");
    }
}

/// A real webhook that cannot read its tables, or has other tokens, is refused.
#[tokio::test(flavor = "multi_thread")]
async fn a_webhook_that_cannot_decide_or_has_other_tokens_is_refused() {
    let tables = store(rules()).await;
    let nobody = bad_tables::nobody().await;
    let path = ("PATH_SECRET_HASHES", PATH_SECRET_HASH);
    let unsigned = [path, ("CALLBACK_TOKENS", "")];
    for (endpoint, locks, expected) in [
        (nobody, unsigned, "(no_config)"),
        (tables.endpoint(), [path, ("CALLBACK_TOKENS", "other")], "(unsigned)"),
        (tables.endpoint(), [path, ("SDK_APP_IDS", "1")], "(sdk_app_id)"),
    ] {
        let running = Running::start_in_time(&endpoint, &locks).await;
        let deploying = Deploying::start(vec![Version::Webhook(Box::new(running))], 0).await;
        let times = TimeLimits { invoke: Duration::from_secs(60), ..TIMES };
        let (status, why) = verdict(&deploying, &[path], times).await;
        assert_eq!(status, "Failed");
        assert!(why.contains(expected), "{expected}: {why}");
    }
}

/// What may pass is tried again: a version that starts slowly, a permission that is new.
#[tokio::test(flavor = "multi_thread")]
async fn what_may_pass_is_tried_again() {
    let tables = store(rules()).await;
    let path = [("PATH_SECRET_HASHES", PATH_SECRET_HASH), ("CALLBACK_TOKENS", "")];
    let running = Running::start(&tables.endpoint(), &path).await.until_loaded().await;
    let versions =
        vec![Version::Refused(403), Version::Refused(429), Version::Webhook(Box::new(running))];
    let deploying = Deploying::start(versions, 2).await;
    let times = TimeLimits { invoke: Duration::from_secs(60), ..TIMES };
    let (status, why) = verdict(&deploying, &path[..1], times).await;
    assert_eq!(status, "Succeeded", "{why}");
}

/// Settings that cannot be used are told like anything else: an hour would pass otherwise.
#[tokio::test(flavor = "multi_thread")]
async fn settings_that_cannot_be_used_are_a_refusal() {
    let path = ("PATH_SECRET_HASHES", PATH_SECRET_HASH);
    for (changes, expected) in [
        (vec![path, ("WEBHOOK_VERSION", "")], "WEBHOOK_VERSION"),
        (vec![path, ("SDK_APP_IDS", "")], "SDK_APP_IDS"),
        (vec![("PATH_SECRET_HASHES", "in-clear")], "PATH_SECRET_HASHES"),
    ] {
        let deploying = Deploying::start(vec![Version::Hangs], 0).await;
        let (status, why) = verdict(&deploying, &changes, TIMES).await;
        assert_eq!((status.as_str(), deploying.events().len()), ("Failed", 0));
        assert!(why.contains(expected) && !why.contains("in-clear"), "{why}");
    }
}

/// Without a token there is no probe, and the version is refused.
#[tokio::test(flavor = "multi_thread")]
async fn no_token_is_a_refusal() {
    let parameters = ParameterStore::start(TOKEN).await;
    for holds in [
        Holds::Refusal("AccessDeniedException"),
        Holds::Refusal("ParameterNotFound"),
        Holds::Garbage,
        Holds::Value(" , ".to_owned()),
    ] {
        parameters.set(holds);
        let endpoint = parameters.endpoint();
        let signed = [("CALLBACK_TOKENS_PARAMETER", NAME), ("AWS_ENDPOINT_URL_SSM", &endpoint)];
        let deploying = Deploying::start(vec![Version::Hangs], 0).await;
        let (status, why) = verdict(&deploying, &signed, TIMES).await;
        assert_eq!((status.as_str(), deploying.events().len()), ("Failed", 0));
        assert!(why.contains("CallbackTokensParameter"), "{why}");
    }
}

/// The whole is bounded, and an event of somebody else asks nothing.
#[tokio::test(flavor = "multi_thread")]
async fn it_ends_in_time_and_knows_whom_to_tell() {
    let path = [("PATH_SECRET_HASHES", PATH_SECRET_HASH)];
    let long = Duration::from_secs(3_600);
    let times = TimeLimits { invoke: long, all: Duration::from_millis(300), ..TIMES };
    let deploying = Deploying::start(vec![Version::Hangs], 0).await;
    let (status, why) = verdict(&deploying, &path, times).await;
    assert!(status == "Failed" && why.contains("no answer within"), "{why}");

    let (probe, _) = hook(&deploying, &path, TIMES);
    for event in [json!({}), json!({ "DeploymentId": "d" }), json!([]), json!(null)] {
        assert!(Box::pin(probe.handle(&event)).await.is_err(), "{event}");
    }
    assert_eq!((deploying.events().len(), deploying.reports().len()), (1, 1));

    // CodeDeploy that cannot be told is an error of the hook.
    let deploying = Deploying::start(vec![Version::Refused(403)], usize::MAX).await;
    let (probe, lines) = hook(&deploying, &path, TIMES);
    let error = Box::pin(probe.handle(&code_deploy_event())).await.unwrap_err();
    assert!(error.contains("ThrottlingException"), "{error}");
    assert!(lines.lock().unwrap().join("\n").contains("not_reported"));
}

/// Both binaries, as they ship: the hook asks the webhook, and tells.
#[tokio::test(flavor = "multi_thread")]
async fn the_shipped_hook_asks_the_shipped_webhook() {
    let tables = store(rules()).await;
    let parameters = ParameterStore::start(TOKEN).await;
    let webhook = Function::start_loaded(variables(&tables.endpoint())).await;
    let deploying = Deploying::start(vec![Version::Process(Box::new(webhook))], 0).await;
    let binary = std::env::var("DESK_PROBE_BIN")
        .unwrap_or_else(|_| testing::program("desk-probe").display().to_string());
    let variables = [
        ("WEBHOOK_VERSION", VERSION),
        ("SDK_APP_IDS", APP),
        ("CALLBACK_TOKENS_PARAMETER", NAME),
        ("AWS_REGION", "us-east-1"),
        ("AWS_ACCESS_KEY_ID", "local"),
        ("AWS_SECRET_ACCESS_KEY", "local"),
        ("AWS_ENDPOINT_URL", &deploying.endpoint()),
        ("AWS_ENDPOINT_URL_SSM", &parameters.endpoint()),
    ];
    let variables = variables.map(|(name, value)| (name.to_owned(), value.to_owned()));
    let hook = Function::start_binary(&binary, variables.to_vec()).await;
    let said: Value =
        serde_json::from_str(&hook.answer(code_deploy_event().to_string()).await).unwrap();
    let output = hook.output().await.join("\n");
    assert_eq!(said["Status"], "Succeeded", "{said} {output}");
    assert_eq!(deploying.reports()[0]["status"], "Succeeded");
    assert!(output.contains("version_accepted") && !output.contains(TOKEN), "{output}");
    assert_eq!(remembered(&tables).await, 0);
}
