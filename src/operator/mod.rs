//! The operator function: tells a row's editor what is wrong with it, keeps what rows were before,
//! checks everything once a day, and explains decisions. Not on the way of a callback; a second,
//! small binary.
//!
//! | event | what happens |
//! | --- | --- |
//! | records of the streams of the human tables | [`verdict`] into the row's own `_Check` and `_LastGood`; the row before into the history table |
//! | a schedule's event | the whole check, logged and counted |
//! | `{"Explain": {"SessionId": …, "ClientUserId": …, "At": …}}` | a dry decision with its trace, as text |

mod stream;

use std::sync::Arc;

use chrono::{DateTime, Utc};
use serde_json::{Value as Json, json};

use routing::decide::Question;
use routing::hours::{Hours, Interner, parse_start};
use routing::inspect::check::{Input, check};
use routing::inspect::{explain, verdict};
use routing::rows::Patterns;
use routing::rows::{Context, Read, Row, Rows, Severity, Table, calendar};
use routing::session::Session;
use routing::snapshot::Snapshot;

use crate::report::{Log, operator_line};
use crate::settings::Settings;
use crate::store::{DryFacts, History, Requests, TableError, Tables};
use crate::tencent::Answer;
use stream::Edit;

/// Most findings of the daily check that are logged one by one.
const MAX_LOGGED: usize = 200;

/// The operator function.
pub struct Operator {
    settings: Settings,
    tables: Tables,
    history: Option<History>,
    log: Log,
}

impl Operator {
    /// Over these tables; without `history` no history is kept.
    pub fn new(settings: Settings, tables: Tables, history: Option<History>, log: Log) -> Self {
        Self { settings, tables, history, log }
    }

    /// Handles one event.
    ///
    /// # Errors
    /// The tables cannot be read, so that the whole must be tried again; or the event is none of
    /// ours.
    pub async fn handle(&self, event: &Json, now: DateTime<Utc>) -> Result<Json, String> {
        if let Some(records) = event.get("Records").and_then(Json::as_array) {
            return self.records(records, now).await.map_err(|error| error.to_string());
        }
        if let Some(request) = event.get("Explain") {
            return self.explain(request, now).await;
        }
        if event
            .get("source")
            .and_then(Json::as_str)
            .is_some_and(|source| source.starts_with("aws."))
            || event.get("Check").is_some()
        {
            return self.check(now).await.map_err(|error| error.to_string());
        }
        Err("expected records of a stream, a schedule's event, `{\"Check\": {}}`, or `{\"Explain\": {\"SessionId\": …, \"ClientUserId\": …}}`".to_owned())
    }

    /// Judges each row that changed, in order. From the first that could not be written on, all are
    /// tried again.
    async fn records(&self, records: &[Json], now: DateTime<Utc>) -> Result<Json, TableError> {
        let mut calendars = None;
        for record in records {
            let change = Edit::read(record, self.tables.names()).filter(Edit::is_by_a_person);
            let Some(change) = change else { continue };
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

    async fn check(&self, now: DateTime<Utc>) -> Result<Json, TableError> {
        let rows = self.rows().await?;
        let customers: Option<Vec<Row>> = match self.settings.defaults.customers {
            true => Some(self.tables.rows(Table::Customers, &Requests::default()).await?),
            false => None,
        };
        let input = Input {
            rows: &rows,
            customers: customers.as_deref(),
            defaults: &self.settings.defaults,
            default_group: self.settings.default_group,
            now,
        };
        let findings = check(input);
        for finding in findings.iter().take(MAX_LOGGED) {
            let mut shown = finding.clone();
            if finding.table == Table::Customers && !self.settings.log_user_ids {
                shown.key = "(not logged)".to_owned();
            }
            self.log.line(&json!({ "level": "WARN", "event": "check_finding", "finding": shown }));
        }
        let errors = findings.iter().filter(|finding| finding.severity == Severity::Error).count();
        let numbers = json!({ "CheckErrors": errors, "CheckWarnings": findings.len() - errors, "Rules": rows.rules.len(), "Agents": rows.agents.len() });
        self.count(now, &numbers);
        Ok(
            json!({ "errors": errors, "warnings": findings.len() - errors, "findings": findings.iter().take(MAX_LOGGED).map(ToString::to_string).collect::<Vec<_>>() }),
        )
    }

    async fn explain(&self, request: &Json, now: DateTime<Utc>) -> Result<Json, String> {
        let text =
            |name: &str| request.get(name).and_then(Json::as_str).filter(|text| !text.is_empty());
        let (Some(session), Some(user)) = (text("SessionId"), text("ClientUserId")) else {
            return Err("`Explain` needs `SessionId` and `ClientUserId`".to_owned());
        };
        let at = match text("At") {
            Some(at) => parse_start(at, self.settings.defaults.time_zone)
                .map_err(|error| format!("`At` is `{at}`: {error}"))?,
            None => now,
        };
        let app = request
            .get("SdkAppId")
            .and_then(Json::as_u64)
            .or_else(|| self.settings.locks.sdk_app_ids.first().copied());
        let session = Session::new(session, user, at.timestamp_millis(), app.unwrap_or_default())
            .on_platform(text("Platform"))
            .from_ip(text("ClientIP"))
            .with_customer_service(text("CustomerServiceId").map(str::to_owned));
        let rows = self.rows().await.map_err(|error| error.to_string())?;
        let snapshot = Snapshot::compile(&rows, &self.settings.defaults, at);
        let defaults = &self.settings.defaults;
        let question = Question {
            snapshot: &snapshot,
            session: &session,
            now: at,
            default_group: self.settings.default_group,
        };
        let mut facts = DryFacts::new(&self.tables, defaults, &session, at);
        let explanation = explain(&question, &mut facts).await;
        let answer = Answer::from_decision(&explanation.decision).body();
        let text = explanation.to_text(defaults.time_zone, &facts.notes, &answer);
        let response: Json = serde_json::from_str(&answer).unwrap_or_default();
        // An array of lines is what the console's Test tab shows as lines.
        let lines: Vec<&str> = text.lines().collect();
        Ok(json!({ "Explanation": lines, "Response": response }))
    }

    fn count(&self, now: DateTime<Utc>, numbers: &Json) {
        self.log.line(&operator_line(self.settings.function.as_deref(), now, numbers));
    }
}
