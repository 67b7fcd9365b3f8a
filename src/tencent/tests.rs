//! The protocol, row by row of its table, in its order.

use proptest::prelude::*;
use serde_json::json;

use super::*;
use crate::settings::LockSettings;

/// Tencent's published vector.
const TOKEN: &str = "xxxxyyyy";
const TIME: i64 = 1_669_872_112;
const SIGN: &str = "17773bc39a671d7b9aa835458704d2a6db81360a5940292b587d6d760d484061";
const SECRET: &str = "abcdefgh12345678";

fn locks(change: impl FnOnce(&mut LockSettings)) -> Locks {
    let mut settings = LockSettings {
        sdk_app_ids: vec![1_400_000_000, 1_400_000_001],
        tokens: vec!["other".into(), TOKEN.into()],
        tokens_parameter: None,
        path_secret_hashes: Vec::new(),
        source_ranges: Vec::new(),
    };
    change(&mut settings);
    Locks::new(settings)
}

fn query() -> String {
    format!(
        "SdkAppid=1400000000&CallbackCommand=ChatBot.OnAssignAgent&contenttype=json&ClientIP=203.0.113.7&OptPlatform=iOS&Sign={SIGN}&RequestTime={TIME}"
    )
}

fn body() -> serde_json::Value {
    json!({ "CallbackCommand": "ChatBot.OnAssignAgent", "SessionId": "aa-bb-cc-dd", "ClientUserId": "123", "EventTime": 1_670_574_414_123_i64 })
}

fn raw() -> RawCallback {
    RawCallback {
        method: "POST".into(),
        path: "/".into(),
        query: query(),
        source_ip: Some("198.51.100.9".into()),
        body: Some(body().to_string().into_bytes()),
        received_ms: 0,
    }
}

fn receive_at(raw: &RawCallback, locks: &Locks, seconds: i64) -> Received {
    receive(raw, locks, DateTime::from_timestamp(seconds, 0).unwrap())
}

fn rejection(raw: &RawCallback, locks: &Locks) -> Option<Reason> {
    match receive_at(raw, locks, TIME) {
        Received::Rejected(reason) => Some(reason),
        _ => None,
    }
}

fn with_query(query: String) -> RawCallback {
    RawCallback { query, ..raw() }
}

fn with_body(body: impl ToString) -> Received {
    let raw = RawCallback { body: Some(body.to_string().into_bytes()), ..raw() };
    receive_at(&raw, &locks(|_| {}), TIME)
}

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
fn methods_come_before_the_locks() {
    for (method, expected) in [
        ("GET", "HealthCheck"),
        ("HEAD", "HealthCheck"),
        ("PUT", "WrongMethod"),
        ("OPTIONS", "WrongMethod"),
    ] {
        let raw = RawCallback { method: method.into(), query: String::new(), body: None, ..raw() };
        assert_eq!(format!("{:?}", receive_at(&raw, &locks(|_| {}), TIME)), expected);
    }
}

