//! What two times of the clock mean, when half of the day is said once, twice or not at all.

use super::super::pattern::DAY;

/// A time as it was written.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Time {
    pub(super) hour: u16,
    pub(super) minute: u16,
    pub(super) half: Option<Half>,
    /// One digit, or no minutes: may be meant by a clock of twelve hours.
    pub(super) short: bool,
    pub(super) midnight: bool,
    /// 12 o'clock, and which half of the day it was said to be of.
    pub(super) twelve: Option<Said>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Half {
    Am,
    Pm,
}

/// What was said of an hour of twelve.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Said {
    Am,
    Pm,
    /// `午前`, `上午`
    BeforeNoon,
    /// `午後`, `下午`
    AfterNoon,
    /// Before or after midnight, by the hour.
    AtNight,
    /// Before or after noon, by the hour.
    AroundNoon,
}

impl Said {
    pub(super) fn of(self, hour: u16) -> Half {
        match (self, hour) {
            (Self::Am | Self::BeforeNoon, _)
            | (Self::AtNight, 0..=5 | 12)
            | (Self::AroundNoon, 9..=11) => Half::Am,
            _ => Half::Pm,
        }
    }
}

const HALF: u16 = 12 * 60;

impl Time {
    fn plain(self) -> u16 {
        self.hour * 60 + self.minute
    }

    fn at(self, half: Half) -> u16 {
        let morning = self.plain() % HALF;
        if half == Half::Am { morning } else { morning + HALF }
    }

    /// As it was said, whatever stands beside it.
    pub(super) fn said(self) -> u16 {
        self.half.map_or(self.plain(), |half| self.at(half))
    }
}

/// From when to when, in minutes.
pub(super) type Meaning = (u16, u16);

/// What two times mean; with a second meaning where people write both.
pub(super) fn meanings(start: Time, end: Time) -> (Meaning, Option<Meaning>) {
    use Half::{Am, Pm};
    if end.midnight {
        return ((start.said(), DAY), None);
    }
    match (start.half, end.half) {
        (Some(first), Some(last)) => {
            let plain = (start.at(first), as_end(end.at(last)));
            around_twelve(start, end, plain).unwrap_or((plain, None))
        }
        (None, Some(last)) => {
            let to = as_end(end.at(last));
            if start.hour > 12 || !start.short && start.hour != 12 && start.hour < 10 {
                return ((start.plain(), to), None);
            }
            let (am, pm) = (start.at(Am), start.at(Pm));
            match last {
                Pm if start.hour == 12 => ((pm, to), None),
                // `8-12pm`: until noon, or until midnight?
                Pm if end.twelve.is_some() && start.hour < 9 => ((am, to), Some((pm, to + HALF))),
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
                Am if end.hour == 12 => ((from, HALF + end.minute), None),
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

/// What 12 o'clock means with a half of the day; `None` = what it says. Many mix up its halves.
fn around_twelve(start: Time, end: Time, plain: Meaning) -> Option<(Meaning, Option<Meaning>)> {
    use Half::{Am, Pm};
    let (from, to) = plain;
    let later = |minute: u16| minute % HALF + HALF;
    let either = |first, second| Some((first, Some(second)));
    match (start.half?, start.twelve, end.half?, end.twelve) {
        // `午前9時～午前12時`, `上午9点-下午12点`
        (Am, None, _, Some(Said::BeforeNoon | Said::AfterNoon)) => {
            either((from, later(end.minute)), (from, later(end.minute) + HALF))
        }
        // `9am-12am`
        (Am, None, Am, Some(_)) => either(plain, (from, later(end.minute))),
        // `1pm-12pm`, `오후 1시~오후 12시`
        (Pm, _, Pm, Some(_)) if from >= to => either((from, to + HALF), plain),
        // `12am-12pm`, `12am-6pm`
        (Am, Some(_), Pm, Some(_)) => either(plain, (from + HALF, to + HALF)),
        (Am, Some(Said::BeforeNoon), Pm, None) => either((from + HALF, to), plain),
        (Am, Some(_), Pm, None) => either(plain, (from + HALF, to)),
        // `12pm-6am`
        (Pm, Some(_), Am, None) => either(plain, (from % HALF, to)),
        _ => None,
    }
}

/// Midnight as an end is the end of the day.
fn as_end(minute: u16) -> u16 {
    if minute == 0 { DAY } else { minute }
}
