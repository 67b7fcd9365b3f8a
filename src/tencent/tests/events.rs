//! Commands that ask for no agent, and session events.

use serde_json::json;

use super::*;

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
    let body = |user: serde_json::Value, agent: serde_json::Value| {
        json!({
            "CallbackCommand": SESSION_EVENT, "Event": "Whatever", "ClientUserId": user,
            "AgentId": agent, "EventTime": 1_725_540_020_017_i64,
        })
    };
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
    for (field, value, teaches) in [
        ("EventTime", json!("1725540020017"), true),
        ("EventTime", json!("yesterday"), false),
        ("EventTime", json!(null), false),
        ("Event", json!("ChatBot.UserSendMsg"), false),
        ("Event", json!(" chatbot.Robot"), false),
        ("Event", json!("ChatBotless"), true),
        ("Event", json!("\u{4f1a}\u{8bdd}\u{5f00}\u{59cb}"), true),
        ("Event", json!(7), false),
    ] {
        let mut body = good.clone();
        body[field] = value.clone();
        assert_eq!(served(true, body).is_some(), teaches, "{field}: {value}");
    }
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
