//! What is fuzzed, and what must hold of any input. Used by the targets of cargo-fuzz, and by a
//! test that runs the corpora and mutations of them on stable.

use std::sync::LazyLock;

use chrono::{DateTime, TimeDelta, Utc};
use desk_router::lambda::{read_event, respond};
use desk_router::report::Record;
use desk_router::settings::Settings;
use desk_router::tencent::{Answer, Locks, Received, receive, sign};
use routing::decide::{Decision, Known, Question, Tracing};
use routing::hours::{Country, Interner};
use routing::release::{self, Cause, Counts, Form, Pointer, Release, hash, split};
use routing::rows::{Customer, Defaults, Fact, Row, Rows, Table, customer, json};
use routing::session::Session;
use routing::snapshot::Snapshot;

use crate::deciding::decide_by;

const TOKEN: &str = "token-of-the-fuzzer";
const APP: &str = "1400000000";
/// A target's name, and what it does with an input.
pub type Target = (&'static str, fn(&[u8]));

/// All targets, by the names of their corpora.
pub const TARGETS: [Target; 6] = [
    ("event", event),
    ("query", query),
    ("body", body),
    ("row", row),
    ("hours", hours),
    ("release", release),
];

static SIGNED: LazyLock<Settings> = LazyLock::new(|| settings(&[("CALLBACK_TOKENS", TOKEN)]));
static OPEN: LazyLock<Settings> = LazyLock::new(|| settings(&[("ALLOW_UNAUTHENTICATED", "true")]));
/// Rules of many kinds, so that whatever gets past the locks is decided.
static SNAPSHOT: LazyLock<Snapshot> = LazyLock::new(|| {
    let rules = r#"[
        { "RuleId": "pattern", "Priority": 1, "ClientUserIdPattern": "(a|b)*c[0-9]{1,9}", "NotClientIps": ["10.0.0.0/8"], "Rosters": ["desk"], "Strategy": "sticky" },
        { "RuleId": "ids", "Priority": 2, "ClientUserIds": ["user-1"], "Percent": 50, "AgentGroupId": 5 },
        { "RuleId": "platforms", "Priority": 3, "Platforms": ["iOS", "Unknown"], "Rosters": ["desk"], "Strategy": "best_skill", "NeedSkills": ["billing"] },
        { "RuleId": "rest", "Priority": 4, "Rosters": ["desk"], "Prefer": ["owner", "last_agent"], "Strategy": "hash", "MaxAgents": 2 }
    ]"#;
    let agents = r#"[
        { "AgentId": "ann", "Rosters": ["desk"], "Skills": { "billing": 3 } },
        { "AgentId": "bob", "Rosters": ["desk"], "Shifts": "Mo-Fr 09:00-18:00" }
    ]"#;
    let rows = Rows {
        rules: json::parse(rules).unwrap(),
        agents: json::parse(agents).unwrap(),
        ..Rows::default()
    };
    let snapshot = Snapshot::compile(&rows, &OPEN.defaults, now());
    assert_eq!(snapshot.errors(), 0, "{:?}", snapshot.findings());
    snapshot
});

fn settings(more: &[(&str, &str)]) -> Settings {
    let common = [
        ("RULES_TABLE", "r"),
        ("AGENTS_TABLE", "a"),
        ("CUSTOMERS_TABLE", "c"),
        ("ASSIGNMENTS_TABLE", "m"),
        ("SDK_APP_IDS", APP),
        ("HOLIDAY_COUNTRY", "KR"),
    ];
    Settings::read(|name| {
        common
            .iter()
            .chain(more)
            .find(|(key, _)| *key == name)
            .map(|(_, value)| (*value).to_owned())
    })
    .unwrap()
}

fn now() -> DateTime<Utc> {
    DateTime::from_timestamp(1_795_000_000, 0).unwrap()
}

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

const GOOD_BODY: &str = r#"{"CallbackCommand":"ChatBot.OnAssignAgent","SessionId":"session-1","ClientUserId":"user-1","EventTime":1670574414123}"#;

