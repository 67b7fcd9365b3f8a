//! What is fuzzed, and what must hold of any input. Used by the targets of cargo-fuzz, and by a
//! test that runs the corpora and mutations of them on stable.

mod callbacks;
mod decisions;
mod releases;
mod rows;

pub use callbacks::{body, event, query};
pub use releases::release;
pub use rows::{hours, row};

/// A target's name, and what it does with an input.
pub type Target = (&'static str, fn(&[u8]));

/// All targets, by the names of their corpora.
pub const TARGETS: [Target; 6] = [
    ("event", event),
    ("query", query),
    ("body", body),
    ("row", row),
    ("hours", hours),
    ("release", release),
];
