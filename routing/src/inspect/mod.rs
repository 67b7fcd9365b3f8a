//! For people: what is wrong with rows, and why a decision came about.

pub mod check;
mod coverage;
mod duty;
mod explain;
mod facts;
pub mod replay;
mod times;
mod verdict;
mod verdicts;

pub use coverage::{Answered, Coverage, OnDuty};
pub use explain::{Explanation, explain};
pub use facts::{CustomerRows, RowFacts, Turns};
pub use verdict::{Verdict, verdict_of_customer};
pub use verdicts::{Live, Told, verdicts};
