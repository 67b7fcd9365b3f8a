//! `desk serve`: the webhook on this machine, over an embedded DynamoDB. The same handler as in
//! Lambda, behind an HTTP server.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

use anyhow::{Context, Result};
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::connect_info::IntoMakeServiceWithConnectInfo;
use axum::extract::{ConnectInfo, Request, State};
use axum::http::StatusCode;
use axum::response::Response;
use clap::Args;
use desk_router::lambda::{self, HttpResponse};
use desk_router::report::Log;
use desk_router::settings::Settings;
use desk_router::store::Tables;
use desk_router::webhook::Webhook;
use routing::rows::Table;
use serde_json::{Map, Value};

use crate::command::sign::{SAMPLE_APP_ID, SAMPLE_TOKEN};
use crate::embedded::{ASSIGNMENTS_TABLE, Embedded, REGION, credentials, table_name};
use crate::event;
use crate::row_files::RowFiles;

/// Largest request that API Gateway passes on.
const MAX_REQUEST_BYTES: usize = 10 * 1024 * 1024;

/// As the main thread of a Lambda function has it: a debug build of the SDK needs much.
const STACK_BYTES: usize = 8 * 1024 * 1024;

/// Where to listen and what to serve.
#[derive(Args)]
pub struct Options {
    /// Port of the webhook
    #[arg(long, default_value_t = 9000)]
    port: u16,
    /// Port of the embedded DynamoDB
    #[arg(long, default_value_t = 8000, value_name = "PORT")]
    dynamodb_port: u16,
    /// Folder with rules.json, agents.json, calendars.json, customers.json to serve instead of the
    /// sample rows
    #[arg(long, value_name = "DIR")]
    rows: Option<PathBuf>,
}

/// The settings of the samples; every variable but the tables and the endpoint can be set from
/// outside.
pub fn sample_settings(
    endpoint: &str,
    outside: impl Fn(&str) -> Option<String>,
) -> Result<Settings> {
    let settings = Settings::read(|name| match name {
        "RULES_TABLE" => Some(table_name(Table::Rules)),
        "AGENTS_TABLE" => Some(table_name(Table::Agents)),
        "CALENDARS_TABLE" => Some(table_name(Table::Calendars)),
        "CUSTOMERS_TABLE" => Some(table_name(Table::Customers)),
        "ASSIGNMENTS_TABLE" => Some(ASSIGNMENTS_TABLE.to_owned()),
        "AWS_ENDPOINT_URL_DYNAMODB" => Some(endpoint.to_owned()),
        "AWS_REGION" => Some(REGION.to_owned()),
        _ => outside(name).or_else(|| {
            let sample = match name {
                "SDK_APP_IDS" => SAMPLE_APP_ID,
                "CALLBACK_TOKENS" => SAMPLE_TOKEN,
                "TIME_ZONE" => "Asia/Seoul",
                "HOLIDAY_COUNTRY" => "KR",
                "DEFAULT_AGENT_GROUP_ID" => "1000",
                "CONFIG_TTL_SECONDS" => "0",
                _ => return None,
            };
            Some(sample.to_owned())
        }),
    });
    settings.context("settings")
}

/// Serves until Ctrl-C.
///
/// # Errors
/// A port is taken, or the rows cannot be read.
pub fn run(options: &Options) -> Result<()> {
    let rows = match &options.rows {
        Some(folder) => RowFiles::read(folder)?,
        None => RowFiles::samples()?,
    };
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .thread_stack_size(STACK_BYTES)
        .enable_all()
        .build()?;
    runtime.block_on(async {
        let store = Embedded::start(options.dynamodb_port).await?;
        store.put(&rows).await?;
        let settings = sample_settings(&store.endpoint(), |name| std::env::var(name).ok())?;
        let listener = tokio::net::TcpListener::bind(("127.0.0.1", options.port))
            .await
            .with_context(|| format!("port {} for the webhook", options.port))?;
        let address = listener.local_addr()?;
        print_welcome(address, &store.endpoint(), &settings);
        let tables = Tables::with_credentials(&settings, Some(credentials()));
        let webhook = Webhook::new(settings.clone(), tables, Log::stdout(settings.log_user_ids));
        webhook.warm().await;
        axum::serve(listener, app(webhook))
            .with_graceful_shutdown(async { drop(tokio::signal::ctrl_c().await) })
            .await?;
        Ok(())
    })
}

