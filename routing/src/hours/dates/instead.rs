//! What to write instead of a date that cannot be read.

mod ends;
mod written;
mod yearly;
mod zoned;

use chrono::{NaiveDate, NaiveTime};

use super::clean::clean;
use super::loose::{self, Guess, Guessed, Half};
use super::read::Wrong;
use crate::hours::zone::Zone;
pub(super) use ends::{
    a_year_later, of_last_minute, of_night, of_reversed, of_reversed_ends, of_time_alone,
};
use written::{is_last_minute, written};
pub(super) use yearly::{
    expected_closed, of_month_and_day, of_most_of_a_year, of_yearly, of_yearly_night,
};

const POINT: &str = "expected a date `2026-12-24`, a time `2026-12-24 13:00`, or RFC 3339";
const DAY: &str = "expected a date such as `2026-12-24`";
const RANGE: &str = "expected dates or times such as `2026-12-24`, `2026-12-24..2026-12-26` or \
    `2026-11-24 13:00..18:00`";

/// Instead of a date or time where something begins.
pub(super) fn of_start(text: &str, wrong: &Wrong, zone: Zone) -> String {
    of_point(text, wrong, zone, Side::Start)
}

/// Instead of a date or time where something ends.
pub(super) fn of_end(text: &str, wrong: &Wrong, zone: Zone) -> String {
    of_point(text, wrong, zone, Side::End)
}

/// The date or time at which something ends, as it should be typed; `None` = it cannot be told.
pub(super) fn end_to_write(text: &str) -> Option<String> {
    match loose::guess(&clean(text)) {
        Guessed::One(Guess::Range(None, Some(until))) => Some(written(&until.into())),
        Guessed::One(guess @ (Guess::Day(_) | Guess::Time(_))) | Guessed::Excel(guess) => {
            Some(written(&guess))
        }
        _ => None,
    }
}

/// Which side of a range counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Start,
    End,
}

/// Instead of a date or time.
fn of_point(text: &str, wrong: &Wrong, zone: Zone, side: Side) -> String {
    let cleaned = clean(text);
    if *wrong != Wrong::Form {
        return of_wrong(wrong, POINT).unwrap_or_else(|| POINT.to_owned());
    }
    if let Some(told) = zoned::of_brackets(&cleaned) {
        return told;
    }
    let (from, until) = match loose::guess(&cleaned) {
        Guessed::One(Guess::Range(from, until)) => (from, until),
        // The last minute of a day is in it.
        Guessed::One(Guess::Time(time)) if side == Side::End && is_last_minute(time) => {
            return format!("write `{}`", time.date());
        }
        guessed => {
            let fits = |guess: &Guess| matches!(guess, Guess::Day(_) | Guess::Time(_));
            return say_guessed(guessed, POINT, Some(zone), fits);
        }
    };
    let point = match side {
        Side::Start => from,
        Side::End => until,
    };
    match point {
        Some(point) => format!(
            "expected one date or time, not a range; write `{}`{}",
            written(&point.into()),
            zoned::or_offset(&cleaned, from)
        ),
        None if from.is_some() => {
            "is a start, but this attribute is an end; write the last day, such as `2026-12-24`"
                .to_owned()
        }
        None => "is an end, but this attribute is a start; write the first day, such as \
            `2026-12-24`"
            .to_owned(),
    }
}

/// Instead of a date.
pub(super) fn of_day(text: &str, wrong: &Wrong) -> String {
    if let Guessed::One(Guess::Range(..)) = loose::guess(&clean(text)) {
        return "a range of dates stands for one entry here; write each date as an entry of its \
            own, such as `2026-12-24`"
            .to_owned();
    }
    say(text, wrong, DAY, None, |guess| matches!(guess, Guess::Day(_)))
}

/// Instead of a date in the first of some weeks.
pub(super) fn of_first_week(text: &str, wrong: &Wrong) -> String {
    let cleaned = clean(text);
    let day = match loose::guess(&cleaned) {
        Guessed::One(Guess::Range(Some(from), _)) => Some(from.date()),
        _ => loose::week(&cleaned),
    };
    match day.filter(|_| *wrong == Wrong::Form) {
        Some(day) => format!("expected one date, any day of one of the weeks; write `{day}`"),
        None => of_day(text, wrong),
    }
}

/// The dates and ranges that stand in one entry, each as it should be typed; `None` = not all of
/// them can be told. `good` says which can be read.
pub(super) fn each(parts: &[&str], good: impl Fn(&str) -> bool) -> Option<Vec<String>> {
    let mut before: Option<NaiveDate> = None;
    let mut all = Vec::with_capacity(parts.len());
    for part in parts {
        let cleaned = clean(part);
        // `25` in `2026-12-24, 25`
        let behind = before.and_then(|before| loose::day_behind(before, &cleaned));
        let guess = match (behind, loose::guess(&cleaned)) {
            (Some(day), _) => Some(Guess::Day(day)),
            (None, Guessed::One(guess)) => Some(guess),
            _ => None,
        };
        let write = if good(part) { (*part).to_owned() } else { written(&guess?) };
        if !good(&write) {
            return None;
        }
        before = match guess {
            Some(Guess::Day(day)) => Some(day),
            Some(Guess::Range(_, Some(loose::GuessedPoint::Day(day)))) => Some(day),
            _ => None,
        };
        all.push(write);
    }
    Some(all)
}

