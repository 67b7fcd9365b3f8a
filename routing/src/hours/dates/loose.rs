//! What a text that is no date was probably meant to be. Used for messages alone: nothing that is
//! guessed is ever in force.

mod day;
mod guessed;
mod time;
mod words;

use chrono::{NaiveDate, TimeDelta};
use day::Found;
pub(super) use guessed::{Guess, Guessed, Half, Point};
use words::{BETWEEN, FROM, HALVES, HOLIDAYS, OFF, ONWARDS, TODAY, UNTIL, UP_TO, WHOLE, YEARLY};

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
    if TODAY.iter().any(|word| text.starts_with(word)) {
        return Guessed::Word;
    }
    if let Some((rest, _)) = split_zone(text)
        && let Some(Guessed::One(guess)) = alone(rest)
    {
        return Guessed::Zone(guess);
    }
    if [",", ";", "、", "&", " and ", " und ", " "].iter().any(|between| are_several(text, between))
    {
        return Guessed::Several;
    }
    if let Some(guessed) = day::month_alone(text).or_else(|| half_day(text)) {
        return guessed;
    }
    if day::is_weekday(text) {
        return Guessed::Weekday;
    }
    if HOLIDAYS.contains(&text) {
        return Guessed::Holidays;
    }
    if let Some((from, until)) = range(text) {
        let guess = Guess::Range(from, until);
        if let Some(day) = time::unsure_at_twelve(text, from, until) {
            return Guessed::HalfDay(day, Half::Either);
        }
        return match time::of_twelve_hours(text, from, until) {
            Some((from, until)) => Guessed::Either(Guess::Range(Some(from), Some(until)), guess),
            None => Guessed::One(guess),
        };
    }
    if time::is_time_or_times(text) {
        return Guessed::NoDate;
    }
    match day::without_year(text) {
        Guessed::Nothing => range_without_year(text).unwrap_or(Guessed::Nothing),
        guessed => guessed,
    }
}

/// `12-24..12-26`, `12/24 ~ 12/26`, `12-25 13:00..18:00`: of which year?
fn range_without_year(text: &str) -> Option<Guessed> {
    let day = |text: &str| match day::without_year(text.trim()) {
        Guessed::NoYear(days) => days.first().copied(),
        _ => None,
    };
    let has_times = |text: &str| {
        let parts = text.trim().split_once(' ');
        parts.is_some_and(|(first, times)| {
            day(first).is_some() && time::is_time_or_times(times.trim())
        })
    };
    let both = text
        .split_once("..")
        .is_some_and(|(from, until)| has_times(from) && (has_times(until) || day(until).is_some()));
    if has_times(text) || both {
        return Some(Guessed::NoYearTimes);
    }
    for between in BETWEEN {
        for (at, _) in text.match_indices(between) {
            let (Some(from), Some(until)) = (text.get(..at), text.get(at + between.len()..)) else {
                continue;
            };
            let Some(from) = day(from) else { continue };
            let until = day(until).or_else(|| day::day_after(from, until.trim()));
            if let Some(until) = until {
                return Some(Guessed::NoYearRange(from, until));
            }
        }
    }
    None
}

/// The day that a number alone is, behind a day of the same month: `25` in `2026-12-24, 25`.
pub(super) fn day_behind(day: NaiveDate, text: &str) -> Option<NaiveDate> {
    day::end_without_year(day, text)
}

/// A day of the week that is named by its number: `2026-W48`.
pub(super) fn week(text: &str) -> Option<NaiveDate> {
    day::first_of_week(&text.to_lowercase())
}

/// A date or time alone.
fn alone(text: &str) -> Option<Guessed> {
    Some(match day::read(text)? {
        Found::Point(point) => Guessed::One(point.into()),
        Found::Either(one, other) => Guessed::Either(one.into(), other.into()),
        Found::Excel(day) => Guessed::Excel(Guess::Day(day)),
        Found::Impossible(why) => Guessed::Impossible(why),
    })
}

fn point(text: &str) -> Option<Point> {
    match day::read(text.trim())? {
        Found::Point(point) => Some(point),
        Found::Either(..) | Found::Excel(_) | Found::Impossible(_) => None,
    }
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
        Point::Day(day) => {
            let word = half.trim();
            let half = HALVES.iter().find(|(known, _)| *known == word);
            let is_whole = WHOLE.contains(&word) || is_off(word);
            match half {
                Some((_, half)) => Some(Guessed::HalfDay(day, *half)),
                None => is_whole.then_some(Guessed::One(Guess::Day(day))),
            }
        }
        Point::Time(_) => None,
    }
}

