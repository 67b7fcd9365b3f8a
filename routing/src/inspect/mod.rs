//! For people: what is wrong with rows, and why a decision came about.

pub mod check;
mod check_back;
mod check_customer;
mod check_text;
mod check_texts;
mod coverage;
mod duty;
mod explain;
mod hole;
pub mod replay;
mod row_facts;
mod times;

pub use check_customer::verdict_of_customer;
pub use check_text::Verdict;
pub use check_texts::{Live, Told, verdicts};
pub use coverage::{Answered, Coverage, OnDuty};
pub use explain::{Explanation, explain};
pub use row_facts::{CustomerRows, RowFacts, Turns};
