//! Faults at random and in bursts between the real SDK client and the tables, from a seed.
//! `DESK_STORM_CALLBACKS` asks for longer storms.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use desk_cli::embedded::{ASSIGNMENTS_TABLE, Embedded};
use routing::decide::{Rotation, Schedule};
use serde_json::{Value, json};

use testing::bad_tables::{FAULTS, Fault, Proxy};
use testing::function::{Function, variables};
use testing::patience::{Degraded, Lateness, calm, within};
use testing::running::{BY_RELEASES, Running, publish, store};
use testing::{assign_event, rows};

const LANES: u64 = 10;
/// The deadline is 1,200 ms.
const LONGEST: Duration = Duration::from_millis(1_300);
const WEIGHTS: [(&str, u32); 3] = [("ann", 1), ("bob", 2), ("cho", 4)];
/// What the group of a segment's rule is above the version, so that an answer tells the rule too.
const VIP: i64 = 1_000_000;

/// Rules of every kind, by how the user's id begins; each answer says its version.
fn version(version: i64) -> Value {
    let rule = |letter: &str, priority: u32, more: Value| {
        let mut rule = json!({ "RuleId": letter, "Priority": priority, "ClientUserIdPrefixes": [letter], "AgentGroupId": version });
        rule.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        rule
    };
    let agents: Vec<Value> = WEIGHTS
        .iter()
        .map(|(id, weight)| json!({ "AgentId": id, "Rosters": ["desk"], "Weight": weight }))
        .collect();
    json!({
        "rules": [
            rule("plain", 1, json!({})),
            rule("vip", 2, json!({ "Segments": ["vip"], "AgentGroupId": VIP + version })),
            rule("v", 3, json!({})),
            rule("hash", 4, json!({ "Rosters": ["desk"], "Strategy": "hash" })),
            rule("round", 5, json!({ "Rosters": ["desk"], "Strategy": "round_robin" })),
            rule("last", 6, json!({ "Rosters": ["desk"], "Strategy": "hash", "Prefer": ["last_agent"] })),
            rule("both", 7, json!({ "Rosters": ["desk"], "Strategy": "round_robin", "Prefer": ["owner", "last_agent"] })),
        ],
        "agents": agents,
        "customers": [{ "ClientUserId": "vip", "Segments": ["vip"] }, { "ClientUserId": "both-owned", "Owner": "bob" }],
    })
}

/// One function over tables of its own.
struct Lane {
    store: Embedded,
    proxy: Proxy,
    running: Running,
    random: fastrand::Rng,
    /// The version that is live.
    newest: i64,
    /// The version that the last answer came from.
    seen: i64,
    /// Agents given by a turn, from which rule.
    turns: Vec<(String, String)>,
    counts: BTreeMap<&'static str, usize>,
    /// Whether the function has had a snapshot since it started.
    loaded: bool,
}

/// What requests meet.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Weather {
    Fine,
    /// Some meet faults.
    Mixed,
    /// All meet the same fault.
    Burst,
}

impl Lane {
    async fn start(seed: u64) -> Self {
        let store = store(version(1)).await;
        publish(&store).await;
        let proxy = Proxy::start(&store.endpoint()).await;
        let endpoint = proxy.endpoint();
        let running = Running::start_in_time(&endpoint, &[BY_RELEASES]);
        let running = running.await.until_loaded().await;
        let random = fastrand::Rng::with_seed(seed);
        Self {
            store,
            proxy,
            running,
            random,
            newest: 1,
            seen: 1,
            turns: Vec::new(),
            counts: BTreeMap::new(),
            loaded: true,
        }
    }

    /// Other weather, for some callbacks.
    fn turn_weather(&mut self) -> Weather {
        self.proxy.calm();
        match self.random.u8(..10) {
            0..3 => Weather::Fine,
            3..7 => {
                self.proxy.weather([0.1, 0.3, 0.7][self.random.usize(..3)], self.random.u64(..));
                Weather::Mixed
            }
            _ => {
                self.proxy.set(self.random.choice(FAULTS));
                Weather::Burst
            }
        }
    }

    /// A new instance, whatever the weather.
    async fn restart(&mut self) {
        let endpoint = self.proxy.endpoint();
        let start = Running::start_in_time(&endpoint, &[BY_RELEASES]);
        self.running = within(Duration::from_millis(700), "a start", start).await;
        self.loaded = false;
    }

    async fn change_rules(&mut self) {
        self.newest += 1;
        self.store.put(&rows(version(self.newest))).await.unwrap();
        assert_eq!(publish(&self.store).await, "Published");
    }

