//! AWS's Runtime Interface Emulator, as `aws-sam-cli` brings it: it starts the process as Lambda
//! does, with its first event, and takes events over HTTP.

use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::process::Command;

/// The emulator over a binary, and the port where it takes events.
pub(crate) fn command(program: &str, binary: &str) -> (u16, Command) {
    let (events, runtime) = (free_port(), free_port());
    let mut command = Command::new(program);
    command.env_clear().args([
        "--log-level",
        "warn",
        "--runtime-interface-emulator-address",
        &format!("127.0.0.1:{events}"),
        "--runtime-api-address",
        &format!("127.0.0.1:{runtime}"),
        binary,
    ]);
    (events, command)
}

fn free_port() -> u16 {
    std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

/// Waits until the emulator takes events.
pub(crate) async fn until_listening(port: u16) {
    while TcpStream::connect(("127.0.0.1", port)).await.is_err() {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

/// The answer to an event.
pub(crate) async fn invoke(port: u16, event: &str) -> String {
    let mut connection = TcpStream::connect(("127.0.0.1", port)).await.unwrap();
    // By HTTP/1.0 the answer comes in one piece and ends with the connection.
    let head = format!(
        "POST /2015-03-31/functions/function/invocations HTTP/1.0\r\nhost: \
        localhost\r\ncontent-length: {}\r\n\r\n",
        event.len()
    );
    connection.write_all(head.as_bytes()).await.unwrap();
    connection.write_all(event.as_bytes()).await.unwrap();
    let mut answer = String::new();
    connection.read_to_string(&mut answer).await.unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    assert!(head.contains(" 200 "), "the emulator says: {answer}");
    body.to_owned()
}
