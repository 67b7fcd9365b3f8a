//! What a decision goes by: the release in force, or the rows themselves where there is none.

use std::time::Duration;

use chrono::{DateTime, Utc};
use tokio::time::Instant;

use super::cache::Cache;
use super::current::Current;
use super::release::{Codec, ReleaseReader};
use crate::report::Log;
use crate::settings::Settings;
use crate::store::{ReleasesTable, Requests, Tables};

/// Where it comes from.
pub(crate) struct Config {
    releases: Option<ReleaseReader<ReleasesTable>>,
    rows: Cache,
}

impl Config {
    /// Releases first, if the deployment has the table for them; else the rows, read directly.
    pub(crate) fn new(settings: &Settings, tables: &Tables, codec: Codec) -> Self {
        let reader = |releases| ReleaseReader::new(releases, codec, settings.config_ttl);
        let rows = Cache::new(settings.rows_ttl, settings.defaults.clone());
        Self { releases: tables.releases().map(reader), rows }
    }

    /// What is in force at `now`, looked for first when the last look is too old. Takes at most
    /// `budget`.
    pub(crate) async fn current(
        &self,
        tables: &Tables,
        now: DateTime<Utc>,
        budget: Duration,
        requests: &Requests,
        log: &Log,
    ) -> Current {
        let started = Instant::now();
        if let Some(releases) = &self.releases
            && let Some(current) = releases.current(now, budget, requests, log).await
        {
            return current;
        }
        let left = budget.saturating_sub(started.elapsed());
        self.rows.current(tables, now, left, requests, log).await
    }
}
