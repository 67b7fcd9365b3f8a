//! What became of edits: the release that each went live with, or that it waits, or why it was
//! never live itself.
//!
//! Another look may have published an edit before ours did, and a later one may be live by now. So
//! the releases before are looked through as well, as far as they may hold it.

mod first;

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};
use routing::release::{OrderOutcome, Settled, State, settle};
use routing::rows::{Row, Rows, Severity, Table};
use routing::text::key_cut;

use self::first::{FirstRelease, Sought};
use super::Operator;
use super::edit::Edit;
use super::outcome::pointer;
use super::publish::Done;
use super::seen::LookedAt;
use crate::store::{NeverLive, TableError, WentLive};

/// What became of one edit, as far as it is known.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Became {
    /// The release that it went live with, or that was live while it waited.
    pub(super) live: Option<WentLive>,
    /// Why the row was never live as this edit left it.
    pub(super) never: Option<NeverLive>,
}

impl Operator {
    /// What became of each edit, as far as it is known. The error is of edits of which it is to be
    /// asked again, because releases could not be read: nothing is said of any of them.
    pub(super) async fn became(
        &self,
        done: &Done,
        edits: &[Edit],
        now: DateTime<Utc>,
    ) -> Result<Vec<Became>, TableError> {
        let in_error = done.seen.as_ref().map(LookedAt::in_error).unwrap_or_default();
        let is_in_error =
            |edit: &Edit| in_error.contains(&(edit.table, key_cut(&edit.key).as_str()));
        let of = |edit| Became { live: went_live(done, edit, is_in_error(edit)), never: None };
        let mut all: Vec<Became> = edits.iter().map(of).collect();
        let (Some(seen), Some(outcome)) = (&done.seen, &done.outcome) else { return Ok(all) };
        let (mut sought, never) = self.sought(seen, edits, now);
        for (place, why) in never {
            if let Some(became) = all.get_mut(place) {
                became.never = Some(why);
            }
        }
        if let OrderOutcome::Published(..) = outcome
            && let Some(before) = &seen.live
        {
            // Nearly every edit: it is in what we published, and was not in what was live.
            sought.retain(|sought| sought.is_in(before) || !sought.is_in(&seen.settled));
        }
        let (live, holds) = match outcome {
            OrderOutcome::Published(release, _) => (Some(release), Some(&seen.settled)),
            // Somebody else made it, and we read none of it.
            OrderOutcome::Covered(pointer) => (pointer.live.as_ref(), None),
            outcome => (pointer(outcome).and_then(|it| it.live.as_ref()), seen.live.as_ref()),
        };
        if let Some(live) = live {
            for (place, found) in self.first_with(live, holds, sought).await? {
                let Some(became) = all.get_mut(place) else { continue };
                match (found, became.live) {
                    (FirstRelease::First(release), _) => {
                        became.live = Some(WentLive::With(release))
                    }
                    (FirstRelease::Never, Some(WentLive::With(_))) => {
                        became.never = Some(NeverLive::Replaced);
                    }
                    // What no release holds yet may wait.
                    (FirstRelease::Never, _) => {}
                }
            }
        }
        Ok(all)
    }

    /// The edits that changed what is in force, and the places of those that were never live. Of a
    /// row that was in error the version of before it was in force, whatever that was.
    fn sought<'e>(
        &self,
        seen: &LookedAt,
        edits: &'e [Edit],
        now: DateTime<Utc>,
    ) -> (Vec<Sought<'e>>, Vec<(usize, NeverLive)>) {
        let mut before = self.versions(seen, edits, |edit| edit.before.as_ref(), now);
        let mut after = self.versions(seen, edits, |edit| edit.after.as_ref(), now);
        let (mut sought, mut never) = (Vec::new(), Vec::new());
        for (place, edit) in edits.iter().enumerate() {
            let before = before.remove(&place);
            match after.remove(&place) {
                None if edit.table != Table::Customers => never.push((place, NeverLive::InError)),
                None => {}
                Some(_) if is_deleted_but_used(seen, edit) => {
                    never.push((place, NeverLive::Used));
                }
                Some(version) if before.as_ref() == Some(&version) => {}
                Some(version) => sought.push(Sought::new(place, edit, before, version)),
            }
        }
        (sought, never)
    }

    /// What these rows of the edits come to by themselves, by place; those in error are left out.
    /// What a row is by now may differ: it may have been edited again.
    fn versions<'e>(
        &self,
        seen: &LookedAt,
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
                if let Some(rows) = rows.of_mut(edit.table) {
                    rows.extend(row(edit).cloned());
                }
            }
            let defaults = &self.settings.defaults;
            let (settled, findings) = settle(&rows, seen.live.as_ref(), defaults, now);
            let errors = findings.iter().filter(|finding| finding.severity == Severity::Error);
            let in_error: HashSet<(Table, &str)> =
                errors.map(|finding| (finding.table, &*finding.key)).collect();
            for (place, edit) in these {
                if !in_error.contains(&(edit.table, &*key_cut(&edit.key))) {
                    all.insert(place, settled.version(edit.table, &edit.key).cloned());
                }
            }
            left = after;
        }
        all
    }
}

/// Whether the edit deleted a calendar that stays in force, because rows in force still use it.
fn is_deleted_but_used(seen: &LookedAt, edit: &Edit) -> bool {
    let is_its = |row: &Row| Table::Calendars.key_of(row) == Some(&*edit.key);
    edit.table == Table::Calendars
        && edit.after.is_none()
        && !seen.rows.calendars.iter().any(is_its)
        && seen.settled.version(edit.table, &edit.key).is_some()
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
        OrderOutcome::Published(release, _) => Some(WentLive::With(release.number)),
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
