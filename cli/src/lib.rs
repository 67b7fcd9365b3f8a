//! What the `desk` command is made of. The project's tests use it too.

pub mod ask;
pub mod changes;
pub mod clock;
pub mod command;
pub mod embedded;
pub mod event;
pub mod failure;
pub mod in_error;
pub mod key;
pub mod live;
pub mod order;
pub mod past;
pub mod publishing;
pub mod released;
pub mod requests;
pub mod row_files;
pub mod source;
pub mod spreadsheet;
pub mod terminal;
pub mod then;
pub mod write;
