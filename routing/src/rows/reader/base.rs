//! The reader itself: what is there, and what is found.

use super::unknown::{self, Conditions, Unknown};
use crate::rows::cleaned::Cleaned;
use crate::rows::finding::{Finding, Severity};
use crate::rows::table::Table;
use crate::rows::value::{Row, Value};
use crate::text::cut;

/// Most findings of one row; of more, only the number is told.
const MAX_FINDINGS: usize = 50;

/// What an empty attribute means.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Empty {
    /// An optional setting: the same as absent.
    IsAbsent,
    /// A condition or target: an error, because "no condition" would make the row wider.
    IsError,
}

/// A reader over one row. Every method notes a finding for what it cannot read and then returns
/// nothing.
pub(crate) struct RowReader<'r> {
    row: &'r Row,
    /// The names in `row`, a bit each: a row has few of the attributes that it is asked for.
    names: NameBits,
    typed: &'r Row,
    table: Table,
    key: &'r str,
    /// Where the attributes stand, when not in the row itself: `AnyOf`, and which of its maps.
    inside: Option<(&'r str, usize)>,
    conditions: Conditions,
    unknown: Vec<Unknown<'r>>,
    findings: Vec<Finding>,
    /// Findings beyond the most.
    more: usize,
}

/// Which names a row may have: surely none whose bit is not set.
#[derive(Clone, Copy)]
struct NameBits(u64);

impl NameBits {
    fn of(row: &Row) -> Self {
        Self(row.keys().fold(0, |bits, name| bits | Self::bit(name)))
    }

    fn may_have(self, name: &str) -> bool {
        self.0 & Self::bit(name) != 0
    }

    fn bit(name: &str) -> u64 {
        let (first, last) = (name.bytes().next(), name.bytes().last());
        let mixed = usize::from(first.unwrap_or_default()) * 7
            + usize::from(last.unwrap_or_default()) * 3
            + name.len();
        1 << (mixed % 64)
    }
}

impl<'r> RowReader<'r> {
    /// A reader over a row without conditions.
    pub(crate) fn new(cleaned: &'r Cleaned<'r>) -> Self {
        Self::with_conditions(cleaned, &[])
    }

    /// A reader over a row that may hold these conditions, each with its negated name.
    pub(crate) fn with_conditions(cleaned: &'r Cleaned<'r>, conditions: Conditions) -> Self {
        let row: &'r Row = &cleaned.row;
        Self {
            row,
            names: NameBits::of(row),
            typed: cleaned.typed,
            table: cleaned.table,
            key: cleaned.key,
            inside: None,
            conditions,
            unknown: unknown::find(cleaned.table, conditions, row),
            findings: cleaned.findings.clone(),
            more: 0,
        }
    }

    /// A reader over the conditions in a map of this row: number `place` in the list `attribute`.
    /// Its findings go to [`RowReader::take_findings`].
    pub(crate) fn inside<'m>(&self, attribute: &'m str, place: usize, map: &'m Row) -> RowReader<'m>
    where
        'r: 'm,
    {
        RowReader {
            row: map,
            names: NameBits::of(map),
            typed: map,
            table: self.table,
            key: self.key,
            inside: Some((attribute, place)),
            conditions: self.conditions,
            unknown: unknown::find_conditions(self.conditions, attribute, map),
            findings: Vec::new(),
            more: 0,
        }
    }

    /// The row's table.
    pub(in crate::rows) fn table(&self) -> Table {
        self.table
    }

    /// Whether it reads a map of `AnyOf`.
    pub(crate) fn is_inside(&self) -> bool {
        self.inside.is_some()
    }

    /// Adds the findings of a reader inside this one.
    pub(crate) fn take_findings(&mut self, inner: RowReader<'_>) {
        for finding in inner.finish() {
            self.keep(finding);
        }
    }

    /// Notes an error about `attribute`.
    pub(crate) fn error(&mut self, attribute: &str, message: impl Into<String>) {
        self.note(Severity::Error, attribute, self.typed.get(attribute), message);
    }

