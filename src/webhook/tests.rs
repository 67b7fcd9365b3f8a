use super::*;

fn webhook(default_group: &str) -> Webhook {
    let settings = Settings::read(|name| match name {
        "RULES_TABLE" | "AGENTS_TABLE" => Some("t".to_owned()),
        "SDK_APP_IDS" => Some("1400000000".to_owned()),
        "CALLBACK_TOKENS" => Some("token".to_owned()),
        "DEFAULT_AGENT_GROUP_ID" => Some(default_group.to_owned()),
        _ => None,
    });
    let settings = settings.unwrap();
    let tables = Tables::with_credentials(&settings, None);
    Webhook::new(settings, tables, Log::new(Box::new(|_| {}), true))
}

#[tokio::test]
async fn a_panic_or_a_passed_deadline_is_answered_all_the_same() {
    let soon = Instant::now() + Duration::from_millis(20);
    for (default_group, body) in [
        ("7", r#"{"ActionStatus":"OK","ErrorInfo":"","ErrorCode":0,"AgentGroupId":7}"#),
        (
            "",
            r#"{"ActionStatus":"FAIL","ErrorInfo":"no answer is available right now and no default group is set","ErrorCode":1}"#,
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
