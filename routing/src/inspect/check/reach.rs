//! Rules that cannot win: an earlier one always does, or a condition never holds.

use std::collections::HashMap;

use super::{Checked, warning};
use crate::rows::condition::{CONDITIONS, Condition, Reach};
use crate::rows::{Customer, Finding, Row, Severity, Table, Value};
use crate::snapshot::LinkedRule;

/// A rule and its row.
type Ruled<'a> = (&'a LinkedRule, &'a Row);

pub(super) fn check(checked: &Checked<'_>, findings: &mut Vec<Finding>) {
    let rows: HashMap<&str, &Row> = checked
        .input
        .rows
        .rules
        .iter()
        .filter_map(|row| Some((Table::Rules.key_of(row)?, row)))
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
    if let Some(why) = condition.test.kind().never_holds(condition.negated, now) {
        return Some(why.to_owned());
    }
    // A name that no customer has at all is found by its name.
    let Reach::Segments(segments) = condition.reach() else { return None };
    checked.input.customers?;
    let had = |segment: &str| {
        let has = |customer: &Customer| customer.segments.iter().any(|(name, _)| name == segment);
        checked.customers.iter().any(|(_, customer)| has(customer))
    };
    let now_in = |segment: &str| {
        checked.customers.iter().any(|(_, customer)| customer.in_segment(segment, now))
    };
    let ended = segments.iter().any(|segment| had(segment))
        && !segments.iter().any(|segment| now_in(segment));
    ended.then(|| {
        "every customer's time in these segments has ended, so the rule never matches; extend it, or delete the rule".to_owned()
    })
}
