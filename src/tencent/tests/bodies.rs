//! Requests for an agent, by their bodies.

use serde_json::json;

use super::*;

#[test]
fn the_documented_callback() {
    let Received::Assign(callback) = receive_at(&raw(), &locks(|_| {}), TIME) else { panic!() };
    let session = callback.session();
    assert_eq!(
        (session.session_id.as_str(), session.client_user_id.as_str()),
        ("aa-bb-cc-dd", "123")
    );
    assert_eq!((session.event_time, session.sdk_app_id), (1_670_574_414_123, 1_400_000_000));
    assert_eq!(
        (session.platform.as_deref(), session.client_ip),
        (Some("iOS"), Some("203.0.113.7".parse().unwrap()))
    );
    assert_eq!(session.customer_service_id, None);
}

#[test]
fn a_bad_body_names_the_field() {
    let changed = |field: &str, value: serde_json::Value| {
        let mut body = body();
        body[field] = value;
        body.to_string()
    };
    let without = |field: &str| {
        let mut body = body();
        body.as_object_mut().unwrap().remove(field);
        body.to_string()
    };
    let long = "x".repeat(513);
    for (body, reason, info) in [
        (String::new(), Reason::BodyNotJson, "body is not a JSON object"),
        ("[]".into(), Reason::BodyNotJson, "body is not a JSON object"),
        (format!("{}x", super::tests::body()), Reason::BodyNotJson, "body is not a JSON object"),
        ("[".repeat(60_000), Reason::BodyNotJson, "body is not a JSON object"),
        (
            format!("{{\"x\":\"{}\"}}", "y".repeat(65_536)),
            Reason::BodyTooLarge,
            "body is larger than 64 KiB",
        ),
        (without("SessionId"), Reason::FieldMissing, "SessionId is missing"),
        (without("ClientUserId"), Reason::FieldMissing, "ClientUserId is missing"),
        (without("EventTime"), Reason::FieldMissing, "EventTime is missing"),
        (without("CallbackCommand"), Reason::FieldMissing, "CallbackCommand is missing"),
        (changed("SessionId", "".into()), Reason::FieldEmpty, "SessionId is empty"),
        (changed("ClientUserId", "  ".into()), Reason::FieldEmpty, "ClientUserId is empty"),
        (changed("EventTime", "".into()), Reason::FieldEmpty, "EventTime is empty"),
        (changed("SessionId", 5.into()), Reason::FieldKind, "SessionId is not a string"),
        (changed("ClientUserId", json!(null)), Reason::FieldKind, "ClientUserId is not a string"),
        (
            changed("EventTime", "soon".into()),
            Reason::FieldKind,
            "EventTime is not a time in milliseconds",
        ),
        (
            changed("EventTime", json!(1.5)),
            Reason::FieldKind,
            "EventTime is not a time in milliseconds",
        ),
        (
            changed("EventTime", json!(9e15)),
            Reason::FieldKind,
            "EventTime is not a time in milliseconds",
        ),
        (
            changed("EventTime", json!([1])),
            Reason::FieldKind,
            "EventTime is not a time in milliseconds",
        ),
        (
            changed("CustomerServiceId", json!([])),
            Reason::FieldKind,
            "CustomerServiceId is not a string",
        ),
        (
            changed("SessionId", long.clone().into()),
            Reason::FieldTooLong,
            "SessionId is longer than 512 bytes",
        ),
        (
            changed("ClientUserId", long.clone().into()),
            Reason::FieldTooLong,
            "ClientUserId is longer than 512 bytes",
        ),
        (
            changed("CallbackCommand", "Desk.SessionEventNotify".into()),
            Reason::CommandMismatch,
            "CallbackCommand differs between URL and body",
        ),
    ] {
        let Received::BadBody(error) = with_body(&body) else { panic!("{body:.100}") };
        assert_eq!((error.reason, error.error_info().as_str()), (reason, info), "{body:.100}");
    }
    let raw = RawCallback { body: None, ..raw() };
    assert!(
        matches!(receive_at(&raw, &locks(|_| {}), TIME), Received::BadBody(_)),
        "base64 that is none"
    );
}

#[test]
fn lenient_bodies() {
    for (field, value) in [
        ("EventTime", json!("1670574414123")),
        ("EventTime", json!(1_670_574_414_123.0)),
        ("EventTime", json!(" 1670574414123 ")),
        ("CustomerServiceId", json!(null)),
        ("CustomerServiceId", json!("")),
        ("Unknown", json!({ "deep": [1, 2] })),
        ("SessionId", json!("x".repeat(512))),
    ] {
        let mut body = body();
        body[field] = value.clone();
        let Received::Assign(callback) = with_body(&body) else { panic!("{field} {value}") };
        assert_eq!(
            callback.session().event_time,
            1_670_574_414_123,
            "typed as text or number, the same event"
        );
        assert_eq!(callback.session().customer_service_id, None);
    }
}

#[test]
fn the_largest_body_and_the_account_that_the_user_wrote_to() {
    let mut body = body();
    body["CustomerServiceId"] = "shop".into();
    body["Notes"] = "".into();
    let filler = 65_536 - body.to_string().len();
    body["Notes"] = "x".repeat(filler).into();
    let Received::Assign(callback) = with_body(&body) else { panic!("64 KiB are not too many") };
    assert_eq!(callback.session().customer_service_id.as_deref(), Some("shop"));
    body["Notes"] = "x".repeat(filler + 1).into();
    assert!(matches!(with_body(&body), Received::BadBody(_)));
}

/// Fields that are not documented are normal, whatever they hold; a documented one must be
/// readable.
#[test]
fn unknown_fields_are_skipped_and_not_read() {
    let good = body().to_string();
    let with = |more: &str| good.replacen('{', &format!("{{{more},"), 1);
    let deep = format!("\"Ext\":{}{}", "[".repeat(20_000), "]".repeat(20_000));
    for more in [
        r#""NickName":"x\ud83d""#,
        r#""\ud83d":1"#,
        r#""Score":1e999"#,
        deep.as_str(),
        r#""Ext":{"SessionId":[]}"#,
        r#""SessionId":7"#,
    ] {
        assert!(super::body::parse(Some(with(more).as_bytes()), true).is_ok(), "{more}");
    }
    for (field, value) in [
        ("SessionId", r#""x\ud83d""#),
        ("ClientUserId", "1e999"),
        ("EventTime", "1e999"),
        ("CustomerServiceId", &deep.replace("\"Ext\":", "")),
    ] {
        let end = format!(",\"{field}\":{value}}}");
        let bad = format!("{}{end}", good.trim_end_matches('}'));
        let error = super::body::parse(Some(bad.as_bytes()), true).err().unwrap();
        assert_eq!(error.reason, Reason::FieldKind, "{field}");
        assert!(error.error_info().starts_with(field));
    }
}

/// A bug of ours behind the locks is no refusal; the URL says whether an agent may be asked for.
#[test]
fn a_panic_behind_the_locks_is_a_fault() {
    for (command, expected) in [
        (Some("ChatBot.OnAssignAgent"), true),
        (None, true),
        (Some("Desk.SessionEventNotify"), false),
    ] {
        let received = unlocked(|| panic!("a bug"), command);
        let Received::Fault { is_assign } = received else { panic!("{command:?}: {received:?}") };
        assert_eq!(is_assign, expected, "{command:?}");
    }
}
