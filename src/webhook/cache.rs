//! The snapshot in force: loaded at the start, refreshed on the callback that finds it too old,
//! kept when a refresh fails.
//!
//! Times are wall-clock times passed in: a frozen Lambda's monotonic clock may stand still between
//! callbacks.

use std::hash::{Hash, Hasher};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use siphasher::sip::SipHasher24;

use crate::report::Log;
use crate::store::{Requests, Tables};
use routing::rows::Defaults;
use routing::rows::Rows;
use routing::snapshot::Snapshot;

/// Longest pause after a failed load.
const RETRY_AFTER: Duration = Duration::from_secs(5);
/// How long a table without any usable rule is not believed.
const DOUBT_NO_RULES: TimeDelta = TimeDelta::minutes(15);
/// A snapshot from so far in the future says that the clock was set back, which must not keep it
/// for as long. Less is another callback that began a moment later.
const CLOCK_SET_BACK: TimeDelta = TimeDelta::minutes(1);
/// A load is not begun with less time than this.
const MIN_BUDGET: Duration = Duration::from_millis(20);

/// The snapshot that a decision uses.
#[derive(Debug, Clone, Default)]
pub(crate) struct Current {
    /// `None` until a first load succeeds.
    pub(crate) snapshot: Option<Arc<Snapshot>>,
    /// How old its rows are.
    pub(crate) age: Duration,
    /// Whether the last load failed.
    pub(crate) degraded: bool,
}

/// Holds the snapshot in force.
pub(crate) struct Cache {
    ttl: Duration,
    defaults: Defaults,
    state: Mutex<State>,
    /// Held by the one load under way.
    loading: tokio::sync::Mutex<()>,
}

#[derive(Default)]
struct State {
    loaded: Option<Loaded>,
    next_load: DateTime<Utc>,
    failing: bool,
    no_rules_since: Option<DateTime<Utc>>,
}

struct Loaded {
    snapshot: Arc<Snapshot>,
    rows: u64,
    at: DateTime<Utc>,
}

impl Cache {
    pub(crate) fn new(ttl: Duration, defaults: Defaults) -> Self {
        Self { ttl, defaults, state: Mutex::default(), loading: tokio::sync::Mutex::new(()) }
    }

