//! What time work takes, whatever else the machine does: the clock on the wall says little.

use std::time::Duration;

/// The processor time that this thread has used.
#[cfg(unix)]
pub fn processor_time() -> Duration {
    let used = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
    Duration::new(used.tv_sec.try_into().unwrap(), used.tv_nsec.try_into().unwrap())
}

/// The time since the first call: the system does not say what a thread has used.
#[cfg(not(unix))]
pub fn processor_time() -> Duration {
    static START: std::sync::LazyLock<std::time::Instant> =
        std::sync::LazyLock::new(std::time::Instant::now);
    START.elapsed()
}

/// What the work gives, and the processor time that it takes.
pub fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let before = processor_time();
    let given = work();
    (given, processor_time() - before)
}