    /// Notes an error about one entry of `attribute`.
    pub(crate) fn error_at(&mut self, attribute: &str, found: &str, message: impl Into<String>) {
        self.note(Severity::Error, attribute, Some(&Value::Text(found.to_owned())), message);
    }

    /// Notes a warning about `attribute`.
    pub(crate) fn warn(&mut self, attribute: &str, message: impl Into<String>) {
        self.note(Severity::Warning, attribute, self.typed.get(attribute), message);
    }

    /// Notes a warning about one entry of `attribute`.
    pub(crate) fn warn_at(&mut self, attribute: &str, found: &str, message: impl Into<String>) {
        self.note(Severity::Warning, attribute, Some(&Value::Text(found.to_owned())), message);
    }

    pub(super) fn note(
        &mut self,
        severity: Severity,
        attribute: &str,
        found: Option<&Value>,
        message: impl Into<String>,
    ) {
        let message = message.into();
        let (attribute, message) = match self.inside {
            Some((outer, place)) => {
                (outer, format!("in map {}, `{}`: {message}", place + 1, cut(attribute)))
            }
            None => (attribute, message),
        };
        let finding = Finding::new(severity, self.table, self.key, Some(attribute), found, message);
        self.keep(finding);
    }

    /// Keeps a finding, unless there are too many already.
    fn keep(&mut self, finding: Finding) {
        if self.findings.len() >= MAX_FINDINGS {
            // An error must stay one: it is the severity that keeps the row out of use.
            let has_error = || self.findings.iter().any(|f| f.severity == Severity::Error);
            if finding.severity == Severity::Warning || has_error() {
                self.more += 1;
                return;
            }
        }
        self.findings.push(finding);
    }

    /// Whether the attribute is there at all, empty or not.
    pub(crate) fn has(&self, attribute: &str) -> bool {
        self.get(attribute).is_some()
    }

    fn get(&self, attribute: &str) -> Option<&'r Value> {
        if self.names.may_have(attribute) { self.row.get(attribute) } else { None }
    }

    /// Whether another attribute of the row is surely this one, misspelt: then it is not missing,
    /// and one mistake gets one finding.
    pub(crate) fn is_misspelt(&self, attribute: &str) -> bool {
        self.unknown.iter().any(|unknown| unknown.meant == Some(attribute))
    }

    /// The attributes that are not of this row's table, each with its value.
    pub(crate) fn strangers(&self) -> impl Iterator<Item = (&'r str, &'r Value)> + use<'r> {
        let row = self.row;
        let (table, conditions) = (self.table, self.conditions);
        row.iter()
            .filter(move |(name, _)| !unknown::is_known(table, conditions, name))
            .map(|(name, value)| (name.as_str(), value))
    }

    /// The attribute's value, when it is there and not empty.
    pub(crate) fn value(&mut self, attribute: &str, empty: Empty) -> Option<&'r Value> {
        let value = self.get(attribute)?;
        if !value.is_empty() {
            return Some(value);
        }
        if empty == Empty::IsError {
            let message = if self.table.is_required(attribute) {
                "is empty; write a value".to_owned()
            } else {
                format!("is empty; write a value, or remove `{attribute}`")
            };
            self.error(attribute, message);
        }
        None
    }

    /// Gives back the findings, those about attributes that nobody knows among them.
    pub(crate) fn finish(mut self) -> Vec<Finding> {
        for unknown in std::mem::take(&mut self.unknown) {
            let message = unknown.message(self.inside.is_some(), self.conditions);
            self.note(Severity::Error, unknown.name, self.typed.get(unknown.name), message);
        }
        if self.more > 0 {
            let message = format!(
                "{} more findings are not shown; correct those above first, then check the row \
                again",
                self.more
            );
            let finding =
                Finding::new(Severity::Warning, self.table, self.key, None, None, message);
            self.findings.push(finding);
        }
        self.findings
    }
}
