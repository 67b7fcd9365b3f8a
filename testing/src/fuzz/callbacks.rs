//! Events, query strings and bodies: whatever comes is answered, and only what is signed is
//! decided.

use std::sync::LazyLock;

use desk_router::lambda::{read_event, respond};
use desk_router::report::Record;
use desk_router::settings::Settings;
use desk_router::tencent::{Answer, Locks, Received, receive, sign};
use routing::decide::{Decision, Known, Question};
use routing::rows::{Customer, Fact, Rows, json as row_files};
use routing::session::Session;
use routing::snapshot::Snapshot;
use serde_json::json;

use super::decisions::{APP, OPEN, decided_twice, now, settings};

const TOKEN: &str = "token-of-the-fuzzer";

static SIGNED: LazyLock<Settings> = LazyLock::new(|| settings(&[("CALLBACK_TOKENS", TOKEN)]));
/// Rules of many kinds, so that whatever gets past the locks is decided.
static SNAPSHOT: LazyLock<Snapshot> = LazyLock::new(|| {
    let rules = r#"[
        {
            "RuleId": "pattern", "Priority": 1, "ClientUserIdPattern": "(a|b)*c[0-9]{1,9}",
            "NotClientIps": ["10.0.0.0/8"], "Rosters": ["desk"], "Strategy": "sticky"
        },
        {
            "RuleId": "ids", "Priority": 2, "ClientUserIds": ["user-1"], "Percent": 50,
            "AgentGroupId": 5
        },
        {
            "RuleId": "platforms", "Priority": 3, "Platforms": ["iOS", "Unknown"],
            "Rosters": ["desk"], "Strategy": "best_skill", "NeedSkills": ["billing"]
        },
        {
            "RuleId": "rest", "Priority": 4, "Rosters": ["desk"], "Prefer": ["owner", "last_agent"],
            "Strategy": "hash", "MaxAgents": 2
        }
    ]"#;
    let agents = r#"[
        { "AgentId": "ann", "Rosters": ["desk"], "Skills": { "billing": 3 } },
        { "AgentId": "bob", "Rosters": ["desk"], "Shifts": "Mo-Fr 09:00-18:00" }
    ]"#;
    let rows = Rows {
        rules: row_files::parse(rules).unwrap(),
        agents: row_files::parse(agents).unwrap(),
        ..Rows::default()
    };
    let snapshot = Snapshot::compile(&rows, &OPEN.defaults, now());
    assert_eq!(snapshot.errors(), 0, "{:?}", snapshot.findings());
    snapshot
});

/// Any event: an answer that API Gateway and Tencent can read; without a signature none that
/// routes.
pub fn event(input: &[u8]) {
    let Ok(text) = std::str::from_utf8(input) else { return };
    let Some(raw) = read_event(text) else { return };
    let received = receive(&raw, &Locks::new(SIGNED.locks.clone()), now());
    assert!(
        !matches!(received, Received::Assign(_) | Received::SessionEvent(_)),
        "nobody signed this"
    );
    answered(receive(&raw, &Locks::new(OPEN.locks.clone()), now()));
}

/// Any query string, before a good body.
pub fn query(input: &[u8]) {
    let Ok(query) = std::str::from_utf8(input) else { return };
    event(event_of(query, GOOD_BODY).as_bytes());
}

/// Any body, behind a good signature.
pub fn body(input: &[u8]) {
    let Ok(body) = std::str::from_utf8(input) else { return };
    let time = now().timestamp().to_string();
    for command in
        ["CallbackCommand=ChatBot.OnAssignAgent&", "CallbackCommand=Desk.SessionEventNotify&", ""]
    {
        let query = format!(
            "{command}SdkAppid={APP}&ClientIP=203.0.113.7&RequestTime={time}&Sign={}",
            sign(TOKEN, &time)
        );
        let raw = read_event(&event_of(&query, body)).unwrap();
        let received = receive(&raw, &Locks::new(SIGNED.locks.clone()), now());
        assert!(!matches!(received, Received::Rejected(_)), "this is signed");
        answered(received);
    }
}

const GOOD_BODY: &str = concat!(
    r#"{"CallbackCommand":"ChatBot.OnAssignAgent","SessionId":"session-1","#,
    r#""ClientUserId":"user-1","EventTime":1670574414123}"#,
);

fn event_of(query: &str, body: &str) -> String {
    let http = json!({ "method": "POST", "path": "/", "sourceIp": "198.51.100.9" });
    json!({
        "version": "2.0",
        "rawPath": "/",
        "rawQueryString": query,
        "headers": {},
        "body": body,
        "isBase64Encoded": false,
        "requestContext": { "stage": "$default", "timeEpoch": 5, "http": http },
    })
    .to_string()
}

/// What was received is answered, and the answer and its record can be read.
fn answered(received: Received) {
    let answer = match &received {
        Received::Assign(callback) => {
            let session = callback.session();
            for id in [&session.session_id, &session.client_user_id] {
                assert!(!id.trim().is_empty() && id.len() <= 512);
            }
            let decision = decided(session);
            let record = Record::at(now()).with_session(session, true).with_decision(&decision);
            assert!(!serde_json::to_string(&record).unwrap().contains('\n'));
            Answer::from_decision(&decision)
        }
        Received::SessionEvent(served) => {
            assert!(!served.agent_id.trim().is_empty() && served.client_user_id.len() <= 512);
            Answer::acknowledged()
        }
        Received::Rejected(_) => Answer::rejected(),
        Received::Fault { .. } => panic!("no input is to find a bug"),
        Received::HealthCheck | Received::OtherCommand => Answer::acknowledged(),
        Received::WrongMethod => Answer::wrong_method(),
        Received::BadBody(error) => Answer::bad_body(error),
    };
    let response = respond(&answer);
    let body: serde_json::Value = serde_json::from_slice(response.body.unwrap().as_ref()).unwrap();
    assert_eq!(body["ActionStatus"] == "OK", body["ErrorCode"] == 0);
    assert!(body["ErrorInfo"].as_str().unwrap().len() < 100);
}

/// A decision, with the customer known and with nothing to be known.
fn decided(session: &Session) -> Decision {
    let known = |customer| Known {
        customer,
        earlier: Fact::Unknown,
        last_agent: Fact::Unknown,
        turn: Fact::Unknown,
    };
    let question = Question { snapshot: &SNAPSHOT, session, now: now(), default_group: Some(1) };
    let mut last = None;
    for customer in [
        Fact::Is(Some(Customer { owner: Some("ann".into()), ..Customer::default() })),
        Fact::Unknown,
    ] {
        last = Some(decided_twice(&question, &known(customer)));
    }
    last.unwrap()
}
