//! Random worlds with every attribute, decided twice: by the product, and by a naive evaluator that
//! shares nothing with it. And out of a release, which decides and traces word for word as the rows
//! do. The evaluator has no index, reads the rows' JSON anew for each question, and goes
//! day by day. `NAIVE_WORLDS` sets how many worlds, `NAIVE_SEED` the first.

#![allow(missing_docs, clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod agents;
mod clock;
mod conditions;
mod hours;
mod maker;
mod opposites;
mod world;
mod worlds;

use std::collections::BTreeSet;

use chrono::{DateTime, TimeDelta, Utc};
use routing::decide::{Known, Question, RuleResult, Tracing, run_ready};
use routing::hours::Country;
use routing::inspect::check::{Input, check};
use routing::release::{encode_typed, settle};
use routing::rows::condition::{CONDITIONS, Condition};
use routing::rows::{
    Customer, Defaults, Fact, Finding, Row, Rows, Severity, Table, customer, row_from_json,
};
use routing::session::Session;
use routing::snapshot::Snapshot;
use serde_json::Value;

use agents::{Answer, answer};
use world::{Request, World};
use worlds::world;

/// Worlds tried, unless the variable says otherwise.
const WORLDS: u64 = 400;

/// The snapshot as the webhook has it: out of a release.
fn released(rows: &Rows, defaults: &Defaults, now: DateTime<Utc>) -> Snapshot {
    let (settled, _) = settle(rows, None, defaults, now);
    let typed = encode_typed(&settled, now).unwrap();
    let later = encode_typed(&settled, now + TimeDelta::days(400)).unwrap();
    assert!(typed == later, "equal rows in force, equal bytes");
    Snapshot::of_release(&typed).unwrap()
}

/// The decision and its trace, whatever the trace shows, in words.
fn traced(world: &World, snapshot: &Snapshot, request: &Request) -> String {
    let (session, now) = asked(request);
    let default_group = world.default_group;
    let question = Question { snapshot, session: &session, now, default_group };
    let decided = run_ready(&question, &mut facts(world, request), Tracing::Full);
    let trace = decided.trace.unwrap();
    let won = trace.rules.iter().find(|rule| rule.verdict == RuleResult::Won);
    let won = won.map(|rule| rule.rule_id.as_str());
    assert_eq!(won, decided.decision.rule_id.as_deref(), "the trace goes as far as the rule");
    format!("{:?} {trace:?}", decided.decision)
}

/// Who asks, and when.
fn asked(request: &Request) -> (Session, DateTime<Utc>) {
    let session = Session::new("s", &*request.user, 1, request.app)
        .on_platform(request.platform)
        .from_ip(request.address)
        .with_customer_service(request.account.map(str::to_owned));
    (session, DateTime::from_timestamp(request.now * 60 + 59, 0).unwrap())
}

/// The customer as the request has it; nothing else is remembered.
fn facts(world: &World, request: &Request) -> Known {
    Known { customer: known(world, request), ..Known::default() }
}

/// What is known of the customer who asks.
fn known(world: &World, request: &Request) -> Fact<Option<Customer>> {
    let now = DateTime::from_timestamp(request.now * 60, 0).unwrap();
    match &request.customer {
        Err(()) => Fact::Unknown,
        Ok(None) => Fact::Is(None),
        Ok(Some(json)) => {
            let (known, findings) = customer::known(Some(&row(json)), &defaults(world), now);
            assert!(matches!(known, Fact::Is(_)), "{json} {findings:?}");
            known
        }
    }
}

fn defaults(world: &World) -> Defaults {
    Defaults {
        time_zone: world.zone.parse().unwrap(),
        holiday_country: Some(Country::parse(world.country).unwrap()),
        customers: true,
        assignments: false,
    }
}

fn row(json: &Value) -> Row {
    row_from_json(json.as_object().unwrap().clone())
}

fn rows(all: &[Value]) -> Vec<Row> {
    all.iter().map(row).collect()
}

fn decided(world: &World, snapshot: &Snapshot, request: &Request) -> Answer {
    let (session, now) = asked(request);
    let default_group = world.default_group;
    let question = Question { snapshot, session: &session, now, default_group };
    let facts = facts(world, request);
    let decided = run_ready(&question, &mut facts.clone(), Tracing::WithoutRule);
    let decision = decided.decision;
    let plain = run_ready(&question, &mut facts.clone(), Tracing::RuleByRule);
    assert_eq!(decision, plain.decision, "by the index, and rule by rule");
    assert_eq!(decided.known, plain.known, "the same is asked for");
    let agents: BTreeSet<String> = decision.agent_ids.iter().map(ToString::to_string).collect();
    assert_eq!(agents.len(), decision.agent_ids.len(), "nobody twice");
    Answer {
        rule: decision.rule_id.map(|id| id.to_string()),
        group: decision.agent_group_id,
        most: agents.len(),
        agents,
    }
}

