//! The operator function as a Lambda function.

use std::process::ExitCode;

use chrono::Utc;
use desk_router::operator::Operator;
use desk_router::report::{Log, log_panics_by_place};
use desk_router::settings::Settings;
use desk_router::store::Tables;
use lambda_http::lambda_runtime::{LambdaEvent, run, service_fn};
use serde_json::Value;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    log_panics_by_place();
    let settings = match Settings::without_locks(|name| std::env::var(name).ok()) {
        Ok(settings) => settings,
        Err(error) => {
            Log::stderr().error("start", &error.to_string(), None);
            return ExitCode::FAILURE;
        }
    };
    if std::env::var_os("AWS_LAMBDA_RUNTIME_API").is_none() {
        eprintln!(
            "this is a Lambda function and runs there only; `cargo desk` has the same at a terminal"
        );
        return ExitCode::FAILURE;
    }
    let tables = Tables::new(&settings).patient();
    let history = std::env::var("HISTORY_TABLE")
        .ok()
        .filter(|name| !name.trim().is_empty())
        .map(|name| tables.history(name));
    let log = Log::stdout(settings.log_user_ids);
    let operator = &Operator::new(settings, tables, history, log);
    let handler = |event: LambdaEvent<Value>| async move {
        operator.handle(&event.payload, Utc::now()).await
    };
    match run(service_fn(handler)).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("the Lambda Runtime API cannot be reached: {error}");
            ExitCode::FAILURE
        }
    }
}
