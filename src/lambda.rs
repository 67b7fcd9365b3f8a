//! The edge: an API Gateway HTTP API event (payload format 2.0) in, its response out. The only
//! module that knows `lambda_http`.

use std::convert::Infallible;
use std::panic::catch_unwind;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use lambda_http::aws_lambda_events::apigw::ApiGatewayV2httpRequest;
use lambda_http::aws_lambda_events::encodings::Body;
use lambda_http::http::HeaderValue;
use lambda_http::http::header::{ALLOW, CONTENT_TYPE};
use lambda_http::lambda_runtime::{Error, LambdaEvent, Runtime, service_fn};
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;

/// The response as API Gateway takes it.
pub use lambda_http::aws_lambda_events::apigw::ApiGatewayV2httpResponse as HttpResponse;

use crate::tencent::{Answer, MAX_BODY_BYTES, RawCallback};
use crate::webhook::{Probed, Webhook};

/// What marks an event as a probe: a field beside those of API Gateway, which never sends it.
pub(crate) const PROBE_FIELD: &str = "deskRouterProbe";
/// What the answer to a probe says beside the answer: outcome and reason.
pub(crate) const PROBE_HEADER: &str = "x-desk-router-probe";

/// Reads an event; `None` when it is not one of an HTTP API.
pub fn read_event(event: &str) -> Option<RawCallback> {
    let is_probe = is_probe(event);
    let event: ApiGatewayV2httpRequest = serde_json::from_str(event).ok()?;
    let http = event.request_context.http;
    Some(RawCallback {
        method: http.method.as_str().to_ascii_uppercase(),
        path: event.raw_path.unwrap_or_default(),
        query: event.raw_query_string.unwrap_or_default(),
        source_ip: http.source_ip,
        body: decode(event.body.unwrap_or_default(), event.is_base64_encoded),
        received_ms: event.request_context.time_epoch,
        is_probe,
    })
}

/// Whether the event is marked as a probe. Only the event itself can be, no text in it: a text's
/// quotes are escaped.
fn is_probe(event: &str) -> bool {
    #[derive(Deserialize)]
    struct Marked {
        #[serde(rename = "deskRouterProbe", default)]
        is_probe: bool,
    }

    event.contains(PROBE_FIELD)
        && serde_json::from_str(event).is_ok_and(|marked: Marked| marked.is_probe)
}

/// Answers one API Gateway event (JSON text; `None` is one that is no JSON). Always answers, by
/// the deadline.
pub async fn handle(webhook: &Webhook, event: Option<&str>) -> HttpResponse {
    // Before the locks have opened, even a bug of ours is a refusal.
    let raw = catch_unwind(|| read_event(event?)).ok().flatten();
    match raw {
        Some(raw) if raw.is_probe => respond_to_probe(&Box::pin(webhook.probe(&raw)).await),
        raw => respond(&webhook.answer(raw).await),
    }
}

/// The body as bytes, without decoding more of it than may be read.
fn decode(body: String, is_base64: bool) -> Option<Vec<u8>> {
    if !is_base64 {
        return Some(body.into_bytes());
    }
    let too_large = body.len() / 4 > MAX_BODY_BYTES / 3 + 1;
    if too_large { Some(vec![0; MAX_BODY_BYTES + 1]) } else { STANDARD.decode(body).ok() }
}

/// The answer as JSON in the form that API Gateway passes on.
pub fn respond(answer: &Answer) -> HttpResponse {
    let mut response = HttpResponse::default();
    response.status_code = i64::from(answer.status);
    response.headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    if answer.status == 405 {
        response.headers.insert(ALLOW, HeaderValue::from_static("GET, HEAD, POST"));
    }
    response.body = Some(Body::Text(answer.body()));
    response
}

/// The same, with what a probe is told.
fn respond_to_probe(probed: &Probed) -> HttpResponse {
    let mut response = respond(&probed.answer);
    let told = format!("{} {}", probed.outcome.code(), probed.reason.code());
    if let Ok(told) = HeaderValue::from_str(&told) {
        response.headers.insert(PROBE_HEADER, told);
    }
    response
}

