//! What reading a row needs to know beside the row.

use super::patterns::Patterns;
use crate::hours::{Country, Interner, Zone};

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

/// The deployment, and what is shared among rows.
pub struct Context<'a> {
    /// The deployment's zone and country, and which optional tables there are.
    pub defaults: &'a Defaults,
    /// The calendars and hours texts parsed so far.
    pub hours: &'a mut Interner,
    /// The patterns compiled so far.
    pub patterns: &'a mut Patterns,
}
