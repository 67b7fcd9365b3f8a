//! How large parts of a row may be.

/// Longest id, name or key, in bytes.
pub(super) const MAX_ID_BYTES: usize = 512;

/// Deepest nesting of lists and maps, as in DynamoDB.
pub(super) const MAX_DEPTH: usize = 32;

/// Most entries of a list, unless said otherwise.
pub(super) const MAX_ENTRIES: usize = 1_000;

#[cfg(test)]
mod tests;
