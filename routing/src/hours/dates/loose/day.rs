//! Dates as people write them.

use std::sync::OnceLock;

use chrono::{Months, NaiveDate, TimeDelta, Weekday};
use regex_lite::Regex;

use super::super::read::date;
use super::guessed::{Guess, Guessed, GuessedPoint};
use super::time::{self, compiled, field};
use super::weekday;
use crate::hours::names::folded;

/// Which of day and month stands first in `03/04/2027`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Order {
    MonthFirst,
    DayFirst,
}

/// What a text says, when it begins with a whole date.
pub(super) enum WholeDate {
    Point(GuessedPoint),
    Either(GuessedPoint, GuessedPoint),
    Excel(NaiveDate),
    Impossible(String),
}

/// A date in a form whose order is known, or two dates that it could be.
pub(super) enum Date {
    One(Result<NaiveDate, String>),
    Either(NaiveDate, NaiveDate),
}

/// How dates begin, year first: numbers, East Asian, without anything between.
const YEAR_FIRST: &str = concat!(
    r"^(\d{4})(?:\s?[-/.]\s?|\s*[年년]\s*| )",
    r"(\d{1,2})(?:\s?[-/.]\s?|\s*[月월]\s*| )",
    r"(\d{1,2})(?:\s*[日일号號]|\.)?(?:에)?",
);
const DIGITS: &str = r"^(\d{4})(\d{2})(\d{2})(?:$|[t ])";
const YEAR_LAST: &str = r"^(\d{1,2})\s?([-/.])\s?(\d{1,2})\s?[-/.]\s?(\d{4})";
const DAY_NAMED: &str = concat!(
    r"^(\d{1,2})(?:st|nd|rd|th|er|\.)?[\s/-]*(?:of\s+|de\s+)?",
    r"([a-zà-ÿ]{3,10})\.?,?[\s/-]*(?:de\s+|del\s+)?(\d{4})",
);
const NAMED_DAY: &str = r"^([a-zà-ÿ]{3,10})\.?\s*(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})";
const YEAR_NAMED: &str = r"^(\d{4})[\s-]*([a-zà-ÿ]{3,10})\.?[\s-]*(\d{1,2})(?:st|nd|rd|th)?";

static YEAR_FIRST_RE: OnceLock<Option<Regex>> = OnceLock::new();
static DIGITS_RE: OnceLock<Option<Regex>> = OnceLock::new();
static YEAR_LAST_RE: OnceLock<Option<Regex>> = OnceLock::new();
static DAY_NAMED_RE: OnceLock<Option<Regex>> = OnceLock::new();
static NAMED_DAY_RE: OnceLock<Option<Regex>> = OnceLock::new();
static YEAR_NAMED_RE: OnceLock<Option<Regex>> = OnceLock::new();

/// Reads a date, with a time behind it or without; `None` = it is something else. Where day and
/// month could be either, they are in this order.
pub(super) fn read(text: &str, order: Option<Order>) -> Option<WholeDate> {
    let (text, weekdays) = weekday::split(text)?;
    if let Some(day) = excel(&text) {
        return Some(WholeDate::Excel(day));
    }
    // `mar 24 dic 2026` is a Tuesday, where it is no March.
    let without_mar = text.strip_prefix("mar").map(|rest| rest.trim_start_matches(['.', ',', ' ']));
    let (date, rest) = leading(&text, order).or_else(|| leading(without_mar?, order))?;
    let rest = rest.trim();
    let with_time = |day: NaiveDate| match rest {
        "" => Some(GuessedPoint::Day(day)),
        rest => time::on(day, rest).map(GuessedPoint::Time),
    };
    let is_one = |day: &NaiveDate| weekdays.iter().all(|weekday| weekday.may_be(*day));
    let found = |day: NaiveDate| with_time(day).map(WholeDate::Point);
    let another =
        |day: NaiveDate| with_time(day).map(|_| WholeDate::Impossible(weekday::is_another(day)));
    match date {
        Date::One(Ok(day)) if is_one(&day) => found(day),
        Date::One(Err(why)) => with_time(NaiveDate::default()).map(|_| WholeDate::Impossible(why)),
        Date::Either(one, other) => match (is_one(&one), is_one(&other)) {
            (true, true) => Some(WholeDate::Either(with_time(one)?, with_time(other)?)),
            (true, false) => found(one),
            (false, true) => found(other),
            (false, false) => another(one),
        },
        Date::One(Ok(day)) => another(day),
    }
}

