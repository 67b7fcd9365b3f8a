//! What became of edits: the release that each went live with, or that it waits.
//!
//! Another look may have published an edit before ours did, and a later one may be live by now. So
//! the releases before are looked through as well, as far as they may hold it.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, TimeDelta, Utc};
use routing::release::{Form, OrderOutcome, Release, Settled, State, Store, settle};
use routing::rows::{Row, Rows, Severity, Table};
use routing::text::cut;

use super::Operator;
use super::edit::Edit;
use super::outcome::pointer;
use super::publish::Done;
use super::seen::{Seen, held_by};
use crate::store::{TableError, WentLive};

/// So long after its time a release may have read the rows: a Lambda function runs no longer.
const READ_WITHIN: TimeDelta = TimeDelta::minutes(15);
/// So many releases before the live one are looked through.
const OLDER_LOOKED_AT: usize = 20;

/// An edit whose first release is looked for.
struct Sought<'e> {
    place: usize,
    edit: &'e Edit,
    /// What the edited row comes to, if to anything.
    version: Option<Row>,
    /// The earliest release that is known to hold it.
    first: Option<u64>,
}

impl Sought<'_> {
    fn is_in(&self, settled: &Settled) -> bool {
        settled.version(self.edit.table, &self.edit.key) == self.version.as_ref()
    }
}

impl Operator {
    /// What became of each edit, as far as it is known. The error is of edits of which it is to be
    /// asked again, because releases could not be read: nothing is said of any of them.
    pub(super) async fn became(
        &self,
        done: &Done,
        edits: &[Edit],
        now: DateTime<Utc>,
    ) -> Result<Vec<Option<WentLive>>, TableError> {
        let in_error = done.seen.as_ref().map(Seen::in_error).unwrap_or_default();
        let is_in_error = |edit: &Edit| in_error.contains(&(edit.table, cut(&edit.key).as_str()));
        let mut all: Vec<Option<WentLive>> =
            edits.iter().map(|edit| went_live(done, edit, is_in_error(edit))).collect();
        let (Some(seen), Some(outcome)) = (&done.seen, &done.outcome) else { return Ok(all) };
        let mut sought = self.sought(seen, edits, now);
        sought.retain(|sought| matches!(all.get(sought.place), Some(Some(WentLive::With(_)))));
        if let OrderOutcome::Published(_) = outcome
            && let Some(before) = &seen.live
        {
            // Nearly every edit: it is in what we published, and was not in what was live.
            sought.retain(|sought| sought.is_in(before) || !sought.is_in(&seen.settled));
        }
        let live = match outcome {
            OrderOutcome::Published(release) => Some(release),
            outcome => pointer(outcome).and_then(|pointer| pointer.live.as_ref()),
        };
        if let Some(live) = live {
            for (place, first) in self.first_with(live, sought).await? {
                if let Some(live) = all.get_mut(place) {
                    *live = Some(WentLive::With(first));
                }
            }
        }
        Ok(all)
    }

