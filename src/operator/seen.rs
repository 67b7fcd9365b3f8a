//! The rows that people edit, as one look sees them.

use std::collections::HashSet;
use std::fmt;

use chrono::{DateTime, Utc};
use routing::release::{
    self, BytesError, Candidate, FORMAT, FORMATS, Form, Release, Settled, Store, decode, encode,
    encode_typed,
};
use routing::rows::{Defaults, Finding, Rows, Severity, Table};

use super::Operator;
use crate::store::{TableError, Tables};

/// Reads the rows, and keeps what it read last.
pub(super) struct LookReader<'a> {
    tables: &'a Tables,
    defaults: &'a Defaults,
    now: DateTime<Utc>,
    /// What was read last.
    pub(super) seen: Option<LookedAt>,
}

/// The rows, and what they come to.
pub(super) struct LookedAt {
    /// The rows as they stand.
    pub(super) rows: Rows,
    /// What the live release holds; nothing before the first.
    pub(super) live: Option<Settled>,
    /// Which version of each row is to be in force.
    pub(super) settled: Settled,
    /// What is wrong or odd about the rows themselves.
    pub(super) findings: Vec<Finding>,
    /// Why the live release's bytes could not be read.
    pub(super) unreadable: Option<String>,
}

impl LookedAt {
    /// The rows that are in error as they stand; each key as a finding has it.
    pub(super) fn in_error(&self) -> HashSet<(Table, &str)> {
        let errors = self.findings.iter().filter(|finding| finding.severity == Severity::Error);
        errors.map(|finding| (finding.table, finding.key.as_str())).collect()
    }
}

/// Rows that do not come to a release.
#[derive(Debug)]
pub(super) enum ReadError {
    /// They could not be read.
    Table(TableError),
    /// They are too large.
    Bytes(BytesError),
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Table(error) => error.fmt(f),
            Self::Bytes(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for ReadError {}

impl<'a> LookReader<'a> {
    /// Of these tables, at `now`.
    pub(super) fn new(tables: &'a Tables, defaults: &'a Defaults, now: DateTime<Utc>) -> Self {
        Self { tables, defaults, now, seen: None }
    }

    /// Reads all rows and settles them with what is live.
    pub(super) async fn read(
        &mut self,
        live: Option<(u32, &[u8])>,
    ) -> Result<&LookedAt, TableError> {
        // Rows and releases of before are freed first.
        self.seen = None;
        let rows = self.tables.load_consistently().await?;
        let (live, unreadable) = match live.map(|(format, bytes)| settled(format, bytes)) {
            Some(Ok(live)) => (Some(live), None),
            Some(Err(why)) => (None, Some(why)),
            None => (None, None),
        };
        let (settled, findings) = release::settle(&rows, live.as_ref(), self.defaults, self.now);
        Ok(self.seen.insert(LookedAt { rows, live, settled, findings, unreadable }))
    }
}

impl Operator {
    /// What is live, and its number; `None` before the first release, and where none are kept.
    pub(super) async fn live(&self) -> Result<Option<(u64, Settled)>, String> {
        let Some(releases) = &self.releases else { return Ok(None) };
        let pointer = releases.pointer().await.map_err(|error| error.to_string())?;
        let Some(live) = pointer.live else { return Ok(None) };
        let parts = releases.parts(&live, Form::Rows).await.map_err(|error| error.to_string())?;
        Ok(Some((live.number, held_by(&live, parts)?)))
    }
}

/// What a release holds, by the parts of its rows.
///
/// # Errors
/// They are not whole, or of an unknown format: what is wrong, for people.
pub(super) fn held_by(release: &Release, parts: Vec<Option<Vec<u8>>>) -> Result<Settled, String> {
    let settled = match release.join(Form::Rows, parts) {
        Ok(bytes) => settled(release.format, &bytes),
        Err(error) => Err(error.to_string()),
    };
    settled.map_err(|why| format!("release {} cannot be read: {why}", release.number))
}

fn settled(format: u32, bytes: &[u8]) -> Result<Settled, String> {
    if !FORMATS.contains(&format) {
        return Err(format!("its format {format} is unknown to this version"));
    }
    decode(bytes).map_err(|error| error.to_string())
}

impl release::EditedRows for LookReader<'_> {
    type Error = ReadError;

    async fn settle(&mut self, live: Option<(u32, &[u8])>) -> Result<Candidate, ReadError> {
        let now = self.now;
        let settled = &self.read(live).await.map_err(ReadError::Table)?.settled;
        Ok(Candidate {
            format: FORMAT,
            typed: encode_typed(settled, now).map_err(ReadError::Bytes)?,
            rows: encode(settled).map_err(ReadError::Bytes)?,
            counts: settled.counts(),
        })
    }
}
