//! Hours read once: equal texts are one value for all rows.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, Utc};

use super::calendar;
use super::country::Country;
use super::text;
use super::when::{Exceptions, Hours, HoursSource};
use super::written::Written;
use super::zone::Zone;
use crate::text::{closest, cut, name_key};

/// How much may be searched for hours that never open, in all: days times parts. A bound on the
/// time of a load, of about half a second.
const MOST_SEARCHED: usize = 4_000_000;
/// Days in which most hours open.
const SOON: usize = 14;
/// Days of a year of search.
const YEAR: usize = 368;

/// A text and the country whose holidays it means.
type Key = (String, Option<Country>);
/// Texts and names of calendars, with the row's zone and country.
type ListKey = (Vec<String>, Zone, Option<Country>);

/// What is wrong with one entry of hours: its place, and what to write instead.
pub(crate) type HoursError = (usize, String);

/// Reads hours. Equal texts, and equal lists of them in the same zone, are read once.
#[derive(Debug, Default)]
pub struct Interner {
    search: text::Search,
    now: DateTime<Utc>,
    texts: HashMap<Key, Arc<Written>>,
    /// Hours of single dates, which are not searched for what they say of a year.
    dated: HashMap<Key, Arc<Written>>,
    /// With whether they never open in the coming year.
    hours: HashMap<ListKey, (Arc<Hours>, bool)>,
    /// Texts that cannot be read, so that many rows with one do not cost more.
    unreadable: HashMap<Key, String>,
    calendars: BTreeMap<String, Option<Arc<Hours>>>,
    /// Ids of calendars by compared name.
    names: HashMap<String, Vec<String>>,
    /// Days times parts that may still be searched.
    left: usize,
}

impl Interner {
    /// From `today` on, a year's days are searched for what their authors may not have meant, as
    /// far as an amount of work allows: a bound on the time of a load.
    pub fn new(today: NaiveDate) -> Self {
        Self {
            search: text::Search { today, ..text::Search::default() },
            now: today.and_time(NaiveTime::MIN).and_utc(),
            left: MOST_SEARCHED,
            ..Self::default()
        }
    }

    /// Adds a calendar; `None` is a calendar whose row is in error.
    pub(crate) fn add_calendar(&mut self, id: String, hours: Option<Arc<Hours>>) {
        self.names.entry(name_key(&id)).or_default().push(id.clone());
        self.calendars.insert(id, hours);
    }

    /// The calendar with this id, when it can be used.
    pub fn calendar(&self, id: &str) -> Option<Arc<Hours>> {
        self.calendars.get(id)?.clone()
    }

