//! DynamoDB as it answers from several copies. The embedded one has one copy, and every read of it
//! is fresh. Here an eventually consistent read may be answered by a second copy that is behind,
//! and a batch of writes may be left partly undone. A consistent read is always fresh.

mod request;

use std::collections::VecDeque;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard};

use aws_sdk_dynamodb::Client;
use axum::Router;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::State;
use axum::http::{Response, StatusCode};
use desk_cli::local::embedded::{
    ASSIGNMENTS_TABLE, Embedded, HISTORY_TABLE, RELEASES_TABLE, table_name,
};
use routing::rows::Table;
use serde_json::{Map, Value, json};

use crate::by_hand;
pub use request::Request;

/// Which copy answers reads that are not consistent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answers {
    /// The one that has every write.
    Fresh,
    /// The one that is behind.
    Late,
    /// Now the one and now the other, at random.
    Either,
}

/// A store behind its copies.
pub struct Copies {
    address: SocketAddr,
    shared: Arc<Shared>,
}

struct Shared {
    client: reqwest::Client,
    fresh: String,
    late: Embedded,
    /// What the late copy has not seen yet, oldest first.
    behind: tokio::sync::Mutex<VecDeque<Copied>>,
    state: Mutex<CopiesState>,
}

struct CopiesState {
    random: fastrand::Rng,
    answers: Answers,
    most_behind: usize,
    kept_back: Option<String>,
    refusal: Option<Refusal>,
    requests: Vec<Request>,
}

struct Refusal {
    kind: &'static str,
    of: Box<dyn Fn(&Request) -> bool + Send>,
}

/// An item as it is after a write; `None` = it is gone.
struct Copied {
    table: String,
    key: Value,
    item: Option<Value>,
}

impl Copies {
    /// In front of this store. Both copies have what is in it by now, and the late one is never
    /// behind before [`Self::behind_by`] or [`Self::keep_back`].
    pub async fn start(store: &Embedded, seed: u64) -> Self {
        let shared = Arc::new(Shared {
            client: reqwest::Client::new(),
            fresh: store.endpoint(),
            late: Embedded::start(0).await.unwrap(),
            behind: tokio::sync::Mutex::default(),
            state: Mutex::new(CopiesState {
                random: fastrand::Rng::with_seed(seed),
                answers: Answers::Either,
                most_behind: 0,
                kept_back: None,
                refusal: None,
                requests: Vec::new(),
            }),
        });
        let others = [RELEASES_TABLE, ASSIGNMENTS_TABLE, HISTORY_TABLE].map(str::to_owned);
        for table in Table::ALL.map(table_name).into_iter().chain(others) {
            let mut pages =
                store.client().scan().table_name(&table).into_paginator().items().send();
            while let Some(item) = pages.next().await {
                let put = shared.late.client().put_item().table_name(&table);
                put.set_item(Some(item.unwrap())).send().await.unwrap();
            }
        }
        let app = Router::new().fallback(answer).with_state(Arc::clone(&shared));
        Self { address: crate::serve(app).await, shared }
    }

    pub fn endpoint(&self) -> String {
        format!("http://{}", self.address)
    }

    /// A client of them, as the console or a script would be.
    pub fn client(&self) -> Client {
        let config = self.shared.late.client().config().to_builder();
        Client::from_conf(config.endpoint_url(self.endpoint()).build())
    }

    /// Who answers reads that are not consistent: at first either.
    pub fn answer_by(&self, answers: Answers) {
        self.shared.state().answers = answers;
    }

    /// From now on the late copy misses up to so many of the last writes, now more and now fewer.
    pub fn behind_by(&self, writes: usize) {
        self.shared.state().most_behind = writes;
    }

    /// From now on no write of an item whose key has this text in it reaches the late copy.
    pub fn keep_back(&self, text: &str) {
        self.shared.state().kept_back = Some(text.to_owned());
    }

    /// The late copy has every write, and is behind no more.
    pub async fn catch_up(&self) {
        {
            let mut state = self.shared.state();
            (state.most_behind, state.kept_back) = (0, None);
        }
        self.shared.pass_on(&mut *self.shared.behind.lock().await).await;
    }

    /// From now on these requests are refused with an error of this kind.
    pub fn refuse(&self, kind: &'static str, of: impl Fn(&Request) -> bool + Send + 'static) {
        self.shared.state().refusal = Some(Refusal { kind, of: Box::new(of) });
    }

    /// Nothing is refused any more.
    pub fn accept(&self) {
        self.shared.state().refusal = None;
    }

    /// The requests since the last call.
    pub fn requests(&self) -> Vec<Request> {
        std::mem::take(&mut self.shared.state().requests)
    }

    /// How many they are so far.
    pub fn count(&self) -> usize {
        self.shared.state().requests.len()
    }
}

