//! What is in force as bytes, and back: format 1.
//!
//! ```text
//! release    = 4 bytes "desk", the format (1 byte), the length of `rows` (number), `rows` deflated
//! rows       = calendars, agents, rules (each: count, map…), agents out, asides
//! agents out = count, (text, 0 in error | 1 disabled)…
//! asides     = count, (text, priority as text or empty, 0 in error | 1 kept | 2 disabled, why)…
//! map        = count, (text, value)…           in order of names
//! value      = a byte for the kind, and what is in it:
//!              0 text, 1 number (as text), 2 false, 3 true, 4 null, 5 binary (nothing in it),
//!              6 list (count, value…), 7 map, 8 set (count, value…)
//! text       = length in bytes, UTF-8
//! number, count, length = LEB128, at most 10 bytes
//! ```
//!
//! Rows and asides stand in order of their keys, each key once: equal rows in force, equal bytes.

mod read;
mod write;

use std::fmt;

pub use read::decode;
pub(crate) use read::{Rest, each_row};
pub use write::encode;
pub(crate) use write::version;

/// The number of the form that [`encode`] writes.
pub const FORMAT: u32 = 1;
/// The forms that [`decode`] reads.
pub const FORMATS: &[u32] = &[FORMAT];

const MAGIC: &[u8] = b"desk\x01";
/// Most bytes before deflating.
const MAX_BYTES: usize = 64 << 20;
/// Most values in all: a bound on the memory that few bytes can ask for.
const MAX_VALUES: usize = 4_000_000;
/// Deepest nesting: the row itself, and what a row may hold.
const MAX_DEPTH: usize = 33;

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
