//! Zones and dates by hand: offsets as governments have announced them, no time zone data.
//! Instants are minutes since 1970 in UTC.

use chrono::{Datelike, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Weekday};

/// The zones that worlds use.
pub(crate) const ZONES: [&str; 7] = [
    "UTC",
    "Asia/Seoul",
    "Asia/Kathmandu",
    "Europe/Berlin",
    "America/New_York",
    "America/St_Johns",
    "Australia/Lord_Howe",
];

pub(crate) fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

fn epoch() -> NaiveDateTime {
    at(day(1970, 1, 1), 0)
}

/// Minutes since 1970 of a wall clock that never changes.
pub(crate) fn minutes(wall: NaiveDateTime) -> i64 {
    wall.and_utc().timestamp() / 60
}

/// A minute of a date, counted from its midnight; also beyond its end.
pub(crate) fn at(date: NaiveDate, minute: i64) -> NaiveDateTime {
    date.and_time(NaiveTime::MIN) + TimeDelta::minutes(minute)
}

/// The n-th Sunday of a month.
fn sunday(year: i32, month: u32, nth: u32) -> NaiveDate {
    let mut date = day(year, month, 1);
    while date.weekday() != Weekday::Sun {
        date = date.succ_opt().unwrap();
    }
    date + TimeDelta::days(i64::from(nth - 1) * 7)
}

/// The last Sunday of a month of 31 days.
fn last_sunday(year: i32, month: u32) -> NaiveDate {
    let mut date = day(year, month, 31);
    while date.weekday() != Weekday::Sun {
        date = date.pred_opt().unwrap();
    }
    date
}

/// Minutes that clocks are ahead of UTC: (without, with) daylight saving.
fn offsets(zone: &str) -> (i64, i64) {
    match zone {
        "UTC" => (0, 0),
        "Asia/Seoul" => (540, 540),
        "Asia/Kathmandu" => (345, 345),
        "Europe/Berlin" => (60, 120),
        "America/New_York" => (-300, -240),
        "America/St_Johns" => (-210, -150),
        "Australia/Lord_Howe" => (630, 660),
        other => panic!("{other}"),
    }
}

fn offset(zone: &str, now: i64) -> i64 {
    let (standard, summer) = offsets(zone);
    let year = (epoch() + TimeDelta::minutes(now)).year();
    // At 02:00 of the clock before the change.
    let two = |date: NaiveDate, offset: i64| minutes(at(date, 120)) - offset;
    let is_summer = match zone {
        "Europe/Berlin" => {
            minutes(at(last_sunday(year, 3), 60)) <= now
                && now < minutes(at(last_sunday(year, 10), 60))
        }
        "America/New_York" | "America/St_Johns" => {
            two(sunday(year, 3, 2), standard) <= now && now < two(sunday(year, 11, 1), summer)
        }
        "Australia/Lord_Howe" => {
            now < two(sunday(year, 4, 1), summer) || two(sunday(year, 10, 1), standard) <= now
        }
        _ => false,
    };
    if is_summer { summer } else { standard }
}

/// What clocks in the zone show.
pub(crate) fn local(zone: &str, now: i64) -> NaiveDateTime {
    epoch() + TimeDelta::minutes(now + offset(zone, now))
}

/// The earlier instant at which clocks show this; the first instant after a gap.
pub(crate) fn instant(zone: &str, wall: NaiveDateTime) -> i64 {
    let mut now = minutes(wall) - 1440;
    // Minute by minute until the clock shows it, or something later.
    while local(zone, now) < wall {
        now += 1;
    }
    now
}

/// The Monday of a date's week.
pub(crate) fn monday(mut date: NaiveDate) -> NaiveDate {
    while date.weekday() != Weekday::Mon {
        date = date.pred_opt().unwrap();
    }
    date
}

/// Public holidays between October 2026 and April 2027, out of the countries' own lists.
pub(crate) fn is_holiday(country: &str, date: NaiveDate) -> bool {
    let listed: &[(i32, u32, u32)] = match country {
        // Seollal 2027 is on a Sunday, so that the Tuesday after it is free too.
        "KR" => &[
            (2026, 10, 3),
            (2026, 10, 5),
            (2026, 10, 9),
            (2026, 12, 25),
            (2027, 1, 1),
            (2027, 2, 6),
            (2027, 2, 7),
            (2027, 2, 8),
            (2027, 2, 9),
            (2027, 3, 1),
        ],
        "DE" => &[
            (2026, 10, 3),
            (2026, 12, 25),
            (2026, 12, 26),
            (2027, 1, 1),
            (2027, 3, 26),
            (2027, 3, 29),
        ],
        "US" => &[
            (2026, 10, 12),
            (2026, 11, 11),
            (2026, 11, 26),
            (2026, 12, 25),
            (2027, 1, 1),
            (2027, 1, 18),
            (2027, 2, 15),
        ],
        other => panic!("{other}"),
    };
    listed.contains(&(date.year(), date.month(), date.day()))
}
