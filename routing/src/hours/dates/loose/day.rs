//! Dates as people write them.

use std::sync::OnceLock;

use chrono::{Datelike, Months, NaiveDate, TimeDelta, Weekday};
use regex_lite::Regex;

use super::super::read::date;
use super::guessed::{Guess, Guessed, Point};
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
pub(super) enum Found {
    Point(Point),
    Either(Point, Point),
    Excel(NaiveDate),
    Impossible(String),
}

/// A date in a form whose order is known, or two dates that it could be.
enum Date {
    One(Result<NaiveDate, String>),
    Either(NaiveDate, NaiveDate),
}

/// How dates begin, year first: numbers, East Asian, without anything between.
const YEAR_FIRST: &str = r"^(\d{4})(?:\s?[-/.]\s?|\s*[年년]\s*| )(\d{1,2})(?:\s?[-/.]\s?|\s*[月월]\s*| )(\d{1,2})(?:\s*[日일号號]|\.)?(?:에)?";
const DIGITS: &str = r"^(\d{4})(\d{2})(\d{2})(?:$|[t ])";
const YEAR_LAST: &str = r"^(\d{1,2})\s?([-/.])\s?(\d{1,2})\s?[-/.]\s?(\d{4})";
const DAY_NAMED: &str = r"^(\d{1,2})(?:st|nd|rd|th|er|\.)?[\s/-]*(?:of\s+|de\s+)?([a-zà-ÿ]{3,10})\.?,?[\s/-]*(?:de\s+|del\s+)?(\d{4})";
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
pub(super) fn read(text: &str, order: Option<Order>) -> Option<Found> {
    let (text, weekdays) = weekday::split(text)?;
    if let Some(day) = excel(&text) {
        return Some(Found::Excel(day));
    }
    // `mar 24 dic 2026` is a Tuesday, where it is no March.
    let without_mar = text.strip_prefix("mar").map(|rest| rest.trim_start_matches(['.', ',', ' ']));
    let (date, rest) = leading(&text, order).or_else(|| leading(without_mar?, order))?;
    let rest = rest.trim();
    let with_time = |day: NaiveDate| match rest {
        "" => Some(Point::Day(day)),
        rest => time::on(day, rest).map(Point::Time),
    };
    let is_one = |day: &NaiveDate| weekdays.iter().all(|weekday| weekday.may_be(*day));
    let found = |day: NaiveDate| with_time(day).map(Found::Point);
    let another =
        |day: NaiveDate| with_time(day).map(|_| Found::Impossible(weekday::is_another(day)));
    match date {
        Date::One(Ok(day)) if is_one(&day) => found(day),
        Date::One(Err(why)) => with_time(NaiveDate::default()).map(|_| Found::Impossible(why)),
        Date::Either(one, other) => match (is_one(&one), is_one(&other)) {
            (true, true) => Some(Found::Either(with_time(one)?, with_time(other)?)),
            (true, false) => found(one),
            (false, true) => found(other),
            (false, false) => another(one),
        },
        Date::One(Ok(day)) => another(day),
    }
}

/// A date or time that leaves no doubt.
pub(super) fn point(text: &str) -> Option<Point> {
    point_in(text, None)
}

/// The same with day and month in this order, where they could be either.
pub(super) fn point_in(text: &str, order: Option<Order>) -> Option<Point> {
    match read(text.trim(), order)? {
        Found::Point(point) => Some(point),
        Found::Either(..) | Found::Excel(_) | Found::Impossible(_) => None,
    }
}

