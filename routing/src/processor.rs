//! What time a test takes, whatever else the machine does.

use std::sync::LazyLock;
use std::time::{Duration, Instant};

/// The processor time that this thread has used; where the system does not say, the time since
/// the first call.
#[expect(clippy::disallowed_methods, reason = "the system says there what time a test took")]
pub(crate) fn processor_time() -> Duration {
    static START: LazyLock<Instant> = LazyLock::new(Instant::now);
    let used = std::fs::read_to_string("/proc/thread-self/schedstat").ok().and_then(|text| {
        let nanoseconds = text.split(' ').next()?.parse().ok()?;
        Some(Duration::from_nanos(nanoseconds))
    });
    used.unwrap_or_else(|| START.elapsed())
}
