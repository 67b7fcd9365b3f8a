//! Doubts about one part, or about the text as a whole.

use chrono::{Datelike, NaiveDate, TimeDelta};

use super::doubt::{Doubt, changed, hours_meet};
use super::seen::YEAR;
use crate::hours::pattern::{DAY, Part, Pattern, Span, Weeks, without};

pub(super) fn last_minute(pattern: &Pattern) -> Option<Doubt> {
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
                "the end is not included: `23:59` closes one minute early; write `24:00`, as in \
                `{better}`"
            ),
            better: Some(better),
        }
    })
}

pub(super) const OFF_COUNTS_FOR_ALL: &str = "`off` counts for all hours of its part";

/// `Mo-Fr 09:00-18:00, 12:00-13:00 off`
pub(super) fn hours_that_are_off_with_others(pattern: &Pattern) -> Option<Doubt> {
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
pub(super) fn alternate_weeks(pattern: &Pattern) -> Option<String> {
    let of_every_year =
        |part: &&Part| part.days.years.is_empty() && alternates(&part.days.weeks).is_some();
    let part = pattern.parts.iter().find(of_every_year)?;
    let step = alternates(&part.days.weeks)?;
    Some(format!(
        "week numbers do not alternate correctly after a year of 53 weeks; leave `week …` out, and \
        use `EveryWeeks` {step} with `FirstWeek`"
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

pub(super) fn never_open(pattern: &Pattern, today: NaiveDate) -> String {
    if pattern.parts.iter().all(|part| part.off) {
        return "never opens, since it only says `off`, and it closes no other entry; write when it \
            is open, with `off` after it, such as `Mo-Fr 09:00-18:00; PH off`".to_owned();
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
            "does not open in the coming year, since its year has passed; for every year write \
            `{better}`"
        );
    }
    let until = today + TimeDelta::days(YEAR as i64);
    format!(
        "does not open on any day until {until}; write days that are still to come, and `off` only \
        for days or hours that are closed, as in `Mo-Fr 09:00-18:00; Dec 24 off`"
    )
}
