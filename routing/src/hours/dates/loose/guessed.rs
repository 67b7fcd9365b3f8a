//! What can be said of a text that is no date.

use chrono::{NaiveDate, NaiveDateTime};

use super::super::point::Point;

/// A date, or a time on the wall.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum GuessedPoint {
    Day(NaiveDate),
    Time(NaiveDateTime),
}

impl GuessedPoint {
    pub(in super::super) fn date(self) -> NaiveDate {
        match self {
            Self::Day(day) => day,
            Self::Time(time) => time.date(),
        }
    }
}

/// What was meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum Guess {
    Day(NaiveDate),
    Time(NaiveDateTime),
    Range(Option<GuessedPoint>, Option<GuessedPoint>),
}

/// Two days of every year, each as month and day.
pub(in super::super) type YearlyRange = ((u32, u32), (u32, u32));

/// What can be said of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in super::super) enum Guessed {
    /// It leaves no doubt.
    One(Guess),
    /// Day and month could be either, or times could be of either half of the day.
    Either(Guess, Guess),
    /// A spreadsheet's number of a day.
    Excel(Guess),
    /// There is no such date; why.
    Impossible(String),
    /// Month and day alone: one, or two that it could be.
    NoYear(Vec<(u32, u32)>),
    /// A range of days without their year: one, or two that it could be.
    NoYearRange(Vec<YearlyRange>),
    /// Times of a day without its year.
    NoYearTimes,
    /// A year of two digits.
    ShortYear,
    /// `09:00`: a time without its date.
    NoDate,
    /// A date, and only which half of the day.
    HalfDay(NaiveDate, Half),
    /// A day of every week.
    Weekday,
    /// Public holidays.
    Holidays,
    /// `today`, `tomorrow`.
    Word,
    /// A date and time with a zone's name or letters.
    Zone(Guess, String),
    /// An end that lies before its beginning.
    Reversed(GuessedPoint, GuessedPoint),
    /// Two days with a slash and spaces between: a range, or each alone.
    Apart(GuessedPoint, GuessedPoint),
    /// Two dates that are no range.
    Several,
    Nothing,
}

/// Which half of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum Half {
    /// It does not say.
    Either,
    Morning,
    Afternoon,
}

impl From<GuessedPoint> for Point {
    fn from(point: GuessedPoint) -> Self {
        match point {
            GuessedPoint::Day(day) => Self::Day(day),
            GuessedPoint::Time(time) => Self::Local(time),
        }
    }
}

impl From<GuessedPoint> for Guess {
    fn from(point: GuessedPoint) -> Self {
        match point {
            GuessedPoint::Day(day) => Self::Day(day),
            GuessedPoint::Time(time) => Self::Time(time),
        }
    }
}
