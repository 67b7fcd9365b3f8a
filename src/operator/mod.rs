//! The operator function: tells a row's editor what is wrong with it, keeps what rows were before,
//! checks everything once a day, and explains decisions. Not on the way of a callback; a second,
//! small binary.
//!
//! | event | what happens |
//! | --- | --- |
//! | records of the streams of the human tables | [`verdict`] into the row's own `_Check` and `_LastGood`; the row before into the history table |
//! | a schedule's event, `{"Look": {}}` | a look at all rows, which publishes what was missed |
//! | `{"Publish": …}`, `{"Hold": …}`, `{"Erase": …}` | what a person asks of releases |
//! | `{"Check": {}}` | the whole check, logged and counted |
//! | `{"Explain": {"SessionId": …, "ClientUserId": …, "At": …}}` | a dry decision with its trace, as text |

mod check;
mod event;
mod explain;
mod outcome;
mod publish;
mod seen;
mod stream;

use std::sync::Arc;

use chrono::{DateTime, Utc};
use serde_json::{Value as Json, json};

use routing::hours::{Hours, Interner};
use routing::inspect::verdict;
use routing::release::Order;
use routing::rows::{Context, Patterns, Read, Rows, Table, calendar};

use crate::report::{Log, operator_line};
use crate::settings::Settings;
use crate::store::{History, Releases, Requests, TableError, Tables};
use event::Event;
use stream::Edit;

/// The operator function.
pub struct Operator {
    settings: Settings,
    tables: Tables,
    history: Option<History>,
    releases: Option<Releases>,
    log: Log,
}

impl Operator {
    /// Over these tables; without `history` no history is kept.
    pub fn new(settings: Settings, tables: Tables, history: Option<History>, log: Log) -> Self {
        let releases = tables.releases();
        Self { settings, tables, history, releases, log }
    }

    /// Handles one event.
    ///
    /// # Errors
    /// The tables fail, so that the whole must be tried again; or the event is none of ours.
    pub async fn handle(&self, event: &Json, now: DateTime<Utc>) -> Result<Json, String> {
        match Event::read(event)? {
            Event::Records(records) => {
                self.records(records, now).await.map_err(|error| error.to_string())
            }
            Event::Look => self.look(now).await,
            Event::Order(order) => self.order(&order, now).await,
            Event::Check => self.check(now).await.map_err(|error| error.to_string()),
            Event::Explain(request) => self.explain(request, now).await,
        }
    }

    /// Judges each row that changed, in order. From the first that could not be written on, all are
    /// tried again.
    async fn records(&self, records: &[Json], now: DateTime<Utc>) -> Result<Json, TableError> {
        let (mut calendars, mut first) = (None, None);
        for record in records {
            let change = Edit::read(record, self.tables.names()).filter(Edit::is_by_a_person);
            let Some(change) = change else { continue };
            if change.table != Table::Customers && first.is_none() {
                first = Some(change.sequence.clone());
            }
            if calendars.is_none() && change.table != Table::Customers {
                calendars = Some(self.calendars(now).await?);
            }
            if let Err(error) =
                self.judge(&change, calendars.as_deref().unwrap_or_default(), now).await
            {
                self.log.warn("row_not_judged", &error.to_string());
                self.count(now, &json!({ "OperatorFailures": 1 }));
                return Ok(json!({ "batchItemFailures": [{ "itemIdentifier": change.sequence }] }));
            }
        }
        if let (Some(first), true) = (first, self.releases.is_some())
            && self.carry_out(&Order::Look, now).await.is_err()
        {
            return Ok(json!({ "batchItemFailures": [{ "itemIdentifier": first }] }));
        }
        Ok(json!({ "batchItemFailures": [] }))
    }

    async fn judge(
        &self,
        change: &Edit,
        calendars: &[(String, Option<Arc<Hours>>)],
        now: DateTime<Utc>,
    ) -> Result<(), TableError> {
        if let Some(history) = &self.history {
            history
                .append(change.table, &change.key, &change.at, change.before.as_ref(), now)
                .await?;
        }
        let Some(after) = &change.after else { return Ok(()) };
        let mut interner = Interner::new(now.date_naive());
        for (id, hours) in calendars {
            interner.add_calendar(id.clone(), hours.clone());
        }
        let verdict = verdict(
            change.table,
            after,
            change.before.as_ref(),
            &mut Context {
                defaults: &self.settings.defaults,
                hours: &mut interner,
                patterns: &mut Patterns::default(),
            },
            now,
        );
        self.tables.write_verdict(change.table, &change.key, &verdict).await
    }

    /// All calendars as they are now.
    async fn calendars(
        &self,
        now: DateTime<Utc>,
    ) -> Result<Vec<(String, Option<Arc<Hours>>)>, TableError> {
        let rows = self.tables.rows(Table::Calendars, &Requests::default()).await?;
        let mut interner = Interner::new(now.date_naive());
        let mut calendars = Vec::with_capacity(rows.len());
        for row in &rows {
            if let Ok((key, read, _)) = calendar::read(
                row,
                &mut Context {
                    defaults: &self.settings.defaults,
                    hours: &mut interner,
                    patterns: &mut Patterns::default(),
                },
            ) {
                calendars.push((
                    key.to_owned(),
                    if let Read::Good(hours) = read { Some(hours) } else { None },
                ));
            }
        }
        Ok(calendars)
    }

    async fn rows(&self) -> Result<Rows, TableError> {
        self.tables.load(&Requests::default()).await
    }

    fn count(&self, now: DateTime<Utc>, numbers: &Json) {
        self.log.line(&operator_line(self.settings.function.as_deref(), now, numbers));
    }
}
