//! Times of day as people write them.

use std::sync::OnceLock;

use chrono::{NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Timelike};
use regex_lite::{Captures, Regex};

use super::guessed::GuessedPoint;

/// An expression, compiled when it is first needed.
pub(super) fn compiled<'a>(cell: &'a OnceLock<Option<Regex>>, source: &str) -> Option<&'a Regex> {
    cell.get_or_init(|| Regex::new(source).ok()).as_ref()
}

/// The digits of a group as a number; `None` where the group is absent.
pub(super) fn field(captures: &Captures<'_>, group: usize) -> Option<u32> {
    captures.get(group)?.as_str().parse().ok()
}

const TIME: &str = concat!(
    r"^(?:t|,|at|um|a las|à|às|alle)?\s*(오전|오후|上午|下午|午前|午後|am|pm)?\s*",
    r"(\d{1,2})(?:\s*(?::|\.|h|시|時|时|点|點)\s*(\d{2})?\s*(?:분|分)?)?(?::(00))?\s*",
    r"(a\.?m\.?|p\.?m\.?|uhr|h|o'clock)?$",
);

/// The time on this day; hours from 24 on are of the next day.
pub(super) fn on(day: NaiveDate, text: &str) -> Option<NaiveDateTime> {
    static WRITTEN: OnceLock<Option<Regex>> = OnceLock::new();
    static DIGITS: OnceLock<Option<Regex>> = OnceLock::new();
    let text = text.trim();
    // `2026-12-24, 26` are two days.
    let bare = text.trim_start_matches([',', ' ']);
    let is_bare = bare.len() <= 2 && bare.bytes().all(|b| b.is_ascii_digit());
    if is_bare && (bare.len() < text.len() || bare.parse::<u32>().is_ok_and(|hour| hour > 24)) {
        return None;
    }
    let (hour, minute) = match compiled(&DIGITS, r"^(\d{2})(\d{2})$")?.captures(text) {
        Some(captures) => (field(&captures, 1)?, field(&captures, 2)?),
        None => {
            let captures = compiled(&WRITTEN, TIME)?.captures(text)?;
            let hour = field(&captures, 2)?;
            let half = captures.get(1).or_else(|| captures.get(5)).map(|half| half.as_str());
            (by_half(hour, half)?, field(&captures, 3).unwrap_or(0))
        }
    };
    if hour > 47 || minute > 59 {
        return None;
    }
    day.and_time(NaiveTime::MIN)
        .checked_add_signed(TimeDelta::minutes(i64::from(hour * 60 + minute)))
}

/// The hour of 24 that an hour of 12 is.
fn by_half(hour: u32, half: Option<&str>) -> Option<u32> {
    let afternoon = match half.map(|half| half.replace('.', "")).as_deref() {
        Some("am" | "오전" | "上午" | "午前") => false,
        Some("pm" | "오후" | "下午" | "午後") => true,
        _ => return Some(hour),
    };
    match hour {
        12 => Some(if afternoon { 12 } else { 0 }),
        1..=11 => Some(if afternoon { hour + 12 } else { hour }),
        // `13:00 pm` is what it says, with a word too many.
        13..=23 if afternoon => Some(hour),
        _ => None,
    }
}

/// What hours without half of the day mean on a clock of twelve: `9-6` as 09:00 to 18:00. `None` =
/// they are plain, as `9-18` and `22:00-06:00` are.
pub(super) fn of_twelve_hours(
    text: &str,
    from: Option<GuessedPoint>,
    until: Option<GuessedPoint>,
) -> Option<(GuessedPoint, GuessedPoint)> {
    static BARE: OnceLock<Option<Regex>> = OnceLock::new();
    const HALF: TimeDelta = TimeDelta::hours(12);
    let (Some(GuessedPoint::Time(from)), Some(GuessedPoint::Time(until))) = (from, until) else {
        return None;
    };
    // Whoever writes `09:00` counts 24 hours.
    let bare =
        r"[\s,]([1-9]|1[0-2])(?::\d{2})?\s*(?:\.\.+|-|~|to|bis)\s*([1-9]|1[0-2])(?::\d{2})?$";
    let c = compiled(&BARE, bare)?.captures(text)?;
    let (first, last) = (field(&c, 1)?, field(&c, 2)?);
    if until.date() > from.date() {
        return Some((GuessedPoint::Time(from), GuessedPoint::Time(until - HALF)));
    }
    let early = (1..=6).contains(&first) && last < 10;
    early.then(|| (GuessedPoint::Time(from + HALF), GuessedPoint::Time(until + HALF)))
}

/// The day of a range whose 12 o'clock may be noon or midnight (`9am-12am`, `오후 1시~오후 12시`).
pub(super) fn unsure_at_twelve(
    text: &str,
    from: Option<GuessedPoint>,
    until: Option<GuessedPoint>,
) -> Option<NaiveDate> {
    static TWELVE: OnceLock<Option<Regex>> = OnceLock::new();
    let (Some(GuessedPoint::Time(from)), Some(GuessedPoint::Time(until))) = (from, until) else {
        return None;
    };
    let twelve = r"(?:오전|오후|上午|下午|午前|午後)\s*12|\b12(?::\d{2})?\s*[ap]\.?m";
    let said = compiled(&TWELVE, twelve)?.is_match(text);
    let same_day = from.date() == until.date();
    let until_noon = same_day && from.hour() < 12 && until.hour() == 12;
    let from_noon = same_day && from.hour() == 12;
    // `下午12点` is noon to some and midnight to others.
    let of_the_east = ["上午", "下午", "午前", "午後"].iter().any(|half| text.contains(half));
    let sure = from_noon || until_noon && !of_the_east;
    (said && !sure).then(|| from.date())
}

/// Whether the text says before or after noon.
pub(super) fn says_half_of_day(text: &str) -> bool {
    let text = text.replace('.', "");
    text.ends_with("am")
        || text.ends_with("pm")
        || ["오전", "오후", "上午", "下午", "午前", "午後"].iter().any(|half| text.contains(half))
}

/// Whether it is a time, or two with something between, and no date.
pub(super) fn is_time_or_times(text: &str) -> bool {
    static TIMES: OnceLock<Option<Regex>> = OnceLock::new();
    let source = concat!(
        r"^\d{1,2}(:\d{2})?\s*([ap]m|uhr)?\s*",
        r"(?:(?:\.\.+|-|~|to|bis|/)\s*\d{1,2}(:\d{2})?\s*([ap]m|uhr)?)?$",
    );
    compiled(&TIMES, source).is_some_and(|times| times.is_match(text))
        && (text.contains(':') || says_half_of_day(text) || text.ends_with("uhr"))
}