/// A date or time that leaves no doubt.
pub(super) fn point(text: &str) -> Option<GuessedPoint> {
    point_in(text, None)
}

/// The same with day and month in this order, where they could be either.
pub(super) fn point_in(text: &str, order: Option<Order>) -> Option<GuessedPoint> {
    match read(text.trim(), order)? {
        WholeDate::Point(point) => Some(point),
        WholeDate::Either(..) | WholeDate::Excel(_) | WholeDate::Impossible(_) => None,
    }
}

/// The date that the text begins with, and what follows.
pub(super) fn leading(text: &str, order: Option<Order>) -> Option<(Date, &str)> {
    let after = |captures: &regex_lite::Captures<'_>| {
        let end = captures.get(0).map(|whole| whole.end()).unwrap_or_default();
        text.get(end..).unwrap_or_default()
    };
    for (cell, source) in [(&YEAR_FIRST_RE, YEAR_FIRST), (&DIGITS_RE, DIGITS)] {
        if let Some(c) = compiled(cell, source)?.captures(text) {
            let read = date(field(&c, 1)?, field(&c, 2)?, field(&c, 3)?);
            return Some((Date::One(read), after(&c)));
        }
    }
    if let Some(c) = compiled(&YEAR_LAST_RE, YEAR_LAST)?.captures(text) {
        let (first, second, year) = (field(&c, 1)?, field(&c, 3)?, field(&c, 4)?);
        let dots = c.get(2).is_some_and(|between| between.as_str() == ".");
        let read = match order.filter(|_| !dots) {
            Some(Order::MonthFirst) => Date::One(date(year, first, second)),
            Some(Order::DayFirst) => Date::One(date(year, second, first)),
            None => day_and_month(year, first, second, dots),
        };
        return Some((read, after(&c)));
    }
    for (cell, source, day, name, year) in [
        (&DAY_NAMED_RE, DAY_NAMED, 1, 2, 3),
        (&NAMED_DAY_RE, NAMED_DAY, 2, 1, 3),
        (&YEAR_NAMED_RE, YEAR_NAMED, 3, 2, 1),
    ] {
        if let Some(c) = compiled(cell, source)?.captures(text)
            && let Some(month) = c.get(name).and_then(|name| month(name.as_str()))
        {
            let read = date(field(&c, year)?, month, field(&c, day)?);
            return Some((Date::One(read), after(&c)));
        }
    }
    None
}

/// The order of day and month in a date with its year; this one where that says none.
pub(super) fn order_of(text: &str, order: Order) -> Order {
    let digits = text.trim_start_matches(|c: char| !c.is_ascii_digit());
    if digits.bytes().take_while(u8::is_ascii_digit).count() >= 4 {
        return Order::MonthFirst;
    }
    let Some(c) = compiled(&YEAR_LAST_RE, YEAR_LAST).and_then(|last| last.captures(digits)) else {
        return order;
    };
    let (first, second, year) = (field(&c, 1), field(&c, 3), field(&c, 4));
    match first.zip(second).zip(year) {
        Some(((first, second), year)) if c.get(2).is_some_and(|sign| sign.as_str() == ".") => {
            if date(year, second, first).is_ok() {
                Order::DayFirst
            } else {
                Order::MonthFirst
            }
        }
        _ => order,
    }
}

/// Day and month in either order; with dots the day is first everywhere.
fn day_and_month(year: u32, first: u32, second: u32, dots: bool) -> Date {
    let (day_first, month_first) = (date(year, second, first), date(year, first, second));
    match (day_first, month_first) {
        (Ok(day_first), Ok(month_first)) if !dots && day_first != month_first => {
            Date::Either(month_first, day_first)
        }
        (Ok(day), _) | (Err(_), Ok(day)) => Date::One(Ok(day)),
        (Err(why), Err(_)) => Date::One(Err(why)),
    }
}

