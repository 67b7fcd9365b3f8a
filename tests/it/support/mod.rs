//! What the tests run against: events, a Lambda Runtime API, the shipped binary, tables that
//! misbehave.

pub(crate) mod bad_tables;
pub(crate) mod function;
pub(crate) mod running;
pub(crate) mod runtime_api;

use desk_cli::command::sign;
use desk_cli::event;
use desk_cli::row_files::RowFiles;
use desk_router::settings::Settings;
use routing::rows::Table;
use serde_json::{Map, Value, json};

/// The token of the tests.
pub(crate) const TOKEN: &str = "secret-token-of-the-tests";
/// The app of the tests.
pub(crate) const APP: &str = "1400000000";
/// The path secret of the tests and of `events/*.json`.
pub(crate) const PATH_SECRET: &str = "samplesecret0000";
/// The user's address of the tests.
pub(crate) const CLIENT_IP: &str = "203.0.113.77";

/// Settings of a deployment with every table, with changes; an empty value unsets.
pub(crate) fn settings(changes: &[(&str, &str)]) -> Settings {
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
pub(crate) fn now_ms() -> i64 {
    chrono::Utc::now().timestamp_millis()
}

/// A query string signed `offset` seconds from now.
pub(crate) fn signed_query(offset: i64) -> String {
    let now = u64::try_from(now_ms() / 1000 + offset).unwrap();
    sign::query(TOKEN, APP, "ChatBot.OnAssignAgent", CLIENT_IP, "iOS", now)
}

/// A request for an agent, by session and user.
pub(crate) fn body(session: &str, user: &str) -> Value {
    json!({ "CallbackCommand": "ChatBot.OnAssignAgent", "SessionId": session, "ClientUserId": user, "EventTime": 1_670_574_414_123_i64 })
}

/// An event as API Gateway passes it.
pub(crate) fn event(method: &str, path: &str, query: &str, body: &[u8]) -> Value {
    let mut headers = Map::new();
    headers.insert("content-type".into(), "application/json".into());
    event::Request {
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
pub(crate) fn assign_event(session: &str, user: &str) -> String {
    event("POST", "/", &signed_query(0), body(session, user).to_string().as_bytes()).to_string()
}

/// A signed session event: the agent serves the user.
pub(crate) fn session_event(name: &str, user: &str, agent: &str) -> String {
    let query = signed_query(0).replace("ChatBot.OnAssignAgent", "Desk.SessionEventNotify");
    let body = json!({
        "CallbackCommand": "Desk.SessionEventNotify", "Event": name, "SessionId": "session-1", "ClientUserId": user, "AgentId": agent,
        "EventTime": now_ms(), "Msg": { "MsgType": "Text" },
    });
    event("POST", "/", &query, body.to_string().as_bytes()).to_string()
}

/// Rows of the four tables from one JSON object.
pub(crate) fn rows(json: Value) -> RowFiles {
    let mut files = RowFiles::default();
    for (name, rows) in json.as_object().unwrap() {
        let table = match name.as_str() {
            "rules" => Table::Rules,
            "agents" => Table::Agents,
            "calendars" => Table::Calendars,
            "customers" => Table::Customers,
            other => panic!("no table {other}"),
        };
        files.add(table, serde_json::from_value(rows.clone()).unwrap());
    }
    files
}
