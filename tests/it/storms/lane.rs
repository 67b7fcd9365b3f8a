//! One function in changing weather, and what each of its answers must be.

use std::collections::BTreeMap;
use std::time::Duration;

use desk_cli::local::embedded::{ASSIGNMENTS_TABLE, Embedded};
use routing::decide::{Rotation, Schedule};
use serde_json::{Value, json};
use testing::bad_tables::{FAULTS, Proxy};
use testing::patience::{Degraded, Lateness, Tries, within};
use testing::rows;
use testing::running::{BY_RELEASES, Running, publish, store};

use super::versions::{VIP, WEIGHTS, version};

/// The deadline is 1,200 ms.
const LONGEST: Duration = Duration::from_millis(1_300);

/// One function over tables of its own.
pub(super) struct Lane {
    store: Embedded,
    pub(super) proxy: Proxy,
    running: Running,
    random: fastrand::Rng,
    /// The version that is live.
    newest: i64,
    /// The version that the last answer came from.
    seen: i64,
    /// Agents given by a turn, from which rule.
    pub(super) turns: Vec<(String, String)>,
    pub(super) counts: BTreeMap<&'static str, usize>,
    /// Whether the function has had a snapshot since it started.
    loaded: bool,
    /// Callbacks that a busy machine alone can have spoiled, since one that it did not.
    spoiled: Tries,
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
    pub(super) async fn start(seed: u64) -> Self {
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
            spoiled: Tries::default(),
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
            Weather::Fine if record["degraded"] == json!([]) => self.spoiled = Tries::default(),
            Weather::Fine => self.spoiled.another(Degraded(about.clone())),
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
            assert!(has_no_rows || record["reason"] == "deadline", "{about}");
            if !has_no_rows {
                self.spoiled.another(Degraded(about.clone()));
            }
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
    pub(super) async fn storm(&mut self, callbacks: usize) {
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
    pub(super) async fn rotations_are_consistent(&mut self) {
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
            let mut tries = 0;
            'again: loop {
                tries += 1;
                let taken = turns_taken(&self.store, rule, &rotation).await;
                let mut left: BTreeMap<&str, i64> = BTreeMap::new();
                (0..taken).for_each(|turn| *left.entry(agent(turn)).or_default() += 1);
                for (_, given) in self.turns.iter().filter(|(of, _)| of == rule) {
                    *left.get_mut(given.as_str()).unwrap() -= 1;
                }
                assert!(left.values().all(|left| *left >= 0), "{rule}: given twice: {left:?}");
                for turn in taken..taken + 14 {
                    let session = format!("after-{rule}-{tries}-{turn}");
                    let user = format!("{rule}-after-{tries}-{turn}");
                    let (answer, record) = self.ask(&session, &user, Weather::Fine).await;
                    // Where a busy machine was in the way, nobody knows whether the turn was
                    // taken: it is looked at again. Many in a row end the test in `ask`.
                    if record["degraded"] != json!([]) || record["outcome"] == "fallback" {
                        tokio::time::sleep(Duration::from_secs(1)).await;
                        continue 'again;
                    }
                    assert_eq!(answer["AgentIdList"], json!([agent(turn)]), "{rule}, turn {turn}");
                }
                let after = turns_taken(&self.store, rule, &rotation).await;
                assert_eq!(after, taken + 14, "one step a turn");
                break;
            }
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
