//! Publishers over one table, in any order of their steps; then accidents, holds and ways back, one
//! by one.

mod accidents;
mod any_bytes;
mod content;
mod every_order;
mod model;
mod orders;
mod random_orders;
pub(crate) mod random_rows;
mod texts;
mod world;

use chrono::{DateTime, TimeDelta, Utc};

use super::*;
use model::{Edited, Table, finish};

fn start() -> DateTime<Utc> {
    DateTime::from_timestamp(1_795_000_000, 0).unwrap()
}

/// An outcome in words, by the clock of Seoul.
fn said(outcome: &OrderOutcome) -> String {
    InWords(outcome, "Asia/Seoul".parse().unwrap()).to_string()
}

fn counts(rules: u64, agents: u64) -> Counts {
    Counts { rules, agents }
}

/// A table, rows, and orders carried out on them at a time of the test's own.
#[derive(Default)]
struct Office {
    table: Table,
    rows: Edited,
}

impl Office {
    fn with(rules: u64, agents: u64) -> Self {
        let office = Self::default();
        office.edit(rules, agents);
        assert!(matches!(office.order(Order::Look, 0), OrderOutcome::Published(..)));
        office
    }

    fn edit(&self, rules: u64, agents: u64) {
        let mut rows = self.rows.state.lock().unwrap();
        (rows.rules, rows.counts) = (rows.rules + 1, counts(rules, agents));
    }

    /// Carries out an order so many minutes after the start.
    fn order(&self, order: Order, minutes: i64) -> OrderOutcome {
        let now = start() + TimeDelta::minutes(minutes);
        finish(carry_out(&order, &self.table, &mut &self.rows, now, &|| self.table.fresh_id()))
            .unwrap()
    }

    fn look(&self, minutes: i64) -> OrderOutcome {
        self.order(Order::Look, minutes)
    }

    fn pointer(&self) -> Pointer {
        self.table.state.lock().unwrap().pointer()
    }

    fn live(&self) -> (u64, Counts) {
        let live = self.pointer().live.unwrap();
        (live.number, live.counts)
    }
}

fn publish(force: bool) -> Order {
    Order::Publish { force, own_hold: None }
}

fn by_ann(why: &str) -> Order {
    Order::Hold { why: why.to_owned(), by: "ann".to_owned(), brief: false }
}

/// As `import` and `rollback` hold.
fn briefly_by_ann(why: &str) -> Order {
    Order::Hold { why: why.to_owned(), by: "ann".to_owned(), brief: true }
}

fn back(number: u64) -> Order {
    Order::Back { number, by: "ann".to_owned() }
}
