//! Reads what a decision asks for, and remembers what it must, within the time left. Whatever
//! fails, the decision goes on without it.

use std::time::Duration;

use chrono::{DateTime, Utc};
use tokio::time::Instant;

use routing::decide::{Decision, Degraded, FactSource, Known, Remember, Rotation, Wanted};
use routing::rows::{Customer, Defaults, Fact, customer};
use routing::session::Session;
use routing::snapshot::Snapshot;

use super::Budgets;
use super::schedules::Schedules;
use crate::report::{Log, Progress};
use crate::store::{TableError, Tables};

/// A request is not begun with less time than this.
const MIN_BUDGET: Duration = Duration::from_millis(5);

/// Where facts come from.
#[derive(Clone, Copy)]
pub struct Sources<'a> {
    /// Where customers, rotations and last agents are read.
    pub tables: &'a Tables,
    /// What this instance keeps.
    pub schedules: &'a Schedules,
    /// Where failures are said.
    pub log: &'a Log,
    /// What rows fall back to.
    pub defaults: &'a Defaults,
    /// How long each may take.
    pub budgets: Budgets,
    /// The rows in force.
    pub snapshot: &'a Snapshot,
}

/// The facts of one decision.
pub struct TableFacts<'a> {
    sources: Sources<'a>,
    session: &'a Session,
    now: DateTime<Utc>,
    deadline: Instant,
    progress: &'a Progress,
    /// When the assignments table has had its time; from its first request on.
    memory_until: Option<Instant>,
    memory_failed: bool,
}

impl<'a> TableFacts<'a> {
    /// Nothing read yet. All requests end by `deadline`.
    pub fn new(
        sources: Sources<'a>,
        session: &'a Session,
        now: DateTime<Utc>,
        deadline: Instant,
        progress: &'a Progress,
    ) -> Self {
        Self { sources, session, now, deadline, progress, memory_until: None, memory_failed: false }
    }

    /// Remembers what must be of a decision. When the same event was decided elsewhere in the
    /// meantime, that decision is given back.
    pub async fn remember(&mut self, decision: Decision) -> Decision {
        if decision.remember == Remember::Nothing || self.memory_failed {
            return decision;
        }
        let Sources { tables, .. } = self.sources;
        let time = self.memory_time();
        let agent = match (decision.remember, decision.agent_ids.as_slice()) {
            (Remember::EventAndAgent, [agent]) => Some(agent.as_ref()),
            _ => None,
        };
        let record = within(
            time,
            tables.record_decision(self.session, &decision, self.now, &self.progress.requests),
        );
        let (recorded, noted) = tokio::join!(record, self.remember_agent(agent, time));
        let recorded = self.remembered(recorded);
        let _: Fact<()> = self.remembered(noted);
        let Fact::Is(Some(earlier)) = recorded else { return decision };
        // Both decided at the same time, and the other was first: the agent noted a moment ago must
        // not stay.
        if let (Some(_), [served]) = (agent, earlier.agent_ids.as_slice())
            && agent != Some(served)
        {
            let time = self.memory_time();
            let noted = self.remember_agent(Some(served), time).await;
            let _: Fact<()> = self.remembered(noted);
        }
        earlier
    }

    async fn remember_agent(&self, agent: Option<&str>, time: Duration) -> Result<(), String> {
        let Sources { tables, snapshot, .. } = self.sources;
        let (Some(agent), Some(days)) = (agent, snapshot.last_agent_days()) else { return Ok(()) };
        let user = &self.session.client_user_id;
        within(time, tables.remember_agent(user, agent, days, self.now, &self.progress.requests))
            .await
    }

    /// The time left for the assignments table; none after it failed once.
    fn memory_time(&mut self) -> Duration {
        let now = Instant::now();
        let until = *self.memory_until.get_or_insert(now + self.sources.budgets.memory);
        if self.memory_failed {
            Duration::ZERO
        } else {
            until.min(self.deadline).saturating_duration_since(now)
        }
    }