/// The day behind a spreadsheet's number: days since 1899-12-30, for the years 1970 to 2119.
fn excel(text: &str) -> Option<NaiveDate> {
    let whole = text.split('.').next().unwrap_or_default();
    let days: i64 = (whole.len() == 5).then(|| whole.parse().ok()).flatten()?;
    let fraction = text.get(whole.len()..).unwrap_or_default();
    let plain = fraction.is_empty()
        || fraction.get(1..).is_some_and(|digits| digits.bytes().all(|b| b == b'0'));
    if !plain || !(25_569..80_000).contains(&days) {
        return None;
    }
    NaiveDate::from_ymd_opt(1899, 12, 30)?.checked_add_signed(TimeDelta::days(days))
}

/// `2026-12`, `2026년 12월`, `December 2026`: all of its days.
pub(super) fn month_alone(text: &str) -> Option<Guessed> {
    static NUMBERS: OnceLock<Option<Regex>> = OnceLock::new();
    static NAMED: OnceLock<Option<Regex>> = OnceLock::new();
    let numbers = r"^(\d{4})(?:\s?[-/.]\s?|\s*[年년]\s*)(\d{1,2})\s*[月월]?$";
    let (year, month) = match compiled(&NUMBERS, numbers)?.captures(text) {
        Some(c) => (field(&c, 1)?, field(&c, 2)?),
        None => {
            let c = compiled(&NAMED, r"^([a-zà-ÿ]{3,10})\.?,?\s+(?:de\s+|del\s+)?(\d{4})$")?
                .captures(text)?;
            (field(&c, 2)?, month(c.get(1)?.as_str())?)
        }
    };
    let first = date(year, month, 1).ok()?;
    let last = first.checked_add_months(Months::new(1))?.pred_opt()?;
    Some(Guessed::One(Guess::Range(Some(GuessedPoint::Day(first)), Some(GuessedPoint::Day(last)))))
}

/// The Monday of `2026-w48`, `week 48 2026`, `kw 48/2026`.
pub(super) fn first_of_week(text: &str) -> Option<NaiveDate> {
    static FIRST: OnceLock<Option<Regex>> = OnceLock::new();
    static LAST: OnceLock<Option<Regex>> = OnceLock::new();
    let first = r"^(\d{4})[\s,/-]*(?:w|wk|week|kw)\s?(\d{1,2})$";
    let last = r"^(?:w|wk|week|kw)\s?(\d{1,2})[\s,/-]+(\d{4})$";
    let (year, week) = match compiled(&FIRST, first)?.captures(text) {
        Some(c) => (field(&c, 1)?, field(&c, 2)?),
        None => {
            let c = compiled(&LAST, last)?.captures(text)?;
            (field(&c, 2)?, field(&c, 1)?)
        }
    };
    NaiveDate::from_isoywd_opt(i32::try_from(year).ok()?, week, Weekday::Mon)
}

/// The number of a month by its name in English, German, Spanish, French, Italian or Portuguese,
/// in full or as it is usually shortened.
pub(super) fn month(name: &str) -> Option<u32> {
    const MONTHS: [&str; 12] = [
        "jan january januar janner enero ene janvier janv gennaio gen genn janeiro",
        "feb february februar febrero fevrier fevr fev febbraio febb fevereiro",
        "mar march marz maerz marzo mars marco",
        "apr april abril abr avril avr aprile",
        "may mai mayo maggio mag maio",
        "jun june juni junio juin giugno giu junho",
        "jul july juli julio juillet juil luglio lug julho",
        "aug august agosto ago aout",
        "sep sept september septiembre setiembre septembre settembre sett set setembro",
        "oct october okt oktober octubre octobre ottobre ott outubro out",
        "nov november noviembre novembre novembro",
        "dec december dez dezember diciembre dic decembre dicembre dezembro",
    ];
    let name = folded(name);
    let mut names = (1..).zip(MONTHS);
    names.find(|(_, names)| names.split(' ').any(|known| known == name)).map(|(number, _)| number)
}
