//! The rows, read directly where there are no releases: loaded at the start, refreshed on the
//! callback that finds them too old, kept when a refresh fails. What is in force is settled as for
//! a release, without one before: a row in error is not used.
//!
//! Times are wall-clock times passed in: a frozen Lambda's monotonic clock may stand still between
//! callbacks.

use std::hash::{Hash, Hasher};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use chrono::{DateTime, Utc};
use siphasher::sip::SipHasher24;

use super::current::{CLOCK_SET_BACK, Current, MIN_BUDGET, RETRY_AFTER, after, jittered};
use super::lost_rows::{LostRows, lost};
use crate::report::Log;
use crate::store::{Requests, Tables};
use routing::rows::Defaults;
use routing::rows::Rows;
use routing::snapshot::Snapshot;

/// Holds the snapshot in force.
pub(crate) struct Cache {
    ttl: Duration,
    defaults: Defaults,
    state: Mutex<CacheState>,
    /// Held by the one load under way.
    loading: tokio::sync::Mutex<()>,
}

#[derive(Default)]
struct CacheState {
    loaded: Option<Loaded>,
    next_load: DateTime<Utc>,
    failing: bool,
    lost: LostRows,
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
                    Ok(rows) => self.accept(&rows, now, log),
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

    fn state(&self) -> MutexGuard<'_, CacheState> {
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
                release: None,
                age: (now - loaded.at).to_std().unwrap_or_default(),
                degraded: state.failing,
            },
            None => Current { degraded: true, ..Current::default() },
        }
    }

    fn accept(&self, rows: &Rows, now: DateTime<Utc>, log: &Log) {
        let hash = hash(rows);
        let before =
            self.state().loaded.as_ref().map(|loaded| (Arc::clone(&loaded.snapshot), loaded.rows));
        let snapshot = match &before {
            Some((same, before)) if *before == hash => Arc::clone(same),
            _ => {
                let compile = || Snapshot::compile(rows, &self.defaults, now);
                match catch_unwind(AssertUnwindSafe(compile)) {
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
        let lost = before.and_then(|(before, _)| lost(&before, &snapshot));
        {
            let mut state = self.state();
            if state.lost.is_believed(lost.is_some(), now) {
                state.loaded =
                    Some(Loaded { snapshot: Arc::clone(&snapshot), rows: hash, at: now });
                state.failing = false;
                state.next_load = after(now, jittered(self.ttl, fastrand::f64()));
                drop(state);
                return log.findings(snapshot.version(), snapshot.findings());
            }
        }
        self.fail(now, log, &lost.unwrap_or_default());
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

fn hash(rows: &Rows) -> u64 {
    let mut hasher = SipHasher24::new();
    rows.hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::TimeDelta;
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
        cache.accept(&rules(serde_json::json!([])), now, &log);
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
            cache.accept(&rules(serde_json::json!([])), now, &log);
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
        cache.accept(&rules(rule.clone()), now, &log);
        for (minutes, rules_in_force, degraded) in [(1, 1, true), (15, 1, true), (16, 0, false)] {
            let at = now + TimeDelta::minutes(minutes);
            cache.accept(&rules(serde_json::json!([])), at, &log);
            assert_eq!(
                (count(at), cache.in_force(at).degraded),
                (rules_in_force, degraded),
                "after {minutes} minutes"
            );
        }
        // All agents gone are not believed at once either.
        let agents = |rows: Rows| Rows {
            agents: vec![row_from_json(
                serde_json::json!({ "AgentId": "ann" }).as_object().unwrap().clone(),
            )],
            ..rows
        };
        let at = now + TimeDelta::minutes(17);
        cache.accept(&agents(rules(rule.clone())), at, &log);
        cache.accept(&rules(rule.clone()), at, &log);
        assert!(cache.in_force(at).degraded);
        cache.accept(&rules(rule.clone()), at + TimeDelta::minutes(15), &log);
        assert!(!cache.in_force(at).degraded);
        // A rule that is back ends the doubt, and another one begins.
        let at = now + TimeDelta::minutes(40);
        cache.accept(&rules(rule), at, &log);
        cache.accept(&rules(serde_json::json!([])), at + TimeDelta::minutes(14), &log);
        assert_eq!(count(at), 1);
    }
}
