//! What to write instead of a day of every year.

use chrono::{NaiveDate, NaiveTime};

use super::super::loose::{self, Guessed};
use super::super::read::Clock;
use super::written::end_of_day;

const CLOSED: &str = "expected dates or times such as `2026-11-30`, `2026-12-24..2026-12-26`, \
    every year `12-25`, or `2026-11-25 13:00..18:00`";

/// What is expected in `ClosedDates`.
pub(in crate::hours::dates) fn expected_closed() -> String {
    CLOSED.to_owned()
}

/// Instead of a day of every year that is written otherwise; `None` = it does not look like one.
/// `is_good` says whether a text is read as one.
pub(in crate::hours::dates) fn of_yearly(
    text: &str,
    is_good: impl Fn(&str) -> bool,
) -> Option<String> {
    match loose::of_every_year(text) {
        Some(rest) if is_good(&rest) => Some(format!("write `{rest}`")),
        Some(rest) => of_month_and_day(&rest, is_good),
        None => of_month_and_day(text, is_good),
    }
}

/// The same without a word that says "every year".
pub(in crate::hours::dates) fn of_month_and_day(
    text: &str,
    is_good: impl Fn(&str) -> bool,
) -> Option<String> {
    if let Some((day, word)) = text.split_once(' ')
        && loose::is_off(word)
        && is_good(day)
    {
        return Some(format!("write `{day}`"));
    }
    if let Some(((month, day), loose::GuessedPoint::Time(from), loose::GuessedPoint::Time(until))) =
        loose::hours_of_every_year(text)
    {
        return Some(format!(
            "hours of every year are month, day and times; write `{month:02}-{day:02} {}..{}`",
            from.format("%H:%M"),
            end_of_day(until)
        ));
    }
    match loose::guess(text) {
        Guessed::NoYear(days) => Some(match days.as_slice() {
            [(month, day)] => {
                format!("a day of every year is month and day; write `{month:02}-{day:02}`")
            }
            [(month, day), (other_month, other_day)] => format!(
                "could be two days of every year; write month and day, `{month:02}-{day:02}` or \
                `{other_month:02}-{other_day:02}`"
            ),
            _ => CLOSED.to_owned(),
        }),
        Guessed::NoYearRange(ranges) => {
            let written = |((month, day), (last_month, last_day)): &loose::YearlyRange| {
                format!("`{month:02}-{day:02}..{last_month:02}-{last_day:02}`")
            };
            let good = ranges.iter().filter(|(first, last)| !is_most_of_a_year(*first, *last));
            let write: Vec<String> = good.map(written).collect();
            if let ([], [(first, last), ..]) = (write.as_slice(), ranges.as_slice()) {
                let write = written(&(*last, *first));
                return Some(format!("write the earlier day first, every year {write}"));
            }
            let write = write.join(" or ");
            Some(format!("days of every year are month and day; write {write}"))
        }
        _ => None,
    }
}

/// Whether the days from one of every year to another, over New Year, are most of a year: a season
/// of seven months may be meant.
fn is_most_of_a_year(first: (u32, u32), last: (u32, u32)) -> bool {
    let day = |year: i32, (month, day): (u32, u32)| NaiveDate::from_ymd_opt(year, month, day);
    // In leap years.
    let days = day(2028, first).zip(day(2028, last)).map(|(first, last)| first - last);
    days.is_some_and(|between| between.num_days() > 0 && between.num_days() < 366 / 4)
}

/// What is told of a range of every year that goes over New Year and leaves little of the year.
pub(in crate::hours::dates) fn of_most_of_a_year(
    first: (u32, u32),
    last: (u32, u32),
) -> Option<String> {
    let written = |(month, day): (u32, u32)| format!("{month:02}-{day:02}");
    let (first, last) = is_most_of_a_year(first, last).then(|| (written(first), written(last)))?;
    Some(format!(
        "closes most of every year, from {first} over New Year to {last}; to close only \
        the days between the two, write `{last}..{first}`"
    ))
}

/// Instead of `12-24 22:00..02:00`, every year: a time alone as the end is of the same day.
pub(in crate::hours::dates) fn of_yearly_night(
    (month, day): (u32, u32),
    start: NaiveTime,
    end: Clock,
) -> String {
    // The day after 28 February is not the same in every year.
    let next = NaiveDate::from_ymd_opt(2028, month, day)
        .filter(|_| (month, day) != (2, 28))
        .and_then(|day| day.succ_opt());
    let write = match (next, end) {
        (Some(next), Clock::Time(end)) if end < start => format!(
            "; for the next day write `{month:02}-{day:02} {}..{} {}`",
            start.format("%H:%M"),
            next.format("%m-%d"),
            end.format("%H:%M")
        ),
        _ => "; write a later end".to_owned(),
    };
    format!("the end is not after the beginning: a time alone is of the same day{write}")
}
