//! What people type: cleaned, compared, split, shown, and what a mistyped name was meant to be.
//!
//! Everything here is a pure function of text. Which attribute is read how stands in
//! [`rows`](crate::rows).

mod clean;
mod near;
mod shown;
mod split;

pub use clean::{clean, is_clean, name_key, plain};
pub(crate) use near::number_meant;
pub use near::{closest, closest_attribute, closest_id};
pub use shown::{SHOWN, cut, printable};
pub use split::{Entries, entries, entries_in_one};
