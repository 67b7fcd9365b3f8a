//! What a word means.

use crate::hours::pattern::HolidayKind;
pub(super) use crate::hours::pattern::WEEK;
pub(super) use crate::hours::text::kind::Kind;

/// What a word means.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::hours::text) enum Word {
    /// Exactly one token.
    Token(Kind),
    /// An hour was said before (`9시`).
    Hour,
    /// Minutes were said before (`30분`).
    Minute,
    /// Half an hour more (`9시 반`).
    Half,
    /// Hours in all, after 24 (`24시간`).
    Hours,
    /// All days, if none were said (`연중무휴`).
    EveryDay,
    /// So many days after Easter Sunday (`Good Friday`).
    Easter(i8),
    /// The next `and` is `to` (`between 9 and 18`).
    Between,
    /// Says that hours follow (`営業時間`): what is closed before it is another part.
    Label,
    /// Says nothing for us (`from`, `on`, `요일`).
    Nothing,
}

pub(super) const fn day(day: u8) -> Word {
    Word::Token(Kind::Weekday(day))
}
pub(super) const fn days(mask: u8) -> Word {
    Word::Token(Kind::Weekdays(mask))
}
pub(super) const fn month(month: u8) -> Word {
    Word::Token(Kind::Month(month))
}
pub(super) const PUBLIC: Word = Word::Token(Kind::Holiday(HolidayKind::Public));
pub(super) const SCHOOL: Word = Word::Token(Kind::Holiday(HolidayKind::School));
pub(super) const OFF: Word = Word::Token(Kind::Off);
pub(super) const OPEN: Word = Word::Token(Kind::Open);
pub(super) const FROM: Word = Word::Token(Kind::From);
pub(super) const AFTER: Word = Word::Token(Kind::After);
pub(super) const UNTIL: Word = Word::Token(Kind::Until);
pub(super) const BEFORE: Word = Word::Token(Kind::Before);
pub(super) const UP_TO: Word = Word::Token(Kind::UpTo);
pub(super) const EARLIER: Word = Word::Token(Kind::Earlier);
pub(super) const ONWARDS: Word = Word::Token(Kind::Onwards);
pub(super) const DASH: Word = Word::Token(Kind::Dash);
pub(super) const AND: Word = Word::Token(Kind::Comma);
pub(super) const ALWAYS: Word = Word::Token(Kind::Always);
pub(super) const AM: Word = Word::Token(Kind::Am);
pub(super) const PM: Word = Word::Token(Kind::Pm);
pub(super) const SUN: Word = Word::Token(Kind::Sun);
pub(super) const BREAK: Word = Word::Token(Kind::Break);
pub(super) const BEFORE_NOON: Word = Word::Token(Kind::BeforeNoon);
pub(super) const AFTER_NOON: Word = Word::Token(Kind::AfterNoon);
pub(super) const DAYS: Word = Word::Token(Kind::Days);
pub(super) const EXCEPT: Word = Word::Token(Kind::Except);
pub(super) const NOON: Word = Word::Token(Kind::Noon);
pub(super) const MIDNIGHT: Word = Word::Token(Kind::Midnight);
pub(super) const AT_NIGHT: Word = Word::Token(Kind::AtNight);
pub(super) const AROUND_NOON: Word = Word::Token(Kind::AroundNoon);
pub(super) const NEXT_DAY: Word = Word::Token(Kind::NextDay);
pub(super) const ALTERNATE: Word = Word::Token(Kind::Alternate);
pub(super) const fn nth(nth: i8) -> Word {
    Word::Token(Kind::Nth(nth))
}
pub(super) const WORKDAYS: u8 = 0b001_1111;
pub(super) const WEEKEND: u8 = 0b110_0000;
