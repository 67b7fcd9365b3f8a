//! Orders to the operator function: publish, hold, erase. Only it writes releases.

use anyhow::{Result, anyhow, bail};
use aws_sdk_lambda::Client;
use aws_sdk_lambda::error::{ProvideErrorMetadata, SdkError};
use aws_sdk_lambda::primitives::Blob;
use desk_router::settings::Settings;
use routing::release::Hold;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::deployment::failure::{Service, code, of_any_service};
use crate::deployment::tables::LiveTables;

/// The operator function of a deployment.
#[derive(Debug)]
pub struct OperatorFunction {
    client: Client,
    name: String,
}

/// What came of an order.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct OrderAnswer {
    /// Whether what was asked for was done.
    pub done: bool,
    /// What came of it, in one word: `Published`, `HoldBegan`, …
    pub outcome: String,
    /// The same as a sentence.
    pub text: String,
    /// The hold that stands.
    pub hold: Option<Hold>,
    /// The hold that ended with it.
    pub ended: Option<Hold>,
}

impl OperatorFunction {
    /// The function that `OPERATOR_FUNCTION` names, if the deployment has releases and it is set.
    pub fn of(live: &LiveTables, settings: &Settings) -> Option<Self> {
        settings.tables.releases.as_ref()?;
        let name = settings.operator_function.clone()?;
        Some(Self { client: Client::new(live.config()), name })
    }

    /// The same, for a command that does nothing without it.
    ///
    /// # Errors
    /// `RELEASES_TABLE` or `OPERATOR_FUNCTION` is not set.
    pub fn wanted(live: &LiveTables, settings: &Settings) -> Result<Self> {
        let missing = match settings.tables.releases {
            None => "RELEASES_TABLE",
            Some(_) => "OPERATOR_FUNCTION",
        };
        Self::of(live, settings).ok_or_else(|| {
            anyhow!(
                "{missing} is not set: the stack's output `DeskExports` and `cargo desk serve` \
                print a line that sets it"
            )
        })
    }

    /// Publishes what the rows say, and ends the hold, unless that looks like an accident; with
    /// `own_hold` ends only that one.
    ///
    /// # Errors
    /// The function cannot be reached, or fails.
    pub async fn publish(&self, force: bool, own_hold: Option<&str>) -> Result<OrderAnswer> {
        let mut publish = json!({ "Force": force });
        if let (Some(fields), Some(id)) = (publish.as_object_mut(), own_hold) {
            fields.insert("OwnHold".to_owned(), id.into());
        }
        self.order(&json!({ "Publish": publish })).await
    }

    /// Makes an earlier release live again.
    ///
    /// # Errors
    /// The function cannot be reached, or fails.
    pub async fn back(&self, number: u64) -> Result<OrderAnswer> {
        self.order(&json!({ "Publish": { "Release": number, "By": whoever() } })).await
    }

    /// Keeps the live release.
    ///
    /// # Errors
    /// The function cannot be reached, or fails.
    pub async fn hold(&self, why: &str) -> Result<OrderAnswer> {
        self.order(&json!({ "Hold": { "Why": why, "By": whoever() } })).await
    }

    /// Keeps the live release while some rows are written; whoever asks for that publishes them.
    ///
    /// # Errors
    /// The function cannot be reached, or fails.
    pub(crate) async fn hold_briefly(&self, why: &str) -> Result<OrderAnswer> {
        self.order(&json!({ "Hold": { "Why": why, "By": whoever(), "Brief": true } })).await
    }

    /// Erases a release that is not live.
    ///
    /// # Errors
    /// The function cannot be reached, or fails.
    pub async fn erase(&self, number: u64) -> Result<OrderAnswer> {
        self.order(&json!({ "Erase": { "Release": number } })).await
    }

    async fn order(&self, order: &Value) -> Result<OrderAnswer> {
        let name = &self.name;
        let payload = Blob::new(order.to_string());
        let sent = self.client.invoke().function_name(name).payload(payload).send().await;
        let answer = sent.map_err(|error| anyhow!("{}", sentence(name, &error)))?;
        let bytes = answer.payload.map(Blob::into_inner).unwrap_or_default();
        if answer.function_error.is_some() {
            let said: Value = serde_json::from_slice(&bytes).unwrap_or_default();
            let said = said.get("errorMessage").and_then(Value::as_str);
            bail!(
                "the function `{name}` failed: {}",
                said.unwrap_or("its log in CloudWatch says why")
            );
        }
        serde_json::from_slice(&bytes).map_err(|_| {
            anyhow!(
                "`{name}` did not answer as the operator function does; check OPERATOR_FUNCTION"
            )
        })
    }
}

/// What a person calls themselves on this machine.
fn whoever() -> String {
    named(|name| std::env::var(name).ok())
}

/// The same; where nothing says it, what would.
fn named(variable: impl Fn(&str) -> Option<String>) -> String {
    const NOBODY: &str = "an unknown person (USER is not set where `desk` ran)";
    let named = ["USER", "USERNAME"].into_iter().filter_map(variable);
    named
        .map(|name| name.trim().to_owned())
        .find(|name| !name.is_empty())
        .unwrap_or_else(|| NOBODY.to_owned())
}

const LAMBDA: Service = Service { name: "Lambda", endpoint: "AWS_ENDPOINT_URL_LAMBDA" };

/// The sentence for an error of Lambda.
fn sentence<E, R>(name: &str, error: &SdkError<E, R>) -> String
where
    E: ProvideErrorMetadata + std::error::Error + 'static,
    R: std::fmt::Debug + 'static,
{
    let what = match code(error) {
        Some("ResourceNotFoundException") => {
            "there is no such function here; look at OPERATOR_FUNCTION, at AWS_REGION and at \
            AWS_PROFILE"
                .to_owned()
        }
        Some("AccessDeniedException") => {
            "these AWS credentials may not invoke it; the managed policy `OnCallPolicy` of the \
            stack allows that"
                .to_owned()
        }
        _ => of_any_service(&LAMBDA, error),
    };
    format!("invoking the function `{name}`: {what}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_gives_an_order() {
        for (set, expected) in [
            (&[("USER", "kim")] as &[_], "kim"),
            (&[("USER", " "), ("USERNAME", "lee")], "lee"),
            (&[], "an unknown person (USER is not set where `desk` ran)"),
        ] {
            let variable = |name: &str| {
                let found = set.iter().find(|(variable, _)| *variable == name);
                found.map(|(_, value)| (*value).to_owned())
            };
            assert_eq!(named(variable), expected);
        }
    }
}
