//! Connections to AWS: whose certificates are believed, and how long connections are kept.
//!
//! Reading the system's 145 root certificates is a third of a start. AWS's certificates are issued
//! by Amazon, whose five roots stand in `amazon-roots.pem`. The system's are read only when
//! a server shows a certificate that none of the five has issued: a proxy, or a store of one's own.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};
use std::time::Duration;

use aws_smithy_http_client::Builder;
use aws_smithy_http_client::tls::rustls_provider::CryptoMode;
use aws_smithy_http_client::tls::{Provider, TlsContext, TrustStore};
use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpClient,
    SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::error::display::DisplayErrorContext;

/// Amazon's roots, from <https://www.amazontrust.com/repository/>: Amazon Root CA 1 to 4, and
/// Starfield Services Root Certificate Authority G2. The first of them ends in December 2037.
const AMAZON_ROOTS: &str = include_str!("amazon-roots.pem");
/// How long an idle connection is kept. AWS does not say how long DynamoDB keeps one: people saw it
/// closed after 60 s (<https://github.com/aws/aws-sdk-java/issues/1365>) and after about 90 s
/// (<https://github.com/feast-dev/feast/pull/5167>). One that we close first is never found dead.
const KEPT_IDLE: Duration = Duration::from_secs(50);

/// The HTTP client of a function: Amazon's roots first, the system's on an unknown issuer.
pub(crate) fn amazon_first() -> SharedHttpClient {
    SharedHttpClient::new(InTurn {
        first: client(amazon_roots()),
        second: client(TlsContext::default()),
        known: Arc::new(AtomicU8::new(UNKNOWN)),
    })
}

/// Amazon's roots alone.
pub(crate) fn amazon_roots() -> TlsContext {
    let roots = TrustStore::empty().with_pem_certificate(AMAZON_ROOTS);
    // With roots that can be read, nothing can go wrong; else the system's do.
    TlsContext::builder().with_trust_store(roots).build().unwrap_or_default()
}

fn client(roots: TlsContext) -> SharedHttpClient {
    Builder::new()
        .tls_provider(Provider::rustls(CryptoMode::AwsLc))
        .tls_context(roots)
        .pool_idle_timeout(KEPT_IDLE)
        .build_https()
}

/// Nothing is known of the server's certificate yet.
const UNKNOWN: u8 = 0;
/// The first client's roots have issued it.
const FIRST: u8 = 1;
/// They have not.
const SECOND: u8 = 2;

/// Two clients, of which the second is asked once the first does not know who issued a server's
/// certificate. Its roots are read then.
#[derive(Debug, Clone)]
struct InTurn {
    first: SharedHttpClient,
    second: SharedHttpClient,
    /// [`UNKNOWN`], [`FIRST`] or [`SECOND`].
    known: Arc<AtomicU8>,
}

impl HttpClient for InTurn {
    fn http_connector(
        &self,
        settings: &HttpConnectorSettings,
        components: &RuntimeComponents,
    ) -> SharedHttpConnector {
        match self.known.load(Ordering::Relaxed) {
            SECOND => self.second.http_connector(settings, components),
            _ => SharedHttpConnector::new(FirstThenSecond {
                first: self.first.http_connector(settings, components),
                clients: self.clone(),
                settings: settings.clone(),
                components: components.clone(),
            }),
        }
    }
}

/// Connections of the first client, until one fails for an unknown issuer.
struct FirstThenSecond {
    first: SharedHttpConnector,
    clients: InTurn,
    settings: HttpConnectorSettings,
    components: RuntimeComponents,
}

impl HttpConnector for FirstThenSecond {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let known = Arc::clone(&self.clients.known);
        // Kept only as long as it may be needed again. Afterwards the client's retry will do.
        let again = match known.load(Ordering::Relaxed) {
            FIRST => None,
            _ => request.try_clone(),
        };
        let first = self.first.call(request);
        let second = self.clients.second.clone();
        let (settings, components) = (self.settings.clone(), self.components.clone());
        HttpConnectorFuture::new(async move {
            match first.await {
                Ok(response) => {
                    known.store(FIRST, Ordering::Relaxed);
                    Ok(response)
                }
                Err(error) if is_of_an_unknown_issuer(&error) => {
                    known.store(SECOND, Ordering::Relaxed);
                    let Some(again) = again else { return Err(error) };
                    second.http_connector(&settings, &components).call(again).await
                }
                Err(error) => Err(error),
            }
        })
    }
}

