//! Decisions at any moment by rows that need no publishing, with the webhook's own facts out of
//! the embedded DynamoDB.

use std::collections::BTreeSet;
use std::pin::pin;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use desk_cli::local::embedded::{Embedded, REGION, credentials};
use desk_router::report::{Log, Progress};
use desk_router::settings::Settings;
use desk_router::store::{DryFacts, Tables};
use desk_router::webhook::{Budgets, Schedules, Sources, TableFacts};
use routing::decide::{Decided, Decision, Known, Question, Tracing, run, run_ready};
use routing::inspect::{CustomerRows, Explanation, RowFacts, Turns, explain};
use routing::rows::{Fact, Row, Table, row_from_json};
use serde_json::json;
use tokio::time::Instant;

/// A table that no store has.
const NO_TABLE: &str = "no-such-table";
/// More time than any machine needs.
const LONG: Duration = Duration::from_secs(60);

/// A deployment's tables of customers and of what is remembered; each fails when asked to.
pub struct Deciding {
    settings: Settings,
    schedules: Schedules,
    log: Log,
}

impl Deciding {
    /// Over new tables of the store, whose names end with `name`, with these customers. Tables that
    /// the settings do not have stay away.
    pub async fn start(
        store: &Embedded,
        name: &str,
        settings: &Settings,
        customers: &[Row],
    ) -> Self {
        let mut settings = settings.clone();
        settings.endpoint = Some(store.endpoint());
        settings.region = Some(REGION.to_owned());
        if let Some(table) = &mut settings.tables.customers {
            *table = format!("customers-{name}");
            store.create_table(table, Table::Customers.key_attribute()).await.unwrap();
            for row in customers {
                let item = desk_router::store::item(row);
                let put = store.client().put_item().table_name(&*table).set_item(Some(item));
                put.send().await.unwrap();
            }
        }
        if let Some(table) = &mut settings.tables.assignments {
            *table = format!("assignments-{name}");
            store.create_table(table, "Key").await.unwrap();
        }
        let log = Log::new(Box::new(|_| {}), true);
        Self { settings, schedules: Schedules::default(), log }
    }

    /// The tables; those of customers and of what is remembered can be such that fail.
    pub fn tables(&self, customers_fail: bool, assignments_fail: bool) -> Tables {
        let mut settings = self.settings.clone();
        let names = &mut settings.tables;
        for (name, fails) in
            [(&mut names.customers, customers_fail), (&mut names.assignments, assignments_fail)]
        {
            if fails {
                *name = Some(NO_TABLE.to_owned());
            }
        }
        Tables::with_credentials(&settings, Some(credentials())).patient()
    }

    /// Decides as the webhook does, and remembers.
    pub async fn decide(&self, question: &Question<'_>, tables: &Tables) -> Decision {
        let progress = Progress::default();
        let sources = Sources {
            tables,
            schedules: &self.schedules,
            log: &self.log,
            defaults: &self.settings.defaults,
            budgets: Budgets::generous(),
            snapshot: question.snapshot,
        };
        let until = Instant::now() + LONG;
        let mut facts = TableFacts::new(sources, question.session, question.now, until, &progress);
        let decided = run(question, &mut facts, Tracing::WithoutRule).await;
        facts.remember(decided.decision).await
    }

    /// Explains out of the tables, as `desk explain` does. Writes nothing.
    pub async fn explain(&self, question: &Question<'_>, tables: &Tables) -> Explanation {
        let defaults = &self.settings.defaults;
        let mut facts = DryFacts::new(tables, defaults, question.session, question.now);
        explain(question, &mut facts).await
    }
}

/// Decides by these facts alone.
///
/// # Panics
/// The decision asks for another fact.
pub fn decide_by(question: &Question<'_>, facts: &Known, tracing: Tracing) -> Decided {
    fn is_given<T>(fact: &Fact<T>, read: &Fact<T>) -> bool {
        read.is_not_read() || !fact.is_not_read()
    }
    let decided = run_ready(question, &mut facts.clone(), tracing);
    let read = &decided.known;
    assert!(is_given(&facts.customer, &read.customer), "the customer is asked for");
    assert!(is_given(&facts.earlier, &read.earlier), "the earlier decision is asked for");
    assert!(is_given(&facts.last_agent, &read.last_agent), "the last agent is asked for");
    assert!(is_given(&facts.turn, &read.turn), "a turn is asked for");
    decided
}

/// Explains by rows alone, as `desk explain --rows` does; turns begin with the first.
pub fn explain_by_rows(question: &Question<'_>, customers: &CustomerRows<'_>) -> Explanation {
    let (mut turns, mut notes) = (Turns::default(), BTreeSet::new());
    let user = &question.session.client_user_id;
    let mut facts = RowFacts::new(customers, user, question.now, &mut turns, &mut notes);
    let mut explaining = pin!(explain(question, &mut facts));
    match explaining.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(explanation) => explanation,
        Poll::Pending => panic!("rows are at hand: nothing waits"),
    }
}

/// Decides by rows alone, as `desk replay` does; turns begin with the first.
pub fn replay_by_rows(question: &Question<'_>, customers: &CustomerRows<'_>) -> Decision {
    let (mut turns, mut notes) = (Turns::default(), BTreeSet::new());
    let user = &question.session.client_user_id;
    let mut facts = RowFacts::new(customers, user, question.now, &mut turns, &mut notes);
    run_ready(question, &mut facts, Tracing::WithoutRule).decision
}

/// These customers, and this one's row is in error, whatever it was.
pub fn with_row_in_error(customers: &[Row], user: &str) -> Vec<Row> {
    let row = json!({ "ClientUserId": user, "Segments": ["vip"], "Language": { "is": "ko" } });
    let mut customers = customers.to_vec();
    customers.push(row_from_json(row.as_object().unwrap().clone()));
    customers
}
