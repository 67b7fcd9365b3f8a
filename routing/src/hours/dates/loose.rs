//! What a text that is no date was probably meant to be. Used for messages alone: nothing that is
//! guessed is ever in force.

mod day;
mod feasts;
mod guessed;
mod no_year;
mod ranges;
mod time;
mod weekday;
mod words;

use chrono::NaiveDate;
use day::{Order, WholeDate, point};
use feasts::FEASTS;
pub(super) use guessed::{Guess, Guessed, GuessedPoint, Half, YearlyRange};
use words::{HALVES, HOLIDAYS, OFF, TODAY, WHOLE, YEARLY};

/// Longest text that is guessed at, in characters.
const LONGEST: usize = 80;

/// Guesses what cleaned text was meant to be.
pub(super) fn guess(text: &str) -> Guessed {
    if text.chars().count() > LONGEST {
        return Guessed::Nothing;
    }
    let text = text.to_lowercase();
    let text = text.trim_matches(['"', '\'', '`', '“', '”', ',', ';', '[', ']', ' ']);
    if let Some(guessed) = alone(text) {
        return guessed;
    }
    if let Some((dates, first, last)) = weekday::split_range(text) {
        return match guess(dates) {
            Guessed::One(Guess::Range(
                Some(GuessedPoint::Day(from)),
                Some(GuessedPoint::Day(until)),
            )) if !(first.may_be(from) && last.may_be(until)) => Guessed::Nothing,
            guessed => guessed,
        };
    }
    if let Some(rest) = without_note(text) {
        return guess(&rest);
    }
    if TODAY.iter().any(|word| text.starts_with(word)) {
        return Guessed::Word;
    }
    if let Some((rest, zone)) = split_zone(text)
        && let Some(Guessed::One(guess)) = alone(rest).or_else(|| ranges::guess(rest))
    {
        return Guessed::Zone(guess, zone.to_owned());
    }
    if [",", ";", "、", "&", " and ", " und ", " "].iter().any(|between| are_several(text, between))
    {
        return Guessed::Several;
    }
    if let Some(guessed) = day::month_alone(text).or_else(|| half_day(text)) {
        return guessed;
    }
    if weekday::is_weekday(text) {
        return Guessed::Weekday;
    }
    if HOLIDAYS.contains(&text) {
        return Guessed::Holidays;
    }
    if let Some(guessed) = ranges::guess(text) {
        return guessed;
    }
    if time::is_time_or_times(text) {
        return Guessed::NoDate;
    }
    match no_year::without_year(text) {
        Guessed::Nothing => ranges::without_year(text).unwrap_or(Guessed::Nothing),
        guessed => guessed,
    }
}

/// The text without a word that only says why somebody is away or something is closed:
/// `휴가: 2026-12-24~26`, `12/25: Christmas Day`, `5/5(어린이날)`.
fn without_note(text: &str) -> Option<String> {
    let rest = |rest: &str| rest.trim_matches([' ', ':', '-', ',', '(', ')']).to_owned();
    let is_dated = |text: &String| text.contains(|c: char| c.is_ascii_digit());
    OFF.iter().chain(FEASTS).find_map(|word| {
        let before = text.strip_prefix(word).filter(|rest| rest.starts_with([' ', ':', '(']));
        let behind = text.strip_suffix(word).filter(|rest| rest.ends_with([' ', ':']));
        let inside = text.strip_suffix(')').and_then(|text| text.strip_suffix(word));
        let inside = inside.filter(|rest| rest.ends_with('('));
        before.or(behind).or(inside).map(rest).filter(is_dated)
    })
}

/// The day that a number alone is, behind a day of the same month: `25` in `2026-12-24, 25`.
pub(super) fn day_behind(day: NaiveDate, text: &str) -> Option<NaiveDate> {
    let read = |order| no_year::end_without_year(day, text, order);
    match [Order::MonthFirst, Order::DayFirst].map(read) {
        [Some(one), Some(other)] if one != other => None,
        [one, other] => one.or(other),
    }
}

/// A day of the week that is named by its number: `2026-W48`.
pub(super) fn week(text: &str) -> Option<NaiveDate> {
    day::first_of_week(&text.to_lowercase())
}

