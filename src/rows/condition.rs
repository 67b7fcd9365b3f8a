//! A rule's conditions, as typed values. What they mean for a callback is decided in
//! `decide::conditions`.

use std::net::IpAddr;

use chrono::{DateTime, Utc};
use ipnet::IpNet;
use regex_lite::{Regex, RegexBuilder};

use super::customer::language_key;
use super::reader::{Empty, MAX_ENTRIES, Reader, whole};
use super::{Context, Value, name_key};
use crate::decide::hash::SplitKey;
use crate::hours::{Country, HoursRef, parse_end, parse_start};
use chrono_tz::Tz;

/// Most entries of `ClientUserIds`.
const MAX_USER_IDS: usize = 10_000;
/// Longest pattern, in characters.
const MAX_PATTERN: usize = 256;
/// Largest compiled pattern, in bytes: bounds both memory and the time of one match (below a
/// millisecond for an id of 512 bytes).
const MAX_PATTERN_BYTES: usize = 32 * 1024;

/// One condition of a rule.
#[derive(Debug, Clone)]
pub struct Condition {
    /// The attribute's name, with `Not` when negated.
    pub attribute: &'static str,
    /// Whether the test must fail.
    pub negated: bool,
    /// What is tested.
    pub test: Test,
}

/// What a condition tests.
#[derive(Debug, Clone)]
pub enum Test {
    /// `OptPlatform`, by [`platform_key`].
    Platforms(Vec<String>),
    /// The exact user id; sorted.
    ClientUserIds(Vec<Box<str>>),
    /// The user id's beginning.
    ClientUserIdPrefixes(Vec<Box<str>>),
    /// The whole user id.
    ClientUserIdPattern(Regex),
    /// The user's address.
    ClientIps(Vec<IpNet>),
    /// The account that the user wrote to.
    CustomerServiceIds(Vec<Box<str>>),
    /// The app.
    SdkAppIds(Vec<u64>),
    /// The user's place on the line that `split` cuts is below this share, in percent.
    Percent {
        /// 0 to 100.
        below: f64,
        /// Which shuffle of users.
        split: SplitKey,
    },
    /// Not before this instant.
    ValidFrom(DateTime<Utc>),
    /// Before this instant.
    ValidUntil(DateTime<Utc>),
    /// Open now.
    Hours(HoursRef),
    /// The customer's segments, by [`name_key`].
    Segments(Vec<String>),
    /// The customer's language, by [`language_key`].
    Languages(Vec<String>),
}

impl Test {
    /// Whether the test asks for the customer's row.
    pub fn needs_customer(&self) -> bool {
        matches!(self, Self::Segments(_) | Self::Languages(_))
    }
}

/// Each condition with its negated name, in the order in which they are tested: those that need no
/// table first.
pub const CONDITIONS: [(&str, &str); 13] = [
    ("Platforms", "NotPlatforms"),
    ("ClientUserIds", "NotClientUserIds"),
    ("ClientUserIdPrefixes", "NotClientUserIdPrefixes"),
    ("ClientUserIdPattern", "NotClientUserIdPattern"),
    ("ClientIps", "NotClientIps"),
    ("CustomerServiceIds", "NotCustomerServiceIds"),
    ("SdkAppIds", "NotSdkAppIds"),
    ("Percent", "NotPercent"),
    ("ValidFrom", "NotValidFrom"),
    ("ValidUntil", "NotValidUntil"),
    ("Hours", "NotHours"),
    ("Segments", "NotSegments"),
    ("Languages", "NotLanguages"),
];

/// How platforms are compared: without case, `macOS` = `Mac`, missing = `Unknown`.
pub fn platform_key(platform: Option<&str>) -> String {
    match name_key(platform.unwrap_or_default()) {
        missing if missing.is_empty() => "unknown".to_owned(),
        mac if mac == "macos" => "mac".to_owned(),
        other => other,
    }
}

/// The address without the IPv6 wrapping of an IPv4 one, so that `::ffff:203.0.113.7` is in
/// `203.0.113.0/24`.
pub fn canonical_ip(text: &str) -> Option<IpAddr> {
    text.trim().parse::<IpAddr>().ok().map(|address| address.to_canonical())
}

/// Reads an address or a CIDR range.
///
/// # Errors
/// What is expected instead.
pub fn parse_range(text: &str) -> Result<IpNet, String> {
    let text = text.trim();
    canonical_ip(text)
        .map(IpNet::from)
        .or_else(|| text.parse::<IpNet>().ok().map(|range| range.trunc()))
        .ok_or_else(|| {
            "expected an address `203.0.113.7` or a range `203.0.113.0/24`, IPv4 or IPv6".to_owned()
        })
}

