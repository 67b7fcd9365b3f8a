//! Attributes that nobody knows: a misspelt condition would make a rule wider without a word.

mod negated;
mod words;

use crate::rows::attributes::CUSTOMER;
use crate::rows::json::print_value;
use crate::rows::notes::is_note;
use crate::rows::table::Table;
use crate::rows::value::{Row, Value};
use crate::text::{closest_attribute, cut};
pub(super) use negated::Conditions;
use words::{alias, is_for_a_note, letters, means_another};

/// Most attributes of a row for which it is looked up what they were meant to be.
const MAX_SUGGESTIONS: usize = 20;

/// An attribute that the row's table does not have.
pub(super) struct Unknown<'r> {
    pub(super) name: &'r str,
    /// What stands in it.
    value: &'r Value,
    /// The attribute that it surely is a misspelling of.
    pub(super) meant: Option<&'static str>,
}

impl Unknown<'_> {
    /// What to write instead.
    pub(super) fn message(&self, inside: bool, conditions: Conditions) -> String {
        if !inside && is_opposite_of_enabled(self.name) {
            return "no such attribute; to switch the row off write `\"Enabled\": false`, to keep \
                it on remove this"
                .to_owned();
        }
        match (self.meant, inside) {
            (Some(meant), false) => format!(
                "no such attribute; did you mean `{meant}`? (notes of your own go into `Notes` or \
                a name that starts with `_`)"
            ),
            (Some(meant), true) => format!("no such condition; did you mean `{meant}`?"),
            (None, _)
                if self.is_of_rule(conditions)
                    && !is_known(Table::Rules, conditions, self.name) =>
            {
                let such = if inside { "no such condition" } else { "no such attribute" };
                format!("{such}; {}", self.instead_of_condition(inside))
            }
            (None, false) if is_for_a_note(self.name) => {
                "no such attribute; a note goes into `Notes`, `Name`, `Description` or a name that \
                starts with `_`"
                    .to_owned()
            }
            (None, false) => {
                "no such attribute; remove it, or put notes into `Notes` or a name that starts \
                with `_`"
                    .to_owned()
            }
            (None, true) if is_known(Table::Rules, conditions, self.name) => {
                "is not a condition; write it into the row itself, beside `AnyOf`".to_owned()
            }
            (None, true) => "no such condition; write a condition by its name".to_owned(),
        }
    }

    /// Whether it may have been meant as a condition.
    fn is_of_rule(&self, conditions: Conditions) -> bool {
        !conditions.is_empty()
    }

    /// What to write instead of what may have been a condition: a rule without it would be for
    /// more users.
    fn instead_of_condition(&self, inside: bool) -> String {
        let key = letters(self.name);
        match key.as_str() {
            "allof" | "all" | "and" | "conditions" | "condition" | "if" | "when" | "match" => {
                return "all conditions of a rule must hold anyway: write each into the rule \
                    itself, by its name"
                    .to_owned();
            }
            "blacklist" | "blocklist" | "denylist" | "exclude" | "excludes" | "except" | "not" => {
                return "write whom to leave out by its condition, such as `NotClientUserIds` or \
                    `NotSegments`, and agents into `ExceptAgents`"
                    .to_owned();
            }
            "everyweeks" | "firstweek" | "closeddates" | "specialdates" => {
                return "belongs to a calendar: write it into the row of one, and name that here as \
                    in `\"Hours\": \"@support\"`".to_owned();
            }
            "away" | "tier" | "weight" | "onlywithgroups" => {
                return "belongs to the rows of agents; write it there".to_owned();
            }
            "owner" => {
                return "belongs to the rows of customers; a rule prefers a customer's owner with \
                    `\"Prefer\": [\"owner\"]`"
                    .to_owned();
            }
            "notskills" | "notneedskills" | "exceptskills" => {
                return "agents are not left out by their skills: write their ids into \
                    `ExceptAgents`"
                    .to_owned();
            }
            "notrosters" | "exceptrosters" => {
                return "agents are left out one by one: write their ids into `ExceptAgents`"
                    .to_owned();
            }
            "whitelist" | "allowlist" | "include" | "includes" | "only" => {
                return "write whom the rule is for by its condition, such as `ClientUserIds` or \
                    `Segments`"
                    .to_owned();
            }
            _ => {}
        }
        if !inside && is_for_a_note(self.name) {
            return "a note goes into `Notes`, `Name`, `Description` or a name that starts with \
                `_`, and a condition is written by its name"
                .to_owned();
        }
        let notes =
            if inside { "" } else { ", and a note into `Notes` or a name that starts with `_`" };
        let is_plain =
            |value: &Value| matches!(value, Value::Text(_) | Value::Number(_) | Value::Bool(_));
        let own = match self.value {
            value if is_plain(value) => Some(print_value(value)),
            Value::List(entries) | Value::Set(entries) if entries.iter().all(is_plain) => {
                Some(print_value(self.value))
            }
            _ => None,
        };
        // A sign belongs to no name, and of what is left out nothing is told that would let it in.
        let is_own =
            !negated::has_sign(self.name) && closest_attribute(self.name, CUSTOMER).is_none();
        // Without it, `NotCountry` would be asked for as an attribute of that name.
        let left_out = self.name.strip_prefix("Not");
        let left_out = left_out
            .filter(|bare| bare.starts_with(char::is_uppercase) && !bare.starts_with("Not"));
        if let Some(bare) = left_out.filter(|bare| Table::Rules.attributes().contains(bare)) {
            return format!("`{bare}` has no opposite; write `{bare}` itself, with what is meant");
        }
        let condition = if left_out.is_some() { "NotCustomer" } else { "Customer" };
        match own.filter(|_| is_own) {
            Some(value) => format!(
                "a customer's own attribute is asked for in `{condition}`: `{{\"{}\": {}}}`; write \
                a condition by its name{notes}",
                cut(left_out.unwrap_or(self.name)),
                cut(&value)
            ),
            None => format!("write a condition by its name{notes}"),
        }
    }
}