    /// Reads a text of hours; `PH` means the public holidays of `country`.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn written(
        &mut self,
        text: &str,
        country: Option<Country>,
    ) -> Result<Arc<Written>, String> {
        let key = (text.to_owned(), country);
        if let Some(known) = self.texts.get(&key) {
            return Ok(Arc::clone(known));
        }
        if let Some(why) = self.unreadable.get(&key) {
            return Err(why.clone());
        }
        let read = text::parse(text, country, &mut self.search).map(|parsed| {
            let text::Parsed { pattern, warnings } = parsed;
            Arc::new(Written { text: text.to_owned(), country, pattern, warnings })
        });
        match &read {
            Ok(written) => {
                self.texts.insert(key, Arc::clone(written));
            }
            // What is too long to be read costs nothing to refuse.
            Err(why) if text.len() <= 4 * text::MAX_CHARACTERS => {
                self.unreadable.insert(key, why.clone());
            }
            Err(_) => {}
        }
        read
    }

    /// Reads the hours of one date, which may be closed on all others.
    ///
    /// # Errors
    /// What is wrong with them, or that they leave out the date.
    pub(crate) fn written_for(
        &mut self,
        text: &str,
        country: Option<Country>,
        date: NaiveDate,
    ) -> Result<Arc<Written>, String> {
        let key = (text.to_owned(), country);
        let written = match self.dated.get(&key) {
            Some(known) => match known.pattern.excludes(date) {
                Some(why) => return Err(why),
                None => Arc::clone(known),
            },
            None => {
                let pattern = text::read_for(text, country, date)?;
                if let Some(why) = pattern.excludes(date).or_else(|| pattern.opens_nothing()) {
                    return Err(why);
                }
                let mut warnings = text::seen_in_the_text(text, &pattern);
                warnings.extend(pattern.replaces_on(date));
                let text = text.to_owned();
                Arc::new(Written { text, country, pattern, warnings })
            }
        };
        self.dated.insert(key, Arc::clone(&written));
        Ok(written)
    }

    /// What `texts` mean: each is `@name` of a calendar, or hours in `zone`. With whether they
    /// never open in the coming year, see `Interner::never_opens`.
    ///
    /// # Errors
    /// What is wrong with which of them.
    pub fn resolve(
        &mut self,
        texts: &[&str],
        zone: Zone,
        country: Option<Country>,
    ) -> Result<(Arc<Hours>, bool), Vec<HoursError>> {
        let key = (texts.iter().map(|text| (*text).to_owned()).collect(), zone, country);
        if let Some(known) = self.hours.get(&key) {
            return Ok(known.clone());
        }
        let sources = self.sources(texts, country)?;
        let hours = Hours::new(zone, sources, Exceptions::default());
        let never_opens = self.never_opens(&hours);
        let read = (Arc::new(hours), never_opens);
        self.hours.insert(key, read.clone());
        Ok(read)
    }

    /// Where the hours come from that `texts` mean.
    ///
    /// # Errors
    /// What is wrong with which of them.
    pub fn sources(
        &mut self,
        texts: &[&str],
        country: Option<Country>,
    ) -> Result<Vec<HoursSource>, Vec<HoursError>> {
        let mut wrong = Vec::new();
        let mut sources = Vec::with_capacity(texts.len());
        for (at, text) in texts.iter().enumerate() {
            match self.source(text, country) {
                Ok(source) => sources.push(source),
                Err(message) => wrong.push((at, message)),
            }
        }
        if wrong.is_empty() { Ok(sources) } else { Err(wrong) }
    }

    fn source(&mut self, text: &str, country: Option<Country>) -> Result<HoursSource, String> {
        // The full-width form of the sign is the same sign.
        if let Some(name) = text.strip_prefix(['@', '＠']) {
            return self
                .named(name.trim())
                .map_err(|message| self.with_a_calendar(text, country).unwrap_or(message));
        }
        if text.contains(['@', '＠'])
            && let Some(message) = self.with_a_calendar(text, country)
        {
            return Err(message);
        }
        match self.written(text, country) {
            Ok(written) => Ok(HoursSource::Text(written)),
            Err(message) => Err(match self.without_sign(text) {
                Some(id) => format!("a calendar is named with `@`; write `@{id}`"),
                None => message,
            }),
        }
    }

    /// The exact id of the calendar that a name means.
    pub(crate) fn calendar_id(&self, name: &str) -> Option<&str> {
        if let Some((id, _)) = self.calendars.get_key_value(name) {
            return Some(id);
        }
        match self.names.get(&name_key(name)).map(Vec::as_slice) {
            Some([only]) => Some(only),
            _ => None,
        }
    }

    fn named(&self, name: &str) -> Result<HoursSource, String> {
        let id = if self.calendars.contains_key(name) {
            name
        } else {
            match self.names.get(&name_key(name)).map(Vec::as_slice) {
                Some([only]) => only,
                Some(several) => {
                    let several: Vec<_> = several.iter().map(|id| format!("`@{id}`")).collect();
                    return Err(format!(
                        "several calendars differ from this name in case alone; write {}",
                        several.join(" or ")
                    ));
                }
                None => return Err(self.unknown(name)),
            }
        };
        match self.calendars.get(id) {
            Some(Some(hours)) => Ok(HoursSource::Calendar(id.to_owned(), Arc::clone(hours))),
            _ => Err(format!("the calendar `{}` has an error; correct that row first", cut(id))),
        }
    }

    fn unknown(&self, name: &str) -> String {
        // Whether there was one before is not known here.
        let what = "(deleted, or never written)";
        let what = format!("there is no calendar row `{}` {what}", cut(name));
        if self.calendars.is_empty() {
            return format!(
                "{what}, nor any other; add a row with this CalendarId, or write hours such as \
                `Mo-Fr 09:00-18:00`"
            );
        }
        match closest(name, self.calendars.keys().map(String::as_str)) {
            Some(near) => format!("{what}; did you mean `@{near}`?"),
            None => format!(
                "{what}; add a row with this CalendarId, or write the name of another calendar, \
                with `@` before it"
            ),
        }
    }

    /// The calendar that a text without `@` names.
    fn without_sign(&self, text: &str) -> Option<&str> {
        self.calendar_id(text)
    }

    /// What to write instead of a text that holds a calendar's name beside other things.
    fn with_a_calendar(&mut self, text: &str, country: Option<Country>) -> Option<String> {
        let entries = calendar::entries(text);
        if entries.len() < 2 {
            return calendar::instead(
                text,
                |name| self.calendar_id(name).is_some(),
                text::only_closes,
            );
        }
        if let Some(entry) = entries.iter().find(|entry| text::only_closes(entry)) {
            return Some(calendar::closes(entry));
        }
        let good = entries.iter().all(|entry| match entry.strip_prefix(['@', '＠']) {
            Some(name) => self.calendar_id(name.trim()).is_some(),
            None => self.written(entry, country).is_ok_and(|written| written.warnings.is_empty()),
        });
        Some(calendar::as_a_list(&entries, good))
    }

    /// Whether the hours do not open in the coming year. False also when nobody can say, because
    /// so much was searched already.
    pub(crate) fn never_opens(&mut self, hours: &Hours) -> bool {
        let parts = hours.parts();
        let (soon, year) = (parts.saturating_mul(SOON), parts.saturating_mul(YEAR));
        let mut spend = |cost: usize| {
            let left = self.left.checked_sub(cost);
            self.left = left.unwrap_or(self.left);
            left.is_some()
        };
        spend(soon)
            && !hours.is_open(self.now)
            && hours.intervals(self.now, self.now + TimeDelta::days(14)).is_empty()
            && spend(year)
            && hours.never_opens(self.now)
    }
}
