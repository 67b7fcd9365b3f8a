//! Rules that cannot win: an earlier one always does, or a condition never holds.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::{Checked, warning};
use crate::rows::condition::{CONDITIONS, Condition, Test};
use crate::rows::{Finding, Row, Severity, Table, Value};
use crate::snapshot::LinkedRule;

/// How far ahead hours are searched for a time when they are open, in days: every date of the year,
/// and the leap day's neighbours.
const SEARCHED_DAYS: i64 = 366;

/// A rule and its row.
type Ruled<'a> = (&'a LinkedRule, &'a Row);

pub(super) fn check(checked: &Checked<'_>, findings: &mut Vec<Finding>) {
    let rows: HashMap<&str, &Row> = checked
        .input
        .rows
        .rules
        .iter()
        .filter_map(|row| Some((super::key_of(Table::Rules, row)?, row)))
        .collect();
    // Of the rules so far that answer whenever their conditions hold: by one of their conditions,
    // so that few are compared.
    let mut earlier: HashMap<Option<(&str, &Value)>, Vec<Ruled<'_>>> = HashMap::new();
    let mut has_catch_all = false;
    for linked in checked.snapshot.rules() {
        let id = linked.rule.id.as_ref();
        let Some(row) = rows.get(id).copied() else { continue };
        let own = conditions(row);
        let covering = own
            .iter()
            .copied()
            .map(Some)
            .chain([None])
            .filter_map(|condition| earlier.get(&condition))
            .flatten();
        if let Some((first, _)) = covering.into_iter().find(|(_, before)| covers(before, row)) {
            let message = format!(
                "is never reached: rule `{}` comes before it and answers whenever this one could; give this one a lower `Priority`, or that one more conditions",
                first.rule.id
            );
            findings.push(warning(
                Table::Rules,
                id,
                Some("Priority"),
                row.get("Priority"),
                message,
            ));
        }
        if always_answers(checked, linked) {
            has_catch_all |= own.is_empty();
            earlier.entry(own.first().copied()).or_default().push((linked, row));
        }
        for condition in &linked.rule.conditions {
            if let Some(why) = never_holds(checked, condition) {
                findings.push(warning(
                    Table::Rules,
                    id,
                    Some(condition.attribute),
                    row.get(condition.attribute),
                    why,
                ));
            }
        }
    }
    if !has_catch_all && checked.input.default_group.is_none() {
        let message = "no rule answers everybody and there is no default group, so some callbacks will fail; add a last rule with an `AgentGroupId` and no conditions, or set DEFAULT_AGENT_GROUP_ID";
        findings.push(Finding::new(Severity::Warning, Table::Rules, "(all)", None, None, message));
    }
}

/// The conditions that stand in a row.
fn conditions(row: &Row) -> Vec<(&str, &Value)> {
    let names = CONDITIONS.iter().flat_map(|(plain, not)| [*plain, *not]);
    names.filter_map(|name| Some((name, row.get(name)?))).collect()
}

/// Whether every condition of `before` is one of `after` too, and means the same there.
fn covers(before: &Row, after: &Row) -> bool {
    let own = conditions(before);
    let same_meaning = own.is_empty()
        || ["TimeZone", "HolidayCountry"].iter().all(|name| before.get(*name) == after.get(*name));
    // Without a key of its own, a share of users is the rule's own.
    let own_share = own.iter().any(|(name, _)| name.ends_with("Percent"));
    let same_share = !own_share
        || (before.contains_key("PercentKey")
            && before.get("PercentKey") == after.get("PercentKey"));
    same_meaning && same_share && own.iter().all(|(name, value)| after.get(*name) == Some(value))
}

/// Whether a rule answers at any time when its conditions hold: with a group, or an agent who is
/// taken as always there.
fn always_answers(checked: &Checked<'_>, linked: &LinkedRule) -> bool {
    let rule = &linked.rule;
    let always_there = || {
        rule.need_skills.is_empty()
            && rule.agent_ids.iter().any(|id| {
                checked.row(Table::Agents, id).is_none() && checked.snapshot.has_agent(id)
            })
    };
    !rule.names_agents() || rule.group_if_nobody || always_there()
}

/// Why a condition never holds (any more).
fn never_holds(checked: &Checked<'_>, condition: &Condition) -> Option<String> {
    let now = checked.input.now;
    match (&condition.test, condition.negated) {
        (Test::ValidUntil(until), false) if *until <= now => Some(
            "has passed, so the rule can never match again; delete the rule, or set a later end"
                .to_owned(),
        ),
        (Test::ValidFrom(from), true) if *from <= now => Some(
            "has passed, so the rule can never match again; delete the rule, or set a later time"
                .to_owned(),
        ),
        (Test::Percent { below, .. }, false) if *below <= 0.0 => {
            Some("is nobody, so the rule never matches; raise it, or disable the rule".to_owned())
        }
        (Test::Percent { below, .. }, true) if *below >= 100.0 => Some(
            "leaves nobody, so the rule never matches; lower it, or disable the rule".to_owned(),
        ),
        (Test::Hours(hours), negated) => {
            let hours = hours.hours();
            let today: NaiveDate = now.with_timezone(&hours.zone()).date_naive();
            let dates =
                || today.iter_days().take(usize::try_from(SEARCHED_DAYS).unwrap_or_default());
            if negated && dates().all(|date| hours.is_open_all(date)) {
                Some("is always open in the coming year, so the rule never matches; change the hours, or disable the rule".to_owned())
            } else if !negated && !dates().any(|date| hours.opens_on(date)) {
                Some("is never open in the coming year, so the rule never matches; change the hours, or disable the rule".to_owned())
            } else {
                None
            }
        }
        (Test::Segments(segments), false) if checked.input.customers.is_some() => {
            // A name that no customer has at all is found by its name.
            let had = |segment: &String| {
                checked
                    .customers
                    .iter()
                    .any(|(_, customer)| customer.segments.iter().any(|(name, _)| name == segment))
            };
            let now_in = |segment: &String| {
                checked.customers.iter().any(|(_, customer)| customer.in_segment(segment, now))
            };
            (segments.iter().any(had) && !segments.iter().any(now_in)).then(|| {
                "every customer's time in these segments has ended, so the rule never matches; extend it, or delete the rule".to_owned()
            })
        }
        _ => None,
    }
}
