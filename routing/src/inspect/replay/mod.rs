//! Many requests decided by rows alone, for people.

mod report;
mod run;
#[cfg(test)]
mod tests;

pub use report::Report;
pub use run::{Replay, Request, same_answer};
