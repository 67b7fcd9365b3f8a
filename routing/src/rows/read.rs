//! What became of a row that was read.

use super::finding::{Finding, Severity};

/// What became of one row.
#[derive(Debug, Clone, PartialEq)]
pub enum Read<T> {
    /// Read whole.
    Good(T),
    /// `Enabled` is false: not used, whatever else it says. Read whole where it could be, for the
    /// trace.
    Disabled(Option<T>),
    /// In error: not used. Its version in the live release is, where there is one.
    Bad,
}

/// A row as read: its key, what became of it, and its findings; or the one finding of a row without
/// a usable key.
pub(crate) type ReadRow<'r, T> = Result<(&'r str, Read<T>, Vec<Finding>), Finding>;

impl<T> Read<T> {
    /// Concludes a row: its findings, and the typed row that `build` makes when there is no error.
    /// The errors of a row with `Enabled: false` are warnings.
    pub(super) fn conclude(
        enabled: Option<bool>,
        mut findings: Vec<Finding>,
        build: impl FnOnce() -> Option<T>,
    ) -> (Self, Vec<Finding>) {
        let bad = findings.iter().any(|finding| finding.severity == Severity::Error);
        let read = if bad { None } else { build() };
        if enabled == Some(false) {
            for finding in &mut findings {
                finding.severity = Severity::Warning;
            }
            return (Self::Disabled(read), findings);
        }
        (read.map_or(Self::Bad, Self::Good), findings)
    }
}