    /// One callback: a valid answer in time, by the version that it must come from. Gives the
    /// answer and its record.
    async fn ask(&mut self, session: &str, user: &str, weather: Weather) -> (Value, Value) {
        let lateness = Lateness::watch();
        let asked = self.running.ask_in(session, user);
        let about = format!("{user} in {session}, {weather:?}");
        let (answer, record) = within(LONGEST, about, asked).await;
        let late = lateness.so_far();
        let about = format!("{user} in {session}, {late:?} late: {answer} {record}");
        assert_eq!(
            (&answer["ActionStatus"], &answer["ErrorCode"]),
            (&json!("OK"), &json!(0)),
            "{about}"
        );
        let degraded = |what: &str| record["degraded"].as_array().unwrap().contains(&json!(what));
        match weather {
            // The faults are over: only a busy machine can still be in the way.
            Weather::Fine => assert!(record["degraded"] == json!([]) || !late.is_zero(), "{about}"),
            Weather::Mixed => {}
            Weather::Burst => assert!(degraded("config"), "{about}"),
        }
        *self.counts.entry("callbacks").or_default() += 1;
        *self.counts.entry("degraded").or_default() += usize::from(record["degraded"] != json!([]));
        if record["outcome"] == "fallback" {
            let has_no_rows = record["reason"] == "no_config";
            assert!(!has_no_rows || (!self.loaded && degraded("config")), "{about}");
            // Only a busy machine lets a deadline pass: whatever is asked of the tables ends
            // before.
            let is_late = record["reason"] == "deadline" && !late.is_zero();
            assert!(has_no_rows || is_late, "{about}");
            assert_eq!(answer["AgentGroupId"], 1_000, "{about}");
            *self.counts.entry("without rows").or_default() += 1;
            return (answer, record);
        }
        self.loaded = true;
        // Which rule: the customer is unknown when the table cannot be read, and so in no segment.
        let rule = match user {
            "vip" if degraded("customers") => "v",
            user => user.split_once('-').map_or(user, |(rule, _)| rule),
        };
        let group = answer["AgentGroupId"].as_i64().unwrap() - if rule == "vip" { VIP } else { 0 };
        if record["reason"] == "event_repeated" {
            return (answer, record);
        }
        assert_eq!(record["rule_id"], rule, "{about}");
        let versions =
            if degraded("config") { self.seen..=self.newest } else { self.newest..=self.newest };
        assert!(versions.contains(&group), "not of {versions:?}: {about}");
        self.seen = group;
        match rule {
            "plain" | "vip" | "v" => assert_eq!(record["outcome"], "group", "{about}"),
            _ => {
                assert_eq!(
                    (&record["outcome"], answer["AgentIdList"].as_array().unwrap().len()),
                    (&json!("agents"), 1),
                    "{about}"
                );
                let by_turn = record["strategy"] == "round_robin" && record["preferred"].is_null();
                if matches!(rule, "round" | "both")
                    && !degraded("assignments")
                    && record["preferred"].is_null()
                {
                    assert!(by_turn, "{about}");
                }
                if by_turn {
                    self.turns.push((
                        rule.to_owned(),
                        answer["AgentIdList"][0].as_str().unwrap().to_owned(),
                    ));
                }
            }
        }
        (answer, record)
    }

    /// Callbacks in changing weather.
    async fn storm(&mut self, callbacks: usize) {
        let mut number = 0;
        while number < callbacks {
            let weather = self.turn_weather();
            if self.random.u8(..10) == 0 {
                self.restart().await;
            }
            for _ in 0..self.random.usize(1..12) {
                number += 1;
                if self.random.u8(..8) == 0 {
                    self.change_rules().await;
                }
                let user = self
                    .random
                    .choice([
                        "plain",
                        "vip",
                        "vip",
                        "hash-1",
                        "round-1",
                        "last-1",
                        "both-1",
                        "both-owned",
                    ])
                    .unwrap();
                let (session, user) = (
                    format!("session-{number}"),
                    if self.random.bool() { user.to_owned() } else { format!("{user}-{number}") },
                );
                let user =
                    user.strip_prefix("vip-").map_or(user.clone(), |other| format!("v-{other}"));
                let (answer, record) = self.ask(&session, &user, weather).await;
                // The same event again, as Tencent or a proxy might send it: the same answer, when
                // both could use the memory.
                if self.random.u8(..4) == 0 && record["strategy"] != Value::Null {
                    let (again, second) = self.ask(&session, &user, weather).await;
                    let remembered = |record: &Value| {
                        !record["degraded"].as_array().unwrap().contains(&json!("assignments"))
                    };
                    let both = [&record, &second];
                    if user.starts_with("hash")
                        || second["outcome"] == "fallback"
                        || !both.into_iter().all(remembered)
                    {
                        continue;
                    }
                    assert_eq!(
                        (&again["AgentIdList"], &second["reason"]),
                        (&answer["AgentIdList"], &json!("event_repeated")),
                        "{record} {second}"
                    );
                }
            }
        }
    }

