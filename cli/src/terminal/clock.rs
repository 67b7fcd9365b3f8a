//! Local times of the deployment's zone, as the commands show them.

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Utc};
pub use routing::hours::Zone;
pub use routing::release::{for_people, to_the_second};

/// An instant by the zone's clock.
pub fn local(zone: Zone, at: DateTime<Utc>) -> NaiveDateTime {
    zone.local(at)
}

/// The instant at which the zone's clock shows this.
pub(crate) fn to_utc(zone: Zone, local: NaiveDateTime) -> DateTime<Utc> {
    zone.to_utc(local)
}

/// The beginning of a day.
pub(crate) fn midnight(zone: Zone, date: NaiveDate) -> DateTime<Utc> {
    to_utc(zone, date.and_time(NaiveTime::MIN))
}

/// How long ago something was: `12 seconds ago`, `3 minutes ago`.
pub fn ago(time: TimeDelta) -> String {
    let counted =
        |count: i64, what: &str| format!("{count} {what}{} ago", if count == 1 { "" } else { "s" });
    match time.num_seconds().max(0) {
        seconds @ 0..120 => counted(seconds, "second"),
        seconds @ 120..7_200 => counted(seconds / 60, "minute"),
        seconds @ 7_200..172_800 => counted(seconds / 3_600, "hour"),
        seconds => counted(seconds / 86_400, "day"),
    }
}

/// A day as `Tue 24 Nov`.
pub fn day(date: NaiveDate) -> String {
    date.format("%a %d %b").to_string()
}

/// A stretch of time as `Tue 24 Nov 09:00 – 12:00`; the midnight at its end is 24:00.
pub(crate) fn stretch(zone: Zone, from: DateTime<Utc>, until: DateTime<Utc>) -> String {
    let start = local(zone, from);
    format!("{} {}", day(start.date()), within(zone, from, until))
}

/// The same without the first day: `09:00 – 12:00`.
pub fn within(zone: Zone, from: DateTime<Utc>, until: DateTime<Utc>) -> String {
    let (from, until) = (local(zone, from), local(zone, until));
    let end = if until.date() == from.date() {
        until.format("%H:%M").to_string()
    } else if until.time() == NaiveTime::MIN && from.date().succ_opt() == Some(until.date()) {
        "24:00".to_owned()
    } else {
        format!("{} {}", day(until.date()), until.format("%H:%M"))
    };
    format!("{} – {end}", from.format("%H:%M"))
}

/// A length of time as `45 h`, `12 h 30 min` or `20 min`.
pub fn length(length: TimeDelta) -> String {
    match (length.num_hours(), length.num_minutes() % 60) {
        (0, minutes) => format!("{minutes} min"),
        (hours, 0) => format!("{hours} h"),
        (hours, minutes) => format!("{hours} h {minutes} min"),
    }
}
