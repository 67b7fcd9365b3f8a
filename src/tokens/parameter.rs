//! One SecureString of Parameter Store, over one signed HTTPS request.

use std::fmt;
use std::time::Duration;

use aws_credential_types::Credentials;
use serde::Deserialize;
use serde_json::json;

use crate::service::{Reply, Service, ServiceError};
use crate::settings::Settings;

const HEADERS: [(&str, &str); 2] =
    [("content-type", "application/x-amz-json-1.1"), ("x-amz-target", "AmazonSSM.GetParameter")];
/// A try takes no longer, so that a second one is possible within a callback's time.
const TRY: Duration = Duration::from_millis(250);
/// Pause before the second one.
const PAUSE: Duration = Duration::from_millis(25);
/// Largest answer read: a parameter has 8 KB at most.
const MAX_ANSWER_BYTES: usize = 64 * 1024;

/// Why there are no tokens. Says nothing of what the parameter holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ParameterError {
    /// There is no region or there are no credentials to ask with.
    Unready(&'static str),
    /// No answer, or none that can be read.
    Unreachable(String),
    /// No answer in time.
    Late(Duration),
    /// Parameter Store says no, by the name of its error.
    Refused(String),
    /// What the parameter holds cannot be used.
    Value,
}

impl fmt::Display for ParameterError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unready(missing) => {
                write!(f, "there is no {missing} to ask Parameter Store with")
            }
            Self::Unreachable(why) => write!(f, "Parameter Store cannot be reached: {why}"),
            Self::Late(waited) => {
                write!(f, "Parameter Store did not answer within {} ms", waited.as_millis())
            }
            Self::Refused(error) => write!(f, "Parameter Store refuses the parameter: {error}"),
            Self::Value => write!(
                f,
                "the parameter does not hold tokens separated by commas, none of them empty"
            ),
        }
    }
}

impl std::error::Error for ParameterError {}

impl From<ServiceError> for ParameterError {
    fn from(error: ServiceError) -> Self {
        match error {
            ServiceError::Unready(missing) => Self::Unready(missing),
            ServiceError::Unreachable(why) => Self::Unreachable(why),
        }
    }
}

/// The parameter that holds the tokens.
#[derive(Debug)]
pub struct Parameter {
    name: String,
    store: Service,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct ParameterAnswer {
    parameter: Held,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Held {
    value: String,
}

impl Parameter {
    /// The parameter of these settings, if they name one. Makes no request.
    pub fn new(settings: &Settings, credentials: Option<Credentials>) -> Option<Self> {
        let name = settings.locks.tokens_parameter.clone()?;
        let (region, endpoint) = (&settings.region, &settings.parameter_endpoint);
        let (region, endpoint) = (region.as_deref(), endpoint.as_deref());
        let store = Service::new("ssm", region, endpoint, credentials, MAX_ANSWER_BYTES);
        Some(Self { name, store })
    }

    /// Reads the tokens: two tries where the first meets a fault that may pass.
    ///
    /// # Errors
    /// Why there are none.
    pub async fn read(&self) -> Result<Vec<String>, ParameterError> {
        match self.try_once().await {
            Err(error) if error.may_pass() => {
                tokio::time::sleep(PAUSE).await;
                self.try_once().await
            }
            done => done,
        }
    }

    async fn try_once(&self) -> Result<Vec<String>, ParameterError> {
        let body = json!({ "Name": self.name, "WithDecryption": true }).to_string();
        let attempt = async { read_answer(&self.store.post("/", &HEADERS, body, "").await?) };
        tokio::time::timeout(TRY, attempt).await.unwrap_or(Err(ParameterError::Late(TRY)))
    }
}

impl ParameterError {
    fn may_pass(&self) -> bool {
        match self {
            Self::Unreachable(_) | Self::Late(_) => true,
            Self::Refused(error) => error.contains("Throttl") || error.contains("InternalServer"),
            Self::Unready(_) | Self::Value => false,
        }
    }
}

fn read_answer(reply: &Reply) -> Result<Vec<String>, ParameterError> {
    if reply.status != 200 {
        let unreachable = || ParameterError::Unreachable(format!("status {}", reply.status));
        return Err(reply.error().map_or_else(unreachable, ParameterError::Refused));
    }
    let answer: ParameterAnswer = serde_json::from_slice(&reply.body).map_err(|_| {
        ParameterError::Unreachable("the answer is not Parameter Store's".to_owned())
    })?;
    let tokens: Vec<String> =
        answer.parameter.value.split(',').map(|token| token.trim().to_owned()).collect();
    if tokens.iter().any(String::is_empty) { Err(ParameterError::Value) } else { Ok(tokens) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(status: u16, body: &str) -> Result<Vec<String>, ParameterError> {
        read_answer(&Reply { status, header: None, body: body.into() })
    }

    #[test]
    fn an_answer_holds_tokens_or_says_why_not() {
        let held = |value: &str| json!({ "Parameter": { "Name": "/desk", "Value": value } });
        for (value, tokens) in [
            ("one", vec!["one"]),
            ("one,two", vec!["one", "two"]),
            (" one , two\n", vec!["one", "two"]),
        ] {
            let body = held(value).to_string();
            assert_eq!(read(200, &body).unwrap(), tokens, "{value}");
        }
        for value in ["", " ", ",", "one,,two", "one,"] {
            let body = held(value).to_string();
            assert_eq!(read(200, &body), Err(ParameterError::Value), "{value}");
        }
        let refused = |kind: &str| json!({ "__type": kind, "message": "hush" }).to_string();
        for (status, body, shown, passes) in [
            (400, refused("com.amazonaws.ssm#ParameterNotFound"), "ParameterNotFound", false),
            (400, refused("AccessDeniedException"), "AccessDeniedException", false),
            (400, refused("ThrottlingException"), "ThrottlingException", true),
            (500, refused("InternalServerError"), "InternalServerError", true),
            (503, String::new(), "status 503", true),
            (200, "not json!".to_owned(), "not Parameter Store's", true),
        ] {
            let error = read(status, &body).unwrap_err();
            assert!(error.to_string().contains(shown), "{body}: {error}");
            assert!(!error.to_string().contains("hush"), "{error}");
            assert_eq!(error.may_pass(), passes, "{body}");
        }
    }
}
