//! An answer by the deadline, whatever happens.

use std::panic::AssertUnwindSafe;
use std::time::Duration;

use futures_util::FutureExt;
use routing::decide::Reason;
use tokio::time::Instant;

/// Kept free before the deadline for deciding and answering.
pub(super) const RESERVE: Duration = Duration::from_millis(50);

/// When requests to tables must have ended for the answer to go out in time.
pub(super) fn before(deadline: Instant) -> Instant {
    deadline.checked_sub(RESERVE).unwrap_or(deadline)
}

/// What `work` comes to, or why there is nothing: it panicked, or it is not there by the deadline.
pub(super) async fn guarded<T>(
    deadline: Instant,
    work: impl Future<Output = T>,
) -> Result<T, Reason> {
    match tokio::time::timeout_at(deadline, AssertUnwindSafe(work).catch_unwind()).await {
        Ok(Ok(done)) => Ok(done),
        Ok(Err(_panic)) => Err(Reason::Fault),
        Err(_elapsed) => Err(Reason::Deadline),
    }
}
