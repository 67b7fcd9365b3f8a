//! What many rows cost: a warm decision among 10,000 mixed rules beside one among 50, and `check`
//! of 10,000 rules, agents and customers. `cargo bench -p testing --bench rows`.

#![allow(missing_docs, clippy::unwrap_used, clippy::panic)]

use std::hint::black_box;
use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};
use desk_cli::files::row_files::RowFiles;
use routing::decide::{Decided, Known, Tracing, run_ready};
use routing::inspect::check::{Input, check};
use routing::rows::{Defaults, Rows, Table};
use routing::session::Session;
use routing::snapshot::Snapshot;
use testing::large::{many_named, mixed, whole};
use testing::{question, settings};

/// Decisions timed together.
const BATCH: u32 = 200;
const BATCHES: usize = 300;
/// The targets: times of a decision among 50 rules, and a check.
const MOST_TIMES: f64 = 3.0;
const LONGEST_CHECK: Duration = Duration::from_secs(10);

/// Not when one of the rows' nightly minutes is open.
fn now() -> DateTime<Utc> {
    DateTime::from_timestamp(1_795_608_000, 0).unwrap() // Wednesday 2026-11-25 12:00 UTC
}

fn defaults() -> Defaults {
    settings(&[("HOLIDAY_COUNTRY", "KR")]).defaults
}

/// One user among so many rules.
struct Case {
    snapshot: Snapshot,
    session: Session,
    rule: String,
    least: Duration,
}

impl Case {
    fn new(rules: usize, of_rule: usize) -> Self {
        let rows = mixed(rules).for_snapshot();
        let user = format!("exact-{of_rule}-7");
        Self {
            snapshot: Snapshot::compile(&rows, &defaults(), now()),
            session: Session::new("session", user, 1, 1_400_000_000)
                .on_platform(Some("iOS"))
                .from_ip(Some("198.51.100.7")),
            rule: format!("rule-{of_rule}"),
            least: Duration::MAX,
        }
    }

    fn decide(&self) -> Decided {
        let question = question(&self.snapshot, &self.session, now());
        run_ready(&question, &mut Known::default(), Tracing::WithoutRule)
    }

    fn batch(&mut self) {
        let started = Instant::now();
        for _ in 0..BATCH {
            black_box(self.decide());
        }
        self.least = self.least.min(started.elapsed() / BATCH);
    }

    fn check_answer(&self) {
        let Decided { decision, known, .. } = self.decide();
        assert_eq!(known, Known::default(), "nothing is asked for");
        assert_eq!(decision.rule_id.as_deref(), Some(self.rule.as_str()));
    }
}

fn main() {
    let mut few = Case::new(50, 46);
    let mut many = Case::new(10_000, 7_001);
    few.check_answer();
    many.check_answer();
    // In turn, and the least of each: a machine that is busy makes some long, and none short.
    for _ in 0..BATCHES {
        few.batch();
        many.batch();
    }
    let times = many.least.as_secs_f64() / few.least.as_secs_f64();
    println!("a warm decision for the exact id of rule 46 of 50 mixed rules: {:?}", few.least);
    println!("the same of rule 7,001 of 10,000: {:?}, {times:.2} times as long", many.least);

    let checked = |name: &str, files: &RowFiles| {
        let rows: Rows = files.for_snapshot();
        let defaults = defaults();
        let input = Input {
            rows: &rows,
            customers: Some(files.rows(Table::Customers)),
            defaults: &defaults,
            default_group: None,
            now: now(),
            from: now(),
            live: None,
        };
        let started = Instant::now();
        let findings = check(input);
        let took = started.elapsed();
        println!("check of {name}: {took:.2?}, {} findings", findings.len());
        took
    };
    let whole = checked("10,000 rules, agents and customers", &whole());
    let named = checked("10,000 rules that each name 200 of 10,000 agents", &many_named());
    assert!(times <= MOST_TIMES, "{times:.2} times");
    assert!(whole <= LONGEST_CHECK && named <= LONGEST_CHECK, "{whole:?} {named:?}");
}
