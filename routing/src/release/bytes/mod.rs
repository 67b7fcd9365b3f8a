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

mod format;
mod read;
mod write;

pub use format::{BytesError, FORMAT, FORMATS};
pub use read::decode;
pub(crate) use read::each_row;
pub use write::encode;
pub(crate) use write::version;
