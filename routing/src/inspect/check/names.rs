//! Names that one row uses and no other has: rosters, skills, segments, calendars; agents whom no
//! rule can answer. Groups are not compared: any rule may be the first to name one.

use std::collections::{BTreeMap, BTreeSet};

use super::checked::Checked;
use super::input::warning;
use super::typed::{agents_by_name, names_typed};
use crate::release::{Aside, AsideState};
use crate::rows::condition::Reach;
use crate::rows::{Finding, Table, Value, ValueKind, value_kind};
use crate::text::{clean, closest, name_key};

pub(super) fn find(checked: &Checked<'_>, findings: &mut Vec<Finding>) {
    let mut names = Names::default();
    names.collect(checked);
    names.rosters.look_at_live(checked, "Rosters", ["is on it", "are on it"]);
    names.skills.look_at_live(checked, "Skills", ["has it", "have it"]);
    names.rosters.report(
        checked,
        "roster",
        "no agent is on it",
        "no rule uses this roster",
        findings,
    );
    names.skills.report(
        checked,
        "skill",
        "no agent has this skill, so nobody can answer",
        "no rule asks for it",
        findings,
    );
    if checked.seen.is_some() {
        names.segments.report(
            checked,
            "segment",
            "no customer is in it",
            "no rule asks for it",
            findings,
        );
    }
    unused_calendars(checked, &names, findings);
    loose_agents(checked, findings);
}

/// Most names that are compared to find what a name of one kind was meant to be.
const MAX_COMPARED: usize = 1_000_000;

/// How deep a row that is not in force is searched for names.
const MAX_NESTED: usize = 6;

/// Most rules that are told of one name.
const MAX_ASKING: usize = 100;

/// Where a name stands: table, key, attribute.
type Place = (Table, String, String);

/// How many agents of the live release have each name: a warning of the rows would else seem to say
/// what users get now.
#[derive(Default)]
struct LiveCounts {
    counts: BTreeMap<String, usize>,
    /// Of one agent, and of several.
    verbs: [&'static str; 2],
}

impl LiveCounts {
    /// What to add of a name that nobody has by the rows.
    fn said(&self, name: &str) -> String {
        let [one, several] = self.verbs;
        match self.counts.get(name) {
            None => String::new(),
            Some(1) => format!(" (by the rows: in the live release 1 agent {one})"),
            Some(count) => format!(" (by the rows: in the live release {count} agents {several})"),
        }
    }
}

/// Names of one kind: who asks for each, and who has it.
#[derive(Default)]
struct Uses {
    /// Who has them beside the rows.
    live: LiveCounts,
    asked: BTreeMap<String, Vec<Place>>,
    had: BTreeMap<String, Vec<Place>>,
    /// Names in rows in error, which ask for nothing and have nothing: the row that fits them is
    /// not wrong for that.
    aside: BTreeSet<String>,
}

#[derive(Default)]
struct Names {
    rosters: Uses,
    skills: Uses,
    segments: Uses,
    calendars: BTreeSet<String>,
    /// Calendars named by rows that are not in force, by compared name.
    calendars_aside: BTreeSet<String>,
}

impl Uses {
    /// Who has these names in this attribute by the live release, if that will be said.
    fn look_at_live(&mut self, checked: &Checked<'_>, attribute: &str, verbs: [&'static str; 2]) {
        if let Some(live) = checked.input.live
            && self.asked.keys().any(|name| !self.had.contains_key(name))
        {
            self.live = LiveCounts { counts: agents_by_name(live, attribute), verbs };
        }
    }

    fn report(
        &self,
        checked: &Checked<'_>,
        kind: &str,
        nobody_has: &str,
        nobody_asks: &str,
        findings: &mut Vec<Finding>,
    ) {
        let is_alone = |name: &str, other: &BTreeMap<String, Vec<Place>>| {
            !other.contains_key(name) && !self.aside.contains(name)
        };
        let mut looked: usize = 0;
        let mut one_side = |some: &BTreeMap<String, Vec<Place>>,
                            other: &BTreeMap<String, Vec<Place>>,
                            is_asked: bool| {
            let why = if is_asked { nobody_has } else { nobody_asks };
            for (name, places) in some.iter().filter(|(name, _)| is_alone(name, other)) {
                // With very many names, looking for near ones takes too long.
                looked = looked.saturating_add(other.len());
                let near = if looked > MAX_COMPARED {
                    None
                } else {
                    closest(name, other.keys().map(String::as_str))
                };
                let todo = near.map_or_else(
                    || "correct the name, or remove it".to_owned(),
                    |near| format!("did you mean `{near}`?"),
                );
                let live = if is_asked { self.live.said(name) } else { String::new() };
                let shown = crate::text::cut(name);
                let message = format!("the {kind} `{shown}`: {why}{live}; {todo}");
                findings.extend(places.iter().map(|(table, key, attribute)| {
                    // Of customers only segments are named, each by one.
                    let first = checked.seen.as_ref().and_then(|seen| seen.segments.get(name));
                    let found = match table {
                        Table::Customers => first.and_then(|first| first.value.as_ref()),
                        _ => checked.value(*table, key, attribute),
                    };
                    warning(*table, key, Some(attribute), found, message.as_str())
                }));
            }
        };
        one_side(&self.asked, &self.had, true);
        one_side(&self.had, &self.asked, false);
    }
}

