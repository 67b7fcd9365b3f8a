//! Times of the coming week at which a rule is open and nobody answers: none of its agents is
//! eligible, no other rule takes over, and there is no default group. Exact to the minute.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, TimeDelta, Timelike, Utc};

use super::checked::Checked;
use super::conditions::{ConditionSet, condition_sets};
use super::input::warning;
use crate::inspect::duty::Duty;
use crate::inspect::hole::always_answers;
use crate::inspect::times::Times;
use crate::rows::{Finding, Table};

/// How far ahead is looked.
const WEEK: TimeDelta = TimeDelta::days(7);

/// Of rules in `told`, of which no agent can ever answer, it is said already.
pub(super) fn find(checked: &Checked<'_>, told: &HashSet<&str>, findings: &mut Vec<Finding>) {
    if checked.input.default_group.is_some() {
        return;
    }
    let from = checked.input.from;
    let start = from.with_second(0).and_then(|from| from.with_nanosecond(0)).unwrap_or(from);
    let mut duty = Duty::new(&checked.snapshot, start, start + WEEK);
    let mut holes: Vec<Times> = Vec::new();
    let mut answers: Vec<Times> = Vec::new();
    for linked in checked.snapshot.rules() {
        let rule = &linked.rule;
        let open = duty.open(rule);
        // What cannot be computed within bounds is taken to be served.
        let served = if always_answers(rule) { None } else { duty.served(linked) };
        let answered = served.map_or_else(|| open.clone(), |served| open.intersection(&served));
        holes.push(open.without(&answered));
        answers.push(answered);
    }
    // Whoever meets a rule's conditions meets those of a rule that has only some of them.
    let sets: Vec<Vec<ConditionSet>> =
        checked.snapshot.rules().iter().map(|linked| condition_sets(checked, linked)).collect();
    let mut by_set: HashMap<&ConditionSet, Vec<&Times>> = HashMap::new();
    for (own, answered) in sets.iter().zip(&answers) {
        if let Some(own) = own.first().filter(|_| !answered.is_empty()) {
            by_set.entry(own).or_default().push(answered);
        }
    }
    let by_set: HashMap<&ConditionSet, Times> = by_set
        .into_iter()
        .map(|(set, times)| {
            let all = times.into_iter().flat_map(|times| times.stretches().iter().copied());
            (set, Times::of(all.collect()))
        })
        .collect();
    for ((linked, holes), sets) in checked.snapshot.rules().iter().zip(holes).zip(&sets) {
        if holes.is_empty() || told.contains(&*linked.rule.id) {
            continue;
        }
        let covered = sets.iter().filter_map(|set| by_set.get(set));
        let left = covered.fold(holes, |left, times| left.without(times));
        if let Some((from, until)) = left.stretches().first() {
            let rule = &linked.rule;
            let attribute = if rule.rosters.is_empty() { "AgentIds" } else { "Rosters" };
            let others = match left.stretches().len() {
                1 => String::new(),
                2 => " and once more in the coming week".to_owned(),
                count => format!(" and {} more times in the coming week", count - 1),
            };
            let message = format!(
                "the rule is open, but nobody can answer, \
                 {}{others}; give agents `Shifts` for that time, close the rule then (`Hours`), \
                 or add a later rule with an `AgentGroupId`",
                said(*from, *until, checked),
            );
            findings.push(warning(
                Table::Rules,
                &rule.id,
                Some(attribute),
                checked.value(Table::Rules, &rule.id, attribute),
                message,
            ));
        }
    }
}

/// A stretch in the deployment's zone: `Wed 2026-11-25 17:30–18:00`.
fn said(from: DateTime<Utc>, until: DateTime<Utc>, checked: &Checked<'_>) -> String {
    let zone = checked.input.defaults.time_zone;
    let (from, until) = (zone.local(from), zone.local(until));
    let end = if from.date() == until.date() { "%H:%M" } else { "%a %Y-%m-%d %H:%M" };
    format!("{}–{} ({zone})", from.format("%a %Y-%m-%d %H:%M"), until.format(end))
}
