//! For people: what is wrong with rows, and why a decision came about.

pub mod check;
mod coverage;
mod duty;
mod explain;
mod hole;
pub mod replay;
mod row_facts;
mod times;
mod verdict;

pub use coverage::{Answered, Coverage, OnDuty};
pub use explain::{Explanation, explain};
pub use row_facts::{CustomerRows, RowFacts, Turns};
pub use verdict::{Live, Told, Verdict, verdict_of_customer, verdicts};
