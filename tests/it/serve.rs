//! `cargo desk serve`: the same handler behind HTTP, over the sample rows.

use std::net::SocketAddr;
use std::time::Duration;

use desk_cli::command::serve::{app, sample_settings};
use desk_cli::command::sign;
use desk_cli::files::row_files::RowFiles;
use desk_cli::local::embedded::{Embedded, credentials, table_name};
use desk_cli::local::{SAMPLE_APP_ID, SAMPLE_TOKEN};
use desk_router::report::Log;
use desk_router::store::Tables;
use desk_router::webhook::{Budgets, Webhook};
use routing::rows::Table;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use testing::{body, now_ms};

/// Sends a request as `curl -d` does (form encoding, so that the body travels as base64), and
/// returns status line and body.
async fn curl(address: SocketAddr, method: &str, query: &str, body: &str) -> (String, String) {
    let mut connection = TcpStream::connect(address).await.unwrap();
    let head = format!(
        "{method} /{query} HTTP/1.1\r\nhost: x\r\n\
        content-type: application/x-www-form-urlencoded\r\n\
        content-length: {}\r\nconnection: close\r\n\r\n",
        body.len()
    );
    connection.write_all((head + body).as_bytes()).await.unwrap();
    let mut answer = String::new();
    connection.read_to_string(&mut answer).await.unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    (head.lines().next().unwrap().to_owned(), body.to_owned())
}

#[tokio::test(flavor = "multi_thread")]
async fn the_sample_rows_answer_and_an_edit_shows_in_the_next_answer() {
    let store = Embedded::start(0).await.unwrap();
    store.put(&RowFiles::samples().unwrap()).await.unwrap();
    let mut settings = sample_settings(&store.endpoint(), |_| None).unwrap();
    settings.deadline = Duration::from_secs(60);
    let tables = Tables::with_credentials(&settings, Some(credentials())).patient();
    let webhook = Webhook::new(settings, tables, Log::new(Box::new(|_| {}), true));
    let webhook = webhook.with_budgets(Budgets::generous());
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, app(webhook)).await });

    let now = u64::try_from(now_ms() / 1000).unwrap();
    let signed = || {
        format!(
            "?{}",
            sign::query(
                SAMPLE_TOKEN,
                SAMPLE_APP_ID,
                "ChatBot.OnAssignAgent",
                "203.0.113.7",
                "Web",
                now
            )
        )
    };
    let request = body("session-1", "user-1").to_string();
    let (status, answer) = curl(address, "POST", &signed(), &request).await;
    assert_eq!(status, "HTTP/1.1 200 OK");
    assert!(
        answer.starts_with(r#"{"ActionStatus":"OK","ErrorInfo":"","ErrorCode":0,"Agent"#),
        "{answer}"
    );

    let mut first = RowFiles::default();
    let row = serde_json::json!({ "RuleId": "mine", "Priority": 1, "AgentGroupId": 4711 });
    first.add(Table::Rules, vec![row.as_object().unwrap().clone()]);
    store.put(&first).await.unwrap();
    let (_, answer) = curl(address, "POST", &signed(), &request).await;
    assert_eq!(
        answer,
        r#"{"ActionStatus":"OK","ErrorInfo":"","ErrorCode":0,"AgentGroupId":4711}"#,
        "in {}",
        table_name(Table::Rules)
    );

    assert_eq!(curl(address, "POST", "", &request).await.0, "HTTP/1.1 403 Forbidden");
    assert_eq!(curl(address, "GET", "", "").await.0, "HTTP/1.1 200 OK");
    assert_eq!(curl(address, "DELETE", "", "").await.0, "HTTP/1.1 405 Method Not Allowed");
}
