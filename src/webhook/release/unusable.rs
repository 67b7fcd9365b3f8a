//! Why a release cannot be taken.

/// What kept a release from being taken.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Unusable {
    /// The table could not be read: it may be good.
    NotRead(String),
    /// It is not good.
    Bad(String),
}