#[test]
fn the_signature_lock() {
    let locks = locks(|_| {});
    for (change, reason) in [
        (("Sign=", "Sing="), Reason::Unsigned),
        (("RequestTime=", "Time="), Reason::Unsigned),
        (("Sign=1777", "Sign=1778"), Reason::Signature),
        (("Sign=17773bc", "Sign=17773BC"), Reason::Signature),
        (("Sign=17773bc", "Sign="), Reason::Signature),
        (("RequestTime=1669872112", "RequestTime=1669872113"), Reason::Signature),
        (("RequestTime=1669872112", "RequestTime=01669872112"), Reason::Signature),
        (("RequestTime=1669872112", "RequestTime=1669872173"), Reason::RequestTime),
        (("RequestTime=1669872112", "RequestTime="), Reason::RequestTime),
        (("RequestTime=1669872112", "RequestTime=-1"), Reason::RequestTime),
        (("RequestTime=1669872112", "RequestTime=1669872112.0"), Reason::RequestTime),
        (("RequestTime=1669872112", "RequestTime=99999999999999999999"), Reason::RequestTime),
        (("RequestTime=1669872112", "RequestTime=+1669872112"), Reason::RequestTime),
    ] {
        let query = query().replace(change.0, change.1);
        assert_eq!(rejection(&with_query(query), &locks), Some(reason), "{change:?}");
    }
    // Tokens that could not be read yet open nothing; those read later do.
    let unread = self::locks(|settings| {
        settings.tokens = Vec::new();
        settings.tokens_parameter = Some("/desk/tokens".into());
    });
    assert_eq!(rejection(&raw(), &unread), Some(Reason::NoTokens));
    let empty = with_query(query().replace(SIGN, &sign("", &TIME.to_string())));
    assert_eq!(rejection(&empty, &unread), Some(Reason::NoTokens));
    assert_eq!(rejection(&raw(), &unread.with_tokens(vec![TOKEN.into()])), None);
    assert_eq!(rejection(&raw(), &locks.with_tokens(vec!["new".into()])), Some(Reason::Signature));
    for (seconds, good) in
        [(TIME - 61, false), (TIME - 60, true), (TIME + 60, true), (TIME + 61, false)]
    {
        assert_eq!(
            matches!(receive_at(&raw(), &locks, seconds), Received::Assign(_)),
            good,
            "{}",
            seconds - TIME
        );
    }
}

/// Signed by the token, but not as Tencent writes a time.
#[test]
fn a_request_time_is_at_most_12_digits() {
    for (time, rejected) in [
        ("1669872112", None),
        ("001669872112", None),
        ("0001669872112", Some(Reason::RequestTime)),
        ("+1669872112", Some(Reason::RequestTime)),
    ] {
        let query = query().replace(SIGN, &sign(TOKEN, time)).replace(
            "RequestTime=1669872112",
            &format!("RequestTime={}", time.replace('+', "%2B")),
        );
        assert_eq!(rejection(&with_query(query), &locks(|_| {})), rejected, "{time}");
    }
}

#[test]
fn a_token_given_twice_still_opens() {
    let twice = locks(|settings| settings.tokens = vec![TOKEN.into(), TOKEN.into()]);
    assert_eq!(rejection(&raw(), &twice), None);
}

#[test]
fn a_query_string_is_at_most_16_kib() {
    for (length, rejected) in [
        (16_384, None),
        (16_385, Some(Reason::UnreadableEvent)),
        (20_000, Some(Reason::UnreadableEvent)),
    ] {
        let query = query() + "&x=";
        let filler = "y".repeat(length - query.len());
        assert_eq!(rejection(&with_query(query + &filler), &locks(|_| {})), rejected, "{length}");
    }
}

#[test]
fn the_app_id_is_always_checked() {
    let unlocked = locks(|settings| settings.tokens.clear());
    for query in [
        "",
        "SdkAppid=",
        "SdkAppid=1400000002",
        "SdkAppid=abc",
        "SdkAppid=-1",
        "SdkAppidd=1400000000",
    ] {
        assert_eq!(
            rejection(&with_query(query.into()), &unlocked),
            Some(Reason::SdkAppId),
            "{query}"
        );
    }
    for query in ["SdkAppId=1400000000", "SDKAPPID=1400000001", "sdkappid=1400000000&RequestID=7"] {
        assert!(
            matches!(receive_at(&with_query(query.into()), &unlocked, TIME), Received::Assign(_)),
            "{query}"
        );
    }
}

#[test]
fn what_a_lock_depends_on_may_not_be_repeated() {
    for again in [
        "&Sign=x",
        "&sign=17773bc",
        "&RequestTime=1669872112",
        "&SdkAppid=1400000000",
        "&SDKAPPID=1",
    ] {
        assert_eq!(
            rejection(&with_query(query() + again), &locks(|_| {})),
            Some(Reason::RepeatedParameter),
            "{again}"
        );
    }
    let twice = with_query(query() + "&OptPlatform=Web&ClientIP=::1&contenttype=JSON");
    let Received::Assign(callback) = receive_at(&twice, &locks(|_| {}), TIME) else { panic!() };
    assert_eq!(callback.session().platform.as_deref(), Some("iOS"), "the first counts");
}

