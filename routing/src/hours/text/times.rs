//! Times of a part: `09:00-12:00,13:00-18:00`, and what people write instead.

use super::super::pattern::{DAY, Span};
use super::parser::{Parser, Problem, say};
use super::token::Kind;

/// A time as it was written.
#[derive(Debug, Clone, Copy)]
struct Time {
    hour: u16,
    minute: u16,
    half: Option<Half>,
    /// One digit, or no minutes: may be meant by a clock of twelve hours.
    short: bool,
    midnight: bool,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Half {
    Am,
    Pm,
}

/// What was said of an hour of twelve.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Said {
    Am,
    Pm,
    /// Before or after midnight, by the hour.
    AtNight,
    /// Before or after noon, by the hour.
    AroundNoon,
}

impl Said {
    fn of(self, hour: u16) -> Half {
        match (self, hour) {
            (Self::Am, _) | (Self::AtNight, 0..=5 | 12) | (Self::AroundNoon, 9..=11) => Half::Am,
            _ => Half::Pm,
        }
    }
}

const HALF: u16 = 12 * 60;

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
                | Kind::Am
                | Kind::Pm
                | Kind::AtNight
                | Kind::AroundNoon,
            ) => true,
            Some(Kind::Number { value, digits }) => {
                let year = digits == 4 && (1900..=2100).contains(&value);
                !year
                    && matches!(
                        self.kind(1),
                        Some(Kind::Dash | Kind::Am | Kind::Pm | Kind::AtNight | Kind::Plus)
                    )
                    && !matches!(self.kind(3), Some(Kind::Month(_)))
            }
            _ => false,
        }
    }

    pub(super) fn times(&mut self, spans: &mut Vec<Span>) -> Result<(), Problem> {
        loop {
            let span = self.time_range()?;
            spans.push(span);
            let mut ahead = 0;
            while matches!(self.kind(ahead), Some(Kind::Comma | Kind::Slash)) {
                ahead += 1;
            }
            let slash = (0..ahead).any(|at| self.kind(at) == Some(Kind::Slash));
            let place = self.place();
            self.skip(ahead);
            if self.is_time() && self.kind(0) != Some(Kind::Always) {
                if slash && self.kind(1) != Some(Kind::Dash) {
                    return repeat();
                }
                self.translated |= slash;
                continue;
            }
            if slash {
                // `9-18 / Sa 10-14`: a separator that is none.
                if matches!(
                    self.kind(0),
                    Some(Kind::Weekday(_) | Kind::Weekdays(_) | Kind::Holiday(_) | Kind::Month(_))
                ) {
                    return Ok(());
                }
                return repeat();
            }
            self.go_back(place);
            return Ok(());
        }
    }

    fn time_range(&mut self) -> Result<Span, Problem> {
        if self.kind(0) == Some(Kind::Always) {
            self.skip(1);
            return Ok(0..DAY);
        }
        let place = self.place();
        let start = self.time()?;
        match self.kind(0) {
            Some(Kind::Dash) => self.skip(1),
            Some(Kind::Plus) => return open_end(),
            _ => {
                self.go_back(place);
                let (hour, minute) = (start.hour, start.minute);
                return Err(Problem::Say(format!(
                    "`{hour:02}:{minute:02}` is one moment; write from when to when, as in `09:00-18:00`"
                )));
            }
        }
        if self.kind(0).is_none_or(|kind| matches!(kind, Kind::Semicolon | Kind::Comma)) {
            return open_end();
        }
        let mut next_day = self.next_day();
        let end = self.time()?;
        next_day |= self.next_day();
        if next_day {
            let (from, to) = (start.said(), end.said());
            return span(from, if to > from { to + DAY } else { to });
        }
        if self.kind(0) == Some(Kind::Plus) {
            if matches!(self.kind(1), Some(Kind::Clock { .. })) {
                return say(
                    "hours have no offset such as `+09:00`; leave it out here, and set `TimeZone` to a name such as `Asia/Seoul`",
                );
            }
            return open_end();
        }
        let (first, second) = meanings(start, end);
        let meaning = match second {
            Some(second) => {
                self.translated = true;
                self.ambiguous = true;
                if self.reading.second { second } else { first }
            }
            None => first,
        };
        span(meaning.0, meaning.1)
    }

    fn time(&mut self) -> Result<Time, Problem> {
        let mut said = self.half_of_day();
        let small = |number: u32| u16::try_from(number).unwrap_or(u16::MAX);
        let mut time = match self.kind(0) {
            Some(Kind::Sun) => {
                return say(
                    "sun times (`dawn`, `sunrise`, `sunset`, `dusk`) are different in every place; write times such as `08:00-20:00`",
                );
            }
            Some(Kind::Noon) => {
                Time { hour: 12, minute: 0, half: None, short: false, midnight: false }
            }
            Some(Kind::Midnight) => {
                Time { hour: 0, minute: 0, half: None, short: false, midnight: true }
            }
            Some(Kind::Clock { hour, minute, digits }) => Time {
                hour: small(hour),
                minute: small(minute),
                half: None,
                short: digits < 2,
                midnight: false,
            },
            // `12-25` is a date.
            Some(Kind::Number { value: 25.., digits: 1..=2 }) => return self.stuck(),
            Some(Kind::Number { value, digits }) => {
                self.translated = true;
                let (hour, minute) =
                    if digits > 2 { (value / 100, value % 100) } else { (value, 0) };
                Time {
                    hour: small(hour),
                    minute: small(minute),
                    half: None,
                    short: digits == 1 || digits == 3,
                    midnight: false,
                }
            }
            _ => return self.stuck(),
        };
        if time.minute > 59 || time.hour > 48 {
            return Err(Problem::Say(format!(
                "there is no time `{}:{:02}`; write hours up to `24:00` (`48:00` on the next day), and minutes up to 59",
                time.hour, time.minute
            )));
        }
        self.skip(1);
        if let Some(after) = self.half_of_day() {
            if said.is_some_and(|before| before != after) {
                return self.stuck();
            }
            said = Some(after);
        }
        let half = said.map(|said| said.of(time.hour));
        // `밤 12시`
        if said == Some(Said::AtNight) && time.hour == 12 && time.minute == 0 {
            (time.hour, time.midnight) = (0, true);
        }
        // `13:00 pm` says twice what it means.
        time.half = half.filter(|_| time.hour <= 12 && !time.midnight);
        if half == Some(Half::Am) && time.hour > 12 {
            return self.stuck();
        }
        Ok(time)
    }

    /// Whether the word for the next day stands here.
    fn next_day(&mut self) -> bool {
        let says = self.kind(0) == Some(Kind::NextDay);
        self.translated |= says;
        self.skip(usize::from(says));
        says
    }

    fn half_of_day(&mut self) -> Option<Said> {
        let said = match self.kind(0) {
            Some(Kind::Am) => Said::Am,
            Some(Kind::Pm) => Said::Pm,
            Some(Kind::AtNight) => Said::AtNight,
            Some(Kind::AroundNoon) => Said::AroundNoon,
            _ => return None,
        };
        self.translated = true;
        self.skip(1);
        Some(said)
    }
}

