//! A `desk serve` that runs, and the commands that work on it.

use serde_json::json;

use super::started::{client_of, serve, until};
use super::*;

/// A `desk serve`, and the commands that work on it.
pub(super) struct Desk {
    pub(super) process: tokio::process::Child,
    pub(super) webhook: String,
    pub(super) endpoint: String,
}

impl Desk {
    pub(super) async fn start(more: &[&str]) -> Self {
        let (process, _, [webhook, endpoint]) = serve(more).await;
        Self { process, webhook, endpoint }
    }

    /// Reads on what it says, and forgets it: it would wait for a reader when it says much.
    pub(super) fn ignore_its_log(&mut self) {
        let mut log = self.process.stderr.take().unwrap();
        tokio::spawn(async move { tokio::io::copy(&mut log, &mut tokio::io::sink()).await });
    }

    pub(super) fn command(&self, arguments: &[&str]) -> tokio::process::Command {
        let mut command = command(Some(&self.endpoint), arguments);
        command.envs([
            ("RELEASES_TABLE", "desk-releases"),
            ("OPERATOR_FUNCTION", "desk-operator"),
            ("AWS_ENDPOINT_URL_LAMBDA", &self.webhook),
            ("USER", "kim"),
        ]);
        command
    }

    pub(super) async fn run(&self, arguments: &[&str]) -> Done {
        let output = self.command(arguments).output().await.unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        let code = output.status.code().unwrap();
        Done { out: text(output.stdout), err: text(output.stderr), code }
    }

    /// Runs a command that must succeed, and gives what it said.
    pub(super) async fn good(&self, arguments: &[&str]) -> String {
        let done = self.run(arguments).await;
        assert_eq!(done.code, 0, "{arguments:?}: {}{}", done.out, done.err);
        done.out
    }

    /// The answer to a user.
    pub(super) async fn ask(&self, user: &str) -> Value {
        let query = desk(None, &["sign"]).await.out;
        let url = format!("{}/?{}", self.webhook, query.trim());
        let body = json!({
            "CallbackCommand": "ChatBot.OnAssignAgent", "SessionId": "session-1",
            "ClientUserId": user, "EventTime": chrono::Utc::now().timestamp_millis(),
        });
        let client = reqwest::Client::new().post(url).header("content-type", "application/json");
        let answer = client.body(body.to_string()).send().await.unwrap();
        serde_json::from_str(&answer.text().await.unwrap()).unwrap()
    }

    /// Waits until the releases say this.
    pub(super) async fn until(&self, said: &str) -> String {
        until(said, async || {
            let out = self.good(&["releases"]).await;
            out.contains(said).then_some(out)
        })
        .await
    }

    /// Writes one row as the console does: no command knows of it.
    pub(super) async fn put(&self, table: &str, row: Value) {
        let rows = routing::rows::row_from_json(row.as_object().unwrap().clone());
        let put = client_of(&self.endpoint).put_item().table_name(table);
        put.set_item(Some(desk_router::store::item(&rows))).send().await.unwrap();
    }

    /// Deletes rows all at once.
    pub(super) async fn delete(&self, table: &str, key: &str, rows: &[&str]) {
        use aws_sdk_dynamodb::types::{Delete, TransactWriteItem};
        let mut write = client_of(&self.endpoint).transact_write_items();
        for row in rows {
            let delete = Delete::builder().table_name(table).key(key, Attribute::S((*row).into()));
            let delete = delete.build().unwrap();
            write = write.transact_items(TransactWriteItem::builder().delete(delete).build());
        }
        write.send().await.unwrap();
    }
}

/// Times of the clock become one time, to the minute or to the second.
pub(super) fn timeless(text: &str) -> String {
    let is_a = |text: &str, shape: &str| {
        text.len() >= shape.len()
            && text.bytes().zip(shape.bytes()).all(|(byte, kind)| match kind {
                b'd' => byte.is_ascii_digit(),
                kind => byte == kind,
            })
    };
    let shapes =
        [("dddd-dd-dd dd:dd:dd", "2026-11-24 10:00:00"), ("dddd-dd-dd dd:dd", "2026-11-24 10:00")];
    let mut out = String::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        if let Some((shape, time)) = shapes.iter().find(|(shape, _)| is_a(rest, shape)) {
            out.push_str(time);
            rest = &rest[shape.len()..];
        } else {
            out.push(first);
            rest = &rest[first.len_utf8()..];
        }
    }
    let is_ago = |line: &&str| !line.starts_with("Last compared");
    out.lines().filter(is_ago).map(|line| format!("{line}\n")).collect()
}

/// Rows that answer alike at any hour.
pub(super) fn rows(name: &str) -> Folder {
    let rules = json!([
        {
            "RuleId": "vip", "Priority": 10, "Segments": ["vip"], "Hours": "@always",
            "Rosters": ["desk"], "MaxAgents": 1, "Strategy": "sticky", "Prefer": ["owner"],
        },
        { "RuleId": "rest", "Priority": 20, "Hours": "@always", "AgentGroupId": 6500 },
    ]);
    let agents: Vec<Value> = ["ann", "bob", "cho", "dan", "eve", "fay"]
        .map(|id| json!({ "AgentId": id, "Rosters": ["desk"] }))
        .into();
    let files = [
        ("rules.json", rules),
        ("agents.json", agents.into()),
        ("calendars.json", json!([{ "CalendarId": "always", "Hours": "24/7" }])),
        ("customers.json", json!([{ "ClientUserId": "v", "Segments": ["vip"], "Owner": "cho" }])),
    ];
    Folder::new(name, &files)
}
