//! The `desk` binary as a person runs it: over row files, and over the embedded DynamoDB.

#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice
)]

mod checked;
mod coverage;
mod explained;
mod imported;
mod kept;
mod manners;
mod oncall;
mod past;
mod releases;
mod replayed;
mod running;
mod sent;
mod served;
mod started;
mod stopped;

use std::path::{Path, PathBuf};
use std::process::Stdio;

use aws_sdk_dynamodb::types::AttributeValue as Attribute;
use desk_cli::files::row_files::RowFiles;
use desk_cli::local::embedded::Embedded;
use serde_json::Value;

const SAMPLES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/samples");
const AT: [&str; 2] = ["--at", "2026-11-24 10:00"];

/// What a command said and how it ended.
struct Done {
    out: String,
    err: String,
    code: i32,
}

/// `desk` with the sample settings; with an endpoint, over the tables there.
fn command(endpoint: Option<&str>, arguments: &[&str]) -> tokio::process::Command {
    let mut command = tokio::process::Command::new(env!("CARGO_BIN_EXE_desk"));
    command.env_clear().args(arguments).stdin(Stdio::null());
    command.envs([
        ("TIME_ZONE", "Asia/Seoul"),
        ("HOLIDAY_COUNTRY", "KR"),
        ("DEFAULT_AGENT_GROUP_ID", "1000"),
    ]);
    if let Some(endpoint) = endpoint {
        command.envs([
            ("RULES_TABLE", "desk-rules"),
            ("AGENTS_TABLE", "desk-agents"),
            ("CALENDARS_TABLE", "desk-calendars"),
            ("CUSTOMERS_TABLE", "desk-customers"),
            ("ASSIGNMENTS_TABLE", "desk-assignments"),
            ("HISTORY_TABLE", "desk-history"),
            ("AWS_ENDPOINT_URL_DYNAMODB", endpoint),
            ("AWS_REGION", "us-east-1"),
            ("AWS_ACCESS_KEY_ID", "local"),
            ("AWS_SECRET_ACCESS_KEY", "local"),
        ]);
    }
    command
}

/// Runs it.
async fn desk(endpoint: Option<&str>, arguments: &[&str]) -> Done {
    done(command(endpoint, arguments).output().await.unwrap())
}

fn done(output: std::process::Output) -> Done {
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Done { out: text(output.stdout), err: text(output.stderr), code: output.status.code().unwrap() }
}

/// A folder of row files that ends with the test.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str, files: &[(&str, Value)]) -> Self {
        // Two runs at once do not share one.
        let name = format!("{name}-{}", std::process::id());
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        drop(std::fs::remove_dir_all(&folder));
        std::fs::create_dir_all(&folder).unwrap();
        for (file, rows) in files {
            std::fs::write(folder.join(file), rows.to_string()).unwrap();
        }
        Self(folder)
    }

    fn path(&self) -> &str {
        self.0.to_str().unwrap()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        drop(std::fs::remove_dir_all(&self.0));
    }
}

async fn sample_store() -> Embedded {
    let store = Embedded::start(0).await.unwrap();
    store.put(&RowFiles::samples().unwrap()).await.unwrap();
    store
}

async fn rows_of(
    store: &Embedded,
    table: &str,
    key: &str,
    id: &str,
) -> Option<std::collections::HashMap<String, Attribute>> {
    store
        .client()
        .get_item()
        .table_name(table)
        .key(key, Attribute::S(id.into()))
        .send()
        .await
        .unwrap()
        .item
}