impl Names {
    fn collect(&mut self, checked: &Checked<'_>) {
        let put = |map: &mut BTreeMap<String, Vec<Place>>,
                   name: &str,
                   table,
                   key: &str,
                   attribute: &str| {
            // Every rule has its own names; of agents and customers with the same name, one
            // is enough.
            let most = if table == Table::Rules { MAX_ASKING } else { 1 };
            let places = map.entry(name.to_owned()).or_default();
            if places.len() < most {
                places.push((table, key.to_owned(), attribute.to_owned()));
            }
        };
        for linked in checked.snapshot.rules() {
            let rule = &linked.rule;
            for roster in &rule.rosters {
                put(&mut self.rosters.asked, roster, Table::Rules, &rule.id, "Rosters");
            }
            for (skill, _) in &rule.need_skills {
                put(&mut self.skills.asked, skill, Table::Rules, &rule.id, "NeedSkills");
            }
            for condition in rule.conditions.iter().flat_map(|condition| condition.each()) {
                let kind = condition.test.kind();
                if let Reach::Segments(segments) = kind.reach() {
                    for segment in segments {
                        let attribute = condition.attribute;
                        let asked = &mut self.segments.asked;
                        put(asked, segment, Table::Rules, &rule.id, attribute);
                    }
                }
                let calendars = kind.hours().into_iter().flat_map(|hours| hours.calendars());
                self.calendars.extend(calendars.map(str::to_owned));
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
            let calendars = agent.shifts.iter().flat_map(|shifts| shifts.calendars());
            self.calendars.extend(calendars.map(str::to_owned));
        }
        for (segment, first) in checked.seen.iter().flat_map(|seen| &seen.segments) {
            put(&mut self.segments.had, segment, Table::Customers, &first.key, "Segments");
        }
        self.collect_aside(checked);
        // Rows that are not in force do not use a name, but a name they use is not a typing mistake
        // either.
        let rows = &checked.input.rows;
        for row in rows.rules.iter().chain(&rows.agents) {
            for (attribute, value) in row {
                if matches!(value_kind(attribute), ValueKind::Hours | ValueKind::Maps) {
                    self.collect_calendars(value, MAX_NESTED);
                }
            }
        }
    }

    /// The rosters and skills in rows in error, as typed.
    fn collect_aside(&mut self, checked: &Checked<'_>) {
        let is_wrong = |aside: &&Aside| aside.state != AsideState::Disabled;
        let rules = checked.settled.asides().iter().filter(is_wrong);
        let agents = checked.settled.agents_out().filter(|(_, is_disabled)| !is_disabled);
        let rows = rules
            .map(|aside| (Table::Rules, &*aside.id))
            .chain(agents.map(|(id, _)| (Table::Agents, id)));
        for row in rows.filter_map(|(table, key)| checked.row(table, key)) {
            let kinds = [
                (&mut self.rosters.aside, ["Rosters", "Rosters"]),
                (&mut self.skills.aside, ["NeedSkills", "Skills"]),
            ];
            for (names, attributes) in kinds {
                for value in attributes.iter().filter_map(|name| row.get(*name)) {
                    names_typed(value, names);
                }
            }
        }
    }

    /// The names with `@` in a value as typed, also in the text of a list.
    fn collect_calendars(&mut self, value: &Value, depth: usize) {
        let Some(depth) = depth.checked_sub(1) else { return };
        match value {
            Value::Text(text) => {
                for part in text.split(['[', ']', ',', '"']) {
                    if let Some(name) = clean(part).strip_prefix(['@', '＠']) {
                        self.calendars_aside.insert(name_key(name));
                    }
                }
                // A name may hold such a sign itself.
                if let Some(name) = clean(text).strip_prefix(['@', '＠']) {
                    self.calendars_aside.insert(name_key(name));
                }
            }
            Value::List(entries) | Value::Set(entries) => {
                entries.iter().for_each(|entry| self.collect_calendars(entry, depth));
            }
            Value::Map(map) => {
                map.values().for_each(|entry| self.collect_calendars(entry, depth));
            }
            _ => {}
        }
    }
}

fn unused_calendars(checked: &Checked<'_>, names: &Names, findings: &mut Vec<Finding>) {
    let is_used =
        |key: &str| names.calendars.contains(key) || names.calendars_aside.contains(&name_key(key));
    for row in &checked.input.rows.calendars {
        if let Some(key) = Table::Calendars.key_of(row).filter(|key| !is_used(key)) {
            let message = format!(
                "no rule and no agent uses it; write `@{key}` into `Hours` or `Shifts`, or delete \
                the row"
            );
            findings.push(warning(Table::Calendars, key, None, None, message));
        }
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
            let message = "the agent is on no roster and in no rule, so the agent never gets a \
                session; add `Rosters`, or delete the row";
            findings.push(warning(Table::Agents, id, Some("Rosters"), None, message));
        }
    }
}
