//! What may be wrong with bytes, and how much they may ask for.

use std::fmt;

/// Most bytes before deflating.
pub(crate) const MAX_BYTES: usize = 64 << 20;
/// Most values of rows in all: a bound on the memory that few bytes can ask for.
pub(crate) const MAX_VALUES: usize = 4_000_000;

/// Bytes that are no release, or rows that are too many for one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BytesError {
    /// It does not begin as a release of this format.
    Unknown,
    /// It does not inflate to what it says.
    Deflated,
    /// It ends too early, or goes on after its end.
    Length,
    /// A text is not UTF-8, a kind is none, or a value is out of its range.
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
                "the rows are too large for a release: at most {} MB and {MAX_VALUES} values are \
                allowed",
                MAX_BYTES >> 20
            ),
        }
    }
}

impl std::error::Error for BytesError {}