/// `Disabled`, `Inactive`: what `Enabled` says the other way round.
fn is_opposite_of_enabled(name: &str) -> bool {
    let key = letters(name);
    const OPPOSITES: [&str; 7] =
        ["disabled", "disable", "isdisabled", "inactive", "notenabled", "off", "paused"];
    OPPOSITES.contains(&key.as_str())
}

/// Whether a row of this table may have the attribute.
pub(super) fn is_known(table: Table, conditions: Conditions, name: &str) -> bool {
    is_note(name)
        || name == table.key_attribute()
        || table.attributes().contains(&name)
        || names(conditions).any(|known| known == name)
}

fn names(conditions: Conditions) -> impl Iterator<Item = &'static str> {
    conditions.iter().flat_map(|(plain, not)| [*plain, *not])
}

/// The attributes of a row that its table does not have. Customers may have attributes of their
/// own.
pub(super) fn find(table: Table, conditions: Conditions, row: &Row) -> Vec<Unknown<'_>> {
    if table == Table::Customers {
        return Vec::new();
    }
    let strange: Vec<(&String, &Value)> =
        row.iter().filter(|(name, _)| !is_known(table, conditions, name)).collect();
    if strange.is_empty() {
        return Vec::new();
    }
    let known: Vec<&'static str> =
        table.attributes().iter().copied().chain(names(conditions)).collect();
    with_meanings(strange.into_iter(), &known, table, conditions)
}

/// The attributes of a map of conditions that are none. The map stands in the attribute `outer`,
/// which cannot stand in it again.
pub(super) fn find_conditions<'r>(
    conditions: Conditions,
    outer: &str,
    map: &'r Row,
) -> Vec<Unknown<'r>> {
    let inner = conditions.iter().filter(|(plain, not)| *plain != outer && *not != outer);
    let known: Vec<&'static str> = inner.flat_map(|(plain, not)| [*plain, *not]).collect();
    let strange = map.iter().filter(|(name, _)| !known.contains(&name.as_str()));
    with_meanings(strange, &known, Table::Rules, conditions)
}

fn with_meanings<'r>(
    strange: impl Iterator<Item = (&'r String, &'r Value)>,
    known: &[&'static str],
    table: Table,
    conditions: Conditions,
) -> Vec<Unknown<'r>> {
    let mut unknown = Vec::new();
    for (name, value) in strange {
        let meant = (unknown.len() < MAX_SUGGESTIONS)
            .then(|| meant(name, known, table, conditions))
            .flatten();
        unknown.push(Unknown { name, value, meant });
    }
    unknown
}

/// The attribute that a name surely was meant as.
fn meant(
    name: &str,
    known: &[&'static str],
    table: Table,
    conditions: Conditions,
) -> Option<&'static str> {
    let is_known = |meant: &&str| known.contains(meant);
    if means_another(name) {
        return None;
    }
    if !conditions.is_empty() {
        let not = negated::meant(name, conditions, |rest| alias(table, rest));
        if not.is_some() || negated::has_sign(name) {
            return not.filter(is_known);
        }
    }
    alias(table, name).filter(is_known).or_else(|| closest_attribute(name, known.iter().copied()))
}
