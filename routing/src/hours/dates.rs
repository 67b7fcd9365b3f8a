//! Dates and times in rows, and ranges of them.
//!
//! A plain date as an end includes that day; a time as an end does not include that instant.

use std::ops::RangeInclusive;

use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, NaiveTime, Utc};

use super::zone::Zone;

const EXPECTED_POINT: &str = "expected a date `2026-12-24`, a time `2026-12-24 13:00`, or RFC 3339";
const EXPECTED_DAYS: &str = "expected dates `2026-12-24` or `2026-12-24..2026-12-26`";

/// A date or an instant, as typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Point {
    Day(NaiveDate),
    Instant(DateTime<Utc>),
}

impl Point {
    fn parse(text: &str, zone: Zone) -> Result<Self, String> {
        let text = text.trim();
        let point = if let Ok(day) = NaiveDate::parse_from_str(text, "%Y-%m-%d") {
            Some(Self::Day(day))
        } else if let Ok(instant) = DateTime::parse_from_rfc3339(text) {
            Some(Self::Instant(instant.to_utc()))
        } else {
            ["%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S"]
                .iter()
                .find_map(|format| NaiveDateTime::parse_from_str(text, format).ok())
                .map(|local| Self::Instant(zone.to_utc(local)))
        };
        point
            .filter(|point| (1970..=9999).contains(&point.year()))
            .ok_or_else(|| EXPECTED_POINT.to_owned())
    }

    fn year(self) -> i32 {
        match self {
            Self::Day(day) => day.year(),
            Self::Instant(instant) => instant.year(),
        }
    }

    /// The first instant at or after the point.
    fn as_start(self, zone: Zone) -> DateTime<Utc> {
        match self {
            Self::Day(day) => zone.to_utc(day.and_time(NaiveTime::MIN)),
            Self::Instant(instant) => instant,
        }
    }

    /// The first instant that the point as an end excludes.
    fn as_end(self, zone: Zone) -> DateTime<Utc> {
        match self {
            Self::Day(day) => zone.to_utc(day.succ_opt().unwrap_or(day).and_time(NaiveTime::MIN)),
            Self::Instant(instant) => instant,
        }
    }
}

/// Whether `until` lies before `from`. A day as an end lies before a start on the next day, though
/// that is where the day ends.
fn reversed(from: Point, until: Point, zone: Zone) -> bool {
    let (start, end) = (from.as_start(zone), until.as_end(zone));
    end < start || (end == start && matches!(until, Point::Day(_)))
}

/// Whether the text of an end lies before that of a beginning; false when one cannot be read.
pub fn is_reversed(from: &str, until: &str, zone: Zone) -> bool {
    let points = Point::parse(from, zone).ok().zip(Point::parse(until, zone).ok());
    points.is_some_and(|(from, until)| reversed(from, until, zone))
}

/// Reads where something begins.
///
/// # Errors
/// What is expected instead.
pub fn parse_start(text: &str, zone: Zone) -> Result<DateTime<Utc>, String> {
    Point::parse(text, zone).map(|point| point.as_start(zone))
}

/// Reads where something ends: the first instant after it.
///
/// # Errors
/// What is expected instead.
pub fn parse_end(text: &str, zone: Zone) -> Result<DateTime<Utc>, String> {
    Point::parse(text, zone).map(|point| point.as_end(zone))
}

/// A stretch of time, from `from` (inclusive) until `until` (exclusive); open where there is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Interval {
    from: Option<DateTime<Utc>>,
    until: Option<DateTime<Utc>>,
}

