//! Edits of a deployment's rows: what differs, what was before, what would be wrong, and how it is
//! written as one release after a person agreed.

pub mod ask;
pub mod changes;
pub mod key;
pub mod order;
pub mod past;
pub mod publishing;
pub mod then;
pub mod write;
