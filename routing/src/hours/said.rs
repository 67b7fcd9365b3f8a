//! Hours in words: for `_Check`, for traces.

use chrono::{DateTime, NaiveDate, Utc};

use super::when::{Hours, HoursSource};

impl Hours {
    /// Open or closed at `now`, and until when, as a person reads it; which weeks, when they count.
    pub(crate) fn open_now(&self, now: DateTime<Utc>) -> String {
        let zone = self.shown_zone();
        let change = self.next_change(now).map(|at| zone.local(at).format("%a %Y-%m-%d %H:%M"));
        let mut said = match (self.is_open(now), change) {
            (true, Some(at)) => format!("open, closes {at} {zone}"),
            (true, None) => format!("open, and does not close in the coming year ({zone})"),
            (false, Some(at)) => format!("closed, opens {at} {zone}"),
            (false, None) => format!("closed, and does not open in the coming year ({zone})"),
        };
        if let Some(week) = self.week(self.zone.local(now).date()) {
            said.push_str("; ");
            said.push_str(&week);
        }
        said
    }

    /// The calendars that it goes by, as a person reads it; `None` when it goes by none.
    pub(crate) fn by_calendars(&self) -> Option<String> {
        let names: Vec<_> =
            self.calendars().map(|name| format!("`{}`", crate::text::cut(name))).collect();
        (!names.is_empty()).then(|| format!("as calendar {} says", names.join(", ")))
    }

    /// As [`Hours::open_now`]; `None` when calendars decide it too, which tell that themselves.
    pub(crate) fn open_by_itself(&self, now: DateTime<Utc>) -> Option<String> {
        self.calendars().next().is_none().then(|| self.open_now(now))
    }

    /// Whether the week of `date` counts, when only every N-th does.
    pub(super) fn week(&self, date: NaiveDate) -> Option<String> {
        let weeks = self.exceptions.weeks?;
        if weeks.contain(date) {
            return Some("this week: on".to_owned());
        }
        let next = weeks.next_after(date)?;
        Some(format!("this week: off; next: from {}", next.format("%a %Y-%m-%d")))
    }

    /// How many parts the hours have that are looked at for one day, at most.
    pub(crate) fn parts(&self) -> usize {
        self.any
            .iter()
            .map(|source| match source {
                HoursSource::Text(written) => written.parts(),
                HoursSource::Calendar(_, calendar) => calendar.parts(),
            })
            .sum::<usize>()
            .saturating_add(1)
    }

    /// What the authors of the texts may not have meant.
    pub fn warnings(&self) -> impl Iterator<Item = &str> {
        self.any
            .iter()
            .filter_map(|source| match source {
                HoursSource::Text(written) => Some(written),
                HoursSource::Calendar(..) => None,
            })
            .flat_map(|written| written.warnings.iter().map(String::as_str))
    }
}
