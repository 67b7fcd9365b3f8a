//! The commands of `desk`, one file each.

pub mod check;
pub mod coverage;
pub mod explain;
pub mod export;
pub mod history;
pub mod hold;
pub mod import;
pub mod publish;
pub mod releases;
pub mod replay;
pub mod rollback;
pub mod secret;
pub mod send;
pub mod serve;
pub mod sign;
