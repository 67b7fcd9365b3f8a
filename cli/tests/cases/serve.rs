//! `desk serve` as a process: the webhook, and the tables that `import` writes into.

use std::collections::BTreeMap;
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::desk::{SECONDS, binary, desk};

/// A `desk serve` that ends with this.
pub(crate) struct Served {
    process: Child,
    webhook: String,
    /// The variables by which other commands find its tables.
    pub(crate) tables: BTreeMap<String, String>,
}

impl Served {
    /// Starts one on free ports and waits until it listens.
    pub(crate) async fn start() -> Self {
        let ports = [free_port(), free_port()];
        let mut process = Command::new(binary())
            .env_clear()
            .env("DEFAULT_AGENT_GROUP_ID", "1000")
            .args(["serve", "--port", &ports[0].to_string()])
            .args(["--dynamodb-port", &ports[1].to_string()])
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .spawn()
            .unwrap_or_else(|error| panic!("{}: {error}", binary().display()));
        let until = Instant::now() + Duration::from_secs(60);
        while ports.iter().any(|port| TcpStream::connect(("127.0.0.1", *port)).is_err()) {
            assert!(process.try_wait().unwrap().is_none(), "`desk serve` ended");
            assert!(Instant::now() < until, "`desk serve` does not listen");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        let endpoint = format!("http://127.0.0.1:{}", ports[1]);
        let variables = [
            ("RULES_TABLE", "desk-rules"),
            ("AGENTS_TABLE", "desk-agents"),
            ("CALENDARS_TABLE", "desk-calendars"),
            ("CUSTOMERS_TABLE", "desk-customers"),
            ("ASSIGNMENTS_TABLE", "desk-assignments"),
            ("AWS_ENDPOINT_URL_DYNAMODB", &endpoint),
            ("AWS_REGION", "us-east-1"),
            ("AWS_ACCESS_KEY_ID", "local"),
            ("AWS_SECRET_ACCESS_KEY", "local"),
        ];
        Self {
            process,
            webhook: format!("http://127.0.0.1:{}", ports[0]),
            tables: variables.map(|(name, value)| (name.to_owned(), value.to_owned())).into(),
        }
    }

    /// Sends a body, signed, and gives status and text of the answer.
    ///
    /// # Errors
    /// There is no answer.
    pub(crate) async fn post(
        &self,
        content_type: &str,
        body: String,
    ) -> Result<(u16, String), String> {
        let query = desk(&BTreeMap::new(), SECONDS, &["sign"]).await?.out;
        let url = format!("{}/?{}", self.webhook, query.trim());
        let request = reqwest::Client::new().post(url).header("content-type", content_type);
        let answer = async {
            let answer = request.body(body).send().await?;
            Ok((answer.status().as_u16(), answer.text().await?))
        };
        answer.await.map_err(|error: reqwest::Error| format!("no answer: {error}"))
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        drop(self.process.kill());
        drop(self.process.wait());
    }
}

/// A port that nothing listens on.
fn free_port() -> u16 {
    TcpListener::bind(("127.0.0.1", 0)).unwrap().local_addr().unwrap().port()
}
