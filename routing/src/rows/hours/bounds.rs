//! What the hours of a row may cost, and how much is told of what is wrong.

use std::collections::BTreeSet;

/// Wrong entries of one attribute that are told; where there are more, the first help enough.
pub(in crate::rows) const TOLD: usize = 10;

/// What the hours of one row may cost in all, each text counted once.
pub(in crate::rows) struct Cost {
    characters: usize,
    parts: usize,
    seen: BTreeSet<String>,
}

impl Cost {
    const CHARACTERS: usize = 10_000;
    const PARTS: usize = 1_000;

    pub(in crate::rows) fn new() -> Self {
        Self { characters: 0, parts: 0, seen: BTreeSet::new() }
    }

    /// Whether a text may still be read.
    pub(super) fn allows(&mut self, text: &str) -> Result<(), String> {
        if self.seen.contains(text) {
            return Ok(());
        }
        self.characters = self.characters.saturating_add(text.chars().count());
        if self.characters > Self::CHARACTERS || self.parts > Self::PARTS {
            return Err(format!(
                "the hours of this row have more than {} characters or {} parts in all; write them \
                shorter, or split them over several rows",
                Self::CHARACTERS,
                Self::PARTS
            ));
        }
        self.seen.insert(text.to_owned());
        Ok(())
    }

    /// Counts what a text has.
    pub(super) fn add(&mut self, parts: usize) {
        self.parts = self.parts.saturating_add(parts);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_hours_of_a_row_may_cost() {
        let mut cost = Cost::new();
        assert_eq!(cost.allows(&"x".repeat(10_000)), Ok(()), "the most characters");
        assert!(cost.allows("y").is_err(), "one character more");
        let mut cost = Cost::new();
        cost.add(600);
        cost.add(400);
        assert_eq!(cost.allows("x"), Ok(()), "the most parts");
        cost.add(1);
        assert!(cost.allows("y").unwrap_err().contains("1000 parts"), "one part more");
        assert_eq!(cost.allows("x"), Ok(()), "each text counts once");
    }
}
