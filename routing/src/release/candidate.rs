//! What the rows come to, before it is published.

use super::parts::{hash_of, split};
use super::pointer::Counts;

/// What the rows come to, ready to be published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// The format of the bytes.
    pub format: u32,
    /// What was read out of the rows in force, as bytes. Equal rows in force, equal bytes.
    pub typed: Vec<u8>,
    /// The rows in force as bytes, of which the same holds.
    pub rows: Vec<u8>,
    /// What is in force by it.
    pub counts: Counts,
}

impl Candidate {
    /// The SHA-256 of both forms.
    pub(super) fn hash(&self) -> String {
        hash_of(&[&self.typed, &self.rows])
    }

    /// Both forms in parts of at most so many bytes, and how many of these are typed.
    pub(super) fn parts(&self, most: usize) -> (Vec<&[u8]>, usize) {
        let mut parts = split(&self.typed, most);
        let typed = parts.len();
        parts.extend(split(&self.rows, most));
        (parts, typed)
    }
}