#[test]
fn the_path_lock() {
    let long = "a".repeat(1_025);
    let secrets = ["0000000000000000", SECRET, "short", "with/slash/inside", &long];
    let locks = locks(|settings| {
        settings.path_secret_hashes = secrets.map(path_secret_hash).to_vec();
    });
    for (path, good) in [
        ("/abcdefgh12345678", true),
        ("/0000000000000000", true),
        ("/", false),
        ("", false),
        ("abcdefgh12345678", false),
        ("/abcdefgh12345678/", false),
        ("//abcdefgh12345678", false),
        ("/Abcdefgh12345678", false),
        ("/abcdefgh1234567", false),
        // The hash alone opens nothing, nor does what is no secret, whatever hash is set.
        (&format!("/{}", hex::encode(path_secret_hash(SECRET))), false),
        ("/short", false),
        ("/with/slash/inside", false),
        (&format!("/{long}"), false),
    ] {
        let raw = RawCallback { path: path.into(), ..raw() };
        assert_eq!(rejection(&raw, &locks), (!good).then_some(Reason::Path), "{path}");
    }
}

#[test]
fn the_source_lock() {
    let locks = locks(|settings| {
        settings.source_ranges =
            vec!["198.51.100.0/24".parse().unwrap(), "2001:db8::/32".parse().unwrap()]
    });
    for (source, good) in [
        (Some("198.51.100.9"), true),
        (Some("::ffff:198.51.100.9"), true),
        (Some("2001:db8::9"), true),
        (Some("203.0.113.7"), false),
        (Some("nonsense"), false),
        (None, false),
    ] {
        let raw = RawCallback { source_ip: source.map(str::to_owned), ..raw() };
        assert_eq!(rejection(&raw, &locks), (!good).then_some(Reason::Source), "{source:?}");
    }
}