/// The rules of which `check` says that they are never reached, or that nobody can answer for them.
fn vain(world: &World, rows: &Rows, now: DateTime<Utc>) -> Vec<(String, String)> {
    let defaults = &defaults(world);
    let (live, customers, default_group) = (None, None, world.default_group);
    let findings = check(Input { rows, customers, live, defaults, default_group, now, from: now });
    let is_it = |finding: &Finding| {
        let of_rule = finding.severity == Severity::Warning && finding.table == Table::Rules;
        let vain = ["is never reached", "none of the rule's agents can ever answer"];
        of_rule && vain.iter().any(|said| finding.message.contains(said))
    };
    findings.into_iter().filter(is_it).map(|finding| (finding.key, finding.message)).collect()
}

#[test]
#[expect(clippy::disallowed_methods, reason = "how long to try is set from outside")]
fn decisions_are_those_of_a_naive_evaluator() {
    let number = |name: &str| std::env::var(name).ok().and_then(|n| n.parse::<u64>().ok());
    let first = number("NAIVE_SEED").unwrap_or(0);
    let (mut with_agents, mut with_group, mut without, mut closed) = (0_u64, 0_u64, 0_u64, 0_u64);
    let mut told = 0_u64;
    let mut asked_for = BTreeSet::new();
    for seed in first..first + number("NAIVE_WORLDS").unwrap_or(WORLDS) {
        let world = world(seed);
        let all = Rows {
            rules: rows(&world.rules),
            agents: rows(&world.agents),
            calendars: rows(&world.calendars),
        };
        let now = DateTime::from_timestamp(world.requests[0].now * 60, 0).unwrap();
        let snapshot = Snapshot::compile(&all, &defaults(&world), now);
        for finding in snapshot.findings() {
            let expected = finding.severity == Severity::Warning
                || finding.attribute.as_deref() == Some("Bad");
            assert!(expected, "seed {seed}: {finding}");
        }
        let vain = vain(&world, &all, now);
        told += vain.len() as u64;
        let released = released(&all, &defaults(&world), now);
        let conditions = released.rules().iter().flat_map(|linked| &linked.rule.conditions);
        asked_for.extend(conditions.flat_map(Condition::each).map(|condition| condition.attribute));
        for request in &world.requests {
            let by_release = traced(&world, &released, request);
            assert_eq!(by_release, traced(&world, &snapshot, request), "seed {seed}");
            // What is asked again in a minute is answered by what was found out before.
            for _ in 0..2 {
                decided(&world, &snapshot, request);
            }
            let found = decided(&world, &snapshot, request);
            let naive = answer(&world, request);
            // Of more than `MaxAgents`, any so many.
            let same = found.rule == naive.rule
                && found.group == naive.group
                && found.most == naive.most
                && found.agents.is_subset(&naive.agents);
            assert!(same, "seed {seed}: {found:?}, naively {naive:?}\n{request:#?}\n{world:#?}");
            let own = vain.iter().filter(|(rule, _)| Some(rule) == found.rule.as_ref());
            for (_, message) in own {
                let reached = message.contains("is never reached");
                assert!(!reached && found.agents.is_empty(), "seed {seed}: {message}\n{world:#?}");
            }
            match (&naive.rule, naive.agents.is_empty()) {
                (None, _) => without += 1,
                (Some(_), true) => with_group += 1,
                (Some(_), false) => with_agents += 1,
            }
            let shut = |agent: &&Value| !hours::is_open(&world, agent, "Shifts", request.now);
            closed += u64::from(world.agents.iter().any(|agent| shut(&agent)));
        }
    }
    println!("{told} rules never reached or without agents for ever");
    println!("{with_agents} with agents, {with_group} with a group, {without} without a rule");
    let all = CONDITIONS.iter().flat_map(|(plain, not)| [*plain, *not]).collect();
    assert_eq!(asked_for, all, "every condition, out of a release");
    for count in [with_agents, with_group, without, closed, told] {
        assert!(count > 0, "{with_agents} {with_group} {without} {closed}");
    }
}
