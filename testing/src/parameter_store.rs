//! A small Parameter Store: one parameter, whose value tests change while functions run.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use serde_json::{Value, json};

/// The parameter's name.
pub const NAME: &str = "/desk-router/tokens";

/// What a request for the parameter meets.
#[derive(Debug, Clone)]
pub enum Holds {
    /// This value.
    Value(String),
    /// This value, after a while.
    Slowly(Duration, String),
    /// A refusal by this name.
    Refusal(&'static str),
    /// Something that is no answer of Parameter Store.
    Garbage,
}

struct Shared {
    holds: Mutex<Holds>,
    asked: Mutex<usize>,
}

/// A running Parameter Store.
pub struct ParameterStore {
    address: std::net::SocketAddr,
    shared: Arc<Shared>,
}

impl ParameterStore {
    pub async fn start(value: &str) -> Self {
        let shared = Arc::new(Shared {
            holds: Mutex::new(Holds::Value(value.to_owned())),
            asked: Mutex::default(),
        });
        let app = Router::new().fallback(answer).with_state(Arc::clone(&shared));
        let address = crate::serve(app).await;
        Self { address, shared }
    }

    pub fn endpoint(&self) -> String {
        format!("http://{}", self.address)
    }

    pub fn put(&self, value: &str) {
        self.set(Holds::Value(value.to_owned()));
    }

    pub fn set(&self, holds: Holds) {
        *self.shared.holds.lock().unwrap() = holds;
    }

    /// How often it was asked since the last call.
    pub fn asked(&self) -> usize {
        std::mem::take(&mut *self.shared.asked.lock().unwrap())
    }
}

async fn answer(
    State(shared): State<Arc<Shared>>,
    headers: HeaderMap,
    body: Bytes,
) -> (StatusCode, String) {
    let refusal = |kind: &str| {
        let body = json!({ "__type": kind, "message": format!("{NAME}: no") });
        (StatusCode::BAD_REQUEST, body.to_string())
    };
    *shared.asked.lock().unwrap() += 1;
    let header = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let authorization = header("authorization").unwrap_or_default();
    let is_signed = authorization.starts_with("AWS4-HMAC-SHA256 Credential=")
        && authorization.contains("/us-east-1/ssm/aws4_request")
        && header("x-amz-date").is_some();
    let request: Value = serde_json::from_slice(&body).unwrap_or_default();
    let (target, kind) = (header("x-amz-target"), header("content-type"));
    if !is_signed {
        return refusal("MissingAuthenticationTokenException");
    }
    if (target, kind) != (Some("AmazonSSM.GetParameter"), Some("application/x-amz-json-1.1"))
        || request["WithDecryption"] != true
    {
        return refusal("ValidationException");
    }
    if request["Name"] != NAME {
        return refusal("ParameterNotFound");
    }
    let holds = shared.holds.lock().unwrap().clone();
    let value = match holds {
        Holds::Value(value) => value,
        Holds::Slowly(delay, value) => {
            tokio::time::sleep(delay).await;
            value
        }
        Holds::Refusal(kind) => return refusal(kind),
        Holds::Garbage => return (StatusCode::OK, "not json!".to_owned()),
    };
    let held = json!({ "Name": NAME, "Type": "SecureString", "Value": value, "Version": 1 });
    (StatusCode::OK, json!({ "Parameter": held }).to_string())
}
