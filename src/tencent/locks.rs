//! What makes a callback authentic: the app id, and at least one of a signature and a secret path;
//! a source range as an extra.

use std::net::IpAddr;
use std::ops::RangeInclusive;

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
/// Shortest and longest path secret, in letters and digits.
const PATH_SECRET_LENGTHS: RangeInclusive<usize> = 16..=1_024;

/// The locks, built once, and again with other tokens.
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

/// The hash by which a path secret is known here: SHA-256 of its characters.
///
/// ```
/// let hash = desk_router::tencent::path_secret_hash("samplesecret0000");
/// let known = "6f7fdb2971f8bfca408f84f86e646e5f026d5fc6d0de31aa8a80720afc94d359";
/// assert_eq!(hex::encode(hash), known);
/// ```
pub fn path_secret_hash(secret: &str) -> [u8; 32] {
    Sha256::digest(secret).into()
}

impl Locks {
    /// Locks by these settings.
    pub fn new(settings: LockSettings) -> Self {
        let apps = settings.sdk_app_ids.iter().map(|id| (id.to_string(), *id)).collect();
        Self { settings, apps }
    }

    /// The same locks with these tokens.
    #[must_use]
    pub fn with_tokens(&self, tokens: Vec<String>) -> Self {
        let settings = LockSettings { tokens, ..self.settings.clone() };
        Self { settings, apps: self.apps.clone() }
    }

    /// Opens every lock that is on, and gives the app id.
    pub(super) fn open(
        &self,
        raw: &RawCallback,
        query: &Query<'_>,
        now: DateTime<Utc>,
    ) -> Result<u64, Reason> {
        // As text, character by character: `01400000000` is not `1400000000`.
        let given = query.sdk_app_id.as_deref().ok_or(Reason::SdkAppId)?;
        let app = self.apps.iter().find(|(text, _)| text == given);
        let sdk_app_id = app.map(|(_, id)| *id).ok_or(Reason::SdkAppId)?;
        // Nobody here knows a path secret, only its hash. IAM is the lock of who may invoke the
        // function itself.
        let needs_none = raw.is_probe && raw.path == "/";
        let has_secrets = !self.settings.path_secret_hashes.is_empty();
        if has_secrets && !needs_none && !self.opens_path(&raw.path) {
            return Err(Reason::Path);
        }
        if !self.settings.source_ranges.is_empty() && !self.opens_source(raw.source_ip.as_deref()) {
            return Err(Reason::Source);
        }
        if self.settings.wants_signature() {
            self.check_signature(query, now)?;
        }
        Ok(sdk_app_id)
    }

    fn opens_path(&self, path: &str) -> bool {
        let secret = path.strip_prefix('/').filter(|secret| {
            PATH_SECRET_LENGTHS.contains(&secret.len())
                && secret.bytes().all(|byte| byte.is_ascii_alphanumeric())
        });
        secret.is_some_and(|secret| {
            let given = path_secret_hash(secret);
            is_any(&self.settings.path_secret_hashes, |hash| hash.ct_eq(&given))
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
        if self.settings.tokens.is_empty() {
            return Err(Reason::NoTokens);
        }
        let good = is_any(&self.settings.tokens, |token| {
            sign(token, request_time).as_bytes().ct_eq(given.as_bytes())
        });
        if good { Ok(()) } else { Err(Reason::Signature) }
    }
}

/// Whether any secret is equal, in a time that does not tell which.
fn is_any<T>(secrets: &[T], equal: impl Fn(&T) -> Choice) -> bool {
    secrets.iter().fold(Choice::from(0), |found, secret| found | equal(secret)).into()
}
