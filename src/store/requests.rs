//! Requests, counted.

use std::sync::atomic::{AtomicU32, Ordering};

/// Requests made to the tables on behalf of one callback, whole Scan pages each.
#[derive(Debug, Default)]
pub struct Requests {
    reads: AtomicU32,
    writes: AtomicU32,
}

impl Requests {
    /// How many reads so far.
    pub fn reads(&self) -> u32 {
        self.reads.load(Ordering::Relaxed)
    }

    /// How many writes so far.
    pub fn writes(&self) -> u32 {
        self.writes.load(Ordering::Relaxed)
    }

    pub(super) fn add_read(&self) {
        self.reads.fetch_add(1, Ordering::Relaxed);
    }

    pub(super) fn add_write(&self) {
        self.writes.fetch_add(1, Ordering::Relaxed);
    }
}
