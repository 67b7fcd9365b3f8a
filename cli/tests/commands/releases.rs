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

    /// Deletes rows all at once.
    async fn delete(&self, table: &str, key: &str, rows: &[&str]) {
        use aws_sdk_dynamodb::types::{Delete, TransactWriteItem};
        let mut write = self.client().transact_write_items();
        for row in rows {
            let delete = Delete::builder().table_name(table).key(key, Attribute::S((*row).into()));
            let delete = delete.build().unwrap();
            write = write.transact_items(TransactWriteItem::builder().delete(delete).build());
        }
        write.send().await.unwrap();
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
    let explained = desk.good(&["explain", "--user", "v"]).await;
    assert!(!explained.contains("--release live"), "the rows are live: {explained}");

    // A typing mistake, and a calendar that rules go by is deleted: nothing changes.
    let rule = json!({ "RuleId": "vip", "Priority": 10, "Segmnets": ["vip"], "Rosters": ["desk"] });
    desk.put("desk-rules", rule).await;
    // A new release, because it tells which rules are in error; what is in force is the same.
    desk.until("Release 2 is live").await;
    desk.delete("desk-calendars", "CalendarId", &["always"]).await;
    desk.until("Release 3 is live").await;
    let done = desk.run(&["check"]).await;
    assert!(done.code == 1 && done.out.contains("Segmnets"), "{}", done.out);
    assert!(done.err.contains("by the rows of the tables; release"), "{}", done.err);
    for (user, answer, said) in [("v", &vip, "`vip`"), ("u", &json!(6500), "`rest`")] {
        let got = desk.ask(user).await;
        let got = got.get("AgentIdList").unwrap_or(&got["AgentGroupId"]);
        assert_eq!(got, answer);
        let explained = desk.good(&["explain", "--user", user, "--session", "s"]).await;
        assert!(explained.contains(said), "a row in error is as it was: {explained}");
    }

    // All agents are deleted: that waits.
    desk.delete("desk-agents", "AgentId", &["ann", "bob", "cho", "dan", "eve", "fay"]).await;
    let waits = desk.until("no agents are left").await;
    insta::assert_snapshot!("releases-wait", timeless(&waits));
    assert_eq!(desk.ask("v").await["AgentIdList"], vip);
    let done = desk.run(&["publish"]).await;
    let waits = done.code == 1 && done.out.contains("WAIT: no agents are left");
    assert!(waits, "{}{}", done.out, done.err);
    let by_rows = desk.good(&["explain", "--user", "v"]).await;
    assert!(by_rows.contains("with `--release live` you see what is"), "{by_rows}");
    let live = desk.good(&["explain", "--user", "v", "--release", "live"]).await;
    assert!(!live.contains("--release live"), "{live}");
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
    assert!(published.contains("release 5 is what the rows say"), "{published}");
    assert!(!desk.good(&["releases"]).await.contains("HELD"), "the hold is over");
    assert_eq!(desk.ask("v").await["AgentIdList"], vip);
    assert_eq!(desk.good(&["releases", "--diff", "1", "live"]).await, "No difference.\n");
}

