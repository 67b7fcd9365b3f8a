//! Conditions that cannot hold together, maps of `AnyOf` that add nothing, and those that always
//! hold.

use super::checked::Checked;
use super::input::warning;
use crate::rows::condition::{Condition, is_map_within};
use crate::rows::{Finding, Table};

/// Most findings of one rule.
const TOLD: usize = 10;
/// Most maps of one `AnyOf` that are compared with each other.
const COMPARED: usize = 20;

pub(super) fn find(checked: &Checked<'_>, findings: &mut Vec<Finding>) {
    for linked in checked.snapshot.rules() {
        let rule = &linked.rule;
        let mut told = Vec::new();
        let all: Vec<&Condition> = rule.conditions.iter().collect();
        if let Some((own, other)) = taken(&all) {
            let message = format!(
                "excludes everything that `{}` allows, so the rule never matches; write other \
                values into one of the two, or remove one",
                own.attribute
            );
            told.push((other.attribute, message));
        }
        for condition in &rule.conditions {
            let attribute = condition.attribute;
            let told_of = of_maps(&all, condition);
            told.extend(told_of.into_iter().map(|message| (attribute, message)));
        }
        for (attribute, message) in told.into_iter().take(TOLD) {
            let found = checked.value(Table::Rules, &rule.id, attribute);
            findings.push(warning(Table::Rules, &rule.id, Some(attribute), found, message));
        }
    }
}

/// A condition, and another that takes away all that it asks for.
fn taken<'c>(all: &[&'c Condition]) -> Option<(&'c Condition, &'c Condition)> {
    all.iter().find_map(|own| {
        let other = all.iter().find(|other| own.is_taken_by(other))?;
        Some((*own, *other))
    })
}

/// What is wrong with the maps of one condition, beside all conditions of the rule.
fn of_maps(rule: &[&Condition], own: &Condition) -> Vec<String> {
    let maps = own.test.kind().maps();
    // What follows when a map always holds.
    let so = if own.negated {
        "the rule never matches; change the map, or disable the rule"
    } else {
        "`AnyOf` asks for nothing; change the map, or remove `AnyOf`"
    };
    let mut told = Vec::new();
    let others = rule.iter().copied().filter(|other| !std::ptr::eq(*other, own));
    let is_rule_vain = taken(rule).is_some();
    let mut never = 0;
    for (number, map) in (1..).zip(maps) {
        if is_map_within(others.clone(), map) {
            told.push(format!(
                "map {number} holds whenever the other conditions of the rule do, so {so}"
            ));
        }
        let with_rule: Vec<&Condition> = map.iter().chain(others.clone()).collect();
        if let Some((own, other)) = taken(&with_rule).filter(|_| !is_rule_vain) {
            never += 1;
            told.push(format!(
                "map {number} never holds, because `{}` excludes everything that `{}` allows; \
                write other values into one of the two, or remove the map",
                other.attribute, own.attribute
            ));
        }
    }
    if never == maps.len() && never > 0 && !own.negated {
        told.truncate(told.len() - never);
        told.push(
            "none of its maps can hold beside the other conditions, so the rule never \
            matches; change the maps, or disable the rule"
                .to_owned(),
        );
    }
    told.extend(always(maps).map(|(one, other)| {
        format!("map {one} and map {other} are opposites, so one of them always holds, and {so}")
    }));
    told.extend(leave_out_others(maps).map(|(one, other, attribute)| {
        format!(
            "map {one} and map {other} leave out different ones, so one of them always holds, and \
            {so}; to leave out all of them, write them into one `{attribute}`"
        )
    }));
    told.extend(needless(maps));
    told
}

/// The numbers of two maps that each leave out what the other lets in, and the attribute of both.
fn leave_out_others(maps: &[Vec<Condition>]) -> Option<(usize, usize, &'static str)> {
    let single: Vec<_> = singles(maps).filter(|(_, condition)| condition.negated).collect();
    single.iter().enumerate().find_map(|(place, (first, condition))| {
        let is_apart =
            |(_, other): &&(usize, &Condition)| condition.test.kind().is_apart(other.test.kind());
        let (other, _) = single.iter().skip(place + 1).find(is_apart)?;
        Some((*first, *other, condition.attribute))
    })
}

/// The maps of one condition alone, with their numbers.
fn singles(maps: &[Vec<Condition>]) -> impl Iterator<Item = (usize, &Condition)> {
    let numbered = (1..).zip(maps).take(COMPARED);
    numbered.filter(|(_, map)| map.len() == 1).filter_map(|(n, map)| Some((n, map.first()?)))
}

/// The numbers of two maps of which one always holds: a condition alone, and its opposite alone.
fn always(maps: &[Vec<Condition>]) -> Option<(usize, usize)> {
    let single: Vec<(usize, &Condition)> = singles(maps).collect();
    single.iter().find_map(|(number, not)| {
        let is_opposite = |(_, other): &&(usize, &Condition)| {
            not.negated && !other.negated && not.is_within(other)
        };
        let (other, _) = single.iter().find(is_opposite)?;
        Some((*number.min(other), *number.max(other)))
    })
}

/// Maps that hold only where another map does. Of two that are the same, the later.
fn needless(maps: &[Vec<Condition>]) -> Vec<String> {
    let numbered: Vec<(usize, &Vec<Condition>)> = (1..).zip(maps).take(COMPARED).collect();
    let mut told = Vec::new();
    for (number, map) in &numbered {
        let holds_it = |(other, wider): &&(usize, &Vec<Condition>)| {
            other != number
                && is_map_within(*map, wider)
                && (other < number || !is_map_within(*wider, map))
        };
        if let Some((other, _)) = numbered.iter().find(holds_it) {
            told.push(format!(
                "map {number} is not needed: whenever it holds, map {other} holds too; remove map \
                {number}, or change one of them"
            ));
        }
    }
    told
}
