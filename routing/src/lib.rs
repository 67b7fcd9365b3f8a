//! What decides: rows as people type them become a snapshot, and a snapshot decides sessions.
//!
//! Rooms from the ground up; a room uses only rooms listed before it. Nothing here reads a clock,
//! the environment, a file or a network (`clippy.toml` of this crate): what a decision needs is
//! passed in.
//!
//! | room | what it holds |
//! | --- | --- |
//! | [`text`] | what people type: cleaned, compared, cut, suggested |
//! | `packed` | typed values as bytes, and back |
//! | [`address`], [`language`], [`hash`] | IP ranges; language codes; hashes that never change |
//! | [`hours`] | opening hours, dates, zones, holidays |
//! | [`session`] | what rules see of a request |
//! | [`rows`] | rows as typed → typed rows, with findings |
//! | [`release`] | what is live, as rows and read: numbered releases, and how they are published |
//! | [`snapshot`] | rows linked and indexed, so that a decision only compares |
//! | [`decide`] | the decision, its trace, its driver |
//! | [`inspect`] | check, explain, coverage, replay: for people |

pub mod address;
pub mod decide;
pub mod hash;
pub mod hours;
pub mod inspect;
pub mod language;
mod packed;
pub mod release;
pub mod rows;
pub mod session;
pub mod snapshot;
pub mod text;
