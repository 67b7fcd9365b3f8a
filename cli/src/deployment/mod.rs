//! A deployment as commands read it: its tables, its releases, which rows a command goes by, and
//! what went wrong at AWS. Nothing here changes a row.

pub mod failure;
pub mod in_error;
pub mod released;
pub mod source;
pub mod tables;
