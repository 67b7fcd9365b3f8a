//! Answers in time and records, without tables.

use std::sync::Mutex;
use std::time::Duration;

use super::deadline::RESERVE;
use super::*;
use crate::tencent::sign;

fn webhook(default_group: &str) -> Webhook {
    recorded(&[("CALLBACK_TOKENS", "token"), ("DEFAULT_AGENT_GROUP_ID", default_group)]).0
}

/// A webhook with these settings more, and the records that it writes: outcome and reason.
fn recorded(more: &[(&str, &str)]) -> (Webhook, Arc<Mutex<Vec<String>>>) {
    let settings = Settings::read(|name| match name {
        "RULES_TABLE" | "AGENTS_TABLE" => Some("t".to_owned()),
        "SDK_APP_IDS" => Some("1400000000".to_owned()),
        _ => more.iter().find(|(more, _)| *more == name).map(|(_, value)| (*value).to_owned()),
    });
    let settings = settings.unwrap();
    let tables = Tables::with_credentials(&settings, None);
    let records: Arc<Mutex<Vec<String>>> = Arc::default();
    let written = Arc::clone(&records);
    let sink = move |line: &str| {
        let line: serde_json::Value = serde_json::from_str(line).unwrap();
        if let (Some(outcome), Some(reason)) = (line["outcome"].as_str(), line["reason"].as_str()) {
            written.lock().unwrap().push(format!("{outcome} {reason}"));
        }
    };
    (Webhook::new(settings, tables, Log::new(Box::new(sink), true)), records)
}

/// A POST by this command, signed by the token `token`.
fn call(command: &str, body: &str) -> RawCallback {
    let time = Utc::now().timestamp().to_string();
    let sign = sign("token", &time);
    RawCallback {
        method: "POST".into(),
        path: "/".into(),
        query: format!(
            "SdkAppid=1400000000&CallbackCommand={command}&Sign={sign}&RequestTime={time}"
        ),
        source_ip: None,
        body: Some(body.into()),
        received_ms: 0,
        is_probe: false,
    }
}

/// Where anybody who finds the URL is answered, a flood of what asks for nothing fills no log.
#[tokio::test]
async fn what_nobody_proved_and_asks_for_nothing_is_recorded_once() {
    let session_event = concat!(
        r#"{"CallbackCommand":"Desk.SessionEventNotify","Event":"SessionBegin","#,
        r#""ClientUserId":"u","AgentId":"a","EventTime":1}"#,
    );
    let calls = || {
        [
            call("State.StateChange", "{}"),
            call("Desk.SessionEventNotify", session_event),
            RawCallback { method: "GET".into(), ..call("", "") },
            RawCallback { method: "DELETE".into(), ..call("", "") },
            call("State.StateChange", "{}"),
        ]
    };
    let ignored = "ignored other_command";
    for (lock, expected) in [
        (("ALLOW_UNAUTHENTICATED", "true"), &[ignored] as &[&str]),
        // Of the two that prove nothing, the first.
        (("CALLBACK_TOKENS", "token"), &[ignored, ignored, "ignored health_check", ignored]),
    ] {
        let (webhook, records) = recorded(&[lock]);
        for call in calls() {
            webhook.answer(Some(call)).await;
        }
        assert_eq!(*records.lock().unwrap(), expected, "{lock:?}");
        // What is to be mended is told each time.
        for _ in 0..2 {
            webhook.answer(Some(call("ChatBot.OnAssignAgent", "no"))).await;
        }
        assert_eq!(records.lock().unwrap().len(), expected.len() + 2, "{lock:?}");
    }
}

/// Behind the locks a bug is answered as any fault is, also where it keeps a body from being read.
#[tokio::test]
async fn what_a_bug_keeps_from_being_read_is_answered_all_the_same() {
    let (webhook, records) =
        recorded(&[("CALLBACK_TOKENS", "token"), ("DEFAULT_AGENT_GROUP_ID", "7")]);
    let by_default = r#"{"ActionStatus":"OK","ErrorInfo":"","ErrorCode":0,"AgentGroupId":7}"#;
    let acknowledged = r#"{"ActionStatus":"OK","ErrorInfo":"","ErrorCode":0}"#;
    for (is_assign, body) in [(true, by_default), (false, acknowledged)] {
        let (now, started) = (Utc::now(), Instant::now());
        let (received, deadline) = (Received::Fault { is_assign }, started + RESERVE);
        let answered =
            webhook.answer_received(received, now, started, deadline, Record::at(now)).await;
        assert_eq!((answered.status, answered.body().as_str()), (200, body));
    }
    assert_eq!(*records.lock().unwrap(), ["fallback fault", "ignored fault"]);
}

#[tokio::test]
async fn a_panic_or_a_passed_deadline_is_answered_all_the_same() {
    let soon = Instant::now() + Duration::from_millis(20);
    for (default_group, body) in [
        ("7", r#"{"ActionStatus":"OK","ErrorInfo":"","ErrorCode":0,"AgentGroupId":7}"#),
        (
            "",
            concat!(
                r#"{"ActionStatus":"FAIL","ErrorInfo":"no answer is available right now and "#,
                r#"no default group is set","ErrorCode":1}"#,
            ),
        ),
    ] {
        let webhook = webhook(default_group);
        let panicked = guarded(soon, async { panic!("a bug") }).await;
        assert_eq!(panicked, Err::<(), _>(Reason::Fault));
        let late = guarded(soon, std::future::pending()).await;
        assert_eq!(late, Err::<(), _>(Reason::Deadline));
        for reason in [Reason::Fault, Reason::Deadline] {
            let decision = Decision::fallback(reason, webhook.settings.default_group);
            assert_eq!(Answer::from_decision(&decision).body(), body);
        }
    }
}

#[test]
fn the_time_left_counts_from_api_gateway_when_it_can_be_believed() {
    let webhook = webhook("");
    let now = DateTime::from_timestamp_millis(1_795_000_000_000).unwrap();
    let left = |waited_ms: i64, is_first| {
        webhook.time_left(now, now.timestamp_millis() - waited_ms, is_first).as_millis()
    };
    for (waited_ms, is_first, expected) in [
        (0, false, 1_200),
        (200, false, 1_000),
        (5_000, false, 0),
        (1_150, true, 300),
        (100, true, 1_100),
        (10_001, false, 1_200),
        (-500, false, 1_200),
        (now.timestamp_millis(), false, 1_200),
    ] {
        assert_eq!(left(waited_ms, is_first), expected, "waited {waited_ms} ms, first: {is_first}");
    }
}