    /// The edits that changed what is in force. Of a row that was in error the version of before it
    /// was in force, whatever that was.
    fn sought<'e>(&self, seen: &Seen, edits: &'e [Edit], now: DateTime<Utc>) -> Vec<Sought<'e>> {
        let before = self.versions(seen, edits, |edit| edit.before.as_ref(), now);
        let mut after = self.versions(seen, edits, |edit| edit.after.as_ref(), now);
        let mut sought = Vec::new();
        for (place, edit) in edits.iter().enumerate() {
            let Some(version) = after.remove(&place) else { continue };
            if before.get(&place) != Some(&version) {
                sought.push(Sought { place, edit, version, first: None });
            }
        }
        sought
    }

    /// What these rows of the edits come to by themselves, by place; those in error are left out.
    /// What a row is by now may differ: it may have been edited again.
    fn versions<'e>(
        &self,
        seen: &Seen,
        edits: &'e [Edit],
        row: impl Fn(&'e Edit) -> Option<&'e Row>,
        now: DateTime<Utc>,
    ) -> HashMap<usize, Option<Row>> {
        let mut all = HashMap::new();
        let mut left: Vec<(usize, &Edit)> = edits.iter().enumerate().collect();
        left.retain(|(_, edit)| edit.table != Table::Customers);
        while !left.is_empty() {
            // One edit of each row at a time.
            let mut keys = HashSet::new();
            let (these, after): (Vec<_>, Vec<_>) =
                left.into_iter().partition(|(_, edit)| keys.insert((edit.table, &*edit.key)));
            let mut rows = Rows { calendars: seen.rows.calendars.clone(), ..Rows::default() };
            rows.calendars.retain(|row| {
                let key = Table::Calendars.key_of(row).unwrap_or_default();
                !keys.contains(&(Table::Calendars, key))
            });
            for (_, edit) in &these {
                let rows = match edit.table {
                    Table::Rules => &mut rows.rules,
                    Table::Agents => &mut rows.agents,
                    Table::Calendars | Table::Customers => &mut rows.calendars,
                };
                rows.extend(row(edit).cloned());
            }
            let defaults = &self.settings.defaults;
            let (settled, findings) = settle(&rows, seen.live.as_ref(), defaults, now);
            let errors = findings.iter().filter(|finding| finding.severity == Severity::Error);
            let in_error: HashSet<(Table, &str)> =
                errors.map(|finding| (finding.table, &*finding.key)).collect();
            for (place, edit) in these {
                if !in_error.contains(&(edit.table, &*cut(&edit.key))) {
                    all.insert(place, settled.version(edit.table, &edit.key).cloned());
                }
            }
            left = after;
        }
        all
    }

    /// The first release that holds each of these, by its place: of those that may have read it.
    /// Of a release that is damaged or removed, and those before it, nothing is known.
    async fn first_with(
        &self,
        live: &Release,
        mut sought: Vec<Sought<'_>>,
    ) -> Result<HashMap<usize, u64>, TableError> {
        let mut found = HashMap::new();
        let Some(releases) = self.releases.as_ref().filter(|_| !sought.is_empty()) else {
            return Ok(found);
        };
        let older = releases.listed_before(live.number, OLDER_LOOKED_AT).await?;
        for release in std::iter::once(live).chain(&older) {
            let is_found_before =
                |first: Option<u64>| first.is_some_and(|first| first < live.number);
            sought.retain(|sought| is_found_before(sought.first) || may_hold(release, sought.edit));
            if sought.is_empty() {
                break;
            }
            let parts = releases.parts(release, Form::Rows).await?;
            let Ok(settled) = held_by(release, parts) else { break };
            sought.retain_mut(|sought| {
                match (sought.is_in(&settled), sought.first) {
                    (true, _) if may_hold(release, sought.edit) => {
                        sought.first = Some(release.number);
                        true
                    }
                    // It was so before the edit, which changed nothing of what releases hold.
                    (true, _) => false,
                    (false, Some(first)) => {
                        found.insert(sought.place, first);
                        false
                    }
                    (false, None) => true,
                }
            });
        }
        found.extend(sought.iter().filter_map(|sought| Some((sought.place, sought.first?))));
        Ok(found)
    }
}

/// Whether the release may have read the rows after the edit.
fn may_hold(release: &Release, edit: &Edit) -> bool {
    release.published_at + READ_WITHIN >= edit.time
}

/// Whether the row is in force as it was in the release that was live before the look.
fn is_as_before(done: &Done, edit: &Edit) -> Option<bool> {
    let seen = done.seen.as_ref()?;
    let version = |settled: &Settled| settled.version(edit.table, &edit.key).cloned();
    Some(version(&seen.settled) == version(seen.live.as_ref()?))
}

/// What became of a change of a row that releases hold.
fn went_live(done: &Done, edit: &Edit, is_in_error: bool) -> Option<WentLive> {
    if edit.table == Table::Customers {
        return None;
    }
    match done.outcome.as_ref()? {
        OrderOutcome::Published(release) => Some(WentLive::With(release.number)),
        OrderOutcome::Unchanged(pointer, _) => Some(WentLive::With(pointer.number())),
        OrderOutcome::Covered(pointer) if pointer.state() == State::Live => {
            Some(WentLive::With(pointer.number()))
        }
        // Of a row in error the version of before is live, and not the edit.
        OrderOutcome::Held(pointer) | OrderOutcome::Waits(pointer, _)
            if !is_in_error && is_as_before(done, edit) == Some(true) =>
        {
            Some(WentLive::With(pointer.number()))
        }
        OrderOutcome::Covered(pointer)
        | OrderOutcome::Held(pointer)
        | OrderOutcome::Waits(pointer, _) => Some(WentLive::Waited(pointer.number())),
        _ => None,
    }
}
