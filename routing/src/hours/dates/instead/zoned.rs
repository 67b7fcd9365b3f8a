//! What to write instead of a time with a zone's name, or with an offset that is not read.

use chrono::{NaiveDateTime, SecondsFormat};

use super::super::loose::{Guess, GuessedPoint};
use super::super::point::Point;
use super::super::read::{Role, number, offset_west, read};
use super::written::written;
use crate::hours::zone::Zone;

/// Instead of a time with the name of a zone behind it, where `zone` is the row's.
pub(super) fn of_zone(guess: &Guess, said: &str, zone: Zone) -> String {
    const NOT_READ: &str =
        "a zone's name is not read here: times are in the row's `TimeZone`; write";
    if zone.goes_by(said) {
        return format!("{NOT_READ} `{}`", written(guess));
    }
    let moment = |time: NaiveDateTime| match offset(said) {
        Some(offset) => Some(format!("{}{offset}", time.format("%Y-%m-%dT%H:%M:%S"))),
        None if said.contains('/') => {
            let instant = Zone::parse(said).ok()?.to_utc(time);
            Some(instant.to_rfc3339_opts(SecondsFormat::Secs, true))
        }
        None => None,
    };
    let write = match guess {
        Guess::Time(time) => moment(*time),
        Guess::Range(Some(GuessedPoint::Time(from)), Some(GuessedPoint::Time(until))) => {
            moment(*from).zip(moment(*until)).map(|(from, until)| format!("{from}..{until}"))
        }
        _ => None,
    };
    match write {
        Some(write) => format!("{NOT_READ} `{write}`"),
        None => format!(
            "{NOT_READ} what time it is in {zone}, or the offset behind the time, such as `+09:00`"
        ),
    }
}

/// The offset that `utc`, `gmt`, `utc+9` or `gmt-05:00` says, as RFC 3339 has it.
fn offset(said: &str) -> Option<String> {
    let behind = said.strip_prefix("utc").or_else(|| said.strip_prefix("gmt"))?;
    let Some(sign) = behind.chars().next() else { return Some("Z".to_owned()) };
    let digits = behind.strip_prefix(['+', '-'])?;
    let (hours, minutes) = digits.split_once(':').unwrap_or((digits, "00"));
    let hours = number(hours, 2).filter(|hours| *hours <= 14)?;
    let minutes = number(minutes, 2).filter(|minutes| matches!(minutes, 0 | 30 | 45))?;
    Some(format!("{sign}{hours:02}:{minutes:02}"))
}

/// Instead of `2026-12-24T13:00:00+09:00[Asia/Seoul]`.
pub(super) fn of_brackets(text: &str) -> Option<String> {
    let (moment, _) = text.strip_suffix(']')?.split_once('[')?;
    let is_good = matches!(read(moment, Role::Start), Ok(Point::Instant(_)));
    is_good.then(|| format!("the offset is enough; write `{moment}`"))
}

/// The other reading of what looks like a range, where its second time may be an offset:
/// `09:00-12:00`.
pub(super) fn or_offset(text: &str, from: Option<GuessedPoint>) -> String {
    match (from, offset_west(text)) {
        (Some(GuessedPoint::Time(from)), Some(offset)) => {
            format!(", or with an offset `{}-{offset}`", from.format("%Y-%m-%dT%H:%M:%S"))
        }
        _ => String::new(),
    }
}
