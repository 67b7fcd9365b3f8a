//! Events changed at random: every one gets a valid answer.

use serde_json::{Value, json};

use super::{sample_store, with};
use testing::PATH_SECRET_HASH;
use testing::function::{Function, variables};

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
