//! What the bytes begin with, their bounds, and what may be wrong with them.

use std::fmt;

/// The number of the form that [`encode`](super::encode) writes.
pub const FORMAT: u32 = 1;
/// The forms that [`decode`](super::decode) reads.
pub const FORMATS: &[u32] = &[FORMAT];

pub(super) const MAGIC: &[u8] = b"desk\x01";
/// Most bytes before deflating.
pub(super) const MAX_BYTES: usize = 64 << 20;
/// Most values in all: a bound on the memory that few bytes can ask for.
pub(super) const MAX_VALUES: usize = 4_000_000;
/// Deepest nesting: the row itself, and what a row may hold.
pub(super) const MAX_DEPTH: usize = 33;

/// Bytes that are no release, or rows that are too many for one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BytesError {
    /// It does not begin as a release of this format.
    Unknown,
    /// It does not inflate to what it says.
    Deflated,
    /// It ends too early, or goes on after its end.
    Length,
    /// A text is not UTF-8, or a kind is none.
    Kind,
    /// Keys are missing, twice, or not in order.
    Order,
    /// More bytes, values or nesting than a release may have.
    TooLarge,
}

impl fmt::Display for BytesError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unknown => f.write_str("it does not begin as a release"),
            Self::Deflated => f.write_str("it cannot be inflated"),
            Self::Length => f.write_str("it ends at the wrong place"),
            Self::Kind => f.write_str("it holds a value of no known kind"),
            Self::Order => f.write_str("its keys are not in order"),
            Self::TooLarge => write!(
                f,
                "the rows are too large for a release: at most {} MB and {MAX_VALUES} values are allowed",
                MAX_BYTES >> 20
            ),
        }
    }
}

impl std::error::Error for BytesError {}