impl Time {
    fn plain(self) -> u16 {
        self.hour * 60 + self.minute
    }

    fn at(self, half: Half) -> u16 {
        let morning = self.plain() % HALF;
        if half == Half::Am { morning } else { morning + HALF }
    }

    /// As it was said, whatever stands beside it.
    fn said(self) -> u16 {
        self.half.map_or(self.plain(), |half| self.at(half))
    }
}

/// From when to when, in minutes.
type Meaning = (u16, u16);

/// What two times mean; with a second meaning where people write both.
fn meanings(start: Time, end: Time) -> (Meaning, Option<Meaning>) {
    use Half::{Am, Pm};
    if end.midnight {
        return ((start.said(), DAY), None);
    }
    match (start.half, end.half) {
        (Some(first), Some(last)) => ((start.at(first), as_end(end.at(last))), None),
        (None, Some(last)) => {
            let to = as_end(end.at(last));
            if start.hour > 12 || !start.short && start.hour != 12 && start.hour < 10 {
                return ((start.plain(), to), None);
            }
            let (am, pm) = (start.at(Am), start.at(Pm));
            match last {
                Pm if start.hour == 12 => ((pm, to), None),
                Pm if pm >= to => ((am, to), None),
                Pm => ((am, to), Some((pm, to))),
                Am if to == DAY => ((am, to), Some((pm, to))),
                Am if am < to => ((am, to), None),
                Am => ((pm, to), None),
            }
        }
        (Some(first), None) => {
            let from = start.at(first);
            if end.hour > 12 {
                return ((from, end.plain()), None);
            }
            let (am, pm) = (end.at(Am), end.at(Pm));
            match first {
                Am if end.hour == 12 => ((from, HALF), None),
                Am if am <= from => ((from, pm), None),
                Am => ((from, am), Some((from, pm))),
                Pm if pm > from => ((from, pm), None),
                Pm => ((from, as_end(am)), None),
            }
        }
        (None, None) => {
            let (from, to) = (start.plain(), end.plain());
            let plain = (from, to);
            if end.short && end.hour > 0 && start.hour <= 12 && to <= from {
                // `9-6`, `10:00-2:00`: in the afternoon, or through the night?
                return ((from, to + HALF), Some(plain));
            }
            if start.short && end.short && (1..=6).contains(&start.hour) && to > from {
                // `1:00-5:00`: at night, or in the afternoon?
                return ((from + HALF, to + HALF), Some(plain));
            }
            (plain, None)
        }
    }
}

/// Midnight as an end is the end of the day.
fn as_end(minute: u16) -> u16 {
    if minute == 0 { DAY } else { minute }
}

/// An end at or before the start lies on the next day.
fn span(start: u16, end: u16) -> Result<Span, Problem> {
    if start >= DAY {
        return say("hours begin on their own day; write a start before `24:00`, on the day after");
    }
    let end = if end > start { end } else { end + DAY };
    if end > 2 * DAY {
        return say("hours end on the next day at the latest; write an end up to `48:00`");
    }
    Ok(start..end)
}

fn open_end<T>() -> Result<T, Problem> {
    say("an open end (`18:00+`) has no end; write `18:00-24:00`")
}

fn repeat<T>() -> Result<T, Problem> {
    say(
        "a repeat (`10:00-16:00/01:30`) is not a time of being open; write the hours, as in `10:00-16:00`",
    )
}
