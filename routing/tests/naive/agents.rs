//! Who may answer, agent by agent, and the first rule that has somebody.

use std::collections::BTreeSet;

use serde_json::Value;

use super::conditions::{all_hold, moment};
use super::hours::is_open;
use super::world::{Request, World};

/// Who answers: the rule and group, all agents who may, and how many of them.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Answer {
    pub(crate) rule: Option<String>,
    pub(crate) group: Option<i64>,
    pub(crate) agents: BTreeSet<String>,
    pub(crate) most: usize,
}

/// The first rule, by priority and then id, whose conditions hold and that has somebody.
pub(crate) fn answer(world: &World, request: &Request) -> Answer {
    let mut rules: Vec<&Value> = world.rules.iter().filter(|rule| is_used(rule)).collect();
    rules.sort_by(|a, b| {
        let priority = |rule: &Value| rule["Priority"].as_f64().unwrap();
        priority(a).total_cmp(&priority(b)).then(id(a, "RuleId").cmp(id(b, "RuleId")))
    });
    for rule in rules {
        if all_hold(world, rule, rule.as_object().unwrap(), request) != Some(true) {
            continue;
        }
        let group = rule["AgentGroupId"].as_i64();
        let names_agents = !rule["AgentIds"].is_null() || !rule["Rosters"].is_null();
        let agents = if names_agents { of_rule(world, rule, request) } else { BTreeSet::new() };
        if names_agents && agents.is_empty() && rule["IfNobody"] != "group" {
            continue;
        }
        let most = usize::try_from(rule["MaxAgents"].as_u64().unwrap_or(100)).unwrap();
        let rule = Some(id(rule, "RuleId").to_owned());
        return Answer { rule, group, most: most.min(agents.len()), agents };
    }
    Answer { rule: None, group: world.default_group, agents: BTreeSet::new(), most: 0 }
}

fn id<'a>(row: &'a Value, key: &str) -> &'a str {
    row[key].as_str().unwrap()
}

/// Rows in error have the attribute `Bad`, which nothing knows.
fn is_used(row: &Value) -> bool {
    row["Enabled"] != false && row["Bad"].is_null()
}

fn list(value: &Value) -> Vec<&str> {
    value.as_array().into_iter().flatten().map(|entry| entry.as_str().unwrap()).collect()
}

fn of_rule(world: &World, rule: &Value, request: &Request) -> BTreeSet<String> {
    let named = list(&rule["AgentIds"]);
    let rosters: Vec<String> = list(&rule["Rosters"]).into_iter().map(str::to_lowercase).collect();
    // Each list of agents with their tiers.
    let mut lists: Vec<Vec<(&Value, i64)>> = Vec::new();
    let own_tier = |agent: &Value| agent["Tier"].as_i64().unwrap_or(1);
    let all = &world.agents;
    lists.push(
        all.iter()
            .filter(|agent| named.contains(&id(agent, "AgentId")))
            .map(|agent| (agent, own_tier(agent)))
            .collect(),
    );
    for roster in &rosters {
        lists.push(all.iter().filter_map(|agent| Some((agent, tier_on(agent, roster)?))).collect());
    }
    for preference in list(&rule["Prefer"]) {
        assert_eq!(preference, "owner");
        if let Ok(Some(customer)) = &request.customer {
            let mut everybody = lists.iter().flatten();
            let owner = everybody.find(|(agent, _)| customer["Owner"] == agent["AgentId"]);
            if let Some((owner, _)) = owner
                && is_there(world, rule, owner, request.now)
            {
                return [id(owner, "AgentId").to_owned()].into();
            }
        }
    }
    for list in lists {
        let eligible: Vec<_> = list
            .into_iter()
            .filter(|(agent, _)| agent["Weight"] != 0 && is_there(world, rule, agent, request.now))
            .collect();
        if let Some(lowest) = eligible.iter().map(|(_, tier)| *tier).min() {
            let of_tier = eligible.iter().filter(|(_, tier)| *tier == lowest);
            return of_tier.map(|(agent, _)| id(agent, "AgentId").to_owned()).collect();
        }
    }
    BTreeSet::new()
}

/// The agent's tier on a roster; `None` = not on it.
fn tier_on(agent: &Value, roster: &str) -> Option<i64> {
    // The row of an agent in error says nothing.
    if !agent["Bad"].is_null() {
        return None;
    }
    match &agent["Rosters"] {
        Value::Object(tiers) => {
            tiers.iter().find(|(name, _)| name.to_lowercase() == roster)?.1.as_i64()
        }
        names => list(names)
            .into_iter()
            .any(|name| name.to_lowercase() == roster)
            .then(|| agent["Tier"].as_i64().unwrap_or(1)),
    }
}

/// Whether an agent may be answered, whatever the weight.
fn is_there(world: &World, rule: &Value, agent: &Value, now: i64) -> bool {
    let zone = agent["TimeZone"].as_str().unwrap_or(world.zone);
    let away = list(&agent["Away"]).into_iter().any(|range| {
        let (from, until) = range.split_once("..").unwrap_or((range, range));
        let date = from.get(..10).unwrap_or_default();
        // `2026-11-24 13:00..18:00` ends on the same day.
        let until = if until.len() == 5 { format!("{date} {until}") } else { until.to_owned() };
        (from.is_empty() || moment(&from.into(), zone, false) <= now)
            && (until.is_empty() || now < moment(&until.into(), zone, true))
    });
    let group = &rule["AgentGroupId"];
    let fits = match agent["OnlyWithGroups"].as_array() {
        Some(only) if !group.is_null() => only.contains(group),
        _ => true,
    };
    let needs: Vec<(String, i64)> = match &rule["NeedSkills"] {
        Value::Object(map) => map.iter().map(|(n, l)| (n.clone(), l.as_i64().unwrap())).collect(),
        entries => list(entries)
            .into_iter()
            .map(|entry| match entry.split_once(">=") {
                Some((name, level)) => (name.to_owned(), level.parse().unwrap()),
                None => (entry.to_owned(), 1),
            })
            .collect(),
    };
    let has = |skill: &str| match &agent["Skills"] {
        Value::Object(map) => map.get(skill).and_then(Value::as_i64).unwrap_or(0),
        names => i64::from(list(names).contains(&skill)),
    };
    is_used(agent)
        && !list(&rule["ExceptAgents"]).contains(&id(agent, "AgentId"))
        && fits
        && needs.iter().all(|(skill, level)| has(skill) >= *level)
        && !away
        && is_open(world, agent, "Shifts", now)
}
