//! What happened so far to a callback; outlives a decision that is cut short.

use std::sync::{Arc, Mutex, PoisonError};

use crate::store::Requests;
use routing::decide::Degraded;
use routing::snapshot::Snapshot;

/// What happened so far.
#[derive(Default)]
pub struct Progress {
    /// Requests to tables.
    pub requests: Requests,
    notes: Mutex<Notes>,
}

/// For the record.
#[derive(Default)]
pub struct Notes {
    /// The rows that decided.
    pub snapshot: Option<Arc<Snapshot>>,
    /// The release that they are of; `None` when they were read directly.
    pub release: Option<u64>,
    /// Their age, in milliseconds.
    pub config_age_ms: Option<u64>,
    /// What could not be used.
    pub degraded: Vec<&'static str>,
    /// The customer's segments, when the customer was read.
    pub segments: Option<Vec<String>>,
    /// Why each rule did not match, when none did.
    pub trace: Option<Vec<String>>,
}

impl Progress {
    /// Notes something.
    pub fn note<T>(&self, write: impl FnOnce(&mut Notes) -> T) -> T {
        write(&mut self.notes.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Notes that something could not be used; whether that is new.
    pub fn degraded(&self, what: Degraded) -> bool {
        self.note(|notes| {
            let is_new = !notes.degraded.contains(&what.code());
            if is_new {
                notes.degraded.push(what.code());
            }
            is_new
        })
    }

    /// What was noted.
    pub(crate) fn into_notes(self) -> (Requests, Notes) {
        (self.requests, self.notes.into_inner().unwrap_or_else(PoisonError::into_inner))
    }
}
