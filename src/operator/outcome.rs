//! What came of an order, as JSON for whoever gave it.

use routing::hours::Zone;
use routing::release::{Hold, InWords, OrderOutcome, Pointer};
use serde_json::{Value as Json, json};

/// `Done`: whether what was asked for was done. `Outcome`: what came of it, in one word. `Text`:
/// the same as a sentence, with times of `zone`. `Release`: the live release's number, where it is
/// known. `Hold`: the hold that stands, with its `Id`. `Ended`: the hold that ended with it.
pub(super) fn to_json(outcome: &OrderOutcome, zone: Zone) -> Json {
    json!({
        "Done": outcome.is_done(),
        "Outcome": word(outcome),
        "Text": InWords(outcome, zone).to_string(),
        "Release": release(outcome),
        "Hold": hold(outcome),
        "Ended": outcome.ended(),
    })
}

fn word(outcome: &OrderOutcome) -> &'static str {
    match outcome {
        OrderOutcome::Published(..) => "Published",
        OrderOutcome::Unchanged(..) => "Unchanged",
        OrderOutcome::Covered(_) => "Covered",
        OrderOutcome::Held(_) => "Held",
        OrderOutcome::Waits(..) => "Waits",
        OrderOutcome::Back(..) => "Back",
        OrderOutcome::HoldBegan(_) => "HoldBegan",
        OrderOutcome::HeldAlready(_) => "HeldAlready",
        OrderOutcome::NoSuchRelease(_) => "NoSuchRelease",
        OrderOutcome::NothingLive => "NothingLive",
        OrderOutcome::Erased(_) => "Erased",
        OrderOutcome::IsLive(_) => "IsLive",
    }
}

/// The pointer that an outcome tells of.
pub(super) fn pointer(outcome: &OrderOutcome) -> Option<&Pointer> {
    match outcome {
        OrderOutcome::Unchanged(pointer, _)
        | OrderOutcome::Covered(pointer)
        | OrderOutcome::Held(pointer)
        | OrderOutcome::Waits(pointer, _) => Some(pointer),
        _ => None,
    }
}

fn release(outcome: &OrderOutcome) -> Option<u64> {
    match outcome {
        OrderOutcome::Published(release, _) | OrderOutcome::Back(release, ..) => {
            Some(release.number)
        }
        OrderOutcome::IsLive(number) => Some(*number),
        outcome => pointer(outcome)?.live.as_ref().map(|live| live.number),
    }
}

fn hold(outcome: &OrderOutcome) -> Option<&Hold> {
    match outcome {
        OrderOutcome::Back(_, hold, _)
        | OrderOutcome::HoldBegan(hold)
        | OrderOutcome::HeldAlready(hold) => Some(hold),
        outcome => pointer(outcome)?.hold.as_ref(),
    }
}
