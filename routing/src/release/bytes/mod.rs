//! What is in force as bytes, and back: format 1. Two strings of bytes: the rows, for whoever
//! settles, compares and shows them; and what was read out of them, for whoever decides by them.
//!
//! ```text
//! release    = 4 bytes "desk", the format (1 byte), 0 rows | 1 typed (1 byte),
//!              the length of what is inside (number), that deflated
//! rows       = calendars, agents, rules (each: count, map…), agents out, asides
//! agents out = count, (text, 0 in error | 1 disabled)…
//! asides     = count, (text, priority as text or empty, 0 in error | 1 kept | 2 disabled, why)…
//! map        = count, (text, value)…           in order of names
//! value      = a byte for the kind, and what is in it:
//!              0 text, 1 number (as text), 2 false, 3 true, 4 null, 5 binary (nothing in it),
//!              6 list (count, value…), 7 map, 8 set (count, value…)
//! typed      = version (text), agents (each with 0 ready | 1 disabled | 2 in error), rules in the
//!              order in which they are tried, asides
//! ```
//!
//! Rows and asides stand in order of their keys, each key once. Texts, counts and everything typed
//! are as [`packed`](crate::packed) writes them; each type's file says what it is made of. Equal
//! rows in force, equal bytes. A field more, or fields in another order, are another format with a
//! number of its own; a condition or a variant more is not, but older versions refuse it.

mod format;
mod read;
mod typed;
mod write;

pub use format::{FORMAT, FORMATS};
pub use read::decode;
pub(crate) use typed::decode_typed;
pub use typed::encode_typed;
pub use write::encode;
pub(crate) use write::version;
