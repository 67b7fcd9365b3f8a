//! An HTTP request as API Gateway's HTTP API passes it to a function (payload format 2.0).

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Map, Value, json};

/// What the event is made of.
#[derive(Debug, Clone)]
pub struct HttpRequest<'a> {
    /// In capitals.
    pub method: &'a str,
    /// From `/` on.
    pub path: &'a str,
    /// As sent, without `?`.
    pub query: &'a str,
    /// Names in lower case.
    pub headers: Map<String, Value>,
    /// As sent, not decoded.
    pub body: &'a [u8],
    /// The sender's address.
    pub source_ip: &'a str,
    /// When it arrived, in milliseconds since 1970.
    pub received_ms: i64,
}

impl HttpRequest<'_> {
    /// The event. The body is text or base64 by its content type alone, as API Gateway does it.
    pub fn to_event(&self) -> Value {
        let content_type =
            self.headers.get("content-type").and_then(Value::as_str).unwrap_or_default();
        let is_text =
            content_type.starts_with("text/") || content_type.starts_with("application/json");
        let text = if is_text { std::str::from_utf8(self.body).ok() } else { None };
        let route = if self.path == "/" { "ANY /" } else { "ANY /{secret}" };
        let body = text.map_or_else(|| STANDARD.encode(self.body), str::to_owned);
        json!({
            "version": "2.0",
            "routeKey": route,
            "rawPath": self.path,
            "rawQueryString": self.query,
            "headers": self.headers,
            "requestContext": {
                "accountId": "123456789012",
                "apiId": "local",
                "domainName": "localhost",
                "domainPrefix": "localhost",
                "http": {
                    "method": self.method,
                    "path": self.path,
                    "protocol": "HTTP/1.1",
                    "sourceIp": self.source_ip,
                    "userAgent": self.headers.get("user-agent").cloned().unwrap_or_default(),
                },
                "requestId": "local",
                "routeKey": route,
                "stage": "$default",
                "time": "",
                "timeEpoch": self.received_ms,
            },
            "body": if self.body.is_empty() { Value::Null } else { body.into() },
            "isBase64Encoded": text.is_none() && !self.body.is_empty(),
        })
    }
}
