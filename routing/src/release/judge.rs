//! What one look at the rows comes to. Pure: all that counts is passed in.

use chrono::{DateTime, TimeDelta, Utc};

use super::accident::accident;
use super::{Candidate, Cause, Counts, Hold, Order, Pointer, Waiting};

/// What looks like an accident goes live when the rows stay so for this long.
pub const BELIEVED_AFTER: TimeDelta = TimeDelta::minutes(15);

/// What one look comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Judgement {
    /// The live release is what the rows say.
    Unchanged,
    /// Publish what the rows say.
    Publish(Cause),
    /// A hold stands in the way.
    Held,
    /// It looks like an accident.
    Wait(Waiting),
}

/// Whether a hold keeps this order from publishing.
pub(super) fn is_held(order: &Order, hold: Option<&Hold>) -> bool {
    match (order, hold) {
        (_, None) => false,
        (Order::Publish { own_hold: Some(own), .. }, Some(hold)) => *own != hold.id,
        (Order::Publish { own_hold: None, .. }, Some(_)) => false,
        (_, Some(_)) => true,
    }
}

/// Whether the hold is over with this order. A person's publish that finds an accident leaves it: a
/// hold never ends by itself, and without it the loss would go live after a while.
pub(super) fn ends_hold(order: &Order, hold: Option<&Hold>, judgement: &Judgement) -> bool {
    let is_refused = matches!(judgement, Judgement::Wait(_));
    let is_own = matches!(order, Order::Publish { own_hold: Some(_), .. });
    hold.is_some() && !is_held(order, hold) && (is_own || !is_refused)
}

/// Judges what the rows say. `is_readable`: the live release's parts are all there and whole.
/// `fullest`: see [`super::accident::fullest`].
pub(super) fn judge(
    order: &Order,
    pointer: &Pointer,
    is_readable: bool,
    candidate: &Candidate,
    fullest: Counts,
    now: DateTime<Utc>,
) -> Judgement {
    if is_held(order, pointer.hold.as_ref()) {
        return Judgement::Held;
    }
    let found = candidate.hash();
    if is_readable && pointer.live.as_ref().is_some_and(|live| live.hash == found) {
        return Judgement::Unchanged;
    }
    if matches!(order, Order::Publish { force: true, .. }) {
        return Judgement::Publish(Cause::Force);
    }
    match accident(fullest, candidate.counts) {
        None => Judgement::Publish(Cause::Edits),
        Some(accident) => {
            let live = pointer.live.as_ref().map(|live| live.counts).unwrap_or_default();
            wait(accident.is_total, accident.beside(live), pointer.waiting.as_ref(), found, now)
        }
    }
}

/// Waits, unless every look for [`BELIEVED_AFTER`] found the same and something is left.
fn wait(
    is_total: bool,
    gone: String,
    before: Option<&Waiting>,
    found: String,
    now: DateTime<Utc>,
) -> Judgement {
    let same = before.filter(|waiting| waiting.found == found);
    // A clock that was set back must not make it wait for longer.
    let since = same.map_or(now, |waiting| waiting.since.min(now));
    if !is_total && now - since >= BELIEVED_AFTER {
        return Judgement::Publish(Cause::Waited);
    }
    let looks = same.map_or(0, |waiting| waiting.looks).saturating_add(1);
    let why = format!("{gone}, which looks like an accident");
    Judgement::Wait(Waiting { why, total: is_total, since, looks, found })
}