    /// No turn was given to more sessions than it is there for, and the rotation goes on exactly
    /// where it is.
    async fn rotations_are_consistent(&mut self) {
        self.running = Running::start(&self.store.endpoint(), &[BY_RELEASES]).await;
        for rule in ["round", "both"] {
            let rotation = Rotation::new(
                &rule.into(),
                "desk",
                WEIGHTS.iter().map(|(_, weight)| *weight).collect(),
                1,
            );
            let schedule = Schedule::new(rotation.weights());
            let agent = |turn: u128| WEIGHTS[schedule.turn(turn * rotation.step(), 1)[0]].0;
            let taken = turns_taken(&self.store, rule, &rotation).await;
            let mut left: BTreeMap<&str, i64> = BTreeMap::new();
            (0..taken).for_each(|turn| *left.entry(agent(turn)).or_default() += 1);
            for (_, given) in self.turns.iter().filter(|(of, _)| of == rule) {
                *left.get_mut(given.as_str()).unwrap() -= 1;
            }
            assert!(left.values().all(|left| *left >= 0), "{rule}: turns given twice: {left:?}");
            for turn in taken..taken + 14 {
                let (answer, _) = self
                    .ask(
                        &format!("after-{rule}-{turn}"),
                        &format!("{rule}-after-{turn}"),
                        Weather::Fine,
                    )
                    .await;
                assert_eq!(answer["AgentIdList"], json!([agent(turn)]), "{rule}, turn {turn}");
            }
            assert_eq!(
                turns_taken(&self.store, rule, &rotation).await,
                taken + 14,
                "one step a turn"
            );
        }
    }
}

/// How many turns of a rule's rotation were ever taken; a whole number.
async fn turns_taken(store: &Embedded, rule: &str, rotation: &Rotation) -> u128 {
    let items = store.client().scan().table_name(ASSIGNMENTS_TABLE).send().await.unwrap();
    assert!(items.last_evaluated_key.is_none());
    let mut rotations = items
        .items
        .unwrap()
        .into_iter()
        .filter(|item| item.get("RuleId").is_some_and(|id| id.as_s().unwrap() == rule));
    let Some(item) = rotations.find(|item| item["Key"].as_s().unwrap().starts_with("rotation#"))
    else {
        return 0;
    };
    let position: u128 = item["Position"].as_n().unwrap().parse().unwrap();
    assert_eq!(position % rotation.step(), 0);
    position / rotation.step()
}

/// Thousands of callbacks while tables change and every kind of fault comes and goes.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn callbacks_in_any_weather() {
    let callbacks = std::env::var("DESK_STORM_CALLBACKS")
        .map_or(2_400, |number| number.parse().unwrap())
        / LANES as usize;
    let started = Instant::now();
    let lanes: Vec<_> = (0..LANES)
        .map(|seed| {
            tokio::spawn(async move {
                let mut lane = Lane::start(seed).await;
                lane.storm(callbacks).await;
                lane.proxy.calm();
                lane.rotations_are_consistent().await;
                lane.counts
            })
        })
        .collect();
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for lane in lanes {
        for (what, count) in lane.await.unwrap() {
            *counts.entry(what).or_default() += count;
        }
    }
    println!("{counts:?} in {:?}", started.elapsed());
    assert!(counts["degraded"] * 10 > counts["callbacks"], "the faults were met: {counts:?}");
}

