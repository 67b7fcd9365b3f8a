//! What happened so far to a callback; outlives a decision that is cut short.

use std::sync::{Arc, Mutex, PoisonError};

use crate::snapshot::Snapshot;
use crate::store::Requests;

#[derive(Default)]
pub(crate) struct Progress {
    pub(crate) requests: Requests,
    notes: Mutex<Notes>,
}

/// For the record.
#[derive(Default)]
pub(crate) struct Notes {
    pub(crate) snapshot: Option<Arc<Snapshot>>,
    pub(crate) config_age_ms: Option<u64>,
    pub(crate) degraded: Vec<&'static str>,
    pub(crate) segments: Option<Vec<String>>,
    pub(crate) trace: Option<Vec<String>>,
}

impl Progress {
    /// Notes something.
    pub(crate) fn note<T>(&self, write: impl FnOnce(&mut Notes) -> T) -> T {
        write(&mut self.notes.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Notes that something could not be used; whether that is new.
    pub(crate) fn degraded(&self, what: &'static str) -> bool {
        self.note(|notes| {
            let is_new = !notes.degraded.contains(&what);
            if is_new {
                notes.degraded.push(what);
            }
            is_new
        })
    }

    /// What was noted.
    pub(crate) fn into_notes(self) -> (Requests, Notes) {
        (self.requests, self.notes.into_inner().unwrap_or_else(PoisonError::into_inner))
    }
}
