//! Hours of a row, read out of its JSON anew for each question, and looked at day by day.

use chrono::{Datelike, NaiveDate, NaiveDateTime, TimeDelta, Weekday};
use serde_json::Value;

use super::clock::{at, instant, is_holiday, local, monday};
use super::world::World;

/// Minutes from midnight: from, until.
type Window = (i64, i64);

fn texts(value: &Value) -> Vec<&str> {
    match value {
        Value::String(text) => vec![text],
        Value::Array(entries) => entries.iter().map(|entry| entry.as_str().unwrap()).collect(),
        other => panic!("{other}"),
    }
}

fn zone<'a>(world: &'a World, row: &'a Value) -> &'a str {
    row["TimeZone"].as_str().unwrap_or(world.zone)
}

/// Whether a row's `Hours` or `Shifts` are open.
pub(crate) fn is_open(world: &World, row: &Value, attribute: &str, now: i64) -> bool {
    open_by(world, row, row, &row[attribute], now)
}

/// Whether hours in a map of conditions are open; zone and country are the rule's.
pub(crate) fn is_open_for_rule(world: &World, rule: &Value, hours: &Value, now: i64) -> bool {
    open_by(world, rule, &Value::Null, hours, now)
}

/// `row` gives zone and country, `except` the dates that differ.
fn open_by(world: &World, row: &Value, except: &Value, hours: &Value, now: i64) -> bool {
    let here = zone(world, row);
    let clock = local(here, now);
    if closed_now(except, here, now) {
        return false;
    }
    let own: Vec<&str> = if hours.is_null() {
        vec!["24/7"]
    } else {
        texts(hours).into_iter().filter(|text| !text.starts_with('@')).collect()
    };
    let country = row["HolidayCountry"].as_str().unwrap_or(world.country);
    if inside(clock, |date| starting(except, &own, country, date)).next().is_some() {
        return true;
    }
    let calendars = texts_or_none(hours).into_iter().filter_map(|text| text.strip_prefix('@'));
    for name in calendars {
        let calendar = world.calendar(name);
        if !is_open(world, calendar, "Hours", now) {
            continue;
        }
        let there = zone(world, calendar);
        let windows = |date| calendar_starting(world, calendar, date);
        for (date, window) in inside(local(there, now), windows) {
            let belongs = if there == here {
                date
            } else if is_long(date, window, windows) {
                clock.date()
            } else {
                local(here, instant(there, at(date, window.0))).date()
            };
            if has_usual_hours(except, belongs) {
                return true;
            }
        }
    }
    false
}

fn texts_or_none(value: &Value) -> Vec<&str> {
    if value.is_null() { Vec::new() } else { texts(value) }
}

fn calendar_starting(world: &World, calendar: &Value, date: NaiveDate) -> Vec<Window> {
    let country = calendar["HolidayCountry"].as_str().unwrap_or(world.country);
    starting(calendar, &texts(&calendar["Hours"]), country, date)
}

/// The windows that started today or yesterday and are not over yet, with their dates.
fn inside(
    clock: NaiveDateTime,
    starting: impl Fn(NaiveDate) -> Vec<Window>,
) -> impl Iterator<Item = (NaiveDate, Window)> {
    let mut found = Vec::new();
    for date in [clock.date(), clock.date().pred_opt().unwrap()] {
        for window in starting(date) {
            if at(date, window.0) <= clock && clock < at(date, window.1) {
                found.push((date, window));
            }
        }
    }
    found.into_iter()
}

/// Whether the windows before and after this one make it longer than a day, minute by minute.
fn is_long(date: NaiveDate, window: Window, starting: impl Fn(NaiveDate) -> Vec<Window>) -> bool {
    let mut open = vec![false; 6 * 1440];
    for days in 0..5 {
        let date = date + TimeDelta::days(days - 2);
        for (from, until) in starting(date) {
            for minute in from..until {
                open[usize::try_from(days * 1440 + minute).unwrap()] = true;
            }
        }
    }
    let start = usize::try_from(2 * 1440 + window.0).unwrap();
    let before = open[..start].iter().rev().take_while(|open| **open).count();
    let after = open[start..].iter().take_while(|open| **open).count();
    before + after > 1440
}

/// The windows that start on a date.
fn starting(row: &Value, texts: &[&str], country: &str, date: NaiveDate) -> Vec<Window> {
    let special = &row["SpecialDates"][date.to_string()];
    if let Some(text) = special.as_str() {
        return of_text(text, country, date);
    }
    if !has_usual_hours(row, date) {
        return Vec::new();
    }
    texts.iter().flat_map(|text| of_text(text, country, date)).collect()
}