/// A date or time alone.
fn alone(text: &str) -> Option<Guessed> {
    Some(match day::read(text, None)? {
        WholeDate::Point(point) => Guessed::One(point.into()),
        WholeDate::Either(one, other) => Guessed::Either(one.into(), other.into()),
        WholeDate::Excel(day) => Guessed::Excel(Guess::Day(day)),
        WholeDate::Impossible(why) => Guessed::Impossible(why),
    })
}

fn are_several(text: &str, between: &str) -> bool {
    !text.starts_with("between ")
        && text.split_once(between).is_some_and(|(one, other)| {
            // `2026-12-24, 26`
            let is_day = between != " " && other.trim().bytes().all(|b| b.is_ascii_digit());
            point(one).is_some() && (is_day || point(other).is_some())
        })
}

/// `2026-11-24 오후`, `2026-11-24 afternoon`: from when to when?
fn half_day(text: &str) -> Option<Guessed> {
    let (date, half) = text.split_once(' ')?;
    match point(date)? {
        GuessedPoint::Day(day) => {
            let word = half.trim();
            let half = HALVES.iter().find(|(known, _)| *known == word);
            let is_whole = WHOLE.contains(&word) || is_off(word);
            match half {
                Some((_, half)) => Some(Guessed::HalfDay(day, *half)),
                None => is_whole.then_some(Guessed::One(Guess::Day(day))),
            }
        }
        GuessedPoint::Time(_) => None,
    }
}

/// Whether the text only says that somebody is away, or something is closed: `휴무`, `(sick)`.
pub(super) fn is_off(text: &str) -> bool {
    let bare = text.strip_prefix('(').and_then(|text| text.strip_suffix(')'));
    let word = bare.unwrap_or(text).trim();
    OFF.contains(&word) || FEASTS.contains(&word)
}

/// What stands behind `every year`; `None` = it does not say so.
pub(super) fn of_every_year(text: &str) -> Option<String> {
    let text = text.to_lowercase();
    YEARLY.iter().find_map(|word| text.strip_prefix(word)).map(|rest| rest.trim().to_owned())
}

/// The hours of a day of every year, as month, day, and the two times: `12/24 13:00~18:00`.
pub(super) fn hours_of_every_year(text: &str) -> Option<((u32, u32), GuessedPoint, GuessedPoint)> {
    let (day, times) = text.split_once(' ')?;
    let Guessed::NoYear(days) = no_year::without_year(day.trim()) else { return None };
    let [(month, day)] = days.as_slice() else { return None };
    // In a year with a 29 February.
    let dated = format!("2028-{month:02}-{day:02} {}", times.trim());
    match guess(&dated) {
        Guessed::One(Guess::Range(
            Some(from @ GuessedPoint::Time(start)),
            Some(until @ GuessedPoint::Time(end)),
        )) if start.date() == end.date() => Some(((*month, *day), from, until)),
        _ => None,
    }
}

/// A zone's name or letters behind a time.
fn split_zone(text: &str) -> Option<(&str, &str)> {
    const ZONES: [&str; 22] = [
        "kst", "jst", "cst", "cet", "cest", "utc", "gmt", "est", "edt", "pst", "pdt", "ist", "sgt",
        "hkt", "msk", "bst", "mez", "mesz", "aest", "mst", "ict", "wib",
    ];
    let (rest, zone) = text.rsplit_once(' ')?;
    let in_brackets = zone.strip_prefix('(').and_then(|zone| zone.strip_suffix(')'));
    let zone = in_brackets.unwrap_or(zone);
    let is_place = zone.split_once('/').is_some_and(|(area, place)| {
        !place.is_empty() && area.len() > 2 && area.bytes().all(|b| b.is_ascii_lowercase())
    });
    // `UTC+9`
    let is_offset = ["utc", "gmt"]
        .iter()
        .any(|utc| zone.strip_prefix(utc).is_some_and(|offset| offset.starts_with(['+', '-'])));
    (is_place || is_offset || ZONES.contains(&zone)).then_some((rest.trim_end(), zone))
}
