//! Why hours are open or closed, in words: which text, calendar or exception makes it so.

use std::cell::Cell;

use chrono::{DateTime, NaiveDate, NaiveDateTime, Timelike, Utc};

use super::pattern::DAY;
use super::when::{Hours, HoursSource};
use super::written::Written;
use crate::text::cut;

/// Most of several texts and calendars that are told.
const TOLD: usize = 10;

impl Hours {
    /// Why it is closed at `now`, in words; `None` when it is open.
    pub(crate) fn why_closed(&self, now: DateTime<Utc>) -> Option<String> {
        if self.is_open(now) {
            return None;
        }
        let local = self.zone.local(now);
        let date = local.date();
        let closing = self
            .exceptions
            .closed
            .iter()
            .flat_map(|closed| closed.hours(self.zone, date..=date))
            .find(|hours| hours.contains(now));
        if let Some(closed) = closing {
            return Some(match closed.until() {
                Some(until) => format!(
                    "`ClosedDates` closes it until {}",
                    self.zone.local(until).format("%a %Y-%m-%d %H:%M")
                ),
                None => "`ClosedDates` closes it without an end".to_owned(),
            });
        }
        let exception = self.exception(date).or_else(|| {
            let other = self.taken_from(now, local)?;
            self.exception(other)
        });
        if exception.is_some() {
            return exception;
        }
        let mut each: Vec<String> =
            self.any.iter().take(TOLD).map(|source| closed(source, now, date)).collect();
        match self.any.len().saturating_sub(TOLD) {
            0 => {}
            more => each.push(format!("and {more} more")),
        }
        Some(each.join("; "))
    }

    /// The same, and when that changes; the week is told once.
    pub(crate) fn why_closed_until(&self, now: DateTime<Utc>) -> Option<String> {
        let why = self.why_closed(now)?;
        let until = self.open_now(now);
        let until = until.strip_suffix(&format!("; {why}")).unwrap_or(&until);
        Some(format!("{why}; {until}"))
    }

    /// What makes it open at `now`, where that is more than its only text.
    pub(crate) fn why_open(&self, now: DateTime<Utc>) -> Option<String> {
        let local = self.zone.local(now);
        if let Some(special) = self.exceptions.special.get(&local.date())
            && holds(special, local, local.date())
        {
            return Some(given(local.date(), special));
        }
        let is_only = self.any.len() == 1;
        self.any.iter().find_map(|source| match source {
            HoursSource::Text(_) if is_only => None,
            HoursSource::Text(written) => {
                let days = [Some(local.date()), local.date().pred_opt()];
                let mut left =
                    days.into_iter().flatten().filter(|date| self.exceptions.leave(*date));
                left.any(|date| holds(written, local, date))
                    .then(|| format!("`{}`", cut(&written.text)))
            }
            HoursSource::Calendar(name, calendar) => calendar.is_open(now).then(|| {
                let why = calendar.why_open(now).map(|why| format!(": {why}"));
                format!("calendar `{}`{}", cut(name), why.unwrap_or_default())
            }),
        })
    }

    /// Why the usual hours do not count for what starts on `date`.
    fn exception(&self, date: NaiveDate) -> Option<String> {
        if let Some(special) = self.exceptions.special.get(&date) {
            return Some(given(date, special));
        }
        if self.exceptions.closed.iter().any(|closed| closed.closes(date)) {
            return Some(format!("{date} is in `ClosedDates`"));
        }
        self.week(date).filter(|_| !self.exceptions.leave(date))
    }

    /// The date of a window of the usual hours that would hold at `now`: a night that an exception
    /// of the day before takes away, or a window of a calendar in another zone.
    fn taken_from(&self, now: DateTime<Utc>, local: NaiveDateTime) -> Option<NaiveDate> {
        let yesterday = local.date().pred_opt()?;
        self.any.iter().find_map(|source| match source {
            HoursSource::Text(written) => holds(written, local, yesterday).then_some(yesterday),
            HoursSource::Calendar(_, calendar) => {
                let date = Cell::new(None);
                let of = |window: &_| {
                    date.set(Some(calendar.belongs(window, self.zone).unwrap_or(local.date())));
                    true
                };
                (calendar.is_open(now) && calendar.day_at(calendar.zone.local(now), of))
                    .then_some(date.get())?
            }
        })
    }
}

/// Whether a window that starts on `date` holds at the local time.
fn holds(written: &Written, local: NaiveDateTime, date: NaiveDate) -> bool {
    let later = if date == local.date() { 0 } else { DAY };
    let minute = u16::try_from(local.hour() * 60 + local.minute()).unwrap_or_default();
    written.starting(date).iter().any(|span| span.contains(&(minute + later)))
}

fn given(date: NaiveDate, special: &Written) -> String {
    format!("`SpecialDates` gives {date} the hours `{}`", cut(&special.text))
}

/// Why one of the texts and calendars is closed.
fn closed(source: &HoursSource, now: DateTime<Utc>, date: NaiveDate) -> String {
    match source {
        HoursSource::Text(written) => match written.holiday(date) {
            Some(holiday) => format!("{date} is a public holiday of {holiday}"),
            None => format!("outside `{}`", cut(&written.text)),
        },
        HoursSource::Calendar(name, calendar) => {
            let why = calendar.why_closed(now);
            let why = why.unwrap_or_else(|| format!("what is left of it on {date}"));
            format!("calendar `{}`: {why}", cut(name))
        }
    }
}
