//! Ranges as people write them.

use chrono::{NaiveDate, NaiveTime, TimeDelta};

use super::day::{Order, order_of, point, point_in};
use super::guessed::{Guess, Guessed, GuessedPoint, Half, YearlyRange};
use super::no_year;
use super::time;
use super::words::{AFTER, BEFORE, BETWEEN, FROM, NEXT_DAY, ONWARDS, UNTIL, UP_TO};

/// What a text that is a range was meant to be; where day and month could be either, both.
pub(super) fn guess(text: &str) -> Option<Guessed> {
    if let Some(guess) = of_its_day(text) {
        return Some(Guessed::One(guess));
    }
    // `2026-12-24 from 13:00 to 18:00`
    let plain = AFTER.iter().find_map(|word| {
        let (date, times) = text.split_once(&format!(" {word}"))?;
        matches!(point(date)?, GuessedPoint::Day(_)).then(|| format!("{date} {times}"))
    });
    let text = plain.as_deref().unwrap_or(text);
    match [Order::MonthFirst, Order::DayFirst].map(|order| range(text, order)) {
        [Some(one), Some(other)] if one != other => {
            Some(Guessed::Either(Guess::Range(one.0, one.1), Guess::Range(other.0, other.1)))
        }
        [Some((from, until)), _] | [None, Some((from, until))] => {
            Some(one_range(text, from, until))
        }
        [None, None] => reversed(text),
    }
}

fn one_range(text: &str, from: Option<GuessedPoint>, until: Option<GuessedPoint>) -> Guessed {
    let guess = Guess::Range(from, until);
    if let (Some(first @ GuessedPoint::Day(day)), Some(last @ GuessedPoint::Day(end))) =
        (from, until)
        && text.contains(" / ")
        && (end - day).num_days() > 1
    {
        return Guessed::Apart(first, last);
    }
    if let Some(day) = time::unsure_at_twelve(text, from, until) {
        return Guessed::HalfDay(day, Half::Either);
    }
    match time::of_twelve_hours(text, from, until) {
        Some((from, until)) => Guessed::Either(Guess::Range(Some(from), Some(until)), guess),
        None => Guessed::One(guess),
    }
}

/// `2026-12-24 from 13:00`, `2026-12-24 until 13:00`: the hours of that day.
fn of_its_day(text: &str) -> Option<Guess> {
    let (date, rest) = text.split_once(' ')?;
    let GuessedPoint::Day(day) = point(date)? else { return None };
    let at = |words: &[&str]| {
        let time = words.iter().find_map(|word| rest.strip_prefix(word))?;
        time::on(day, time)
    };
    let midnight = |day: NaiveDate| day.and_time(NaiveTime::MIN);
    let (from, until) = match at(AFTER) {
        Some(from) => (from, midnight(day.succ_opt()?)),
        None => (midnight(day), at(BEFORE)?),
    };
    (from < until)
        .then_some(Guess::Range(Some(GuessedPoint::Time(from)), Some(GuessedPoint::Time(until))))
}

