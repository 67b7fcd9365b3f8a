//! A `desk serve` that was started, before any command works on it.

use std::process::Stdio;
use std::time::Duration;

use tokio::io::{AsyncBufReadExt, BufReader};

use super::command;

/// Starts it on free ports and reads what it says first; gives webhook and endpoint.
pub(super) async fn serve(more: &[&str]) -> (tokio::process::Child, String, [String; 2]) {
    serve_with(more, &[]).await
}

/// The same with settings.
pub(super) async fn serve_with(
    more: &[&str],
    settings: &[(&str, &str)],
) -> (tokio::process::Child, String, [String; 2]) {
    let arguments = [&["serve", "--port", "0", "--dynamodb-port", "0"], more].concat();
    let mut command = command(None, &arguments);
    command.envs(settings.iter().copied());
    command.kill_on_drop(true).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut process = command.spawn().unwrap();
    let mut said = String::new();
    let mut lines = BufReader::new(process.stderr.as_mut().unwrap()).lines();
    while !said.contains("takes one") {
        let line = tokio::time::timeout(Duration::from_secs(60), lines.next_line()).await;
        said += &(line.unwrap().unwrap().unwrap_or_else(|| panic!("it ended: {said}")) + "\n");
    }
    let after = |mark: &str| {
        let rest = said.split(mark).nth(1).unwrap();
        rest.split([' ', '/', '\n']).next().unwrap().to_owned()
    };
    let addresses = [after("answers at http://"), after("AWS_ENDPOINT_URL_DYNAMODB=http://")];
    let addresses = addresses.map(|address| format!("http://{address}"));
    (process, said, addresses)
}

/// Tries for ten minutes, or longer on a busy machine: only what never happens ends it.
pub(super) async fn until<T>(what: &str, mut tried: impl AsyncFnMut() -> Option<T>) -> T {
    for _ in 0..12_000 {
        if let Some(found) = tried().await {
            return found;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("{what} did not happen");
}

/// A client of the embedded DynamoDB there, as the console would be.
pub(super) fn client_of(endpoint: &str) -> aws_sdk_dynamodb::Client {
    use aws_sdk_dynamodb::config::{BehaviorVersion, Builder, Region};
    let config = Builder::new()
        .behavior_version(BehaviorVersion::v2026_01_12())
        .region(Region::new("us-east-1"))
        .credentials_provider(desk_cli::local::embedded::credentials())
        .endpoint_url(endpoint);
    aws_sdk_dynamodb::Client::from_conf(config.build())
}
