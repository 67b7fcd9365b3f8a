//! What the `desk` command is made of. The project's tests use it too.

pub mod changes;
pub mod command;
pub mod embedded;
pub mod event;
pub mod live;
pub mod requests;
pub mod row_files;
pub mod source;
pub mod spreadsheet;
