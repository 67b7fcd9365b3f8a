//! An agent row: one person, and the rosters that person is on.

mod leave;
mod level;

use std::sync::Arc;

use chrono::{DateTime, Utc};

use super::cleaned::Cleaned;
use super::keys::doubt as doubt_of_key;
use super::limits::MAX_ENTRIES;
use super::reader::{Empty, RowReader, one_or_several, whole_text};
use super::{Context, Read, ReadRow, Row, Table, hours};
use crate::hours::{Country, Exceptions, Hours, HoursSource, Zone};
use crate::packed::packed_struct;
use crate::text::{name_key, number_meant, two_numbers};
pub(crate) use leave::Leave;
use leave::away;
pub(crate) use level::{MAX_PROFICIENCY, leveled};

/// The attribute that holds the agent's hours.
pub(super) const SHIFTS: &str = "Shifts";

/// A person who may be answered.
#[derive(Debug, Clone)]
pub struct Agent {
    /// The agent's id in Desk, as Tencent knows it.
    pub id: Arc<str>,
    /// Rosters by name, each with the tier there.
    pub rosters: Vec<(Arc<str>, u32)>,
    /// The tier when named by `AgentIds`; 1 is tried first.
    pub tier: u32,
    /// Share of sessions; 0 = only when preferred.
    pub weight: u32,
    /// Skills by name, with proficiencies 1–5.
    pub skills: Vec<(Arc<str>, u32)>,
    /// When on shift; `None` = always.
    pub shifts: Option<Arc<Hours>>,
    /// Leave.
    pub(crate) away: Vec<Leave>,
    /// The zone that the row's times are meant in.
    pub(crate) zone: Zone,
    /// The only groups that the agent may be answered with; `None` = any.
    pub only_with_groups: Option<Vec<i64>>,
}

packed_struct!(Agent {
    id,
    rosters,
    tier,
    weight,
    skills,
    shifts,
    away,
    zone,
    only_with_groups,
} if |agent| agent.weight <= 100);

impl Agent {
    /// An agent whose row could not be read: nothing is known but the id, on no roster.
    pub fn unread(id: Arc<str>) -> Self {
        Self {
            id,
            rosters: Vec::new(),
            tier: 1,
            weight: 1,
            skills: Vec::new(),
            shifts: None,
            away: Vec::new(),
            zone: Zone::utc(),
            only_with_groups: None,
        }
    }

    /// Whether the agent is on leave.
    pub(crate) fn is_away(&self, now: DateTime<Utc>) -> bool {
        self.away.iter().any(|leave| leave.contains(now))
    }

    /// Which entry of `Away` makes the agent away at `now`, and until when the leave goes on, one
    /// entry after the other; `None` when the agent is not away.
    pub(crate) fn why_away(&self, now: DateTime<Utc>) -> Option<String> {
        leave::why_away(&self.away, self.zone, now)
    }

    /// Whether the agent is on shift; without shifts, always.
    pub(crate) fn is_on_shift(&self, now: DateTime<Utc>) -> bool {
        self.shifts.as_ref().is_none_or(|shifts| shifts.is_open(now))
    }

    /// The moments after `from` and before `until` at which the agent may come or go.
    pub fn changes(&self, from: DateTime<Utc>, until: DateTime<Utc>) -> Vec<DateTime<Utc>> {
        let leave = self.away.iter().flat_map(Leave::bounds);
        let mut changes: Vec<_> = leave.filter(|at| from < *at && *at < until).collect();
        if let Some(shifts) = &self.shifts {
            changes.extend(shifts.changes(from, until));
        }
        changes
    }

    /// The agent's proficiency in a skill (by its compared name), 0 without it.
    pub(crate) fn proficiency(&self, skill: &str) -> u32 {
        self.skills.iter().find(|(name, _)| **name == *skill).map_or(0, |(_, level)| *level)
    }
}

