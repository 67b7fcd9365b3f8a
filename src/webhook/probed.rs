//! What comes of a probe.

use routing::decide::{Outcome, Reason};

use crate::tencent::Answer;

/// The answer to a probe, and what else its sender is told.
#[derive(Debug)]
pub struct Probed {
    /// As Tencent would get it.
    pub answer: Answer,
    /// What kind of answer.
    pub outcome: Outcome,
    /// Why, as in the decision record.
    pub reason: Reason,
}