impl Shared {
    fn state(&self) -> MutexGuard<'_, CopiesState> {
        self.state.lock().unwrap()
    }

    async fn call(&self, endpoint: &str, operation: &str, body: Bytes) -> (StatusCode, Bytes) {
        let target = format!("DynamoDB_20120810.{operation}");
        let sent = by_hand::request(&self.client, endpoint, &target, body).send().await.unwrap();
        (sent.status(), sent.bytes().await.unwrap())
    }

    /// Answers one request.
    async fn answer(&self, operation: &str, body: Bytes) -> (StatusCode, Bytes) {
        let json: Value = serde_json::from_slice(&body).unwrap_or_default();
        let request = Request::of(operation, &json);
        let (refused, is_late) = {
            let mut state = self.state();
            let refusal = state.refusal.as_ref().filter(|refusal| (refusal.of)(&request));
            let refused = refusal.map(|refusal| refusal.kind);
            let is_late = request.may_be_late()
                && match state.answers {
                    Answers::Fresh => false,
                    Answers::Late => true,
                    Answers::Either => state.random.bool(),
                };
            state.requests.push(request);
            (refused, is_late)
        };
        if let Some(kind) = refused {
            let kind = format!("com.amazonaws.dynamodb.v20120810#{kind}");
            let error = json!({ "__type": kind, "message": "no" });
            return (StatusCode::BAD_REQUEST, error.to_string().into());
        }
        if is_late {
            return self.call(&self.late.endpoint(), operation, body).await;
        }
        if operation == "BatchWriteItem" {
            return self.write_partly(json).await;
        }
        let answered = self.call(&self.fresh, operation, body).await;
        if answered.0.is_success() {
            self.note(request::written(operation, &json)).await;
        }
        answered
    }

    /// Does some of a batch, of each table one write at least, and leaves the rest undone.
    async fn write_partly(&self, mut json: Value) -> (StatusCode, Bytes) {
        let mut left = Map::new();
        for (table, writes) in json["RequestItems"].as_object_mut().unwrap() {
            let writes = writes.as_array_mut().unwrap();
            let done = self.state().random.usize(1..=writes.len());
            if done < writes.len() {
                left.insert(table.clone(), writes.split_off(done).into());
            }
        }
        let body = json.to_string().into();
        let (status, answer) = self.call(&self.fresh, "BatchWriteItem", body).await;
        if !status.is_success() {
            return (status, answer);
        }
        self.note(request::written("BatchWriteItem", &json)).await;
        let mut answer: Value = serde_json::from_slice(&answer).unwrap();
        answer["UnprocessedItems"] = left.into();
        (status, answer.to_string().into())
    }

    /// Notes what was written for the late copy, as it is now, and passes on what is due.
    async fn note(&self, written: Vec<(String, Value)>) {
        // Locked while an item is read, so that of two writes of one item the later one is noted
        // last.
        let mut behind = self.behind.lock().await;
        for (table, key) in written {
            let get = json!({ "TableName": table, "Key": key, "ConsistentRead": true });
            let (status, got) = self.call(&self.fresh, "GetItem", get.to_string().into()).await;
            assert!(status.is_success(), "{got:?}");
            let mut got: Value = serde_json::from_slice(&got).unwrap();
            let item = Some(got["Item"].take()).filter(|item| !item.is_null());
            behind.push_back(Copied { table, key, item });
        }
        self.pass_on(&mut behind).await;
    }

    async fn pass_on(&self, behind: &mut VecDeque<Copied>) {
        let (kept_back, most) = {
            let mut state = self.state();
            let most = state.most_behind;
            (state.kept_back.clone(), state.random.usize(0..=most))
        };
        let is_kept = |change: &Copied| {
            kept_back.as_ref().is_some_and(|text| change.key.to_string().contains(text))
        };
        let (kept, mut due): (VecDeque<_>, VecDeque<_>) = behind.drain(..).partition(is_kept);
        while due.len() > most {
            let Some(Copied { table, key, item }) = due.pop_front() else { break };
            let (operation, body) = match item {
                Some(item) => ("PutItem", json!({ "TableName": table, "Item": item })),
                None => ("DeleteItem", json!({ "TableName": table, "Key": key })),
            };
            let body = body.to_string().into();
            let (status, answer) = self.call(&self.late.endpoint(), operation, body).await;
            assert!(status.is_success(), "{answer:?}");
        }
        // An item is either kept back or not, so each item's changes stay in their order.
        behind.extend(kept.into_iter().chain(due));
    }
}

async fn answer(
    State(shared): State<Arc<Shared>>,
    request: axum::extract::Request,
) -> Response<Body> {
    let target = request.headers().get("x-amz-target").and_then(|target| target.to_str().ok());
    let operation = target.and_then(|target| target.split('.').nth(1)).unwrap_or_default();
    let operation = operation.to_owned();
    let body = to_bytes(request.into_body(), usize::MAX).await.unwrap_or_default();
    // In a task of its own: whoever hangs up keeps no write from being noted.
    let answered = tokio::spawn(async move { shared.answer(&operation, body).await });
    let (status, body) = answered.await.unwrap();
    Response::builder()
        .status(status)
        .header("content-type", "application/x-amz-json-1.0")
        .body(body.into())
        .unwrap()
}
