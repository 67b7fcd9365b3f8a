//! The tokens that prove callbacks, as Parameter Store holds them: read at the start, again after a
//! bad signature and every five minutes. The last good value stays, so a Parameter Store that fails
//! refuses nobody whom a token known before would let in, and lets nobody else in.
//!
//! Times are wall-clock times passed in: a frozen Lambda's monotonic clock may stand still between
//! callbacks.

mod parameter;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};

use crate::settings::Settings;
use crate::tencent::Locks;
pub use parameter::{Parameter, ParameterError};

/// What the webhook asks of Parameter Store, as IAM names it.
pub const TOKEN_ACTIONS: [&str; 1] = ["ssm:GetParameter"];

/// How long tokens are believed without another look.
const BELIEVED: TimeDelta = TimeDelta::minutes(5);
/// Shortest time between two looks, once tokens are known: after a bad signature, or a look that
/// failed.
const PAUSE: TimeDelta = TimeDelta::seconds(10);
/// The same while none are known.
const PAUSE_WITHOUT: TimeDelta = TimeDelta::seconds(1);
/// A look from so far in the future says that the clock was set back.
const CLOCK_SET_BACK: TimeDelta = TimeDelta::minutes(1);

/// Why to look at Parameter Store.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// It was not looked at for some time.
    Age,
    /// A signature belongs to none of the tokens known.
    BadSignature,
}

/// The locks with the tokens known last.
pub struct Tokens {
    /// `None` where the settings hold the tokens, or none are wanted.
    parameter: Option<Parameter>,
    state: Mutex<TokensState>,
    /// Held by the one look under way.
    looking: tokio::sync::Mutex<()>,
}

struct TokensState {
    locks: Arc<Locks>,
    is_known: bool,
    good_at: DateTime<Utc>,
    looked_at: DateTime<Utc>,
}

impl Tokens {
    /// Those of the settings, or of the parameter that they name. Makes no request.
    pub fn new(settings: &Settings, parameter: Option<Parameter>) -> Self {
        let state = TokensState {
            locks: Arc::new(Locks::new(settings.locks.clone())),
            is_known: false,
            good_at: DateTime::<Utc>::MIN_UTC,
            looked_at: DateTime::<Utc>::MIN_UTC,
        };
        Self { parameter, state: Mutex::new(state), looking: tokio::sync::Mutex::default() }
    }

    /// The locks with the tokens known now.
    pub fn locks(&self) -> Arc<Locks> {
        Arc::clone(&self.state().locks)
    }

    /// Whether it is time to look at Parameter Store.
    pub(crate) fn is_due(&self, now: DateTime<Utc>, why: Why) -> bool {
        self.parameter.is_some() && self.state().is_due(now, why)
    }

    /// Looks at Parameter Store if it is still time to, in at most `budget`, and gives the locks
    /// with what is known then.
    ///
    /// # Errors
    /// Why nothing new is known. What was known stays.
    pub async fn look(
        &self,
        now: DateTime<Utc>,
        why: Why,
        budget: Duration,
    ) -> Result<Arc<Locks>, ParameterError> {
        let Some(parameter) = &self.parameter else { return Ok(self.locks()) };
        let look = async {
            // Whoever comes while another looks waits for what that one finds.
            let _looking = self.looking.lock().await;
            if !self.state().is_due(now, why) {
                return Ok(());
            }
            self.state().looked_at = now;
            let tokens = parameter.read().await?;
            let mut state = self.state();
            state.locks = Arc::new(state.locks.with_tokens(tokens));
            (state.is_known, state.good_at) = (true, now);
            Ok(())
        };
        match tokio::time::timeout(budget, look).await {
            Ok(looked) => looked.map(|()| self.locks()),
            Err(_) => Err(ParameterError::Late(budget)),
        }
    }

    fn state(&self) -> MutexGuard<'_, TokensState> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl TokensState {
    fn is_due(&self, now: DateTime<Utc>, why: Why) -> bool {
        let since = |then: DateTime<Utc>| now.signed_duration_since(then);
        let pause = if self.is_known { PAUSE } else { PAUSE_WITHOUT };
        let is_over = since(self.looked_at) >= pause || -since(self.looked_at) > CLOCK_SET_BACK;
        let is_old = since(self.good_at) >= BELIEVED || -since(self.good_at) > CLOCK_SET_BACK;
        is_over && (is_old || why == Why::BadSignature)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn state(is_known: bool, good_s: i64, looked_s: i64) -> TokensState {
        let at = |seconds| DateTime::from_timestamp(1_795_000_000 + seconds, 0).unwrap();
        let settings = Settings::read(|name| match name {
            "RULES_TABLE" | "AGENTS_TABLE" | "CALLBACK_TOKENS_PARAMETER" => Some("t".to_owned()),
            "SDK_APP_IDS" => Some("1400000000".to_owned()),
            _ => None,
        });
        TokensState {
            locks: Arc::new(Locks::new(settings.unwrap().locks)),
            is_known,
            good_at: at(good_s),
            looked_at: at(looked_s),
        }
    }

    #[test]
    fn it_looks_every_five_minutes_and_after_a_bad_signature_but_not_too_often() {
        use Why::{Age, BadSignature};
        for (is_known, good_s, looked_s, now_s, why, due) in [
            (true, 0, 0, 299, Age, false),
            (true, 0, 0, 300, Age, true),
            (true, 0, 0, 9, BadSignature, false),
            (true, 0, 0, 10, BadSignature, true),
            // The look at 300 failed.
            (true, 0, 300, 309, Age, false),
            (true, 0, 300, 309, BadSignature, false),
            (true, 0, 300, 310, Age, true),
            // The clock was set back.
            (true, 0, 0, -30, Age, false),
            (true, 0, 0, -61, Age, true),
            (true, 0, 0, -61, BadSignature, true),
        ] {
            let now = DateTime::from_timestamp(1_795_000_000 + now_s, 0).unwrap();
            let state = state(is_known, good_s, looked_s);
            assert_eq!(state.is_due(now, why), due, "{good_s} {looked_s} {now_s} {why:?}");
        }
        // As long as nothing is known, every second.
        let unknown = TokensState { good_at: DateTime::<Utc>::MIN_UTC, ..state(false, 0, 0) };
        for (now_ms, due) in [(999, false), (1_000, true)] {
            let now = DateTime::from_timestamp_millis(1_795_000_000_000 + now_ms).unwrap();
            assert_eq!(unknown.is_due(now, Age), due, "{now_ms}");
        }
    }
}
