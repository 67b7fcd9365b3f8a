//! What a decision goes by, and when it is looked for again.

use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use routing::snapshot::Snapshot;

/// Longest pause after a look that failed.
pub(super) const RETRY_AFTER: Duration = Duration::from_secs(5);

/// A good look from so far in the future says that the clock was set back, which must not keep it
/// for as long. Less is another callback that began a moment later.
pub(super) const CLOCK_SET_BACK: TimeDelta = TimeDelta::minutes(1);

/// A look is not begun with less time than this.
pub(super) const MIN_BUDGET: Duration = Duration::from_millis(20);

/// What a decision goes by.
#[derive(Debug, Clone, Default)]
pub(crate) struct Current {
    /// `None` until a first load succeeds.
    pub(crate) snapshot: Option<Arc<Snapshot>>,
    /// The release's number; `None` when the rows were read.
    pub(crate) release: Option<u64>,
    /// How long ago it was last found to be what is live.
    pub(crate) age: Duration,
    /// Whether it may not be what is live.
    pub(crate) degraded: bool,
}

/// `ttl` ± 20 % by a random number from 0 to 1, so that instances that started together do not read
/// together.
pub(super) fn jittered(ttl: Duration, random: f64) -> Duration {
    ttl.mul_f64(0.8 + 0.4 * random)
}

pub(super) fn after(now: DateTime<Utc>, pause: Duration) -> DateTime<Utc> {
    TimeDelta::from_std(pause).ok().and_then(|pause| now.checked_add_signed(pause)).unwrap_or(now)
}
