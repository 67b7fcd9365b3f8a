//! The pointer: the one small item that says which release is live. Whoever writes it makes a
//! release live; whoever reads it finds the parts.

use std::fmt;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{Hold, Waiting, time};

/// Longest pointer as JSON, in bytes: what half a read unit of DynamoDB reads, less the item's
/// other attributes.
pub(crate) const MAX_POINTER_BYTES: usize = 3_900;
/// The pointer: what is live, how far it covers the edits, whether it is held or something waits.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Pointer {
    /// How often the pointer was written. A write names the revision that it replaces, so of two at
    /// once one wins.
    pub revision: u64,
    /// How often somebody wanted a look at the rows. Raised by itself, without a new revision.
    pub wanted: u64,
    /// The rows were read after so many looks were wanted: every edit before that is live, is held,
    /// or waits.
    pub covers: u64,
    /// When the rows were last read and found live, held or waiting.
    pub checked_at: Option<DateTime<Utc>>,
    /// What is live; nothing before the first release.
    pub live: Option<Release>,
    /// Keeps the live release while people edit.
    pub hold: Option<Hold>,
    /// Why the rows are not live though nobody holds them.
    pub waiting: Option<Waiting>,
}

/// One release, as it is listed. It never changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Release {
    /// From 1 on, each number once.
    pub number: u64,
    /// The form of the bytes.
    pub format: u32,
    /// Where the parts are: a random id, used once.
    pub content: String,
    /// The SHA-256 of each part, in order: first those of what was read, then those of the rows.
    pub parts: Vec<String>,
    /// How many parts hold what was read.
    pub typed: usize,
    /// The SHA-256 of the whole. Equal content, equal hash.
    pub hash: String,
    /// What is in force by it.
    #[serde(flatten)]
    pub counts: Counts,
    /// When it went live.
    #[serde(with = "time")]
    pub published_at: DateTime<Utc>,
    /// Why it went live.
    #[serde(flatten)]
    pub cause: Cause,
}

/// How much is in force.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Counts {
    /// Rules that can match.
    pub rules: u64,
    /// Agents in force.
    pub agents: u64,
}

/// Why a release went live.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "Cause", rename_all = "lowercase")]
pub enum Cause {
    /// Rows were edited.
    Edits,
    /// Somebody forced it.
    Force,
    /// It looked like an accident, and stood for 15 minutes.
    Waited,
    /// An earlier release was made live again.
    Back {
        /// The number of the earlier release whose rows are live.
        #[serde(rename = "BackTo")]
        number: u64,
    },
}

impl Cause {
    /// Whether what went is known to be meant, so that it is not missed again.
    pub(super) fn is_meant(self) -> bool {
        self != Self::Edits
    }
}

/// What the pointer says of its release, in one word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// No release yet.
    Empty,
    /// The rows are live.
    Live,
    /// The release is held.
    Held,
    /// The rows look like an accident, and wait for 15 minutes or an order.
    Waits,
}

impl State {
    /// `empty`, `live`, `held` or `waits`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::Live => "live",
            Self::Held => "held",
            Self::Waits => "waits",
        }
    }
}

/// A pointer that cannot be read or written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PointerError {
    /// It would be longer than a pointer may be: so many bytes.
    TooLong(usize),
    /// It is no pointer: why.
    NotAPointer(String),
}

impl fmt::Display for PointerError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLong(bytes) => write!(
                f,
                "the pointer to the live release has {bytes} bytes, at most {MAX_POINTER_BYTES} \
                are allowed"
            ),
            Self::NotAPointer(why) => {
                write!(f, "the pointer to the live release cannot be read: {why}")
            }
        }
    }
}

impl std::error::Error for PointerError {}

/// The pointer's JSON. Fields that this version does not know are passed over, so that an instance
/// of the version before reads the pointer of the next.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Json {
    /// For people who look at the table.
    #[serde(skip_deserializing)]
    state: Option<State>,
    covers: u64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    checked_at: Option<CheckedAt>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    live: Option<Release>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    hold: Option<Hold>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    waiting: Option<Waiting>,
}

#[derive(Serialize, Deserialize)]
struct CheckedAt(#[serde(with = "time")] DateTime<Utc>);

impl Pointer {
    /// Reads a pointer: its JSON, and the two numbers that stand beside it.
    ///
    /// # Errors
    /// It is too long, or no pointer.
    pub fn read(json: &str, revision: u64, wanted: u64) -> Result<Self, PointerError> {
        if json.len() > MAX_POINTER_BYTES {
            return Err(PointerError::TooLong(json.len()));
        }
        let json: Json = serde_json::from_str(json)
            .map_err(|error| PointerError::NotAPointer(error.to_string()))?;
        Ok(Self {
            revision,
            wanted,
            covers: json.covers,
            checked_at: json.checked_at.map(|checked| checked.0),
            live: json.live,
            hold: json.hold,
            waiting: json.waiting,
        })
    }

    /// The pointer as JSON, without revision and wanted.
    ///
    /// # Errors
    /// The JSON is longer than the pointer's item may be.
    pub fn print(&self) -> Result<String, PointerError> {
        let json = Json {
            state: Some(self.state()),
            covers: self.covers,
            checked_at: self.checked_at.map(CheckedAt),
            live: self.live.clone(),
            hold: self.hold.clone(),
            waiting: self.waiting.clone(),
        };
        let json = serde_json::to_string(&json)
            .map_err(|error| PointerError::NotAPointer(error.to_string()))?;
        if json.len() > MAX_POINTER_BYTES {
            return Err(PointerError::TooLong(json.len()));
        }
        Ok(json)
    }

    /// In one word.
    pub fn state(&self) -> State {
        match self {
            Self { hold: Some(_), .. } => State::Held,
            Self { waiting: Some(_), .. } => State::Waits,
            Self { live: Some(_), .. } => State::Live,
            _ => State::Empty,
        }
    }

    /// The live release's number; 0 before the first.
    pub fn number(&self) -> u64 {
        self.live.as_ref().map_or(0, |release| release.number)
    }

    /// Whether somebody wanted a look that nobody has finished.
    pub fn is_behind(&self) -> bool {
        self.covers < self.wanted
    }

    /// This pointer's successor, the same but for the revision.
    pub(super) fn next(&self) -> Self {
        Self { revision: self.revision.saturating_add(1), ..self.clone() }
    }
}
