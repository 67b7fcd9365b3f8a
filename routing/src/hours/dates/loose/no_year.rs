//! Days and months whose year is missing, or stands elsewhere.

use std::sync::OnceLock;

use chrono::{Datelike, NaiveDate};
use regex_lite::Regex;

use super::super::read::date;
use super::day::{Date, Order, leading, month, order_of};
use super::guessed::{Guessed, GuessedPoint};
use super::time::{compiled, field};
use super::weekday;

/// Month and day without a year, or a year of two digits.
pub(super) fn without_year(text: &str) -> Guessed {
    let Some((text, _)) = weekday::split(text) else { return Guessed::Nothing };
    let text = text.as_str();
    static SHORT: OnceLock<Option<Regex>> = OnceLock::new();
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
    if let Some(numbers) = numbers(text) {
        return Guessed::NoYear(numbers.either());
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

/// Month and day in numbers, in either order.
struct Numbers {
    first: u32,
    second: u32,
    /// A dash and East Asian marks have the month first.
    says_order: bool,
    /// `1.3.`, without spaces, has the day first.
    ends_in_point: bool,
}

/// Reads `3/1`, `3.1`, `1.3.`, `03-01`, `3월 1일`.
fn numbers(text: &str) -> Option<Numbers> {
    static NUMBERS: OnceLock<Option<Regex>> = OnceLock::new();
    let source = r"^(\d{1,2})(\s?)([-/.]|[月월])(\s?)(\d{1,2})(\.|[日일号])?$";
    let c = compiled(&NUMBERS, source)?.captures(text)?;
    let part = |group: usize| c.get(group).map_or("", |part| part.as_str());
    Some(Numbers {
        first: field(&c, 1)?,
        second: field(&c, 5)?,
        says_order: !matches!(part(3), "/" | "."),
        ends_in_point: (part(2), part(3), part(4), part(6)) == ("", ".", "", "."),
    })
}

impl Numbers {
    fn in_order(&self, order: Order) -> Option<(u32, u32)> {
        let (month, day) = match order {
            Order::MonthFirst => (self.first, self.second),
            Order::DayFirst => (self.second, self.first),
        };
        date(2028, month, day).is_ok().then_some((month, day))
    }

    /// The days of the year that they can be, that with the month first before the other.
    fn either(&self) -> Vec<(u32, u32)> {
        let month_first = self.in_order(Order::MonthFirst);
        let day_first = self.in_order(Order::DayFirst);
        if self.ends_in_point {
            day_first.or(month_first).into_iter().collect()
        } else if self.says_order || month_first == day_first {
            month_first.or(day_first).into_iter().collect()
        } else {
            month_first.into_iter().chain(day_first).collect()
        }
    }
}

/// `24.12. - 26.12.2026`, `24.-26.12.2026`, `dec 24-26, 2026`: the year stands at the end alone.
pub(super) fn year_at_the_end(
    from: &str,
    until: &str,
    order: Order,
) -> Option<(Option<GuessedPoint>, Option<GuessedPoint>)> {
    static ENDS: OnceLock<Option<Regex>> = OnceLock::new();
    static DAY: OnceLock<Option<Regex>> = OnceLock::new();
    let from = from.trim();
    let days = |first: NaiveDate, last: NaiveDate| {
        (first <= last).then_some((Some(GuessedPoint::Day(first)), Some(GuessedPoint::Day(last))))
    };
    let without = month_and_day(from, order_of(until, order));
    // `dec 24` and `26, 2026`
    if let Some((month, day)) = without
        && let Some(c) =
            compiled(&ENDS, r"^(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})$")?.captures(until)
    {
        let (last, year) = (field(&c, 1)?, field(&c, 2)?);
        return days(date(year, month, day).ok()?, date(year, month, last).ok()?);
    }
    let Date::One(Ok(last)) = leading(until, Some(order)).filter(|(_, rest)| rest.is_empty())?.0
    else {
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

/// Whether the text is month and day in numbers, of which the sign between them says which is
/// which: `03-01`.
pub(super) fn says_month_first(text: &str) -> bool {
    numbers(text).is_some_and(|n| n.says_order && n.in_order(Order::MonthFirst).is_some())
}

/// Month and day without a year, in this order where they are numbers.
pub(super) fn month_and_day(text: &str, order: Order) -> Option<(u32, u32)> {
    if let Some(numbers) = weekday::split(text).and_then(|(text, _)| numbers(&text)) {
        return numbers.in_order(order);
    }
    match without_year(text) {
        Guessed::NoYear(days) => days.first().copied(),
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
pub(super) fn end_without_year(start: NaiveDate, text: &str, order: Order) -> Option<NaiveDate> {
    let (text, weekdays) = weekday::split(text)?;
    let end = end_alone(start, &text, order)?;
    weekdays.iter().all(|weekday| weekday.may_be(end)).then_some(end)
}

fn end_alone(start: NaiveDate, text: &str, order: Order) -> Option<NaiveDate> {
    static DAY: OnceLock<Option<Regex>> = OnceLock::new();
    let day = compiled(&DAY, r"^(\d{1,2})(?:st|nd|rd|th|\.|[日일号])?$")?.captures(text);
    if let Some(day) = day.and_then(|c| field(&c, 1)) {
        return start.with_day(day).filter(|end| *end >= start);
    }
    let (month, day) = month_and_day(text, order)?;
    [start.year(), start.year() + 1]
        .into_iter()
        .filter_map(|year| NaiveDate::from_ymd_opt(year, month, day))
        .find(|end| *end >= start)
}
