//! When rows look like an accident: far fewer of them are in force than within the last hour.

use std::fmt;

use chrono::{DateTime, TimeDelta, Utc};

use super::{Counts, Release};

/// What counts as fullest is looked for in so much of the past.
pub(super) const LOOK_BACK: TimeDelta = TimeDelta::hours(1);
/// Fewer rows than this may go without a question.
const FEW: u64 = 5;

/// What looks like an accident.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Accident {
    /// No rule or no agent is left.
    pub(super) is_total: bool,
    gone: Vec<Gone>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Gone {
    what: &'static str,
    before: u64,
    now: u64,
}

/// Whether going from `before` to `now` looks like an accident: no rule or no agent is left where
/// there were some, or more than half of them are gone, five at least.
pub(super) fn accident(before: Counts, now: Counts) -> Option<Accident> {
    let kinds = [("rules", before.rules, now.rules), ("agents", before.agents, now.agents)];
    let gone = kinds.into_iter().map(|(what, before, now)| Gone { what, before, now });
    let gone: Vec<Gone> = gone.filter(|gone| gone.is_total() || gone.is_large()).collect();
    let is_total = gone.iter().any(Gone::is_total);
    (!gone.is_empty()).then_some(Accident { is_total, gone })
}

impl Gone {
    fn is_total(&self) -> bool {
        self.now == 0 && self.before > 0
    }

    fn is_large(&self) -> bool {
        let lost = self.before.saturating_sub(self.now);
        lost >= FEW && lost > self.before / 2
    }
}

impl fmt::Display for Accident {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, gone) in self.gone.iter().enumerate() {
            let Gone { what, before, now } = gone;
            if place > 0 {
                f.write_str(", and ")?;
            }
            if gone.is_total() && *before == 1 {
                write!(f, "the only {} is gone", what.trim_end_matches('s'))?;
            } else if gone.is_total() {
                write!(f, "all {before} {what} are gone")?;
            } else {
                write!(f, "{} of {before} {what} are gone", before.saturating_sub(*now))?;
            }
        }
        Ok(())
    }
}

/// The fullest that was live within the hour before `now`: most rules and most agents, each for
/// itself. `earlier` are the releases before `live`, the latest first.
///
/// What was live before a loss that somebody meant (forced, waited for, gone back to) does not
/// count, or every later edit would wait too.
pub(super) fn fullest(live: &Release, earlier: &[Release], now: DateTime<Utc>) -> Counts {
    let mut fullest = live.counts;
    let mut next = live;
    for release in earlier {
        if next.cause.is_meant() || !was_replaced_lately(next, now) {
            break;
        }
        fullest.rules = fullest.rules.max(release.counts.rules);
        fullest.agents = fullest.agents.max(release.counts.agents);
        next = release;
    }
    fullest
}

/// Whether the release before `next` was live within the last hour: `next` replaced it since.
pub(super) fn was_replaced_lately(next: &Release, now: DateTime<Utc>) -> bool {
    now - next.published_at < LOOK_BACK
}
