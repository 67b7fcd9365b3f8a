//! A release's bytes in parts that fit an item of DynamoDB, each with its hash.

use std::fmt;
use std::fmt::Write;

use sha2::{Digest, Sha256};

use super::Release;

/// Longest part, in bytes: an item of DynamoDB has 400 KB at most.
pub const PART_BYTES: usize = 350 * 1024;
/// Most parts of a release: their hashes have room in the pointer. 11 MB, compressed.
pub(crate) const MAX_PARTS: usize = 32;

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

/// The parts of a release's bytes, in order, each of at most so many bytes; one even for no bytes.
pub fn split(bytes: &[u8], most: usize) -> Vec<&[u8]> {
    if bytes.is_empty() { vec![bytes] } else { bytes.chunks(most.max(1)).collect() }
}

/// The SHA-256 of these bytes, in hexadecimal.
pub fn hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::with_capacity(64), |mut text, byte| {
        // Writing into a text cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

impl Release {
    /// Whether these bytes are that part.
    pub fn is_part(&self, index: usize, bytes: &[u8]) -> bool {
        self.parts.get(index).is_some_and(|expected| *expected == hash(bytes))
    }

    /// The release's bytes out of its parts, in order, each checked.
    ///
    /// # Errors
    /// The first part that is missing or has another hash.
    pub fn join(&self, parts: Vec<Option<Vec<u8>>>) -> Result<Vec<u8>, BrokenError> {
        let mut bytes = Vec::new();
        let mut given = parts.into_iter();
        for index in 0..self.parts.len() {
            let part = given.next().flatten().ok_or(BrokenError::Missing(index))?;
            if !self.is_part(index, &part) {
                return Err(BrokenError::Corrupt(index));
            }
            if bytes.is_empty() { bytes = part } else { bytes.extend_from_slice(&part) }
        }
        Ok(bytes)
    }
}
