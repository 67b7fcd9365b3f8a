//! A release's bytes in parts that fit an item of DynamoDB, each with its hash: first those of what
//! was read, which the webhook fetches, then those of the rows.

use std::fmt;
use std::fmt::Write;
use std::ops::Range;

use sha2::{Digest, Sha256};

use super::Release;

/// Longest part, in bytes: an item of DynamoDB has 400 KB at most.
pub const PART_BYTES: usize = 350 * 1024;
/// Most parts of a release, of both forms: their hashes have room in the pointer. 11 MB,
/// compressed.
pub(crate) const MAX_PARTS: usize = 32;

/// The two forms in which a release holds what is in force.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// What was read out of the rows: what is decided by.
    Typed,
    /// The rows: what is settled with, compared and shown.
    Rows,
}

/// Parts that are not what was published.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BrokenError {
    /// This part is not there.
    Missing(usize),
    /// This part has another hash.
    Corrupt(usize),
}

impl fmt::Display for BrokenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing(part) => write!(f, "part {part} is missing"),
            Self::Corrupt(part) => write!(f, "part {part} is not what was published"),
        }
    }
}

impl std::error::Error for BrokenError {}

/// The parts of bytes, in order, each of at most so many bytes; one even for no bytes.
pub fn split(bytes: &[u8], most: usize) -> Vec<&[u8]> {
    if bytes.is_empty() { vec![bytes] } else { bytes.chunks(most.max(1)).collect() }
}

/// The SHA-256 of these bytes, in hexadecimal.
pub fn hash(bytes: &[u8]) -> String {
    hash_of(&[bytes])
}

/// The SHA-256 of these bytes, one after the other, in hexadecimal.
pub(super) fn hash_of(all: &[&[u8]]) -> String {
    let digest = all.iter().fold(Sha256::new(), |digest, bytes| digest.chain_update(bytes));
    digest.finalize().iter().fold(String::with_capacity(64), |mut text, byte| {
        // Writing into a text cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

impl Release {
    /// Where the parts of a form stand among all of them.
    pub fn places(&self, form: Form) -> Range<usize> {
        let typed = self.typed.min(self.parts.len());
        match form {
            Form::Typed => 0..typed,
            Form::Rows => typed..self.parts.len(),
        }
    }

    /// Whether these bytes are that part.
    pub fn is_part(&self, index: usize, bytes: &[u8]) -> bool {
        self.parts.get(index).is_some_and(|expected| *expected == hash(bytes))
    }

    /// The bytes of a form out of its parts, in order, each checked.
    ///
    /// # Errors
    /// The first part that is missing or has another hash.
    pub fn join(&self, form: Form, parts: Vec<Option<Vec<u8>>>) -> Result<Vec<u8>, BrokenError> {
        let mut bytes = Vec::new();
        let mut given = parts.into_iter();
        for index in self.places(form) {
            let part = given.next().flatten().ok_or(BrokenError::Missing(index))?;
            if !self.is_part(index, &part) {
                return Err(BrokenError::Corrupt(index));
            }
            if bytes.is_empty() { bytes = part } else { bytes.extend_from_slice(&part) }
        }
        Ok(bytes)
    }
}
