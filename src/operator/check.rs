//! The daily check: everything, customers too, logged and counted.

use chrono::{DateTime, Utc};
use routing::inspect::check::{Checking, Input};
use routing::rows::{Row, Severity, Table};
use serde_json::{Value as Json, json};

use super::Operator;
use crate::report::{Level, OperatorNumber};
use crate::store::{Requests, TableError};

/// Most findings of the daily check that are logged one by one.
const MAX_LOGGED: usize = 200;

impl Operator {
    pub(super) async fn check_all_rows(&self, now: DateTime<Utc>) -> Result<Json, TableError> {
        let rows = self.tables.load(&Requests::default()).await?;
        // What cannot be read is told by each look; without it, rows in error have no version.
        let live = self.live().await.ok().flatten().map(|(_, live)| live);
        let input = Input {
            rows: &rows,
            customers: None,
            defaults: &self.settings.defaults,
            default_group: self.settings.default_group,
            now,
            from: now,
            live: live.as_ref(),
        };
        let mut checking = Checking::begin(input);
        if self.settings.defaults.customers {
            let look = |page: Vec<Row>| checking.customers(&page);
            self.tables.pages(Table::Customers, &Requests::default(), look).await?;
        }
        let findings = checking.end();
        for finding in findings.iter().take(MAX_LOGGED) {
            let level = match finding.severity {
                Severity::Error => Level::Error,
                Severity::Warning => Level::Warn,
            };
            let shown = self.log.shown(finding);
            self.log.line(level, &json!({ "event": "check_finding", "finding": shown }));
        }
        let errors = findings.iter().filter(|finding| finding.severity == Severity::Error).count();
        let numbers = [
            (OperatorNumber::CheckErrors, errors),
            (OperatorNumber::CheckWarnings, findings.len() - errors),
            (OperatorNumber::Rules, rows.rules.len()),
            (OperatorNumber::Agents, rows.agents.len()),
        ];
        self.count(now, &numbers);
        let logged = findings.iter().take(MAX_LOGGED).map(ToString::to_string);
        Ok(json!({
            "errors": errors, "warnings": findings.len() - errors,
            "findings": logged.collect::<Vec<_>>(),
        }))
    }
}
