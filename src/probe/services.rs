//! What the hook asks of Lambda and of CodeDeploy, one thing each.

use aws_credential_types::Credentials;
use serde_json::{Value as Json, json};

use super::settings::{FunctionVersion, ProbeSettings};
use crate::service::{Reply, Service};

/// Largest answer read: the webhook's have a few kilobytes.
const MAX_ANSWER_BYTES: usize = 1024 * 1024;

/// Lambda, which invokes the new version.
pub(super) struct Lambda(Service);

/// What came of an invocation.
#[derive(Debug)]
pub(super) struct Invoked {
    /// Whether the function ended with an error.
    pub(super) is_error: bool,
    /// The function's answer, or the error.
    pub(super) answer: Json,
}

impl Lambda {
    pub(super) fn new(settings: &ProbeSettings, credentials: Option<Credentials>) -> Self {
        let endpoint = settings.lambda_endpoint.as_deref();
        Self(service("lambda", settings, endpoint, credentials))
    }

    /// Hands an event to a version, and waits for the answer.
    pub(super) async fn invoke(
        &self,
        version: &FunctionVersion,
        event: &Json,
    ) -> Result<Invoked, String> {
        let FunctionVersion { function, number } = version;
        let path = format!("/2015-03-31/functions/{function}/invocations?Qualifier={number}");
        let headers = [("content-type", "application/json")];
        let posted = self.0.post(&path, &headers, event.to_string(), "x-amz-function-error").await;
        let reply = posted.map_err(|error| format!("Lambda: {error}"))?;
        if reply.status != 200 {
            return Err(format!("Lambda answers with status {}{}", reply.status, named(&reply)));
        }
        let answer = serde_json::from_slice(&reply.body).unwrap_or_default();
        Ok(Invoked { is_error: reply.header.is_some(), answer })
    }
}

/// CodeDeploy, which is told what came of it.
pub(super) struct CodeDeploy(Service);

impl CodeDeploy {
    pub(super) fn new(settings: &ProbeSettings, credentials: Option<Credentials>) -> Self {
        let endpoint = settings.code_deploy_endpoint.as_deref();
        Self(service("codedeploy", settings, endpoint, credentials))
    }

    /// Says what came of a hook: `Succeeded` or `Failed`.
    pub(super) async fn report(
        &self,
        deployment: &str,
        execution: &str,
        status: &str,
    ) -> Result<(), String> {
        let body = json!({
            "deploymentId": deployment, "lifecycleEventHookExecutionId": execution,
            "status": status,
        });
        let headers = [
            ("content-type", "application/x-amz-json-1.1"),
            ("x-amz-target", "CodeDeploy_20141006.PutLifecycleEventHookExecutionStatus"),
        ];
        let posted = self.0.post("/", &headers, body.to_string(), "").await;
        let reply = posted.map_err(|error| error.to_string())?;
        match reply.status {
            200 => Ok(()),
            status => Err(format!("status {status}{}", named(&reply))),
        }
    }
}

fn service(
    name: &'static str,
    settings: &ProbeSettings,
    endpoint: Option<&str>,
    credentials: Option<Credentials>,
) -> Service {
    Service::new(name, settings.region.as_deref(), endpoint, credentials, MAX_ANSWER_BYTES)
}

/// The error's name, where the answer has one.
fn named(reply: &Reply) -> String {
    reply.error().map(|kind| format!(" ({kind})")).unwrap_or_default()
}