impl fmt::Debug for FirstThenSecond {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FirstThenSecond").finish_non_exhaustive()
    }
}

/// rustls names it so, deep in the error's causes.
pub(crate) fn is_of_an_unknown_issuer(error: &ConnectorError) -> bool {
    DisplayErrorContext(error).to_string().contains("UnknownIssuer")
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use aws_sdk_dynamodb::Client;
    use aws_sdk_dynamodb::config::{BehaviorVersion, Credentials, Region};
    use aws_smithy_runtime_api::client::http::http_client_fn;
    use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
    use aws_smithy_types::body::SdkBody;
    use base64::Engine;
    use base64::engine::general_purpose::STANDARD;
    use sha2::{Digest, Sha256};

    use super::*;

    #[test]
    fn the_roots_are_those_that_amazon_publishes() {
        // The fingerprints on https://www.amazontrust.com/repository/.
        let published = [
            "8ecde6884f3d87b1125ba31ac3fcb13d7016de7f57cc904fe1cb97c6ae98196e",
            "1ba5b2aa8c65401a82960118f80bec4f62304d83cec4713a19c39c011ea46db4",
            "18ce6cfe7bf14e60b2e347b8dfe868cb31d02ebb3ada271569f50343b46db3a4",
            "e35d28419ed02025cfa69038cd623962458da5c695fbdea3c22b0bfb25897092",
            "568d6905a2c88708a4b3025190edcfedb1974a606a13c6e5290fcb2ae63edab5",
        ];
        let fingerprints: Vec<String> = AMAZON_ROOTS
            .split("-----BEGIN CERTIFICATE-----")
            .skip(1)
            .map(|pem| pem.split("-----END").next().unwrap().split_whitespace().collect::<String>())
            .map(|base64| hex::encode(Sha256::digest(STANDARD.decode(base64).unwrap())))
            .collect();
        assert_eq!(fingerprints, published);
    }

    /// Answers with a status of its own, or fails to connect; notes who was asked.
    #[derive(Debug, Clone)]
    struct Server {
        name: &'static str,
        fails: Option<&'static str>,
        asked: Arc<Mutex<Vec<&'static str>>>,
    }

    impl HttpConnector for Server {
        fn call(&self, _request: HttpRequest) -> HttpConnectorFuture {
            self.asked.lock().unwrap().push(self.name);
            HttpConnectorFuture::ready(match self.fails {
                Some(cause) => Err(ConnectorError::io(cause.into())),
                None => Ok(HttpResponse::new(200.try_into().unwrap(), SdkBody::from("{}"))),
            })
        }
    }

    async fn asked(first_fails: Option<&'static str>, requests: usize) -> Vec<&'static str> {
        let asked = Arc::default();
        let server = |name, fails| {
            let server = Server { name, fails, asked: Arc::clone(&asked) };
            http_client_fn(move |_, _| SharedHttpConnector::new(server.clone()))
        };
        let client = InTurn {
            first: server("first", first_fails),
            second: server("second", None),
            known: Arc::new(AtomicU8::new(UNKNOWN)),
        };
        let config = aws_sdk_dynamodb::Config::builder()
            .behavior_version(BehaviorVersion::v2026_01_12())
            .region(Region::new("us-east-1"))
            .credentials_provider(Credentials::new("id", "secret", None, None, "test"))
            .retry_config(aws_sdk_dynamodb::config::retry::RetryConfig::disabled())
            .http_client(client)
            .build();
        let client = Client::from_conf(config);
        for _ in 0..requests {
            let _ = client.list_tables().send().await;
        }
        asked.lock().unwrap().clone()
    }

    #[tokio::test]
    async fn the_system_s_roots_are_read_only_for_an_unknown_issuer() {
        assert_eq!(asked(None, 2).await, ["first", "first"]);
        assert_eq!(
            asked(Some("invalid peer certificate: UnknownIssuer"), 3).await,
            ["first", "second", "second", "second"]
        );
        assert_eq!(asked(Some("connection reset"), 2).await, ["first", "first"]);
    }
}
