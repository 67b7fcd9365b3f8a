//! One SecureString of Parameter Store, over one signed HTTPS request: with the signer and the HTTP
//! client that the SDK for DynamoDB brings, instead of a second SDK.

use std::fmt;
use std::sync::OnceLock;
use std::time::{Duration, SystemTime};

use aws_credential_types::Credentials;
use aws_sigv4::http_request::{SignableBody, SignableRequest, SigningSettings, sign};
use aws_sigv4::sign::v4::SigningParams;
use aws_smithy_http_client::Connector;
use aws_smithy_http_client::tls::rustls_provider::CryptoMode;
use aws_smithy_http_client::tls::{Provider, TlsContext};
use aws_smithy_runtime_api::client::http::HttpConnector;
use aws_smithy_runtime_api::client::identity::Identity;
use aws_smithy_runtime_api::http::Request;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::byte_stream::ByteStream;
use serde::Deserialize;
use serde_json::json;

use crate::connections::{amazon_roots, is_of_an_unknown_issuer};
use crate::settings::Settings;

const TARGET: &str = "AmazonSSM.GetParameter";
const CONTENT_TYPE: &str = "application/x-amz-json-1.1";
/// Longest try.
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

/// The parameter that holds the tokens.
#[derive(Debug)]
pub struct Parameter {
    name: String,
    region: Option<String>,
    endpoint: String,
    identity: Option<Identity>,
    /// By Amazon's roots.
    amazon: Connector,
    /// By the system's, once Amazon's did not do.
    system: OnceLock<Connector>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Answer {
    parameter: Held,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Held {
    value: String,
}

#[derive(Deserialize)]
struct Refusal {
    #[serde(rename = "__type", default)]
    kind: String,
}

impl Parameter {
    /// The parameter of these settings, if they name one. Makes no request.
    pub fn new(settings: &Settings, credentials: Option<Credentials>) -> Option<Self> {
        let name = settings.locks.tokens_parameter.clone()?;
        let endpoint = settings.parameter_endpoint.clone().unwrap_or_else(|| {
            let region = settings.region.as_deref().unwrap_or_default();
            let suffix = if region.starts_with("cn-") { ".cn" } else { "" };
            format!("https://ssm.{region}.amazonaws.com{suffix}")
        });
        Some(Self {
            name,
            region: settings.region.clone(),
            endpoint,
            identity: credentials.map(Identity::from),
            amazon: connector(amazon_roots()),
            system: OnceLock::new(),
        })
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
        let attempt = async {
            let (status, body) = self.ask().await?;
            read_answer(status, &body)
        };
        tokio::time::timeout(TRY, attempt).await.unwrap_or(Err(ParameterError::Late(TRY)))
    }

    async fn ask(&self) -> Result<(u16, Vec<u8>), ParameterError> {
        let request = self.request(SystemTime::now())?;
        let answered = self.system.get().unwrap_or(&self.amazon).call(request).await;
        if answered.as_ref().is_err_and(is_of_an_unknown_issuer) {
            // The next try is by the system's.
            self.system.get_or_init(|| connector(TlsContext::default()));
        }
        let response = answered.map_err(|error| unreachable(&error))?;
        let status = response.status().as_u16();
        let (mut stream, mut body) = (ByteStream::new(response.into_body()), Vec::new());
        while let Some(bytes) = stream.next().await {
            body.extend_from_slice(&bytes.map_err(|error| unreachable(&error))?);
            if body.len() > MAX_ANSWER_BYTES {
                return Err(ParameterError::Unreachable("the answer is too long".to_owned()));
            }
        }
        Ok((status, body))
    }

    /// The signed request.
    fn request(&self, at: SystemTime) -> Result<Request, ParameterError> {
        let region = self.region.as_deref().ok_or(ParameterError::Unready("region"))?;
        let identity = self.identity.as_ref().ok_or(ParameterError::Unready("credentials"))?;
        let body = json!({ "Name": self.name, "WithDecryption": true }).to_string();
        let uri = format!("{}/", self.endpoint.trim_end_matches('/'));
        let headers = [("content-type", CONTENT_TYPE), ("x-amz-target", TARGET)];
        let parameters = SigningParams::builder()
            .identity(identity)
            .region(region)
            .name("ssm")
            .time(at)
            .settings(SigningSettings::default())
            .build()
            .map_err(|error| unreachable(&error))?
            .into();
        let signable = SignableRequest::new(
            "POST",
            &uri,
            headers.into_iter(),
            SignableBody::Bytes(body.as_bytes()),
        );
        let signed = signable.and_then(|signable| sign(signable, &parameters));
        let (signed, _) = signed.map_err(|error| unreachable(&error))?.into_parts();
        let mut request = Request::new(SdkBody::from(body));
        request.set_method("POST").map_err(|error| unreachable(&error))?;
        request.set_uri(uri.as_str()).map_err(|error| unreachable(&error))?;
        for (name, value) in headers.into_iter().chain(signed.headers()) {
            request.headers_mut().insert(name.to_owned(), value.to_owned());
        }
        Ok(request)
    }
}

/// Each look opens a connection of its own: a pooled one would be dead by the next.
fn connector(roots: TlsContext) -> Connector {
    Connector::builder()
        .pool_max_idle_per_host(0)
        .tls_provider(Provider::Rustls(CryptoMode::AwsLc))
        .tls_context(roots)
        .build()
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

/// The innermost cause: the outer ones say only that a request failed.
fn unreachable(error: &dyn std::error::Error) -> ParameterError {
    let mut cause = error;
    while let Some(source) = cause.source() {
        cause = source;
    }
    ParameterError::Unreachable(cause.to_string())
}

fn read_answer(status: u16, body: &[u8]) -> Result<Vec<String>, ParameterError> {
    if status != 200 {
        let refusal: Option<Refusal> = serde_json::from_slice(body).ok();
        let kind = refusal.map(|refusal| refusal.kind).unwrap_or_default();
        let kind = kind.rsplit('#').next().unwrap_or_default();
        return Err(match kind {
            "" => ParameterError::Unreachable(format!("status {status}")),
            // A name of an error; anything longer is none.
            kind => ParameterError::Refused(kind.chars().take(100).collect()),
        });
    }
    let answer: Answer = serde_json::from_slice(body).map_err(|_| {
        ParameterError::Unreachable("the answer is not Parameter Store's".to_owned())
    })?;
    let tokens: Vec<String> =
        answer.parameter.value.split(',').map(|token| token.trim().to_owned()).collect();
    if tokens.iter().any(String::is_empty) { Err(ParameterError::Value) } else { Ok(tokens) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_holds_tokens_or_says_why_not() {
        let held = |value: &str| json!({ "Parameter": { "Name": "/desk", "Value": value } });
        for (value, tokens) in [
            ("one", vec!["one"]),
            ("one,two", vec!["one", "two"]),
            (" one , two\n", vec!["one", "two"]),
        ] {
            let body = held(value).to_string();
            assert_eq!(read_answer(200, body.as_bytes()).unwrap(), tokens, "{value}");
        }
        for value in ["", " ", ",", "one,,two", "one,"] {
            let body = held(value).to_string();
            assert_eq!(read_answer(200, body.as_bytes()), Err(ParameterError::Value), "{value}");
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
            let error = read_answer(status, body.as_bytes()).unwrap_err();
            assert!(error.to_string().contains(shown), "{body}: {error}");
            assert!(!error.to_string().contains("hush"), "{error}");
            assert_eq!(error.may_pass(), passes, "{body}");
        }
    }
}
