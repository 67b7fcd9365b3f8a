//! What the rows come to, before it is published.

use super::pointer::Counts;

/// What the rows come to, ready to be published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// The form of the bytes.
    pub format: u32,
    /// The release's bytes. Equal rows in force, equal bytes.
    pub bytes: Vec<u8>,
    /// What is in force by it.
    pub counts: Counts,
}
