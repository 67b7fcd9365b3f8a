//! What the operator function is invoked with.

use routing::release::Order;
use serde_json::Value as Json;

/// An event that is ours.
#[derive(Debug, PartialEq)]
pub(super) enum Event<'a> {
    /// Records of the streams of the tables that people edit.
    Records(&'a [Json]),
    /// A look at all rows: every five minutes.
    Look,
    /// What a person asks of releases.
    Order(Order),
    /// The whole check: daily.
    Check,
    /// A dry decision about this request.
    Explain(&'a Json),
}

/// What an event may be.
const EXPECTED: &str = concat!(
    r#"expected records of a stream, a schedule's event, `{"Look": {}}`, `{"Check": {}}`, "#,
    r#"`{"Publish": {}}`, `{"Publish": {"Release": 40}}`, `{"Hold": {"Why": "…"}}`, "#,
    r#"`{"Erase": {"Release": 40}}`, or `{"Explain": {"SessionId": …, "ClientUserId": …}}`"#
);

impl<'a> Event<'a> {
    /// Reads an event.
    ///
    /// # Errors
    /// It is none of ours, or a bad order: what is wrong, for people.
    pub(super) fn read(event: &'a Json) -> Result<Self, String> {
        if let Some(records) = event.get("Records").and_then(Json::as_array) {
            return Ok(Self::Records(records));
        }
        if let Some(request) = event.get("Explain") {
            return Ok(Self::Explain(request));
        }
        if let Some(order) = Order::read(event)? {
            return Ok(Self::Order(order));
        }
        if event.get("Check").is_some() {
            return Ok(Self::Check);
        }
        let source = event.get("source").and_then(Json::as_str);
        let is_scheduled = source.is_some_and(|source| source.starts_with("aws."));
        if is_scheduled || event.get("Look").is_some() {
            return Ok(Self::Look);
        }
        Err(EXPECTED.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn every_kind_of_event() {
        let hold = Order::Hold { why: "moving".to_owned(), by: "kim".to_owned(), brief: false };
        for (event, expected) in [
            (json!({ "Records": [] }), Event::Records(&[])),
            (json!({ "source": "aws.events", "detail-type": "Scheduled Event" }), Event::Look),
            (json!({ "Look": {} }), Event::Look),
            (json!({ "Check": {} }), Event::Check),
            (json!({ "Hold": { "Why": "moving", "By": "kim" } }), Event::Order(hold)),
            (json!({ "Explain": 1 }), Event::Explain(&json!(1))),
        ] {
            assert_eq!(Event::read(&event).unwrap(), expected, "{event}");
        }
        for (event, wrong) in [
            (json!({ "source": "me" }), "expected records of a stream"),
            (json!({ "Publish": { "Relaese": 1 } }), "unknown field `Relaese`"),
            (json!([]), "expected records of a stream"),
        ] {
            let error = Event::read(&event).unwrap_err();
            assert!(error.contains(wrong), "{error}");
        }
    }
}
