//! Opening hours: when a rule, a calendar or an agent's shift is open.

mod country;
mod country_names;
mod dates;
mod holidays;
mod names;
mod pattern;
mod text;
mod zone;
mod zone_names;

use std::collections::{BTreeMap, HashMap};
use std::ops::RangeInclusive;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use chrono::{DateTime, NaiveDate, Timelike, Utc};

pub use country::Country;
pub use dates::{Interval, is_reversed, parse_day, parse_days, parse_end, parse_start};
pub use holidays::Holiday;
pub use pattern::Pattern;
use pattern::{DAY, Span};
pub use text::MAX_CHARACTERS;
pub use zone::Zone;

/// Days that are searched for a change: a year, the day before it, and the leap day.
const YEAR: usize = 368;

/// Opening hours in a time zone, with a calendar's exceptions.
#[derive(Debug)]
pub struct Hours {
    zone: Zone,
    pattern: Pattern,
    closed: Vec<RangeInclusive<NaiveDate>>,
    special: BTreeMap<NaiveDate, Pattern>,
    /// The last answer: the minute (since 1970) times two, plus one when open. Hours change by
    /// whole minutes, and many rules and agents share one `Hours`.
    last: AtomicI64,
}

impl Hours {
    /// Hours without exceptions.
    pub fn new(zone: Zone, pattern: Pattern) -> Self {
        Self::with_exceptions(zone, pattern, Vec::new(), BTreeMap::new())
    }

    /// Hours of a calendar: nothing starts on a `closed` date; a `special` date has the hours given
    /// for it instead, also when it is closed.
    pub fn with_exceptions(
        zone: Zone,
        pattern: Pattern,
        closed: Vec<RangeInclusive<NaiveDate>>,
        special: BTreeMap<NaiveDate, Pattern>,
    ) -> Self {
        Self { zone, pattern, closed, special, last: AtomicI64::new(-1) }
    }

    /// The time zone that the hours are meant in.
    pub fn zone(&self) -> Zone {
        self.zone
    }

    /// Whether it is open at `now`.
    pub fn is_open(&self, now: DateTime<Utc>) -> bool {
        let minute = now.timestamp().div_euclid(60);
        let last = self.last.load(Ordering::Relaxed);
        if last >= 0 && last / 2 == minute {
            return last % 2 == 1;
        }
        // Day selectors are the library's; should one panic on some date, these hours are closed
        // and nothing else is affected.
        let open = catch_unwind(AssertUnwindSafe(|| self.evaluate(now))).unwrap_or(false);
        if minute >= 0 {
            self.last.store(minute * 2 + i64::from(open), Ordering::Relaxed);
        }
        open
    }

    fn evaluate(&self, now: DateTime<Utc>) -> bool {
        let local = self.zone.local(now);
        let minute = u16::try_from(local.hour() * 60 + local.minute()).unwrap_or_default();
        let inside =
            |spans: Vec<Span>, minute: u16| spans.iter().any(|span| span.contains(&minute));
        inside(self.starting(local.date()), minute)
            || local
                .date()
                .pred_opt()
                .is_some_and(|yesterday| inside(self.starting(yesterday), minute + DAY))
    }

    /// The next instant after `now` at which it opens or closes; `None` when that is more than a
    /// year away.
    pub fn next_change(&self, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let is_open = self.is_open(now);
        let first = self.zone.local(now).date().pred_opt()?;
        for date in first.iter_days().take(YEAR) {
            let midnight = date.and_time(chrono::NaiveTime::MIN);
            let bounds = self.windows(date).into_iter().flat_map(|span| [span.start, span.end]);
            let mut bounds: Vec<DateTime<Utc>> = bounds
                .map(|minute| {
                    self.zone.to_utc(midnight + chrono::TimeDelta::minutes(i64::from(minute)))
                })
                .collect();
            // Days of daylight saving also change by the clock.
            bounds.push(self.zone.to_utc(midnight));
            bounds.sort_unstable();
            if let Some(change) =
                bounds.into_iter().find(|at| *at > now && self.is_open(*at) != is_open)
            {
                return Some(change);
            }
        }
        None
    }

    /// The moments after `from` and before `until` at which it opens or closes.
    pub fn changes(&self, from: DateTime<Utc>, until: DateTime<Utc>) -> Vec<DateTime<Utc>> {
        let next = |at: &DateTime<Utc>| self.next_change(*at).filter(|change| *change < until);
        std::iter::successors(next(&from), next).collect()
    }

    /// Open or closed at `now`, and until when, as a person reads it.
    pub fn open_now(&self, now: DateTime<Utc>) -> String {
        let zone = self.zone;
        let change = self.next_change(now).map(|at| zone.local(at).format("%a %Y-%m-%d %H:%M"));
        match (self.is_open(now), change) {
            (true, Some(at)) => format!("open, closes {at} {zone}"),
            (true, None) => format!("open, and does not close in the coming year ({zone})"),
            (false, Some(at)) => format!("closed, opens {at} {zone}"),
            (false, None) => format!("closed, and does not open in the coming year ({zone})"),
        }
    }

    /// Whether a window starts on `date`.
    pub fn opens_on(&self, date: NaiveDate) -> bool {
        !self.windows(date).is_empty()
    }

    /// Whether it is open all of `date`.
    pub fn is_open_all(&self, date: NaiveDate) -> bool {
        let before = date.pred_opt().map(|yesterday| self.windows(yesterday)).unwrap_or_default();
        let before = before
            .into_iter()
            .map(|span| span.start.saturating_sub(DAY)..span.end.saturating_sub(DAY));
        let mut windows: Vec<Span> = before.chain(self.windows(date)).collect();
        windows.sort_by_key(|span| span.start);
        let open_until = windows
            .into_iter()
            .fold(0, |until, span| if span.start <= until { until.max(span.end) } else { until });
        open_until >= DAY
    }

