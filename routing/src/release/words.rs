//! What is live, held or waits, and what came of an order, in words for people. Times are by the
//! clock of the deployment's zone.

use std::fmt;

use super::judge::BELIEVED_AFTER;
use super::time::for_people;
use super::{Cause, Counts, Hold, OrderOutcome, Pointer, Waiting};
use crate::hours::Zone;

/// A pointer, a hold, a wait or an outcome as a sentence, with times by the clock of the zone.
#[derive(Debug, Clone, Copy)]
pub struct InWords<'a, T>(pub &'a T, pub Zone);

impl fmt::Display for InWords<'_, Pointer> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(pointer, zone) = *self;
        let Some(live) = &pointer.live else { return f.write_str("no release is live yet") };
        let (Counts { rules, agents }, since) = (live.counts, for_people(live.published_at, zone));
        write!(f, "release {} is live since {since}: {rules} rules, {agents} agents", live.number)?;
        match (&pointer.hold, &pointer.waiting) {
            (Some(hold), _) => write!(f, "; HELD {}", ByWhom(hold, zone)),
            (None, Some(waiting)) => {
                let since = for_people(waiting.since, zone);
                write!(f, "; the rows WAIT since {since}: {}", InWords(waiting, zone))
            }
            (None, None) => Ok(()),
        }
    }
}

impl fmt::Display for InWords<'_, Hold> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "held {}", ByWhom(self.0, self.1))
    }
}

/// Who holds it, since when and why, and what ends it.
struct ByWhom<'a>(&'a Hold, Zone);

impl fmt::Display for ByWhom<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(Hold { by, since, why, brief, .. }, zone) = self;
        let since = for_people(*since, *zone);
        write!(f, "by {by} since {since}: {why}; ")?;
        f.write_str(match brief {
            true => {
                "the hold ends with that command; if the command stopped half-way, `desk publish` \
                ends it"
            }
            false => "`desk publish` ends the hold",
        })
    }
}

impl fmt::Display for InWords<'_, Waiting> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(waiting, zone) = *self;
        let end = waiting.since.checked_add_signed(BELIEVED_AFTER).filter(|_| !waiting.total);
        write!(f, "{}; ", waiting.why)?;
        match end {
            None => f.write_str("it goes live only by `desk publish --force`"),
            Some(end) => write!(
                f,
                "it goes live after {} if the rows stay so, or at once by `desk publish --force`",
                for_people(end, zone)
            ),
        }
    }
}

impl fmt::Display for InWords<'_, OrderOutcome> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(outcome, zone) = *self;
        match outcome {
            OrderOutcome::Published(release, _) => {
                let why = match release.cause {
                    Cause::Edits => String::new(),
                    Cause::Force => ", by force".to_owned(),
                    Cause::Waited => format!(
                        ", because the rows stayed as they are for {} minutes",
                        BELIEVED_AFTER.num_minutes()
                    ),
                    Cause::Back { .. } => ", again".to_owned(),
                };
                let (rules, agents) = (release.counts.rules, release.counts.agents);
                write!(f, "release {} is live{why}: {rules} rules, {agents} agents", release.number)
            }
            OrderOutcome::Unchanged(pointer, None) => {
                write!(f, "nothing to publish: release {} is what the rows say", pointer.number())
            }
            OrderOutcome::Unchanged(pointer, Some(_)) => write!(
                f,
                "the hold is ended; nothing to publish: release {} is what the rows say",
                pointer.number()
            ),
            OrderOutcome::Covered(pointer) => {
                write!(f, "another run has already published it: {}", InWords(pointer, zone))
            }
            OrderOutcome::Waits(Pointer { hold: Some(_), .. }, waiting) => write!(
                f,
                "nothing is published, and the hold stays: {}; `desk publish --force` publishes \
                it and ends the hold",
                waiting.why
            ),
            OrderOutcome::Held(pointer) | OrderOutcome::Waits(pointer, _) => {
                InWords(pointer, zone).fmt(f)
            }
            OrderOutcome::Back(release, ..) => {
                let Cause::Back { number } = release.cause else {
                    return write!(f, "release {} is live", release.number);
                };
                // Numbers rise by one: then it was the live one that somebody wanted back.
                let what = match release.number == number.saturating_add(1) {
                    true => ", which was live already, so only the number and the hold are new",
                    false => " again, and held",
                };
                write!(
                    f,
                    "release {} is live: it is release {number}{what}; `desk publish` publishes \
                    the rows and ends the hold",
                    release.number
                )
            }
            OrderOutcome::HoldBegan(_) => {
                f.write_str("the live release is held: edits wait until `desk publish`")
            }
            OrderOutcome::HeldAlready(hold) => write!(f, "already {}", InWords(hold, zone)),
            OrderOutcome::NoSuchRelease(number) => write!(
                f,
                "release {number} is not kept, or its parts are damaged: `desk releases` lists \
                those that are kept"
            ),
            OrderOutcome::Erased(number) => write!(f, "release {number} is erased"),
            OrderOutcome::IsLive(number) => write!(
                f,
                "release {number} is live, so it is not erased: publish another one first"
            ),
            OrderOutcome::NothingLive => {
                f.write_str("no release is live yet, so there is nothing to hold")
            }
        }
    }
}
