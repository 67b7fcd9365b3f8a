//! Days and months whose year is missing, or stands elsewhere.

use std::sync::OnceLock;

use chrono::{Datelike, NaiveDate};
use regex_lite::Regex;

use super::super::read::date;
use super::day::{Date, Order, leading, month};
use super::guessed::{Guessed, GuessedPoint};
use super::time::{compiled, field};
use super::weekday;

/// Month and day without a year, or a year of two digits.
pub(super) fn without_year(text: &str) -> Guessed {
    let Some((text, _)) = weekday::split(text) else { return Guessed::Nothing };
    let text = text.as_str();
    static SHORT: OnceLock<Option<Regex>> = OnceLock::new();
    static NUMBERS: OnceLock<Option<Regex>> = OnceLock::new();
    static NAMED: OnceLock<Option<Regex>> = OnceLock::new();
    // The same sign twice: `12/24-26` is a range.
    let short = concat!(
        r"^(?:(?:'?\d{2}-\d{1,2}-\d{1,2}|\d{1,2}-\d{1,2}-'?\d{2})",
        r"|(?:'?\d{2}/\d{1,2}/\d{1,2}|\d{1,2}/\d{1,2}/'?\d{2})",
        r"|(?:'?\d{2}[. ]{1,2}\d{1,2}[. ]{1,2}\d{1,2}|\d{1,2}[. ]{1,2}\d{1,2}[. ]{1,2}'?\d{2}))",
        r"\.?(?:$|\s)",
    );
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
    let named = concat!(
        r"^(?:(\d{1,2})(?:st|nd|rd|th|er|\.)?\s*)?(?:de\s+)?",
        r"([a-zà-ÿ]{3,10})\.?\s*(?:(\d{1,2})(?:st|nd|rd|th)?)?$",
    );
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

/// `24.12. - 26.12.2026`, `24.-26.12.2026`, `dec 24-26, 2026`: the year stands at the end alone.
pub(super) fn year_at_the_end(
    from: &str,
    until: &str,
    order: Option<Order>,
) -> Option<(Option<GuessedPoint>, Option<GuessedPoint>)> {
    static ENDS: OnceLock<Option<Regex>> = OnceLock::new();
    static DAY: OnceLock<Option<Regex>> = OnceLock::new();
    let from = from.trim();
    let days = |first: NaiveDate, last: NaiveDate| {
        (first <= last).then_some((Some(GuessedPoint::Day(first)), Some(GuessedPoint::Day(last))))
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