/// Several rows are one release; of each release one can ask what it answers, beside what is live.
#[tokio::test(flavor = "multi_thread")]
async fn what_a_release_holds() {
    let folder = rows("holds");
    let desk = Desk::start(&["--rows", folder.path()]).await;
    let to = chrono::Utc::now() + chrono::TimeDelta::milliseconds(10);
    tokio::time::sleep(std::time::Duration::from_millis(1_100)).await;
    let rules = json!([
        { "RuleId": "new", "Priority": 1, "ClientUserIds": ["u"], "Rosters": ["late"] },
        { "RuleId": "rest", "Priority": 20, "AgentGroupId": 7000 },
    ]);
    let agents = json!([{ "AgentId": "gil", "Rosters": ["late"] }]);
    let edits = Folder::new("holds-edits", &[("rules.json", rules), ("agents.json", agents)]);
    let out = desk.good(&["import", edits.path(), "--yes"]).await;
    assert!(out.ends_with("Release 2 is live: 3 rules, 7 agents.\n3 rows written.\n"), "{out}");
    assert_eq!(desk.ask("u").await["AgentIdList"], json!(["gil"]));
    insta::assert_snapshot!("releases-diff", desk.good(&["releases", "--diff", "1", "live"]).await);

    // By the one and by the other.
    for (release, answer) in [("1", json!([])), ("2", json!(["gil"])), ("live", json!(["gil"]))] {
        let explain = ["explain", "--user", "u", "--session", "s", "--release", release];
        let out = desk.good(&explain).await;
        let number = release.replace("live", "2");
        assert!(out.contains(&format!("by release {number}")), "{release}: {out}");
        let json = desk.good(&[&explain[..], &["--json"]].concat()).await;
        let json: Value = serde_json::from_str(&json).unwrap();
        assert_eq!((&json["agent_ids"], json["release"].to_string()), (&answer, number.clone()));
        for command in ["coverage", "check"] {
            let done = desk.run(&[command, "--release", release]).await;
            let said = done.out + &done.err;
            let by = format!("y release {number}");
            assert!(done.code == 0 && said.contains(&by), "{command} {release}: {said}");
        }
    }
    let requests = folder.0.join("requests.csv");
    std::fs::write(&requests, "session_id,client_user_id\ns,u\n").unwrap();
    let requests = requests.to_str().unwrap();
    let replayed = desk.good(&["replay", requests, "--release", "1"]).await;
    assert!(replayed.contains("rest") && !replayed.contains("new "), "{replayed}");
    let done = desk.run(&["explain", "--user", "u", "--release", "9"]).await;
    assert!(done.code == 1 && done.err.contains("release 9 is not kept"), "{}", done.err);

    // A decision record is explained by the release that it names.
    let record = |release: Value| {
        json!({
            "time": to.to_rfc3339(), "outcome": "group", "reason": "rule_matched",
            "rule_id": "rest", "session_id": "s", "client_user_id": "u", "event_time": 1,
            "sdk_app_id": 1_400_000_000, "agent_group_id": 6500, "agent_ids": [],
            "release": release,
        })
        .to_string()
    };
    let out = desk.good(&["explain", "--record", &record(json!(1))]).await;
    assert!(out.contains("by its release 1") && out.contains("says the same answer"), "{out}");
    let out = desk.good(&["explain", "--record", &record(json!(2))]).await;
    assert!(out.contains("by its release 2") && out.contains("says another answer"), "{out}");
    let out = desk.good(&["explain", "--record", &record(json!(9))]).await;
    assert!(out.contains("release 9 is not kept"), "{out}");
    // One that was decided by rows is explained by the rows as they were.
    let out = desk.good(&["explain", "--record", &record(json!(null))]).await;
    assert!(out.contains("by the rows as they were (3 changed since)"), "{out}");
    assert!(out.contains("says the same answer"), "{out}");

    // Back is one release too; an erased one is gone.
    let out = desk.good(&["rollback", "--to", &to.to_rfc3339(), "--yes"]).await;
    assert!(out.ends_with("Release 3 is live: 2 rules, 6 agents.\n3 rows put back.\n"), "{out}");
    assert_eq!(desk.good(&["releases", "--diff", "1", "3"]).await, "No difference.\n");
    let done = desk.run(&["releases", "--delete", "2"]).await;
    assert!(done.code == 1 && done.err.contains("nobody can be asked"), "{}", done.err);
    let out = desk.good(&["releases", "--delete", "2", "--yes"]).await;
    assert_eq!(out, "Release 2 is erased.\n");
    let done = desk.run(&["releases", "--delete", "3", "--yes"]).await;
    assert!(done.code == 1 && done.out.contains("is live, so it is not erased"), "{}", done.out);
    let listed = desk.good(&["releases"]).await;
    assert!(listed.contains("\n      1  ") && !listed.contains("\n      2  "), "{listed}");
}

/// Without the variables, the commands say which is missing; with wrong ones, what to look at.
#[tokio::test(flavor = "multi_thread")]
async fn releases_that_cannot_be_reached() {
    let folder = rows("unreached");
    let desk = Desk::start(&["--rows", folder.path()]).await;
    for (arguments, variable, value, said) in [
        (vec!["releases"], "RELEASES_TABLE", "", "RELEASES_TABLE is not set"),
        (vec!["publish"], "OPERATOR_FUNCTION", "", "OPERATOR_FUNCTION is not set"),
        (vec!["releases"], "RELEASES_TABLE", "none", "reading the table `none`: there is no such"),
        (vec!["hold", "x"], "OPERATOR_FUNCTION", "none", "the function `none`: there is no such"),
        (
            vec!["publish"],
            "AWS_ENDPOINT_URL_LAMBDA",
            "http://127.0.0.1:1",
            "nothing answers at http://127.0.0.1:1 (AWS_ENDPOINT_URL_LAMBDA)",
        ),
    ] {
        let output = desk.command(&arguments).env(variable, value).output().await.unwrap();
        let err = String::from_utf8(output.stderr).unwrap();
        assert!(!output.status.success() && err.contains(said), "{arguments:?}: {err}");
        assert!(!err.contains("Error {") && err.lines().count() == 1, "for people: {err}");
    }
    let done = desk.run(&["hold", " "]).await;
    assert!(done.code == 1 && done.err.contains("`Why` is empty"), "{}", done.err);
    // An import that cannot hold writes nothing.
    let rules = json!([{ "RuleId": "a", "Priority": 1, "AgentGroupId": 1 }, { "RuleId": "b", "Priority": 2, "AgentGroupId": 1 }]);
    let edits = Folder::new("unreached-edits", &[("rules.json", rules)]);
    let mut import = desk.command(&["import", edits.path(), "--yes"]);
    let output = import.env("OPERATOR_FUNCTION", "none").output().await.unwrap();
    let err = String::from_utf8(output.stderr).unwrap();
    assert!(!output.status.success() && err.contains("nothing was written"), "{err}");
    assert!(!desk.good(&["check"]).await.contains("`a`"));
}