/// Reads all conditions of a rule.
pub(super) fn read(
    reader: &mut Reader<'_>,
    zone: Tz,
    country: Option<Country>,
    context: &mut Context<'_>,
) -> Vec<Condition> {
    let split = reader.text("PercentKey", Empty::IsAbsent).unwrap_or(reader.key()).to_owned();
    let mut conditions = Vec::new();
    for (plain, not) in CONDITIONS {
        for (attribute, negated) in [(plain, false), (not, true)] {
            if !reader.has(attribute) {
                continue;
            }
            if let Some(test) = test(reader, plain, attribute, &split, zone, country, context) {
                if test.needs_customer() && !context.defaults.customers {
                    reader.error(
                        attribute,
                        "needs a customers table, and none is configured (CUSTOMERS_TABLE)",
                    );
                }
                conditions.push(Condition { attribute, negated, test });
            }
        }
    }
    conditions
}

fn test(
    reader: &mut Reader<'_>,
    kind: &str,
    attribute: &str,
    split: &str,
    zone: Tz,
    country: Option<Country>,
    context: &mut Context<'_>,
) -> Option<Test> {
    let boxed = |entries: Vec<&str>| entries.into_iter().map(Box::from).collect::<Vec<Box<str>>>();
    Some(match kind {
        "Platforms" => {
            Test::Platforms(each(reader, attribute, |entry| Ok(platform_key(Some(entry))))?)
        }
        "ClientUserIds" => {
            let mut ids = boxed(reader.list(attribute, Empty::IsError, MAX_USER_IDS)?);
            ids.sort_unstable();
            Test::ClientUserIds(ids)
        }
        "ClientUserIdPrefixes" => Test::ClientUserIdPrefixes(boxed(reader.list(
            attribute,
            Empty::IsError,
            MAX_ENTRIES,
        )?)),
        "ClientUserIdPattern" => Test::ClientUserIdPattern(pattern(reader, attribute)?),
        "ClientIps" => Test::ClientIps(each(reader, attribute, parse_range)?),
        "CustomerServiceIds" => {
            Test::CustomerServiceIds(boxed(reader.list(attribute, Empty::IsError, MAX_ENTRIES)?))
        }
        "SdkAppIds" => Test::SdkAppIds(each(reader, attribute, |entry| {
            whole(&Value::Text(entry.to_owned()))
                .and_then(|id| u64::try_from(id).ok())
                .ok_or_else(|| "expected app ids: whole numbers".to_owned())
        })?),
        "Percent" => Test::Percent {
            below: reader.number(attribute, Empty::IsError, "a number from 0 to 100", |n| {
                (0.0..=100.0).contains(&n)
            })?,
            split: SplitKey::new(split),
        },
        "ValidFrom" => Test::ValidFrom(instant(reader, attribute, |text| parse_start(text, zone))?),
        "ValidUntil" => Test::ValidUntil(instant(reader, attribute, |text| parse_end(text, zone))?),
        "Hours" => Test::Hours(reader.hours(attribute, zone, country, context)?),
        "Segments" => Test::Segments(each(reader, attribute, |entry| Ok(name_key(entry)))?),
        _ => Test::Languages(each(reader, attribute, |entry| Ok(language_key(entry)))?),
    })
}

/// Reads every entry of a list; an entry that cannot be read is an error of the row.
fn each<T>(
    reader: &mut Reader<'_>,
    attribute: &str,
    read: impl Fn(&str) -> Result<T, String>,
) -> Option<Vec<T>> {
    let entries = reader.list(attribute, Empty::IsError, MAX_ENTRIES)?;
    let mut typed = Vec::with_capacity(entries.len());
    for entry in entries {
        match read(entry) {
            Ok(entry) => typed.push(entry),
            Err(message) => {
                reader.error_at(attribute, entry, message);
                return None;
            }
        }
    }
    Some(typed)
}

fn instant(
    reader: &mut Reader<'_>,
    attribute: &str,
    read: impl Fn(&str) -> Result<DateTime<Utc>, String>,
) -> Option<DateTime<Utc>> {
    let text = reader.text(attribute, Empty::IsError)?;
    read(text).map_err(|message| reader.error(attribute, message)).ok()
}

fn pattern(reader: &mut Reader<'_>, attribute: &str) -> Option<Regex> {
    let text = reader.text(attribute, Empty::IsError)?;
    if text.chars().count() > MAX_PATTERN {
        reader.error(attribute, format!("is longer than {MAX_PATTERN} characters"));
        return None;
    }
    // The pattern must be one by itself: `a)|(b` would escape the brackets that make it match the
    // whole id.
    if let Err(error) = RegexBuilder::new(text).size_limit(MAX_PATTERN_BYTES).build() {
        reader.error(attribute, format!("is not a regular expression that can be used: {error}"));
        return None;
    }
    match RegexBuilder::new(&format!("^(?:{text})$")).size_limit(MAX_PATTERN_BYTES).build() {
        Ok(regex) => Some(regex),
        Err(error) => {
            reader
                .error(attribute, format!("is not a regular expression that can be used: {error}"));
            None
        }
    }
}
