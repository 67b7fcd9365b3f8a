//! What the `desk` command is made of. The project's tests use it too.
//!
//! Rooms from the ground up; a room uses only rooms listed before it.
//!
//! | room | what it holds |
//! | --- | --- |
//! | [`terminal`] | how everything is said to a person |
//! | [`files`] | what people keep in files: rows, customers, requests |
//! | [`local`] | a deployment on this machine: the embedded DynamoDB, API Gateway's events |
//! | [`deployment`] | a deployment as commands read it: tables, releases |
//! | [`edits`] | edits of rows: what differs, what was before, and how it is written |
//! | [`command`] | the commands, one file each |

pub mod command;
pub mod deployment;
pub mod edits;
pub mod files;
pub mod local;
pub mod terminal;
