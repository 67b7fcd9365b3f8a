//! One opening_hours text as a value, evaluated day by day.
//!
//! The parts are put together as opening_hours.js does, but for one point: **a window belongs to
//! the day it starts on**. A later part that replaces or closes a day leaves alone the night that
//! began the day before.

mod dates;
mod days;
mod display;
mod nth;
mod spans;

use chrono::NaiveDate;

pub(crate) use dates::{DateRange, YearDay};
pub(crate) use days::{Days, Holiday, HolidayKind, WEEK, Weeks, Years};
pub(crate) use nth::{Nth, days_of_month};
pub(crate) use spans::{DAY, Span, is_doubtful_night, without};
use spans::{merge, subtract};

use super::Country;
use crate::packed::{packed_enum, packed_struct};

/// How a part joins the parts before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Joint {
    /// `;`: replaces the day where the part names days.
    Replace,
    /// `,`: adds to the day.
    Add,
    /// `||`: counts where nothing before is open.
    Fallback,
}

/// One part of the text, between `;`, `,` or `||`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Part {
    pub(crate) joint: Joint,
    pub(crate) days: Days,
    /// In the order of the text. An `off` part without spans closes whole dates; an open part has
    /// at least one.
    pub(crate) spans: Vec<Span>,
    pub(crate) off: bool,
}

packed_enum!(Joint { 0 = Replace, 1 = Add, 2 = Fallback });
packed_struct!(Part { joint, days, spans, off } if |part| {
    part.spans.iter().all(|span| span.start <= span.end && span.end <= 2 * DAY)
});
packed_struct!(Pattern { parts, country });

impl Part {
    /// Whether it is open from midnight to midnight.
    pub(crate) fn is_open_all_day(&self) -> bool {
        !self.off && matches!(self.spans.as_slice(), [all_day] if *all_day == (0..DAY))
    }

    /// Whether the part closes dates, not hours.
    fn closes_dates(&self) -> bool {
        self.off && self.spans.iter().all(|span| *span == (0..DAY))
    }

    /// Removes the hours that this `off` part closes from the windows of `date`, wherever the
    /// part's own days lie.
    fn close_hours(&self, date: NaiveDate, country: Option<Country>, windows: &mut Vec<Span>) {
        let mut cut = |day: Option<NaiveDate>, shift: i32| {
            if day.is_some_and(|day| self.days.contain(day, country)) {
                for span in &self.spans {
                    subtract(windows, i32::from(span.start) + shift..i32::from(span.end) + shift);
                }
            }
        };
        cut(date.pred_opt(), -i32::from(DAY));
        cut(Some(date), 0);
        cut(date.succ_opt(), i32::from(DAY));
    }
}

/// A parsed text, with the country whose holidays `PH` means in it.
///
/// `Display` writes it as a text that reads as the same pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pattern {
    pub(crate) parts: Vec<Part>,
    pub(crate) country: Option<Country>,
}

impl Pattern {
    /// The windows that start on `date`, in order and disjoint, in minutes from its midnight; a
    /// window may reach into the next day.
    pub(crate) fn starting(&self, date: NaiveDate) -> Vec<Span> {
        let mut windows = Vec::new();
        let mut before_names_days = true;
        for (index, part) in self.parts.iter().enumerate() {
            let names_days = !part.days.is_every_day();
            // As in opening_hours.js: a part without days does not replace one that has some.
            let replaces = part.joint == Joint::Replace && (names_days || !before_names_days);
            before_names_days = names_days;
            if part.off {
                if part.joint == Joint::Fallback {
                    // What is not open is closed already.
                } else if !part.closes_dates() {
                    part.close_hours(date, self.country, &mut windows);
                } else if part.days.contain(date, self.country) {
                    windows.clear();
                }
            } else if part.days.contain(date, self.country) {
                if replaces && index > 0 {
                    windows.clear();
                }
                windows.extend(part.spans.iter().cloned());
                merge(&mut windows);
            }
        }
        windows
    }

    /// Whether every day of every week is alike, so that one week shows everything.
    pub(crate) fn is_weekly(&self) -> bool {
        self.parts.iter().all(|part| part.days.is_weekly())
    }

    /// Why nothing starts on `date` although the pattern opens on other days: no part of it speaks
    /// of this date. `None` when a part does, or when it never opens at all (`off`).
    ///
    /// For the hours of one date (`SpecialDates`), where `Mo-Th 09:00-22:00` for a Friday is a
    /// mistake. The answer is a sentence for the finding.
    pub(crate) fn excludes(&self, date: NaiveDate) -> Option<String> {
        let opens = self.parts.iter().any(|part| !part.off);
        let speaks = |part: &Part| part.days.contain(date, self.country);
        if !opens || self.parts.iter().any(speaks) {
            return None;
        }
        let day = date.format("%Y-%m-%d, a %A");
        let hours = match self.parts.as_slice() {
            [only] => {
                let part = Part { days: Days::default(), ..only.clone() };
                Pattern { parts: vec![part], country: None }.to_string()
            }
            _ => "09:00-18:00".to_owned(),
        };
        Some(format!(
            "the hours `{self}` leave out their own date, {day}; write hours alone, such as \
            `{hours}`, or `off`"
        ))
    }

    /// Why hours of one date that only close hours open nothing: `12:00-13:00 off`.
    pub(crate) fn opens_nothing(&self) -> Option<String> {
        let closes_hours = |part: &Part| part.off && !part.closes_dates();
        (self.parts.iter().all(|part| part.off) && self.parts.iter().any(closes_hours)).then(|| {
            format!(
                "the hours `{self}` close hours of a day that has no others; write the hours that \
                are open, such as `09:00-12:00,13:00-18:00`, or `off`"
            )
        })
    }

    /// What the author of hours of one date may not have meant: a later part that replaces an
    /// earlier one, as in `10:00-14:00; 16:00-18:00`.
    pub(crate) fn replaces_on(&self, date: NaiveDate) -> Option<String> {
        let opens = |part: &Part| !part.off && part.days.contain(date, self.country);
        let first = self.parts.iter().position(opens)?;
        let later = |(place, part): &(usize, &Part)| {
            *place > first && part.joint == Joint::Replace && opens(part)
        };
        let (place, part) = self.parts.iter().enumerate().find(later)?;
        let mut added = self.clone();
        if let Some(part) = added.parts.get_mut(place) {
            part.joint = Joint::Add;
        }
        Some(format!(
            "after `;`, `{part}` replaces the hours before it on the same day; use a comma to add \
            hours: write `{added}`"
        ))
    }
}

#[cfg(test)]
mod tests;
