//! `desk send`.

use super::*;

#[tokio::test(flavor = "multi_thread")]
async fn send_to_a_webhook_and_to_none() {
    let store = sample_store().await;
    let settings = desk_cli::command::serve::sample_settings(&store.endpoint(), |_| None).unwrap();
    let tables = desk_router::store::Tables::with_credentials(
        &settings,
        Some(desk_cli::local::embedded::credentials()),
    );
    let webhook = desk_router::webhook::Webhook::new(
        settings,
        tables,
        desk_router::report::Log::new(Box::new(|_| {}), true),
    );
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap());
    tokio::spawn(
        async move { axum::serve(listener, desk_cli::command::serve::app(webhook)).await },
    );
    let done = desk(None, &["send", &url]).await;
    assert_eq!(done.code, 0, "{} {}", done.out, done.err);
    assert!(
        done.out.contains("200 in ") && done.out.contains(r#"{"ActionStatus":"OK""#),
        "{}",
        done.out
    );
    assert!(done.out.ends_with("This is an answer that Desk can use.\n"), "{}", done.out);
    let done = desk(None, &["send", &url, "--token", "wrong"]).await;
    assert_eq!(done.code, 1);
    assert!(
        done.out.contains("403 in ") && done.out.contains("refused as not authentic"),
        "{}",
        done.out
    );
    let done = desk(None, &["send", "http://127.0.0.1:1/secretpath0000000"]).await;
    assert_eq!(done.code, 1);
    assert!(
        done.out.contains("the address cannot be reached") && !done.out.contains("Sign="),
        "{}",
        done.out
    );
    let done = desk(None, &["send", "webhook"]).await;
    assert!(done.out.contains("this is not a URL"), "{}", done.out);
}

/// `send` hands its signature to no other host.
#[tokio::test(flavor = "multi_thread")]
async fn send_follows_no_redirect() {
    use std::sync::atomic::{AtomicBool, Ordering};
    static FOLLOWED: AtomicBool = AtomicBool::new(false);
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/secret", listener.local_addr().unwrap());
    let router = axum::Router::new().fallback(|uri: axum::http::Uri| async move {
        if uri.path() == "/elsewhere" {
            FOLLOWED.store(true, Ordering::Relaxed);
        }
        (axum::http::StatusCode::TEMPORARY_REDIRECT, [("location", "/elsewhere")])
    });
    tokio::spawn(async move { axum::serve(listener, router).await });
    let done = desk(None, &["send", &url]).await;
    assert!(done.code == 1 && done.out.contains("It was not followed"), "{}", done.out);
    assert!(!FOLLOWED.load(Ordering::Relaxed));
}
