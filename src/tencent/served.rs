//! What a session event says: who serves a user.

use serde_json::Value;

use super::body::{MAX_BODY_BYTES, MAX_ID_BYTES};
use super::fields::Fields;

/// Who serves a user right now.
///
/// Of the events only a few names are documented, so only the fields count: an event that has both,
/// whatever its name, says who serves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Served {
    /// `ClientUserId`.
    pub client_user_id: String,
    /// `AgentId`.
    pub agent_id: String,
}

impl Served {
    /// Reads an event's body; `None` when it does not say it.
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
        Some(Self { client_user_id: id("ClientUserId")?, agent_id: id("AgentId")? })
    }
}
