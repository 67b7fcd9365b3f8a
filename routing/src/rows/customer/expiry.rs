//! `ExpiresAt`: DynamoDB removes only rows in which it is a number (N) of Unix seconds. Whatever
//! else was typed gets that number told.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

use crate::hours::{end_meant, parse_end};
use crate::rows::Defaults;
use crate::rows::reader::{Empty, RowReader, whole_text};
use crate::rows::value::Value;
use crate::text::number_meant;

/// Seconds until the end of the year 9999, which says "never" in many databases. As milliseconds
/// these would lie before 1979: whatever is larger is in smaller units.
const MOST_SECONDS: i64 = 253_402_300_800;
/// Milliseconds, microseconds and nanoseconds in a second.
const FINER: [i64; 3] = [1_000, 1_000_000, 1_000_000_000];
/// Days of a spreadsheet from 1954 to 2119. As seconds they are all on the first day of 1970.
const SPREADSHEET_DAYS: std::ops::RangeInclusive<i64> = 20_000..=80_000;

/// Whether a row with this end has ended. DynamoDB removes it some time later.
pub(super) fn has_ended(end: Option<DateTime<Utc>>, now: DateTime<Utc>) -> bool {
    end.is_some_and(|end| end <= now)
}

pub(super) fn read(
    reader: &mut RowReader<'_>,
    defaults: &Defaults,
    now: DateTime<Utc>,
) -> Option<DateTime<Utc>> {
    const NAME: &str = "ExpiresAt";
    let value = reader.value(NAME, Empty::IsAbsent)?;
    let (Value::Text(text) | Value::Number(text)) = value else {
        reader.error(NAME, expected(now));
        return None;
    };
    let Some(seconds) = whole_text(text) else {
        let Ok(end) = parse_end(text, defaults.time_zone) else {
            let meant = end_meant(text, defaults.time_zone);
            reader.error(NAME, meant.map_or_else(|| of_number(text, now), of_date));
            return None;
        };
        reader.warn(
            NAME,
            format!(
                "is a date, and DynamoDB removes only rows with a number of seconds; write the \
                number (N) `{}`",
                end.timestamp()
            ),
        );
        return Some(end);
    };
    if let Some(end) = in_smaller_units(seconds) {
        reader.warn(
            NAME,
            format!(
                "is not in seconds, so DynamoDB never removes the row; write the number (N) `{}`",
                end.timestamp()
            ),
        );
        return Some(end);
    }
    let end = (0..=MOST_SECONDS)
        .contains(&seconds)
        .then(|| DateTime::from_timestamp(seconds, 0))
        .flatten();
    let Some(end) = end else {
        reader.error(NAME, expected(now));
        return None;
    };
    let day = of_spreadsheet(seconds).map(|day| ("a spreadsheet's day", day));
    if let Some((what, last_day)) = day.or_else(|| of_digits(seconds).map(|day| ("a date", day))) {
        let meant = parse_end(&last_day.to_string(), defaults.time_zone).ok();
        let number = meant.map(|end| end.timestamp().to_string()).unwrap_or_default();
        reader.warn(
            NAME,
            format!(
                "is a moment in 1970, so the row has ended; as {what} it is {last_day}: write \
                the number (N) `{number}`"
            ),
        );
    } else if has_ended(Some(end), now) {
        reader.warn(
            NAME,
            format!(
                "is {}, which has passed, so the row has ended; write a later number, such as \
                `{}`, or delete the row",
                end.format("%Y-%m-%d %H:%M UTC"),
                in_a_year(now)
            ),
        );
    } else if matches!(value, Value::Text(_)) {
        reader.warn(
            NAME,
            format!(
                "is text, and DynamoDB removes only rows with a number; write the number (N) \
                `{seconds}`"
            ),
        );
    }
    Some(end)
}

/// What to write instead of a number that surely is not in seconds: the date of a spreadsheet's day
/// or of eight digits, or the seconds of an instant in smaller units.
pub fn instead_of_seconds(number: i64) -> Option<String> {
    let day = of_spreadsheet(number).or_else(|| of_digits(number)).map(|day| day.to_string());
    day.or_else(|| in_smaller_units(number).map(|end| end.timestamp().to_string()))
}

fn expected(now: DateTime<Utc>) -> String {
    format!(
        "expected the end as a number (N) of seconds since 1970; write such as `{}`",
        in_a_year(now)
    )
}

/// Instead of a date that is not written as ours are.
fn of_date(end: DateTime<Utc>) -> String {
    format!(
        "is a date, and the end is a number (N) of seconds since 1970; write `{}`",
        end.timestamp()
    )
}

/// Instead of a number that is not written as DynamoDB writes them (`1,830,297,600`).
fn of_number(text: &str, now: DateTime<Utc>) -> String {
    let bare = number_meant(text).unwrap_or_else(|| text.to_owned());
    let whole = bare.split('.').next().unwrap_or_default();
    match whole.parse::<i64>() {
        Ok(seconds) if seconds > now.timestamp() && seconds <= MOST_SECONDS => {
            format!("expected a number (N) of whole seconds since 1970; write `{seconds}`")
        }
        _ => expected(now),
    }
}

fn in_a_year(now: DateTime<Utc>) -> i64 {
    now.checked_add_signed(TimeDelta::days(365)).unwrap_or(now).timestamp()
}

/// An instant that was typed in milliseconds, microseconds or nanoseconds.
fn in_smaller_units(number: i64) -> Option<DateTime<Utc>> {
    if number <= MOST_SECONDS {
        return None;
    }
    let seconds = FINER.into_iter().map(|unit| number / unit);
    let right = seconds.into_iter().find(|seconds| (0..=MOST_SECONDS).contains(seconds))?;
    DateTime::from_timestamp(right, 0)
}

/// The date of a spreadsheet's day number: day 1 is 1900-01-01, and 1900 has a leap day there that
/// it never had.
fn of_spreadsheet(days: i64) -> Option<NaiveDate> {
    SPREADSHEET_DAYS
        .contains(&days)
        .then(|| NaiveDate::from_ymd_opt(1899, 12, 30)?.checked_add_signed(TimeDelta::days(days)))
        .flatten()
}

/// The date of eight digits, `20271231`.
fn of_digits(number: i64) -> Option<NaiveDate> {
    let (year, month, day) = (number / 10_000, number / 100 % 100, number % 100);
    let field = |number: i64| u32::try_from(number).ok();
    let year = i32::try_from(year).ok().filter(|year| (1990..2200).contains(year))?;
    NaiveDate::from_ymd_opt(year, field(month)?, field(day)?)
}
