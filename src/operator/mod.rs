//! The operator function: publishes what people edit, tells a row's editor what is wrong with it,
//! keeps what rows were before, checks everything once a day, and explains decisions. Not on the
//! way of a callback; a second, small binary.
//!
//! | event | what happens |
//! | --- | --- |
//! | records of the human tables' streams | a release, `_Check` of each row, the row before kept |
//! | a schedule's event, `{"Look": {}}` | a look at all rows, which publishes what was missed |
//! | `{"Publish": …}`, `{"Hold": …}`, `{"Erase": …}` | what a person asks of releases |
//! | `{"Check": {}}` | the whole check, logged and counted |
//! | `{"Explain": {"SessionId": …, "ClientUserId": …, "At": …}}` | a dry decision and its trace |

mod became;
mod check;
mod edit;
mod event;
mod explain;
mod outcome;
mod publish;
mod records;
mod seen;
mod tell;

use chrono::{DateTime, Utc};
use serde_json::Value as Json;

use crate::report::{Level, Log, OperatorNumber, operator_line};
use crate::settings::Settings;
use crate::store::{HistoryTable, ReleasesTable, Tables};
use event::Event;

/// Follows the edits of rows: keeps history, publishes releases, writes each row's `_Check`.
pub struct Operator {
    settings: Settings,
    tables: Tables,
    history: Option<HistoryTable>,
    releases: Option<ReleasesTable>,
    log: Log,
}

impl Operator {
    /// Over these tables; without `history` no history is kept.
    pub fn new(
        settings: Settings,
        tables: Tables,
        history: Option<HistoryTable>,
        log: Log,
    ) -> Self {
        let releases = tables.releases();
        Self { settings, tables, history, releases, log }
    }

    /// Handles one event.
    ///
    /// # Errors
    /// The tables fail, so that the whole must be tried again; or the event is none of ours.
    pub async fn handle(&self, event: &Json, now: DateTime<Utc>) -> Result<Json, String> {
        // Boxed: each is deep, and only one of them is needed.
        match Event::read(event)? {
            Event::Records(records) => Ok(Box::pin(self.records(records, now)).await),
            Event::Look => Box::pin(self.look(now)).await,
            Event::Order(order) => Box::pin(self.order(&order, now)).await,
            Event::Check => {
                Box::pin(self.check_all_rows(now)).await.map_err(|error| error.to_string())
            }
            Event::Explain(request) => Box::pin(self.explain(request, now)).await,
        }
    }

    fn count(&self, now: DateTime<Utc>, numbers: &[(OperatorNumber, usize)]) {
        let function = self.settings.function.as_deref();
        self.log.line(Level::Info, &operator_line(function, now, numbers));
    }
}
