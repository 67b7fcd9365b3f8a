//! The rotation against a model of it, while rows change and callbacks come in parallel.

use std::collections::BTreeMap;
use std::sync::Arc;

use aws_sdk_dynamodb::types::AttributeValue as Attribute;
use desk_cli::local::embedded::{Embedded, table_name};
use proptest::prelude::*;
use routing::rows::Table;
use serde_json::json;

use testing::rows;
use testing::running::{Running, store};

/// The exact rotation, as simply as it can be said. The position is a fraction, in whole units of
/// which every 1/W up to W = 60 is a multiple.
#[derive(Default)]
struct Model {
    position: u128,
}

impl Model {
    /// The least common multiple of 1 to 60: a round.
    const ROUND: u128 = 9_690_712_164_777_231_700_912_800;

    /// Whose turn is next among these agents (id → weight).
    fn next(&mut self, agents: &BTreeMap<String, u32>) -> String {
        if agents.len() == 1 {
            return agents.keys().next().unwrap().clone();
        }
        let total: u32 = agents.values().sum();
        let divisor = (1..=60)
            .rev()
            .find(|divisor| agents.values().all(|weight| weight % divisor == 0))
            .unwrap();
        let length = u128::from(total / divisor);
        let place = (self.position * u128::from(divisor)) % Self::ROUND;
        self.position += Self::ROUND / u128::from(total);
        // From the round's first slot to this one, serve who is due first among those not ahead of
        // their share.
        let mut counts: BTreeMap<&String, u128> = agents.keys().map(|id| (id, 0)).collect();
        let mut slot = 0;
        loop {
            let of = |id: &String| u128::from(agents[id] / divisor);
            let not_ahead = counts.iter().filter(|(id, count)| **count * length <= slot * of(id));
            let (id, _) = not_ahead
                .min_by_key(|(id, count)| ((**count + 1) * length).div_ceil(of(id)))
                .unwrap();
            let id = (*id).clone();
            if slot == place * length / Self::ROUND {
                return id;
            }
            *counts.get_mut(&id).unwrap() += 1;
            slot += 1;
        }
    }
}

#[derive(Debug, Clone)]
enum AgentChange {
    Leaves,
    OnLeave,
    Weight(u32),
    SecondTier,
}

#[derive(Debug, Clone)]
enum Happening {
    Row(usize, AgentChange),
    /// So many callbacks at the same time.
    Sessions(usize),
}

fn happening() -> impl Strategy<Value = Happening> {
    let change = prop_oneof![
        1 => Just(AgentChange::Leaves),
        1 => Just(AgentChange::OnLeave),
        3 => (0_u32..=9).prop_map(AgentChange::Weight),
        1 => Just(AgentChange::SecondTier),
    ];
    prop_oneof![
        1 => (0_usize..6, change).prop_map(|(agent, change)| Happening::Row(agent, change)),
        2 => Just(Happening::Sessions(1)),
        1 => (2_usize..12).prop_map(Happening::Sessions),
    ]
}

/// The agents eligible with these changes: the first tier, else the second.
fn eligible(agents: &[AgentChange]) -> BTreeMap<String, u32> {
    let tier = |second: bool| -> BTreeMap<String, u32> {
        let weight = |change: &AgentChange| match change {
            AgentChange::Weight(weight) if !second => Some(*weight).filter(|weight| *weight > 0),
            AgentChange::SecondTier if second => Some(1),
            _ => None,
        };
        agents
            .iter()
            .enumerate()
            .filter_map(|(i, change)| Some((format!("agent-{i}"), weight(change)?)))
            .collect()
    };
    let first = tier(false);
    if first.is_empty() { tier(true) } else { first }
}

