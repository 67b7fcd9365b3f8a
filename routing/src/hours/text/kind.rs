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
    /// `午前`, `上午`: as `Am`, but with 12 o'clock many mean noon.
    BeforeNoon,
    /// `午後`, `下午`: as `Pm`, but with 12 o'clock some mean midnight.
    AfterNoon,
    /// `밤 10시`, `晚上10点`: before or after midnight, by the hour.
    AtNight,
    /// `낮 1시`, `中午1点`: before or after noon, by the hour.
    AroundNoon,
    /// The time is of the day after (`次日2:00`).
    NextDay,
    /// Which of a month's weekdays: `2`, or `-1` for the last.
    Nth(i8),
    /// Every second week, or another rhythm.
    Alternate,
    Noon,
    Midnight,
    /// `24/7` and its like.
    Always,
    Off,
    /// `off`, said before what is closed, after hours.
    Except,
    /// A time of the day that is closed: said before or after it.
    Break,
    Open,
    /// `from 9:00`: before a time that nothing ends.
    From,
    /// As `From`, and never said of a range.
    After,
    /// `until 18:00`: before a time that nothing begins; else between two.
    Until,
    /// As `Until`, and never said of a range.
    Before,
    /// As `Until`, said behind the time (`18시까지`).
    UpTo,
    /// As `UpTo`, and never said of a range (`9시 이전`).
    Earlier,
    /// As `After`, said behind the time (`18시 이후`).
    Onwards,
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

impl Kind {
    /// Whether it says which half of the day an hour is of.
    pub(super) fn is_half_of_day(self) -> bool {
        matches!(
            self,
            Self::Am
                | Self::Pm
                | Self::BeforeNoon
                | Self::AfterNoon
                | Self::AtNight
                | Self::AroundNoon
        )
    }

    /// Whether it may end what stands before a dash, wherever a word stands for the dash.
    pub(super) fn may_begin_a_range(self) -> bool {
        self.is_half_of_day()
            || matches!(
                self,
                Self::Number { .. }
                    | Self::Clock { .. }
                    | Self::Weekday(_)
                    | Self::Month(_)
                    | Self::Date { .. }
                    | Self::Noon
                    | Self::Midnight
            )
    }
}
