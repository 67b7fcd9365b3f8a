//! One binary for all integration tests, so that it links once.

#![allow(missing_docs)]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice
)]

mod documents;
mod fuzz;
mod live;
mod memory;
mod operator;
mod probe;
mod process;
mod properties;
mod publishers;
mod publishing;
mod releases;
mod rows;
mod same_findings;
mod scenarios;
mod serve;
mod storms;
mod tables;
mod template;
mod tokens;
mod told;
mod verdicts;
mod worlds;
