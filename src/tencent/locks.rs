//! What makes a callback authentic: the app id, and at least one of a signature and a secret path;
//! a source range as an extra.

use std::net::IpAddr;

use chrono::{DateTime, Utc};
use ipnet::IpNet;
use sha2::{Digest, Sha256};
use subtle::{Choice, ConstantTimeEq};

use super::RawCallback;
use super::query::Query;
use crate::settings::LockSettings;
use routing::address::canonical_ip;
use routing::decide::Reason;

/// Farthest that `RequestTime` may be from now, either way, in seconds (Tencent's webhook
/// authentication).
const MAX_SKEW_SECONDS: u64 = 60;
/// Longest `RequestTime` looked at: more digits are no Unix time.
const MAX_TIME_DIGITS: usize = 12;

/// The locks, built once.
#[derive(Debug, Clone)]
pub struct Locks {
    settings: LockSettings,
    /// Each app id as text and as number.
    apps: Vec<(String, u64)>,
}

/// `Sign` as Tencent makes it: lower-case hex SHA-256 of the token directly followed by
/// `RequestTime` (Unix seconds, as sent).
///
/// ```
/// let sign = desk_router::tencent::sign("xxxxyyyy", "1669872112");
/// assert_eq!(sign, "17773bc39a671d7b9aa835458704d2a6db81360a5940292b587d6d760d484061");
/// ```
pub fn sign(token: &str, request_time: &str) -> String {
    hex::encode(Sha256::new().chain_update(token).chain_update(request_time).finalize())
}

impl Locks {
    /// Locks by these settings.
    pub fn new(settings: LockSettings) -> Self {
        let apps = settings.sdk_app_ids.iter().map(|id| (id.to_string(), *id)).collect();
        Self { settings, apps }
    }

    /// Checks every lock that is on, and gives the app id.
    pub(super) fn check(
        &self,
        raw: &RawCallback,
        query: &Query<'_>,
        now: DateTime<Utc>,
    ) -> Result<u64, Reason> {
        // As text, character by character: `01400000000` is not `1400000000`.
        let given = query.sdk_app_id.as_deref().ok_or(Reason::SdkAppId)?;
        let app = self.apps.iter().find(|(text, _)| text == given);
        let sdk_app_id = app.map(|(_, id)| *id).ok_or(Reason::SdkAppId)?;
        if !self.settings.path_secrets.is_empty() && !self.opens_path(&raw.path) {
            return Err(Reason::Path);
        }
        if !self.settings.source_ranges.is_empty() && !self.opens_source(raw.source_ip.as_deref()) {
            return Err(Reason::Source);
        }
        if !self.settings.tokens.is_empty() {
            self.check_signature(query, now)?;
        }
        Ok(sdk_app_id)
    }

    fn opens_path(&self, path: &str) -> bool {
        path.strip_prefix('/').is_some_and(|path| {
            is_any(&self.settings.path_secrets, |secret| secret.as_bytes().ct_eq(path.as_bytes()))
        })
    }

    fn opens_source(&self, source: Option<&str>) -> bool {
        let source: Option<IpAddr> = source.and_then(canonical_ip);
        source.is_some_and(|source| {
            self.settings.source_ranges.iter().any(|range: &IpNet| range.contains(&source))
        })
    }

    fn check_signature(&self, query: &Query<'_>, now: DateTime<Utc>) -> Result<(), Reason> {
        let (Some(given), Some(request_time)) =
            (query.sign.as_deref(), query.request_time.as_deref())
        else {
            return Err(Reason::Unsigned);
        };
        let digits = !request_time.is_empty()
            && request_time.len() <= MAX_TIME_DIGITS
            && request_time.bytes().all(|byte| byte.is_ascii_digit());
        let seconds: i64 =
            request_time.parse().ok().filter(|_| digits).ok_or(Reason::RequestTime)?;
        if seconds.abs_diff(now.timestamp()) > MAX_SKEW_SECONDS {
            return Err(Reason::RequestTime);
        }
        let good = is_any(&self.settings.tokens, |token| {
            sign(token, request_time).as_bytes().ct_eq(given.as_bytes())
        });
        if good { Ok(()) } else { Err(Reason::Signature) }
    }
}

/// Whether any secret is equal, in a time that does not tell which.
fn is_any(secrets: &[String], equal: impl Fn(&String) -> Choice) -> bool {
    secrets.iter().fold(Choice::from(0), |found, secret| found | equal(secret)).into()
}