/// Whether a date has the usual hours: neither closed nor special, and in a week that counts.
fn has_usual_hours(row: &Value, date: NaiveDate) -> bool {
    if row["SpecialDates"].get(date.to_string()).is_some() {
        return false;
    }
    if let Some(every) = row["EveryWeeks"].as_i64() {
        let first: NaiveDate = row["FirstWeek"].as_str().unwrap().parse().unwrap();
        let weeks = (monday(date) - monday(first)).num_days() / 7;
        if weeks % every != 0 {
            return false;
        }
    }
    let mut closed = texts_or_none(&row["ClosedDates"]).into_iter().filter(|e| !e.contains(' '));
    !closed.any(|entry| {
        let (first, last) = entry.split_once("..").unwrap_or((entry, entry));
        if first.len() == 5 {
            let date = date.format("%m-%d").to_string();
            let (first, last) = (first.to_owned(), last.to_owned());
            if first <= last {
                first <= date && date <= last
            } else {
                first <= date || date <= last
            }
        } else {
            let date = date.to_string();
            first <= date.as_str() && date.as_str() <= last
        }
    })
}

/// Whether one of `ClosedDates` with times closes these hours: `2026-11-25 13:00..18:00`, or
/// `12-24 13:00..18:00` of every year.
fn closed_now(row: &Value, zone: &str, now: i64) -> bool {
    texts_or_none(&row["ClosedDates"]).into_iter().filter(|e| e.contains(' ')).any(|entry| {
        let (date, times) = entry.split_once(' ').unwrap();
        let (from, until) = times.split_once("..").unwrap();
        let date = if date.len() == 5 {
            format!("{}-{date}", local(zone, now).year())
        } else {
            date.to_owned()
        };
        let date: NaiveDate = date.parse().unwrap();
        let end = |text| instant(zone, at(date, minute(text)));
        end(from) <= now && now < end(until)
    })
}

/// Minutes of `09:30`.
pub(crate) fn minute(text: &str) -> i64 {
    let (hours, minutes) = text.split_once(':').unwrap();
    hours.parse::<i64>().unwrap() * 60 + minutes.parse::<i64>().unwrap()
}

/// The windows of a text that start on a date: of the parts between `;`, the last that names the
/// date counts.
fn of_text(text: &str, country: &str, date: NaiveDate) -> Vec<Window> {
    let mut windows = Vec::new();
    for part in text.split("; ") {
        let words: Vec<&str> = part.split(' ').collect();
        let (days, times) = words.split_at(words.len() - 1);
        if !days.iter().all(|word| names(word, days, country, date)) {
            continue;
        }
        windows = match times[0] {
            "off" => Vec::new(),
            "24/7" => vec![(0, 1440)],
            times => times.split(',').map(window).collect(),
        };
    }
    windows
}

fn window(text: &str) -> Window {
    let (from, until) = text.split_once('-').unwrap();
    let (from, until) = (minute(from), minute(until));
    (from, if until <= from { until + 1440 } else { until })
}

const WEEKDAYS: [&str; 7] = ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"];
const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// Whether a date is of a word before the times: `Mo-Fr,PH`, `Nov-Mar`, or the `week` and `50-53`
/// of a range of weeks.
fn names(word: &str, words: &[&str], country: &str, date: NaiveDate) -> bool {
    if word == "week" {
        return true;
    }
    if words.first() == Some(&"week") && word.starts_with(|c: char| c.is_ascii_digit()) {
        let (first, last) = word.split_once('-').unwrap();
        let week = date.iso_week().week();
        return first.parse::<u32>().unwrap() <= week && week <= last.parse().unwrap();
    }
    let weekday = (date.weekday() as usize - Weekday::Mon as usize) % 7;
    let month = date.month0() as usize;
    word.split(',').any(|entry| {
        let (first, last) = entry.split_once('-').unwrap_or((entry, entry));
        if entry == "PH" {
            return is_holiday(country, date);
        }
        let between = |list: &[&str], value: usize| {
            let place = |name: &str| list.iter().position(|known| *known == name);
            let (Some(first), Some(last)) = (place(first), place(last)) else { return false };
            // Day by day from the first on, over the end of the week or year.
            let mut own = first;
            loop {
                if own == value {
                    return true;
                }
                if own == last {
                    return false;
                }
                own = (own + 1) % list.len();
            }
        };
        between(&WEEKDAYS, weekday) || between(&MONTHS, month)
    })
}
