//! Times of a part: `09:00-12:00,13:00-18:00`, and what people write instead.

use super::super::pattern::{DAY, Days, Span, is_doubtful_night};
use super::clock::{Meaning, Time, meanings};
use super::parser::{Parser, Problem, say};
use super::token::Kind;
use super::zoned::has_offset;

impl Parser<'_> {
    /// Whether hours stand here.
    pub(super) fn is_time(&self) -> bool {
        match self.kind(0) {
            Some(
                Kind::Clock { .. }
                | Kind::Always
                | Kind::Noon
                | Kind::Midnight
                | Kind::Sun
                | Kind::From
                | Kind::Until,
            ) => true,
            Some(kind) if kind.is_half_of_day() => true,
            Some(Kind::Number { value, digits }) => {
                let year = digits == 4 && (1900..=2100).contains(&value);
                !year
                    && matches!(
                        self.kind(1),
                        Some(
                            Kind::Dash
                                | Kind::Am
                                | Kind::Pm
                                | Kind::BeforeNoon
                                | Kind::AfterNoon
                                | Kind::AtNight
                                | Kind::Plus
                        )
                    )
                    && !matches!(self.kind(3), Some(Kind::Month(_)))
            }
            _ => false,
        }
    }

    /// Reads the hours of these days.
    pub(super) fn times(&mut self, days: &Days, spans: &mut Vec<Span>) -> Result<(), Problem> {
        loop {
            let span = self.time_range(days, spans)?;
            spans.push(span);
            let mut ahead = 0;
            while matches!(self.kind(ahead), Some(Kind::Comma | Kind::Slash)) {
                ahead += 1;
            }
            let slash = (0..ahead).any(|at| self.kind(at) == Some(Kind::Slash));
            let place = self.place();
            self.skip(ahead);
            if self.is_time() && self.kind(0) != Some(Kind::Always) {
                if slash && !self.is_range() {
                    return repeat();
                }
                self.translated |= slash;
                continue;
            }
            if slash {
                // `9-18 / Sa 10-14`: a separator that is none.
                if matches!(
                    self.kind(0),
                    Some(
                        Kind::Weekday(_)
                            | Kind::Weekdays(_)
                            | Kind::Holiday(_)
                            | Kind::Month(_)
                            | Kind::Date { .. }
                    )
                ) {
                    return Ok(());
                }
                return repeat();
            }
            self.go_back(place);
            return Ok(());
        }
    }

    /// Whether a time and a dash stand here (`오후 1:00~6:00`).
    fn is_range(&self) -> bool {
        let half = |ahead: usize| usize::from(self.kind(ahead).is_some_and(Kind::is_half_of_day));
        let behind = half(0) + 1;
        self.kind(behind + half(behind)) == Some(Kind::Dash)
    }

    fn time_range(&mut self, days: &Days, before: &[Span]) -> Result<Span, Problem> {
        if self.kind(0) == Some(Kind::Always) {
            self.skip(1);
            return Ok(0..DAY);
        }
        if let Some(one_end @ (Kind::From | Kind::Until)) = self.kind(0) {
            self.skip(1);
            return self.one_end(one_end);
        }
        let place = self.place();
        let start = self.time()?;
        match self.kind(0) {
            Some(Kind::Dash) => self.skip(1),
            Some(Kind::Plus) => {
                self.skip(1);
                return self.open_end(start);
            }
            _ => {
                self.go_back(place);
                let (hour, minute) = (start.hour, start.minute);
                return Err(Problem::Say(format!(
                    "`{hour:02}:{minute:02}` is one moment; write from when to when, as in \
                    `09:00-18:00`"
                )));
            }
        }
        if self.kind(0).is_none_or(|kind| matches!(kind, Kind::Semicolon | Kind::Comma)) {
            return self.open_end(start);
        }
        let mut next_day = self.next_day() || self.is_day_after(days);
        let end = self.time()?;
        next_day |= self.next_day();
        if next_day {
            let (from, to) = (start.said(), end.said());
            return span(from, if to > from { to + DAY } else { to });
        }
        // `09:00-18:00 + Sa 10:00-14:00`, `8-12 + 14-18`: a separator that is none.
        let adds = self.kind(0) == Some(Kind::Plus)
            && match self.kind(1) {
                Some(Kind::Weekday(_) | Kind::Weekdays(_) | Kind::Holiday(_) | Kind::Month(_)) => {
                    true
                }
                Some(Kind::Clock { .. } | Kind::Number { .. }) => {
                    self.kind(2) == Some(Kind::Dash)
                        || self.kind(2).is_some_and(Kind::is_half_of_day)
                }
                _ => false,
            };
        if adds {
            self.translated = true;
            self.skip(1);
        } else if self.kind(0) == Some(Kind::Plus) {
            if let Some(Kind::Clock { hour, minute, .. }) = self.kind(1) {
                return say(&has_offset(hour, minute));
            }
            return say(
                "hours with an open end (`18:00-22:00+`) do not say when it closes; write the end, \
                as in `18:00-22:00`",
            );
        }
        let (first, second) = meanings(start, end);
        let halves = start.half.is_some() && end.half.is_some();
        let no_half = start.half.or(end.half).is_none() && first.1 < DAY;
        let plain = over_night(first.0, first.1);
        let afternoon = (first.0, first.1.saturating_add(DAY / 2));
        let (first, second) = match second {
            // `Mon-Fri 08:30-05:30`: as it is told in words, both are.
            None if no_half && self.is_translated() && is_doubtful_night(&plain) => {
                (afternoon, Some(first))
            }
            second => (first, second),
        };
        let meaning = match second {
            Some(second) if !halves && let Some(only) = apart(before, first, second) => {
                self.translated = true;
                only
            }
            Some(second) => {
                self.translated = true;
                self.ambiguous = true;
                if self.reading.second { second } else { first }
            }
            None => first,
        };
        span(meaning.0, meaning.1)
    }

    /// `18:00+`: until the end of the day, for what people are told to write.
    fn open_end(&mut self, start: Time) -> Result<Span, Problem> {
        self.open_end = true;
        span(start.said(), DAY)
    }

    /// `from 9:00`, `until 18:00`: the other end is that of the day, for what people are told to
    /// write.
    fn one_end(&mut self, which: Kind) -> Result<Span, Problem> {
        /// An hour up to these may be of a clock of twelve.
        const EARLIEST_START: u16 = 7;
        const EARLIEST_END: u16 = 11;
        let time = self.time()?;
        let until = which == Kind::Until;
        let early = if until { EARLIEST_END } else { EARLIEST_START };
        let mut minute = match time {
            Time { midnight: true, .. } if until => DAY,
            time => time.said(),
        };
        if time.short && time.half.is_none() && (1..=early).contains(&time.hour) {
            self.translated = true;
            self.ambiguous = true;
            minute += if self.reading.second { DAY / 2 } else { 0 };
        }
        if until {
            self.open_start = true;
            return span(0, minute);
        }
        self.open_end = true;
        span(minute, DAY)
    }

    /// Whether the day behind the one day of the hours stands here (`Mo 22:00 - Tu 06:00`).
    fn is_day_after(&mut self, days: &Days) -> bool {
        let Some(Kind::Weekday(last)) = self.kind(0) else { return false };
        let first = 1 << ((last + 6) % 7);
        let says = *days == Days { weekdays: first, ..Days::default() };
        self.translated |= says;
        self.skip(usize::from(says));
        says
    }

    /// Whether the word for the next day stands here.
    fn next_day(&mut self) -> bool {
        // `22:00-6:00 (+1)`, `22:00-06:00+1 day`
        let plus_one = self.kind(0) == Some(Kind::Plus)
            && matches!(self.kind(1), Some(Kind::Number { value: 1, digits: 1 }));
        let length = 2 + usize::from(self.kind(2) == Some(Kind::Days));
        let ends = !matches!(
            self.kind(length),
            Some(Kind::Dash | Kind::Clock { .. } | Kind::Number { .. } | Kind::Month(_))
        ) && !self.kind(length).is_some_and(Kind::is_half_of_day);
        let skipped = match self.kind(0) {
            Some(Kind::NextDay) => 1,
            _ if plus_one && ends => length,
            _ => return false,
        };
        self.translated = true;
        self.skip(skipped);
        true
    }
}

