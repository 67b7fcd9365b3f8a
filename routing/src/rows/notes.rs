//! Attributes that the functions do not read.

use super::value::Row;

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
    matches!(attribute, "Name" | "Description" | "Notes") || attribute.starts_with('_')
}
