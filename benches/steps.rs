//! Instructions of the steps of a callback, counted by Callgrind: they hardly differ from run to
//! run. `cargo bench --bench steps`.

#![allow(
    missing_docs,
    dead_code,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

use std::hint::black_box;

use chrono::{DateTime, Utc};
use desk_cli::files::row_files::RowFiles;
use desk_router::lambda::read_event;
use desk_router::tencent::{Locks, Received, receive};
use gungraun::prelude::*;
use routing::decide::{Decided, Known, Tracing, run_ready};
use routing::release::{encode_typed, settle};
use routing::rows::{Defaults, Fact, Read, Rows, Table, customer as customers, row_from_json};
use routing::session::Session;
use routing::snapshot::Snapshot;
use serde_json::json;
use testing::large::{customer, large, large_of, mixed, sample};
use testing::{assign_event, question, settings};

/// What a decision takes.
struct Case {
    snapshot: Snapshot,
    session: Session,
    now: DateTime<Utc>,
    facts: Known,
    tracing: Tracing,
}

/// When all is decided: not when one of the rows' nightly minutes is open.
fn now() -> DateTime<Utc> {
    DateTime::from_timestamp(1_795_608_000, 0).unwrap() // Wednesday 2026-11-25 12:00 UTC
}

fn defaults() -> Defaults {
    settings(&[("HOLIDAY_COUNTRY", "KR")]).defaults
}

/// A case of this user; `customer` is one, with a segment. Decided before, so that neither what is
/// computed at a first decision nor an allocator that tidies up after a load is counted.
fn case(files: RowFiles, user: &str, tracing: Tracing) -> Case {
    let (now, defaults) = (now(), defaults());
    let snapshot = Snapshot::compile(&files.for_snapshot(), &defaults, now);
    let row = row_from_json(customer()[0].as_object().unwrap().clone());
    let Ok((key, Read::Good(customer), _)) = customers::read(&row, &defaults, now) else {
        panic!("a good row")
    };
    let facts = Known { customer: Fact::Is((key == user).then_some(customer)), ..Known::default() };
    let mut case = Case {
        snapshot,
        session: Session::new("session", user, 1, 1_400_000_000)
            .on_platform(Some("iOS"))
            .from_ip(Some("198.51.100.7")),
        now,
        facts,
        tracing: Tracing::WithoutRule,
    };
    for _ in 0..100 {
        decide_once(&mut case);
    }
    Case { tracing, ..case }
}

/// The whole of it, as the webhook decides: with the customer asked for where a rule needs it.
fn decide_once(case: &mut Case) -> Decided {
    let question = question(&case.snapshot, &case.session, case.now);
    run_ready(&question, &mut case.facts, case.tracing)
}

fn event() -> (String, Locks, DateTime<Utc>) {
    (assign_event("session", "user"), Locks::new(settings(&[]).locks), Utc::now())
}

#[library_benchmark]
#[bench::signed(event())]
fn verify((event, locks, now): (String, Locks, DateTime<Utc>)) -> Received {
    let received = receive(&read_event(&event).unwrap(), &locks, now);
    assert!(matches!(received, Received::Assign(_)));
    black_box(received)
}

/// 1,000 rules and agents in force, and nine times as many that are disabled.
fn mostly_disabled() -> RowFiles {
    let mut files = large_of(1_000, 0);
    for n in 0..9_000 {
        let id = format!("off-{n}");
        let rule = json!({
            "RuleId": id, "Priority": n, "Enabled": false, "ClientUserIds": [id],
            "AgentGroupId": 6500,
        });
        let agent = json!({ "AgentId": id, "Enabled": false });
        for (table, row) in [(Table::Rules, rule), (Table::Agents, agent)] {
            files.extend(table, [row_from_json(row.as_object().unwrap().clone())]);
        }
    }
    files
}

#[library_benchmark]
#[bench::of_50_and_200(sample().for_snapshot(), defaults())]
#[bench::of_1_000_each(large_of(1_000, 0).for_snapshot(), defaults())]
#[bench::of_10_000_each(large().for_snapshot(), defaults())]
fn compile(rows: Rows, defaults: Defaults) -> Snapshot {
    black_box(Snapshot::compile(&rows, &defaults, now()))
}

/// The bytes of a release of these rows. What making them freed is tidied here: the allocator puts
/// it off until the next large piece of memory is asked for, and that would be counted as reading.
fn release_of(files: RowFiles) -> Vec<u8> {
    let bytes = {
        let (settled, _) = settle(&files.for_snapshot(), None, &defaults(), now());
        encode_typed(&settled, now()).unwrap()
    };
    black_box(Vec::<u8>::with_capacity(100_000));
    bytes
}

#[library_benchmark]
#[bench::of_50_and_200(release_of(sample()))]
#[bench::of_1_000_each(release_of(large_of(1_000, 0)))]
#[bench::of_1_000_each_beside_9_000_disabled(release_of(mostly_disabled()))]
#[bench::of_10_000_each(release_of(large()))]
fn take_release(typed: Vec<u8>) -> Snapshot {
    black_box(Snapshot::of_release(&typed).unwrap())
}

#[library_benchmark]
#[bench::last_of_50(case(sample(), "user", Tracing::WithoutRule))]
#[bench::last_of_50_without_index(case(sample(), "user", Tracing::RuleByRule))]
#[bench::exact_id_of_10_000(case(large(), "exact-3999", Tracing::WithoutRule))]
#[bench::exact_id_of_10_000_without_index(case(large(), "exact-3999", Tracing::RuleByRule))]
#[bench::exact_id_of_50_mixed(case(mixed(50), "exact-46-7", Tracing::WithoutRule))]
#[bench::exact_id_of_10_000_mixed(case(mixed(10_000), "exact-7001-7", Tracing::WithoutRule))]
#[bench::prefix_of_10_000(case(large(), "prefix-7999-x", Tracing::WithoutRule))]
#[bench::prefix_of_10_000_without_index(case(large(), "prefix-7999-x", Tracing::RuleByRule))]
#[bench::segment_of_10_000(case(large(), "customer", Tracing::WithoutRule))]
#[bench::segment_of_10_000_without_index(case(large(), "customer", Tracing::RuleByRule))]
#[bench::nobody_of_10_000(case(large(), "stranger", Tracing::WithoutRule))]
#[bench::nobody_of_10_000_without_index(case(large(), "stranger", Tracing::RuleByRule))]
fn decision(mut case: Case) -> (Decided, Case) {
    (black_box(decide_once(&mut case)), case)
}

library_benchmark_group!(name = steps, benchmarks = [verify, compile, take_release, decision]);
main!(library_benchmark_groups = steps);
