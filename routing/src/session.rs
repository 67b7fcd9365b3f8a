//! The facts of one request for a human, as the rules see them.

use std::net::IpAddr;

use crate::address::canonical_ip;
use crate::text::name_key;

/// How platforms are compared: without case, `macOS` = `Mac`, missing = `Unknown`.
pub fn platform_key(platform: Option<&str>) -> String {
    match name_key(platform.unwrap_or_default()) {
        missing if missing.is_empty() => "unknown".to_owned(),
        mac if mac == "macos" => "mac".to_owned(),
        other => other,
    }
}

/// One user's request for a human.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// `SessionId`.
    pub session_id: String,
    /// `ClientUserId`.
    pub client_user_id: String,
    /// `EventTime`, in milliseconds since 1970: it identifies the event, it is no clock.
    pub event_time: i64,
    /// `CustomerServiceId`: the account that the user wrote to.
    pub customer_service_id: Option<String>,
    /// `SdkAppid`.
    pub sdk_app_id: u64,
    /// `OptPlatform` as sent.
    pub platform: Option<String>,
    /// `ClientIP`, when it is an address.
    pub client_ip: Option<IpAddr>,
    /// `OptPlatform` as compared.
    platform_key: String,
}

impl Session {
    /// A session of this user; everything else is absent.
    pub fn new(
        session_id: impl Into<String>,
        client_user_id: impl Into<String>,
        event_time: i64,
        sdk_app_id: u64,
    ) -> Self {
        Self {
            session_id: session_id.into(),
            client_user_id: client_user_id.into(),
            event_time,
            customer_service_id: None,
            sdk_app_id,
            platform: None,
            client_ip: None,
            platform_key: platform_key(None),
        }
    }

    /// The same session on a platform.
    #[must_use]
    pub fn on_platform(mut self, platform: Option<&str>) -> Self {
        self.platform_key = platform_key(platform);
        self.platform = platform.map(str::to_owned);
        self
    }

    /// The same session from an address; what is no address is as good as none.
    #[must_use]
    pub fn from_ip(mut self, address: Option<&str>) -> Self {
        self.client_ip = address.and_then(canonical_ip);
        self
    }

    /// The same session with a customer-service account.
    #[must_use]
    pub fn with_customer_service(mut self, id: Option<String>) -> Self {
        self.customer_service_id = id;
        self
    }

    /// `OptPlatform` as compared, by [`platform_key`].
    pub fn platform_key(&self) -> &str {
        &self.platform_key
    }
}
