//! How long each kind of work may take at most, so that the answer goes out in time.

use std::time::Duration;

/// The longest times; each is also cut by the deadline.
#[derive(Debug, Clone, Copy)]
pub struct Budgets {
    /// A load at the start.
    pub start: Duration,
    /// A load within a callback.
    pub load: Duration,
    /// A look at the tokens within a callback.
    pub tokens: Duration,
    /// The read of a customer.
    pub customer: Duration,
    /// All requests of a callback to the assignments table together.
    pub memory: Duration,
}

impl Default for Budgets {
    fn default() -> Self {
        Self {
            start: Duration::from_millis(600),
            load: Duration::from_millis(450),
            tokens: Duration::from_millis(300),
            customer: Duration::from_millis(300),
            memory: Duration::from_millis(350),
        }
    }
}

impl Budgets {
    /// Budgets that no busy machine uses up, for tests whose subject is not time.
    pub fn generous() -> Self {
        let long = Duration::from_secs(60);
        Self { start: long, load: long, tokens: long, customer: long, memory: long }
    }
}
