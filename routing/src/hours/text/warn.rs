//! What the author of a text may not have meant.

mod alone;
mod doubt;
mod holidays;
mod pairs;
mod seen;
mod windows;

use chrono::NaiveDate;

use super::super::pattern::{Joint, Part, Pattern};
use alone::{
    OFF_COUNTS_FOR_ALL, alternate_weeks, hours_that_are_off_with_others, last_minute, never_open,
};
use doubt::{Doubt, changed};
use holidays::{holidays_added_in_vain, holidays_instead};
use pairs::{added_in_vain, every_day_by_mistake, off_that_is_not_last, replaced};
use seen::{PartDays, YEAR};
use windows::{months_over_new_year, windows_of_twelve_hours};

/// How far the search may go, for all texts of a load together.
#[derive(Debug, Clone)]
pub(crate) struct Search {
    /// Where it begins.
    pub(crate) today: NaiveDate,
    /// How much more work may be done, in parts looked at on a day (about 20 ns each). When it is
    /// used up, the remaining texts are not searched.
    pub(crate) work: usize,
}

impl Default for Search {
    fn default() -> Self {
        Self { today: NaiveDate::default(), work: 4_000_000 }
    }
}

/// What is seen in the text alone.
pub(super) fn of_the_text(pattern: &Pattern) -> Vec<String> {
    messages(in_the_text(pattern))
}

/// What the author of these hours may not have meant; `search` bounds the work.
pub(super) fn warnings(pattern: &Pattern, search: &mut Search) -> Vec<String> {
    messages(doubts(pattern, search))
}

fn messages(doubts: Vec<Doubt>) -> Vec<String> {
    doubts.into_iter().map(|doubt| doubt.message).collect()
}

/// The pattern as people are told to write it: in an order, and with ends, that no warning is
/// about.
pub(super) fn without_doubts(mut pattern: Pattern, today: NaiveDate) -> Pattern {
    // Each round mends one thing; the work ends it where parts are many.
    const ROUNDS: usize = 16;
    let mut search = Search { today, work: 60_000 };
    closed_days_last(&mut pattern.parts);
    holidays_instead(&mut pattern.parts);
    let mut had = Vec::new();
    for _ in 0..ROUNDS {
        // What is said twice running is said once.
        pattern.parts.dedup_by(|next, part| {
            (&next.days, &next.spans, next.off) == (&part.days, &part.spans, part.off)
        });
        let better = doubts(&pattern, &mut search).into_iter().find_map(|doubt| doubt.better);
        let Some(better) = better.filter(|better| *better != pattern) else { break };
        // Behind a comma a part is in vain, and behind `;` it takes hours away: it is left out.
        if had.contains(&better) {
            let without_last = changed(&better, |parts| drop(parts.pop()));
            let is_good = doubts(&without_last, &mut search).is_empty();
            return if is_good { without_last } else { better };
        }
        had.push(std::mem::replace(&mut pattern, better));
    }
    pattern
}

/// What is closed at the beginning of a text stands last, where it counts.
fn closed_days_last(parts: &mut [Part]) {
    let closed = parts.iter().take_while(|part| part.off).count();
    // `off; Mo 10:00-20:00` says what holds on the other days.
    let of_days = |part: &Part| !part.days.is_every_day() || !part.spans.is_empty();
    if closed < parts.len() && parts.iter().take(closed).all(of_days) {
        parts.rotate_left(closed);
        let open = parts.len() - closed;
        for (place, part) in parts.iter_mut().enumerate() {
            if place == 0 || place >= open {
                part.joint = Joint::Replace;
            }
        }
    }
}

/// A doubt whose text to write is without all doubts of its kind: of many pairs of parts, it is
/// about the first.
fn mended(
    mut doubt: Doubt,
    search: &mut Search,
    find: fn(&PartDays<'_>) -> Option<Doubt>,
) -> Doubt {
    const ROUNDS: usize = 16;
    let Some(first) = doubt.better.clone() else { return doubt };
    let mut better = first.clone();
    for _ in 0..ROUNDS {
        let days = if better.is_weekly() { 7 } else { YEAR };
        let parts = better.parts.len();
        let Some(left) = search.work.checked_sub(parts * days + parts * parts) else { break };
        search.work = left;
        match find(&PartDays::new(&better, search.today, days)).and_then(|doubt| doubt.better) {
            Some(next) if next != better => better = next,
            _ => break,
        }
    }
    if better != first {
        doubt.message = doubt.message.replace(&format!("`{first}`"), &format!("`{better}`"));
        doubt.better = Some(better);
    }
    doubt
}

fn in_the_text(pattern: &Pattern) -> Vec<Doubt> {
    let mut doubts = Vec::new();
    doubts.extend(last_minute(pattern));
    doubts.extend(hours_that_are_off_with_others(pattern));
    doubts.extend(windows_of_twelve_hours(pattern));
    doubts.extend(months_over_new_year(pattern));
    doubts
}

fn doubts(pattern: &Pattern, search: &mut Search) -> Vec<Doubt> {
    let mut doubts = in_the_text(pattern);
    let lunch = doubts.iter().any(|doubt| doubt.message.contains(OFF_COUNTS_FOR_ALL));
    doubts.extend(alternate_weeks(pattern).map(Doubt::from));
    let days = if pattern.is_weekly() { 7 } else { YEAR };
    let parts = pattern.parts.len();
    // The days of each part, each pair of parts, and every day once if it never opens.
    let work = parts * days + parts * parts + parts * days;
    let Some(left) = search.work.checked_sub(work) else { return doubts };
    search.work = left;
    let seen = PartDays::new(pattern, search.today, days);
    if seen.never_opens() {
        if !lunch {
            doubts.push(never_open(pattern, search.today).into());
        }
        return doubts;
    }
    doubts.extend(off_that_is_not_last(&seen));
    doubts.extend(replaced(&seen).map(|doubt| mended(doubt, search, replaced)));
    doubts.extend(added_in_vain(&seen).map(|doubt| mended(doubt, search, added_in_vain)));
    if doubts.is_empty() {
        doubts.extend(holidays_added_in_vain(&seen));
    }
    doubts.extend(every_day_by_mistake(pattern));
    doubts
}
