//! A callback with the mark of a probe: answered like any other, and nothing of it is remembered.

use std::time::Duration;

use desk_router::probe::TimeLimits;
use serde_json::Value;

use testing::deploying::{Deploying, Version};
use testing::parameter_store::{NAME, ParameterStore};
use testing::running::{Running, store};
use testing::{APP, PATH_SECRET_HASH, TOKEN, assign_event};

use super::{TIMES, remembered, rules, verdict};

/// Whatever locks a deployment has, a good version is accepted, and nothing of it is remembered,
/// recorded or counted.
#[tokio::test(flavor = "multi_thread")]
async fn a_version_that_works_is_accepted_and_remembers_nothing() {
    let parameters = ParameterStore::start(&format!("{TOKEN}, another")).await;
    let parameter_endpoint = parameters.endpoint();
    let signed =
        [("CALLBACK_TOKENS_PARAMETER", NAME), ("AWS_ENDPOINT_URL_SSM", &parameter_endpoint)];
    let path = [("PATH_SECRET_HASHES", PATH_SECRET_HASH)];
    let source = [("SOURCE_IP_RANGES", "203.0.113.0/24")];
    let open = [("ALLOW_UNAUTHENTICATED", "true")];
    for (hook_locks, webhook_locks) in [
        (signed.to_vec(), vec![]),
        ([&signed[..], &path, &source].concat(), [&path[..], &source].concat()),
        (path.to_vec(), [&path[..], &[("CALLBACK_TOKENS", "")]].concat()),
        (open.to_vec(), [&open[..], &[("CALLBACK_TOKENS", "")]].concat()),
    ] {
        let tables = store(rules()).await;
        let running = Running::start(&tables.endpoint(), &webhook_locks).await.until_loaded().await;
        let deploying = Deploying::start(vec![Version::Webhook(Box::new(running))], 0).await;
        let times = TimeLimits { invoke: Duration::from_secs(60), ..TIMES };
        let said = verdict(&deploying, &hook_locks, times).await;
        assert_eq!(said, ("Succeeded".to_owned(), String::new()), "{hook_locks:?}");
        // The forged one too, but where nothing can be forged.
        let asked = if hook_locks == open { 1 } else { 2 };
        assert_eq!(deploying.events().len(), asked, "{hook_locks:?}");
        let webhook = deploying.webhook();
        assert_eq!(webhook.lines("probe_answered").len(), asked);
        let lines = webhook.lines.lock().unwrap().clone();
        let is_counted = |line: &Value| line.get("outcome").is_some() || line.get("_aws").is_some();
        assert!(!lines.iter().any(is_counted), "{lines:?}");
        assert_eq!(remembered(&tables).await, 0, "{hook_locks:?}");
    }
}

/// A probe takes no turn: the one after it gets the agent that it would have got anyway.
#[tokio::test(flavor = "multi_thread")]
async fn a_probe_takes_no_turn() {
    let tables = store(rules()).await;
    let running = Running::start(&tables.endpoint(), &[]).await.until_loaded().await;
    let (first, _) = running.ask_until_calm("session-1", "user-1").await;
    let before = remembered(&tables).await;
    let mut probe: Value = serde_json::from_str(&assign_event("probe", "user-1")).unwrap();
    probe["deskRouterProbe"] = true.into();
    for _ in 0..3 {
        let event = probe.to_string();
        let response = Box::pin(desk_router::lambda::handle(&running.webhook, Some(&event))).await;
        assert_eq!(response.status_code, 200);
        let told = response.headers["x-desk-router-probe"].to_str().unwrap().to_owned();
        assert_eq!(told, "agents last_agent_preferred");
    }
    assert_eq!(remembered(&tables).await, before);
    let (second, _) = running.ask_until_calm("session-2", "user-2").await;
    assert_ne!(first["AgentIdList"], second["AgentIdList"]);
}

/// The mark opens the path lock to who may invoke the function, and no other lock.
#[tokio::test(flavor = "multi_thread")]
async fn a_mark_alone_opens_nothing() {
    let tables = store(rules()).await;
    let locks = [("PATH_SECRET_HASHES", PATH_SECRET_HASH)];
    let running = Running::start(&tables.endpoint(), &locks).await.until_loaded().await;
    let ask = async |change: fn(&mut Value)| {
        let mut event: Value = serde_json::from_str(&assign_event("s", "u")).unwrap();
        change(&mut event);
        let event = event.to_string();
        Box::pin(desk_router::lambda::handle(&running.webhook, Some(&event))).await.status_code
    };
    assert_eq!(ask(|_| ()).await, 403, "without a path secret");
    assert_eq!(ask(|event| event["deskRouterProbe"] = true.into()).await, 200);
    let unsigned = ask(|event| {
        event["deskRouterProbe"] = true.into();
        event["rawQueryString"] =
            format!("SdkAppid={APP}&CallbackCommand=ChatBot.OnAssignAgent").into();
    });
    assert_eq!(unsigned.await, 403);
    let headers = ask(|event| event["headers"]["deskRouterProbe"] = "true".into());
    assert_eq!(headers.await, 403);
}
