//! The hook of a deploy as a Lambda function.

use std::process::ExitCode;

use desk_router::probe::{Probe, ProbeSettings};
use desk_router::report::{Log, log_panics_by_place};
use desk_router::store::environment_credentials;
use lambda_http::lambda_runtime::{LambdaEvent, run, service_fn};
use serde_json::Value;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    log_panics_by_place();
    if std::env::var_os("AWS_LAMBDA_RUNTIME_API").is_none() {
        eprintln!(
            "this is a Lambda function and runs there only; `cargo desk send` sends a test callback"
        );
        return ExitCode::FAILURE;
    }
    let settings = ProbeSettings::read(|name| std::env::var(name).ok());
    let probe = &Probe::new(settings, environment_credentials(), Log::stdout(false));
    let handler = |event: LambdaEvent<Value>| async move { probe.handle(&event.payload).await };
    match run(service_fn(handler)).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("the Lambda Runtime API cannot be reached: {error}");
            ExitCode::FAILURE
        }
    }
}
