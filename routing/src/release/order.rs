//! What is asked of a publisher, and what comes of it.

use serde::Deserialize;
use serde_json::Value as Json;

use super::{Hold, Pointer, Release, Waiting};

/// What a publisher is asked to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Order {
    /// Look at the rows, and publish them if nothing speaks against it: after edits, and every five
    /// minutes.
    Look,
    /// A person's publish: publishes what the rows say, and ends the hold. Where that looks like an
    /// accident, the hold stays: without it, the loss would go live by itself.
    Publish {
        /// Also what looks like an accident.
        force: bool,
        /// End this hold only, also where the rows have to wait; any other stays.
        own_hold: Option<String>,
    },
    /// Make an earlier release live again as a new number, and hold it.
    Back {
        /// The earlier release's number.
        number: u64,
        /// Who wants it.
        by: String,
    },
    /// Keep the live release, whatever is edited.
    Hold {
        /// The reason that people read wherever the hold is shown; not empty.
        why: String,
        /// Who wants it.
        by: String,
        /// Whether they end it themselves, as soon as some rows are written.
        brief: bool,
    },
    /// Erase one release that is not live.
    Erase {
        /// As `desk releases` lists it.
        number: u64,
    },
}

/// An order as JSON: what the operator function is invoked with.
#[derive(Deserialize)]
enum Event {
    Publish(Publish),
    Hold(HoldEvent),
    Erase(Erase),
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct Publish {
    release: Option<u64>,
    #[serde(default)]
    force: bool,
    own_hold: Option<String>,
    by: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct HoldEvent {
    why: String,
    by: Option<String>,
    #[serde(default)]
    brief: bool,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct Erase {
    release: u64,
}

/// Who gave an order without a name.
const SOMEBODY: &str = "an unknown person (the order has no `By`)";
/// What an order looks like.
const EXPECTED: &str = concat!(
    r#"expected `{"Publish": {}}`, `{"Publish": {"Force": true}}`, "#,
    r#"`{"Publish": {"Release": 40}}`, `{"Hold": {"Why": "we move a team"}}` "#,
    r#"or `{"Erase": {"Release": 40}}`"#
);

impl Order {
    /// Reads an order that a person gave as JSON: `{"Publish": {"Release": 40}}`,
    /// `{"Publish": {"Force": true}}`, `{"Hold": {"Why": "…"}}`, `{"Erase": {"Release": 40}}`, each
    /// with `By` if one likes; `None` when the JSON is something else than an order.
    ///
    /// # Errors
    /// It is an order, but not a good one: what is wrong, for that person.
    pub fn read(json: &Json) -> Result<Option<Self>, String> {
        let is_order = |key: &String| ["Publish", "Hold", "Erase"].contains(&key.as_str());
        if !json.as_object().is_some_and(|fields| fields.keys().any(is_order)) {
            return Ok(None);
        }
        let event = Event::deserialize(json).map_err(|error| format!("{error}: {EXPECTED}"))?;
        let by = |by: Option<String>| by.unwrap_or_else(|| SOMEBODY.to_owned());
        match event {
            Event::Publish(Publish { release: Some(_), force: true, .. }) => {
                Err("`Release` and `Force` do not go together: an earlier release needs no force"
                    .to_owned())
            }
            Event::Publish(Publish { release: Some(number), by: who, .. }) => {
                Ok(Some(Self::Back { number, by: by(who) }))
            }
            Event::Publish(Publish { force, own_hold, .. }) => {
                Ok(Some(Self::Publish { force, own_hold }))
            }
            Event::Hold(HoldEvent { why, .. }) if why.trim().is_empty() => {
                Err(format!("`Why` is empty: {EXPECTED}"))
            }
            Event::Hold(HoldEvent { why, by: who, brief }) => {
                Ok(Some(Self::Hold { why, by: by(who), brief }))
            }
            Event::Erase(Erase { release: number }) => Ok(Some(Self::Erase { number })),
        }
    }
}

/// What came of an order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OrderOutcome {
    /// This release went live: it, and the hold that ended with it.
    Published(Release, Option<Hold>),
    /// What the rows say is live already: the pointer, and the hold that ended with it.
    Unchanged(Pointer, Option<Hold>),
    /// Somebody else read the rows later, and did what was to be done.
    Covered(Pointer),
    /// A hold keeps the live release: the pointer. The rows were read, unless the hold is passing.
    Held(Pointer),
    /// The rows look like an accident: the pointer, and what waits. Under a hold no time ends that:
    /// the hold stays, and only force publishes the rows.
    Waits(Pointer, Waiting),
    /// An earlier release is live again, and held: it, its hold, and the hold that ended with it.
    Back(Release, Hold, Option<Hold>),
    /// From now on edits wait, until the hold ends.
    HoldBegan(Hold),
    /// A hold was there already, and stays as it is.
    HeldAlready(Hold),
    /// There is nothing to go back to by this number.
    NoSuchRelease(u64),
    /// There is no release to hold.
    NothingLive,
    /// This release is erased.
    Erased(u64),
    /// This release is live, so it cannot be erased.
    IsLive(u64),
}

impl OrderOutcome {
    /// The hold that ended with it.
    pub fn ended(&self) -> Option<&Hold> {
        match self {
            Self::Published(_, ended) | Self::Unchanged(_, ended) | Self::Back(_, _, ended) => {
                ended.as_ref()
            }
            _ => None,
        }
    }

    /// Whether what was asked for was done.
    pub fn is_done(&self) -> bool {
        matches!(
            self,
            Self::Published(..)
                | Self::Unchanged(..)
                | Self::Covered(_)
                | Self::Back(..)
                | Self::HoldBegan(_)
                | Self::Erased(_)
        )
    }
}
