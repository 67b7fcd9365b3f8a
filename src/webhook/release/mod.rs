//! The release in force: taken at the start, looked for again on the callback that finds the last
//! look too old, kept when anything goes wrong.
//!
//! A look reads the pointer, and nothing else while it says the same. What it says is never
//! believed against better knowledge: `doubt` says when it is read again consistently. A release
//! that cannot be used is passed over: an instance keeps what it has, or takes the one before.

mod codec;
mod doubt;
mod fetch;
mod source;
mod state;
#[cfg(test)]
mod tests;
mod unusable;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use routing::release::{Pointer, Release};
use tokio::time::Instant;

use super::current::{Current, MIN_BUDGET, RETRY_AFTER, after, jittered};
use crate::report::Log;
use crate::store::Requests;
pub use codec::{Codec, Decode};
use fetch::Fetched;
pub(crate) use source::ReleaseSource;
use state::{LoadedRelease, ReleaseState};
use unusable::Unusable;

/// A release that could not be used is tried again after so long.
const REFUSED_FOR: TimeDelta = TimeDelta::seconds(60);
/// So many releases before one that cannot be used are looked at in one request.
const OLDER_LISTED: usize = 20;
/// So many of them are tried.
const OLDER_TRIED: usize = 3;

/// Reads the release in force when that is due, and holds it.
pub(crate) struct ReleaseReader<S> {
    source: S,
    codec: Codec,
    ttl: Duration,
    state: Mutex<ReleaseState>,
    fetched: Fetched,
    /// Held by the one look under way.
    looking: tokio::sync::Mutex<()>,
}

/// What a look comes to.
enum Look {
    /// What is in force is what the pointer says.
    Good(Box<Pointer>),
    /// There is no release.
    NoRelease,
    /// What is in force stays in force, and why that is not as it should be.
    Kept(String),
    /// The parts are there; the next callback has the time to make a snapshot of them.
    Later,
}

impl<S: ReleaseSource> ReleaseReader<S> {
    pub(crate) fn new(source: S, codec: Codec, ttl: Duration) -> Self {
        Self {
            source,
            codec,
            ttl,
            state: Mutex::default(),
            fetched: Fetched::default(),
            looking: tokio::sync::Mutex::default(),
        }
    }

    /// The release in force at `now`, looked for first when the last look is too old; `None` when
    /// there is no release, so that the tables are to be read. Takes at most `budget`.
    pub(crate) async fn current(
        &self,
        now: DateTime<Utc>,
        budget: Duration,
        requests: &Requests,
        log: &Log,
    ) -> Option<Current> {
        if self.is_due(now) && budget >= MIN_BUDGET {
            // In a box, so that the future of each callback stays small.
            let look = Box::pin(self.look_alone(now, budget, requests, log));
            if tokio::time::timeout(budget, look).await.is_err() {
                let why = format!("the releases did not answer within {} ms", budget.as_millis());
                self.fail(now, log, &why);
            }
        }
        self.in_force(now, log)
    }

