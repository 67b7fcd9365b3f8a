//! Names that one row uses and no other has: rosters, skills, segments, calendars, groups, agents.

use std::collections::{BTreeMap, BTreeSet};

use super::{Checked, warning};
use crate::hours::HoursRef;
use crate::rows::condition::Reach;
use crate::rows::{Finding, Table, Value};
use crate::text::closest;

pub(super) fn check(checked: &Checked<'_>, findings: &mut Vec<Finding>) {
    let mut names = Names::default();
    names.collect(checked);
    names.rosters.report(
        checked,
        "roster",
        "no agent is on it",
        "no rule uses it, so nobody is found by it",
        findings,
    );
    names.skills.report(
        checked,
        "skill",
        "no agent has it, so nobody is ever eligible",
        "no rule asks for it",
        findings,
    );
    if checked.input.customers.is_some() {
        names.segments.report(
            checked,
            "segment",
            "no customer is in it",
            "no rule asks for it",
            findings,
        );
    }
    unused_calendars(checked, &names, findings);
    lonely_groups(checked, findings);
    loose_agents(checked, findings);
    unknown_owners(checked, findings);
}

/// Where a name stands: table, key, attribute.
type Place = (Table, String, String);

/// Names of one kind: who asks for each, and who has it.
#[derive(Default)]
struct Uses {
    asked: BTreeMap<String, Place>,
    had: BTreeMap<String, Place>,
}

#[derive(Default)]
struct Names {
    rosters: Uses,
    skills: Uses,
    segments: Uses,
    calendars: BTreeSet<String>,
}

impl Uses {
    fn report(
        &self,
        checked: &Checked<'_>,
        kind: &str,
        nobody_has: &str,
        nobody_asks: &str,
        findings: &mut Vec<Finding>,
    ) {
        let mut one_side =
            |some: &BTreeMap<String, Place>, other: &BTreeMap<String, Place>, why: &str| {
                for (name, (table, key, attribute)) in
                    some.iter().filter(|(name, _)| !other.contains_key(*name))
                {
                    let near = closest(name, other.keys().map(String::as_str));
                    let todo = near.map_or_else(
                        || "correct the name, or remove it".to_owned(),
                        |near| format!("did you mean `{near}`?"),
                    );
                    let message = format!("the {kind} `{}`: {why}; {todo}", crate::text::cut(name));
                    findings.push(warning(
                        *table,
                        key,
                        Some(attribute),
                        checked.value(*table, key, attribute),
                        message,
                    ));
                }
            };
        one_side(&self.asked, &self.had, nobody_has);
        one_side(&self.had, &self.asked, nobody_asks);
    }
}

impl Names {
    fn collect(&mut self, checked: &Checked<'_>) {
        let put =
            |map: &mut BTreeMap<String, Place>, name: &str, table, key: &str, attribute: &str| {
                map.entry(name.to_owned())
                    .or_insert_with(|| (table, key.to_owned(), attribute.to_owned()));
            };
        for linked in checked.snapshot.rules() {
            let rule = &linked.rule;
            for roster in &rule.rosters {
                put(&mut self.rosters.asked, roster, Table::Rules, &rule.id, "Rosters");
            }
            for (skill, _) in &rule.need_skills {
                put(&mut self.skills.asked, skill, Table::Rules, &rule.id, "NeedSkills");
            }
            for condition in &rule.conditions {
                let kind = condition.test.kind();
                if let Reach::Segments(segments) = kind.reach() {
                    for segment in segments {
                        let attribute = condition.attribute;
                        let asked = &mut self.segments.asked;
                        put(asked, segment, Table::Rules, &rule.id, attribute);
                    }
                }
                if let Some(HoursRef::Calendar(name, _)) = kind.hours() {
                    self.calendars.insert(name.clone());
                }
            }
        }
        for member in checked.snapshot.members() {
            let agent = &member.agent;
            for (roster, _) in &agent.rosters {
                put(&mut self.rosters.had, roster, Table::Agents, &agent.id, "Rosters");
            }
            for (skill, _) in &agent.skills {
                put(&mut self.skills.had, skill, Table::Agents, &agent.id, "Skills");
            }
            if let Some(HoursRef::Calendar(name, _)) = &agent.shifts {
                self.calendars.insert(name.clone());
            }
        }
        for (key, customer) in &checked.customers {
            for (segment, _) in &customer.segments {
                put(&mut self.segments.had, segment, Table::Customers, key, "Segments");
            }
        }
        // Rows that are not in force do not use a name, but a name they use is not a typing mistake
        // either.
        for row in &checked.input.rows.rules {
            for attribute in ["Hours", "NotHours"] {
                if let Some(Value::Text(text)) = row.get(attribute)
                    && let Some(name) = text.trim().strip_prefix('@')
                {
                    self.calendars.insert(name.trim().to_owned());
                }
            }
        }
    }
}

