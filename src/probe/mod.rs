//! The hook of a deploy: before traffic comes to a new version of the webhook, CodeDeploy calls
//! this function. It sends the version a signed, synthetic callback, and one that is forged. Unless
//! the first gets a valid answer and the second a refusal, it tells CodeDeploy that the deploy has
//! failed, and why in its log. Not on the way of a callback; a third, small binary.

mod callback;
mod services;
mod settings;
mod verdict;

use std::panic::AssertUnwindSafe;
use std::time::Duration;

use aws_credential_types::Credentials;
use chrono::Utc;
use futures_util::FutureExt;
use serde::Deserialize;
use serde_json::{Value as Json, json};

use crate::report::Log;
use crate::tokens::{Parameter, ParameterError};
use callback::Callback;
use services::{CodeDeploy, Invoked, Lambda};
pub use settings::{AskedVersion, FunctionVersion, ProbeSettings};
use verdict::Refusal;

/// What the hook asks of Lambda, as IAM names it.
pub const INVOKE_ACTION: &str = "lambda:InvokeFunction";
/// What it asks of CodeDeploy.
pub const REPORT_ACTION: &str = "codedeploy:PutLifecycleEventHookExecutionStatus";

/// How long the hook takes at most.
#[derive(Debug, Clone, Copy)]
pub struct TimeLimits {
    /// For one synthetic callback: a start of ten seconds, an answer of two, and the way.
    pub invoke: Duration,
    /// Between two tries. A permission that is new needs a few seconds until it holds.
    pub pause: Duration,
    /// For all tries together.
    pub all: Duration,
    /// For one report to CodeDeploy.
    pub report: Duration,
}

impl Default for TimeLimits {
    fn default() -> Self {
        Self {
            invoke: Duration::from_secs(13),
            pause: Duration::from_secs(5),
            all: Duration::from_secs(60),
            report: Duration::from_secs(5),
        }
    }
}

/// How often the new version is tried, and a report.
const TRIES: u32 = 3;

impl TimeLimits {
    /// The longest that an event takes.
    pub fn longest(&self) -> Duration {
        self.all + self.report * TRIES + self.pause * (TRIES - 1)
    }
}

/// CodeDeploy's event.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct HookEvent {
    deployment_id: String,
    lifecycle_event_hook_execution_id: String,
}

/// CodeDeploy's hook: asks a new version before traffic comes to it.
pub struct Probe {
    settings: ProbeSettings,
    parameter: Option<Parameter>,
    lambda: Lambda,
    code_deploy: CodeDeploy,
    times: TimeLimits,
    log: Log,
}

impl Probe {
    /// A hook by these settings. Makes no request.
    pub fn new(settings: ProbeSettings, credentials: Option<Credentials>, log: Log) -> Self {
        Self {
            parameter: settings
                .asked
                .as_ref()
                .ok()
                .and_then(|asked| Parameter::new(&asked.webhook, credentials.clone())),
            lambda: Lambda::new(&settings, credentials.clone()),
            code_deploy: CodeDeploy::new(&settings, credentials),
            times: TimeLimits::default(),
            settings,
            log,
        }
    }

    /// The same with other times.
    #[must_use]
    pub fn with_times(self, times: TimeLimits) -> Self {
        Self { times, ..self }
    }

    /// Handles CodeDeploy's event: tries the new version, and reports what came of it.
    ///
    /// # Errors
    /// The event is none of CodeDeploy's, or CodeDeploy cannot be told. Told nothing, it lets the
    /// deploy fail when it has waited long enough.
    pub async fn handle(&self, event: &Json) -> Result<Json, String> {
        let event = HookEvent::deserialize(event)
            .map_err(|_| "this is not an event of a CodeDeploy hook".to_owned())?;
        let tried = AssertUnwindSafe(tokio::time::timeout(self.times.all, self.tries()));
        let refusal = match tried.catch_unwind().await {
            Ok(Ok(Ok(()))) => None,
            Ok(Ok(Err(refusal))) => Some(refusal),
            Ok(Err(_late)) => Some(Refusal::Late(self.times.all)),
            Err(_panic) => Some(Refusal::Bug),
        };
        let (status, why) = match &refusal {
            None => ("Succeeded", String::new()),
            Some(refusal) => ("Failed", refusal.to_string()),
        };
        match &refusal {
            None => self.log.info("version_accepted", "the new version answers as it should"),
            Some(_) => self.log.error("version_refused", &why, None),
        }
        self.report(&event, status).await?;
        Ok(json!({ "Status": status, "Why": why }))
    }

    /// Tries until the new version is accepted, or refused for good.
    async fn tries(&self) -> Result<(), Refusal> {
        let mut tried = 1;
        loop {
            match self.try_once().await {
                Err(refusal) if tried < TRIES && refusal.may_pass() => {
                    self.log.warn("probe_again", &refusal.to_string());
                    tokio::time::sleep(self.times.pause).await;
                    tried += 1;
                }
                done => return done,
            }
        }
    }

    async fn try_once(&self) -> Result<(), Refusal> {
        let asked = self.settings.asked.as_ref().map_err(|why| Refusal::Settings(why.clone()))?;
        let token = self.token().await.map_err(Refusal::Tokens)?;
        let ask = |callback: Callback<'_>| {
            let event = callback.to_event(&asked.webhook, Utc::now());
            self.invoke(&asked.version, event)
        };
        verdict::of_signed(&ask(Callback::Signed(token.as_deref())).await?)?;
        // Where anybody may ask, nothing can be forged.
        if asked.webhook.locks.is_open() {
            return Ok(());
        }
        verdict::of_forged(&ask(Callback::Forged).await?)
    }

    /// The token to sign with; `None` where callbacks are not signed.
    async fn token(&self) -> Result<Option<String>, ParameterError> {
        let Some(parameter) = &self.parameter else { return Ok(None) };
        Ok(parameter.read().await?.into_iter().next())
    }

    async fn invoke(&self, version: &FunctionVersion, event: Json) -> Result<Invoked, Refusal> {
        let invoked = self.lambda.invoke(version, &event);
        let invoked = tokio::time::timeout(self.times.invoke, invoked).await;
        invoked.map_err(|_late| Refusal::Late(self.times.invoke))?.map_err(Refusal::Invoke)
    }

    async fn report(&self, event: &HookEvent, status: &str) -> Result<(), String> {
        let (deployment, execution) =
            (&event.deployment_id, &event.lifecycle_event_hook_execution_id);
        let mut tried = 1;
        loop {
            let told = self.code_deploy.report(deployment, execution, status);
            let why = match tokio::time::timeout(self.times.report, told).await {
                Ok(Ok(())) => return Ok(()),
                Ok(Err(why)) => why,
                Err(_late) => format!("no answer within {} ms", self.times.report.as_millis()),
            };
            self.log.error("not_reported", &format!("CodeDeploy cannot be told: {why}"), None);
            if tried == TRIES {
                return Err(format!("CodeDeploy cannot be told that the hook has {status}: {why}"));
            }
            tokio::time::sleep(self.times.pause).await;
            tried += 1;
        }
    }
}
