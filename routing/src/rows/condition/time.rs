//! Conditions on the clock: hours and validity.

use std::any::Any;
use std::sync::Arc;

use chrono::{DateTime, Utc};

use super::entries::{is_each_in, negates};
use super::kind::{Asked, Compared, Holds, Kind};
use super::listed::{FromRow, RuleContext, ValueKind};
use crate::hours::{
    self, HoursSource, Zone, in_next_year, is_reversed, last_minute, parse_end, parse_start,
};
use crate::packed::packed_wrapper;
use crate::rows::reader::{Empty, RowReader};
use crate::text::cut;

/// What follows from hours that never open.
const NEVER_MATCHES: &str = "so the rule never matches; change the hours, or disable the rule";

/// `ValidFrom`: not before this instant.
#[derive(Debug, Clone, Copy)]
pub(super) struct ValidFrom(pub DateTime<Utc>);

packed_wrapper!(ValidFrom, ValidUntil, Hours);

impl FromRow for ValidFrom {
    const NAMES_USERS: bool = false;

    fn read(
        reader: &mut RowReader<'_>,
        attribute: &'static str,
        reading: &mut RuleContext<'_, '_>,
    ) -> Option<Self> {
        instant(reader, attribute, |text| parse_start(text, reading.zone)).map(Self)
    }
}

impl Kind for ValidFrom {
    fn holds(&self, asked: &Asked<'_>) -> Holds {
        (self.0 <= asked.now).into()
    }

    fn compared(&self, asked: &Asked<'_>) -> Compared {
        Compared { expected: format!("from {}", at(self.0)), found: at(asked.now) }
    }

    fn is_of_time(&self) -> bool {
        true
    }

    fn changes(&self, from: DateTime<Utc>, until: DateTime<Utc>) -> Vec<DateTime<Utc>> {
        if from < self.0 && self.0 < until { vec![self.0] } else { Vec::new() }
    }

    fn never_holds(&self, negated: bool, now: DateTime<Utc>) -> Option<&'static str> {
        (negated && self.0 <= now).then_some(
            "is in the past, so the rule never matches; delete the rule, or set a later time",
        )
    }

    fn meaning(&self, zone: Zone) -> Option<String> {
        Some(format!("{} {zone}", local(self.0, zone)))
    }

    fn is_within(&self, other: &dyn Any) -> bool {
        other.downcast_ref::<Self>().is_some_and(|other| other.0 <= self.0)
    }
}

/// `ValidUntil`: before this instant.
#[derive(Debug, Clone, Copy)]
pub(super) struct ValidUntil(pub DateTime<Utc>);

impl FromRow for ValidUntil {
    const NAMES_USERS: bool = false;

    fn read(
        reader: &mut RowReader<'_>,
        attribute: &'static str,
        reading: &mut RuleContext<'_, '_>,
    ) -> Option<Self> {
        let until = instant(reader, attribute, |text| parse_end(text, reading.zone))?;
        let slip = reader.text(attribute, Empty::IsAbsent).and_then(last_minute);
        if let Some(slip) = slip {
            reader.warn(attribute, slip);
        }
        Some(Self(until))
    }
}

impl Kind for ValidUntil {
    fn holds(&self, asked: &Asked<'_>) -> Holds {
        (asked.now < self.0).into()
    }

    fn compared(&self, asked: &Asked<'_>) -> Compared {
        Compared { expected: format!("before {}", at(self.0)), found: at(asked.now) }
    }

    fn is_of_time(&self) -> bool {
        true
    }

    fn changes(&self, from: DateTime<Utc>, until: DateTime<Utc>) -> Vec<DateTime<Utc>> {
        if from < self.0 && self.0 < until { vec![self.0] } else { Vec::new() }
    }

    fn never_holds(&self, negated: bool, now: DateTime<Utc>) -> Option<&'static str> {
        (!negated && self.0 <= now).then_some(
            "is in the past, so the rule never matches; delete the rule, or set a later end",
        )
    }

    fn meaning(&self, zone: Zone) -> Option<String> {
        Some(format!("before {} {zone}", local(self.0, zone)))
    }

    fn is_within(&self, other: &dyn Any) -> bool {
        other.downcast_ref::<Self>().is_some_and(|other| self.0 <= other.0)
    }
}

/// `Hours`: open now, by any of the texts and calendars.
#[derive(Debug, Clone)]
pub(super) struct Hours(pub Arc<hours::Hours>);

impl FromRow for Hours {
    const VALUE_KIND: ValueKind = ValueKind::Hours;
    const NAMES_USERS: bool = false;