/// The webhook as an HTTP service.
pub fn app(webhook: Webhook) -> IntoMakeServiceWithConnectInfo<Router, SocketAddr> {
    Router::new()
        .fallback(answer)
        .with_state(Arc::new(webhook))
        .into_make_service_with_connect_info::<SocketAddr>()
}

/// One HTTP request through the webhook, as API Gateway would pass it.
async fn answer(
    State(webhook): State<Arc<Webhook>>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    request: Request,
) -> Response {
    let received_ms = chrono::Utc::now().timestamp_millis();
    let (parts, body) = request.into_parts();
    let Ok(body) = to_bytes(body, MAX_REQUEST_BYTES).await else {
        return plain(StatusCode::PAYLOAD_TOO_LARGE);
    };
    let mut headers = Map::new();
    for (name, value) in &parts.headers {
        headers.insert(name.as_str().to_owned(), String::from_utf8_lossy(value.as_bytes()).into());
    }
    let event = event::Request {
        method: parts.method.as_str(),
        path: parts.uri.path(),
        query: parts.uri.query().unwrap_or_default(),
        headers,
        body: &body,
        source_ip: &peer.ip().to_string(),
        received_ms,
    };
    let event: Value = event.to_event();
    to_response(&lambda::handle(&webhook, Some(&event.to_string())).await)
}

fn to_response(answer: &HttpResponse) -> Response {
    let status =
        u16::try_from(answer.status_code).ok().and_then(|code| StatusCode::from_u16(code).ok());
    let mut response = plain(status.unwrap_or(StatusCode::INTERNAL_SERVER_ERROR));
    for (name, value) in &answer.headers {
        response.headers_mut().insert(name, value.clone());
    }
    if let Some(body) = &answer.body {
        *response.body_mut() = Body::from(body.as_ref().to_vec());
    }
    response
}

fn plain(status: StatusCode) -> Response {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = status;
    response
}

fn print_welcome(address: SocketAddr, endpoint: &str, settings: &Settings) {
    let zone = settings.defaults.time_zone;
    let curl = format!(
        "curl -s {endpoint} -u local:local --aws-sigv4 aws:amz:{REGION}:dynamodb -H 'Content-Type: application/x-amz-json-1.0'"
    );
    println!(
        r#"desk-router is at http://{address}/ (time zone {zone}, sample token and app id; Ctrl-C ends it).

Ask for an agent: paste this into another terminal, in this folder. It signs itself; a signature is good for a minute.

  curl -s "http://{address}/?$(cargo desk sign)" -d '{{"CallbackCommand":"ChatBot.OnAssignAgent","SessionId":"session-1","ClientUserId":"vip-1","EventTime":'$(date +%s)'000}}'

The rows are in the tables desk-rules, desk-agents, desk-calendars and desk-customers at {endpoint}, for any DynamoDB client
with any credentials; what the webhook remembers is in desk-assignments. What you change there shows in the next answer.
With curl, look at a table, and give an agent the day off:

  {curl} -H 'X-Amz-Target: DynamoDB_20120810.Scan' -d '{{"TableName":"desk-rules"}}'
  {curl} -H 'X-Amz-Target: DynamoDB_20120810.UpdateItem' -d '{{"TableName":"desk-agents","Key":{{"AgentId":{{"S":"anna@example.com"}}}},"UpdateExpression":"SET Enabled = :no","ExpressionAttributeValues":{{":no":{{"BOOL":false}}}}}}'

Each callback's decision record follows.
"#
    );
}