async fn change_row(store: &Embedded, agent: usize, change: &AgentChange) {
    let id = format!("agent-{agent}");
    let row = match change {
        AgentChange::Leaves => {
            let key = Attribute::S(id);
            store
                .client()
                .delete_item()
                .table_name(table_name(Table::Agents))
                .key("AgentId", key)
                .send()
                .await
                .unwrap();
            return;
        }
        AgentChange::OnLeave => {
            json!({ "AgentId": id, "Rosters": ["desk"], "Away": ["2020-01-01.."] })
        }
        AgentChange::Weight(weight) => {
            json!({ "AgentId": id, "Rosters": ["desk"], "Weight": weight })
        }
        AgentChange::SecondTier => json!({ "AgentId": id, "Rosters": { "desk": 2 } }),
    };
    store.put(&rows(json!({ "agents": [row] }))).await.unwrap();
}

async fn follow(events: Vec<Happening>) {
    let rules = json!([
        {
            "RuleId": "r", "Priority": 1, "ClientUserIds": ["user"], "Rosters": ["desk"],
            "Strategy": "round_robin",
        },
    ]);
    // Somebody is always there, or the tables would not be believed when all six are gone.
    let other = json!([{ "AgentId": "other", "Rosters": ["elsewhere"] }]);
    let store = store(json!({ "rules": rules, "agents": other })).await;
    let mut agents = vec![AgentChange::Weight(1); 6];
    for (agent, change) in agents.iter().enumerate() {
        change_row(&store, agent, change).await;
    }
    let mut instances = Vec::new();
    for _ in 0..3 {
        instances.push(Arc::new(Running::start(&store.endpoint(), &[]).await));
    }
    let mut model = Model::default();
    let (mut counts, mut turns, mut most): (BTreeMap<String, i64>, i64, i64) =
        (BTreeMap::new(), 0, 1);
    let mut session = 0;
    for event in events {
        let before = eligible(&agents);
        match event {
            Happening::Row(agent, change) => {
                change_row(&store, agent, &change).await;
                agents[agent] = change;
                // Of callbacks at the same time one reads the rows and the others go on with those
                // before; so they are read here.
                for running in &instances {
                    running.ask("nobody").await;
                }
                if eligible(&agents) != before {
                    // From a later point than the first turn, twice the bound holds.
                    if turns > 0 {
                        most = 2;
                    }
                    counts.clear();
                    turns = 0;
                }
            }
            Happening::Sessions(number) => {
                let tasks: Vec<_> = (0..number)
                    .map(|task| {
                        session += 1;
                        let (running, session) =
                            (Arc::clone(&instances[(session + task) % 3]), session.to_string());
                        tokio::spawn(async move {
                            running.ask_in(&session, "user").await.0["AgentIdList"][0]
                                .as_str()
                                .map(str::to_owned)
                        })
                    })
                    .collect();
                let mut answers = Vec::new();
                for task in tasks {
                    answers.push(task.await.unwrap());
                }
                if before.is_empty() {
                    assert!(
                        answers.iter().all(Option::is_none),
                        "nobody is eligible, yet {answers:?}"
                    );
                    continue;
                }
                let expected: Vec<String> = (0..number).map(|_| model.next(&before)).collect();
                let total: i64 = before.values().map(|weight| i64::from(*weight)).sum();
                for agent in &expected {
                    *counts.entry(agent.clone()).or_default() += 1;
                    turns += 1;
                    for (id, weight) in &before {
                        let off = counts.get(id).copied().unwrap_or_default() * total
                            - turns * i64::from(*weight);
                        assert!(
                            off.abs() < most * total,
                            "{id} is {off}/{total} sessions off after {turns} of {before:?}"
                        );
                    }
                }
                // Who of several at the same time came first is not known, but together they are
                // the model's next turns.
                let mut expected: Vec<Option<String>> = expected.into_iter().map(Some).collect();
                expected.sort();
                answers.sort();
                assert_eq!(answers, expected, "among {before:?}");
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig {
        max_shrink_iters: 60,
        ..ProptestConfig::with_cases(12)
    })]

    /// Joins, leaves, leaves of absence, weights, tiers, parallel callers: always the model's
    /// turns, and within the bound at every one.
    #[test]
    fn the_rotation_is_the_exact_models(events in prop::collection::vec(happening(), 40..80)) {
        let mut runtime = tokio::runtime::Builder::new_multi_thread();
        let runtime = runtime.worker_threads(2).enable_all().build().unwrap();
        runtime.block_on(follow(events));
    }
}
