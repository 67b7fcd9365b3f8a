//! What a decision knows where only rows are at hand: customers out of rows, turns counted here,
//! and nobody remembered.

use std::collections::{BTreeSet, HashMap};

use chrono::{DateTime, Utc};

use crate::decide::{FactSource, Known, Rotation, Schedule, Wanted};
use crate::rows::{Defaults, Fact, Row, Table, customer};

/// Rows of customers by their keys.
#[derive(Debug)]
pub struct CustomerRows<'a> {
    rows: HashMap<&'a str, &'a Row>,
    defaults: &'a Defaults,
}

impl<'a> CustomerRows<'a> {
    /// These rows; of two with the same key, the later.
    pub fn new(rows: &'a [Row], defaults: &'a Defaults) -> Self {
        let keyed = |row: &'a Row| Some((Table::Customers.key_of(row)?, row));
        Self { rows: rows.iter().filter_map(keyed).collect(), defaults }
    }
}

/// Rotations, each from its first turn on.
#[derive(Debug, Default)]
pub struct Turns {
    positions: HashMap<(String, String), u128>,
    schedules: HashMap<Vec<u32>, Schedule>,
}

impl Turns {
    fn take(&mut self, rotation: &Rotation) -> Vec<usize> {
        let key = (rotation.rule_id.to_string(), rotation.list.clone());
        let position = self.positions.entry(key).or_default();
        let weights = rotation.weights();
        let turn = match self.schedules.get(weights) {
            Some(schedule) => schedule.turn(*position, rotation.most),
            None => {
                let schedule = Schedule::new(weights);
                let turn = schedule.turn(*position, rotation.most);
                self.schedules.insert(weights.to_vec(), schedule);
                turn
            }
        };
        *position = position.wrapping_add(rotation.step());
        turn
    }
}

/// The facts of one decision by rows alone.
#[derive(Debug)]
pub struct RowFacts<'a> {
    customers: &'a CustomerRows<'a>,
    user: &'a str,
    now: DateTime<Utc>,
    turns: &'a mut Turns,
    notes: &'a mut BTreeSet<&'static str>,
    customer_is_unknown: bool,
}

impl<'a> RowFacts<'a> {
    /// The facts for a user at `now`. What a real callback might know beyond them goes into
    /// `notes`.
    pub fn new(
        customers: &'a CustomerRows<'a>,
        user: &'a str,
        now: DateTime<Utc>,
        turns: &'a mut Turns,
        notes: &'a mut BTreeSet<&'static str>,
    ) -> Self {
        Self { customers, user, now, turns, notes, customer_is_unknown: false }
    }

    /// Whether the customer was asked for and is unknown.
    pub fn customer_is_unknown(&self) -> bool {
        self.customer_is_unknown
    }
}

impl FactSource for RowFacts<'_> {
    async fn read(&mut self, wanted: Wanted, known: &mut Known) {
        if wanted.customer {
            let row = self.customers.rows.get(self.user).copied();
            known.customer = customer::known(row, self.customers.defaults, self.now).0;
            if known.customer == Fact::Unknown {
                self.customer_is_unknown = true;
                self.notes
                    .insert("a customer's row is in error and counts as unknown; `check` says why");
            }
        }
        if wanted.last_agent {
            self.notes.insert(
                "rows alone remember no last agents: decided as if nobody had served the user",
            );
            known.last_agent = Fact::Is(None);
        }
        if wanted.earlier {
            known.earlier = Fact::Is(None);
        }
    }

    async fn take_turn(&mut self, rotation: &Rotation) -> Fact<Vec<usize>> {
        self.notes.insert("rows alone remember no turns: rotations begin with their first turn");
        Fact::Is(self.turns.take(rotation))
    }
}