    fn state(&self) -> MutexGuard<'_, ReleaseState> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn is_due(&self, now: DateTime<Utc>) -> bool {
        self.state().is_due(now)
    }

    fn in_force(&self, now: DateTime<Utc>, log: &Log) -> Option<Current> {
        let mut state = self.state();
        if state.has_none {
            return None;
        }
        let Some(in_force) = &state.in_force else {
            return Some(Current { degraded: true, ..Current::default() });
        };
        let is_stale = state.is_stale(now);
        let current = Current {
            snapshot: Some(Arc::clone(&in_force.snapshot)),
            release: Some(in_force.number),
            age: state.good_at.and_then(|at| (now - at).to_std().ok()).unwrap_or_default(),
            degraded: state.is_failing || is_stale,
        };
        let is_new = is_stale && !state.was_stale;
        state.was_stale = is_stale;
        drop(state);
        if is_new {
            log.error(
                "release_unchecked",
                "nobody has compared the live release with the rows for 15 minutes: does the \
                operator function run?",
                None,
            );
        }
        Some(current)
    }

    async fn look_alone(
        &self,
        now: DateTime<Utc>,
        budget: Duration,
        requests: &Requests,
        log: &Log,
    ) {
        let _looking = match self.looking.try_lock() {
            Ok(guard) => guard,
            // Another callback looks. Whoever has a release goes on with it; whoever has none
            // waits.
            Err(_) if self.state().in_force.is_some() => return,
            Err(_) => self.looking.lock().await,
        };
        if !self.is_due(now) {
            return;
        }
        match self.look(now, Instant::now() + budget / 2, requests, log).await {
            Ok(Look::Good(pointer)) => {
                let next = after(now, jittered(self.ttl, fastrand::f64()));
                self.state().accept(&pointer, now, next);
            }
            Ok(Look::NoRelease) => {
                let mut state = self.state();
                state.has_none = true;
                state.next_look = Some(after(now, jittered(self.ttl, fastrand::f64())));
            }
            // Soon, but until then this is not what is live.
            Ok(Look::Later) => self.state().is_failing = true,
            Ok(Look::Kept(why)) | Err(why) => self.fail(now, log, &why),
        }
    }

    /// One look at `now`. `decode_until`: when the making of a snapshot may begin at the latest.
    async fn look(
        &self,
        now: DateTime<Utc>,
        decode_until: Instant,
        requests: &Requests,
        log: &Log,
    ) -> Result<Look, String> {
        let Some(pointer) = self.pointer(requests).await? else {
            return match self.state().in_force {
                None => Ok(Look::NoRelease),
                Some(_) => Ok(Look::Kept("there is no release in the table any more".to_owned())),
            };
        };
        let Some(live) = pointer.live.clone() else { return Ok(Look::NoRelease) };
        let (has_it, has_any, is_refused) = {
            let mut state = self.state();
            // What a consistent read says is believed, also when it is lower than before.
            state.highest = live.number;
            state.checked_at = pointer.checked_at;
            let in_force = state.in_force.as_ref();
            let has_it = in_force.is_some_and(|in_force| in_force.content == live.content);
            let refused = state.refused.as_ref();
            let is_refused =
                refused.is_some_and(|(content, until)| *content == live.content && now < *until);
            (has_it, in_force.is_some(), is_refused)
        };
        if has_it {
            return Ok(Look::Good(Box::new(pointer)));
        }
        if is_refused && has_any {
            return Ok(Look::Kept(format!("release {} cannot be used", live.number)));
        }
        let why = match self.take(&live, decode_until, requests, log).await {
            Ok(true) => return Ok(Look::Good(Box::new(pointer))),
            Ok(false) => return Ok(Look::Later),
            Err(Unusable::NotRead(why)) => return Err(why),
            Err(Unusable::Bad(why)) => why,
        };
        let knows_it = self.codec.formats.contains(&live.format);
        if !knows_it || !has_any {
            self.take_older(&live, decode_until, requests, log).await?;
        }
        self.state().refused = Some((live.content.clone(), now + REFUSED_FOR));
        Ok(Look::Kept(format!("release {} cannot be used: {why}", live.number)))
    }

    /// The pointer as far as it can be believed.
    async fn pointer(&self, requests: &Requests) -> Result<Option<Pointer>, String> {
        let highest = self.state().highest;
        let read = self.source.pointer(false, requests).await;
        if doubt::is_believed(&read, highest) {
            read
        } else {
            self.source.pointer(true, requests).await
        }
    }

    /// Takes a release into force; false when its parts are there, but the time is too short to
    /// make a snapshot of them.
    async fn take(
        &self,
        release: &Release,
        decode_until: Instant,
        requests: &Requests,
        log: &Log,
    ) -> Result<bool, Unusable> {
        if !self.codec.formats.contains(&release.format) {
            let format = release.format;
            return Err(Unusable::Bad(format!("this version does not know its format {format}")));
        }
        let bytes = self.fetched.bytes(&self.source, release, requests).await?;
        if Instant::now() > decode_until && self.state().in_force.is_some() {
            return Ok(false);
        }
        let decode = || (self.codec.decode)(release.format, &bytes);
        let snapshot = catch_unwind(AssertUnwindSafe(decode))
            .unwrap_or_else(|_| Err("a bug; please report it".to_owned()));
        self.fetched.forget();
        let snapshot = Arc::new(snapshot.map_err(Unusable::Bad)?);
        {
            let mut state = self.state();
            let number = release.number;
            state.in_force =
                Some(LoadedRelease { snapshot, number, content: release.content.clone() });
            state.has_none = false;
        }
        log.info("release", &format!("release {} is in force", release.number));
        Ok(true)
    }

    /// Takes the latest release before one that cannot be used, if it is later than what is in
    /// force.
    async fn take_older(
        &self,
        live: &Release,
        decode_until: Instant,
        requests: &Requests,
        log: &Log,
    ) -> Result<(), String> {
        let least = self.state().in_force.as_ref().map_or(0, |in_force| in_force.number);
        let (mut before, mut left) = (live.number, OLDER_TRIED);
        // While a deploy goes on there may be very many of a later format.
        while left > 0 && before > least {
            let listed = self.source.listed_before(before, OLDER_LISTED, requests).await?;
            let Some(last) = listed.last() else { break };
            before = last.number;
            let known = listed.iter().filter(|release| {
                release.number > least && self.codec.formats.contains(&release.format)
            });
            for release in known.take(left) {
                left -= 1;
                match self.take(release, decode_until, requests, log).await {
                    Ok(_) => return Ok(()),
                    Err(Unusable::NotRead(why)) => return Err(why),
                    Err(Unusable::Bad(_)) => {}
                }
            }
        }
        Ok(())
    }

    fn fail(&self, now: DateTime<Utc>, log: &Log, why: &str) {
        let age = {
            let mut state = self.state();
            state.is_failing = true;
            state.next_look = Some(after(now, self.ttl.min(RETRY_AFTER)));
            state.good_at.map(|at| (now - at).num_milliseconds())
        };
        log.error("config_load_failed", why, age);
    }
}
