//! The body: a JSON object of documented fields; unknown ones are normal.

use serde_json::Value;

use super::command::is_assign;
use super::fields::Fields;
use routing::decide::Reason;

/// Largest body, in bytes.
pub(crate) const MAX_BODY_BYTES: usize = 64 * 1024;
/// Longest id, in bytes.
pub(super) const MAX_ID_BYTES: usize = 512;

/// Why a body cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BodyError {
    /// The code for the record.
    pub reason: Reason,
    /// What Tencent is told: it names the field.
    pub message: &'static str,
    field: &'static str,
}

impl BodyError {
    /// The `ErrorInfo` of the answer.
    pub(crate) fn error_info(&self) -> String {
        if self.field.is_empty() {
            self.message.to_owned()
        } else {
            format!("{} {}", self.field, self.message)
        }
    }
}

/// The fields of a request for an agent.
pub(super) struct Body {
    pub(super) session_id: String,
    pub(super) client_user_id: String,
    pub(super) event_time: i64,
    pub(super) customer_service_id: Option<String>,
}

/// What a body asks for.
pub(super) enum Parsed {
    /// Asks for an agent.
    Assign(Body),
    /// Something else, by this command; only the body can name it when the URL has none.
    Other(String),
}

/// Reads a body.
pub(super) fn parse(bytes: Option<&[u8]>, command_in_url: bool) -> Result<Parsed, BodyError> {
    let bytes = bytes.unwrap_or_default();
    if bytes.len() > MAX_BODY_BYTES {
        return Err(error(Reason::BodyTooLarge, "", "body is larger than 64 KiB"));
    }
    let fields =
        Fields::read(bytes).ok_or(error(Reason::BodyNotJson, "", "body is not a JSON object"))?;
    let command = text(&fields, "CallbackCommand")?;
    if !is_assign(&command) {
        if command_in_url {
            return Err(error(
                Reason::CommandMismatch,
                "CallbackCommand",
                "differs between URL and body",
            ));
        }
        return Ok(Parsed::Other(command));
    }
    Ok(Parsed::Assign(Body {
        session_id: text(&fields, "SessionId")?,
        client_user_id: text(&fields, "ClientUserId")?,
        event_time: event_time(&fields)?,
        customer_service_id: optional_text(&fields, "CustomerServiceId")?,
    }))
}

fn error(reason: Reason, field: &'static str, message: &'static str) -> BodyError {
    BodyError { reason, message, field }
}

/// An id that must be there: a text of 1 to 512 bytes.
fn text(fields: &Fields<'_>, field: &'static str) -> Result<String, BodyError> {
    match fields.get(field) {
        None => Err(error(Reason::FieldMissing, field, "is missing")),
        Some(Value::String(text)) if text.trim().is_empty() => {
            Err(error(Reason::FieldEmpty, field, "is empty"))
        }
        Some(Value::String(text)) if text.len() > MAX_ID_BYTES => {
            Err(error(Reason::FieldTooLong, field, "is longer than 512 bytes"))
        }
        Some(Value::String(text)) => Ok(text),
        Some(_) => Err(error(Reason::FieldKind, field, "is not a string")),
    }
}

/// An optional id: absent, null and empty are the same.
fn optional_text(fields: &Fields<'_>, field: &'static str) -> Result<Option<String>, BodyError> {
    match fields.get(field) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) if text.trim().is_empty() => Ok(None),
        Some(_) => text(fields, field).map(Some),
    }
}

/// Milliseconds since 1970, as a number or as text: the same event either way.
pub(super) fn event_time(fields: &Fields<'_>) -> Result<i64, BodyError> {
    const FIELD: &str = "EventTime";
    let time = match fields.get(FIELD) {
        None => return Err(error(Reason::FieldMissing, FIELD, "is missing")),
        Some(Value::Number(number)) => number.as_i64().or_else(|| {
            // A whole number written with a fraction or an exponent.
            number
                .as_f64()
                .filter(|time| time.fract() == 0.0 && time.abs() < 9e15)
                .map(|time| time as i64)
        }),
        Some(Value::String(text)) if text.trim().is_empty() => {
            return Err(error(Reason::FieldEmpty, FIELD, "is empty"));
        }
        Some(Value::String(text)) => text.trim().parse().ok(),
        Some(_) => None,
    };
    time.filter(|time| *time >= 0).ok_or(error(
        Reason::FieldKind,
        FIELD,
        "is not a time in milliseconds",
    ))
}
