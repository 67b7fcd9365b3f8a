//! Releases: what is live is one numbered, checked release, the same for every instance.
//!
//! Here is what a release holds, and the protocol, which treats that as bytes. Neither reads a
//! clock or knows a database: the time is passed in, and a table of releases is a [`Store`].
//!
//! | file | what it holds |
//! | --- | --- |
//! | `settled` | which version of every row is in force: what a release holds |
//! | `settle` | that out of rows and the live release |
//! | `complete` | a good row made complete: nothing outside changes what it says |
//! | `in_force` | the rows in force, read: what a snapshot is made of |
//! | `bytes` | both as bytes, and back |
//! | `pointer` | the pointer and its JSON: what is live, is held, or waits |
//! | `hold` | why the rows are not what is live: a hold, a wait |
//! | `parts` | bytes of both forms in parts, each with its hash |
//! | `store` | what the table of releases can do |
//! | `order` | what is asked of a publisher, and what comes of it |
//! | `words` | that, and what the pointer says, in words |
//! | `accident` | when rows look like an accident |
//! | `candidate` | what the rows come to, before it is published |
//! | `judge` | what one look at the rows comes to |
//! | `publish` | orders carried out, whoever else is at it |
//! | `holding` | those that begin a hold: an earlier release again, the live one |
//! | `retention` | which releases are kept; what nobody needs is removed |
//!
//! `docs/releases.md` explains the protocol on one page.

mod accident;
mod bytes;
mod candidate;
mod complete;
mod hold;
mod holding;
mod in_force;
mod judge;
mod order;
mod parts;
mod pointer;
mod publish;
mod retention;
mod settle;
mod settled;
mod store;
mod time;
mod words;

#[cfg(test)]
pub(crate) mod tests;

pub use crate::packed::BytesError;
pub(crate) use bytes::decode_typed;
pub use bytes::{FORMAT, FORMATS, decode, encode, encode_typed};
pub use candidate::Candidate;
pub use hold::{Hold, Waiting};
pub(crate) use in_force::{InForce, Standing};
pub use judge::BELIEVED_AFTER;
pub use order::{Order, OrderOutcome};
pub(crate) use parts::MAX_PARTS;
pub use parts::{BrokenError, Form, PART_BYTES, hash, split};
pub use pointer::{Cause, Counts, Pointer, PointerError, Release, State};
pub use publish::{EditedRows, PublishError, carry_out};
pub use retention::{Removed, clean_up};
pub use settle::settle;
pub(crate) use settled::of_complete_rows;
pub use settled::{Aside, AsideState, Settled};
pub use store::{Content, Store};
pub use time::{for_people, to_the_second};
pub use words::InWords;