/// Polls the Lambda Runtime API for events and answers them, one after the other, until the process
/// ends.
///
/// # Errors
/// The Runtime API cannot be reached.
pub async fn run(webhook: &Webhook) -> Result<(), Error> {
    let handler = |event: LambdaEvent<RawEvent>| async move {
        Ok::<_, Infallible>(handle(webhook, event.payload.0.as_deref()).await)
    };
    Runtime::new(service_fn(handler)).run().await
}

/// An event as raw JSON, so that one which cannot be read is answered like any other: what is not
/// even JSON is `None`.
struct RawEvent(Option<Box<str>>);

impl<'de> Deserialize<'de> for RawEvent {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Self(Box::<RawValue>::deserialize(deserializer).ok().map(Into::into)))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn event(body: &str, is_base64: bool) -> String {
        json!({
            "version": "2.0", "rawPath": "/a%2Fb", "rawQueryString": "A=1&a=%20", "headers": {},
            "body": body, "isBase64Encoded": is_base64,
            "requestContext": {
                "stage": "$default", "timeEpoch": 5,
                "http": { "method": "post", "path": "/", "sourceIp": "198.51.100.9" },
            },
        })
        .to_string()
    }

    #[test]
    fn an_event_is_read_as_it_is() {
        let raw = read_event(&event("{}", false)).unwrap();
        assert_eq!(
            (raw.method.as_str(), raw.path.as_str(), raw.query.as_str()),
            ("POST", "/a%2Fb", "A=1&a=%20")
        );
        assert_eq!(
            (raw.source_ip.as_deref(), raw.body.as_deref(), raw.received_ms),
            (Some("198.51.100.9"), Some(&b"{}"[..]), 5)
        );
    }

    #[test]
    fn base64_is_decoded_unless_it_is_none_or_too_much() {
        assert_eq!(read_event(&event("e30=", true)).unwrap().body.as_deref(), Some(&b"{}"[..]));
        assert_eq!(read_event(&event("!", true)).unwrap().body, None);
        let large = read_event(&event(&"A".repeat(1_000_000), true)).unwrap().body.unwrap();
        assert_eq!(
            large.len(),
            MAX_BODY_BYTES + 1,
            "kept only as far as to show that it is too large"
        );
        let full = STANDARD.encode(vec![b' '; MAX_BODY_BYTES]);
        assert_eq!(read_event(&event(&full, true)).unwrap().body.unwrap().len(), MAX_BODY_BYTES);
    }

    #[test]
    fn only_the_event_itself_can_be_a_probe() {
        let marked = |change: fn(&mut serde_json::Value)| {
            let mut event = serde_json::from_str(&event("{}", false)).unwrap();
            change(&mut event);
            read_event(&event.to_string()).unwrap().is_probe
        };
        assert!(marked(|event| event[PROBE_FIELD] = true.into()));
        let mark = r#"","deskRouterProbe":true,"x":""#;
        for (name, change) in [
            ("nothing", (|_| ()) as fn(&mut serde_json::Value)),
            ("false", |event| event[PROBE_FIELD] = false.into()),
            ("no boolean", |event| event[PROBE_FIELD] = "true".into()),
            ("body", |event| event["body"] = json!({ PROBE_FIELD: true }).to_string().into()),
            ("header", |event| event["headers"] = json!({ PROBE_FIELD: "true" })),
            ("query", |event| event["queryStringParameters"] = json!({ PROBE_FIELD: "true" })),
            ("context", |event| event["requestContext"][PROBE_FIELD] = true.into()),
        ] {
            assert!(!marked(change), "{name}");
        }
        for field in ["body", "rawQueryString", "rawPath"] {
            let mut event: serde_json::Value = serde_json::from_str(&event("{}", false)).unwrap();
            event[field] = mark.into();
            assert!(!read_event(&event.to_string()).unwrap().is_probe, "{field}");
        }
    }

    #[test]
    fn what_is_no_event_is_none() {
        for event in
            ["", "{}", "null", "[1]", r#"{"requestContext":{"http":{"method":"bad method"}}}"#]
        {
            assert!(read_event(event).is_none(), "{event}");
        }
    }
}
