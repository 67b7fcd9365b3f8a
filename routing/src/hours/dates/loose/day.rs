//! Dates as people write them.

use std::sync::OnceLock;

use chrono::{Datelike, Months, NaiveDate, TimeDelta, Weekday};
use regex_lite::Regex;

use super::super::read::date;
use super::guessed::{Guess, Guessed, Point};
use super::time::{self, compiled, field};
use crate::hours::names::folded;

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
const DAY_NAMED: &str = r"^(\d{1,2})(?:st|nd|rd|th|er|\.)?[\s-]*(?:of\s+|de\s+)?([a-zà-ÿ]{3,10})\.?,?[\s-]*(?:de\s+|del\s+)?(\d{4})";
const NAMED_DAY: &str = r"^([a-zà-ÿ]{3,10})\.?\s*(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})";
const YEAR_NAMED: &str = r"^(\d{4})[\s-]*([a-zà-ÿ]{3,10})\.?[\s-]*(\d{1,2})(?:st|nd|rd|th)?";
const WEEKDAY: &str = r"^(?:el\s+|le\s+)?(?:lunes|lundi|luned[iì]|lun?|martes|mardi|marted[iì]|ma|mi[eé]rcoles|mercredi|mercoled[iì]|mi[eé]|mer?|jueves|jeudi|gioved[iì]|jueves|jue?|jeu?|gio?|viernes|vendredi|venerd[iì]|vie?|ven?|s[aá]bado|samedi|sabato|s[aá]b|sam|domingo|dimanche|domenica|dom|dim|(?:segunda|ter[cç]a|quarta|quinta|sexta)(?:-feira)?|seg|ter|qua|qui|sex|(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|mo|di|mi|do|fr|sa|so)[.,]*\s+";

static YEAR_FIRST_RE: OnceLock<Option<Regex>> = OnceLock::new();
static DIGITS_RE: OnceLock<Option<Regex>> = OnceLock::new();
static YEAR_LAST_RE: OnceLock<Option<Regex>> = OnceLock::new();
static DAY_NAMED_RE: OnceLock<Option<Regex>> = OnceLock::new();
static NAMED_DAY_RE: OnceLock<Option<Regex>> = OnceLock::new();
static YEAR_NAMED_RE: OnceLock<Option<Regex>> = OnceLock::new();
static WEEKDAY_RE: OnceLock<Option<Regex>> = OnceLock::new();
static REMARK_RE: OnceLock<Option<Regex>> = OnceLock::new();

/// Reads a date, with a time behind it or without; `None` = it is something else.
pub(super) fn read(text: &str) -> Option<Found> {
    // `2026-11-24 (Tue)`. Anything else in brackets may say what part of the day is meant.
    let remark = compiled(&REMARK_RE, r"\s*\(([^()]{1,12})\)")?;
    let text = remark.replace_all(text, |found: &regex_lite::Captures<'_>| {
        let inside = found.get(1).map(|inside| inside.as_str().trim()).unwrap_or_default();
        let whole = found.get(0).map(|whole| whole.as_str()).unwrap_or_default();
        if is_weekday(inside) { String::new() } else { whole.to_owned() }
    });
    let weekday = compiled(&WEEKDAY_RE, WEEKDAY)?;
    let text = weekday.replace(text.trim(), "");
    // `2026-11-24 tue`
    let behind = text.rsplit_once(' ').filter(|(_, word)| is_weekday(word));
    let text = behind.map_or(text.as_ref(), |(date, _)| date).to_owned();
    if let Some(day) = excel(&text) {
        return Some(Found::Excel(day));
    }
    // `mar 24 dic 2026` is a Tuesday, where it is no March.
    let without_mar = text.strip_prefix("mar").map(|rest| rest.trim_start_matches(['.', ',', ' ']));
    let (date, rest) = leading(&text).or_else(|| leading(without_mar?))?;
    let rest = rest.trim();
    let with_time = |day: NaiveDate| match rest {
        "" => Some(Point::Day(day)),
        rest => time::on(day, rest).map(Point::Time),
    };
    match date {
        Date::One(Ok(day)) => with_time(day).map(Found::Point),
        Date::One(Err(why)) => with_time(NaiveDate::default()).map(|_| Found::Impossible(why)),
        Date::Either(one, other) => Some(Found::Either(with_time(one)?, with_time(other)?)),
    }
}

/// The date that the text begins with, and what follows.
fn leading(text: &str) -> Option<(Date, &str)> {
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
        return Some((day_and_month(year, first, second, dots), after(&c)));
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
    static SHORT: OnceLock<Option<Regex>> = OnceLock::new();
    static NUMBERS: OnceLock<Option<Regex>> = OnceLock::new();
    static NAMED: OnceLock<Option<Regex>> = OnceLock::new();
    let short = r"^(?:'?\d{2}[-/. ]{1,2}\d{1,2}[-/. ]{1,2}\d{1,2}|\d{1,2}[-/. ]{1,2}\d{1,2}[-/. ]{1,2}'?\d{2})\.?(?:$|\s)";
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

/// Whether the text is a day of the week, or of every week.
pub(super) fn is_weekday(text: &str) -> bool {
    static RE: OnceLock<Option<Regex>> = OnceLock::new();
    let source = r"^(?:every |each |jeden |매주\s*|每周|每週|毎週|逢)?(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:days?)?|montags?|dienstags?|mittwochs?|donnerstags?|freitags?|samstags?|sonntags?|lunes|lundis?|luned[iì]|lun|martes|mardis?|marted[iì]|mi[eé]rcoles|mercredis?|mercoled[iì]|mi[eé]|mer|jueves|jeudis?|gioved[iì]|jue|jeu|gio|viernes|vendredis?|venerd[iì]|vie|ven|s[aá]bados?|samedis?|sabato|s[aá]b|sam|domingos?|dimanches?|domenica|dom|dim|(?:segunda|ter[cç]a|quarta|quinta|sexta)(?:-feira)?|mo|tu|we|th|fr|sa|su|[월화수목금토일](?:요일)?(?:마다)?|(?:周|週|星期|礼拜)?[一二三四五六日天]|[月火水木金土日]曜日?)$";
    compiled(&RE, source).is_some_and(|weekday| weekday.is_match(text))
}

/// `24.12. - 26.12.2026`, `24.-26.12.2026`, `dec 24-26, 2026`: the year stands at the end alone.
pub(super) fn year_at_the_end(from: &str, until: &str) -> Option<(Option<Point>, Option<Point>)> {
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
    let Date::One(Ok(last)) = leading(until).filter(|(_, rest)| rest.is_empty())?.0 else {
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
    static DAY: OnceLock<Option<Regex>> = OnceLock::new();
    let c = compiled(&DAY, r"^(\d{1,2})(?:st|nd|rd|th|\.|[日일号])?$")?.captures(text)?;
    let last = field(&c, 1)?;
    (last > day && date(2028, month, last).is_ok()).then_some((month, last))
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
