//! A small Lambda Runtime API (<https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html>):
//! hands events to a function's process one by one and takes its answers.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, OnceLock};
use std::time::Instant;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{Path, State};
use axum::http::{Response, StatusCode};
use axum::routing::{get, post};
use tokio::sync::{Mutex as AsyncMutex, mpsc, oneshot};

/// What a function said of an event: its response, or the error that Lambda would report.
pub type Invoked = Result<String, String>;

struct Shared {
    events: AsyncMutex<mpsc::UnboundedReceiver<(u64, String)>>,
    waiting: Mutex<HashMap<u64, oneshot::Sender<Invoked>>>,
    first_asked: OnceLock<Instant>,
}

/// A running Runtime API for one function.
pub struct RuntimeApi {
    pub address: SocketAddr,
    events: mpsc::UnboundedSender<(u64, String)>,
    shared: Arc<Shared>,
    next_id: AtomicU64,
}

impl RuntimeApi {
    pub async fn start() -> Self {
        let (events, receiver) = mpsc::unbounded_channel();
        let shared = Arc::new(Shared {
            events: AsyncMutex::new(receiver),
            waiting: Mutex::default(),
            first_asked: OnceLock::new(),
        });
        let app = Router::new()
            .route("/2018-06-01/runtime/invocation/next", get(next))
            .route("/2018-06-01/runtime/invocation/{id}/response", post(response))
            .route("/2018-06-01/runtime/invocation/{id}/error", post(error))
            .with_state(Arc::clone(&shared));
        let address = crate::serve(app).await;
        Self { address, events, shared, next_id: AtomicU64::new(1) }
    }

    /// When the function first asked for an event: it is ready.
    pub(crate) fn first_asked(&self) -> Option<Instant> {
        self.shared.first_asked.get().copied()
    }

    /// Hands over an event and waits for the answer.
    pub async fn invoke(&self, event: String) -> Invoked {
        let id = self.next_id.fetch_add(1, Ordering::Relaxed);
        let (sender, receiver) = oneshot::channel();
        self.shared.waiting.lock().unwrap().insert(id, sender);
        self.events.send((id, event)).unwrap();
        receiver.await.unwrap()
    }
}

async fn next(State(shared): State<Arc<Shared>>) -> Response<Body> {
    shared.first_asked.get_or_init(Instant::now);
    let Some((id, event)) = shared.events.lock().await.recv().await else {
        // The test is over; the function waits for an event until its process is ended.
        return std::future::pending().await;
    };
    Response::builder()
        .header("lambda-runtime-aws-request-id", id.to_string())
        .header("lambda-runtime-deadline-ms", (super::now_ms() + 2_000).to_string())
        .header(
            "lambda-runtime-invoked-function-arn",
            "arn:aws:lambda:us-east-1:123456789012:function:desk-router",
        )
        .header("content-type", "application/json")
        .body(Body::from(event))
        .unwrap()
}

async fn response(
    State(shared): State<Arc<Shared>>,
    Path(id): Path<u64>,
    body: Bytes,
) -> StatusCode {
    answer(&shared, id, Ok(String::from_utf8(body.to_vec()).unwrap()))
}

async fn error(State(shared): State<Arc<Shared>>, Path(id): Path<u64>, body: Bytes) -> StatusCode {
    answer(&shared, id, Err(String::from_utf8_lossy(&body).into_owned()))
}

fn answer(shared: &Shared, id: u64, outcome: Invoked) -> StatusCode {
    if let Some(sender) = shared.waiting.lock().unwrap().remove(&id) {
        drop(sender.send(outcome));
    }
    StatusCode::ACCEPTED
}