/// The date that the text begins with, and what follows.
fn leading(text: &str, order: Option<Order>) -> Option<(Date, &str)> {
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

/// Month and day without a year, or a year of two digits.
pub(super) fn without_year(text: &str) -> Guessed {
    let Some((text, _)) = weekday::split(text) else { return Guessed::Nothing };
    let text = text.as_str();
    static SHORT: OnceLock<Option<Regex>> = OnceLock::new();
    static NUMBERS: OnceLock<Option<Regex>> = OnceLock::new();
    static NAMED: OnceLock<Option<Regex>> = OnceLock::new();
    // The same sign twice: `12/24-26` is a range.
    let short = r"^(?:(?:'?\d{2}-\d{1,2}-\d{1,2}|\d{1,2}-\d{1,2}-'?\d{2})|(?:'?\d{2}/\d{1,2}/\d{1,2}|\d{1,2}/\d{1,2}/'?\d{2})|(?:'?\d{2}[. ]{1,2}\d{1,2}[. ]{1,2}\d{1,2}|\d{1,2}[. ]{1,2}\d{1,2}[. ]{1,2}'?\d{2}))\.?(?:$|\s)";
    if compiled(&SHORT, short).is_some_and(|short| short.is_match(text)) {
        return Guessed::ShortYear;
    }
    let numbers = r"^(\d{1,2})\s?([-/.]|[月월])\s?(\d{1,2})(?:\.|[日일号])?$";
    if let Some(c) = compiled(&NUMBERS, numbers).and_then(|numbers| numbers.captures(text))
        && let (Some(first), Some(second)) = (field(&c, 1), field(&c, 3))
    {
        let between = c.get(2).map(|between| between.as_str());
        return Guessed::NoYear(either_order(first, second, between));
    }
    let named = r"^(?:(\d{1,2})(?:st|nd|rd|th|er|\.)?\s*)?(?:de\s+)?([a-zà-ÿ]{3,10})\.?\s*(?:(\d{1,2})(?:st|nd|rd|th)?)?$";
    if let Some(c) = compiled(&NAMED, named).and_then(|named| named.captures(text))
        && let Some(day) = field(&c, 1).or_else(|| field(&c, 3))
        && let Some(month) = c.get(2).and_then(|name| month(name.as_str()))
    {
        return Guessed::NoYear(vec![(month, day)]);
    }
    Guessed::Nothing
}

/// The days of the year that two numbers can be. A dash and East Asian marks have the month first,
/// a dot the day.
fn either_order(first: u32, second: u32, between: Option<&str>) -> Vec<(u32, u32)> {
    let good = |month: u32, day: u32| date(2028, month, day).is_ok().then_some((month, day));
    let (month_first, day_first) = (good(first, second), good(second, first));
    match between {
        Some("/") if month_first != day_first => month_first.into_iter().chain(day_first).collect(),
        Some(".") => day_first.or(month_first).into_iter().collect(),
        _ => month_first.or(day_first).into_iter().collect(),
    }
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
    Some(Guessed::One(Guess::Range(Some(Point::Day(first)), Some(Point::Day(last)))))
}

/// `24.12. - 26.12.2026`, `24.-26.12.2026`, `dec 24-26, 2026`: the year stands at the end alone.
pub(super) fn year_at_the_end(
    from: &str,
    until: &str,
    order: Option<Order>,
) -> Option<(Option<Point>, Option<Point>)> {
    static ENDS: OnceLock<Option<Regex>> = OnceLock::new();
    static DAY: OnceLock<Option<Regex>> = OnceLock::new();
    let from = from.trim();
    let days = |first: NaiveDate, last: NaiveDate| {
        (first <= last).then_some((Some(Point::Day(first)), Some(Point::Day(last))))
    };
    let without = match without_year(from) {
        Guessed::NoYear(days) => days.first().copied(),
        _ => None,
    };
    // `dec 24` and `26, 2026`
    if let Some((month, day)) = without
        && let Some(c) =
            compiled(&ENDS, r"^(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})$")?.captures(until)
    {
        let (last, year) = (field(&c, 1)?, field(&c, 2)?);
        return days(date(year, month, day).ok()?, date(year, month, last).ok()?);
    }
    let Date::One(Ok(last)) = leading(until, order).filter(|(_, rest)| rest.is_empty())?.0 else {
        return None;
    };
    if let Some((month, day)) = without {
        let years = [last.year(), last.year() - 1].into_iter();
        let first = years.filter_map(|year| NaiveDate::from_ymd_opt(year, month, day));
        return days(first.into_iter().find(|first| *first <= last)?, last);
    }
    let day = field(&compiled(&DAY, r"^(\d{1,2})\.?$")?.captures(from)?, 1)?;
    days(last.with_day(day)?, last)
}

/// The day of the same month that a number alone is, after the first.
pub(super) fn day_after((month, day): (u32, u32), text: &str) -> Option<(u32, u32)> {
    let (text, _) = weekday::split(text)?;
    static DAY: OnceLock<Option<Regex>> = OnceLock::new();
    let c = compiled(&DAY, r"^(\d{1,2})(?:st|nd|rd|th|\.|[日일号])?$")?.captures(&text)?;
    let last = field(&c, 1)?;
    (last > day && date(2028, month, last).is_ok()).then_some((month, last))
}

/// Month and day without a year, in this order where they could be either.
pub(super) fn month_and_day(text: &str, order: Order) -> Option<(u32, u32)> {
    let Guessed::NoYear(days) = without_year(text) else { return None };
    match days.as_slice() {
        [month_first, day_first] => {
            Some(if order == Order::MonthFirst { *month_first } else { *day_first })
        }
        // `24/12` has the day first.
        [(month, day)] => {
            let first = text.split_once('/').and_then(|(first, _)| first.trim().parse().ok());
            let said = if order == Order::MonthFirst { *month } else { *day };
            first.is_none_or(|first: u32| first == said).then_some((*month, *day))
        }
        _ => None,
    }
}

/// The day of the same month that a number alone is, before the last: `24` of `24-26 dec`.
pub(super) fn day_before(text: &str, (month, day): (u32, u32)) -> Option<(u32, u32)> {
    static DAY: OnceLock<Option<Regex>> = OnceLock::new();
    let c = compiled(&DAY, r"^(\d{1,2})(?:st|nd|rd|th|\.)?$")?.captures(text)?;
    let first = field(&c, 1)?;
    (first < day && date(2028, month, first).is_ok()).then_some((month, first))
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

/// The end of a range that begins on `start`, by month and day, or by day alone; at the earliest
/// the same day.
pub(super) fn end_without_year(start: NaiveDate, text: &str) -> Option<NaiveDate> {
    let (text, weekdays) = weekday::split(text)?;
    let end = end_alone(start, &text)?;
    weekdays.iter().all(|weekday| weekday.may_be(end)).then_some(end)
}

fn end_alone(start: NaiveDate, text: &str) -> Option<NaiveDate> {
    static DAY: OnceLock<Option<Regex>> = OnceLock::new();
    let day = compiled(&DAY, r"^(\d{1,2})(?:st|nd|rd|th|\.|[日일号])?$")?.captures(text);
    if let Some(day) = day.and_then(|c| field(&c, 1)) {
        return start.with_day(day).filter(|end| *end >= start);
    }
    let Guessed::NoYear(days) = without_year(text) else { return None };
    let [(month, day)] = days.as_slice() else { return None };
    [start.year(), start.year() + 1]
        .into_iter()
        .filter_map(|year| NaiveDate::from_ymd_opt(year, *month, *day))
        .find(|end| *end >= start)
}

/// The number of a month by its name in English, German, Spanish, French, Italian or Portuguese,
/// in full or as it is usually shortened.
fn month(name: &str) -> Option<u32> {
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
