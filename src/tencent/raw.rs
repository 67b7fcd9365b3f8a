//! A request as it arrived.

/// A request as it arrived, nothing about it proven.
#[derive(Clone)]
pub struct RawCallback {
    /// In capitals.
    pub method: String,
    /// The path as API Gateway reports it, without the stage.
    pub path: String,
    /// The query string as sent.
    pub query: String,
    /// The sender's address as API Gateway reports it.
    pub source_ip: Option<String>,
    /// The body's bytes; `None` when it is said to be base64 and is not. One that is too large is
    /// kept only as far as to show that.
    pub body: Option<Vec<u8>>,
    /// When API Gateway received the request, in milliseconds since 1970.
    pub received_ms: i64,
    /// Whether a deploy asks, before traffic comes: who may invoke the function itself. API Gateway
    /// passes on nothing that could say so.
    pub is_probe: bool,
}
