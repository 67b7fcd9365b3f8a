//! The facts of a dry decision out of the tables: everything is read, nothing is written.

use chrono::{DateTime, Utc};
use routing::decide::{Degraded, FactSource, Known, Rotation, Schedule, Wanted};
use routing::rows::{Defaults, Fact, customer};
use routing::session::Session;

use super::requests::Requests;
use super::tables::Tables;

/// The facts of one dry decision.
#[derive(Debug)]
pub struct DryFacts<'a> {
    tables: &'a Tables,
    defaults: &'a Defaults,
    session: &'a Session,
    now: DateTime<Utc>,
    /// What could not be read, for people.
    pub notes: Vec<String>,
    /// The same as codes for the decision record.
    pub degraded: Vec<&'static str>,
}

impl<'a> DryFacts<'a> {
    /// The facts for a session at `now`.
    pub fn new(
        tables: &'a Tables,
        defaults: &'a Defaults,
        session: &'a Session,
        now: DateTime<Utc>,
    ) -> Self {
        Self { tables, defaults, session, now, notes: Vec::new(), degraded: Vec::new() }
    }

    fn failed<T>(&mut self, what: &str, without: Degraded, why: &str) -> Fact<T> {
        self.notes.push(format!("{what}: {why}"));
        if !self.degraded.contains(&without.code()) {
            self.degraded.push(without.code());
        }
        Fact::Unknown
    }

    async fn customer(&mut self) -> Fact<Option<customer::Customer>> {
        const WHAT: &str = "the customer could not be read";
        if !self.defaults.customers {
            let why =
                "CUSTOMERS_TABLE is not set; set it, as the stack's output `DeskExports` does";
            return self.failed(WHAT, Degraded::Customers, why);
        }
        let user = &self.session.client_user_id;
        match self.tables.customer(user, &Requests::default()).await {
            Ok(row) => match customer::known(row.as_ref(), self.defaults, self.now).0 {
                Fact::Is(customer) => Fact::Is(customer),
                Fact::Unknown | Fact::NotRead => {
                    self.failed(WHAT, Degraded::Customers, "the row is in error; `check` says why")
                }
            },
            Err(error) => self.failed(WHAT, Degraded::Customers, &error.to_string()),
        }
    }
}

impl FactSource for DryFacts<'_> {
    async fn read(&mut self, wanted: Wanted, known: &mut Known) {
        if wanted.customer {
            known.customer = self.customer().await;
        }
        if wanted.last_agent {
            let user = &self.session.client_user_id;
            let last = self.tables.last_agent(user, self.now, &Requests::default()).await;
            known.last_agent = match last {
                Ok(last) => Fact::Is(last),
                Err(error) => self.failed(
                    "the last agent could not be read",
                    Degraded::Assignments,
                    &error.to_string(),
                ),
            };
        }
        // A dry decision is for no event that was decided before.
        if wanted.earlier {
            known.earlier = Fact::Is(None);
        }
    }

    async fn take_turn(&mut self, rotation: &Rotation) -> Fact<Vec<usize>> {
        match self.tables.position(rotation, self.now, &Requests::default()).await {
            Ok(position) => {
                Fact::Is(Schedule::new(rotation.weights()).turn(position, rotation.most))
            }
            Err(error) => {
                let why = error.to_string();
                self.failed("the turn could not be read", Degraded::Assignments, &why)
            }
        }
    }
}
