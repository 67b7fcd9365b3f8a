//! Rules that cannot win: an earlier one always does, or a condition never holds.

use std::collections::{HashMap, HashSet};

use super::checked::Checked;
use super::conditions::{ConditionSet, all_condition_sets};
use super::input::warning;
use crate::inspect::hole::always_answers;
use crate::rows::condition::{Condition, Reach, is_map_within};
use crate::rows::rule::Rule;
use crate::rows::{Finding, Severity, Table};

/// Most entries of conditions that are compared to find rules that are never reached: bounds the
/// time of a check. With more, only rules with equal conditions are found.
const MAX_ENTRIES_COMPARED: usize = 5_000_000;

pub(super) fn find(checked: &Checked<'_>, findings: &mut Vec<Finding>) {
    let segments = Segments::of(checked);
    // The first rule that answers whenever its conditions hold, by its conditions.
    let mut earlier: HashMap<ConditionSet, &str> = HashMap::new();
    let mut wider = Wider::default();
    let mut has_catch_all = false;
    for linked in checked.snapshot.rules() {
        let rule = &linked.rule;
        let id = rule.id.as_ref();
        let value = |attribute: &str| checked.value(Table::Rules, id, attribute);
        let sets = all_condition_sets(checked, linked);
        let same = sets.iter().find_map(|set| earlier.get(set).copied());
        if let Some(first) = same.or_else(|| wider.first_before(rule)) {
            let message = format!(
                "is never reached: rule `{first}` is tried first and answers all these users; give \
                this one a lower `Priority`, or that one more conditions",
            );
            let found = value("Priority");
            findings.push(warning(Table::Rules, id, Some("Priority"), found, message));
        }
        let always_answers = always_answers(rule);
        if always_answers {
            wider.add(rule);
        }
        if let Some(own) = sets.into_iter().next().filter(|_| always_answers) {
            has_catch_all |= own.is_empty();
            earlier.entry(own).or_insert(id);
        }
        for condition in &rule.conditions {
            if let Some(why) = never_holds(checked, condition, &segments) {
                let (attribute, found) = (condition.attribute, value(condition.attribute));
                findings.push(warning(Table::Rules, id, Some(attribute), found, why));
            }
        }
    }
    if !has_catch_all && checked.input.default_group.is_none() {
        let message = "no rule answers everybody and there is no default group, so some callbacks \
            will fail; add a last rule with an `AgentGroupId` and no conditions, or set \
            DEFAULT_AGENT_GROUP_ID";
        findings.push(Finding::new(Severity::Warning, Table::Rules, "(all)", None, None, message));
    }
}

/// The rules so far that answer whenever their conditions hold.
#[derive(Default)]
struct Wider<'a> {
    rules: Vec<(&'a Rule, usize)>,
    compared: usize,
}

impl<'a> Wider<'a> {
    fn add(&mut self, rule: &'a Rule) {
        self.rules.push((rule, entries(rule)));
    }

    /// The first of them whose conditions all hold whenever those of `rule` do.
    fn first_before(&mut self, rule: &Rule) -> Option<&'a str> {
        let own = entries(rule);
        for (first, entries) in &self.rules {
            self.compared = self.compared.saturating_add(own.saturating_add(*entries));
            if self.compared > MAX_ENTRIES_COMPARED {
                return None;
            }
            if is_map_within(&rule.conditions, &first.conditions) {
                return Some(first.id.as_ref());
            }
        }
        None
    }
}

/// How many entries the conditions of a rule have, those without a list as one.
fn entries(rule: &Rule) -> usize {
    rule.conditions.iter().flat_map(Condition::each).map(Condition::entries).sum()
}

/// The segments that customers are or were in.
struct Segments<'a> {
    ever: HashSet<&'a str>,
    now: HashSet<&'a str>,
}

impl<'a> Segments<'a> {
    fn of(checked: &'a Checked<'_>) -> Self {
        let all = checked.seen.iter().flat_map(|seen| &seen.segments);
        let current = all.clone().filter(|(_, first)| first.is_current);
        Self {
            ever: all.map(|(name, _)| name.as_str()).collect(),
            now: current.map(|(name, _)| name.as_str()).collect(),
        }
    }
}

/// Why a condition never holds (any more).
fn never_holds(
    checked: &Checked<'_>,
    condition: &Condition,
    segments: &Segments<'_>,
) -> Option<String> {
    if let Some(why) = condition.test.kind().never_holds(condition.negated, checked.input.now) {
        return Some(why.to_owned());
    }
    // A name that no customer has at all is found by its name.
    let Reach::Segments(asked) = condition.reach() else { return None };
    let any = |names: &HashSet<&str>| asked.iter().any(|name| names.contains(name.as_ref()));
    (any(&segments.ever) && !any(&segments.now)).then(|| {
        "no customer is in these segments any more, so the rule never matches; write a later day \
        in the customers' `Segments`, or delete the rule"
            .to_owned()
    })
}
