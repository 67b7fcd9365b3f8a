//! Very many ids and rows: the work grows with them, not faster.

use std::time::Duration;

use chrono::{DateTime, Utc};
use routing::inspect::check::{Input, check};
use routing::release::{encode_typed, settle};
use routing::rows::Table;
use routing::snapshot::Snapshot;
use serde_json::{Value as Json, json};

use super::{compile, defaults};
use testing::large::whole_of;
use testing_basics::processor_time;

/// The least processor time of some runs: a busy machine makes some longer, and none shorter.
fn least<T>(runs: usize, mut run: impl FnMut() -> T) -> Duration {
    let timed = |_| {
        let before = processor_time();
        std::hint::black_box(run());
        processor_time() - before
    };
    (0..runs).map(timed).min().unwrap()
}

fn now() -> DateTime<Utc> {
    DateTime::from_timestamp(1_795_608_000, 0).unwrap() // Wednesday 2026-11-25 12:00 UTC
}

/// Rules of as many ids as one may have: read, put into a release, and read out of it again.
#[test]
fn forty_rules_of_ten_thousand_ids_cost_forty_times_one() {
    const RULES: usize = 40;
    let rules = |count: usize| -> Vec<Json> {
        let ids = |rule: usize| (0..10_000).map(move |id| format!("user-{rule}-{id}"));
        (0..count)
            .map(|n| {
                let ids: Vec<_> = ids(n).collect();
                json!({
                    "RuleId": format!("r{n}"), "Priority": n, "AgentGroupId": 1,
                    "ClientUserIds": ids,
                })
            })
            .collect()
    };
    let load = |rules: &[Json]| {
        let rows = testing::rows(json!({ "rules": rules })).for_snapshot();
        let (settled, findings) = settle(&rows, None, &defaults("customers"), now());
        assert_eq!(findings, []);
        let bytes = encode_typed(&settled, now()).unwrap();
        let snapshot = Snapshot::of_release(&bytes).unwrap();
        assert_eq!(snapshot.rules().len(), rules.len());
        let ids = rules.len() * 10_000;
        assert!(bytes.len() < ids * 64, "{} bytes of {ids} ids", bytes.len());
    };
    let (one, all) = (rules(1), rules(RULES));
    let of_one = least(5, || load(&one));
    let of_all = least(1, || load(&all));
    let most = of_one * 2 * u32::try_from(RULES).unwrap();
    assert!(of_all < most, "{of_all:?}, and one rule alone {of_one:?}");
    assert_eq!(compile(&all, &[]).errors(), 0, "none of them is left out");
}

/// A check that compares all rows with all would take 16 times as long for 4 times the rows.
#[test]
fn a_check_takes_as_long_as_there_are_rows() {
    let defaults = defaults("customers");
    let of = |count: usize, runs: usize| {
        let files = whole_of(count);
        let rows = files.for_snapshot();
        let input = Input {
            rows: &rows,
            customers: Some(files.rows(Table::Customers)),
            live: None,
            defaults: &defaults,
            default_group: None,
            now: now(),
            from: now(),
        };
        least(runs, || check(input))
    };
    let (few, many) = (of(1_000, 3), of(4_000, 2));
    assert!(many < few * 8, "{few:?} for 1,000 of each, {many:?} for 4,000");
}
