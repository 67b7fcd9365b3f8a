//! Names of rosters that were meant as more than a name.

use super::reader::Reader;
use crate::text::{Logic, cut, logic};

/// Tells of entries of `Rosters` with logic in them (`support or night`); false = one is an error.
pub(super) fn are_names<'r>(
    reader: &mut Reader<'_>,
    rosters: impl Iterator<Item = &'r str>,
) -> bool {
    let mut good = true;
    for roster in rosters {
        match logic(roster) {
            Some(Logic::Unlike(_)) => {
                let message = "a sign for `not` (such as `!`) is not possible here; remove the entry, or write the name alone";
                reader.error_at("Rosters", roster, message);
                good = false;
            }
            Some(Logic::Any(names) | Logic::All(names)) => {
                let quoted: Vec<String> =
                    names.iter().map(|name| format!("\"{}\"", cut(name))).collect();
                let message = format!(
                    "is read as one name; for several rosters write the list `[{}]`",
                    quoted.join(", ")
                );
                reader.warn_at("Rosters", roster, message);
            }
            _ => {}
        }
    }
    good
}
