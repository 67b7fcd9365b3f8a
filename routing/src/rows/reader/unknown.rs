//! Attributes that nobody knows: a misspelt condition would make a rule wider without a word.

use crate::rows::notes::is_note;
use crate::rows::table::Table;
use crate::rows::value::Row;
use crate::text::{closest_attribute, name_key};

/// Most attributes of a row for which it is looked up what they were meant to be.
const MAX_SUGGESTIONS: usize = 20;

/// Conditions that a row may hold, each with its negated name.
pub(super) type Conditions = &'static [(&'static str, &'static str)];

/// An attribute that the row's table does not have.
pub(super) struct Unknown<'r> {
    pub(super) name: &'r str,
    /// The attribute that it surely is a misspelling of.
    pub(super) meant: Option<&'static str>,
}

impl Unknown<'_> {
    /// What to write instead.
    pub(super) fn message(&self, inside: bool, conditions: Conditions) -> String {
        if !inside && is_opposite_of_enabled(self.name) {
            return "no such attribute; to switch the row off write `\"Enabled\": false`, to keep it on remove this".to_owned();
        }
        match (self.meant, inside) {
            (Some(meant), false) => format!(
                "no such attribute; did you mean `{meant}`? (notes of your own go into `Notes` or a name that starts with `_`)"
            ),
            (Some(meant), true) => format!("no such condition; did you mean `{meant}`?"),
            (None, false) => {
                "no such attribute; remove it, or put notes into `Notes` or a name that starts with `_`".to_owned()
            }
            (None, true) if is_known(Table::Rules, conditions, self.name) => {
                "is not a condition; write it into the row itself, beside `AnyOf`".to_owned()
            }
            (None, true) => "no such condition; remove it, or write a condition".to_owned(),
        }
    }
}

/// `Disabled`, `Inactive`: what `Enabled` says the other way round.
fn is_opposite_of_enabled(name: &str) -> bool {
    let key: String = name_key(name).chars().filter(|c| c.is_alphanumeric()).collect();
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
    let strange: Vec<&String> =
        row.keys().filter(|name| !is_known(table, conditions, name)).collect();
    if strange.is_empty() {
        return Vec::new();
    }
    let known: Vec<&'static str> =
        table.attributes().iter().copied().chain(names(conditions)).collect();
    with_meanings(strange.into_iter(), &known, table)
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
    let strange = map.keys().filter(|name| !known.contains(&name.as_str()));
    with_meanings(strange, &known, Table::Rules)
}

fn with_meanings<'r>(
    strange: impl Iterator<Item = &'r String>,
    known: &[&'static str],
    table: Table,
) -> Vec<Unknown<'r>> {
    let mut unknown = Vec::new();
    for name in strange {
        let meant = (unknown.len() < MAX_SUGGESTIONS)
            .then(|| {
                alias(table, name)
                    .filter(|meant| known.contains(meant))
                    .or_else(|| closest_attribute(name, known.iter().copied()))
            })
            .flatten();
        unknown.push(Unknown { name, meant });
    }
    unknown
}

/// Other words for our attributes.
fn alias(table: Table, name: &str) -> Option<&'static str> {
    let key: String = name_key(name).chars().filter(|c| c.is_alphanumeric()).collect();
    let meant = match (table, key.as_str()) {
        (Table::Rules, "group" | "groupid" | "agentgroup") => "AgentGroupId",
        (Table::Rules, "agents" | "agent" | "agentid") => "AgentIds",
        (Table::Rules, "exceptagent" | "exceptagentids" | "notagents" | "notagentids") => {
            "ExceptAgents"
        }
        (Table::Rules, "skills" | "skill" | "needskill" | "requiredskills") => "NeedSkills",
        (Table::Rules, "users" | "userids" | "userid" | "clientuserid") => "ClientUserIds",
        (Table::Rules, "notusers" | "notuserids" | "notuserid" | "notclientuserid") => {
            "NotClientUserIds"
        }
        (Table::Rules, "clientuseridprefix") => "ClientUserIdPrefixes",
        (Table::Rules, "ip" | "ips" | "clientip" | "ipranges") => "ClientIps",
        (Table::Rules, "excludeplatforms") => "NotPlatforms",
        (Table::Rules, "from" | "startdate" | "validsince") => "ValidFrom",
        (Table::Rules, "until" | "enddate" | "validto") => "ValidUntil",
        (Table::Rules | Table::Calendars, "openinghours" | "businesshours" | "schedule") => "Hours",
        (Table::Rules, "shift" | "shifts") => "Hours",
        (Table::Rules, "lang" | "language") => "Languages",
        (Table::Agents, "hours" | "shift" | "schedule" | "workinghours") => "Shifts",
        (Table::Agents, "leave" | "vacation" | "holidays") => "Away",
        (Table::Calendars, "closed" | "holidays" | "closeddays") => "ClosedDates",
        (_, "active" | "isenabled") => "Enabled",
        (_, "tz" | "zone") => "TimeZone",
        (_, "country") => "HolidayCountry",
        _ => return None,
    };
    Some(meant)
}
