//! What a decision goes by: the release in force, or the rows themselves where there is none.

use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use routing::snapshot::Snapshot;
use tokio::time::Instant;

use super::cache::Cache;
use super::release::{Codec, Reader};
use crate::report::Log;
use crate::settings::Settings;
use crate::store::{Releases, Requests, Tables};

/// Longest pause after a look that failed.
pub(super) const RETRY_AFTER: Duration = Duration::from_secs(5);
/// A good look from so far in the future says that the clock was set back, which must not keep it
/// for as long. Less is another callback that began a moment later.
pub(super) const CLOCK_SET_BACK: TimeDelta = TimeDelta::minutes(1);
/// A look is not begun with less time than this.
pub(super) const MIN_BUDGET: Duration = Duration::from_millis(20);

/// What a decision goes by.
#[derive(Debug, Clone, Default)]
pub(crate) struct Current {
    /// `None` until a first load succeeds.
    pub(crate) snapshot: Option<Arc<Snapshot>>,
    /// The release's number; `None` when the rows were read.
    pub(crate) release: Option<u64>,
    /// How long ago it was last found to be what is live.
    pub(crate) age: Duration,
    /// Whether it may not be what is live.
    pub(crate) degraded: bool,
}

/// Where it comes from.
pub(crate) struct Config {
    releases: Option<Reader<Releases>>,
    rows: Cache,
}

impl Config {
    /// The rows, read directly.
    pub(crate) fn new(settings: &Settings) -> Self {
        Self { releases: None, rows: Cache::new(settings.rows_ttl, settings.defaults.clone()) }
    }

    /// Releases first, if the deployment has the table for them.
    pub(crate) fn with_releases(self, settings: &Settings, tables: &Tables, codec: Codec) -> Self {
        let reader = |releases| Reader::new(releases, codec, settings.config_ttl);
        Self { releases: tables.releases().map(reader), ..self }
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

/// `ttl` ± 20 % by a random number from 0 to 1, so that instances that started together do not read
/// together.
pub(super) fn jittered(ttl: Duration, random: f64) -> Duration {
    ttl.mul_f64(0.8 + 0.4 * random)
}

pub(super) fn after(now: DateTime<Utc>, pause: Duration) -> DateTime<Utc> {
    TimeDelta::from_std(pause).ok().and_then(|pause| now.checked_add_signed(pause)).unwrap_or(now)
}
