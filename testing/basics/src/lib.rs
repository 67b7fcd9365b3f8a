//! What the tests of every crate may use, also those of `routing`, which `testing` is built on.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::arithmetic_side_effects)]

mod dice;
mod processor;

pub use dice::Dice;
pub use processor::{processor_time, timed};