/// `12-24..12-26`, `12/24 ~ 12/26`, `12-25 13:00..18:00`: of which year?
pub(super) fn without_year(text: &str) -> Option<Guessed> {
    let day = |text: &str| match no_year::without_year(text.trim()) {
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
    let mut ranges: Vec<YearlyRange> = Vec::new();
    for order in [Order::MonthFirst, Order::DayFirst] {
        ranges.extend(yearly(text, order).filter(|range| !ranges.contains(range)));
    }
    (!ranges.is_empty()).then_some(Guessed::NoYearRange(ranges))
}

/// A range of days without years, with day and month in this order where they could be either.
fn yearly(text: &str, order: Order) -> Option<YearlyRange> {
    let is_between = text.starts_with("between ");
    let text = whole(text);
    let day = |text: &str| {
        let text = text.trim();
        let is_other = order == Order::DayFirst && no_year::says_month_first(text);
        no_year::month_and_day(text, order).filter(|_| !is_other)
    };
    for between in BETWEEN.iter().filter(|word| is_between || **word != " and ") {
        for (at, _) in text.match_indices(between) {
            let (Some(from), Some(until)) = (text.get(..at), text.get(at + between.len()..)) else {
                continue;
            };
            let (first, last) = (day(from), day(until));
            let range = match (first, last) {
                (Some(first), None) => (Some(first), no_year::day_after(first, until.trim())),
                // `24-26 Dec`
                (None, Some(last)) => (no_year::day_before(from.trim(), last), Some(last)),
                both => both,
            };
            if let (Some(first), Some(last)) = range {
                return Some((first, last));
            }
        }
    }
    None
}

/// A range without the words before its beginning and behind its end.
fn whole(text: &str) -> String {
    let text = FROM.iter().find_map(|word| text.strip_prefix(word)).unwrap_or(text).trim();
    UP_TO.iter().find_map(|word| text.strip_suffix(word)).unwrap_or(text).trim().to_owned()
}

/// A range with day and month in this order, where they could be either.
fn range(text: &str, order: Order) -> Option<(Option<GuessedPoint>, Option<GuessedPoint>)> {
    let whole_date = |text: &str| point_in(text, Some(order));
    let without = |text: &'_ str, words: &[&str]| -> Option<String> {
        words.iter().find_map(|word| text.strip_prefix(word)).map(|rest| rest.trim().to_owned())
    };
    let before = |text: &'_ str, words: &[&str]| -> Option<String> {
        words.iter().find_map(|word| text.strip_suffix(word)).map(|rest| rest.trim().to_owned())
    };
    let is_between = text.starts_with("between ");
    let whole = whole(text);
    for between in BETWEEN.iter().filter(|word| is_between || **word != " and ") {
        for (at, _) in whole.match_indices(between) {
            let (Some(from), Some(until)) = (whole.get(..at), whole.get(at + between.len()..))
            else {
                continue;
            };
            if let Some(range) = no_year::year_at_the_end(from, until.trim(), order) {
                return Some(range);
            }
            if let Some(from) = whole_date(from)
                && let Some(until) = end_after(from, until.trim(), whole.get(..at)?, order)
            {
                return is_forward(from, until).then_some((Some(from), Some(until)));
            }
        }
    }
    if let Some(from) = without(text, FROM).or_else(|| before(text, ONWARDS)) {
        return whole_date(&from).map(|from| (Some(from), None));
    }
    let until = without(text, UNTIL).or_else(|| before(text, UP_TO))?;
    whole_date(&until).map(|until| (None, Some(until)))
}

/// Two whole dates or times of which the second is earlier.
fn reversed(text: &str) -> Option<Guessed> {
    let text = whole(text);
    BETWEEN.iter().filter(|word| **word != " and ").find_map(|between| {
        text.match_indices(between).find_map(|(at, _)| {
            let from = point(text.get(..at)?)?;
            let until = point(text.get(at + between.len()..)?)?;
            (until.date() < from.date()).then_some(Guessed::Reversed(from, until))
        })
    })
}

/// Whether something lies between the two.
fn is_forward(from: GuessedPoint, until: GuessedPoint) -> bool {
    match (from, until) {
        (GuessedPoint::Time(from), GuessedPoint::Time(until)) => from < until,
        // A day as the end is included.
        (from, until) => from.date() <= until.date(),
    }
}

/// The end of a range, of which the day, the month and the year may go without saying.
fn end_after(
    from: GuessedPoint,
    text: &str,
    from_text: &str,
    order: Order,
) -> Option<GuessedPoint> {
    if let Some(point) = point_in(text, Some(order)) {
        return Some(point);
    }
    // The end is in the order of the beginning.
    let order = order_of(from_text, order);
    // `12-26 18:00`
    let with_time = text.match_indices(' ').find_map(|(at, _)| {
        let (day, time) = (text.get(..at)?, text.get(at..)?.trim());
        // `3. 5.` is a day.
        let is_number = time.bytes().all(|b| matches!(b, b'0'..=b'9' | b'.'));
        let day = no_year::end_without_year(from.date(), day, order).filter(|_| !is_number)?;
        time::on(day, time)
    });
    if let Some(time) = with_time {
        return Some(GuessedPoint::Time(time));
    }
    match from {
        GuessedPoint::Time(start) => {
            // `22시~익일 6시`
            if let Some(time) = NEXT_DAY.iter().find_map(|word| text.strip_prefix(word)) {
                return time::on(start.date().succ_opt()?, time).map(GuessedPoint::Time);
            }
            // `1-6pm` may mean 13:00.
            if time::says_half_of_day(text) && !time::says_half_of_day(from_text) {
                return None;
            }
            let end = time::on(start.date(), text)?;
            if end > start {
                return Some(GuessedPoint::Time(end));
            }
            // `오후 1시~6시`: the same half of the day, or the one after it.
            let later = end + TimeDelta::hours(12);
            if time::says_half_of_day(from_text) && !time::says_half_of_day(text) && later > start {
                return Some(GuessedPoint::Time(later));
            }
            time::on(start.date().succ_opt()?, text).map(GuessedPoint::Time)
        }
        GuessedPoint::Day(start) => {
            no_year::end_without_year(start, text, order).map(GuessedPoint::Day)
        }
    }
}
