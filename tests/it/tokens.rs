//! Tokens in Parameter Store: rotated without a refusal on the way, and what comes of a Parameter
//! Store that fails at a start and later.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use desk_cli::command::sign;
use desk_cli::local::embedded::{Embedded, credentials};
use desk_router::tencent::{RawCallback, Received, receive};
use desk_router::tokens::{Parameter, Tokens, Why};
use routing::decide::Reason;
use serde_json::{Value, json};

use testing::bad_tables;
use testing::function::{Function, variables};
use testing::parameter_store::{Holds, NAME, ParameterStore};
use testing::patience::within;
use testing::{APP, CLIENT_IP, body, event, rows, settings};

const OLD: &str = "old-token-of-the-rotation";
const NEW: &str = "new-token-of-the-rotation";
const LONG: Duration = Duration::from_secs(30);

/// A callback's query string, signed at a time.
fn query(token: &str, at: DateTime<Utc>) -> String {
    let seconds = at.timestamp().unsigned_abs();
    sign::query(token, APP, "ChatBot.OnAssignAgent", CLIENT_IP, "iOS", seconds)
}

/// An instance that is given the time.
struct Instance(Tokens);

impl Instance {
    fn of(store: &ParameterStore) -> Self {
        let settings = settings(&[
            ("CALLBACK_TOKENS", ""),
            ("CALLBACK_TOKENS_PARAMETER", NAME),
            ("AWS_ENDPOINT_URL_SSM", &store.endpoint()),
            ("AWS_REGION", "us-east-1"),
        ]);
        let parameter = Parameter::new(&settings, Some(credentials()));
        Self(Tokens::new(&settings, Some(parameter.unwrap())))
    }

    /// One callback as the webhook proves it, and whether it was let in.
    async fn lets_in(&self, token: &str, now: DateTime<Utc>) -> bool {
        let raw = RawCallback {
            method: "POST".into(),
            path: "/".into(),
            query: query(token, now),
            source_ip: None,
            body: Some(body("s", "u").to_string().into_bytes()),
            received_ms: 0,
            is_probe: false,
        };
        let received = receive(&raw, &self.0.locks(), now);
        let why = match received {
            Received::Rejected(Reason::Signature | Reason::NoTokens) => Why::BadSignature,
            _ => Why::Age,
        };
        let locks = self.0.look(now, why, LONG).await.unwrap_or_else(|_| self.0.locks());
        matches!(receive(&raw, &locks, now), Received::Assign(_))
    }
}

/// The rotation as docs/operate.md has it, in its own time, with instances that start anywhere in
/// it and strangers who make them look at the worst moments.
#[tokio::test]
async fn a_rotation_refuses_nobody_and_ends_the_old_token() {
    let store = ParameterStore::start(OLD).await;
    let start = Utc::now();
    let at = |seconds: i64| start + TimeDelta::seconds(seconds);
    let mut instances: Vec<(i64, Instance)> = Vec::new();
    // Desk signs with the new token from 120 on; the parameter holds both from 100 to 200.
    for seconds in 0..=620 {
        match seconds {
            100 => store.put(&format!("{OLD}, {NEW}")),
            200 => store.put(NEW),
            _ => {}
        }
        if [0, 50, 101, 119, 130, 199, 210].contains(&seconds) {
            instances.push((seconds, Instance::of(&store)));
        }
        let desk_signs_with = if seconds < 120 { OLD } else { NEW };
        for (since, instance) in &instances {
            // Some instances get a forged callback now and then, some a good one only seldom.
            if seconds % 7 == since % 7 {
                assert!(!instance.lets_in("forged", at(seconds)).await, "{since} at {seconds}");
            }
            if seconds % (1 + since % 30) == 0 || *since == seconds {
                let good = instance.lets_in(desk_signs_with, at(seconds)).await;
                assert!(good, "the instance of {since} refused a callback at {seconds}");
            }
        }
    }
    for (since, instance) in &instances {
        assert!(!instance.lets_in(OLD, at(621)).await, "{since} still takes the old token");
    }
    // Strangers have not made them ask more than once in ten seconds.
    let asked = store.asked();
    assert!(asked <= 7 * 630 / 10, "{asked} requests");
}