/// Reads an agent row.
///
/// # Errors
/// The finding, when the row has no usable key.
pub fn read<'r>(row: &'r Row, context: &mut Context<'_>) -> ReadRow<'r, Agent> {
    let cleaned = Cleaned::new(Table::Agents, row)?;
    let key = cleaned.key();
    let mut reader = RowReader::new(&cleaned);
    if let Some(doubt) = doubt_of_key(key, "the agent's id in Desk") {
        reader.warn("AgentId", doubt);
    }
    let enabled = reader.bool("Enabled");
    let (zone, country) = reader.zone_and_country(context.defaults);
    let tier = reader.whole("Tier", Empty::IsAbsent, 1, i64::from(u32::MAX)).unwrap_or(1);
    let weight = reader.whole("Weight", Empty::IsAbsent, 0, 100).unwrap_or(1);
    let rosters = reader
        .names_with_numbers("Rosters", Empty::IsAbsent, tier, 1, i64::from(u32::MAX))
        .unwrap_or_default();
    let skills = reader
        .names_with_numbers("Skills", Empty::IsAbsent, 1, 1, MAX_PROFICIENCY)
        .unwrap_or_default();
    for (skill, _) in &skills {
        if skill.contains(['<', '>', '=']) {
            reader.error_at("Skills", skill, leveled(skill).map_or_else(
                || "a skill's name cannot contain `<`, `>`, `=`; give proficiencies as a map, such \
                    as `{\"billing\": 3}`".to_owned(),
                |(name, level)| format!("a skill's name cannot contain `<`, `>`, `=`; give \
                    proficiencies as a map: `{{\"{name}\": {level}}}`"),
            ));
        } else if let Some((name, level)) = leveled(skill) {
            reader.error_at(
                "Skills",
                skill,
                format!(
                    "write the level in a map, not after the name: write `{{\"{name}\": {level}}}`"
                ),
            );
        }
    }
    super::rosters::are_names(&mut reader, rosters.iter().map(|(name, _)| *name));
    for (roster, _) in &rosters {
        if let Some((name, tier)) = leveled(roster) {
            reader.warn_at(
                "Rosters",
                roster,
                format!("is read as one name; for a tier write a map: `{{\"{name}\": {tier}}}`"),
            );
        }
    }
    let shifts = shifts(&mut reader, zone, country, context);
    let away = away(&mut reader, zone);
    let only_with_groups = groups(&mut reader);
    let (read, findings) = Read::conclude(enabled, reader.finish(), || {
        let small = |number: i64| u32::try_from(number).ok();
        Some(Agent {
            id: key.into(),
            rosters: rosters
                .iter()
                .map(|(name, tier)| Some((name_key(name).into(), small(*tier)?)))
                .collect::<Option<_>>()?,
            tier: small(tier)?,
            weight: small(weight)?,
            skills: skills
                .iter()
                .map(|(name, level)| Some((name_key(name).into(), small(*level)?)))
                .collect::<Option<_>>()?,
            shifts,
            away,
            zone,
            only_with_groups,
        })
    });
    Ok((key, read, findings))
}

/// When the agent is on shift; `None` = always, or what is written cannot be read.
fn shifts(
    reader: &mut RowReader<'_>,
    zone: Zone,
    country: Option<Country>,
    context: &mut Context<'_>,
) -> Option<Arc<Hours>> {
    const NEVER: &str = "so the agent is never on shift; change the hours, or disable the row";
    let blank =
        |name: &str, reader: &mut RowReader<'_>| reader.value(name, Empty::IsAbsent).is_none();
    let usual = ["SpecialDates", "EveryWeeks", "FirstWeek"].iter().all(|name| blank(name, reader));
    if usual {
        let (hours, never_opens) = hours::read(reader, SHIFTS, zone, country, context)?;
        if never_opens {
            hours::warn_never_open(reader, SHIFTS, &hours, NEVER);
        }
        return Some(hours);
    }
    let mut cost = hours::Cost::new();
    let sources = if reader.has(SHIFTS) {
        hours::sources(reader, SHIFTS, country, context, &mut cost)
    } else {
        // Without shifts the agent is always there, but for what the other attributes say.
        context.hours.written("24/7", None).ok().map(|always| vec![HoursSource::Text(always)])
    };
    let weeks = hours::every_weeks(reader);
    let special = hours::special_dates(reader, country, context, &[], &mut cost);
    let exceptions = Exceptions { weeks, closed: Vec::new(), special };
    let hours = Hours::new(zone, sources?, exceptions);
    if context.hours.never_opens(&hours) {
        hours::warn_never_open(reader, SHIFTS, &hours, NEVER);
    }
    Some(Arc::new(hours))
}

fn groups(reader: &mut RowReader<'_>) -> Option<Vec<i64>> {
    if let Some(message) = reader.value("OnlyWithGroups", Empty::IsError).and_then(one_or_several) {
        reader.error("OnlyWithGroups", message);
        return None;
    }
    let entries = reader.list("OnlyWithGroups", Empty::IsError, MAX_ENTRIES)?;
    let mut groups = Vec::with_capacity(entries.len());
    for entry in entries {
        match whole_text(entry) {
            Some(group) if group >= 1 => groups.push(group),
            _ => {
                const EXPECTED: &str = "expected agent group ids: whole numbers, 1 or more";
                let meant = number_meant(entry)
                    .or_else(|| two_numbers(entry).map(|(many, _)| many))
                    .filter(|meant| whole_text(meant).is_some_and(|group| group >= 1));
                let message = meant.map_or_else(
                    || format!("{EXPECTED}; write such as `6521`, or remove the entry"),
                    |meant| format!("{EXPECTED}; write `{meant}`"),
                );
                reader.error_at("OnlyWithGroups", entry, message);
            }
        }
    }
    Some(groups)
}

#[cfg(test)]
mod tests;
