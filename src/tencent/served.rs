//! What a session event says: who serves a user.

use serde_json::Value;

use super::body::{MAX_BODY_BYTES, MAX_ID_BYTES, event_time};
use super::fields::Fields;

/// How the names of events begin in which a bot serves the user, as in `ChatBot.UserSendMsg`
/// (Tencent 1229/68989, "Session Event Callback").
const OF_A_BOT: &str = "ChatBot.";

/// Who served a user, and when.
///
/// Of the events of the human phase only a few names are documented, so only the fields count: an
/// event that has them, whatever its name, says who served.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Served {
    /// `ClientUserId`: who was served.
    pub client_user_id: String,
    /// `AgentId`: who served.
    pub agent_id: String,
    /// `EventTime`, in milliseconds since 1970. Events come in any order, so it says which is the
    /// latest.
    pub event_time: i64,
}

impl Served {
    /// Reads an event's body; `None` when it does not say it, or a bot served.
    pub(super) fn read(body: &[u8]) -> Option<Self> {
        if body.len() > MAX_BODY_BYTES {
            return None;
        }
        let fields = Fields::read(body)?;
        let id = |field| match fields.get(field) {
            Some(Value::String(id)) if !id.trim().is_empty() && id.len() <= MAX_ID_BYTES => {
                Some(id)
            }
            _ => None,
        };
        let event = id("Event")?;
        let is_of_a_bot = event
            .trim_start()
            .get(..OF_A_BOT.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(OF_A_BOT));
        if is_of_a_bot {
            return None;
        }
        Some(Self {
            client_user_id: id("ClientUserId")?,
            agent_id: id("AgentId")?,
            event_time: event_time(&fields).ok()?,
        })
    }
}
