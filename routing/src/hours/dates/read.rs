//! Dates and times in the one form that is read.

use chrono::{DateTime, Datelike, NaiveDate, NaiveTime, Utc};

use super::point::Point;

/// Years that can stand in a row.
pub(super) const YEARS: std::ops::RangeInclusive<i32> = 1970..=9999;

/// Where a time stands: `24:00` is one as an end alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    Start,
    End,
    /// Where a range may stand too: `13:00-05:00` is times of a day.
    Alone,
}

/// Why a text is no date or time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Wrong {
    /// It has the form of one, but there is none such; why, as a sentence.
    Impossible(String),
    /// `24:00` where something begins; the day after.
    MidnightAsStart(NaiveDate),
    /// It has not the form.
    Form,
}

/// Reads cleaned text: `2026-12-24`, `2026-12-24 13:00`, RFC 3339.
pub(super) fn read(text: &str, role: Role) -> Result<Point, Wrong> {
    let (date, time) = match text.find([' ', 'T', 't']) {
        Some(at) => (text.get(..at).unwrap_or_default(), text.get(at + 1..)),
        None => (text, None),
    };
    let day = day(date)?;
    let Some(time) = time else { return Ok(Point::Day(day)) };
    let with_t = !text.contains(' ');
    if let Some(instant) = with_offset(date, time, with_t, role) {
        return if YEARS.contains(&instant.year()) {
            Ok(Point::Instant(instant))
        } else {
            Err(Wrong::Impossible(years()))
        };
    }
    Ok(match clock(time)? {
        Clock::Time(time) => Point::Local(day.and_time(time)),
        Clock::Midnight => {
            let next = day.succ_opt().ok_or_else(|| Wrong::Impossible(years()))?;
            if role != Role::End {
                return Err(Wrong::MidnightAsStart(next));
            }
            Point::Local(next.and_time(NaiveTime::MIN))
        }
    })
}

/// A time of day; `24:00` is the midnight that ends it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Clock {
    Time(NaiveTime),
    Midnight,
}

/// Reads `13:00`, `9:00`, `13:00:00`.
pub(super) fn clock(text: &str) -> Result<Clock, Wrong> {
    let mut fields = text.split(':').map(|field| number(field, 2));
    let (hour, minute) = (fields.next().flatten(), fields.next().flatten());
    let (Some(hour), Some(minute)) = (hour, minute) else { return Err(Wrong::Form) };
    let second = match fields.next() {
        Some(second) => second.ok_or(Wrong::Form)?,
        None => 0,
    };
    if fields.next().is_some() {
        return Err(Wrong::Form);
    }
    if (hour, minute, second) == (24, 0, 0) {
        return Ok(Clock::Midnight);
    }
    NaiveTime::from_hms_opt(hour, minute, second).map(Clock::Time).ok_or_else(|| {
        Wrong::Impossible(format!(
            "there is no time {text}: hours are 00 to 23 (`24:00` as an end), minutes 00 to 59"
        ))
    })
}

/// Reads `2026-12-24`.
fn day(text: &str) -> Result<NaiveDate, Wrong> {
    let mut fields = text.split('-');
    let year = fields.next().filter(|year| year.len() == 4).and_then(|year| number(year, 4));
    let (month, day) = (fields.next(), fields.next());
    let field = |text: Option<&str>| text.and_then(|text| number(text, 2));
    let (Some(year), Some(month), Some(day), None) =
        (year, field(month), field(day), fields.next())
    else {
        return Err(Wrong::Form);
    };
    date(year, month, day).map_err(Wrong::Impossible)
}

/// The date with these numbers.
///
/// # Errors
/// Why there is none, as a sentence.
pub(super) fn date(year: u32, month: u32, day: u32) -> Result<NaiveDate, String> {
    let year = i32::try_from(year).unwrap_or_default();
    if !YEARS.contains(&year) {
        return Err(years());
    }
    // Nobody means these years, but in the Thai calendar everybody does.
    let common = year - 543;
    if (2560..=2599).contains(&year) && NaiveDate::from_ymd_opt(common, month, day).is_some() {
        return Err(format!(
            "{year} is a year of the Thai calendar; write `{common}-{month:02}-{day:02}`"
        ));
    }
    if !(1..=12).contains(&month) {
        return Err(format!("there is no month {month}; the order is year, month, day"));
    }
    NaiveDate::from_ymd_opt(year, month, day).ok_or_else(|| {
        let days = days_of(year, month);
        format!(
            "there is no day {day} in {year}-{month:02}, which has {days} days; its last is \
            `{year}-{month:02}-{days}`"
        )
    })
}

/// How many days the month has.
pub(super) fn days_of(year: i32, month: u32) -> u32 {
    (28..=31).rev().find(|day| NaiveDate::from_ymd_opt(year, month, *day).is_some()).unwrap_or(28)
}

fn years() -> String {
    format!("years are {} to {}", YEARS.start(), YEARS.end())
}

/// A time with its offset: `13:00:00Z`, `13:00+09:00`, `13:00+0900`, `13:00-05:00`, also with a
/// space before the offset.
fn with_offset(date: &str, time: &str, with_t: bool, role: Role) -> Option<DateTime<Utc>> {
    let at = time.find(['Z', 'z', '+', '-'])?;
    let (clock, offset) = (time.get(..at)?.trim_end(), time.get(at..)?);
    let has_seconds = clock.split(':').count() > 2;
    let is_west = offset.starts_with('-');
    let seconds = if has_seconds { "" } else { ":00" };
    // `+0900`, `+09`; but `-1800` is no offset of any place.
    let hours = offset.get(1..3).and_then(|hours| number(hours, 2)).filter(|hours| *hours <= 14);
    let offset = match (hours, offset.get(..3), offset.get(3..)) {
        (Some(_), Some(hours), Some("")) if !is_west || has_seconds => format!("{hours}:00"),
        (Some(_), Some(hours), Some(minutes)) if minutes.len() == 2 => {
            format!("{hours}:{minutes}")
        }
        _ => offset.to_owned(),
    };
    if is_west && !has_seconds && !is_offset(clock, &offset, with_t, role) {
        return None;
    }
    let day: NaiveDate = day(date).ok()?;
    DateTime::parse_from_rfc3339(&format!("{day}T{clock:0>5}{seconds}{offset}"))
        .ok()
        .map(|instant| instant.to_utc())
}

/// Whether `-05:00` behind hours and minutes is an offset, and not the second of two times.
fn is_offset(from: &str, offset: &str, with_t: bool, role: Role) -> bool {
    let time = |text: &str| match clock(text) {
        Ok(Clock::Time(time)) => Some(time),
        _ => None,
    };
    let Some((from, until)) = time(from).zip(offset_west(offset).and_then(time)) else {
        return false;
    };
    let may_be_range = from < until;
    match role {
        Role::Alone => with_t && !may_be_range,
        Role::Start | Role::End => with_t || !may_be_range,
    }
}

/// `05:00` at the end of a text that ends in `-05:00`; `None` = no place has such an offset.
pub(super) fn offset_west(text: &str) -> Option<&str> {
    let (_, offset) = text.rsplit_once('-')?;
    let (hours, minutes) = offset.split_once(':')?;
    let is_known = offset.len() == 5
        && number(hours, 2).is_some_and(|hours| hours <= 12)
        && matches!(minutes, "00" | "30");
    is_known.then_some(offset)
}

/// A number of at most so many digits, and nothing else.
pub(super) fn number(text: &str, digits: usize) -> Option<u32> {
    let plain = (1..=digits).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    plain.then(|| text.parse().ok()).flatten()
}
