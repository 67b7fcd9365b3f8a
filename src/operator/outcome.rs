//! What came of an order, as JSON for whoever gave it.

use routing::hours::Zone;
use routing::release::{Hold, InWords, Outcome, Pointer};
use serde_json::{Value as Json, json};

/// `Done`: whether what was asked for was done. `Outcome`: what came of it, in one word. `Text`:
/// the same as a sentence, with times of `zone`. `Release`: the live release's number, where it is
/// known. `Hold`: the hold that stands, with its `Id`.
pub(super) fn to_json(outcome: &Outcome, zone: Zone) -> Json {
    json!({
        "Done": outcome.is_done(),
        "Outcome": word(outcome),
        "Text": InWords(outcome, zone).to_string(),
        "Release": release(outcome),
        "Hold": hold(outcome),
    })
}

fn word(outcome: &Outcome) -> &'static str {
    match outcome {
        Outcome::Published(_) => "Published",
        Outcome::Unchanged(..) => "Unchanged",
        Outcome::Covered(_) => "Covered",
        Outcome::Held(_) => "Held",
        Outcome::Waits(..) => "Waits",
        Outcome::Back(..) => "Back",
        Outcome::HoldBegan(_) => "HoldBegan",
        Outcome::HeldAlready(_) => "HeldAlready",
        Outcome::NoSuchRelease(_) => "NoSuchRelease",
        Outcome::NothingLive => "NothingLive",
        Outcome::Erased(_) => "Erased",
        Outcome::IsLive(_) => "IsLive",
    }
}

/// The pointer that an outcome tells of.
pub(super) fn pointer(outcome: &Outcome) -> Option<&Pointer> {
    match outcome {
        Outcome::Unchanged(pointer, _)
        | Outcome::Covered(pointer)
        | Outcome::Held(pointer)
        | Outcome::Waits(pointer, _) => Some(pointer),
        _ => None,
    }
}

fn release(outcome: &Outcome) -> Option<u64> {
    match outcome {
        Outcome::Published(release) | Outcome::Back(release, _) => Some(release.number),
        Outcome::IsLive(number) => Some(*number),
        outcome => pointer(outcome)?.live.as_ref().map(|live| live.number),
    }
}

fn hold(outcome: &Outcome) -> Option<&Hold> {
    match outcome {
        Outcome::Back(_, hold) | Outcome::HoldBegan(hold) | Outcome::HeldAlready(hold) => {
            Some(hold)
        }
        outcome => pointer(outcome)?.hold.as_ref(),
    }
}
