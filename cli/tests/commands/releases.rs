//! `desk releases`, `publish`, `hold` and whatever else goes by releases, over `desk serve`.

use serde_json::json;

use super::served::{serve, until};
use super::*;

/// A `desk serve`, and the commands that work on it.
struct Desk {
    _process: tokio::process::Child,
    webhook: String,
    endpoint: String,
}

impl Desk {
    async fn start(more: &[&str]) -> Self {
        let (process, _, [webhook, endpoint]) = serve(more).await;
        Self { _process: process, webhook, endpoint }
    }

    fn command(&self, arguments: &[&str]) -> tokio::process::Command {
        let mut command = command(Some(&self.endpoint), arguments);
        command.envs([
            ("RELEASES_TABLE", "desk-releases"),
            ("OPERATOR_FUNCTION", "desk-operator"),
            ("AWS_ENDPOINT_URL_LAMBDA", &self.webhook),
            ("USER", "kim"),
        ]);
        command
    }

    async fn run(&self, arguments: &[&str]) -> Done {
        let output = self.command(arguments).output().await.unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        let code = output.status.code().unwrap();
        Done { out: text(output.stdout), err: text(output.stderr), code }
    }

    /// Runs a command that must succeed, and gives what it said.
    async fn good(&self, arguments: &[&str]) -> String {
        let done = self.run(arguments).await;
        assert_eq!(done.code, 0, "{arguments:?}: {}{}", done.out, done.err);
        done.out
    }

    /// The answer to a user.
    async fn ask(&self, user: &str) -> Value {
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
    async fn until(&self, said: &str) -> String {
        until(said, async || {
            let out = self.good(&["releases"]).await;
            out.contains(said).then_some(out)
        })
        .await
    }

    /// Writes one row as the console does: no command knows of it.
    async fn put(&self, table: &str, row: Value) {
        let rows = routing::rows::row_from_json(row.as_object().unwrap().clone());
        let put = self.client().put_item().table_name(table);
        put.set_item(Some(desk_router::store::item(&rows))).send().await.unwrap();
    }

    async fn delete(&self, table: &str, key: &str, value: &str) {
        let delete = self.client().delete_item().table_name(table);
        delete.key(key, Attribute::S(value.to_owned())).send().await.unwrap();
    }

    fn client(&self) -> aws_sdk_dynamodb::Client {
        use aws_sdk_dynamodb::config::{BehaviorVersion, Builder, Region};
        let config = Builder::new()
            .behavior_version(BehaviorVersion::v2026_01_12())
            .region(Region::new("us-east-1"))
            .credentials_provider(desk_cli::embedded::credentials())
            .endpoint_url(&self.endpoint);
        aws_sdk_dynamodb::Client::from_conf(config.build())
    }
}

/// Times of the clock become one time.
fn timeless(text: &str) -> String {
    let shape = "dddd-dd-dd dd:dd";
    let mut out = String::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let is_time = rest.len() >= shape.len()
            && rest.bytes().zip(shape.bytes()).all(|(byte, kind)| match kind {
                b'd' => byte.is_ascii_digit(),
                kind => byte == kind,
            });
        if is_time {
            out.push_str("2026-11-24 10:00");
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
fn rows(name: &str) -> Folder {
    let rules = json!([
        { "RuleId": "vip", "Priority": 10, "Segments": ["vip"], "Hours": "@always", "Rosters": ["desk"], "MaxAgents": 1, "Strategy": "sticky", "Prefer": ["owner"] },
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

/// One bad hour: a typing mistake, a deleted calendar, all agents deleted by a script; what every
/// step says and what users get.
#[tokio::test(flavor = "multi_thread")]
async fn a_bad_hour() {
    let folder = rows("bad-hour");
    let desk = Desk::start(&["--rows", folder.path()]).await;
    let first = desk.good(&["releases"]).await;
    assert!(first.starts_with("Release 1 is live.\nLast compared with the rows "), "{first}");
    let vip = json!(["cho"]);
    assert_eq!(desk.ask("v").await["AgentIdList"], vip);

    // A typing mistake, and a calendar that rules go by is deleted: nothing changes.
    let rule = json!({ "RuleId": "vip", "Priority": 10, "Segmnets": ["vip"], "Rosters": ["desk"] });
    desk.put("desk-rules", rule).await;
    desk.delete("desk-calendars", "CalendarId", "always").await;
    let done = desk.run(&["check"]).await;
    assert!(done.code == 1 && done.out.contains("Segmnets"), "{}", done.out);
    assert!(done.err.contains("by the rows of the tables; release"), "{}", done.err);
    let checked = desk.until("Last compared").await;
    assert!(checked.starts_with("Release 1 is live."), "the same is live: {checked}");
    for (user, answer, said) in [("v", &vip, "`vip`"), ("u", &json!(6500), "`rest`")] {
        let got = desk.ask(user).await;
        let got = got.get("AgentIdList").unwrap_or(&got["AgentGroupId"]);
        assert_eq!(got, answer);
        let explained = desk.good(&["explain", "--user", user, "--session", "s"]).await;
        assert!(explained.contains(said), "a row in error is as it was: {explained}");
    }

    // All agents are deleted: that waits.
    for agent in ["ann", "bob", "cho", "dan", "eve", "fay"] {
        desk.delete("desk-agents", "AgentId", agent).await;
    }
    let waits = desk.until("no agents are left").await;
    insta::assert_snapshot!("releases-wait", timeless(&waits));
    assert_eq!(desk.ask("v").await["AgentIdList"], vip);
    let done = desk.run(&["publish"]).await;
    let waits = done.code == 1 && done.out.contains("WAIT: no agents are left");
    assert!(waits, "{}{}", done.out, done.err);
    let live = desk.good(&["explain", "--user", "v", "--release", "live"]).await;
    assert!(live.contains("by release") && live.contains("the rows WAIT since"), "{live}");
    let diff = desk.good(&["releases", "--diff", "live", "rows"]).await;
    assert!(diff.contains("- agents `cho` deleted"), "{diff}");

    // Forced, and back at once.
    let forced = desk.good(&["publish", "--force"]).await;
    assert!(forced.contains("is live, by force: ") && forced.contains("0 agents"), "{forced}");
    assert_eq!(desk.ask("v").await.get("AgentIdList"), None);
    let back = desk.good(&["publish", "--release", "1"]).await;
    assert!(back.contains("it is release 1 again, and held"), "{back}");
    assert_eq!(desk.ask("v").await["AgentIdList"], vip);
    insta::assert_snapshot!("releases-held", timeless(&desk.good(&["releases"]).await));
    let done = desk.run(&["hold", "again"]).await;
    assert!(done.code == 1 && done.out.starts_with("Already held by kim since"), "{}", done.out);

    // The rows are mended under the hold, which import does not end, and published.
    let done = desk.run(&["import", folder.path(), "--yes"]).await;
    assert!(done.out.contains("The rows wait for it."), "{}{}", done.out, done.err);
    assert!(desk.good(&["releases"]).await.contains("HELD by kim"));
    let published = desk.good(&["publish"]).await;
    assert!(published.contains("is live: 2 rules, 6 agents"), "{published}");
    assert_eq!(desk.ask("v").await["AgentIdList"], vip);
    assert_eq!(desk.good(&["releases", "--diff", "1", "live"]).await, "No difference.\n");
}
