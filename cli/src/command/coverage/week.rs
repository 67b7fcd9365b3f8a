//! The week that is shown: its days by the clock, and what is in each.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, Utc};
use routing::inspect::{Answered, Coverage};
use routing::snapshot::Snapshot;

use crate::deployment::in_error::InError;
use crate::deployment::source::Deployment;
use crate::terminal::clock::{self, Zone, midnight, to_utc};
use crate::terminal::sentence;

/// Days shown: as many as hours repeat after.
const DAYS: i64 = 7;

/// A stretch of time: from, to before.
pub(super) type WeekPart = (DateTime<Utc>, DateTime<Utc>);

/// A day by the zone's clock. It has 23 or 25 hours where the clocks change.
#[derive(Debug, Clone)]
pub struct Day {
    /// By the deployment's clock, not UTC's.
    pub date: NaiveDate,
    /// From midnight to midnight.
    pub whole: WeekPart,
    /// Each of the 24 hours that the clock shows: one that is left out is empty, one that comes
    /// twice is both.
    pub hours: Vec<WeekPart>,
}

impl Day {
    fn of(zone: Zone, date: NaiveDate) -> Self {
        let next = date.succ_opt().unwrap_or(date);
        let whole = (midnight(zone, date), midnight(zone, next));
        let at = |hour: u32| match NaiveTime::from_hms_opt(hour, 0, 0) {
            Some(time) => to_utc(zone, date.and_time(time)),
            None => whole.1,
        };
        let hours = (0..24).map(|hour| (at(hour), at(hour + 1))).collect();
        Self { date, whole, hours }
    }

    /// The day's name: `Tue 24 Nov`.
    pub fn name(&self) -> String {
        clock::day(self.date)
    }

    /// What of a stretch is in the day.
    pub fn part(&self, stretch: WeekPart) -> Option<WeekPart> {
        overlap(self.whole, stretch)
    }
}

/// What two stretches have in common.
pub(super) fn overlap(a: WeekPart, b: WeekPart) -> Option<WeekPart> {
    let (from, until) = (a.0.max(b.0), a.1.min(b.1));
    (from < until).then_some((from, until))
}

/// A week of a deployment.
#[derive(Debug, Clone)]
pub struct Week {
    /// `TIME_ZONE`, which all times shown go by.
    pub zone: Zone,
    /// Seven, from today on.
    pub days: Vec<Day>,
    /// Who answers and who is on duty.
    pub coverage: Coverage,
    /// The rows in error, which the coverage does not count on.
    pub in_error: InError,
    /// Where the rows are from.
    pub notes: Vec<String>,
}

impl Week {
    /// The week of a deployment from the midnight before `start` in its zone.
    pub fn of(deployment: &Deployment, start: DateTime<Utc>) -> Self {
        let settings = &deployment.settings;
        let zone = settings.defaults.time_zone;
        let today = clock::local(zone, start).date();
        let dates = (0..DAYS).filter_map(|n| today.checked_add_signed(TimeDelta::days(n)));
        let days: Vec<Day> = dates.map(|date| Day::of(zone, date)).collect();
        let from = days.first().map_or(start, |day| day.whole.0);
        let until = days.last().map_or(start, |day| day.whole.1);
        let (settled, findings) = deployment.settled(start);
        let snapshot = Snapshot::of(&settled, start);
        let app = settings.locks.sdk_app_ids.first().copied().unwrap_or_default();
        let coverage = Coverage::of(&snapshot, (from, until), app, settings.default_group);
        let in_error = InError::of(&settled, &findings);
        Self { zone, days, coverage, in_error, notes: deployment.notes.clone() }
    }

    /// What is to be known first: where the rows are from, and which are in error.
    pub fn first(&self) -> Vec<String> {
        let mut first = self.notes.iter().map(|note| sentence(note)).collect::<Vec<_>>();
        first.extend(self.in_error.sentences());
        first
    }

    /// The first day and the last.
    pub(crate) fn span(&self) -> String {
        let name = |day: Option<&Day>| day.map(Day::name).unwrap_or_default();
        format!("{} to {}", name(self.days.first()), name(self.days.last()))
    }

    /// How long each rule answers, the longest first; `None` = no rule.
    pub(crate) fn by_rule(&self) -> Vec<(Option<Arc<str>>, TimeDelta)> {
        let mut rules: BTreeMap<Option<Arc<str>>, TimeDelta> = BTreeMap::new();
        for answered in &self.coverage.answers {
            let sum = rules.entry(answered.rule.clone()).or_default();
            *sum += answered.until - answered.from;
        }
        let mut rules: Vec<_> = rules.into_iter().collect();
        rules.sort_by_key(|(rule, sum)| (-sum.num_minutes(), rule.clone()));
        rules
    }

    /// The stretches in which nobody answers; neighbours of the same kind are one.
    pub fn holes(&self) -> Vec<(WeekPart, String)> {
        self.stretches(|answered| answered.hole)
    }

    /// The same of those in which a group answers in place of agents.
    pub fn groups_instead(&self) -> Vec<(WeekPart, String)> {
        self.stretches(|answered| answered.group_instead)
    }

    fn stretches(
        &self,
        why: impl Fn(&Answered) -> Option<&'static str>,
    ) -> Vec<(WeekPart, String)> {
        let mut all: Vec<(WeekPart, String)> = Vec::new();
        for answered in &self.coverage.answers {
            let Some(what) = why(answered).map(|why| said(answered, why)) else { continue };
            match all.last_mut() {
                Some((last, same)) if last.1 == answered.from && *same == what => {
                    last.1 = answered.until;
                }
                _ => all.push(((answered.from, answered.until), what)),
            }
        }
        all
    }
}

/// Why no agents answer, with the rule that has none.
pub(super) fn said(answered: &Answered, why: &str) -> String {
    match &answered.rule {
        Some(rule) => format!("rule `{rule}`: {why}"),
        None => why.to_owned(),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    /// Days on which the clocks change have their hours under the right names.
    #[test]
    fn daylight_saving() {
        let zone = Zone::parse("Europe/Berlin").unwrap();
        for (date, hours, odd) in [
            ("2027-03-28", 23, Some((2, 0))),
            ("2026-10-25", 25, Some((2, 2))),
            ("2026-11-24", 24, None),
        ] {
            let day = Day::of(zone, date.parse().unwrap());
            assert_eq!((day.whole.1 - day.whole.0).num_hours(), hours, "{date}");
            let lengths: Vec<i64> =
                day.hours.iter().map(|(from, until)| (*until - *from).num_hours()).collect();
            let found = lengths.iter().enumerate().find(|(_, length)| **length != 1);
            assert_eq!(found.map(|(hour, length)| (hour, *length)), odd, "{date}");
        }
    }
}