/// The process is ended at every point between a decision's requests, before and after the table
/// has done what it was asked. The next process goes on as if nothing had been, and answers the
/// same event.
#[tokio::test(flavor = "multi_thread")]
async fn a_crash_at_any_point() {
    let mut lane = Lane::start(0).await;
    for (rule, requests) in [("round", 2), ("last", 4), ("both", 6)] {
        for (number, fault) in
            (0..=requests).flat_map(|number| [(number, Fault::Hang), (number, Fault::Silence)])
        {
            let is_met = number < requests;
            let about = format!("{rule}, {fault:?} of request {number}");
            let (id, answered) = calm(async |again| {
                let id = format!("{rule}-{number}-{fault:?}-{again}");
                let answered = crash(&lane.proxy, &id, number, fault).await;
                // A busy machine's requests may be made twice, and meet the fault earlier; or come
                // too late.
                match (answered?, is_met) {
                    (None, true) => Ok((id, None)),
                    (Some(answer), false) => Ok((id, Some(answer))),
                    (answer, _) => Err(Degraded(format!("{about}: {answer:?}"))),
                }
            })
            .await;
            let function = on_from(&lane.proxy).await;
            let (again, record) = function.invoke_until_calm(|| assign_event(&id, &id)).await;
            let about = format!("{about}: {} {record}", again.body);
            assert_eq!((again.status, &record["outcome"]), (200, &json!("agents")), "{about}");
            let answer =
                |body: &str| serde_json::from_str::<Value>(body).unwrap()["AgentIdList"].clone();
            if let Some(answered) = answered {
                assert_eq!(
                    (answer(&answered), &record["reason"]),
                    (answer(&again.body), &json!("event_repeated")),
                    "{about}"
                );
            }
            if record["strategy"] == "round_robin" {
                lane.turns
                    .push((rule.to_owned(), record["agent_ids"][0].as_str().unwrap().to_owned()));
            }
        }
    }
    lane.rotations_are_consistent().await;
}

/// A function that has its rows and does not look again.
async fn on_from(proxy: &Proxy) -> Function {
    let ttl = vec![("CONFIG_TTL_SECONDS".into(), "3600".into()), by_releases()];
    Function::start_loaded([variables(&proxy.endpoint()), ttl].concat()).await
}

fn by_releases() -> (String, String) {
    (BY_RELEASES.0.to_owned(), BY_RELEASES.1.to_owned())
}

/// Ends a function when the fault after so many requests for a session is met; else gives its
/// answer.
async fn crash(
    proxy: &Proxy,
    id: &str,
    number: usize,
    fault: Fault,
) -> Result<Option<String>, Degraded> {
    let function = on_from(proxy).await;
    proxy.set_after(number, Some(fault));
    let answered = tokio::select! {
        () = proxy.until_met() => None,
        answer = function.invoke(assign_event(id, id)) => Some(answer.body),
    };
    let record = match answered {
        Some(_) => function.records().await.pop(),
        None => None,
    };
    drop(function);
    proxy.calm();
    match record {
        Some(record) if record["degraded"] != json!([]) => Err(Degraded(record.to_string())),
        _ => Ok(answered),
    }
}

/// Connections that died while the function was frozen, without a word: the first callback takes
/// longer, and nothing else is lost.
#[tokio::test(flavor = "multi_thread")]
async fn dead_connections_after_a_pause() {
    let store = store(version(1)).await;
    publish(&store).await;
    let proxy = Proxy::start(&store.endpoint()).await;
    for ttl in ["0", "3600"] {
        for user in ["plain", "vip", "round-1", "last-1", "both-1"] {
            calm(async |_| wakes_up(&proxy, ttl, user).await).await;
        }
    }
}

/// A function for this user, frozen after its first callback.
async fn wakes_up(proxy: &Proxy, ttl: &str, user: &str) -> Result<(), Degraded> {
    let ttl = vec![("CONFIG_TTL_SECONDS".into(), ttl.into()), by_releases()];
    let function = Function::start_loaded([variables(&proxy.endpoint()), ttl].concat()).await;
    function.invoke_until_calm(|| assign_event("before", user)).await;
    proxy.strand();
    for number in 0..3 {
        let lateness = Lateness::watch();
        let about = format!("{user}, callback {number}");
        let event = assign_event(&format!("{user}-{number}"), user);
        // The load's requests on dead connections wait 300 ms, a decision's 140, and are made again
        // on new ones.
        let longest = Duration::from_millis(if number == 0 { 700 } else { 200 });
        let answer = within(longest, &about, function.invoke(event)).await;
        let late = lateness.so_far();
        let record = function.records().await.pop().unwrap();
        let about = format!("{about}, {late:?} late: {record}");
        assert_eq!((answer.status, record["rule_id"].is_string()), (200, true), "{about}");
        if record["degraded"] != json!([]) {
            assert!(!late.is_zero(), "{about}");
            return Err(Degraded(about));
        }
        assert_eq!(record["rule_id"], user.trim_end_matches("-1"), "{about}");
    }
    Ok(())
}
