//! What stands in the attributes of rules and agents, by name alone.

use super::agent::SHIFTS;
use super::condition::{self, Content};

/// What stands in an attribute of a rule or an agent, or of a map in it.
pub(crate) fn content(attribute: &str) -> Content {
    match attribute {
        SHIFTS => Content::Hours,
        _ => condition::content(attribute).unwrap_or(Content::Values),
    }
}
