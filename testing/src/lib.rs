//! What the tests run against: events, a Lambda Runtime API, the shipped binary, tables that
//! misbehave.

#![allow(missing_docs)]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

pub mod bad_tables;
mod by_hand;
pub mod copies;
pub mod deciding;
pub mod deploying;
mod emulator;
pub mod function;
pub mod fuzz;
pub mod large;
pub mod operating;
pub mod parameter_store;
pub mod patience;
pub mod processor_share;
pub mod running;
pub mod runtime_api;
pub mod streams;
pub mod tls;

use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use desk_cli::command::sign;
use desk_cli::files::row_files::RowFiles;
use desk_cli::local::event;
use desk_router::settings::Settings;
use routing::decide::Question;
use routing::rows::Table;
use routing::session::Session;
use routing::snapshot::Snapshot;
use serde_json::{Map, Value, json};

/// The token of the tests.
pub const TOKEN: &str = "secret-token-of-the-tests";
/// The app of the tests.
pub const APP: &str = "1400000000";
/// The path secret of the tests and of `events/*.json`.
pub const PATH_SECRET: &str = "samplesecret0000";
/// Its hash, as deployments know it.
pub const PATH_SECRET_HASH: &str =
    "6f7fdb2971f8bfca408f84f86e646e5f026d5fc6d0de31aa8a80720afc94d359";
/// The user's address of the tests.
pub const CLIENT_IP: &str = "203.0.113.77";

/// Settings of a deployment with every table, with changes; an empty value unsets.
pub fn settings(changes: &[(&str, &str)]) -> Settings {
    let all = [
        ("RULES_TABLE", "rules"),
        ("AGENTS_TABLE", "agents"),
        ("CALENDARS_TABLE", "calendars"),
        ("CUSTOMERS_TABLE", "customers"),
        ("ASSIGNMENTS_TABLE", "assignments"),
        ("SDK_APP_IDS", APP),
        ("CALLBACK_TOKENS", TOKEN),
    ];
    Settings::read(|name| {
        changes
            .iter()
            .chain(&all)
            .find(|(key, _)| *key == name)
            .map(|(_, value)| (*value).to_owned())
    })
    .unwrap()
}

/// Now, in milliseconds since 1970.
pub fn now_ms() -> i64 {
    Utc::now().timestamp_millis()
}

/// A query string signed `offset` seconds from now.
pub fn signed_query(offset: i64) -> String {
    let now = u64::try_from(now_ms() / 1000 + offset).unwrap();
    sign::query(TOKEN, APP, "ChatBot.OnAssignAgent", CLIENT_IP, "iOS", now)
}

/// A request for an agent, by session and user.
pub fn body(session: &str, user: &str) -> Value {
    json!({
        "CallbackCommand": "ChatBot.OnAssignAgent",
        "SessionId": session,
        "ClientUserId": user,
        "EventTime": 1_670_574_414_123_i64,
    })
}

/// An event as API Gateway passes it.
pub fn event(method: &str, path: &str, query: &str, body: &[u8]) -> Value {
    let mut headers = Map::new();
    headers.insert("content-type".into(), "application/json".into());
    event::HttpRequest {
        method,
        path,
        query,
        headers,
        body,
        source_ip: "198.51.100.9",
        received_ms: now_ms(),
    }
    .to_event()
}

/// A signed request for an agent.
pub fn assign_event(session: &str, user: &str) -> String {
    event("POST", "/", &signed_query(0), body(session, user).to_string().as_bytes()).to_string()
}

/// A signed session event of now: this agent serves this user.
pub fn session_event(name: &str, user: &str, agent: &str) -> String {
    session_event_at(name, user, agent, now_ms())
}

/// The same of another time, in milliseconds.
pub fn session_event_at(name: &str, user: &str, agent: &str, event_time: i64) -> String {
    let query = signed_query(0).replace("ChatBot.OnAssignAgent", "Desk.SessionEventNotify");
    let body = json!({
        "CallbackCommand": "Desk.SessionEventNotify", "Event": name, "SessionId": "session-1",
        "ClientUserId": user, "AgentId": agent, "EventTime": event_time,
        "Msg": { "MsgType": "Text" },
    });
    event("POST", "/", &query, body.to_string().as_bytes()).to_string()
}

/// Rows of the four tables from one JSON object.
pub fn rows(json: Value) -> RowFiles {
    let mut files = RowFiles::default();
    for (name, rows) in json.as_object().unwrap() {
        let table = Table::from_name(name).unwrap_or_else(|| panic!("no table {name}"));
        files.add(table, serde_json::from_value(rows.clone()).unwrap());
    }
    files
}

/// A question by these rules, of a deployment without a default group.
pub fn question<'a>(
    snapshot: &'a Snapshot,
    session: &'a Session,
    now: DateTime<Utc>,
) -> Question<'a> {
    Question { snapshot, session, now, default_group: None }
}

/// The repository's top folder.
pub fn top() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
}

/// Serves on a free port of this machine, for as long as the test runs; its address.
pub async fn serve(app: axum::Router) -> std::net::SocketAddr {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, app).await.unwrap() });
    address
}

/// A program of this workspace that was built beside the test which runs.
///
/// # Panics
/// It was not built: `cargo test --workspace` and `cargo build --workspace` build it.
pub fn program(name: &str) -> PathBuf {
    let test = std::env::current_exe().unwrap();
    let found = test.ancestors().skip(1).take(3).map(|folder| folder.join(name));
    let mut found = found.filter(|path| path.is_file());
    found.next().unwrap_or_else(|| panic!("`{name}` is not built: `cargo build --workspace`"))
}
