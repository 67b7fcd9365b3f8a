//! How long requests to the tables may take.

use std::time::Duration;

use aws_sdk_dynamodb::config::timeout::TimeoutConfig;

/// Timeouts, each below the next and all below the deadline: connect, attempt, operation (two
/// attempts and the pause between).
///
/// The client keeps the connections of each time to connect apart. So a retry after a pause finds
/// no other connection that died too, as long as few requests have the same time.
pub(super) fn timeouts(
    deadline: Duration,
    connect_ms: u64,
    attempt_ms: u64,
    operation_ms: u64,
) -> TimeoutConfig {
    let attempt = Duration::from_millis(attempt_ms).min(deadline / 4);
    TimeoutConfig::builder()
        .connect_timeout(Duration::from_millis(connect_ms).min(attempt * 2 / 3))
        .operation_attempt_timeout(attempt)
        .operation_timeout(Duration::from_millis(operation_ms).min(deadline / 2))
        .build()
}

/// The same for work that nobody waits for.
pub(super) fn patient_timeouts() -> TimeoutConfig {
    TimeoutConfig::builder()
        .operation_attempt_timeout(Duration::from_secs(5))
        .operation_timeout(Duration::from_secs(20))
        .build()
}
