//! What a session event says: who serves a user.

use serde::Deserialize;

use super::body::{MAX_BODY_BYTES, MAX_ID_BYTES};

/// Who serves a user right now.
///
/// Of the events only a few names are documented, so only the fields count: an event that has both, whatever its name, says who serves.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "PascalCase")]
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
        let served: Self = serde_json::from_slice(body).ok()?;
        let is_id = |id: &str| !id.trim().is_empty() && id.len() <= MAX_ID_BYTES;
        (is_id(&served.client_user_id) && is_id(&served.agent_id)).then_some(served)
    }
}
