//! Rows that people edit, read leniently and checked strictly: value → reader → typed row, with
//! findings for what is wrong.

pub mod agent;
pub mod calendar;
mod cleaned;
pub mod condition;
pub mod customer;
mod decimal;
mod fact;
mod finding;
mod hours;
pub mod json;
mod own;
mod reader;
pub mod rule;
mod table;
#[cfg(test)]
mod tests;
mod value;

pub use cleaned::Cleaned;
pub use customer::Customer;
pub use decimal::Decimal;
pub use fact::Fact;
pub use finding::{Finding, Severity};
pub use own::Own;
pub use reader::{Empty, Reader};
pub use table::Table;
pub use value::{Row, Value, row_from_json};

use crate::hours::Zone;
use crate::hours::{Country, Interner};

/// What rows fall back to: the deployment's own.
#[derive(Debug, Clone)]
pub struct Defaults {
    /// `TIME_ZONE`
    pub time_zone: Zone,
    /// `HOLIDAY_COUNTRY`
    pub holiday_country: Option<Country>,
    /// Whether there is a customers table.
    pub customers: bool,
    /// Whether there is an assignments table.
    pub assignments: bool,
}

/// What reading a row needs to know beside the row.
pub struct Context<'a> {
    /// The deployment's zone and country, and which optional tables there are.
    pub defaults: &'a Defaults,
    /// The calendars and hours texts parsed so far.
    pub hours: &'a mut Interner,
}

/// What became of one row.
#[derive(Debug, Clone, PartialEq)]
pub enum Read<T> {
    /// Read whole.
    Good(T),
    /// `Enabled` is false: not used, whatever else it says. Read whole where it could be, for the
    /// trace.
    Disabled(Option<T>),
    /// In error: not used; its last good version is, where one is known.
    Bad,
}

/// A row as read: its key, what became of it, and its findings; or the one finding of a row without
/// a usable key.
pub type ReadRow<'r, T> = Result<(&'r str, Read<T>, Vec<Finding>), Finding>;

impl<T> Read<T> {
    /// Concludes a row: its findings, and the typed row that `build` makes when there is no error.
    /// The errors of a row with `Enabled: false` are warnings.
    fn conclude(
        enabled: Option<bool>,
        mut findings: Vec<Finding>,
        build: impl FnOnce() -> Option<T>,
    ) -> (Self, Vec<Finding>) {
        let bad = findings.iter().any(|finding| finding.severity == Severity::Error);
        let read = if bad { None } else { build() };
        if enabled == Some(false) {
            for finding in &mut findings {
                finding.severity = Severity::Warning;
            }
            return (Self::Disabled(read), findings);
        }
        (read.map_or(Self::Bad, Self::Good), findings)
    }
}

/// All rows of the tables that a snapshot is compiled from, in any order.
#[derive(Debug, Default, Clone, PartialEq, Eq, Hash)]
pub struct Rows {
    /// Rows of `RULES_TABLE`.
    pub rules: Vec<Row>,
    /// Rows of `AGENTS_TABLE`.
    pub agents: Vec<Row>,
    /// Rows of `CALENDARS_TABLE`; empty without the table.
    pub calendars: Vec<Row>,
}

/// The row's last good version as the row itself keeps it: `_LastGood`, plain JSON in a text. Its
/// key is the row's own, whatever it says.
pub(crate) fn last_good(table: Table, key: &str, row: &Row) -> Option<Row> {
    let Some(Value::Text(text)) = row.get("_LastGood") else { return None };
    let mut good = json::parse_row(text).ok()?;
    good.insert(table.key_attribute().to_owned(), Value::Text(key.to_owned()));
    Some(good)
}

/// What is left of a row without the attributes whose names begin with `_`: those are written by
/// functions, not by people.
pub fn without_underscores(row: &Row) -> Row {
    row.iter()
        .filter(|(name, _)| !name.starts_with('_'))
        .map(|(name, value)| (name.clone(), value.clone()))
        .collect()
}

/// Whether an attribute is a note for people, which the function does not read.
pub(crate) fn is_note(attribute: &str) -> bool {
    attribute == "Description" || attribute == "Notes" || attribute.starts_with('_')
}
