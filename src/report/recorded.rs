//! The line of a decision: its record, and its numbers.

use serde::Serialize;

use super::{Numbers, Record};

/// A decision's line: the record, and its numbers for CloudWatch.
#[derive(Serialize)]
pub struct Recorded<'a> {
    /// What happened.
    #[serde(flatten)]
    pub record: &'a Record<'a>,
    /// The same as numbers.
    #[serde(flatten)]
    pub numbers: Numbers<'a>,
}
