//! Which releases are kept, and how what nobody needs is removed.

use std::collections::HashSet;

use chrono::{DateTime, TimeDelta, Utc};

use super::{OrderOutcome, Release, Store};

/// So many of the latest are kept, whatever their age.
const LATEST: usize = 50;
/// The last of each hour is kept for so long.
const HOURLY: TimeDelta = TimeDelta::days(7);
/// The last of each day is kept for so long.
const DAILY: TimeDelta = TimeDelta::days(90);
/// Nobody writes parts for so long: a Lambda function runs for 15 minutes at most.
const WRITTEN_BY: TimeDelta = TimeDelta::hours(1);
/// Releases listed at a time.
const PAGE: usize = 100;

/// The numbers of the releases that are kept no longer, out of `earlier`: those before the live
/// one, which always stays, with the times at which they went live. Hours and days are those of
/// UTC.
pub(crate) fn expendable(earlier: &[(u64, DateTime<Utc>)], now: DateTime<Utc>) -> Vec<u64> {
    let mut latest_first = earlier.to_vec();
    latest_first.sort_by_key(|(number, _)| std::cmp::Reverse(*number));
    let (mut hours, mut days) = (HashSet::new(), HashSet::new());
    let mut gone = Vec::new();
    for (place, (number, at)) in latest_first.into_iter().enumerate() {
        let age = now - at;
        // The first that is met of an hour or a day is the last one of it.
        let is_last_of_hour = hours.insert(at.timestamp().div_euclid(3_600));
        let is_last_of_day = days.insert(at.date_naive());
        let is_kept =
            place < LATEST || (age < HOURLY && is_last_of_hour) || (age < DAILY && is_last_of_day);
        if !is_kept {
            gone.push(number);
        }
    }
    gone
}

/// What a clean-up removed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Removed {
    /// Releases that are kept no longer.
    pub releases: usize,
    /// Contents without a release: of releases removed, or of publishers that lost or ended
    /// half-way.
    pub contents: usize,
}

/// Removes the releases that are kept no longer, and the contents that no release has.
///
/// A content is dead when the pointer has moved on from the revision that it was written for, and
/// neither the live nor a listed release has it: then it cannot go live any more. No clock is asked
/// for that, so a publisher that slept for hours is not harmed. One that never was live goes when
/// nobody can be writing its parts any more, so that no part comes after its removal.
///
/// # Errors
/// The table fails. What was not removed is removed the next time.
pub async fn clean_up<S: Store>(store: &S, now: DateTime<Utc>) -> Result<Removed, S::Error> {
    clean(store, now, None).await
}

/// The same, and this release goes as well.
async fn clean<S: Store>(
    store: &S,
    now: DateTime<Utc>,
    erased: Option<u64>,
) -> Result<Removed, S::Error> {
    // In this order: what is in the notes, is not dead by this pointer and went live before it, is
    // the live release or stands in the list by now.
    let pointer = store.pointer().await?;
    let listed = listed(store).await?;
    let noted = store.contents().await?;

    // One that was live when we read the pointer is in the list only if it is followed by now.
    let earlier: Vec<&Release> =
        listed.iter().filter(|release| release.number < pointer.number()).collect();
    let times: Vec<_> =
        earlier.iter().map(|release| (release.number, release.published_at)).collect();
    let mut gone: HashSet<u64> = expendable(&times, now).into_iter().chain(erased).collect();
    // A release without a note of its content was removed, and listed again by a publisher that
    // was late.
    let noted_ids = noted.iter().filter(|content| !content.is_gone);
    let noted_ids: HashSet<&str> = noted_ids.map(|content| content.id.as_str()).collect();
    let stale = earlier.iter().filter(|release| !noted_ids.contains(release.content.as_str()));
    gone.extend(stale.map(|release| release.number));
    gone.retain(|number| *number < pointer.number());
    for number in &gone {
        store.unlist(*number).await?;
    }

    let (gone, kept): (Vec<&Release>, Vec<&Release>) =
        listed.iter().partition(|release| gone.contains(&release.number));
    let contents = |releases: Vec<&Release>| -> HashSet<String> {
        releases.iter().map(|release| release.content.clone()).collect()
    };
    let mut cleaned = Removed { releases: gone.len(), contents: 0 };
    let (was_live, mut used) = (contents(gone), contents(kept));
    used.extend(pointer.live.map(|live| live.content));
    for content in &noted {
        let is_dead = content.basis < pointer.revision && !used.contains(&content.id);
        let is_still = content.is_gone
            || was_live.contains(&content.id)
            || now - content.noted_at >= WRITTEN_BY;
        if is_dead && is_still {
            store.erase(content).await?;
            cleaned.contents += 1;
        }
    }
    Ok(cleaned)
}

/// Erases one release that is not live.
///
/// # Errors
/// The table of releases cannot be read or written.
pub(super) async fn erase<S: Store>(
    store: &S,
    number: u64,
    now: DateTime<Utc>,
) -> Result<OrderOutcome, S::Error> {
    let pointer = store.pointer().await?;
    if number == pointer.number() {
        return Ok(OrderOutcome::IsLive(number));
    }
    let listed = store.listed_before(number.saturating_add(1), 1).await?;
    let is_there = listed.iter().any(|release| release.number == number);
    // What is listed with a higher number than ours went live meanwhile.
    if number > pointer.number() || !is_there {
        return Ok(OrderOutcome::NoSuchRelease(number));
    }
    clean(store, now, Some(number)).await?;
    Ok(OrderOutcome::Erased(number))
}

async fn listed<S: Store>(store: &S) -> Result<Vec<Release>, S::Error> {
    let mut listed: Vec<Release> = Vec::new();
    loop {
        let before = listed.last().map_or(u64::MAX, |release| release.number);
        let page = store.listed_before(before, PAGE).await?;
        if page.is_empty() {
            return Ok(listed);
        }
        listed.extend(page);
    }
}
