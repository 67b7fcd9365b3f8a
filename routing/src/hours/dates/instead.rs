//! What to write instead of a date that cannot be read.

mod yearly;

use chrono::{NaiveDate, NaiveDateTime, NaiveTime, Timelike};

use super::clean::clean;
use super::loose::{self, Guess, Guessed, Half};
use super::read::{Clock, Wrong};
pub(super) use yearly::{
    expected_closed, of_month_and_day, of_most_of_a_year, of_yearly, of_yearly_night,
};

const POINT: &str = "expected a date `2026-12-24`, a time `2026-12-24 13:00`, or RFC 3339";
const DAY: &str = "expected a date such as `2026-12-24`";
const RANGE: &str = "expected dates or times such as `2026-12-24`, `2026-12-24..2026-12-26` or \
    `2026-11-24 13:00..18:00`";
/// Instead of a date or time where something begins.
pub(super) fn of_start(text: &str, wrong: &Wrong) -> String {
    of_point(text, wrong, |from, _| from)
}

/// Instead of a date or time where something ends.
pub(super) fn of_end(text: &str, wrong: &Wrong) -> String {
    of_point(text, wrong, |_, until| until)
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

/// Instead of a date or time; of a range, which side counts.
fn of_point(
    text: &str,
    wrong: &Wrong,
    side: impl Fn(
        Option<loose::GuessedPoint>,
        Option<loose::GuessedPoint>,
    ) -> Option<loose::GuessedPoint>,
) -> String {
    let guessed = match wrong {
        Wrong::Form => loose::guess(&clean(text)),
        _ => Guessed::Nothing,
    };
    match guessed {
        Guessed::One(Guess::Range(from, until)) => match side(from, until) {
            Some(point) => format!(
                "expected one date or time, not a range; write `{}`",
                written(&point.into())
            ),
            None if from.is_some() => {
                "is a start, but this attribute is an end; write the last day, such as \
                `2026-12-24`"
                    .to_owned()
            }
            None => "is an end, but this attribute is a start; write the first day, such as \
                `2026-12-24`"
                .to_owned(),
        },
        _ => say(text, wrong, POINT, |guess| matches!(guess, Guess::Day(_) | Guess::Time(_))),
    }
}

/// Instead of a date.
pub(super) fn of_day(text: &str, wrong: &Wrong) -> String {
    if let Guessed::One(Guess::Range(..)) = loose::guess(&clean(text)) {
        return "a range of dates stands for one entry here; write each date as an entry of its \
            own, such as `2026-12-24`"
            .to_owned();
    }
    say(text, wrong, DAY, |guess| matches!(guess, Guess::Day(_)))
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
pub(super) fn of_range(text: &str, wrong: &Wrong) -> String {
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
    say(text, wrong, RANGE, |_| true)
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
    Some(Guess::Range(
        Some(loose::GuessedPoint::Time(from)),
        Some(loose::GuessedPoint::Time(until)),
    ))
}

/// Instead of a time alone, which may also be a beginning.
pub(super) fn of_time_alone_or_open(from: &str, time: NaiveTime) -> String {
    format!("{}, or `{from}..` for no end", of_time_alone(from, time))
}

/// Instead of a range whose end lies before its beginning.
pub(super) fn of_reversed() -> String {
    "the end is before the beginning; write the earlier one first, as in `2026-12-24..2026-12-26`"
        .to_owned()
}

/// Instead of a beginning with the time alone: an end of the same day, where one comes later.
pub(super) fn of_time_alone(from: &str, time: NaiveTime) -> String {
    let end = if time.hour() < 18 { "18:00" } else { "24:00" };
    format!("a time alone has no end; write both, such as `{from}..{end}`")
}

/// Instead of `2026-11-24 22:00..06:00`: a time alone as the end is of the same day.
pub(super) fn of_night(start: NaiveDateTime, end: Clock) -> String {
    let next = start.date().succ_opt().zip(match end {
        Clock::Time(time) => Some(time),
        Clock::Midnight => None,
    });
    let write = match next {
        Some((day, time)) if time < start.time() => {
            format!(
                "; for the next day write `{}..{}`",
                minutes(start),
                minutes(day.and_time(time))
            )
        }
        _ => "; write a later end".to_owned(),
    };
    format!("the end is not after the beginning: a time alone is of the same day{write}")
}

fn say(text: &str, wrong: &Wrong, expected: &str, fits: impl Fn(&Guess) -> bool) -> String {
    match wrong {
        Wrong::Impossible(why) => return format!("{why}; {expected}"),
        Wrong::MidnightAsStart(next) => {
            return format!("`24:00` is the end of a day; to begin there, write `{next}`");
        }
        Wrong::Form => {}
    }
    match loose::guess(&clean(text)) {
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
        Guessed::Zone(guess) => format!(
            "a zone's name is not read here: times are in the row's `TimeZone`; write `{}`, or an \
            offset as in `2026-12-24T13:00:00+09:00`",
            written(&guess)
        ),
        Guessed::Several => {
            format!("several dates in one entry; make each an entry of its own; {expected}")
        }
    }
}

/// A guess as it should be typed.
fn written(guess: &Guess) -> String {
    match guess {
        Guess::Day(day) => day.to_string(),
        Guess::Time(time) => minutes(*time),
        Guess::Range(from, until) => {
            let side = |point: &Option<loose::GuessedPoint>| {
                point.map(|point| written(&point.into())).unwrap_or_default()
            };
            if let (Some(loose::GuessedPoint::Time(from)), Some(loose::GuessedPoint::Time(until))) =
                (from, until)
            {
                if from.date() == until.date() {
                    return format!("{}..{}", minutes(*from), until.format("%H:%M"));
                }
                // The midnight that ends the day of the beginning.
                let midnight = from.date().succ_opt().map(|next| next.and_time(NaiveTime::MIN));
                if Some(*until) == midnight {
                    return format!("{}..24:00", minutes(*from));
                }
            }
            format!("{}..{}", side(from), side(until))
        }
    }
}

fn minutes(time: NaiveDateTime) -> String {
    time.format("%Y-%m-%d %H:%M").to_string()
}
