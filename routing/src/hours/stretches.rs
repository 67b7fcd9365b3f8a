//! Hours as stretches of time: from when to when they are open, and when that next changes.

use std::ops::Range;

use chrono::{DateTime, NaiveTime, TimeDelta, Utc};

use super::when::{Hours, HoursSource, Window};
use super::zone::Zone;

/// A stretch of time, without its end.
pub(super) type Stretch = Range<DateTime<Utc>>;

/// Days that are searched for a change: a year, the day before it, and the leap day.
const YEAR: i64 = 368;

impl Hours {
    /// The stretches in which it is open between `from` and `to`: in order, disjoint, not touching.
    /// They agree with [`Hours::is_open`] at every instant, also across daylight saving. The time
    /// this takes grows with the days between.
    pub(crate) fn intervals(&self, from: DateTime<Utc>, to: DateTime<Utc>) -> Vec<Stretch> {
        let mut open = Vec::new();
        self.each_window(from, to, |_, stretch| open.push(stretch));
        for source in &self.any {
            let HoursSource::Calendar(_, calendar) = source else { continue };
            if self.exceptions.is_empty() {
                open.extend(calendar.intervals(from, to));
            } else {
                open.extend(self.left_of(calendar, from, to));
            }
        }
        join(&mut open);
        self.without_closed_hours(open, from, to)
    }

    /// The next instant after `now` at which it opens or closes; `None` when that is more than a
    /// year away.
    pub fn next_change(&self, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let is_open = self.is_open(now);
        let end = now.checked_add_signed(TimeDelta::days(YEAR))?;
        let (mut from, mut days) = (now, 2);
        while from < end {
            let to = end.min(from + TimeDelta::days(days));
            let first = self.intervals(from, to).into_iter().next();
            let change = match first {
                Some(open) if open.start == from => {
                    if is_open {
                        (open.end < to).then_some(open.end)
                    } else {
                        Some(from)
                    }
                }
                _ if is_open => Some(from),
                Some(open) => Some(open.start),
                None => None,
            };
            if change.is_some() {
                return change;
            }
            (from, days) = (to, days * 2);
        }
        None
    }

    /// The moments after `from` and before `until` at which it opens or closes.
    pub fn changes(&self, from: DateTime<Utc>, until: DateTime<Utc>) -> Vec<DateTime<Utc>> {
        let bounds =
            self.intervals(from, until).into_iter().flat_map(|open| [open.start, open.end]);
        bounds.filter(|at| from < *at && *at < until).collect()
    }

    /// Whether it does not open in the coming year.
    pub(crate) fn never_opens(&self, now: DateTime<Utc>) -> bool {
        !self.is_open(now) && self.next_change(now).is_none()
    }

    /// Whether it does not close in the coming year.
    pub(crate) fn never_closes(&self, now: DateTime<Utc>) -> bool {
        self.is_open(now) && self.next_change(now).is_none()
    }

    /// What the exceptions leave of a calendar.
    fn left_of(&self, calendar: &Self, from: DateTime<Utc>, to: DateTime<Utc>) -> Vec<Stretch> {
        let mut left = Vec::new();
        calendar.each_window(from, to, |window, stretch| {
            match calendar.belongs(window, self.zone) {
                Some(date) if self.exceptions.leave(date) => left.push(stretch),
                Some(_) => {}
                None => left.extend(self.left_days(stretch)),
            }
        });
        join(&mut left);
        calendar.without_closed_hours(left, from, to)
    }

    /// The days of a stretch, from midnight to midnight, that the exceptions leave.
    fn left_days(&self, stretch: Stretch) -> Vec<Stretch> {
        let first = self.zone.local(stretch.start).date();
        let midnight = |date: chrono::NaiveDate| self.zone.to_utc(date.and_time(NaiveTime::MIN));
        let mut left = Vec::new();
        for date in first.iter_days() {
            let day = midnight(date)..date.succ_opt().map_or(DateTime::<Utc>::MAX_UTC, midnight);
            if day.start >= stretch.end {
                break;
            }
            let piece = day.start.max(stretch.start)..day.end.min(stretch.end);
            if piece.start < piece.end && self.exceptions.leave(date) {
                left.push(piece);
            }
        }
        left
    }

