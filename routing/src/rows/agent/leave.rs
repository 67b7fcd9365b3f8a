//! `Away`: when an agent is on leave.

use chrono::{DateTime, Utc};

use crate::hours::{Interval, Zone, intervals_to_write, last_minute};
use crate::packed::packed_struct;
use crate::rows::hours;
use crate::rows::limits::MAX_ENTRIES;
use crate::rows::reader::{Empty, RowReader};
use crate::text::cut;

/// One entry of `Away`.
#[derive(Debug, Clone)]
pub(crate) struct Leave {
    interval: Interval,
    /// As typed, for people.
    text: Box<str>,
}

packed_struct!(Leave { interval, text });

impl Leave {
    /// Whether it goes on at `now`.
    pub(super) fn contains(&self, now: DateTime<Utc>) -> bool {
        self.interval.contains(now)
    }

    /// When it begins and ends, as far as it does.
    pub(super) fn bounds(&self) -> impl Iterator<Item = DateTime<Utc>> {
        self.interval.bounds()
    }
}

/// Which entry makes the agent away at `now`, and until when the leave goes on, one entry after the
/// other; `None` when the agent is not away.
pub(super) fn why_away(away: &[Leave], zone: Zone, now: DateTime<Utc>) -> Option<String> {
    // What never ends comes last.
    let last = |leave: &&Leave| (leave.interval.until().is_none(), leave.interval.until());
    let first = away.iter().filter(|leave| leave.contains(now)).max_by_key(last)?;
    let mut until = first.interval.until();
    let mut all: Vec<&Interval> = away.iter().map(|leave| &leave.interval).collect();
    all.sort_unstable_by_key(|interval| interval.from());
    for next in all {
        let Some(end) = until else { break };
        if next.from().is_none_or(|from| from <= end) {
            until = next.until().map(|until| until.max(end));
        }
    }
    let entry = cut(&first.text);
    Some(match until {
        Some(until) => {
            let until = zone.local(until).format("%a %Y-%m-%d %H:%M");
            format!("`{entry}`, until {until} {zone}")
        }
        None => format!("`{entry}`, without an end"),
    })
}

/// Reads `Away`. Notes every finding.
pub(super) fn away(reader: &mut RowReader<'_>, zone: Zone) -> Vec<Leave> {
    let mut away = Vec::new();
    let mut told = 0;
    let write = |parts: &[&str]| intervals_to_write(parts, zone);
    let entries = reader.list_to_write("Away", Empty::IsAbsent, MAX_ENTRIES, &write);
    let entries = entries.unwrap_or_default();
    for (place, entry) in entries.iter().enumerate() {
        match Interval::parse(entry, zone) {
            Ok(interval) => {
                if let Some(slip) = last_minute(entry) {
                    reader.warn_at("Away", entry, slip);
                }
                away.push(Leave { interval, text: (*entry).into() });
            }
            Err(message) => {
                let message = hours::behind(&entries, place, &write).unwrap_or(message);
                reader.error_at("Away", entry, message);
                told += 1;
            }
        }
        if told >= hours::TOLD {
            break;
        }
    }
    away
}