#[tokio::test]
async fn what_a_parameter_store_that_fails_later_does_not_change() {
    let store = ParameterStore::start(OLD).await;
    let instance = Instance::of(&store);
    let start = Utc::now();
    assert!(instance.lets_in(OLD, start).await);
    let bad = [
        Holds::Refusal("ThrottlingException"),
        Holds::Refusal("AccessDeniedException"),
        Holds::Refusal("ParameterNotFound"),
        Holds::Garbage,
        Holds::Slowly(Duration::from_secs(5), NEW.to_owned()),
        Holds::Value(String::new()),
        Holds::Value(format!("{NEW},,{OLD}")),
    ];
    for (step, holds) in (1..).zip(bad) {
        store.set(holds.clone());
        let now = start + TimeDelta::minutes(6 * step);
        assert!(instance.lets_in(OLD, now).await, "{holds:?}");
        let now = now + TimeDelta::seconds(11);
        for refused in [NEW, "", "forged"] {
            assert!(!instance.lets_in(refused, now).await, "{holds:?}: {refused}");
        }
        assert!(instance.lets_in(OLD, now).await, "{holds:?}");
    }
    store.put(NEW);
    let now = start + TimeDelta::hours(1);
    assert!(instance.lets_in(NEW, now).await && !instance.lets_in(OLD, now).await);
}

/// The variables of a function whose tokens are in Parameter Store.
fn of_parameter(tables: &str, parameters: &str) -> Vec<(String, String)> {
    let mut all = variables(tables);
    for (name, value) in [
        ("CALLBACK_TOKENS", ""),
        ("CALLBACK_TOKENS_PARAMETER", NAME),
        ("AWS_ENDPOINT_URL_SSM", parameters),
    ] {
        all.push((name.to_owned(), value.to_owned()));
    }
    all
}

async fn tables() -> Embedded {
    let store = Embedded::start(0).await.unwrap();
    let rules = json!([{ "RuleId": "all", "Priority": 1, "AgentGroupId": 5 }]);
    store.put(&rows(json!({ "rules": rules }))).await.unwrap();
    store
}

async fn status(function: &Function, token: &str) -> u64 {
    let body = body("s", "u").to_string();
    function.invoke(event("POST", "/", &query(token, Utc::now()), body.as_bytes())).await.status
}

async fn last_reason(function: &Function) -> Value {
    function.records().await.pop().unwrap()["reason"].clone()
}

/// The shipped binary: a start without Parameter Store lets nobody in, answers in time, and is well
/// again a second after Parameter Store is.
#[tokio::test(flavor = "multi_thread")]
async fn a_start_without_parameter_store_lets_nobody_in_and_heals() {
    let tables = tables().await;
    for holds in [
        Holds::Refusal("ThrottlingException"),
        Holds::Refusal("AccessDeniedException"),
        Holds::Garbage,
        Holds::Slowly(Duration::from_secs(5), OLD.to_owned()),
        Holds::Value(" , ".to_owned()),
    ] {
        let store = ParameterStore::start(OLD).await;
        store.set(holds.clone());
        let variables = of_parameter(&tables.endpoint(), &store.endpoint());
        let first = async {
            let function = Function::start(variables).await;
            let refused = status(&function, OLD).await;
            (function, refused)
        };
        let about = format!("{holds:?}, from start to first answer");
        let (function, refused) = within(Duration::from_millis(1_800), about, first).await;
        assert_eq!(refused, 403, "{holds:?}");
        assert_eq!(last_reason(&function).await, "no_tokens", "{holds:?}");
        for token in ["", "forged"] {
            assert_eq!(status(&function, token).await, 403, "{holds:?}");
        }
        store.put(OLD);
        tokio::time::sleep(Duration::from_millis(1_100)).await;
        assert_eq!(status(&function, OLD).await, 200, "{holds:?}");
        let output = function.output().await.join("\n");
        assert!(output.contains("tokens_not_read"), "{output}");
        assert!(!output.contains(OLD), "{output}");
    }
    let variables = of_parameter(&tables.endpoint(), &bad_tables::nobody().await);
    let function = Function::start(variables).await;
    assert_eq!(status(&function, OLD).await, 403);
}

/// The shipped binary through a rotation, with the pause that docs/operate.md asks for, and with
/// Parameter Store gone afterwards.
#[tokio::test(flavor = "multi_thread")]
async fn the_shipped_binary_takes_a_new_token_without_a_deploy() {
    let (tables, store) = (tables().await, ParameterStore::start(OLD).await);
    let variables = of_parameter(&tables.endpoint(), &store.endpoint());
    let function = Function::start_loaded(variables).await;
    assert_eq!((status(&function, OLD).await, status(&function, NEW).await), (200, 403));
    store.put(&format!("{OLD},{NEW}"));
    tokio::time::sleep(Duration::from_millis(10_100)).await;
    assert_eq!((status(&function, NEW).await, status(&function, OLD).await), (200, 200));
    store.set(Holds::Refusal("ThrottlingException"));
    assert_eq!((status(&function, NEW).await, status(&function, "forged").await), (200, 403));
    let output = function.output().await.join("\n");
    for secret in [OLD, NEW] {
        assert!(!output.contains(secret), "{output}");
    }
}