    /// The windows that start on `date`, in minutes from its midnight; none when the library should
    /// panic on the date.
    pub(crate) fn windows(&self, date: NaiveDate) -> Vec<Span> {
        catch_unwind(AssertUnwindSafe(|| self.starting(date))).unwrap_or_default()
    }

    /// The windows that start on `date`, with the exceptions.
    fn starting(&self, date: NaiveDate) -> Vec<Span> {
        if let Some(special) = self.special.get(&date) {
            special.starting(date)
        } else if self.closed.iter().any(|days| days.contains(&date)) {
            Vec::new()
        } else {
            self.pattern.starting(date)
        }
    }
}

/// Hours parsed once: equal texts in the same zone and country share one [`Hours`], also from one
/// snapshot to the next.
#[derive(Debug, Default)]
pub struct Interner {
    search: text::Search,
    previous: Arc<Shared>,
    shared: Shared,
    calendars: BTreeMap<String, Option<Arc<Hours>>>,
}

/// Hours by text, zone and country, with their warnings.
pub type Shared = HashMap<(String, Zone, Option<Country>), (Arc<Hours>, Vec<String>)>;

/// Where a row's hours come from.
#[derive(Debug, Clone)]
pub enum HoursRef {
    /// The row's own text.
    Text(Arc<Hours>),
    /// A calendar row.
    Calendar(String, Arc<Hours>),
}

impl HoursRef {
    /// The hours.
    pub fn hours(&self) -> &Hours {
        match self {
            Self::Text(hours) | Self::Calendar(_, hours) => hours,
        }
    }

    /// A reference to today's version of the calendar, when that is another one than this; a
    /// calendar that is gone stays as it was.
    pub(crate) fn relinked(&self, interner: &Interner) -> Option<Self> {
        let Self::Calendar(name, old) = self else { return None };
        let hours = interner.calendars.get(name).and_then(Option::as_ref)?;
        (!Arc::ptr_eq(hours, old)).then(|| Self::Calendar(name.clone(), Arc::clone(hours)))
    }
}

impl Interner {
    /// An interner that knows the hours of the snapshot before. From `today` on, a year's days are
    /// searched for what their authors may not have meant, as far as an amount of work allows: a
    /// bound on the time of a load.
    pub fn new(today: NaiveDate, previous: Arc<Shared>) -> Self {
        Self {
            search: text::Search { today, ..text::Search::default() },
            previous,
            ..Self::default()
        }
    }

    /// Adds a calendar; `None` is a calendar whose row is in error.
    pub fn add_calendar(&mut self, id: String, hours: Option<Arc<Hours>>) {
        self.calendars.insert(id, hours);
    }

    /// Parses text for a calendar.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn pattern(
        &mut self,
        text: &str,
        country: Option<Country>,
    ) -> Result<(Pattern, Vec<String>), String> {
        text::parse(text, country, &mut self.search).map(|parsed| (parsed.pattern, parsed.warnings))
    }

    /// Parses the hours of one date (`SpecialDates`), with warnings.
    ///
    /// # Errors
    /// What is wrong with the text, or that its days leave out the date.
    pub fn pattern_for_date(
        text: &str,
        country: Option<Country>,
        date: NaiveDate,
    ) -> Result<(Pattern, Vec<String>), String> {
        text::parse_for_date(text, country, date).map(|parsed| (parsed.pattern, parsed.warnings))
    }

    /// The hours that a row's text means: `@name` of a calendar, or opening_hours text; with
    /// warnings.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn resolve(
        &mut self,
        text: &str,
        zone: Zone,
        country: Option<Country>,
    ) -> Result<(HoursRef, Vec<String>), String> {
        if let Some(name) = text.strip_prefix(['@', '\u{ff20}']) {
            let name = name.trim();
            return match self.calendars.get(name) {
                Some(Some(hours)) => {
                    Ok((HoursRef::Calendar(name.to_owned(), Arc::clone(hours)), Vec::new()))
                }
                Some(None) => {
                    Err(format!("the calendar `{name}` is itself in error; mend that row"))
                }
                None => {
                    let near =
                        crate::text::closest(name, self.calendars.keys().map(String::as_str));
                    let hint =
                        near.map(|near| format!("; did you mean `@{near}`?")).unwrap_or_default();
                    Err(format!("there is no calendar row with this CalendarId{hint}"))
                }
            };
        }
        let key = (text.to_owned(), zone, country);
        if let Some((hours, warnings)) = self.shared.get(&key) {
            return Ok((HoursRef::Text(Arc::clone(hours)), warnings.clone()));
        }
        let (hours, warnings) = match self.previous.get(&key) {
            Some(known) => known.clone(),
            None => {
                let (pattern, warnings) = self
                    .pattern(text, country)
                    .map_err(|error| self.calendar_without_at(text).unwrap_or(error))?;
                (Arc::new(Hours::new(zone, pattern)), warnings)
            }
        };
        self.shared.insert(key, (Arc::clone(&hours), warnings.clone()));
        Ok((HoursRef::Text(hours), warnings))
    }

    /// What to write when the text is a calendar's name.
    fn calendar_without_at(&self, text: &str) -> Option<String> {
        let names = self.calendars.keys().map(String::as_str);
        let name = crate::text::closest(text, names).filter(|_| !text.contains(':'))?;
        Some(format!("names no hours; for the calendar write `@{name}`"))
    }

    /// What the next snapshot may reuse.
    pub fn into_shared(self) -> Shared {
        self.shared
    }
}

#[cfg(test)]
mod tests;
