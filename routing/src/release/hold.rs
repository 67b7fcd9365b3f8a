//! Why the rows are not what is live: somebody holds the live release, or what they say looks like
//! an accident.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::time;

/// Longest reason and name in a pointer, in bytes.
const MAX_WHY_BYTES: usize = 400;
const MAX_NAME_BYTES: usize = 100;
/// A hold that stands for so long may have been forgotten.
const LONG_HOLD: TimeDelta = TimeDelta::hours(4);
/// Most brief holds end before that; until then nobody needs to be told of them.
const PASSING: TimeDelta = TimeDelta::minutes(2);
/// A brief hold ends before that, unless whoever began it stopped half-way.
const LEFT_BEHIND: TimeDelta = TimeDelta::minutes(10);

/// The live release stays, whatever is edited.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Hold {
    /// A random id, so that nobody ends another's hold by mistake.
    pub id: String,
    /// Why, as somebody wrote.
    pub why: String,
    /// Since when.
    #[serde(with = "time")]
    pub since: DateTime<Utc>,
    /// Who, as they called themselves.
    pub by: String,
    /// Whether whoever began it ends it too, as soon as some rows are written.
    #[serde(default, skip_serializing_if = "is_no")]
    pub brief: bool,
}

impl Hold {
    /// A hold that somebody else will end. Long texts are cut.
    pub fn new(id: String, why: &str, by: &str, since: DateTime<Utc>) -> Self {
        let (why, by) = (cut(why, MAX_WHY_BYTES), cut(by, MAX_NAME_BYTES));
        Self { id, why, since, by, brief: false }
    }

    /// Whether it is brief and began just now: looks leave it to whoever began it.
    pub fn is_passing(&self, now: DateTime<Utc>) -> bool {
        self.brief && now - self.since < PASSING
    }

    /// Whether it is brief and should have ended: whoever began it stopped half-way.
    pub fn is_left_behind(&self, now: DateTime<Utc>) -> bool {
        self.brief && now - self.since >= LEFT_BEHIND
    }

    /// Whether it stands for 4 hours or more, which is worth an alarm.
    pub fn is_long(&self, now: DateTime<Utc>) -> bool {
        now - self.since >= LONG_HOLD
    }
}

/// The rows look like an accident, so they are not live yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Waiting {
    /// What looks like an accident, in words. Until when it waits follows from the rest.
    pub why: String,
    /// Whether all rules or all agents are gone: then it goes live by force only.
    pub total: bool,
    /// Since when every look found the same.
    #[serde(with = "time")]
    pub since: DateTime<Utc>,
    /// How many looks found it.
    pub looks: u32,
    /// The hash of what they found.
    pub found: String,
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "as serde passes it")]
fn is_no(flag: &bool) -> bool {
    !flag
}

/// White space and control characters become one space, so that JSON is not longer than the text;
/// quotes become single ones for the same reason; the rest is cut.
fn cut(text: &str, most: usize) -> String {
    let mut short = String::new();
    let clean = text.split(|c: char| c.is_whitespace() || c.is_control());
    for word in clean.filter(|word| !word.is_empty()) {
        let space = usize::from(!short.is_empty());
        for c in (space == 1).then_some(' ').into_iter().chain(word.chars()) {
            let c = match c {
                '"' => '\'',
                '\\' => '/',
                c => c,
            };
            if short.len() + c.len_utf8() > most.saturating_sub('…'.len_utf8()) {
                short.push('…');
                return short;
            }
            short.push(c);
        }
    }
    short
}
