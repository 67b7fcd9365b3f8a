//! A small Lambda, as far as it invokes one version of a function, and a small CodeDeploy, as far
//! as a hook reports to it.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::{HeaderMap, Response, StatusCode, Uri};
use desk_router::lambda;
use serde_json::{Value, json};

use crate::function::Function;
use crate::running::Running;

/// The version that is deployed.
pub const VERSION: &str = "arn:aws:lambda:us-east-1:123456789012:function:desk-router-webhook:8";

/// What an invocation of the version meets.
pub enum Version {
    /// A webhook in this process.
    Webhook(Box<Running>),
    /// The webhook's binary.
    Process(Box<Function>),
    /// This answer.
    Answers(Value),
    /// The function ends with this error.
    Fails(Value),
    /// Lambda refuses, with this status.
    Refused(u16),
    /// No answer.
    Hangs,
}

struct Shared {
    /// One after the other; the last one stays.
    versions: Vec<Version>,
    events: Mutex<Vec<Value>>,
    reports: Mutex<Vec<Value>>,
    /// How many reports are refused at first.
    refuses: Mutex<usize>,
}

/// CodeDeploy's and Lambda's answers on a local address, for the probe.
pub struct Deploying {
    address: std::net::SocketAddr,
    shared: Arc<Shared>,
}

impl Deploying {
    pub async fn start(versions: Vec<Version>, refuses: usize) -> Self {
        let shared = Arc::new(Shared {
            versions,
            events: Mutex::default(),
            reports: Mutex::default(),
            refuses: Mutex::new(refuses),
        });
        let app = Router::new().fallback(answer).with_state(Arc::clone(&shared));
        let address = crate::serve(app).await;
        Self { address, shared }
    }

    pub fn endpoint(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The events that the version was invoked with.
    pub fn events(&self) -> Vec<Value> {
        self.shared.events.lock().unwrap().clone()
    }

    /// What the hook has reported.
    pub fn reports(&self) -> Vec<Value> {
        self.shared.reports.lock().unwrap().clone()
    }

    /// The first version, where it is a webhook in this process.
    pub fn webhook(&self) -> &Running {
        match &self.shared.versions[0] {
            Version::Webhook(running) => running,
            _ => panic!("the version is no webhook in this process"),
        }
    }
}

async fn answer(
    State(shared): State<Arc<Shared>>,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response<Body> {
    let header = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let authorization = header("authorization").unwrap_or_default().to_owned();
    let is_signed_for = |service: &str| {
        authorization.starts_with("AWS4-HMAC-SHA256 Credential=")
            && authorization.contains(&format!("/us-east-1/{service}/aws4_request"))
    };
    let body: Value = serde_json::from_slice(&body).unwrap();
    let target = header("x-amz-target");
    if target == Some("CodeDeploy_20141006.PutLifecycleEventHookExecutionStatus") {
        assert!(is_signed_for("codedeploy"), "{authorization}");
        let mut refuses = shared.refuses.lock().unwrap();
        if *refuses > 0 {
            *refuses -= 1;
            return reply(400, None, &json!({ "__type": "ThrottlingException" }));
        }
        shared.reports.lock().unwrap().push(body.clone());
        let id = &body["lifecycleEventHookExecutionId"];
        return reply(200, None, &json!({ "lifecycleEventHookExecutionId": id }));
    }
    let path = "/2015-03-31/functions/desk-router-webhook/invocations?Qualifier=8";
    assert_eq!(uri.path_and_query().unwrap(), path);
    assert!(is_signed_for("lambda"), "{authorization}");
    let place = {
        let mut events = shared.events.lock().unwrap();
        events.push(body.clone());
        (events.len() - 1).min(shared.versions.len() - 1)
    };
    match &shared.versions[place] {
        Version::Webhook(running) => {
            // Boxed, because the test of a debug build would else need more stack than a thread
            // has.
            let event = body.to_string();
            let response = Box::pin(lambda::handle(&running.webhook, Some(&event))).await;
            reply(200, None, &serde_json::to_value(response).unwrap())
        }
        Version::Process(function) => {
            let answer = function.answer(body.to_string()).await;
            reply(200, None, &serde_json::from_str(&answer).unwrap())
        }
        Version::Answers(answer) => reply(200, None, answer),
        Version::Fails(error) => reply(200, Some("Unhandled"), error),
        Version::Refused(status) => reply(*status, None, &json!({ "message": "no" })),
        Version::Hangs => {
            tokio::time::sleep(Duration::from_secs(3_600)).await;
            reply(500, None, &Value::Null)
        }
    }
}

fn reply(status: u16, error: Option<&str>, body: &Value) -> Response<Body> {
    let mut response = Response::new(Body::from(body.to_string()));
    *response.status_mut() = StatusCode::from_u16(status).unwrap();
    if let Some(error) = error {
        response.headers_mut().insert("x-amz-function-error", error.parse().unwrap());
    }
    response
}