    fn read(
        reader: &mut RowReader<'_>,
        attribute: &'static str,
        reading: &mut RuleContext<'_, '_>,
    ) -> Option<Self> {
        let (zone, country) = (reading.zone, reading.country);
        let (hours, never_opens) =
            crate::rows::hours::read(reader, attribute, zone, country, reading.context)?;
        if never_opens && negates(attribute).is_none() {
            crate::rows::hours::warn_never_open(reader, attribute, &hours, NEVER_MATCHES);
        }
        Some(Self(hours))
    }
}

impl Kind for Hours {
    fn holds(&self, asked: &Asked<'_>) -> Holds {
        self.0.is_open(asked.now).into()
    }

    fn compared(&self, asked: &Asked<'_>) -> Compared {
        let zone = self.0.shown_zone();
        let at = format!("{} {zone}", local(asked.now, zone));
        let (state, why) = match self.0.why_closed(asked.now) {
            Some(why) => ("closed", Some(why)),
            None => ("open", self.0.why_open(asked.now)),
        };
        let change = self.0.next_change(asked.now);
        let until = change.map(|change| format!(" until {}", local(change, zone)));
        let (until, why) = (until.unwrap_or_default(), why.map(|why| format!(": {why}")));
        let found = format!("{state} at {at}{until}{}", why.unwrap_or_default());
        // Texts of rows in it are cut already.
        Compared { expected: "open".to_owned(), found }
    }

    fn is_of_time(&self) -> bool {
        true
    }

    fn hours(&self) -> Option<&Arc<hours::Hours>> {
        Some(&self.0)
    }

    fn changes(&self, from: DateTime<Utc>, until: DateTime<Utc>) -> Vec<DateTime<Utc>> {
        self.0.changes(from, until)
    }

    fn never_holds(&self, negated: bool, now: DateTime<Utc>) -> Option<&'static str> {
        // Hours that never open are told when the row is read.
        (negated && self.0.never_closes(now)).then_some(
            "is always open in the coming year, so the rule never matches; change the hours, or \
            disable the rule",
        )
    }

    fn meaning(&self, _zone: Zone) -> Option<String> {
        self.0.by_calendars()
    }

    fn at(&self, now: DateTime<Utc>) -> Option<String> {
        self.0.open_by_itself(now)
    }

    /// By what stands in the row: rules have no dates of their own that differ.
    fn is_within(&self, other: &dyn Any) -> bool {
        let Some(Self(other)) = other.downcast_ref() else { return false };
        let zones = (self.0.zone(), other.zone());
        let same = |own: &HoursSource, other: &HoursSource| match (own, other) {
            // In another zone, or with another country's holidays, a text means other hours.
            (HoursSource::Text(own), HoursSource::Text(other)) => {
                zones.0 == zones.1 && own.text == other.text && own.country == other.country
            }
            (HoursSource::Calendar(_, own), HoursSource::Calendar(_, other)) => {
                Arc::ptr_eq(own, other)
            }
            _ => false,
        };
        is_each_in(self.0.sources(), other.sources(), same)
    }
}

fn at(instant: DateTime<Utc>) -> String {
    instant.to_rfc3339_opts(chrono::SecondsFormat::Secs, true)
}

fn local(instant: DateTime<Utc>, zone: Zone) -> String {
    zone.local(instant).format("%a %Y-%m-%d %H:%M").to_string()
}

fn instant(
    reader: &mut RowReader<'_>,
    attribute: &str,
    parse: impl Fn(&str) -> Result<DateTime<Utc>, String>,
) -> Option<DateTime<Utc>> {
    let text = reader.text(attribute, Empty::IsError)?;
    parse(text).map_err(|message| reader.error(attribute, message)).ok()
}

/// `ValidUntil` before `ValidFrom`: the rule could never match, which nobody means.
pub(in crate::rows) fn check_validity(reader: &mut RowReader<'_>, zone: Zone) {
    let range =
        reader.text("ValidFrom", Empty::IsAbsent).zip(reader.text("ValidUntil", Empty::IsAbsent));
    if let Some((from, until)) = range.filter(|(from, until)| is_reversed(from, until, zone)) {
        let later = match in_next_year(from, until) {
            Some(later) => format!("`{later}`, or another later end"),
            None => "a later end".to_owned(),
        };
        let (from, until) = (cut(from), cut(until));
        let message = format!(
            "the end is before the beginning (`ValidFrom` is `{from}`); write {later} here, \
            or, if the two were mixed up, `{from}` here and `{until}` into `ValidFrom`"
        );
        reader.error("ValidUntil", message);
    }
}
