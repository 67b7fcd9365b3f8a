//! The shipped binary as a process, as Lambda runs it: under a small Runtime API, or under AWS's
//! own Runtime Interface Emulator, when `DESK_RIE` names its program.

use std::process::Stdio;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt, AsyncRead, BufReader};
use tokio::process::{Child, Command};

use crate::emulator;
use crate::patience::{Degraded, calm};
use crate::runtime_api::RuntimeApi;

/// The binary under test: the one in `DESK_ROUTER_BIN`, else cargo's debug build.
pub fn binary() -> String {
    std::env::var("DESK_ROUTER_BIN")
        .unwrap_or_else(|_| crate::program("desk-router").display().to_string())
}

/// A reply as API Gateway would send it on.
#[derive(Debug, Clone, PartialEq)]
pub struct Reply {
    pub status: u64,
    pub body: String,
}

/// The function as a process under a Runtime API; it is killed when dropped.
pub struct Function {
    api: Api,
    _process: Child,
    pub started: Instant,
    output: Arc<Mutex<Vec<String>>>,
}

/// Who hands events to the process.
enum Api {
    Ours(RuntimeApi),
    Emulator(u16),
}

/// The variables of a deployment over the store at `endpoint`.
pub fn variables(endpoint: &str) -> Vec<(String, String)> {
    [
        ("RULES_TABLE", "desk-rules"),
        ("AGENTS_TABLE", "desk-agents"),
        ("CALENDARS_TABLE", "desk-calendars"),
        ("CUSTOMERS_TABLE", "desk-customers"),
        ("ASSIGNMENTS_TABLE", "desk-assignments"),
        ("SDK_APP_IDS", crate::APP),
        ("CALLBACK_TOKENS", crate::TOKEN),
        ("DEFAULT_AGENT_GROUP_ID", "1000"),
        ("AWS_ENDPOINT_URL_DYNAMODB", endpoint),
        ("AWS_REGION", "us-east-1"),
        ("AWS_ACCESS_KEY_ID", "local"),
        ("AWS_SECRET_ACCESS_KEY", "local"),
    ]
    .iter()
    .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
    .collect()
}

impl Function {
    /// Starts the binary with these variables (a later one wins) and nothing else in its
    /// environment.
    pub async fn start(variables: Vec<(String, String)>) -> Self {
        Self::start_binary(&binary(), variables).await
    }

    /// The same with another binary.
    pub async fn start_binary(binary: &str, variables: Vec<(String, String)>) -> Self {
        let (api, mut command) = match std::env::var("DESK_RIE") {
            Ok(program) => {
                let (port, command) = emulator::command(&program, binary);
                (Api::Emulator(port), command)
            }
            Err(_) => {
                let api = RuntimeApi::start().await;
                let mut command = Command::new(binary);
                command.env_clear().env("AWS_LAMBDA_RUNTIME_API", api.address.to_string());
                (Api::Ours(api), command)
            }
        };
        command
            .env("AWS_LAMBDA_FUNCTION_NAME", "desk-router")
            .env("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "512")
            .env("AWS_LAMBDA_FUNCTION_VERSION", "1")
            .envs(variables)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .kill_on_drop(true);
        let started = Instant::now();
        let mut process = command.spawn().unwrap();
        let output = Arc::new(Mutex::new(Vec::new()));
        collect(process.stdout.take().unwrap(), Arc::clone(&output));
        collect(process.stderr.take().unwrap(), Arc::clone(&output));
        if let Api::Emulator(port) = api {
            emulator::until_listening(port).await;
        }
        Self { api, _process: process, started, output }
    }

    /// The same, again until a start that has loaded the rows in its time, which a busy machine may
    /// not manage at once.
    pub async fn start_loaded(variables: Vec<(String, String)>) -> Self {
        calm(async |_| {
            let function = Self::start(variables.clone()).await;
            // The emulator starts the process with the first event.
            while matches!(function.api, Api::Ours(_)) && function.ready_after().is_none() {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
            let output = function.output().await;
            match output.into_iter().find(|line| line.contains("config_load_failed")) {
                Some(line) => Err(Degraded(line)),
                None => Ok(function),
            }
        })
        .await
    }

    /// The function's answer to an event and its record, again while anything is degraded.
    pub async fn invoke_until_calm(&self, event: impl Fn() -> String) -> (Reply, Value) {
        calm(async |_| {
            let answer = self.invoke(event()).await;
            let record = self.records().await.pop().unwrap();
            if record["degraded"] != json!([]) {
                return Err(Degraded(record.to_string()));
            }
            Ok((answer, record))
        })
        .await
    }

    /// How long the process took until it asked for its first event; `None` when it has not yet.
    pub fn ready_after(&self) -> Option<Duration> {
        match &self.api {
            Api::Ours(api) => api.first_asked().map(|asked| asked - self.started),
            Api::Emulator(_) => None,
        }
    }

    /// The process's peak memory in KiB, and the processor time it has used; Linux only.
    pub fn usage(&self) -> (u64, Duration) {
        let folder = format!("/proc/{}", self._process.id().unwrap());
        let status = std::fs::read_to_string(format!("{folder}/status")).unwrap();
        let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
        let stat = std::fs::read_to_string(format!("{folder}/schedstat")).unwrap();
        let nanoseconds = stat.split(' ').next().unwrap().parse().unwrap();
        (peak.trim().trim_end_matches(" kB").parse().unwrap(), Duration::from_nanos(nanoseconds))
    }

    /// The function's answer to an event, as text. A function error is never right.
    pub async fn answer(&self, event: String) -> String {
        let invoked = async {
            match &self.api {
                Api::Ours(api) => api.invoke(event).await,
                Api::Emulator(port) => Ok(emulator::invoke(*port, &event).await),
            }
        };
        let outcome = tokio::time::timeout(Duration::from_secs(60), invoked).await.unwrap();
        outcome.expect("a function error")
    }

    /// The function's answer to an event.
    pub async fn invoke(&self, event: impl ToString) -> Reply {
        let response: Value = serde_json::from_str(&self.answer(event.to_string()).await).unwrap();
        assert_eq!(response["headers"]["content-type"], "application/json");
        assert_ne!(response["isBase64Encoded"], true);
        Reply {
            status: response["statusCode"].as_u64().unwrap(),
            body: response["body"].as_str().unwrap().to_owned(),
        }
    }

    /// Everything written so far.
    pub async fn output(&self) -> Vec<String> {
        // A line is in the pipe before its answer is; it is read when the runtime gets to it.
        for _ in 0..10 {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        self.output.lock().unwrap().clone()
    }

    /// The decision records so far.
    pub async fn records(&self) -> Vec<Value> {
        let lines = self.output().await;
        lines
            .iter()
            .filter_map(|line| serde_json::from_str(line).ok())
            .filter(|line: &Value| line.get("outcome").is_some())
            .collect()
    }
}

fn collect(stream: impl AsyncRead + Unpin + Send + 'static, output: Arc<Mutex<Vec<String>>>) {
    tokio::spawn(async move {
        let mut lines = BufReader::new(stream).lines();
        while let Ok(Some(line)) = lines.next_line().await {
            output.lock().unwrap().push(line);
        }
    });
}
