//! Rows that people edit, read leniently and checked strictly: value → reader → typed row, with
//! findings for what is wrong.

pub mod agent;
mod attributes;
pub mod calendar;
pub(crate) mod cleaned;
pub mod condition;
mod context;
pub mod customer;
mod decimal;
mod fact;
mod finding;
mod hours;
pub mod json;
mod keys;
mod limits;
mod notes;
mod own;
mod patterns;
mod read;
mod reader;
mod rosters;
pub mod rule;
mod table;
#[cfg(test)]
mod tests;
mod value;
mod value_kind;

pub(crate) use condition::ValueKind;
pub use context::{Context, Defaults};
pub use customer::Customer;
pub use decimal::Decimal;
pub use fact::Fact;
pub use finding::{Finding, Severity};
pub(crate) use notes::is_note;
pub use notes::without_underscores;
pub(crate) use own::{Own, OwnValues, Unmet};
pub(crate) use patterns::Patterns;
pub use read::Read;
pub(crate) use read::ReadRow;
pub use table::Table;
pub use value::{Row, Rows, Value, row_from_json};
pub(crate) use value_kind::value_kind;
