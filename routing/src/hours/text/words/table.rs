//! Looking words up.

use super::word::Word;

/// What a word of a table means.
pub(super) fn find(table: &[(&str, Word)], word: &str) -> Option<Word> {
    table.iter().find(|(name, _)| *name == word).map(|(_, word)| *word)
}
