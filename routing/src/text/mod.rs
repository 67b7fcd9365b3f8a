//! What people type: cleaned, compared, split, shown, and what a mistyped name was meant to be.
//!
//! Everything here is a pure function of text. Which attribute is read how stands in
//! [`rows`](crate::rows).

mod clean;
mod logic;
mod lost;
mod near;
mod numbers;
mod shown;
mod split;

pub use clean::{clean, name_key, plain};
pub(crate) use clean::{is_clean, is_invisible};
pub(crate) use logic::{Logic, joining, logic};
pub use lost::{is_rounded, is_spreadsheet_error};
pub use near::closest;
pub(crate) use near::{closest_attribute, closest_id};
pub(crate) use numbers::{number_meant, two_numbers};
pub(crate) use shown::SHOWN;
pub use shown::{cut, key_cut, key_shown, printable};

pub use split::{Entries, entries};
pub(crate) use split::{entries_in_one, is_company, is_form_of_company};
