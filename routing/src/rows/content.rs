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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_may_name_a_calendar_is_hours() {
        for attribute in ["Shifts", "Hours", "NotHours"] {
            assert!(matches!(content(attribute), Content::Hours), "{attribute}");
        }
        for attribute in ["Away", "Rosters", "Notes"] {
            assert!(matches!(content(attribute), Content::Values), "{attribute}");
        }
    }
}