    /// A fact from the assignments table; when there is none, the decision goes on without memory.
    fn remembered<T>(&mut self, result: Result<T, String>) -> Fact<T> {
        match result {
            Ok(value) => Fact::Is(value),
            Err(error) => {
                self.memory_failed = true;
                assignments_failed(self.sources.log, self.progress, &error);
                Fact::Unknown
            }
        }
    }

    /// The customer's row.
    async fn customer(&self) -> Fact<Option<Customer>> {
        let Sources { tables, log, defaults, budgets, snapshot, .. } = self.sources;
        let time = self.deadline.saturating_duration_since(Instant::now()).min(budgets.customer);
        let user = &self.session.client_user_id;
        let customer = match within(time, tables.customer(user, &self.progress.requests)).await {
            Ok(row) => {
                let (customer, findings) = customer::known(row.as_ref(), defaults, self.now);
                log.customer_findings(snapshot.version(), &findings);
                customer
            }
            Err(error) => {
                log.error("customer_read_failed", &error, None);
                Fact::Unknown
            }
        };
        match &customer {
            Fact::Is(customer) => {
                let names = |customer: &Customer| {
                    customer.segments_at(self.now).map(str::to_owned).collect()
                };
                self.progress.note(|notes| notes.segments = customer.as_ref().map(names));
            }
            Fact::Unknown | Fact::NotRead => {
                self.progress.degraded(Degraded::Customers);
            }
        }
        customer
    }
}

impl FactSource for TableFacts<'_> {
    /// Reads all of what is wanted at the same time.
    async fn read(&mut self, wanted: Wanted, known: &mut Known) {
        let Sources { tables, .. } = self.sources;
        let (session, now, requests) = (self.session, self.now, &self.progress.requests);
        // The assignments table's time begins with its own first request, not with a customer's.
        let memory_time =
            if wanted.earlier || wanted.last_agent { self.memory_time() } else { Duration::ZERO };
        let customer = async { if wanted.customer { Some(self.customer().await) } else { None } };
        let earlier = async {
            if !wanted.earlier {
                return None;
            }
            Some(within(memory_time, tables.earlier_decision(session, now, requests)).await)
        };
        let last_agent = async {
            if !wanted.last_agent {
                return None;
            }
            Some(
                within(memory_time, tables.last_agent(&session.client_user_id, now, requests))
                    .await,
            )
        };
        let (customer, earlier, last_agent) = tokio::join!(customer, earlier, last_agent);
        if let Some(customer) = customer {
            known.customer = customer;
        }
        if let Some(earlier) = earlier {
            known.earlier = self.remembered(earlier);
        }
        if let Some(last_agent) = last_agent {
            known.last_agent = self.remembered(last_agent);
        }
    }

    /// Takes the next turn of a rotation, within the time that is left for memory.
    async fn take_turn(&mut self, rotation: &Rotation) -> Fact<Vec<usize>> {
        let Sources { tables, schedules, .. } = self.sources;
        let taken = within(
            self.memory_time(),
            tables.take_turn(rotation, self.now, &self.progress.requests),
        )
        .await;
        let turn = taken
            .map(|position| schedules.schedule(rotation.weights()).turn(position, rotation.most));
        self.remembered(turn)
    }
}

/// Says that what is remembered cannot be used, once.
pub(super) fn assignments_failed(log: &Log, progress: &Progress, error: &str) {
    // The first failure says it all; the others follow from it.
    if progress.degraded(Degraded::Assignments) {
        log.error("assignments_failed", error, None);
    }
}

/// The result, or what went wrong.
pub(super) async fn within<T>(
    time: Duration,
    request: impl Future<Output = Result<T, TableError>>,
) -> Result<T, String> {
    if time < MIN_BUDGET {
        return Err("no time is left for the request".to_owned());
    }
    match tokio::time::timeout(time, request).await {
        Ok(result) => result.map_err(|error| error.to_string()),
        Err(_elapsed) => Err(format!("no answer within {} ms", time.as_millis())),
    }
}

#[cfg(test)]
mod tests;
