//! What the `desk` command is made of. The project's tests use it too.

pub mod changes;
pub mod check;
pub mod coverage;
pub mod embedded;
pub mod event;
pub mod explain;
pub mod history;
pub mod import;
pub mod live;
pub mod replay;
pub mod requests;
pub mod row_files;
pub mod send;
pub mod serve;
pub mod sign;
pub mod source;
