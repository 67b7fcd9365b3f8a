//! What the table of releases can do. DynamoDB can; so can a table in memory, for tests.

use std::fmt::Display;

use chrono::{DateTime, Utc};

use super::{Form, PART_BYTES, Pointer, Release};

/// A content that somebody began to write: what its parts belong to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Content {
    /// Random, so that two writers of one release share no part.
    pub id: String,
    /// The pointer's revision that it is to replace. Once the pointer has a later one, it cannot
    /// go live any more.
    pub basis: u64,
    /// How many parts it has.
    pub parts: usize,
    /// When its writing began.
    pub noted_at: DateTime<Utc>,
    /// Its removal began: parts may be missing already.
    pub is_gone: bool,
}

/// The table of releases, as a publisher uses it. Every read is consistent: it sees every write
/// that ended before it began.
pub trait Store: Sync {
    /// Longest part that an item takes, in bytes.
    const PART_BYTES: usize = PART_BYTES;
    /// Why the table could not be read or written.
    type Error: Display + Send;

    /// Raises `Wanted` by one, in one step; the pointer after it.
    fn raise(&self) -> impl Future<Output = Result<Pointer, Self::Error>> + Send;

    /// The pointer; an empty one when there is none.
    fn pointer(&self) -> impl Future<Output = Result<Pointer, Self::Error>> + Send;

    /// Writes the pointer (all but `Wanted`) if its revision is still the one before this; whether
    /// it was.
    fn write_pointer(
        &self,
        pointer: &Pointer,
    ) -> impl Future<Output = Result<bool, Self::Error>> + Send;

    /// Notes that parts will be written, before the first is; false when the id is taken.
    fn register(&self, content: &Content)
    -> impl Future<Output = Result<bool, Self::Error>> + Send;

    /// All contents that are noted.
    fn contents(&self) -> impl Future<Output = Result<Vec<Content>, Self::Error>> + Send;

    /// Writes the parts of a content.
    fn write_parts(
        &self,
        content: &str,
        parts: &[&[u8]],
    ) -> impl Future<Output = Result<(), Self::Error>> + Send;

    /// The parts of a release's form that are there, in order.
    fn parts(
        &self,
        release: &Release,
        form: Form,
    ) -> impl Future<Output = Result<Vec<Option<Vec<u8>>>, Self::Error>> + Send;

    /// Marks the note of a content as gone, removes the parts, then the note.
    fn erase(&self, content: &Content) -> impl Future<Output = Result<(), Self::Error>> + Send;

    /// Lists a release. Doing so again changes nothing.
    fn list(&self, release: &Release) -> impl Future<Output = Result<(), Self::Error>> + Send;

    /// The listed releases with lower numbers, the latest first, at most so many.
    fn listed_before(
        &self,
        number: u64,
        most: usize,
    ) -> impl Future<Output = Result<Vec<Release>, Self::Error>> + Send;

    /// Takes a release off the list.
    fn unlist(&self, number: u64) -> impl Future<Output = Result<(), Self::Error>> + Send;
}