/// Instead of a range.
pub(super) fn of_range(text: &str, wrong: &Wrong, zone: Zone) -> String {
    if *wrong == Wrong::Form
        && let Guessed::One(guess @ Guess::Time(time)) = loose::guess(&clean(text))
    {
        return of_time_alone_or_open(&written(&guess), time.time());
    }
    // `2026-12-24 13:00까지`: that day alone, or all the time until then?
    if *wrong == Wrong::Form
        && let Guessed::One(open @ Guess::Range(from, until)) = loose::guess(&clean(text))
        && let Some(of_the_day) = of_the_day(from, until)
    {
        return format!(
            "may mean two things; write `{}`, or `{}`",
            written(&of_the_day),
            written(&open)
        );
    }
    // A time alone is no range.
    say(text, wrong, RANGE, Some(zone), |guess| !matches!(guess, Guess::Time(_)))
}

/// A range with one end, a time, as hours of its day.
fn of_the_day(
    from: Option<loose::GuessedPoint>,
    until: Option<loose::GuessedPoint>,
) -> Option<Guess> {
    let (from, until) = match (from, until) {
        (Some(loose::GuessedPoint::Time(from)), None) => {
            (from, from.date().succ_opt()?.and_time(NaiveTime::MIN))
        }
        (None, Some(loose::GuessedPoint::Time(until))) => {
            (until.date().and_time(NaiveTime::MIN), until)
        }
        _ => return None,
    };
    // The midnight before a day leaves none of it.
    if from == until {
        return None;
    }
    Some(Guess::Range(
        Some(loose::GuessedPoint::Time(from)),
        Some(loose::GuessedPoint::Time(until)),
    ))
}

/// Instead of a time alone, which may also be a beginning.
pub(super) fn of_time_alone_or_open(from: &str, time: NaiveTime) -> String {
    format!("{}, or `{from}..` for no end", of_time_alone(from, time))
}

fn say(
    text: &str,
    wrong: &Wrong,
    expected: &str,
    zone: Option<Zone>,
    fits: impl Fn(&Guess) -> bool,
) -> String {
    of_wrong(wrong, expected)
        .unwrap_or_else(|| say_guessed(loose::guess(&clean(text)), expected, zone, fits))
}

/// What is told of a text that has the form of a date.
fn of_wrong(wrong: &Wrong, expected: &str) -> Option<String> {
    match wrong {
        Wrong::Impossible(why) => Some(format!("{why}; {expected}")),
        Wrong::MidnightAsStart(next) => {
            Some(format!("`24:00` is the end of a day; to begin there, write `{next}`"))
        }
        Wrong::Form => None,
    }
}

fn say_guessed(
    guessed: Guessed,
    expected: &str,
    zone: Option<Zone>,
    fits: impl Fn(&Guess) -> bool,
) -> String {
    match guessed {
        Guessed::One(guess) if fits(&guess) => format!("write `{}`", written(&guess)),
        Guessed::One(_) | Guessed::Nothing => expected.to_owned(),
        Guessed::Either(one, _) if !fits(&one) => expected.to_owned(),
        Guessed::Either(one @ Guess::Range(..), other) => {
            format!("may mean two things; write `{}`, or `{}`", written(&one), written(&other))
        }
        Guessed::Either(one, other) => {
            format!("could be two dates: write `{}` or `{}`", written(&one), written(&other))
        }
        Guessed::Excel(guess) => {
            format!("is a date as a spreadsheet counts days; write `{}`", written(&guess))
        }
        Guessed::Impossible(why) => format!("{why}; {expected}"),
        Guessed::NoYear(_) | Guessed::NoYearRange(_) | Guessed::NoYearTimes => {
            format!("the year is missing; {expected}")
        }
        Guessed::ShortYear => format!("write the year with four digits; {expected}"),
        Guessed::NoDate => format!(
            "a time without its date; {expected}{}",
            if expected == POINT { "" } else { ", with the date first" }
        ),
        Guessed::HalfDay(day, half) => {
            let hours = match half {
                Half::Morning => "09:00..13:00",
                Half::Either | Half::Afternoon => "13:00..18:00",
            };
            format!("write from when to when, as in `{day} {hours}`")
        }
        Guessed::Weekday => format!(
            "a day of every week is not a date; leave it out of the hours (`Shifts`, `Hours`); \
            {expected}"
        ),
        Guessed::Holidays => format!(
            "public holidays are closed by the hours: write `PH off` at their end; {expected}"
        ),
        Guessed::Word => format!("write the date itself, not a word for it; {expected}"),
        Guessed::Zone(guess, said) => match zone.filter(|_| fits(&guess)) {
            Some(zone) => zoned::of_zone(&guess, &said, zone),
            None => format!(
                "a zone's name is not read here: times are in the row's `TimeZone`; {expected}"
            ),
        },
        Guessed::Reversed(from, until) => {
            let order = Guess::Range(Some(until), Some(from));
            if fits(&order) {
                ends::of_reversed_ends(from.into(), until.into())
            } else {
                expected.to_owned()
            }
        }
        Guessed::Apart(first, last) => {
            if fits(&Guess::Range(Some(first), Some(last))) {
                let [first, last] = [first, last].map(|day| written(&day.into()));
                format!(
                    "may mean two things; write `{first}..{last}`, or two entries `{first}` and \
                    `{last}`"
                )
            } else {
                format!("several dates in one entry; {expected}")
            }
        }
        Guessed::Several => {
            format!("several dates in one entry; make each an entry of its own; {expected}")
        }
    }
}