    /// Gives every window of the texts between `from` and `to`, with the time it stands for. One
    /// that a change of clocks repeats comes twice.
    fn each_window(
        &self,
        from: DateTime<Utc>,
        to: DateTime<Utc>,
        mut give: impl FnMut(&Window, Stretch),
    ) {
        for (steady, offset) in steady(self.zone, from, to) {
            let local = |at: DateTime<Utc>| at.naive_utc() + offset;
            let (first, last) = (local(steady.start).date(), local(steady.end).date());
            let Some(first) = first.pred_opt() else { continue };
            for date in first.iter_days().take_while(|date| *date <= last) {
                for span in self.starting(date) {
                    let window = Window { date, span };
                    let start = (window.start() - offset).and_utc().max(steady.start);
                    let end = (window.end() - offset).and_utc().min(steady.end);
                    if start < end {
                        give(&window, start..end);
                    }
                }
            }
        }
    }

    fn without_closed_hours(
        &self,
        mut open: Vec<Stretch>,
        from: DateTime<Utc>,
        to: DateTime<Utc>,
    ) -> Vec<Stretch> {
        let dates = self.zone.local(from).date()..=self.zone.local(to).date();
        let closed = &self.exceptions.closed;
        let hours = closed.iter().filter(|closed| closed.is_of_hours());
        let hours = hours.flat_map(|closed| closed.hours(self.zone, dates.clone()));
        let mut cuts: Vec<Stretch> = hours
            .map(|hours| {
                hours.from().unwrap_or(from).max(from)..hours.until().unwrap_or(to).min(to)
            })
            .filter(|cut| cut.start < cut.end)
            .collect();
        if cuts.is_empty() {
            return open;
        }
        join(&mut cuts);
        let mut cuts = cuts.into_iter().peekable();
        let mut left = Vec::with_capacity(open.len());
        for mut stretch in open.drain(..) {
            while let Some(cut) = cuts.peek() {
                if cut.start >= stretch.end {
                    break;
                }
                if stretch.start < cut.start {
                    left.push(stretch.start..cut.start);
                }
                stretch.start = stretch.start.max(cut.end.min(stretch.end));
                if cut.end > stretch.end {
                    break;
                }
                cuts.next();
            }
            if stretch.start < stretch.end {
                left.push(stretch);
            }
        }
        left
    }
}

/// Puts stretches in order and joins those that touch.
fn join(stretches: &mut Vec<Stretch>) {
    stretches.sort_unstable_by_key(|stretch| stretch.start);
    stretches.dedup_by(|next, kept| {
        let touches = next.start <= kept.end;
        if touches {
            kept.end = kept.end.max(next.end);
        }
        touches
    });
}

/// The time from `from` to `to` in stretches in which the zone's clock runs steadily, with its
/// offset.
fn steady(zone: Zone, from: DateTime<Utc>, to: DateTime<Utc>) -> Vec<(Stretch, TimeDelta)> {
    let offset = |at: DateTime<Utc>| zone.local(at) - at.naive_utc();
    let mut found = Vec::new();
    let (mut start, mut at) = (from, from);
    let mut own = offset(from);
    while at < to {
        let next = to.min(at + TimeDelta::days(1));
        if offset(next) != own {
            // The clock changes between the two: where, to the second.
            let (mut before, mut after) = (at.timestamp(), next.timestamp());
            while after - before > 1 {
                let middle = before + (after - before) / 2;
                let is_before =
                    DateTime::from_timestamp(middle, 0).is_some_and(|middle| offset(middle) == own);
                if is_before { before = middle } else { after = middle }
            }
            let change = DateTime::from_timestamp(after, 0).unwrap_or(next).min(to);
            found.push((start..change, own));
            (start, at, own) = (change, change, offset(change));
        } else {
            at = next;
        }
    }
    found.push((start..to, own));
    found.retain(|(stretch, _)| stretch.start < stretch.end);
    found
}
