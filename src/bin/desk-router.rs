//! The webhook as a Lambda function: settings, the release in force, then callbacks.

use std::process::ExitCode;

use desk_router::lambda;
use desk_router::report::{Log, log_panics_by_place};
use desk_router::settings::Settings;
use desk_router::store::{Tables, environment_credentials};
use desk_router::tokens::Parameter;
use desk_router::webhook::Webhook;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    log_panics_by_place();
    let settings = match Settings::from_env() {
        Ok(settings) => settings,
        Err(error) => {
            Log::stderr().error("start", &error.to_string(), None);
            return ExitCode::FAILURE;
        }
    };
    if std::env::var_os("AWS_LAMBDA_RUNTIME_API").is_none() {
        eprintln!(
            "this is a Lambda function and runs there only; `cargo desk serve` runs the webhook \
            locally"
        );
        return ExitCode::FAILURE;
    }
    let log = Log::stdout(settings.log_user_ids);
    let tables = Tables::new(&settings);
    let parameter = Parameter::new(&settings, environment_credentials());
    let mut webhook = Webhook::new(settings, tables, log);
    if let Some(parameter) = parameter {
        webhook = webhook.with_tokens(parameter);
    }
    webhook.warm().await;
    match lambda::run(&webhook).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("the Lambda Runtime API cannot be reached: {error}");
            ExitCode::FAILURE
        }
    }
}