    /// The snapshot in force at `now`, loaded first when it is too old. Takes at most `budget`.
    pub(crate) async fn current(
        &self,
        tables: &Tables,
        now: DateTime<Utc>,
        budget: Duration,
        requests: &Requests,
        log: &Log,
    ) -> Current {
        if !self.is_due(now) || budget < MIN_BUDGET {
            return self.in_force(now);
        }
        let load = async {
            let _loading = match self.loading.try_lock() {
                Ok(guard) => guard,
                // Another callback loads. Whoever has a snapshot goes on with it; whoever has none
                // waits.
                Err(_) if self.in_force(now).snapshot.is_some() => return,
                Err(_) => self.loading.lock().await,
            };
            if self.is_due(now) {
                match tables.load(requests).await {
                    Ok(rows) => self.accept(rows, now, log),
                    Err(error) => self.fail(now, log, &error.to_string()),
                }
            }
        };
        if tokio::time::timeout(budget, load).await.is_err() {
            self.fail(
                now,
                log,
                &format!("the tables did not answer within {} ms", budget.as_millis()),
            );
        }
        self.in_force(now)
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn is_due(&self, now: DateTime<Utc>) -> bool {
        let state = self.state();
        state
            .loaded
            .as_ref()
            .is_none_or(|loaded| now >= state.next_load || loaded.at - now > CLOCK_SET_BACK)
    }

    fn in_force(&self, now: DateTime<Utc>) -> Current {
        let state = self.state();
        match &state.loaded {
            Some(loaded) => Current {
                snapshot: Some(Arc::clone(&loaded.snapshot)),
                age: (now - loaded.at).to_std().unwrap_or_default(),
                degraded: state.failing,
            },
            None => Current { degraded: true, ..Current::default() },
        }
    }

    fn accept(&self, rows: Rows, now: DateTime<Utc>, log: &Log) {
        let hash = hash(&rows);
        let before =
            self.state().loaded.as_ref().map(|loaded| (Arc::clone(&loaded.snapshot), loaded.rows));
        let snapshot = match &before {
            Some((same, before)) if *before == hash => Arc::clone(same),
            _ => {
                let previous = before.as_ref().map(|(snapshot, _)| snapshot.as_ref());
                match catch_unwind(AssertUnwindSafe(|| {
                    Snapshot::compile_owned(rows, &self.defaults, now, previous)
                })) {
                    Ok(snapshot) => Arc::new(snapshot),
                    Err(_) => {
                        return self.fail(
                            now,
                            log,
                            "the rows could not be compiled: a bug; please report it",
                        );
                    }
                }
            }
        };
        let lost_all = snapshot.rules().is_empty()
            && before.is_some_and(|(before, _)| !before.rules().is_empty());
        {
            let mut state = self.state();
            let since =
                if lost_all { Some(*state.no_rules_since.get_or_insert(now)) } else { None };
            state.no_rules_since = since;
            if since.is_none_or(|since| now - since >= DOUBT_NO_RULES) {
                state.loaded =
                    Some(Loaded { snapshot: Arc::clone(&snapshot), rows: hash, at: now });
                state.failing = false;
                state.next_load = after(now, jittered(self.ttl, fastrand::f64()));
                drop(state);
                return log.findings(snapshot.version(), snapshot.findings(), true);
            }
        }
        self.fail(
            now,
            log,
            "the rules table has no usable rule any more, which is not believed for 15 minutes",
        );
    }

    fn fail(&self, now: DateTime<Utc>, log: &Log, why: &str) {
        let age = {
            let mut state = self.state();
            state.failing = true;
            state.next_load = after(now, self.ttl.min(RETRY_AFTER));
            state.loaded.as_ref().map(|loaded| (now - loaded.at).num_milliseconds())
        };
        log.error("config_load_failed", why, age);
    }
}

/// `ttl` ± 20 % by a random number from 0 to 1, so that instances that started together do not read
/// together.
fn jittered(ttl: Duration, random: f64) -> Duration {
    ttl.mul_f64(0.8 + 0.4 * random)
}

fn after(now: DateTime<Utc>, pause: Duration) -> DateTime<Utc> {
    TimeDelta::from_std(pause).ok().and_then(|pause| now.checked_add_signed(pause)).unwrap_or(now)
}

fn hash(rows: &Rows) -> u64 {
    let mut hasher = SipHasher24::new();
    rows.hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use routing::rows::row_from_json;

    fn rules(json: serde_json::Value) -> Rows {
        let rules: Vec<serde_json::Map<_, _>> = serde_json::from_value(json).unwrap();
        Rows { rules: rules.into_iter().map(row_from_json).collect(), ..Rows::default() }
    }

    fn cache(ttl_seconds: u64) -> (Cache, Log, DateTime<Utc>) {
        let defaults = Defaults {
            time_zone: routing::hours::Zone::utc(),
            holiday_country: None,
            customers: false,
            assignments: false,
        };
        let now = DateTime::from_timestamp(1_795_000_000, 0).unwrap();
        (
            Cache::new(Duration::from_secs(ttl_seconds), defaults),
            Log::new(Box::new(|_| {}), true),
            now,
        )
    }

    #[test]
    fn a_snapshot_is_fresh_for_its_time_and_some_jitter() {
        let ttl = Duration::from_secs(30);
        assert_eq!(
            (jittered(ttl, 0.0), jittered(ttl, 1.0)),
            (Duration::from_secs(24), Duration::from_secs(36))
        );
        let (cache, log, now) = cache(30);
        assert!(cache.is_due(now), "nothing is loaded");
        cache.accept(rules(serde_json::json!([])), now, &log);
        assert!(
            !cache.is_due(now + TimeDelta::seconds(23))
                && cache.is_due(now + TimeDelta::seconds(37))
        );
        assert!(
            !cache.is_due(now - TimeDelta::seconds(1)),
            "a callback that began before the load"
        );
        assert!(cache.is_due(now - TimeDelta::seconds(61)), "the clock was set back");
    }

    #[test]
    fn after_a_failure_the_next_try_is_soon_but_not_at_once() {
        for (ttl, pause) in [(30, 5), (2, 2), (0, 0)] {
            let (cache, log, now) = cache(ttl);
            cache.accept(rules(serde_json::json!([])), now, &log);
            let later = now + TimeDelta::seconds(60);
            cache.fail(later, &log, "a test");
            assert!(cache.is_due(later + TimeDelta::seconds(pause)), "{ttl}");
            assert!(!cache.is_due(later + TimeDelta::milliseconds(pause * 1_000 - 1)), "{ttl}");
            assert!(
                cache.in_force(later).degraded
                    && cache.in_force(later).age == Duration::from_secs(60)
            );
        }
    }

    #[test]
    fn no_usable_rule_is_believed_after_15_minutes() {
        let (cache, log, now) = cache(30);
        let rule = serde_json::json!([{ "RuleId": "r", "Priority": 1, "AgentGroupId": 5 }]);
        let count = |at: DateTime<Utc>| cache.in_force(at).snapshot.unwrap().rules().len();
        cache.accept(rules(rule.clone()), now, &log);
        for (minutes, rules_in_force, degraded) in [(1, 1, true), (15, 1, true), (16, 0, false)] {
            let at = now + TimeDelta::minutes(minutes);
            cache.accept(rules(serde_json::json!([])), at, &log);
            assert_eq!(
                (count(at), cache.in_force(at).degraded),
                (rules_in_force, degraded),
                "after {minutes} minutes"
            );
        }
        // A rule that is back ends the doubt, and a new one begins anew.
        let at = now + TimeDelta::minutes(20);
        cache.accept(rules(rule), at, &log);
        cache.accept(rules(serde_json::json!([])), at + TimeDelta::minutes(14), &log);
        assert_eq!(count(at), 1);
    }
}