impl Interval {
    /// Reads `2026-12-24`, `2026-12-24..2027-01-02`, times in place of dates, and ranges open at
    /// one side.
    ///
    /// # Errors
    /// What is expected instead.
    pub fn parse(text: &str, zone: Zone) -> Result<Self, String> {
        let Some((from, until)) = text.split_once("..") else {
            return match Point::parse(text, zone)? {
                day @ Point::Day(_) => {
                    Ok(Self { from: Some(day.as_start(zone)), until: Some(day.as_end(zone)) })
                }
                Point::Instant(_) => {
                    Err("a time alone has no end; write `2026-11-24 13:00..2026-11-24 18:00`"
                        .to_owned())
                }
            };
        };
        let side = |text: &str| match text.trim() {
            "" => Ok(None),
            text => Point::parse(text, zone).map(Some),
        };
        let (from, until) = (side(from)?, side(until)?);
        if from.is_none() && until.is_none() {
            return Err(EXPECTED_POINT.to_owned());
        }
        if from.zip(until).is_some_and(|(from, until)| reversed(from, until, zone)) {
            return Err("the end is before the beginning".to_owned());
        }
        Ok(Self {
            from: from.map(|point| point.as_start(zone)),
            until: until.map(|point| point.as_end(zone)),
        })
    }

    /// Where it begins and ends, as far as it does.
    pub fn bounds(&self) -> impl Iterator<Item = DateTime<Utc>> {
        self.from.into_iter().chain(self.until)
    }

    /// Whether `now` lies in it.
    pub fn contains(&self, now: DateTime<Utc>) -> bool {
        self.from.is_none_or(|from| from <= now) && self.until.is_none_or(|until| now < until)
    }
}

/// Reads one day or a range of days, both ends included.
///
/// # Errors
/// What is expected instead.
pub fn parse_days(text: &str) -> Result<RangeInclusive<NaiveDate>, String> {
    let day = |text: &str| parse_day(text).map_err(|_| EXPECTED_DAYS.to_owned());
    let (first, last) = match text.split_once("..") {
        Some((first, last)) => (day(first)?, day(last)?),
        None => (day(text)?, day(text)?),
    };
    if last < first {
        return Err("the end is before the beginning".to_owned());
    }
    Ok(first..=last)
}

/// Reads one day.
///
/// # Errors
/// What is expected instead.
pub fn parse_day(text: &str) -> Result<NaiveDate, String> {
    NaiveDate::parse_from_str(text.trim(), "%Y-%m-%d")
        .ok()
        .filter(|day| (1970..=9999).contains(&day.year()))
        .ok_or_else(|| "expected a date such as `2026-12-24`".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        DateTime::parse_from_rfc3339(text).unwrap().to_utc()
    }

    #[test]
    fn intervals() {
        let zone = Zone::parse("Asia/Seoul").unwrap(); // UTC+9
        for (text, instant, inside) in [
            ("2026-11-24", "2026-11-23T14:59:59Z", false),
            ("2026-11-24", "2026-11-23T15:00:00Z", true),
            ("2026-11-24", "2026-11-24T14:59:59Z", true),
            ("2026-11-24", "2026-11-24T15:00:00Z", false),
            ("2026-12-24..2027-01-02", "2027-01-02T14:59:59Z", true),
            ("2026-12-24..2027-01-02", "2027-01-02T15:00:00Z", false),
            ("2026-11-24 13:00..2026-11-24 18:00", "2026-11-24T04:00:00Z", true),
            ("2026-11-24 13:00..2026-11-24 18:00", "2026-11-24T09:00:00Z", false),
            ("2027-03-01..", "2030-01-01T00:00:00Z", true),
            ("2027-03-01..", "2026-01-01T00:00:00Z", false),
            ("..2027-03-01", "2026-01-01T00:00:00Z", true),
            ("2026-11-24T13:00:00+09:00..2026-11-25", "2026-11-24T04:00:00Z", true),
        ] {
            let interval = Interval::parse(text, zone).unwrap();
            assert_eq!(interval.contains(at(instant)), inside, "{text} {instant}");
        }
    }

    #[test]
    fn what_is_no_interval() {
        let zone = Zone::utc();
        for text in [
            "",
            "..",
            "tomorrow",
            "2026-13-01",
            "24.12.2026",
            "2026-12-24 13:00",
            "2026-12-24..2026-12-23",
            "0001-01-01",
        ] {
            assert!(Interval::parse(text, zone).is_err(), "{text}");
        }
        assert!(parse_days("2026-12-24 13:00").is_err());
        assert!(parse_days("2026-12-26..2026-12-24").is_err());
    }
}