fn event_of(query: &str, body: &str) -> String {
    serde_json::json!({
        "version": "2.0", "rawPath": "/", "rawQueryString": query, "headers": {}, "body": body, "isBase64Encoded": false,
        "requestContext": { "stage": "$default", "timeEpoch": 5, "http": { "method": "POST", "path": "/", "sourceIp": "198.51.100.9" } },
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

/// A decision by these facts. The index is plain first match, and a trace changes nothing.
fn decided_twice(question: &Question<'_>, known: &Known) -> Decision {
    let [by_index, plain, traced] = [Tracing::WithoutRule, Tracing::RuleByRule, Tracing::Full]
        .map(|tracing| decide_by(question, known, tracing));
    assert_eq!(by_index.decision, plain.decision, "the index is plain first match");
    assert_eq!(by_index.decision, traced.decision, "a trace changes nothing");
    assert_eq!(by_index.known, plain.known, "the same is asked for");
    by_index.decision
}

/// Any row in any table: read or refused, in words of bounded length, and the same again.
pub fn row(input: &[u8]) {
    let Ok(text) = std::str::from_utf8(input) else { return };
    let Ok(row) = json::parse_row(text) else { return };
    let defaults: &Defaults = &OPEN.defaults;
    let with = |table: Table, id: &str| {
        let mut row: Row = row.clone();
        row.entry(table.key_attribute().to_owned())
            .or_insert_with(|| routing::rows::Value::Text(id.to_owned()));
        row
    };
    let rows = Rows {
        rules: vec![with(Table::Rules, "rule")],
        agents: vec![with(Table::Agents, "agent")],
        calendars: vec![with(Table::Calendars, "calendar")],
    };
    let snapshot = Snapshot::compile(&rows, defaults, now());
    assert!(
        snapshot.findings().iter().all(|finding| finding.to_string().len() < 4_000),
        "{:?}",
        snapshot.findings()
    );
    let again = Snapshot::compile(&rows, defaults, now());
    assert_eq!(snapshot.version(), again.version());
    let customer = with(Table::Customers, "customer");
    if let Ok((_, _, findings)) = customer::read(&customer, defaults, now()) {
        assert!(findings.iter().all(|finding| finding.to_string().len() < 4_000));
    }
    tried(&snapshot);
    // What is printed reads as the same row.
    let (printed, _) = json::print_row(&row, "");
    assert_eq!(json::parse_row(&printed).unwrap(), row);
}

/// Decides for some users, with a trace and without one.
fn tried(snapshot: &Snapshot) {
    for user in ["user-1", "", "\u{0}\u{10ffff}"] {
        let session = Session::new("session", user, 1, 1_400_000_000)
            .on_platform(Some("iOS"))
            .from_ip(Some("203.0.113.7"));
        let known = Known {
            customer: Fact::Is(None),
            earlier: Fact::Unknown,
            last_agent: Fact::Unknown,
            turn: Fact::Unknown,
        };
        let question = Question { snapshot, session: &session, now: now(), default_group: None };
        decided_twice(&question, &known);
    }
}

/// Any hours: refused in words, or open or closed at any time, up to the next change.
pub fn hours(input: &[u8]) {
    let Ok(text) = std::str::from_utf8(input) else { return };
    let mut interner = Interner::new(now().date_naive());
    for (zone, country) in [
        (routing::hours::Zone::parse("Asia/Seoul").unwrap(), Country::parse("KR").ok()),
        (routing::hours::Zone::parse("America/New_York").unwrap(), None),
    ] {
        let Ok((hours, _)) = interner.resolve(&[text], zone, country) else { continue };
        for days in [0, 3, 117, 365, 2_000] {
            let at = now() + TimeDelta::days(days);
            let is_open = hours.is_open(at);
            if days > 3 {
                continue;
            }
            match hours.next_change(at) {
                Some(change) => {
                    assert!(
                        change > at && hours.is_open(change) != is_open,
                        "{text}: {at} to {change}"
                    );
                    let middle = at + (change - at) / 2;
                    assert_eq!(hours.is_open(middle), is_open, "{text}: {middle}");
                    assert_eq!(
                        hours.is_open(change - TimeDelta::seconds(1)),
                        is_open,
                        "{text}: just before {change}"
                    );
                }
                None => assert_eq!(hours.is_open(at + TimeDelta::days(30)), is_open, "{text}"),
            }
        }
    }
}

/// Any release: bytes as they are (behind a byte 0), or what is in it, which is put into a release
/// first, so that it is met: rows (behind a 1), or what was read out of them (behind a 2). Refused,
/// or read: the same again, and what was read can be decided by. Parts of it that are not what
/// their hashes say are never taken.
pub fn release(input: &[u8]) {
    let bytes = match input.split_first() {
        Some((0, bytes)) => bytes.to_vec(),
        Some((1, rows)) => release_of(0, rows),
        Some((_, typed)) => release_of(1, typed),
        None => return,
    };
    taken_only_whole(&bytes);
    if let Ok(settled) = release::decode(&bytes) {
        let again = release::encode(&settled).unwrap();
        assert_eq!(release::decode(&again).unwrap(), settled);
        let typed = release::encode_typed(&settled, now()).unwrap();
        let snapshot = Snapshot::of_release(&typed).unwrap();
        assert_eq!(Snapshot::of(&settled, now()).version(), snapshot.version());
    }
    if let Ok(snapshot) = Snapshot::of_release(&bytes) {
        tried(&snapshot);
    }
}

/// The beginning of these bytes in parts, with the pointer that names their hashes: given back
/// whole, and refused with another bit, a byte more or less, a part less, or parts in another
/// order; and by a pointer with another bit in a hash. The input itself says where.
fn taken_only_whole(bytes: &[u8]) {
    let bytes = &bytes[..bytes.len().min(2_000)];
    let chosen = bytes.iter().fold(bytes.len(), |sum, byte| sum % 9_999 * 31 + usize::from(*byte));
    let parts = split(bytes, 64 + chosen % 700);
    let live = Release {
        number: 1,
        format: release::FORMAT,
        content: "content".to_owned(),
        parts: parts.iter().map(|part| hash(part)).collect(),
        typed: parts.len(),
        hash: hash(bytes),
        counts: Counts::default(),
        published_at: now(),
        cause: Cause::Edits,
    };
    let given: Vec<_> = parts.iter().map(|part| Some(part.to_vec())).collect();
    let joined = |live: &Release, given: &[Option<Vec<u8>>]| live.join(Form::Typed, given.to_vec());
    assert_eq!(joined(&live, &given).as_deref(), Ok(bytes));

    let place = chosen % parts.len();
    let with = |change: &dyn Fn(&mut Vec<u8>)| {
        let mut changed = given.clone();
        change(changed[place].as_mut().unwrap());
        changed
    };
    let flip = |bytes: &mut [u8]| {
        let at = chosen % bytes.len();
        bytes[at] ^= 1 << (chosen % 8);
    };
    let mut wrong = vec![with(&|part| part.push(0)), given[..place].to_vec()];
    if !bytes.is_empty() {
        wrong.extend([with(&|part| flip(part)), with(&|part| part.truncate(part.len() - 1))]);
    }
    let turned: Vec<_> = given[1..].iter().chain(&given[..1]).cloned().collect();
    wrong.extend((turned != given).then_some(turned));
    for wrong in wrong {
        assert!(joined(&live, &wrong).is_err(), "taken, but it is not what was published");
    }

    let pointer = Pointer { live: Some(live.clone()), ..Pointer::default() };
    let mut printed = pointer.print().unwrap().into_bytes();
    flip(&mut printed);
    let flipped = String::from_utf8(printed).ok();
    let read = flipped.and_then(|text| Pointer::read(&text, 1, 1).ok()?.live);
    if let Some(other) = read {
        let is_named = other.parts[other.places(Form::Typed)]
            .iter()
            .zip(&live.parts)
            .all(|(other, named)| other == named);
        assert!(is_named || joined(&other, &given).is_err(), "taken by another hash");
    }
    let mut other = live;
    let mut named = std::mem::take(&mut other.parts[place]).into_bytes();
    named[chosen % 64] ^= 1;
    other.parts[place] = String::from_utf8(named).unwrap();
    assert!(joined(&other, &given).is_err(), "taken by a hash with another bit");
}

/// A release of this form with that inside, in stored blocks (RFC 1951, 3.2.4).
fn release_of(form: u8, inside: &[u8]) -> Vec<u8> {
    let mut bytes = b"desk\x01".to_vec();
    bytes.push(form);
    let mut left = inside.len();
    while left >= 0x80 {
        bytes.push((left & 0x7f) as u8 | 0x80);
        left >>= 7;
    }
    bytes.push(left as u8);
    let blocks = inside.chunks(0xffff);
    let last = blocks.len().saturating_sub(1);
    for (number, block) in blocks.enumerate() {
        let length = block.len() as u16;
        bytes.push(u8::from(number == last));
        bytes.extend(length.to_le_bytes());
        bytes.extend((!length).to_le_bytes());
        bytes.extend(block);
    }
    bytes
}
