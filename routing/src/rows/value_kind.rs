//! What stands in the attributes of rules and agents, by name alone.

use super::agent::SHIFTS;
use super::condition::{self, ValueKind};

/// What stands in an attribute of a rule or an agent, or of a map in it.
pub(crate) fn value_kind(attribute: &str) -> ValueKind {
    match attribute {
        SHIFTS => ValueKind::Hours,
        _ => condition::value_kind(attribute).unwrap_or(ValueKind::Values),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_may_name_a_calendar_is_hours() {
        for attribute in ["Shifts", "Hours", "NotHours"] {
            assert!(matches!(value_kind(attribute), ValueKind::Hours), "{attribute}");
        }
        for attribute in ["Away", "Rosters", "Notes"] {
            assert!(matches!(value_kind(attribute), ValueKind::Values), "{attribute}");
        }
    }
}
