//! `_Check`: what each row tells its editor.

mod back;
mod of_customer;
mod of_rows;
mod text;

pub use of_customer::verdict_of_customer;
pub use of_rows::{Live, Told, verdicts};
pub use text::Verdict;
