//! The protocol, row by row of its table.

mod bodies;
mod events;
mod locks;
mod query;

use serde_json::json;

use super::*;
use crate::settings::LockSettings;

/// Tencent's published vector.
const TOKEN: &str = "xxxxyyyy";
const TIME: i64 = 1_669_872_112;
const SIGN: &str = "17773bc39a671d7b9aa835458704d2a6db81360a5940292b587d6d760d484061";
const SECRET: &str = "abcdefgh12345678";

fn locks(change: impl FnOnce(&mut LockSettings)) -> Locks {
    let mut settings = LockSettings {
        sdk_app_ids: vec![1_400_000_000, 1_400_000_001],
        tokens: vec!["other".into(), TOKEN.into()],
        tokens_parameter: None,
        path_secret_hashes: Vec::new(),
        source_ranges: Vec::new(),
    };
    change(&mut settings);
    Locks::new(settings)
}

fn query() -> String {
    format!(
        "SdkAppid=1400000000&CallbackCommand=ChatBot.OnAssignAgent&contenttype=json\
        &ClientIP=203.0.113.7&OptPlatform=iOS&Sign={SIGN}&RequestTime={TIME}"
    )
}

fn body() -> serde_json::Value {
    json!({
        "CallbackCommand": "ChatBot.OnAssignAgent",
        "SessionId": "aa-bb-cc-dd",
        "ClientUserId": "123",
        "EventTime": 1_670_574_414_123_i64,
    })
}

fn raw() -> RawCallback {
    RawCallback {
        method: "POST".into(),
        path: "/".into(),
        query: query(),
        source_ip: Some("198.51.100.9".into()),
        body: Some(body().to_string().into_bytes()),
        received_ms: 0,
        is_probe: false,
    }
}

fn receive_at(raw: &RawCallback, locks: &Locks, seconds: i64) -> Received {
    receive(raw, locks, DateTime::from_timestamp(seconds, 0).unwrap())
}

fn rejection(raw: &RawCallback, locks: &Locks) -> Option<Reason> {
    match receive_at(raw, locks, TIME) {
        Received::Rejected(reason) => Some(reason),
        _ => None,
    }
}

fn with_query(query: String) -> RawCallback {
    RawCallback { query, ..raw() }
}

fn with_body(body: impl ToString) -> Received {
    let raw = RawCallback { body: Some(body.to_string().into_bytes()), ..raw() };
    receive_at(&raw, &locks(|_| {}), TIME)
}
