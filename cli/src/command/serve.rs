//! `desk serve`: the webhook and the operator function on this machine, over an embedded DynamoDB.
//! The same handlers as in Lambda: one behind an HTTP server; one behind the tables' streams, a
//! clock, and what of Lambda's API invokes it.

mod feed;
mod invoke;
mod lines;
mod looks;
mod welcome;
mod wrong;

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

use anyhow::{Context, Result, bail};
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::connect_info::IntoMakeServiceWithConnectInfo;
use axum::extract::{ConnectInfo, Request, State};
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::post;
use clap::Args;
use desk_router::lambda::{self, HttpResponse};
use desk_router::operator::Operator;
use desk_router::settings::Settings;
use desk_router::store::Tables;
use desk_router::webhook::Webhook;
use routing::rows::Table;
use serde_json::{Map, Value};

use crate::deployment::tables::LiveTables;
use crate::files::row_files::RowFiles;
use crate::local::embedded::{
    ASSIGNMENTS_TABLE, Embedded, HISTORY_TABLE, OPERATOR_FUNCTION, REGION, RELEASES_TABLE,
    credentials, listen, table_name,
};
use crate::local::event;
use crate::local::{SAMPLE_APP_ID, SAMPLE_TOKEN};
use crate::terminal;
use feed::Feed;
use lines::Lines;
use welcome::Served;

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
    /// File that keeps the tables, so that edits are there again next time; without it they are in
    /// memory and end with the command
    #[arg(long, value_name = "FILE")]
    data: Option<PathBuf>,
    /// Print each callback's decision record instead of a line to read
    #[arg(long)]
    json: bool,
}

/// The settings of the samples; every variable but the tables and the endpoint can be set from
/// outside.
pub fn sample_settings(
    endpoint: &str,
    outside: impl Fn(&str) -> Option<String>,
) -> Result<Settings> {
    let settings = Settings::read(|name| match name {
        "ASSIGNMENTS_TABLE" => Some(ASSIGNMENTS_TABLE.to_owned()),
        "AWS_ENDPOINT_URL_DYNAMODB" => Some(endpoint.to_owned()),
        "AWS_REGION" => Some(REGION.to_owned()),
        // Tokens are given in clear here: there is no Parameter Store.
        "CALLBACK_TOKENS_PARAMETER" => None,
        _ => Table::from_variable(name).map(table_name).or_else(|| outside(name)).or_else(|| {
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
    wrong::refuse_keyless(&rows)?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .thread_stack_size(STACK_BYTES)
        .enable_all()
        .build()?;
    runtime.block_on(serve(options, &rows))
}

async fn serve(options: &Options, rows: &RowFiles) -> Result<()> {
    let store = Embedded::open(options.dynamodb_port, options.data.as_deref()).await?;
    let listener = listen(options.port, "the webhook", "--port").await?;
    if store.is_new() {
        store.put(rows).await?;
    } else if options.rows.is_some() {
        bail!(
            "the `--data` file has rows already, which `--rows` would overwrite; leave out one of \
            the two, or use `cargo desk import DIR` while this runs"
        );
    }
    let settings = sample_settings(&store.endpoint(), |name| match name {
        "RELEASES_TABLE" => Some(RELEASES_TABLE.to_owned()),
        "OPERATOR_FUNCTION" => Some(OPERATOR_FUNCTION.to_owned()),
        name => std::env::var(name).ok(),
    })?;
    let tables = Tables::with_credentials(&settings, Some(credentials()));
    let lines = Lines { zone: settings.defaults.time_zone, log_user_ids: settings.log_user_ids };
    let operator = |history| {
        let tables = tables.clone().patient();
        Operator::new(settings.clone(), tables, history, lines::of_operator(lines))
    };
    let mut feed = Feed::of(&store).await?;
    if store.is_new() {
        // The rows' first verdicts are no edits, so nothing is kept of before.
        let first = operator(None);
        feed.until_quiet(&first).await;
    }
    let operator = Arc::new(operator(Some(tables.history(HISTORY_TABLE.to_owned()))));
    // Of a file, what was edited just before its last end.
    feed.until_quiet(&operator).await;
    // The first release; or, of a file, what was edited without this function.
    looks::once(&operator).await;
    tokio::spawn(feed.forever(Arc::clone(&operator), lines));
    tokio::spawn(looks::forever(Arc::clone(&operator)));
    let log = lines::of_webhook(lines, options.json);
    let webhook = Webhook::new(settings.clone(), tables, log);
    webhook.warm().await;
    // By what the rows themselves say now, which is what the console would show.
    let live = LiveTables::with_client(store.client().clone(), &settings);
    let wrong = wrong::told(&live, lines).await?;
    terminal::note(&welcome::text(&Served {
        address: listener.local_addr()?,
        endpoint: &store.endpoint(),
        settings: &settings,
        data: options.data.as_deref(),
        rows: options.rows.as_deref(),
        wrong: wrong.as_deref(),
    }));
    axum::serve(listener, with_operator(webhook, operator))
        .with_graceful_shutdown(async { drop(tokio::signal::ctrl_c().await) })
        .await?;
    terminal::note(match options.data {
        Some(_) => "\nEnded; the rows are kept.",
        None => "\nEnded; your edits are deleted (`--data FILE` keeps them).",
    });
    Ok(())
}

/// The webhook as an HTTP service.
pub fn app(webhook: Webhook) -> IntoMakeServiceWithConnectInfo<Router, SocketAddr> {
    router(webhook).into_make_service_with_connect_info::<SocketAddr>()
}

/// The same, and beside it the operator function, where Lambda's API has it.
pub(crate) fn with_operator(
    webhook: Webhook,
    operator: Arc<Operator>,
) -> IntoMakeServiceWithConnectInfo<Router, SocketAddr> {
    let invoked = post(invoke::invoke).with_state(operator);
    let router = router(webhook).route(invoke::PATH, invoked);
    router.into_make_service_with_connect_info::<SocketAddr>()
}

fn router(webhook: Webhook) -> Router {
    Router::new().fallback(answer).with_state(Arc::new(webhook))
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
    let event = event::HttpRequest {
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
