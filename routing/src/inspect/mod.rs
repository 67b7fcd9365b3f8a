//! For people: what is wrong with rows, and why a decision came about.

pub mod check;
mod check_text;
mod check_texts;
mod coverage;
mod duty;
mod explain;
mod facts;
pub mod replay;
mod times;

pub use check_text::{Verdict, verdict_of_customer};
pub use check_texts::{Live, Told, verdicts};
pub use coverage::{Answered, Coverage, OnDuty};
pub use explain::{Explanation, explain};
pub use facts::{CustomerRows, RowFacts, Turns};
