//! The synthetic callbacks, as API Gateway would pass them to the webhook, with the mark that only
//! who may invoke the function itself can set.

use chrono::{DateTime, Utc};
use serde_json::{Value as Json, json};

use crate::lambda::PROBE_FIELD;
use crate::settings::Settings;
use crate::tencent::{ASSIGN_COMMANDS, sign};

/// An address that belongs to nobody (RFC 5737).
const NOBODY: &str = "192.0.2.1";
/// The session and the user that ask.
const WHO: &str = "desk-router-probe";

/// A callback that the probe makes up, to see whether a new version answers.
#[derive(Clone, Copy)]
pub(super) enum Callback<'a> {
    /// It opens every lock; signed with the token, if callbacks are.
    Signed(Option<&'a str>),
    /// It must be refused: another signature, another path, an app that nobody has.
    Forged,
}

impl Callback<'_> {
    /// As API Gateway would send it, signed at `now`.
    pub(super) fn to_event(self, settings: &Settings, now: DateTime<Utc>) -> Json {
        let locks = &settings.locks;
        let time = now.timestamp().to_string();
        let (path, signature) = match self {
            Self::Signed(token) => ("/", token.map(|token| sign(token, &time))),
            Self::Forged => ("/aforgedpathsecret", Some("0".repeat(64))),
        };
        let app = locks.sdk_app_ids.first().copied().unwrap_or_default();
        let mut query = form_urlencoded::Serializer::new(String::new());
        query
            .append_pair("SdkAppid", &app.to_string())
            .append_pair("CallbackCommand", ASSIGN_COMMANDS[0])
            .append_pair("contenttype", "json")
            .append_pair("ClientIP", NOBODY)
            .append_pair("OptPlatform", "Web");
        if let Some(signature) = signature {
            query.append_pair("Sign", &signature).append_pair("RequestTime", &time);
        }
        let now_ms = now.timestamp_millis();
        let body = json!({
            "CallbackCommand": ASSIGN_COMMANDS[0], "SessionId": format!("{WHO}-{now_ms}"),
            "ClientUserId": WHO, "EventTime": now_ms,
        });
        let source = locks.source_ranges.first();
        let source = source.map_or_else(|| NOBODY.to_owned(), |range| range.addr().to_string());
        let http = json!({
            "method": "POST", "path": path, "protocol": "HTTP/1.1", "sourceIp": source,
            "userAgent": WHO,
        });
        json!({
            PROBE_FIELD: true, "version": "2.0", "routeKey": "$default", "rawPath": path,
            "rawQueryString": query.finish(), "headers": { "content-type": "application/json" },
            "body": body.to_string(), "isBase64Encoded": false,
            "requestContext": { "stage": "$default", "timeEpoch": now_ms, "http": http },
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lambda::read_event;
    use crate::tencent::{Locks, Received, receive};
    use routing::decide::Reason;
    use routing::rows::Table;

    /// Whatever the locks, the webhook takes the one and refuses the other.
    #[test]
    fn every_lock_opens_to_the_signed_one_alone() {
        let hash = "0f".repeat(32);
        let all = [
            ("CALLBACK_TOKENS", "a-token,another"),
            ("PATH_SECRET_HASHES", hash.as_str()),
            ("SOURCE_IP_RANGES", "2001:db8::/32,203.0.113.0/24"),
        ];
        for locks in 1_usize..8 {
            let is_on = |place: usize| locks & (1 << place) != 0;
            let settings = Settings::read(|name| match name {
                name if Table::from_variable(name).is_some() => Some("t".to_owned()),
                "SDK_APP_IDS" => Some("1400000000,1400000001".to_owned()),
                "ALLOW_UNAUTHENTICATED" => Some("true".to_owned()),
                _ => {
                    let place = all.iter().position(|(known, _)| *known == name)?;
                    is_on(place).then(|| all[place].1.to_owned())
                }
            });
            let settings = settings.unwrap();
            let now = DateTime::from_timestamp(1_795_000_000, 0).unwrap();
            let received = |callback: Callback<'_>| {
                let event = callback.to_event(&settings, now).to_string();
                let raw = read_event(&event).unwrap();
                assert!(raw.is_probe);
                receive(&raw, &Locks::new(settings.locks.clone()), now)
            };
            let token = is_on(0).then_some("a-token");
            assert!(matches!(received(Callback::Signed(token)), Received::Assign(_)), "{locks}");
            match received(Callback::Forged) {
                Received::Rejected(Reason::Path) => assert!(is_on(1), "{locks}"),
                Received::Rejected(Reason::Signature) => assert!(is_on(0), "{locks}"),
                Received::Assign(_) => assert!(settings.locks.is_open(), "{locks}"),
                other => panic!("{locks}: {other:?}"),
            }
        }
    }
}
