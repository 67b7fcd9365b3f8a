//! What the author of a text may not have meant.

mod seen;

use chrono::{Datelike, NaiveDate, TimeDelta};

use super::super::pattern::{DAY, Joint, Part, Pattern, Span, Weeks, without};
use seen::{Seen, YEAR, count, meet, within};

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

/// What may not be meant, and how the text would be without it.
struct Doubt {
    message: String,
    better: Option<Pattern>,
}

impl From<String> for Doubt {
    fn from(message: String) -> Self {
        Self { message, better: None }
    }
}

/// What is seen in the text alone.
pub(super) fn of_the_text(pattern: &Pattern) -> Vec<String> {
    messages(in_the_text(pattern))
}

/// All warnings.
pub(super) fn warnings(pattern: &Pattern, search: &mut Search) -> Vec<String> {
    messages(doubts(pattern, search))
}

fn messages(doubts: Vec<Doubt>) -> Vec<String> {
    doubts.into_iter().map(|doubt| doubt.message).collect()
}

/// The pattern as people are told to write it: in an order, and with ends, that no warning is
/// about.
pub(super) fn without_doubts(mut pattern: Pattern, today: NaiveDate) -> Pattern {
    // Each round mends one thing; few texts need two.
    const ROUNDS: usize = 4;
    let mut search = Search { today, work: 20_000 };
    closed_days_last(&mut pattern.parts);
    for _ in 0..ROUNDS {
        // What is said twice running is said once.
        pattern.parts.dedup_by(|next, part| {
            (&next.days, &next.spans, next.off) == (&part.days, &part.spans, part.off)
        });
        let better = doubts(&pattern, &mut search).into_iter().find_map(|doubt| doubt.better);
        match better.filter(|better| *better != pattern) {
            Some(better) => pattern = better,
            None => break,
        }
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

fn in_the_text(pattern: &Pattern) -> Vec<Doubt> {
    let mut doubts = Vec::new();
    doubts.extend(last_minute(pattern));
    doubts.extend(hours_that_are_off_with_others(pattern));
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
    let seen = Seen::new(pattern, search.today, days);
    if seen.never_opens() {
        if !lunch {
            doubts.push(never_open(pattern, search.today).into());
        }
        return doubts;
    }
    doubts.extend(off_that_is_not_last(&seen));
    doubts.extend(replaced(&seen));
    doubts.extend(added_in_vain(&seen));
    doubts.extend(every_day_by_mistake(pattern));
    doubts
}

fn hours_within(a: &[Span], b: &[Span]) -> bool {
    a.iter().all(|a| b.iter().any(|b| b.start <= a.start && a.end <= b.end))
}

fn hours_meet(a: &[Span], b: &[Span]) -> bool {
    a.iter().any(|a| b.iter().any(|b| a.start < b.end && b.start < a.end))
}

/// The pattern after a change of its parts.
fn changed(pattern: &Pattern, change: impl FnOnce(&mut Vec<Part>)) -> Pattern {
    let mut pattern = pattern.clone();
    change(&mut pattern.parts);
    pattern
}

fn text(part: &Part) -> String {
    part.to_string()
}

fn last_minute(pattern: &Pattern) -> Option<Doubt> {
    let ends_early = |span: &Span| span.end % DAY == DAY - 1;
    let is = |part: &Part| !part.off && part.spans.iter().any(ends_early);
    pattern.parts.iter().any(is).then(|| {
        let better = changed(pattern, |parts| {
            for span in parts.iter_mut().flat_map(|part| &mut part.spans) {
                if ends_early(span) {
                    span.end += 1;
                }
            }
        });
        Doubt {
            message: format!(
                "the end is not included: `23:59` closes one minute early; write `24:00`, as in `{better}`"
            ),
            better: Some(better),
        }
    })
}

const OFF_COUNTS_FOR_ALL: &str = "`off` counts for all hours of its part";

/// `Mo-Fr 09:00-18:00, 12:00-13:00 off`
fn hours_that_are_off_with_others(pattern: &Pattern) -> Option<Doubt> {
    let index = pattern.parts.iter().position(|part| {
        let mut earlier: Vec<Span> = Vec::new();
        part.off
            && part.spans.iter().any(|span| {
                let inside = hours_meet(&earlier, std::slice::from_ref(span));
                earlier.push(span.clone());
                inside
            })
    })?;
    let better = changed(pattern, |parts| {
        if let Some(part) = parts.get_mut(index)
            && let Some((open, closed)) = part.spans.split_first()
        {
            part.spans = without(std::slice::from_ref(open), closed);
            part.off = false;
        }
    });
    Some(Doubt {
        message: format!("{OFF_COUNTS_FOR_ALL}, so that it opens nothing; write `{better}`"),
        better: Some(better),
    })
}

/// `week 01-53/2`: two weeks running, or two missed, when a year of 53 weeks ends.
fn alternate_weeks(pattern: &Pattern) -> Option<String> {
    let of_every_year =
        |part: &&Part| part.days.years.is_empty() && alternates(&part.days.weeks).is_some();
    let part = pattern.parts.iter().find(of_every_year)?;
    let step = alternates(&part.days.weeks)?;
    Some(format!(
        "weeks that alternate by their number get out of step after a year of 53 weeks; leave `week …` out, and use `EveryWeeks` {step} with `FirstWeek`"
    ))
}

/// Every how many weeks, when the weeks are the same distance apart all year.
fn alternates(weeks: &[Weeks]) -> Option<u8> {
    let mut numbers: Vec<u8> = weeks
        .iter()
        .flat_map(|weeks| (weeks.from..=weeks.to).step_by(usize::from(weeks.step.max(1))))
        .collect();
    numbers.sort_unstable();
    numbers.dedup();
    let (first, last) = (*numbers.first()?, *numbers.last()?);
    let step = numbers.get(1)? - first;
    let even = numbers.iter().zip(numbers.iter().skip(1)).all(|(a, b)| b - a == step);
    (step > 1 && even && first <= step && last + step > 52).then_some(step)
}

fn never_open(pattern: &Pattern, today: NaiveDate) -> String {
    if pattern.parts.iter().all(|part| part.off) {
        return "never opens, since it only says `off`; write when it is open, such as `Mo-Fr 09:00-18:00; PH off`".to_owned();
    }
    let past = |part: &Part| {
        !part.days.years.is_empty()
            && part.days.years.iter().all(|years| years.to.is_some_and(|to| to < today.year()))
    };
    if pattern.parts.iter().any(|part| !part.off && past(part)) {
        let better = changed(pattern, |parts| {
            for part in parts.iter_mut().filter(|part| past(part)) {
                part.days.years.clear();
            }
        });
        return format!(
            "does not open in the coming year, since its year has passed; for every year write `{better}`"
        );
    }
    let until = today + TimeDelta::days(YEAR as i64);
    format!(
        "does not open on any day until {until}; write days that are still to come, and `off` only for days or hours that are closed, as in `Mo-Fr 09:00-18:00; Dec 24 off`"
    )
}

/// `PH off; Mo-Fr 09:00-18:00`
fn off_that_is_not_last(seen: &Seen<'_>) -> Option<Doubt> {
    let mut moved: Vec<usize> = Vec::new();
    for (earlier, later) in seen.pairs() {
        let (Some((off, off_days, off_possible)), Some((open, open_days, open_possible))) =
            (seen.part(earlier), seen.part(later))
        else {
            continue;
        };
        let opens_again = off.off
            && !open.off
            && open.joint != Joint::Fallback
            && meet(off_possible, open_possible)
            && count(open_days) >= count(off_days)
            && (off.spans.is_empty() || hours_meet(&off.spans, &open.spans));
        if opens_again && !moved.contains(&earlier) {
            moved.push(earlier);
        }
    }
    let first = text(seen.pattern.parts.get(*moved.first()?)?);
    let better = changed(seen.pattern, |parts| {
        let mut index = 0;
        let (mut last, mut kept): (Vec<Part>, Vec<Part>) = parts.drain(..).partition(|_| {
            index += 1;
            moved.contains(&(index - 1))
        });
        for part in &mut last {
            part.joint = Joint::Replace;
        }
        kept.append(&mut last);
        *parts = kept;
    });
    Some(Doubt {
        message: format!(
            "a later part opens again what `{first}` closes; `{first}` stands last: write `{better}`"
        ),
        better: Some(better),
    })
}

/// `Mo-Fr 09:00-18:00; Fr 18:00-22:00`
fn replaced(seen: &Seen<'_>) -> Option<Doubt> {
    seen.pairs().find_map(|(earlier, later)| {
        let (old, old_days, _) = seen.part(earlier)?;
        let (new, new_days, _) = seen.part(later)?;
        let before = seen.pattern.parts.get(later.checked_sub(1)?)?;
        let replaces = new.joint == Joint::Replace
            && !new.off
            && !old.off
            && (!new.days.is_every_day() || before.days.is_every_day());
        if !replaces || !meet(old_days, new_days) {
            return None;
        }
        let fewer = count(new_days) < count(old_days)
            && (within(new_days, old_days) || !new.days.is_weekly());
        let same_hours = hours_meet(&old.spans, &new.spans);
        if fewer && same_hours {
            // Plainly meant: other hours on fewer days.
            return None;
        }
        let added = changed(seen.pattern, |parts| {
            if let Some(part) = parts.get_mut(later) {
                part.joint = Joint::Add;
            }
        });
        let (old_text, new_text) = (text(old), text(new));
        let swapped = changed(seen.pattern, |parts| {
            let old = parts.remove(earlier);
            parts.insert(later, Part { joint: Joint::Replace, ..old });
        });
        Some(if within(old_days, new_days) && count(old_days) < count(new_days) {
            Doubt {
                message: format!(
                    "the later part `{new_text}` replaces all of `{old_text}`; what holds on fewer days stands later: write `{swapped}`"
                ),
                better: Some(swapped),
            }
        } else if count(old_days) == count(new_days)
            && within(new_days, old_days)
            && (hours_within(&new.spans, &old.spans) || hours_within(&old.spans, &new.spans))
        {
            let without = changed(seen.pattern, |parts| {
                parts.remove(earlier);
                if let Some(first) = parts.first_mut() {
                    first.joint = Joint::Replace;
                }
            });
            Doubt {
                message: format!(
                    "after `;`, `{new_text}` replaces all of `{old_text}`; remove what does not count: write `{without}`"
                ),
                better: Some(without),
            }
        } else if within(new_days, old_days) || within(old_days, new_days) {
            Doubt {
                message: format!(
                    "after `;`, `{new_text}` replaces the hours of `{old_text}` on its days; use a comma to add hours: write `{added}`"
                ),
                better: Some(added),
            }
        } else {
            Doubt {
                message: format!(
                    "after `;`, `{new_text}` replaces the hours of `{old_text}` on the days of both; write `{added}` to add hours, or `{swapped}` if `{old_text}` is to count on those days"
                ),
                better: Some(added),
            }
        })
    })
}

/// `Mo-Fr 09:00-18:00, Fr 09:00-15:00`
fn added_in_vain(seen: &Seen<'_>) -> Option<Doubt> {
    let parts = &seen.pattern.parts;
    seen.pairs().find_map(|(earlier, later)| {
        let added = |part: &Part| part.joint == Joint::Add;
        if !parts.get(earlier + 1..=later)?.iter().all(added) {
            return None;
        }
        let (old, old_days, old_possible) = seen.part(earlier)?;
        let (new, new_days, new_possible) = seen.part(later)?;
        // The part that counts on fewer days, and so may have been meant instead of the other.
        let (few, some) = if count(new_days) <= count(old_days) {
            ((later, new, new_days, new_possible), (old, old_days))
        } else {
            ((earlier, old, old_days, old_possible), (new, new_days))
        };
        let adds_nothing = !old.off
            && !new.off
            && count(few.2) > 0
            && within(few.3, some.1)
            && hours_within(&few.1.spans, &some.0.spans);
        if !adds_nothing {
            return None;
        }
        let (few_text, some_text) = (text(few.1), text(some.0));
        let mut better = seen.pattern.clone();
        let part = Part { joint: Joint::Replace, ..better.parts.remove(few.0) };
        if let Some(first) = better.parts.first_mut() {
            first.joint = Joint::Replace;
        }
        if count(few.2) == count(some.1) {
            return Some(Doubt {
                message: format!(
                    "`{few_text}` adds nothing to `{some_text}`; remove it: write `{better}`"
                ),
                better: Some(better),
            });
        }
        better.parts.push(part);
        Some(Doubt {
            message: format!(
                "after a comma, `{few_text}` adds nothing to `{some_text}`; for these hours instead of the others write `{better}`"
            ),
            better: Some(better),
        })
    })
}

/// `Mo-Fr 09:00-12:00; 13:00-18:00`
fn every_day_by_mistake(pattern: &Pattern) -> Option<Doubt> {
    let pairs = pattern.parts.iter().zip(pattern.parts.iter().skip(1));
    let index = pairs.into_iter().position(|(before, part)| {
        !part.off
            && !before.off
            && part.joint == Joint::Replace
            && part.days.is_every_day()
            && !before.days.is_every_day()
    })?;
    let hours = text(pattern.parts.get(index + 1)?);
    let better = changed(pattern, |parts| {
        let part = parts.remove(index + 1);
        if let Some(before) = parts.get_mut(index) {
            before.spans.extend(part.spans);
        }
    });
    Some(Doubt {
        message: format!(
            "`{hours}` names no days, so it counts on every day; for the days before it write `{better}`"
        ),
        better: Some(better),
    })
}
