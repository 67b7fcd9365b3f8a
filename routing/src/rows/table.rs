//! The tables that people edit, and what is known of each.

use serde::Serialize;

use super::attributes;
use super::value::{Row, Rows, Value};

/// A table that people edit. The order is that in which rows may be written one by one: what is
/// referred to comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Table {
    /// Hours that many rows share.
    Calendars,
    /// The rosters, one row a person.
    Agents,
    /// What is known of users.
    Customers,
    /// Who answers whom.
    Rules,
}

/// What is known of a table.
struct Described {
    name: &'static str,
    key_attribute: &'static str,
    variable: &'static str,
    attributes: &'static [&'static str],
    /// Those of the attributes that no row can be without.
    required: &'static [&'static str],
    /// Those that may be a map beside a list.
    maps: &'static [&'static str],
}

impl Table {
    /// Every table, in order.
    pub const ALL: [Self; 4] = [Self::Calendars, Self::Agents, Self::Customers, Self::Rules];

    /// Those that a release holds, in order. Customers are read when they ask.
    pub const RELEASED: [Self; 3] = [Self::Calendars, Self::Agents, Self::Rules];

    fn described(self) -> Described {
        match self {
            Self::Calendars => Described {
                name: "calendars",
                key_attribute: "CalendarId",
                variable: "CALENDARS_TABLE",
                attributes: &attributes::CALENDAR,
                required: &["Hours"],
                maps: &[],
            },
            Self::Agents => Described {
                name: "agents",
                key_attribute: "AgentId",
                variable: "AGENTS_TABLE",
                attributes: &attributes::AGENT,
                required: &[],
                maps: &["Rosters", "Skills"],
            },
            Self::Customers => Described {
                name: "customers",
                key_attribute: "ClientUserId",
                variable: "CUSTOMERS_TABLE",
                attributes: &attributes::CUSTOMER,
                required: &[],
                maps: &["Segments"],
            },
            Self::Rules => Described {
                name: "rules",
                key_attribute: "RuleId",
                variable: "RULES_TABLE",
                attributes: &attributes::RULE,
                required: &["Priority"],
                maps: &["NeedSkills"],
            },
        }
    }

    /// The name in messages and of the row file: `rules`, `agents`, `calendars`, `customers`.
    pub fn name(self) -> &'static str {
        self.described().name
    }

    /// The table with this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|table| table.name() == name)
    }

    /// The table that this environment variable names.
    pub fn from_variable(variable: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|table| table.variable() == variable)
    }

    /// The name of the key attribute.
    pub fn key_attribute(self) -> &'static str {
        self.described().key_attribute
    }

    /// The environment variable with the table's name in DynamoDB.
    pub fn variable(self) -> &'static str {
        self.described().variable
    }

    /// The attributes beside the key; conditions of rules are in
    /// [`CONDITIONS`](super::condition::CONDITIONS).
    pub fn attributes(self) -> &'static [&'static str] {
        self.described().attributes
    }

    /// Whether no row can be without the attribute.
    pub(super) fn is_required(self, attribute: &str) -> bool {
        self.described().required.contains(&attribute)
    }

    /// Whether the attribute may be a map beside a list.
    pub(super) fn takes_map(self, attribute: &str) -> bool {
        self.described().maps.contains(&attribute)
    }

    /// The row's key, when it is text.
    pub fn key_of(self, row: &Row) -> Option<&str> {
        match row.get(self.key_attribute()) {
            Some(Value::Text(key)) => Some(key),
            _ => None,
        }
    }
}

impl Rows {
    /// The rows of a table; of customers none, who are read one by one.
    pub fn of(&self, table: Table) -> &[Row] {
        match table {
            Table::Rules => &self.rules,
            Table::Agents => &self.agents,
            Table::Calendars => &self.calendars,
            Table::Customers => &[],
        }
    }

    /// The rows of a table, to change them; `None` = of customers.
    pub fn of_mut(&mut self, table: Table) -> Option<&mut Vec<Row>> {
        match table {
            Table::Rules => Some(&mut self.rules),
            Table::Agents => Some(&mut self.agents),
            Table::Calendars => Some(&mut self.calendars),
            Table::Customers => None,
        }
    }
}
