//! One signed HTTPS request to a service of AWS, for those of which a function asks a single thing:
//! with the signer and the HTTP client that the SDK for DynamoDB brings, instead of a second SDK.

use std::fmt;
use std::sync::OnceLock;
use std::time::SystemTime;

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

use crate::connections::{amazon_roots, is_of_an_unknown_issuer};

/// Why a service gave no answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum ServiceError {
    /// There is no region or there are no credentials to ask with.
    Unready(&'static str),
    /// It cannot be reached, or its answer cannot be read.
    Unreachable(String),
}

impl fmt::Display for ServiceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unready(missing) => write!(f, "there is no {missing} to ask with"),
            Self::Unreachable(why) => write!(f, "it cannot be reached: {why}"),
        }
    }
}

impl std::error::Error for ServiceError {}

/// A service of AWS.
#[derive(Debug)]
pub(crate) struct Service {
    name: &'static str,
    region: Option<String>,
    endpoint: String,
    identity: Option<Identity>,
    /// Largest answer read, in bytes.
    most: usize,
    /// By Amazon's roots.
    amazon: Connector,
    /// By the system's, once Amazon's did not do.
    system: OnceLock<Connector>,
}

/// What it answered.
#[derive(Debug)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    /// Of the header asked for.
    pub(crate) header: Option<String>,
    pub(crate) body: Vec<u8>,
}

#[derive(Deserialize)]
struct Refusal {
    #[serde(rename = "__type", default)]
    kind: String,
}

impl Reply {
    /// The name of the error that a service of the JSON protocol answers with; `None` for other
    /// answers.
    pub(crate) fn error(&self) -> Option<String> {
        let refusal: Refusal = serde_json::from_slice(&self.body).ok()?;
        let kind = refusal.kind.rsplit('#').next().filter(|kind| !kind.is_empty())?;
        // A name of an error; anything longer is none.
        Some(kind.chars().take(100).collect())
    }
}

impl Service {
    /// The service of this name in a region, or at another endpoint. Answers of at most `most`
    /// bytes are read. Makes no request.
    pub(crate) fn new(
        name: &'static str,
        region: Option<&str>,
        endpoint: Option<&str>,
        credentials: Option<Credentials>,
        most: usize,
    ) -> Self {
        let endpoint = endpoint.map(str::to_owned).unwrap_or_else(|| {
            let region = region.unwrap_or_default();
            let suffix = if region.starts_with("cn-") { ".cn" } else { "" };
            format!("https://{name}.{region}.amazonaws.com{suffix}")
        });
        Self {
            name,
            region: region.map(str::to_owned),
            endpoint: endpoint.trim_end_matches('/').to_owned(),
            identity: credentials.map(Identity::from),
            most,
            amazon: connector(amazon_roots()),
            system: OnceLock::new(),
        }
    }

    /// Posts a body to a path, and reads the answer with one of its headers.
    pub(crate) async fn post(
        &self,
        path: &str,
        headers: &[(&'static str, &'static str)],
        body: String,
        header: &str,
    ) -> Result<Reply, ServiceError> {
        let request = self.request(path, headers, body, SystemTime::now())?;
        let answered = self.system.get().unwrap_or(&self.amazon).call(request).await;
        if answered.as_ref().is_err_and(is_of_an_unknown_issuer) {
            // The next try is by the system's.
            self.system.get_or_init(|| connector(TlsContext::default()));
        }
        let response = answered.map_err(|error| unreachable(&error))?;
        let status = response.status().as_u16();
        let header = response.headers().get(header).map(str::to_owned);
        let (mut stream, mut body) = (ByteStream::new(response.into_body()), Vec::new());
        while let Some(bytes) = stream.next().await {
            body.extend_from_slice(&bytes.map_err(|error| unreachable(&error))?);
            if body.len() > self.most {
                return Err(ServiceError::Unreachable("the answer is too long".to_owned()));
            }
        }
        Ok(Reply { status, header, body })
    }

    /// A POST, signed with Signature Version 4 for `at`.
    fn request(
        &self,
        path: &str,
        headers: &[(&'static str, &'static str)],
        body: String,
        at: SystemTime,
    ) -> Result<Request, ServiceError> {
        let region = self.region.as_deref().ok_or(ServiceError::Unready("region"))?;
        let identity = self.identity.as_ref().ok_or(ServiceError::Unready("credentials"))?;
        let uri = format!("{}{path}", self.endpoint);
        let parameters = SigningParams::builder()
            .identity(identity)
            .region(region)
            .name(self.name)
            .time(at)
            .settings(SigningSettings::default())
            .build()
            .map_err(|error| unreachable(&error))?
            .into();
        let signable = SignableRequest::new(
            "POST",
            &uri,
            headers.iter().copied(),
            SignableBody::Bytes(body.as_bytes()),
        );
        let signed = signable.and_then(|signable| sign(signable, &parameters));
        let (signed, _) = signed.map_err(|error| unreachable(&error))?.into_parts();
        let mut request = Request::new(SdkBody::from(body));
        request.set_method("POST").map_err(|error| unreachable(&error))?;
        request.set_uri(uri.as_str()).map_err(|error| unreachable(&error))?;
        for (name, value) in headers.iter().copied().chain(signed.headers()) {
            request.headers_mut().insert(name.to_owned(), value.to_owned());
        }
        Ok(request)
    }
}

/// Each request opens a connection of its own: a pooled one would be dead by the next.
fn connector(roots: TlsContext) -> Connector {
    Connector::builder()
        .pool_max_idle_per_host(0)
        .tls_provider(Provider::Rustls(CryptoMode::AwsLc))
        .tls_context(roots)
        .build()
}

/// The innermost cause: the outer ones say only that a request failed.
fn unreachable(error: &dyn std::error::Error) -> ServiceError {
    let mut cause = error;
    while let Some(source) = cause.source() {
        cause = source;
    }
    ServiceError::Unreachable(cause.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_region_gives_the_endpoint_unless_one_is_given() {
        for (name, region, endpoint, expected) in [
            ("ssm", Some("ap-northeast-2"), None, "https://ssm.ap-northeast-2.amazonaws.com"),
            ("lambda", Some("cn-north-1"), None, "https://lambda.cn-north-1.amazonaws.com.cn"),
            ("ssm", Some("us-east-1"), Some("http://127.0.0.1:1/"), "http://127.0.0.1:1"),
        ] {
            assert_eq!(Service::new(name, region, endpoint, None, 10).endpoint, expected);
        }
    }

    #[test]
    fn an_error_has_a_short_name() {
        let reply = |body: &str| Reply { status: 400, header: None, body: body.into() };
        let named = |kind: &str| reply(&format!(r#"{{"__type":"{kind}","message":"hush"}}"#));
        let error = named("com.amazonaws.ssm#ParameterNotFound").error();
        assert_eq!(error.as_deref(), Some("ParameterNotFound"));
        assert_eq!(named(&"x".repeat(1_000)).error().unwrap().len(), 100);
        for none in ["", "{}", "[]", r#"{"__type":""}"#, r#"{"__type":5}"#] {
            assert_eq!(reply(none).error(), None, "{none}");
        }
    }
}