fn unused_calendars(checked: &Checked<'_>, names: &Names, findings: &mut Vec<Finding>) {
    for row in &checked.input.rows.calendars {
        if let Some(key) =
            Table::Calendars.key_of(row).filter(|key| !names.calendars.contains(*key))
        {
            let message = format!(
                "no rule and no agent uses it; write `@{key}` into `Hours` or `Shifts`, or delete the row"
            );
            findings.push(warning(Table::Calendars, key, None, None, message));
        }
    }
}

/// Groups that stand in one rule alone: a typing mistake looks like that.
fn lonely_groups(checked: &Checked<'_>, findings: &mut Vec<Finding>) {
    let mut uses: BTreeMap<i64, usize> = BTreeMap::new();
    for group in checked
        .snapshot
        .rules()
        .iter()
        .filter_map(|linked| linked.rule.group)
        .chain(checked.input.default_group)
    {
        *uses.entry(group).or_default() += 1;
    }
    for group in checked
        .snapshot
        .members()
        .iter()
        .filter_map(|member| member.agent.only_with_groups.as_ref())
        .flatten()
    {
        *uses.entry(*group).or_default() += 1;
    }
    for linked in checked.snapshot.rules() {
        let Some(group) = linked.rule.group.filter(|group| uses.get(group) == Some(&1)) else {
            continue;
        };
        let known: Vec<String> = uses
            .iter()
            .filter(|(_, count)| **count > 1)
            .map(|(group, _)| group.to_string())
            .collect();
        let near = closest(&group.to_string(), known.iter().map(String::as_str))
            .map(|near| format!("; did you mean `{near}`?"));
        let message = format!(
            "no other rule and no agent row (`OnlyWithGroups`) knows this group{}",
            near.unwrap_or_else(|| {
                "; compare it with the group's id in Desk, and put it into the `OnlyWithGroups` of its agents if it is right".to_owned()
            })
        );
        let id = &linked.rule.id;
        findings.push(warning(
            Table::Rules,
            id,
            Some("AgentGroupId"),
            checked.value(Table::Rules, id, "AgentGroupId"),
            message,
        ));
    }
}

/// Agents whom no rule can find.
fn loose_agents(checked: &Checked<'_>, findings: &mut Vec<Finding>) {
    let named: BTreeSet<&str> = checked
        .snapshot
        .rules()
        .iter()
        .flat_map(|linked| &linked.rule.agent_ids)
        .map(AsRef::as_ref)
        .collect();
    for member in checked.snapshot.members() {
        let id = member.agent.id.as_ref();
        if member.agent.rosters.is_empty() && !named.contains(id) && member.is_in_use() {
            let message = "the agent is on no roster and no rule names the agent, so no session ever gets there; add `Rosters`, or delete the row";
            findings.push(warning(Table::Agents, id, Some("Rosters"), None, message));
        }
    }
}

fn unknown_owners(checked: &Checked<'_>, findings: &mut Vec<Finding>) {
    let agents: Vec<&str> =
        checked.input.rows.agents.iter().filter_map(|row| Table::Agents.key_of(row)).collect();
    let known: BTreeSet<&str> = agents.iter().copied().collect();
    for (key, customer) in &checked.customers {
        let Some(owner) = customer.owner.as_deref().filter(|owner| !known.contains(owner)) else {
            continue;
        };
        let near =
            closest(owner, agents.iter().copied()).map(|near| format!("; did you mean `{near}`?"));
        let message = format!(
            "no agent row has this id, so the owner is never preferred{}",
            near.unwrap_or_else(|| "; add the agent, or remove it".to_owned())
        );
        findings.push(warning(
            Table::Customers,
            key,
            Some("Owner"),
            checked.value(Table::Customers, key, "Owner"),
            message,
        ));
    }
}
