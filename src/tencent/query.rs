//! The query string: names without regard to case, the first value counts.

use std::borrow::Cow;

use routing::decide::Reason;

/// Longest query string read; API Gateway's own limit for the whole request line is 10 KB.
const MAX_QUERY_BYTES: usize = 16 * 1024;

/// The parameters that matter.
#[derive(Default)]
pub(super) struct Query<'a> {
    pub(super) command: Option<Cow<'a, str>>,
    pub(super) sdk_app_id: Option<Cow<'a, str>>,
    pub(super) sign: Option<Cow<'a, str>>,
    pub(super) request_time: Option<Cow<'a, str>>,
    pub(super) client_ip: Option<Cow<'a, str>>,
    pub(super) platform: Option<Cow<'a, str>>,
}

impl<'a> Query<'a> {
    /// Reads a raw query string.
    ///
    /// # Errors
    /// A parameter that a lock depends on appears twice, or the string is too long.
    pub(super) fn parse(raw: &'a str) -> Result<Self, Reason> {
        if raw.len() > MAX_QUERY_BYTES {
            return Err(Reason::UnreadableEvent);
        }
        let mut query = Self::default();
        for (name, value) in form_urlencoded::parse(raw.as_bytes()) {
            let is = |known: &str| name.eq_ignore_ascii_case(known);
            let (slot, once) = if is("CallbackCommand") {
                (&mut query.command, false)
            } else if is("SdkAppid") {
                (&mut query.sdk_app_id, true)
            } else if is("Sign") {
                (&mut query.sign, true)
            } else if is("RequestTime") {
                (&mut query.request_time, true)
            } else if is("ClientIP") {
                (&mut query.client_ip, false)
            } else if is("OptPlatform") {
                (&mut query.platform, false)
            } else {
                continue;
            };
            if slot.is_none() {
                *slot = Some(value);
            } else if once {
                return Err(Reason::RepeatedParameter);
            }
        }
        // One without a value names no command: the body's counts.
        query.command = query.command.filter(|command| !command.is_empty());
        Ok(query)
    }
}
