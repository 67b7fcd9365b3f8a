//! Doubts about two parts: one closes, replaces or repeats what the other opens.

use super::doubt::{Doubt, changed, hours_meet, hours_within, text};
use super::seen::{PartDays, count, meet, within};
use crate::hours::pattern::{DAY, Joint, Part, Pattern};

/// `PH off; Mo-Fr 09:00-18:00`
pub(super) fn off_that_is_not_last(seen: &PartDays<'_>) -> Option<Doubt> {
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
            && (count(open_days) >= count(off_days) || closes_nothing(seen, earlier))
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
            "a later part opens the days that `{first}` closes; `{first}` must be last: write \
            `{better}`"
        ),
        better: Some(better),
    })
}

/// `12:00-13:00 off; Mo-Fr 09:00-18:00`: whether hours are off where nothing before is open.
fn closes_nothing(seen: &PartDays<'_>, index: usize) -> bool {
    let Some((off, _, days)) = seen.part(index) else { return false };
    let closes_hours = off.spans.iter().any(|span| *span != (0..DAY));
    let opens = |earlier: usize| {
        seen.part(earlier).is_some_and(|(part, _, possible)| {
            !part.off && meet(possible, days) && hours_meet(&part.spans, &off.spans)
        })
    };
    closes_hours && !(0..index).any(opens)
}

/// `Mo-Fr 09:00-18:00; Fr 18:00-22:00`
pub(super) fn replaced(seen: &PartDays<'_>) -> Option<Doubt> {
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
        // `Sa 10:00-14:00; PH,Su 10:00-18:00`: they meet where a holiday is a Saturday.
        let by_holidays = new.days.holidays().next().is_some()
            && old.days.holidays().next().is_none()
            && old.days.weekdays != 0
            && old.days.weekdays & new.days.weekdays == 0;
        let fewer = by_holidays
            || count(new_days) < count(old_days)
                && (within(new_days, old_days) || !new.days.is_weekly());
        // `Mo-Fr 09:00-18:00; Mo 09:00-10:00; PH 10:00-14:00`: of the first part, too.
        let replaces_as_well = |at: usize| {
            seen.part(at).is_some_and(|(part, days, _)| {
                let more = count(days) > count(new_days) && meet(days, new_days);
                !part.off && more && hours_meet(&part.spans, &new.spans)
            })
        };
        let same_hours = || {
            hours_meet(&old.spans, &new.spans)
                || !new.days.is_weekly() && (0..later).any(replaces_as_well)
        };
        if fewer && same_hours() {
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
                    "the later part `{new_text}` replaces all of `{old_text}`; put the part for \
                    fewer days last: write `{swapped}`"
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
                    "after `;`, `{new_text}` replaces all of `{old_text}`; remove what does not \
                    count: write `{without}`"
                ),
                better: Some(without),
            }
        } else if old.days.holidays().next().is_some() && new.days.holidays().next().is_none() {
            Doubt {
                message: format!(
                    "after `;`, `{new_text}` replaces `{old_text}` on its weekdays; the hours of \
                    holidays must be last: write `{swapped}`"
                ),
                better: Some(swapped),
            }
        } else if within(new_days, old_days) || within(old_days, new_days) {
            Doubt {
                message: format!(
                    "after `;`, `{new_text}` replaces the hours of `{old_text}` on its days; use a \
                    comma to add hours: write `{added}`"
                ),
                better: Some(added),
            }
        } else {
            Doubt {
                message: format!(
                    "after `;`, `{new_text}` replaces the hours of `{old_text}` on the days of \
                    both; write `{added}` to add hours, or `{swapped}` if `{old_text}` is to count \
                    on those days"
                ),
                better: Some(added),
            }
        })
    })
}

/// `Mo-Fr 09:00-18:00, Fr 09:00-15:00`
pub(super) fn added_in_vain(seen: &PartDays<'_>) -> Option<Doubt> {
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
                "after a comma, `{few_text}` adds nothing to `{some_text}`; for these hours \
                instead of the others write `{better}`"
            ),
            better: Some(better),
        })
    })
}

/// `Mo-Fr 09:00-12:00; 13:00-18:00`
pub(super) fn every_day_by_mistake(pattern: &Pattern) -> Option<Doubt> {
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
            "`{hours}` names no days, so it counts on every day; for the days before it write \
            `{better}`"
        ),
        better: Some(better),
    })
}
