//! Releases: what is live is one numbered, checked release, the same for every instance.
//!
//! Here is the protocol, which treats what a release holds as bytes. It reads no clock and knows no
//! database: the time is passed in, and a table of releases is a [`Store`].
//!
//! | file | what it holds |
//! | --- | --- |
//! | `pointer` | the pointer and its JSON: what is live, is held, or waits |
//! | `parts` | bytes in parts, each with its hash |
//! | `store` | what the table of releases can do |
//! | `order` | what is asked of a publisher, and what comes of it, in words |
//! | `accident` | when rows look like an accident |
//! | `candidate` | what the rows come to, before it is published |
//! | `judge` | what one look at the rows comes to |
//! | `publish` | orders carried out, whoever else is at it |
//! | `retention` | which releases are kept; what nobody needs is removed |
//!
//! `docs/releases.md` explains the protocol on one page.

mod accident;
mod candidate;
mod judge;
mod order;
mod parts;
mod pointer;
mod publish;
mod retention;
mod store;
mod time;

#[cfg(test)]
mod model;
#[cfg(test)]
mod tests;

pub use candidate::Candidate;
pub use order::{Order, Outcome};
pub use parts::{BrokenError, MAX_PARTS, PART_BYTES, hash, split};
pub use pointer::{Cause, Counts, Hold, MAX_POINTER_BYTES, Pointer, PointerError, Release, State};
pub use pointer::{Waiting, WhatIsLive};
pub use publish::{PublishError, Rows, carry_out};
pub use retention::{Cleaned, clean_up, expendable};
pub use store::{Content, Store};
