//! Customers, looked at one after the other: of each row only what other rows are compared with is
//! kept, so that very many fit.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::input::{Input, warning};
use crate::rows::{Customer, Finding, Own, OwnValues, Read, Row, Table, Value, customer};
use crate::snapshot::Snapshot;
use crate::text::name_key;

/// What was seen of all customers.
pub(super) struct CustomersSeen<'a> {
    input: Input<'a>,
    /// The ids of agents' rows.
    agents: HashSet<&'a str>,
    /// The same by their compared names.
    agents_by_name: HashMap<String, &'a str>,
    /// What is wrong or odd about rows by themselves, and about their owners.
    pub(super) findings: Vec<Finding>,
    /// The keys, each as often as it stands.
    pub(super) keys: Vec<Box<str>>,
    /// Each segment that anybody is or was in, and the first customer of it.
    pub(super) segments: BTreeMap<String, FirstOf>,
    /// Names of attributes as typed, with the compared name.
    names: HashMap<Box<str>, Box<str>>,
    /// The values of the attributes that rules ask for, by compared name.
    values: HashMap<String, OwnValues>,
}

/// The first customer of a segment.
pub(super) struct FirstOf {
    pub(super) key: Box<str>,
    /// The `Segments` of that row.
    pub(super) value: Option<Value>,
    /// Whether anybody is in it now.
    pub(super) is_current: bool,
}

impl<'a> CustomersSeen<'a> {
    /// None yet, to be compared with these rows, which come to this snapshot.
    pub(super) fn new(input: Input<'a>, snapshot: &Snapshot) -> Self {
        let agents = input.rows.agents.iter().filter_map(|row| Table::Agents.key_of(row));
        let rules = snapshot.rules().iter().flat_map(|linked| &linked.rule.conditions);
        let conditions = rules.flat_map(|outer| outer.each());
        let asked = conditions.flat_map(|condition| condition.test.kind().own_attributes());
        Self {
            input,
            agents: agents.clone().collect(),
            agents_by_name: agents.map(|id| (name_key(id), id)).collect(),
            findings: Vec::new(),
            keys: Vec::new(),
            segments: BTreeMap::new(),
            names: HashMap::new(),
            values: asked.map(|(_, key)| (key.to_owned(), OwnValues::default())).collect(),
        }
    }

    /// Looks at a row.
    pub(super) fn look(&mut self, row: &Row) {
        self.keys.extend(Table::Customers.key_of(row).map(Box::from));
        for name in row.keys() {
            if !self.names.contains_key(name.as_str()) {
                self.names.insert(name.as_str().into(), name_key(name).into());
            }
        }
        match customer::read(row, self.input.defaults, self.input.now) {
            Ok((key, read, findings)) => {
                self.findings.extend(findings);
                match read {
                    Read::Good(customer) => self.look_at(key, &customer, row),
                    Read::Disabled(_) | Read::Bad => self.look_at_unread(row),
                }
            }
            Err(finding) => {
                self.findings.push(finding);
                self.look_at_unread(row);
            }
        }
    }

    fn look_at(&mut self, key: &str, customer: &Customer, row: &Row) {
        for (segment, until) in &customer.segments {
            let is_current = customer::is_current(*until, self.input.now);
            match self.segments.get_mut(segment) {
                Some(first) => first.is_current |= is_current,
                None => {
                    let value = row.get("Segments").cloned();
                    let first = FirstOf { key: key.into(), value, is_current };
                    self.segments.insert(segment.clone(), first);
                }
            }
        }
        for (name, owns) in &customer.attributes {
            if let Some(values) = self.values.get_mut(name) {
                owns.iter().for_each(|own| values.add(own));
            }
        }
        if let Some(owner) = &customer.owner {
            self.findings.extend(self.unknown_owner(key, owner, row.get("Owner")));
        }
    }

    /// A row in error will be corrected: what it has is no typing mistake.
    fn look_at_unread(&mut self, row: &Row) {
        for (name, value) in row {
            let key = self.names.get(name.as_str());
            if let Some(values) = key.and_then(|key| self.values.get_mut(&**key)) {
                Own::all(value).iter().flatten().for_each(|own| values.add(own));
            }
        }
    }

    fn unknown_owner(&self, key: &str, owner: &str, found: Option<&Value>) -> Option<Finding> {
        if self.agents.contains(owner) {
            return None;
        }
        // Only the same id in other letters is suggested: another person is never meant.
        let todo = match self.agents_by_name.get(&name_key(owner)) {
            Some(id) => format!("write `{id}`"),
            None => "add a row for the agent, or remove `Owner`".to_owned(),
        };
        let message = format!("no agent row has this id, so the owner is never preferred; {todo}");
        Some(warning(Table::Customers, key, Some("Owner"), found, message))
    }

    /// The attributes that any row has, by compared name: as typed. Of several spellings always the
    /// same.
    pub(super) fn attributes(&self) -> HashMap<&str, &str> {
        let mut spelt: Vec<(&str, &str)> =
            self.names.iter().map(|(name, key)| (&**name, &**key)).collect();
        spelt.sort_unstable();
        let mut attributes = HashMap::new();
        for (name, key) in spelt {
            attributes.entry(key).or_insert(name);
        }
        attributes
    }

    /// The values of an attribute that a rule asks for, by compared name.
    pub(super) fn values(&self, key: &str) -> Option<&OwnValues> {
        self.values.get(key)
    }
}
