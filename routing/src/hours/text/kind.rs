//! The kinds of tokens that a text of hours is made of.

use super::super::pattern::HolidayKind;

/// The smallest things of a text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Kind {
    /// From Monday, 0.
    Weekday(u8),
    /// Several days of the week in one word.
    Weekdays(u8),
    /// From January, 1.
    Month(u8),
    Holiday(HolidayKind),
    Week,
    Easter,
    Days,
    Number {
        value: u32,
        digits: u8,
    },
    /// A time of the clock; with the number of digits of its hour.
    Clock {
        hour: u32,
        minute: u32,
        digits: u8,
    },
    /// A date of the calendar (`2026-12-24`, `24.12.`).
    Date {
        year: Option<i32>,
        month: u8,
        day: u8,
    },
    Am,
    Pm,
    Noon,
    Midnight,
    /// `24/7` and its like.
    Always,
    Off,
    /// `off`, said before what is closed, after hours.
    Except,
    Open,
    Unknown,
    Sun,
    Quote,
    Dash,
    Comma,
    Semicolon,
    Fallback,
    Slash,
    Plus,
    Colon,
    BracketOpen,
    BracketClose,
}
