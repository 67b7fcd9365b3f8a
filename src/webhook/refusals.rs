//! What nobody proved to be theirs is recorded at most once in 10 seconds per instance, so that a
//! flood fills no log. Refusals are counted always.

use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

use chrono::{DateTime, Utc};

/// How long after a record the next may be, in milliseconds.
const PAUSE_MS: i64 = 10_000;

/// When something was recorded last.
pub(super) struct Pause {
    recorded_ms: AtomicI64,
}

impl Pause {
    /// Nothing was recorded yet.
    pub(super) fn new() -> Self {
        Self { recorded_ms: AtomicI64::new(i64::MIN) }
    }

    /// Whether to record now; of several at the same time, one is told so.
    pub(super) fn is_over(&self, now: DateTime<Utc>) -> bool {
        let (now, last) = (now.timestamp_millis(), self.recorded_ms.load(Ordering::Relaxed));
        // A clock that was set back must not silence the log.
        let is_over = now.saturating_sub(last) >= PAUSE_MS || now < last;
        is_over
            && self
                .recorded_ms
                .compare_exchange(last, now, Ordering::Relaxed, Ordering::Relaxed)
                .is_ok()
    }
}

/// Refusals of one instance.
pub(super) struct Refusals {
    total: AtomicU64,
    /// Those that are in no line of numbers yet: not each has a record.
    uncounted: AtomicU64,
    pause: Pause,
}

impl Refusals {
    /// None yet.
    pub(super) fn new() -> Self {
        Self { total: AtomicU64::new(0), uncounted: AtomicU64::new(0), pause: Pause::new() }
    }

    /// Counts one; with the count so far when it is to be recorded.
    pub(super) fn count(&self, now: DateTime<Utc>) -> Option<u64> {
        self.uncounted.fetch_add(1, Ordering::Relaxed);
        let total = self.total.fetch_add(1, Ordering::Relaxed).saturating_add(1);
        self.pause.is_over(now).then_some(total)
    }

    /// Those since the last line of numbers.
    pub(super) fn take_uncounted(&self) -> u64 {
        self.uncounted.swap(0, Ordering::Relaxed)
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;

    #[test]
    fn one_record_in_ten_seconds_and_every_refusal_counted() {
        let (refusals, start) =
            (Refusals::new(), DateTime::from_timestamp(1_795_000_000, 0).unwrap());
        let at = |seconds| start + TimeDelta::seconds(seconds);
        for (seconds, recorded) in [
            (0, Some(1)),
            (0, None),
            (9, None),
            (10, Some(4)),
            (19, None),
            (-1, Some(6)),
            (5, None),
        ] {
            assert_eq!(refusals.count(at(seconds)), recorded, "{seconds}");
        }
        assert_eq!((refusals.take_uncounted(), refusals.take_uncounted()), (7, 0));
    }
}
