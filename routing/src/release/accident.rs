//! When rows look like an accident: far fewer of them are in force than within the last hour.

use chrono::{DateTime, TimeDelta, Utc};

use super::{Counts, Release};

/// What counts as fullest is looked for in so much of the past.
pub(super) const LOOK_BACK: TimeDelta = TimeDelta::hours(1);
/// Fewer rows than this may go without a question.
const FEW: u64 = 5;
/// The rows of one kind, as people call them.
const RULES: &str = "rules";

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
    let kinds = [(RULES, before.rules, now.rules), ("agents", before.agents, now.agents)];
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

impl Accident {
    /// What is gone, for people who also read how many are live now: less may be live than what the
    /// loss is counted from.
    pub(super) fn beside(&self, live: Counts) -> String {
        let each = self.gone.iter().map(|gone| {
            let live = if gone.what == RULES { live.rules } else { live.agents };
            gone.said(live)
        });
        each.collect::<Vec<_>>().join(", and ")
    }
}

impl Gone {
    fn said(&self, live: u64) -> String {
        let Gone { what, before, now } = self;
        let one = what.trim_end_matches('s');
        let of = format!("of at most {before} in the last hour");
        match (now, before) {
            (0, before) if live < *before => format!("no {one} is left, {of}"),
            (0, 1) => format!("the only {one} is gone"),
            (0, before) => format!("all {before} {what} are gone"),
            (1, before) if live < *before => format!("only 1 {one} is left, {of}"),
            (now, before) if live < *before => format!("only {now} {what} are left, {of}"),
            (now, before) => format!("{} of {before} {what} are gone", before.saturating_sub(*now)),
        }
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
