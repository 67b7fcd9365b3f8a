//! The shipped binary under a Lambda Runtime API, over the embedded DynamoDB and over tables that
//! misbehave.

use std::time::Duration;

use desk_cli::embedded::Embedded;
use serde_json::{Value, json};

use testing::bad_tables::{self, FAULTS, Fault};
use testing::function::{Function, Reply, binary, variables};
use testing::patience::{Degraded, calm, within};
use testing::{
    CLIENT_IP, PATH_SECRET, PATH_SECRET_HASH, TOKEN, assign_event, body, event, rows,
    session_event, signed_query,
};

const REFUSED: &str =
    r#"{"ActionStatus":"FAIL","ErrorInfo":"the request is not authentic","ErrorCode":1}"#;
const ACKNOWLEDGED: &str = r#"{"ActionStatus":"OK","ErrorInfo":"","ErrorCode":0}"#;
const ROUTED: &str = r#"{"ActionStatus":"OK","ErrorInfo":"","ErrorCode":0,"AgentGroupId":6521,"AgentIdList":["penn_svc"]}"#;
const DEFAULT_GROUP: &str =
    r#"{"ActionStatus":"OK","ErrorInfo":"","ErrorCode":0,"AgentGroupId":1000}"#;

fn sample() -> desk_cli::row_files::RowFiles {
    rows(json!({
        "rules": [
            { "RuleId": "shop", "Priority": 1, "CustomerServiceIds": ["shop"], "Platforms": ["Mac"], "AgentIds": ["dramon_svc"] },
            { "RuleId": "ios", "Priority": 2, "Platforms": ["ios"], "Rosters": ["desk"], "AgentGroupId": "6521" },
        ],
        "agents": [{ "AgentId": "penn_svc", "Rosters": ["desk"] }, { "AgentId": "dramon_svc", "Rosters": ["other"] }],
    }))
}

async fn sample_store() -> Embedded {
    let store = Embedded::start(0).await.unwrap();
    store.put(&sample()).await.unwrap();
    store
}

