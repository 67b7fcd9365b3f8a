//! What the `desk` command is made of. The project's tests use it too.

pub mod embedded;
pub mod event;
pub mod row_files;
pub mod serve;
pub mod sign;
