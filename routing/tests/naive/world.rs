//! What there is in a world: rows as JSON, settings, and requests.

use serde_json::Value;

/// Rows and settings.
#[derive(Debug)]
pub(crate) struct World {
    pub(crate) zone: &'static str,
    pub(crate) country: &'static str,
    pub(crate) default_group: Option<i64>,
    pub(crate) rules: Vec<Value>,
    pub(crate) agents: Vec<Value>,
    pub(crate) calendars: Vec<Value>,
    pub(crate) requests: Vec<Request>,
}

/// A request for a human.
#[derive(Debug, Clone)]
pub(crate) struct Request {
    /// Minutes since 1970.
    pub(crate) now: i64,
    pub(crate) user: String,
    pub(crate) platform: Option<&'static str>,
    pub(crate) address: Option<&'static str>,
    pub(crate) account: Option<&'static str>,
    pub(crate) app: u64,
    /// The user's row, if there is one; an error when it cannot be read.
    pub(crate) customer: Result<Option<Value>, ()>,
}

impl World {
    pub(crate) fn calendar(&self, id: &str) -> &Value {
        self.calendars.iter().find(|row| row["CalendarId"] == id).unwrap()
    }
}
