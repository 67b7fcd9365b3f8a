//! Why a release cannot be taken.

/// What kept a release from being taken.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Unusable {
    /// The table could not be read: it may be good.
    NotRead(String),
    /// It was read, but is damaged or of another format; why.
    Bad(String),
}
