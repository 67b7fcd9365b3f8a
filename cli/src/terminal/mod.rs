//! How everything is said to a person at a terminal: texts, numbers, progress, and local times.

pub mod clock;
mod said;

pub(crate) use said::{Counter, print, print_json, print_styled, printable, renderer, say};
pub use said::{counted, note, on_one_line, progress, sentence};