fn with(mut all: Vec<(String, String)>, changes: &[(&str, &str)]) -> Vec<(String, String)> {
    all.extend(changes.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
    all
}

/// Each file of `events/` with the answer it must get, byte for byte.
#[tokio::test(flavor = "multi_thread")]
async fn the_events_folder_as_api_gateway_sends_it() {
    let store = sample_store().await;
    let function = Function::start_loaded(with(
        variables(&store.endpoint()),
        &[("CALLBACK_TOKENS", ""), ("PATH_SECRET_HASHES", PATH_SECRET_HASH)],
    ))
    .await;
    let expected = [
        ("assign", 200, ROUTED),
        (
            "assign-human-base64",
            200,
            r#"{"ActionStatus":"OK","ErrorInfo":"","ErrorCode":0,"AgentIdList":["dramon_svc"]}"#,
        ),
        (
            "bad-body",
            200,
            r#"{"ActionStatus":"FAIL","ErrorInfo":"SessionId is empty","ErrorCode":1}"#,
        ),
        ("forged", 403, REFUSED),
        ("health-check", 200, ACKNOWLEDGED),
        ("session-event", 200, ACKNOWLEDGED),
        ("wrong-app", 403, REFUSED),
        (
            "wrong-method",
            405,
            r#"{"ActionStatus":"FAIL","ErrorInfo":"the method must be POST","ErrorCode":1}"#,
        ),
    ];
    let folder = testing::top().join("events");
    let mut files: Vec<String> = std::fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_file())
        .map(|path| path.file_stem().unwrap().to_string_lossy().into_owned())
        .collect();
    files.sort();
    assert_eq!(files, expected.map(|(name, _, _)| name), "every file has its expectation");
    for (name, status, body) in expected {
        let event = std::fs::read_to_string(folder.join(format!("{name}.json"))).unwrap();
        assert_eq!(function.invoke(event).await, Reply { status, body: body.to_owned() }, "{name}");
    }
    let records = function.records().await;
    let outcomes: Vec<&str> =
        records.iter().map(|record| record["outcome"].as_str().unwrap()).collect();
    // The second refusal within ten seconds is counted, not recorded; of the two requests by
    // another method than POST, the first is recorded.
    assert_eq!(outcomes, ["agents", "agents", "invalid", "rejected", "ignored", "ignored"]);
    assert!(
        records.iter().all(|record| record["table_reads"] == 0),
        "the snapshot of the start is fresh: {records:#?}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_signed_callback_and_what_is_logged_of_it() {
    let store = sample_store().await;
    let secret = [("PATH_SECRET_HASHES", PATH_SECRET_HASH)];
    let function = Function::start_loaded(with(variables(&store.endpoint()), &secret)).await;
    let query = signed_query(0);
    let signed = event(
        "POST",
        &format!("/{PATH_SECRET}"),
        &query,
        body("s-1", "u-1").to_string().as_bytes(),
    );
    assert_eq!(function.invoke(signed).await, Reply { status: 200, body: ROUTED.to_owned() });
    let forged = event("POST", "/", &query, body("s-1", "u-1").to_string().as_bytes());
    assert_eq!(function.invoke(forged).await.status, 403);
    for event in [
        "",
        "not json",
        "{",
        "{}",
        "[]",
        "null",
        "\"text\"",
        "1",
        r#"{"version":"2.0","requestContext":null}"#,
    ] {
        assert_eq!(
            function.invoke(event).await,
            Reply { status: 403, body: REFUSED.to_owned() },
            "{event}"
        );
    }
    let output = function.output().await.join("\n");
    let sign = query.split("Sign=").nth(1).unwrap().split('&').next().unwrap();
    for secret in [TOKEN, PATH_SECRET, PATH_SECRET_HASH, CLIENT_IP, sign, "198.51.100.9"] {
        assert!(!output.contains(secret), "{secret} is in the log:\n{output}");
    }
    // Beside the record, numbers: with every refusal, also those without a record.
    let numbers: Vec<Value> = function
        .output()
        .await
        .iter()
        .filter_map(|line| serde_json::from_str(line).ok())
        .filter(|line: &Value| line.get("_aws").is_some())
        .collect();
    assert_eq!(numbers.len(), 2, "one line for each record: {numbers:#?}");
    assert_eq!(
        (&numbers[0]["Outcome"], &numbers[0]["Rule"], &numbers[0]["Function"]),
        (&json!("agents"), &json!("ios"), &json!("desk-router"))
    );
    assert_eq!(
        (&numbers[0]["Refused"], &numbers[1]["Refused"], &numbers[1]["Outcome"]),
        (&json!(0), &json!(1), &json!("rejected"))
    );
    assert_eq!(
        function
            .invoke(event(
                "POST",
                &format!("/{PATH_SECRET}"),
                &signed_query(0),
                body("s-2", "u-1").to_string().as_bytes()
            ))
            .await
            .status,
        200
    );
    let last = function
        .output()
        .await
        .iter()
        .rev()
        .find_map(|line| serde_json::from_str::<Value>(line).ok())
        .unwrap();
    assert_eq!(last["Refused"], 9, "the refusals since");
    let record = &function.records().await[0];
    for (name, value) in [
        ("outcome", json!("agents")),
        ("reason", json!("rule_matched")),
        ("rule_id", json!("ios")),
        ("session_id", json!("s-1")),
        ("client_user_id", json!("u-1")),
        ("event_time", json!(1_670_574_414_123_i64)),
        ("sdk_app_id", json!(1_400_000_000)),
        ("platform", json!("iOS")),
        ("customer_service_id", Value::Null),
        ("segments", Value::Null),
        ("agent_group_id", json!(6521)),
        ("agent_ids", json!(["penn_svc"])),
        ("strategy", json!("all")),
        ("preferred", Value::Null),
        ("degraded", json!([])),
        ("table_reads", json!(0)),
        ("table_writes", json!(0)),
        ("cold_start", json!(true)),
    ] {
        assert_eq!(record[name], value, "{name}");
    }
}

/// From the start of the process to the first answer with tables that do not work: below 1.8 s, and
/// the default group.
#[tokio::test(flavor = "multi_thread")]
async fn a_start_without_working_tables_still_answers_in_time() {
    let mut endpoints = vec![("nobody listens".to_owned(), bad_tables::nobody().await)];
    for fault in FAULTS {
        endpoints.push((format!("{fault:?}"), bad_tables::start(fault).await));
    }
    for (name, endpoint) in endpoints {
        let first = async {
            let function = Function::start(variables(&endpoint)).await;
            let answer = function.invoke(assign_event("s", "u")).await;
            (function, answer)
        };
        let about = format!("{name}, from start to first answer");
        let (function, answer) = within(Duration::from_millis(1_800), about, first).await;
        assert_eq!(answer, Reply { status: 200, body: DEFAULT_GROUP.to_owned() }, "{name}");
        // Later callbacks have the deadline only.
        let again = function.invoke(assign_event("s", "u"));
        let again = within(Duration::from_millis(1_300), format!("{name}, again"), again).await;
        assert_eq!(again.body, DEFAULT_GROUP, "{name}");
        let records = function.records().await;
        assert_eq!(
            (&records[0]["outcome"], &records[0]["reason"]),
            (&json!("fallback"), &json!("no_config")),
            "{name}"
        );
        assert_eq!(records[0]["degraded"], json!(["config"]), "{name}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_default_group_the_answer_is_fail() {
    let endpoint = bad_tables::start(Fault::Hang).await;
    let function =
        Function::start(with(variables(&endpoint), &[("DEFAULT_AGENT_GROUP_ID", "")])).await;
    let answer = function.invoke(assign_event("s", "u")).await;
    assert_eq!(answer.status, 200);
    assert_eq!(
        answer.body,
        r#"{"ActionStatus":"FAIL","ErrorInfo":"no answer is available right now and no default group is set","ErrorCode":1}"#
    );
}

/// Two processes that share nothing but the tables: turns, repetitions, last agents, session
/// events, and a table that fails.
#[tokio::test(flavor = "multi_thread")]
async fn memory_across_processes() {
    calm(async |_| remember_across_processes().await).await;
}

async fn remember_across_processes() -> Result<(), Degraded> {
    let store = Embedded::start(0).await.unwrap();
    let agents = ["ann", "bob", "cho"].map(|id| json!({ "AgentId": id, "Rosters": ["desk"] }));
    let rules = json!([
        { "RuleId": "plain", "Priority": 1, "ClientUserIdPrefixes": ["h"], "Rosters": ["desk"], "Strategy": "hash" },
        { "RuleId": "turns", "Priority": 2, "ClientUserIdPrefixes": ["r"], "Rosters": ["desk"], "Strategy": "round_robin", "MaxAgents": 2 },
        { "RuleId": "again", "Priority": 3, "Rosters": ["desk"], "Strategy": "round_robin", "Prefer": ["last_agent"], "LastAgentDays": 7 },
    ]);
    store.put(&rows(json!({ "rules": rules, "agents": agents }))).await.unwrap();
    let proxy = bad_tables::Proxy::start(&store.endpoint()).await;
    let variables = with(
        variables(&proxy.endpoint()),
        &[("LEARN_FROM_SESSION_EVENTS", "true"), ("CONFIG_TTL_SECONDS", "3600")],
    );
    let processes =
        [Function::start_loaded(variables.clone()).await, Function::start_loaded(variables).await];
    let agents =
        |answer: Reply| serde_json::from_str::<Value>(&answer.body).unwrap()["AgentIdList"].clone();
    let record = async |process: usize| processes[process].records().await.pop().unwrap();
    // A busy machine may degrade any answer, and the next ones build on it.
    let ask = async |process: usize, session: &str, user: &str| {
        let answer = processes[process].invoke(assign_event(session, user)).await;
        let record = record(process).await;
        match record["degraded"] == json!([]) {
            true => Ok(agents(answer)),
            false => Err(Degraded(record.to_string())),
        }
    };

    // A rotation, in turn from either process; who is next comes second.
    for (session, expected) in
        [("1", ["ann", "bob"]), ("2", ["bob", "cho"]), ("3", ["cho", "ann"]), ("4", ["ann", "bob"])]
    {
        assert_eq!(
            ask(session.parse::<usize>().unwrap() % 2, session, "r").await?,
            json!(expected),
            "session {session}"
        );
    }
    let last = record(0).await;
    assert_eq!(
        (&last["strategy"], &last["table_reads"], &last["table_writes"]),
        (&json!("round_robin"), &json!(0), &json!(2))
    );
    // The same event again, at the other process.
    assert_eq!(ask(0, "1", "r").await?, json!(["ann", "bob"]));
    let last = record(0).await;
    assert_eq!((&last["reason"], &last["rule_id"]), (&json!("event_repeated"), &json!("turns")));
    // The last agent, from an answer and then from a session event, each at the other process.
    let first = ask(0, "5", "user").await?;
    assert_eq!(ask(1, "6", "user").await?, first);
    let last = record(1).await;
    assert_eq!(
        (&last["reason"], &last["preferred"]),
        (&json!("last_agent_preferred"), &json!("last_agent"))
    );
    let served = if first == json!(["cho"]) { "bob" } else { "cho" };
    let acknowledged =
        processes[1].invoke(session_event("ChatBot.UserSendMsg", "user", served)).await;
    assert_eq!(acknowledged, Reply { status: 200, body: ACKNOWLEDGED.to_owned() });
    let last = record(1).await;
    if last["degraded"] != json!([]) {
        return Err(Degraded(last.to_string()));
    }
    assert_eq!((&last["reason"], &last["table_writes"]), (&json!("agent_learned"), &json!(1)));
    assert_eq!(ask(0, "7", "user").await?, json!([served]));
    // The table fails: what `hash` says, in time, and the record says so.
    let plain = ask(0, "8", "h").await?;
    for fault in [Fault::Throttled, Fault::Hang] {
        proxy.set(Some(fault));
        let asked = processes[0].invoke(assign_event("8", "user"));
        let answer = within(Duration::from_millis(600), format!("{fault:?}"), asked).await;
        assert_eq!(agents(answer), plain, "{fault:?}");
        let last = record(0).await;
        assert_eq!(
            (&last["strategy"], &last["degraded"]),
            (&json!("hash"), &json!(["assignments"])),
            "{fault:?}"
        );
        let acknowledged =
            processes[0].invoke(session_event("SessionBegin", "another", served)).await;
        assert_eq!(acknowledged, Reply { status: 200, body: ACKNOWLEDGED.to_owned() }, "{fault:?}");
        proxy.set(None);
    }
    assert_eq!(ask(0, "9", "user").await?, json!([served]), "it recovers");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn it_recovers_by_itself_when_the_tables_come_back() {
    let endpoint = bad_tables::nobody().await;
    let function = Function::start(variables(&endpoint)).await;
    assert_eq!(function.invoke(assign_event("s", "u")).await.body, DEFAULT_GROUP);
    let port = endpoint.rsplit(':').next().unwrap().parse().unwrap();
    let store = Embedded::start(port).await.unwrap();
    store.put(&sample()).await.unwrap();
    let (answer, _) = function.invoke_until_calm(|| assign_event("s", "u")).await;
    assert_eq!(answer.body, ROUTED);
}

#[tokio::test(flavor = "multi_thread")]
async fn bad_settings_stop_the_start_with_one_line_that_names_them_all() {
    let variables = with(
        variables("http://127.0.0.1:1"),
        &[("SDK_APP_IDS", ""), ("DEADLINE_MS", "1701"), ("PATH_SECRET_HASHES", PATH_SECRET)],
    );
    let output =
        tokio::process::Command::new(binary()).env_clear().envs(variables).output().await.unwrap();
    assert!(!output.status.success());
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(said.lines().count(), 1, "{said}");
    for name in ["SDK_APP_IDS", "DEADLINE_MS", "PATH_SECRET_HASHES"] {
        assert!(said.contains(name), "{name} in {said}");
    }
}

/// One of the sample events, mutated: characters of the whole, or of the callback's body alone, or
/// a field of the body.
fn mutated_event(samples: &[Value], random: &mut fastrand::Rng) -> String {
    // Most are of the first sample, which is routed as it is, so that many mutations are met after
    // the locks.
    if random.u8(0..3) == 0 {
        let mut event = samples[0].clone();
        let mut body: Value = serde_json::from_str(event["body"].as_str().unwrap()).unwrap();
        let field = *random
            .choice(&[
                "CallbackCommand",
                "SessionId",
                "ClientUserId",
                "EventTime",
                "CustomerServiceId",
                "Other",
            ])
            .unwrap();
        let text: String = (0..random.usize(0..20)).map(|_| random.char(..)).collect();
        let values = [
            json!(text),
            json!("x".repeat(random.usize(0..1_200))),
            json!(random.i64(..)),
            json!(random.f64() * 1e18),
            json!(null),
            json!([text]),
            json!({ field: text }),
        ];
        body[field] = random.choice(&values).unwrap().clone();
        event["body"] = body.to_string().into();
        return event.to_string();
    }
    let inner = random.bool();
    let mut event =
        if inner { samples[0].clone() } else { random.choice(samples).unwrap().clone() };
    let text = if inner { event["body"].as_str().unwrap().to_owned() } else { event.to_string() };
    let mut characters: Vec<char> = text.chars().collect();
    for _ in 0..random.usize(1..if inner { 3 } else { 6 }) {
        let at = random.usize(0..=characters.len());
        let length = random.usize(0..12).min(characters.len() - at);
        match random.u8(0..6) {
            0 => drop(characters.drain(at..at + length)),
            1 => {
                let copy: Vec<char> = characters[at..at + length].to_vec();
                characters.splice(at..at, copy);
            }
            2 => characters.insert(at, random.char(..)),
            3 => characters.insert(
                at,
                *random
                    .choice(&[
                        '"', '{', '}', '[', ']', '\\', ',', ':', '0', '-', 'e', '%', '&', '=', '\0',
                    ])
                    .unwrap(),
            ),
            4 => {
                let long = "x".repeat(random.usize(0..2_000));
                characters.splice(at..at + length, long.chars());
            }
            _ => {
                let word = *random
                    .choice(&[
                        "null",
                        "1e999",
                        "-1",
                        "{}",
                        "[]",
                        "\"\"",
                        "true",
                        "1.5",
                        "\\ud800",
                        "9223372036854775808",
                    ])
                    .unwrap();
                characters.splice(at..at + length, word.chars());
            }
        }
    }
    let text: String = characters.into_iter().collect();
    if inner {
        event["body"] = text.into();
        return event.to_string();
    }
    text
}

/// Mutated events get valid answers, whatever they are: 2,000 here, as many as
/// `DESK_MUTATED_EVENTS` says elsewhere.
#[tokio::test(flavor = "multi_thread")]
async fn mutated_events_get_valid_answers() {
    let count: usize =
        std::env::var("DESK_MUTATED_EVENTS").ok().map_or(2_000, |count| count.parse().unwrap());
    let store = sample_store().await;
    let function = Function::start_loaded(with(
        variables(&store.endpoint()),
        &[
            ("CALLBACK_TOKENS", ""),
            ("PATH_SECRET_HASHES", PATH_SECRET_HASH),
            ("CONFIG_TTL_SECONDS", "3600"),
        ],
    ))
    .await;
    let folder = testing::top().join("events");
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_file())
        .collect();
    files.sort_by_key(|path| (!path.ends_with("assign.json"), path.clone()));
    let samples: Vec<Value> = files
        .iter()
        .map(|path| serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap())
        .collect();
    let mut random = fastrand::Rng::with_seed(20_261_124);
    let mut statuses = std::collections::BTreeMap::new();
    let mut routed = 0;
    for number in 0..count {
        let event = mutated_event(&samples, &mut random);
        let answer = function.invoke(&event).await;
        *statuses.entry(answer.status).or_insert(0_usize) += 1;
        let body: Value = serde_json::from_str(&answer.body)
            .unwrap_or_else(|error| panic!("event {number}: {error}: {event}\n{answer:?}"));
        let fields: Vec<&String> = body.as_object().unwrap().keys().collect();
        assert!(
            fields.len() >= 3 && body["ErrorCode"].is_u64() && body["ErrorInfo"].is_string(),
            "event {number}: {event}\n{answer:?}"
        );
        assert_eq!(
            body["ActionStatus"] == "OK",
            body["ErrorCode"] == 0,
            "event {number}: {event}\n{answer:?}"
        );
        assert!([200, 403, 405].contains(&answer.status), "event {number}: {event}\n{answer:?}");
        routed +=
            usize::from(body.get("AgentIdList").is_some() || body.get("AgentGroupId").is_some());
    }
    println!("{count} events: {statuses:?}, {routed} of them routed");
    assert!(routed > count / 20, "too few got past the locks: {routed}");
    let panics =
        function.output().await.iter().filter(|line| line.contains("\"event\":\"panic\"")).count();
    assert_eq!(panics, 0);
}