/// The one of two meanings that no hours before it meet (`9-12, 1-6pm`), or that lies within them
/// (`9-18, 1-2pm closed`).
fn apart(before: &[Span], first: Meaning, second: Meaning) -> Option<Meaning> {
    let meets =
        |hours: &Span| before.iter().any(|span| span.start < hours.end && hours.start < span.end);
    let lies_within =
        |hours: &Span| before.iter().any(|span| span.start <= hours.start && hours.end <= span.end);
    let [one, other] = [first, second].map(|(from, to)| over_night(from, to));
    let only = |one: bool, other: bool| match (one, other) {
        (true, false) => Some(first),
        (false, true) => Some(second),
        _ => None,
    };
    match (meets(&one), meets(&other)) {
        (true, true) => only(lies_within(&one), lies_within(&other)),
        (one, other) => only(!one, !other),
    }
}

/// An end at or before the start lies on the next day.
pub(super) fn over_night(start: u16, end: u16) -> Span {
    start..if end > start { end } else { end.saturating_add(DAY) }
}

fn span(start: u16, end: u16) -> Result<Span, Problem> {
    if start >= DAY {
        return say("hours begin on their own day; write a start before `24:00`, on the day after");
    }
    let span = over_night(start, end);
    if span.end > 2 * DAY {
        return say("hours end on the next day at the latest; write an end up to `48:00`");
    }
    Ok(span)
}

fn repeat<T>() -> Result<T, Problem> {
    say("a repeat (`10:00-16:00/01:30`) is not a time of being open; write the hours, as in \
        `10:00-16:00`")
}
