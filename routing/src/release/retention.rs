//! Which releases are kept, and how what nobody needs is removed.

use std::collections::HashSet;

use chrono::{DateTime, TimeDelta, Utc};

use super::{Outcome, Release, Store};

/// So many of the latest are kept, whatever their age.
const LATEST: usize = 50;
/// The last of each hour is kept for so long.
const HOURLY: TimeDelta = TimeDelta::days(7);
/// The last of each day is kept for so long.
const DAILY: TimeDelta = TimeDelta::days(90);
/// Releases listed at a time.
const PAGE: usize = 100;

/// The numbers of the releases that are kept no longer, out of `earlier`: those before the live
/// one, which always stays, with the times at which they went live. Hours and days are those of
/// UTC.
pub fn expendable(earlier: &[(u64, DateTime<Utc>)], now: DateTime<Utc>) -> Vec<u64> {
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
pub struct Cleaned {
    /// Releases that are kept no longer.
    pub releases: usize,
    /// Contents without a release: of releases removed, or of publishers that lost or ended
    /// half-way.
    pub contents: usize,
}

/// Removes the releases that are kept no longer, and the contents that no release has.
///
/// A content may go when the pointer has moved on from the revision that it was written for, and
/// neither the live nor a listed release has it: then it cannot go live any more. No clock is asked
/// for that, so a publisher that slept for an hour is not harmed.
///
/// # Errors
/// The table fails. What was not removed is removed the next time.
pub async fn clean_up<S: Store>(store: &S, now: DateTime<Utc>) -> Result<Cleaned, S::Error> {
    // In this order: what is in the notes, is not dead by this pointer and went live before it, is
    // the live release or stands in the list by now.
    let pointer = store.pointer().await?;
    let mut listed = listed(store).await?;
    let noted = store.contents().await?;

    let mut cleaned = Cleaned::default();
    // A release without a note of its content was removed, and listed again by a publisher that
    // was late.
    let noted_ids: HashSet<&str> = noted.iter().map(|content| content.id.as_str()).collect();
    let times = listed.iter().map(|release| (release.number, release.published_at));
    // One that was live when we read the pointer is in the list only if it is followed by now.
    let times: Vec<_> = times.filter(|(number, _)| *number < pointer.number()).collect();
    let mut gone: HashSet<u64> = expendable(&times, now).into_iter().collect();
    let stale = listed.iter().filter(|release| !noted_ids.contains(release.content.as_str()));
    gone.extend(stale.map(|release| release.number).filter(|number| *number < pointer.number()));
    for number in &gone {
        store.unlist(*number).await?;
        cleaned.releases += 1;
    }
    listed.retain(|release| !gone.contains(&release.number));

    let used: HashSet<&str> =
        listed.iter().chain(&pointer.live).map(|release| release.content.as_str()).collect();
    for content in &noted {
        if content.basis < pointer.revision && !used.contains(content.id.as_str()) {
            store.erase(content).await?;
            cleaned.contents += 1;
        }
    }
    Ok(cleaned)
}

/// Erases one release that is not live.
///
/// # Errors
/// The table fails.
pub(super) async fn erase<S: Store>(
    store: &S,
    number: u64,
    now: DateTime<Utc>,
) -> Result<Outcome, S::Error> {
    let pointer = store.pointer().await?;
    if number == pointer.number() {
        return Ok(Outcome::IsLive(number));
    }
    let listed = store.listed_before(number.saturating_add(1), 1).await?;
    let is_there = listed.iter().any(|release| release.number == number);
    // What is listed with a higher number than ours went live meanwhile.
    if number > pointer.number() || !is_there {
        return Ok(Outcome::NoSuchRelease(number));
    }
    store.unlist(number).await?;
    clean_up(store, now).await?;
    Ok(Outcome::Erased(number))
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