/// Whether the text only says that somebody is away, or something is closed: `휴무`, `(sick)`.
pub(super) fn is_off(text: &str) -> bool {
    let bare = text.strip_prefix('(').and_then(|text| text.strip_suffix(')'));
    OFF.contains(&bare.unwrap_or(text).trim())
}

/// What stands behind `every year`; `None` = it does not say so.
pub(super) fn of_every_year(text: &str) -> Option<String> {
    let text = text.to_lowercase();
    YEARLY.iter().find_map(|word| text.strip_prefix(word)).map(|rest| rest.trim().to_owned())
}

/// The hours of a day of every year, as month, day, and the two times: `12/24 13:00~18:00`.
pub(super) fn hours_of_every_year(text: &str) -> Option<((u32, u32), Point, Point)> {
    let (day, times) = text.split_once(' ')?;
    let Guessed::NoYear(days) = day::without_year(day.trim()) else { return None };
    let [(month, day)] = days.as_slice() else { return None };
    // In a year with a 29 February.
    let dated = format!("2028-{month:02}-{day:02} {}", times.trim());
    match guess(&dated) {
        Guessed::One(Guess::Range(
            Some(from @ Point::Time(start)),
            Some(until @ Point::Time(end)),
        )) if start.date() == end.date() => Some(((*month, *day), from, until)),
        _ => None,
    }
}

fn range(text: &str) -> Option<(Option<Point>, Option<Point>)> {
    let without = |text: &'_ str, words: &[&str]| -> Option<String> {
        words.iter().find_map(|word| text.strip_prefix(word)).map(|rest| rest.trim().to_owned())
    };
    let before = |text: &'_ str, words: &[&str]| -> Option<String> {
        words.iter().find_map(|word| text.strip_suffix(word)).map(|rest| rest.trim().to_owned())
    };
    let whole = without(text, FROM).unwrap_or_else(|| text.to_owned());
    let whole = before(&whole, UP_TO).unwrap_or(whole);
    for between in BETWEEN {
        for (at, _) in whole.match_indices(between) {
            let (Some(from), Some(until)) = (whole.get(..at), whole.get(at + between.len()..))
            else {
                continue;
            };
            if let Some(range) = day::year_at_the_end(from, until.trim()) {
                return Some(range);
            }
            if let Some(from) = point(from)
                && let Some(until) = end_after(from, until.trim(), whole.get(..at)?)
            {
                return is_forward(from, until).then_some((Some(from), Some(until)));
            }
        }
    }
    if let Some(from) = without(text, FROM).or_else(|| before(text, ONWARDS)) {
        return point(&from).map(|from| (Some(from), None));
    }
    let until = without(text, UNTIL).or_else(|| before(text, UP_TO))?;
    point(&until).map(|until| (None, Some(until)))
}

/// Whether something lies between the two.
fn is_forward(from: Point, until: Point) -> bool {
    match (from, until) {
        (Point::Time(from), Point::Time(until)) => from < until,
        // A day as the end is included.
        (from, until) => from.date() <= until.date(),
    }
}

/// The end of a range, of which the day, the month and the year may go without saying.
fn end_after(from: Point, text: &str, from_text: &str) -> Option<Point> {
    if let Some(point) = point(text) {
        return Some(point);
    }
    match from {
        Point::Time(start) => {
            // `1-6pm` may mean 13:00.
            if time::says_half_of_day(text) && !time::says_half_of_day(from_text) {
                return None;
            }
            let end = time::on(start.date(), text)?;
            if end > start {
                return Some(Point::Time(end));
            }
            // `오후 1시~6시`: the same half of the day, or the one after it.
            let later = end + TimeDelta::hours(12);
            if time::says_half_of_day(from_text) && !time::says_half_of_day(text) && later > start {
                return Some(Point::Time(later));
            }
            time::on(start.date().succ_opt()?, text).map(Point::Time)
        }
        Point::Day(start) => day::end_without_year(start, text).map(Point::Day),
    }
}

/// A zone's name or letters behind a time.
fn split_zone(text: &str) -> Option<(&str, &str)> {
    const ZONES: [&str; 22] = [
        "kst", "jst", "cst", "cet", "cest", "utc", "gmt", "est", "edt", "pst", "pdt", "ist", "sgt",
        "hkt", "msk", "bst", "mez", "mesz", "aest", "mst", "ict", "wib",
    ];
    let (rest, zone) = text.rsplit_once(' ')?;
    let is_place = zone.split_once('/').is_some_and(|(area, place)| {
        !place.is_empty() && area.len() > 2 && area.bytes().all(|b| b.is_ascii_lowercase())
    });
    (is_place || ZONES.contains(&zone)).then_some((rest.trim_end(), zone))
}
