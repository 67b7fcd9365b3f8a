//! Reads attributes of one row in the lenient kinds of the console, and notes every finding.
//!
//! Lenient: a number typed as text, a list typed as a set, as one text or as the text of a JSON
//! array, `"true"` for a BOOL. Strict: a name nobody knows, an empty condition, an empty entry.

mod base;
mod grouped;
mod list;
mod number;
mod single;
mod typed_json;
mod unknown;

pub(crate) use base::{Empty, RowReader};
pub(super) use grouped::one_or_several;
pub(crate) use list::Write;
pub(super) use list::wrong_entry;
pub(super) use number::{number_before, whole, whole_text};
pub(super) use typed_json::{map_typed_as_text, maps_typed_as_text};

#[cfg(test)]
mod tests;
