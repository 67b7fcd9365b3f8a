//! Times: in JSON as RFC 3339 in UTC, to the millisecond; for people in the deployment's zone.

use chrono::{DateTime, SecondsFormat, Utc};
use serde::{Deserialize, Deserializer, Serializer, de};

use crate::hours::Zone;

/// The time as it reads once it is printed.
pub(super) fn to_the_millisecond(time: DateTime<Utc>) -> DateTime<Utc> {
    DateTime::from_timestamp_millis(time.timestamp_millis()).unwrap_or(time)
}

pub(super) fn print(time: DateTime<Utc>) -> String {
    time.to_rfc3339_opts(SecondsFormat::Millis, true)
}

/// To the minute, by the clock of the deployment's zone: `2026-11-25 18:35 Asia/Seoul`. A person
/// never has to guess whose clock a time is by.
pub fn for_people(time: DateTime<Utc>, zone: Zone) -> String {
    shown(time, zone, "%Y-%m-%d %H:%M")
}

/// The same to the second, for what follows quickly on each other.
pub fn to_the_second(time: DateTime<Utc>, zone: Zone) -> String {
    shown(time, zone, "%Y-%m-%d %H:%M:%S")
}

fn shown(time: DateTime<Utc>, zone: Zone, format: &str) -> String {
    format!("{} {zone}", zone.local(time).format(format))
}

pub(super) fn serialize<S: Serializer>(
    time: &DateTime<Utc>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&print(*time))
}

pub(super) fn deserialize<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<DateTime<Utc>, D::Error> {
    let text = String::deserialize(deserializer)?;
    DateTime::parse_from_rfc3339(&text).map(|time| time.to_utc()).map_err(de::Error::custom)
}
