//! TLS in front of a store that speaks plain HTTP, with a certificate of our own. The certificates
//! in the folder `tls` are for tests alone: they hold until 2126, and the root's key is thrown
//! away.

use std::sync::Arc;

use tokio::io::copy_bidirectional;
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::rustls::{ServerConfig, crypto};

/// The file with the root that issued the certificate, for `SSL_CERT_FILE`.
pub fn root_file() -> String {
    concat!(env!("CARGO_MANIFEST_DIR"), "/src/tls/root.pem").to_owned()
}

/// Starts it in front of the store at this endpoint (`http://…`); gives its own endpoint.
pub async fn start(endpoint: &str) -> String {
    let store = endpoint.trim_start_matches("http://").trim_end_matches('/').to_owned();
    let certificate = CertificateDer::from_pem_slice(include_bytes!("tls/certificate.pem"));
    let key = PrivateKeyDer::from_pem_slice(include_bytes!("tls/key.pem"));
    let config =
        ServerConfig::builder_with_provider(Arc::new(crypto::aws_lc_rs::default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![certificate.unwrap()], key.unwrap())
            .unwrap();
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        while let Ok((client, _)) = listener.accept().await {
            let (acceptor, store) = (acceptor.clone(), store.clone());
            // Small pieces go at once: the other side's delayed acknowledgement costs 40 ms.
            client.set_nodelay(true).unwrap();
            tokio::spawn(async move {
                // A client that does not believe the certificate hangs up.
                let Ok(mut client) = acceptor.accept(client).await else { return };
                let mut store = TcpStream::connect(store).await.unwrap();
                store.set_nodelay(true).unwrap();
                let _ = copy_bidirectional(&mut client, &mut store).await;
            });
        }
    });
    format!("https://{address}")
}
