//! The first release that holds an edit, looked for from the live one back.
//!
//! Each release is of rows that were read after the release before it was live. So the versions of
//! a row stand in the releases in the order of its edits; only a way back repeats an earlier one.

use std::borrow::Cow;

use chrono::TimeDelta;
use routing::release::{Cause, Form, Release, Settled, Store};
use routing::rows::Row;

use crate::operator::Operator;
use crate::operator::edit::Edit;
use crate::operator::seen::held_by;
use crate::store::TableError;

/// So long after its time a release may have read the rows: the function runs no longer (`Timeout`
/// in `template.yaml`).
const READ_WITHIN: TimeDelta = TimeDelta::minutes(2);
/// The time of an edit is told to the second.
const A_SECOND: TimeDelta = TimeDelta::seconds(1);
/// So many releases before the live one are looked through.
const OLDER_LOOKED_AT: usize = 20;

/// What was found of an edit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum FirstRelease {
    /// This release is the first that holds it.
    First(u64),
    /// No release that can hold it does.
    Never,
}

/// An edit whose first release is looked for.
pub(super) struct Sought<'e> {
    place: usize,
    edit: &'e Edit,
    /// What the row came to before, if to anything; `None` when that is not known.
    before: Option<Option<Row>>,
    /// What the edited row comes to, if to anything.
    version: Option<Row>,
    /// The earliest release so far that holds it.
    first: Option<u64>,
    /// A later release, of rows, has the row as it was before the edit.
    is_as_before: bool,
}

/// Whether to look further back for an edit.
enum Next {
    Further,
    /// That is all; nothing where nothing can be said.
    Ends(Option<FirstRelease>),
}

impl<'e> Sought<'e> {
    /// An edit by its place in the batch, with what its row came to before and after it.
    pub(super) fn new(
        place: usize,
        edit: &'e Edit,
        before: Option<Option<Row>>,
        version: Option<Row>,
    ) -> Self {
        Self { place, edit, before, version, first: None, is_as_before: false }
    }

    /// Whether the row is so in a release.
    pub(super) fn is_in(&self, settled: &Settled) -> bool {
        self.in_force(settled) == self.version.as_ref()
    }

    fn in_force<'s>(&self, settled: &'s Settled) -> Option<&'s Row> {
        settled.version(self.edit.table, &self.edit.key)
    }

    /// Whether the release may have read the rows after the edit. A way back reads none, so nothing
    /// from there on holds what was edited after it.
    fn may_be_in(&self, release: &Release) -> bool {
        match release.cause {
            Cause::Back { .. } => release.published_at >= self.edit.time + A_SECOND,
            _ => release.published_at + READ_WITHIN >= self.edit.time,
        }
    }

    /// Looks at a release; those after it were looked at before.
    fn look_at(&mut self, release: &Release, settled: &Settled) -> Next {
        let may_be_in = self.may_be_in(release);
        match (self.is_in(settled), self.first) {
            // The row was edited to and fro: this release is of the first time.
            (true, None) if self.is_as_before && release.published_at < self.edit.time => {
                Next::Ends(Some(FirstRelease::Never))
            }
            (true, _) if may_be_in => {
                self.first = Some(release.number);
                Next::Further
            }
            // It was so before the edit, which changed nothing of what releases hold.
            (true, _) => Next::Ends(None),
            (false, Some(first)) => Next::Ends(Some(FirstRelease::First(first))),
            (false, None) if !may_be_in => Next::Ends(Some(FirstRelease::Never)),
            (false, None) => {
                let is_of_rows = !matches!(release.cause, Cause::Back { .. });
                let before = self.before.as_ref().map(Option::as_ref);
                self.is_as_before |= is_of_rows && before == Some(self.in_force(settled));
                Next::Further
            }
        }
    }
}

impl Operator {
    /// The first release that holds each of these, by its place: of those that may have read it.
    /// Of a release that is damaged or removed, and those before it, nothing is known. `holds` is
    /// what the live one holds, where that was read.
    pub(super) async fn first_with(
        &self,
        live: &Release,
        holds: Option<&Settled>,
        mut sought: Vec<Sought<'_>>,
    ) -> Result<Vec<(usize, FirstRelease)>, TableError> {
        let mut found = Vec::new();
        let Some(releases) = self.releases.as_ref() else { return Ok(found) };
        let mut left = vec![live.clone()].into_iter();
        let mut number = live.number;
        while !sought.is_empty() {
            let Some(release) = left.next().filter(|release| release.number == number) else {
                break;
            };
            let settled = match holds.filter(|_| number == live.number) {
                Some(holds) => Cow::Borrowed(holds),
                None => {
                    let parts = releases.parts(&release, Form::Rows).await?;
                    let Ok(settled) = held_by(&release, parts) else { break };
                    Cow::Owned(settled)
                }
            };
            sought.retain_mut(|sought| match sought.look_at(&release, &settled) {
                Next::Further => true,
                Next::Ends(what) => {
                    found.extend(what.map(|what| (sought.place, what)));
                    false
                }
            });
            if number == live.number && !sought.is_empty() {
                left = releases.listed_before(number, OLDER_LOOKED_AT).await?.into_iter();
            }
            number = number.saturating_sub(1);
        }
        found.extend(sought.iter().filter_map(|sought| {
            // Before the first release there was none.
            let none = (number == 0).then_some(FirstRelease::Never);
            Some((sought.place, sought.first.map(FirstRelease::First).or(none)?))
        }));
        Ok(found)
    }
}