#[test]
fn other_commands_are_acknowledged_whatever_the_body() {
    let other = query().replace("ChatBot.OnAssignAgent", "Desk.SessionEventNotify");
    for body in [
        None,
        Some(b"not json".to_vec()),
        Some(vec![b' '; 100_000]),
        Some(body().to_string().into_bytes()),
    ] {
        let raw = RawCallback { body, ..with_query(other.clone()) };
        assert!(matches!(receive_at(&raw, &locks(|_| {}), TIME), Received::OtherCommand));
    }
    let without = query().replace("&CallbackCommand=ChatBot.OnAssignAgent", "");
    let raw = RawCallback {
        body: Some(br#"{"CallbackCommand":"Bot.Other"}"#.to_vec()),
        ..with_query(without.clone())
    };
    assert!(
        matches!(receive_at(&raw, &locks(|_| {}), TIME), Received::OtherCommand),
        "without one in the URL, the body's"
    );
    assert!(matches!(receive_at(&with_query(without), &locks(|_| {}), TIME), Received::Assign(_)));
}

#[test]
fn both_names_of_the_command() {
    for url in ["ChatBot.OnAssignAgent", "ChatBot.OnAssignHuman"] {
        let mut body = body();
        body["CallbackCommand"] = "ChatBot.OnAssignHuman".into();
        let query = query().replace("ChatBot.OnAssignAgent", url);
        let raw = RawCallback { body: Some(body.to_string().into_bytes()), ..with_query(query) };
        assert!(
            matches!(receive_at(&raw, &locks(|_| {}), TIME), Received::Assign(_)),
            "{url}: two names for one job do not disagree"
        );
    }
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

proptest! {
    #[test]
    fn what_is_signed_verifies_and_any_flipped_character_fails(
        token in "[ -~]{1,40}", seconds in 1_000_000_000_i64..9_999_999_999, place in 0_usize..64, flip in 1_u8..16,
    ) {
        let locks = locks(|settings| settings.tokens = vec![token.clone()]);
        let good = sign(&token, &seconds.to_string());
        let query = |sign: &str| format!("SdkAppid=1400000000&Sign={sign}&RequestTime={seconds}");
        let accepted = matches!(receive_at(&with_query(query(&good)), &locks, seconds), Received::Assign(_));
        prop_assert!(accepted);
        let digit = good.chars().nth(place).unwrap().to_digit(16).unwrap() as u8 ^ flip;
        let mut bad = good.clone();
        bad.replace_range(place..=place, &format!("{digit:x}"));
        let refused = matches!(receive_at(&with_query(query(&bad)), &locks, seconds), Received::Rejected(Reason::Signature));
        prop_assert!(refused);
    }

    #[test]
    fn nothing_that_arrives_panics(method in "GET|POST|PUT", path in ".{0,40}", query in ".{0,200}", body in prop::collection::vec(any::<u8>(), 0..200)) {
        let raw = RawCallback { method, path, query, source_ip: None, body: Some(body), received_ms: 0 };
        receive_at(&raw, &locks(|_| {}), TIME);
        receive_at(&raw, &locks(|settings| settings.tokens.clear()), TIME);
    }
}

#[test]
fn a_session_event_that_says_who_serves() {
    let served = |command_in_url: bool, body: serde_json::Value| {
        let query = if command_in_url {
            query().replace(ASSIGN_COMMANDS[0], SESSION_EVENT)
        } else {
            query().replace("CallbackCommand=ChatBot.OnAssignAgent&", "")
        };
        let raw = RawCallback { query, body: Some(body.to_string().into_bytes()), ..raw() };
        match receive_at(&raw, &locks(|_| {}), TIME) {
            Received::SessionEvent(served) => Some((served.client_user_id, served.agent_id)),
            Received::OtherCommand => None,
            other => panic!("{other:?}"),
        }
    };
    let body = |user: serde_json::Value, agent: serde_json::Value| json!({ "CallbackCommand": SESSION_EVENT, "Event": "Whatever", "ClientUserId": user, "AgentId": agent, "EventTime": "?" });
    let good = body("u".into(), "ann".into());
    for command_in_url in [true, false] {
        assert_eq!(served(command_in_url, good.clone()), Some(("u".into(), "ann".into())));
    }
    let long = "x".repeat(513);
    for (user, agent) in [
        (json!(""), json!("ann")),
        (json!("u"), json!(" ")),
        (json!(long), json!("ann")),
        (json!("u"), json!(long)),
        (json!(7), json!("ann")),
        (json!("u"), json!(null)),
    ] {
        assert_eq!(served(true, body(user, agent)), None);
    }
    assert_eq!(served(true, json!({ "ClientUserId": "u" })), None);
    assert_eq!(served(true, json!(["u", "ann"])), None, "an array is no object with these fields");
    let mut huge = good;
    huge["Msg"] = "".into();
    let filler = 64 * 1024 - huge.to_string().len();
    for (more, teaches) in [(0, true), (1, false)] {
        huge["Msg"] = "x".repeat(filler + more).into();
        assert_eq!(served(true, huge.clone()).is_some(), teaches, "{more} bytes more than 64 KiB");
    }
    // Another command teaches nothing, whatever its body.
    let raw = RawCallback {
        query: query().replace(ASSIGN_COMMANDS[0], "C2C.CallbackAfterSendMsg"),
        ..raw()
    };
    let raw =
        RawCallback { body: Some(body("u".into(), "ann".into()).to_string().into_bytes()), ..raw };
    assert!(matches!(receive_at(&raw, &locks(|_| {}), TIME), Received::OtherCommand));
}

/// Fields that are not documented are normal, whatever they hold; a documented one must be readable.
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
