//! The `desk` binary as a person runs it: over row files, and over the embedded DynamoDB.

#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice
)]

mod coverage;
mod explained;
mod manners;
mod past;
mod releases;
mod replayed;
mod served;

use std::path::{Path, PathBuf};
use std::process::Stdio;

use aws_sdk_dynamodb::types::AttributeValue as Attribute;
use desk_cli::embedded::Embedded;
use desk_cli::row_files::RowFiles;
use serde_json::{Value, json};

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
    let output = command(endpoint, arguments).output().await.unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Done { out: text(output.stdout), err: text(output.stderr), code: output.status.code().unwrap() }
}

/// A folder of row files that ends with the test.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str, files: &[(&str, Value)]) -> Self {
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

async fn sample_store() -> Embedded {
    let store = Embedded::start(0).await.unwrap();
    store.put(&RowFiles::samples().unwrap()).await.unwrap();
    store
}

#[tokio::test]
async fn check_of_good_rows() {
    let done = desk(None, &["check", "--rows", SAMPLES, AT[0], AT[1]]).await;
    assert_eq!((done.out.as_str(), done.code), ("all rows are good\n", 0), "{}", done.err);
    let store = sample_store().await;
    let done = desk(Some(&store.endpoint()), &["check", AT[0], AT[1]]).await;
    assert_eq!((done.out.as_str(), done.code), ("all rows are good\n", 0), "{}", done.err);
}

#[tokio::test]
async fn check_of_bad_rows() {
    let rules = json!([
        { "RuleId": "vip", "Priority": 1, "Platfroms": ["iOS"], "Rosters": ["desk"] },
        { "RuleId": "rest", "Priority": 2, "Rosters": ["dsek"] },
    ]);
    let folder = Folder::new(
        "bad",
        &[
            ("rules.json", rules),
            ("agents.json", json!([{ "AgentId": "ann", "Rosters": ["desk"] }])),
        ],
    );
    let done = desk(None, &["check", "--rows", folder.path(), AT[0], AT[1]]).await;
    assert_eq!(done.code, 1, "{}", done.err);
    insta::assert_snapshot!("check", done.out.replace(folder.path(), "DIR"));
    let done = desk(None, &["check", "--rows", folder.path(), "--json", AT[0], AT[1]]).await;
    assert_eq!(done.code, 1);
    let findings: Vec<Value> = serde_json::from_str(&done.out).unwrap();
    assert_eq!(findings[0]["severity"], "error");
    for name in ["table", "key", "attribute", "found", "message"] {
        assert!(findings[0][name].is_string(), "{name}");
    }
    assert!(findings[0]["file"].as_str().unwrap().ends_with("rules.json"), "{}", findings[0]);
    assert_eq!(findings[0]["line"], 1);
    assert_eq!(
        (&findings[0]["table"], &findings[0]["key"], &findings[0]["attribute"]),
        (&json!("rules"), &json!("vip"), &json!("Platfroms"))
    );
}

#[tokio::test]
async fn check_of_what_cannot_be_read() {
    for (arguments, expected) in [
        (vec!["check", "--rows", "/nowhere"], "there is no folder `/nowhere`"),
        (vec!["check"], "RULES_TABLE is missing"),
        (vec!["check", "--rows", SAMPLES, "--at", "tomorrow"], "`tomorrow`: write the date itself"),
    ] {
        let done = desk(None, &arguments).await;
        assert_eq!((done.code, done.out.as_str()), (2, ""), "{arguments:?}");
        assert!(done.err.contains(expected), "{arguments:?}: {}", done.err);
    }
    let done = desk(Some("http://127.0.0.1:1"), &["check"]).await;
    assert_eq!(done.code, 2);
    assert!(
        done.err.contains("reading the table `desk-") && done.err.contains("nothing answers at"),
        "{}",
        done.err
    );
    let folder = Folder::new("syntax", &[]);
    std::fs::write(folder.0.join("rules.json"), "[{").unwrap();
    let done = desk(None, &["check", "--rows", folder.path()]).await;
    assert_eq!(done.code, 2);
    assert!(done.err.contains("rules.json") && done.err.contains("line 1"), "{}", done.err);
}

#[tokio::test]
async fn explain_in_words() {
    let explain = async |user: &str, at: &str| {
        desk(
            None,
            &[
                "explain",
                "--rows",
                SAMPLES,
                "--session",
                "s",
                "--user",
                user,
                "--platform",
                "iOS",
                "--at",
                at,
            ],
        )
        .await
        .out
    };
    insta::assert_snapshot!("explain-owner", explain("vip-1", "2026-11-24 10:00").await);
    insta::assert_snapshot!("explain-rotation", explain("somebody", "2026-11-24 10:00").await);
    insta::assert_snapshot!("explain-weekend", explain("somebody", "2026-11-28 10:00").await);
}

/// Over tables: the turn and the last agent are read, and nothing is written.
#[tokio::test(flavor = "multi_thread")]
async fn explain_over_tables_has_no_effect() {
    let store = sample_store().await;
    let endpoint = store.endpoint();
    let json = async |user: &str| -> Value {
        let done = desk(
            Some(&endpoint),
            &["explain", "--session", "s", "--user", user, "--json", AT[0], AT[1]],
        )
        .await;
        serde_json::from_str(&done.out)
            .unwrap_or_else(|error| panic!("{error}: {} {}", done.out, done.err))
    };
    let first = json("somebody").await;
    assert_eq!(
        (&first["rule_id"], &first["strategy"], &first["degraded"]),
        (&json!("seoul-day"), &json!("round_robin"), &json!([]))
    );
    assert_eq!(first["response"]["AgentIdList"], first["agent_ids"]);
    assert_eq!(first["trace"]["rules"].as_array().unwrap().len(), 3);
    let note =
        "the clock alone is set back: rows, customers, last agents and turns are those of today";
    assert_eq!(first["notes"], json!([note]));
    assert_eq!(json("somebody").await["agent_ids"], first["agent_ids"], "no turn was taken");
    let stored = store.client().scan().table_name("desk-assignments").send().await.unwrap();
    assert_eq!(stored.count, 0, "nothing was written");
}

#[tokio::test(flavor = "multi_thread")]
async fn export_then_import_changes_nothing() {
    let store = sample_store().await;
    // Kinds that files do not have, attributes of the deployment, and a number of many digits.
    for (name, value) in [
        ("Platforms", Attribute::Ss(vec!["iOS".into(), "Android".into()])),
        ("_Check", Attribute::S("ok".into())),
        ("Priority", Attribute::N("10.123456789012345678901234567890".into())),
    ] {
        let update = store
            .client()
            .update_item()
            .table_name("desk-rules")
            .key("RuleId", Attribute::S("vip".into()));
        let update = update
            .update_expression("SET #n = :v")
            .expression_attribute_names("#n", name)
            .expression_attribute_values(":v", value);
        update.send().await.unwrap();
    }
    let folder = Folder::new("export", &[]);
    let done = desk(Some(&store.endpoint()), &["export", folder.path()]).await;
    assert_eq!(done.code, 0, "{}", done.err);
    let rules = std::fs::read_to_string(folder.0.join("rules.json")).unwrap();
    assert!(rules.contains("10.12345678901234567890123456789"), "{rules}");
    assert!(!rules.contains("_Check"));
    insta::assert_snapshot!(
        "export-calendars",
        std::fs::read_to_string(folder.0.join("calendars.json")).unwrap()
    );
    let done = desk(Some(&store.endpoint()), &["import", folder.path(), "--delete", "--yes"]).await;
    assert_eq!((done.out.as_str(), done.code), ("Nothing to write.\n", 0), "{}", done.err);
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

#[tokio::test(flavor = "multi_thread")]
async fn import_writes_the_differences() {
    let store = sample_store().await;
    let endpoint = store.endpoint();
    let update = store
        .client()
        .update_item()
        .table_name("desk-agents")
        .key("AgentId", Attribute::S("anna@example.com".into()));
    let update = update.update_expression("SET #c = :c").expression_attribute_names("#c", "_Check");
    update.expression_attribute_values(":c", Attribute::S("ok".into())).send().await.unwrap();
    let agents = json!([
        { "AgentId": "anna@example.com", "Rosters": ["berlin", "vip"], "Skills": ["german"], "Shifts": "@berlin-office", "Weight": 3 },
        { "AgentId": "yuna@example.com", "Rosters": ["seoul"] },
    ]);
    let folder = Folder::new("import", &[("agents.json", agents)]);
    // Nobody is at a terminal: it shows, and writes nothing.
    let done = desk(Some(&endpoint), &["import", folder.path()]).await;
    assert_eq!(done.code, 1);
    insta::assert_snapshot!("import", done.out.replace(&endpoint, "ENDPOINT"));
    assert!(done.err.contains("--yes"), "{}", done.err);
    assert!(rows_of(&store, "desk-agents", "AgentId", "yuna@example.com").await.is_none());
    let done = desk(Some(&endpoint), &["import", folder.path(), "--yes"]).await;
    assert_eq!(done.code, 0, "{}", done.err);
    assert!(done.out.ends_with("2 rows written.\n"), "{}", done.out);
    let anna = rows_of(&store, "desk-agents", "AgentId", "anna@example.com").await.unwrap();
    assert_eq!(
        (&anna["Weight"], &anna["_Check"]),
        (&Attribute::N("3".into()), &Attribute::S("ok".into())),
        "`_…` stays"
    );
    assert!(
        rows_of(&store, "desk-agents", "AgentId", "noor@example.com").await.is_some(),
        "nothing is deleted without `--delete`"
    );
    let done = desk(Some(&endpoint), &["import", folder.path(), "--yes", "--delete"]).await;
    assert_eq!(done.code, 0, "{}", done.err);
    assert!(rows_of(&store, "desk-agents", "AgentId", "noor@example.com").await.is_none());
}

#[tokio::test(flavor = "multi_thread")]
async fn import_refuses_a_folder_with_an_error() {
    let store = sample_store().await;
    let agents = json!([{ "AgentId": "good@example.com", "Rosters": ["seoul"] }, { "AgentId": "bad@example.com", "Shifts": "@seoul-ofice" }]);
    let folder = Folder::new("refused", &[("agents.json", agents)]);
    let done = desk(Some(&store.endpoint()), &["import", folder.path(), "--yes"]).await;
    assert_eq!(done.code, 1);
    assert!(
        done.err.contains("nothing was written")
            && done.err.contains("did you mean `@seoul-office`"),
        "{}",
        done.err
    );
    assert!(rows_of(&store, "desk-agents", "AgentId", "good@example.com").await.is_none());
    // Also when the key is longer than what a finding repeats of it.
    let long = "x".repeat(300);
    let folder = Folder::new(
        "refused-long",
        &[("agents.json", json!([{ "AgentId": long, "Rosters": ["seoul"], "Weight": 101 }]))],
    );
    let done = desk(Some(&store.endpoint()), &["import", folder.path(), "--yes"]).await;
    assert!(
        done.code == 1 && done.err.contains("nothing was written"),
        "{} {}",
        done.out,
        done.err
    );
    assert!(rows_of(&store, "desk-agents", "AgentId", &long).await.is_none());
    let done = desk(None, &["check", "--rows", folder.path(), AT[0], AT[1]]).await;
    assert!(
        done.code == 1 && done.out.contains("\"Weight\": 101"),
        "the row is shown: {}",
        done.out
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn customers_from_csv_are_merged() {
    let store = sample_store().await;
    let folder = Folder::new("csv", &[]);
    let file = folder.0.join("vips.csv");
    std::fs::write(
        &file,
        "\u{feff}ClientUserId,Segments,Owner\nvip-1,vip; early,\nnew-1,vip,jun@example.com\n",
    )
    .unwrap();
    let done =
        desk(Some(&store.endpoint()), &["import", "--csv", file.to_str().unwrap(), "--yes"]).await;
    assert_eq!(done.code, 0, "{}", done.err);
    insta::assert_snapshot!("import-csv", done.out.replace(&store.endpoint(), "ENDPOINT"));
    let merged = rows_of(&store, "desk-customers", "ClientUserId", "vip-1").await.unwrap();
    assert_eq!(
        (&merged["Owner"], &merged["Language"]),
        (&Attribute::S("minji@example.com".into()), &Attribute::S("ko".into()))
    );
    std::fs::write(&file, "User,Segments\nu,vip\n").unwrap();
    let done =
        desk(Some(&store.endpoint()), &["import", "--csv", file.to_str().unwrap(), "--yes"]).await;
    assert!(
        done.err.contains("there is no column `ClientUserId`; the columns are User, Segments"),
        "{}",
        done.err
    );
}

#[tokio::test]
async fn help_of_every_command() {
    let mut text = desk(None, &["--help"]).await.out;
    let commands: Vec<String> = text
        .lines()
        .skip_while(|line| *line != "Commands:")
        .skip(1)
        .take_while(|line| !line.is_empty())
        .filter_map(|line| line.split_whitespace().next().map(str::to_owned))
        .filter(|command| command != "help")
        .collect();
    assert!(commands.len() >= 6, "{commands:?}");
    for command in commands {
        text += &format!(
            "\n$ cargo desk {command} --help\n{}",
            desk(None, &[&command, "--help"]).await.out
        );
    }
    insta::assert_snapshot!("help", text);
}

/// 400 requests through a day, and lines that are none.
fn some_requests() -> String {
    let mut text = "session_id,client_user_id,platform,time\n".to_owned();
    for n in 0..400 {
        let user = match n % 20 {
            0 => "vip-1".to_owned(),
            1 => "user-de".to_owned(),
            _ => format!("user-{n}"),
        };
        text += &format!(
            "session-{n},{user},iOS,2026-11-24T{:02}:{:02}:00+09:00\n",
            n * 24 / 400,
            n % 60
        );
    }
    text + ",,,\n"
}

#[tokio::test]
async fn replay_in_words() {
    let folder = Folder::new("replay", &[]);
    let file = folder.0.join("requests.csv");
    std::fs::write(&file, some_requests()).unwrap();
    let file = file.to_str().unwrap();
    let done = desk(None, &["replay", "--rows", SAMPLES, file]).await;
    assert_eq!(done.code, 0, "{}", done.err);
    insta::assert_snapshot!("replay", done.out);
    // The German speakers' rule goes away: only theirs change, and a day's rotation goes on as it
    // was.
    for name in ["rules.json", "agents.json", "calendars.json", "customers.json"] {
        std::fs::copy(Path::new(SAMPLES).join(name), folder.0.join(name)).unwrap();
    }
    let rules = std::fs::read_to_string(folder.0.join("rules.json")).unwrap();
    std::fs::write(
        folder.0.join("rules.json"),
        rules.replace(r#""RuleId": "german","#, r#""RuleId": "german", "Enabled": false,"#),
    )
    .unwrap();
    let done = desk(None, &["replay", "--rows", SAMPLES, "--against", folder.path(), file]).await;
    assert_eq!(done.code, 0, "{}", done.err);
    insta::assert_snapshot!("replay-against", done.out);
    let done =
        desk(None, &["replay", "--rows", SAMPLES, "--against", folder.path(), "--json", file])
            .await;
    let lines: Vec<Value> =
        done.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let changed: Vec<&Value> = lines.iter().filter(|line| line["changed"] == true).collect();
    assert_eq!((lines.len(), changed.is_empty()), (400, false));
    assert!(
        changed
            .iter()
            .all(|line| line["client_user_id"] == "user-de"
                && line["decision"]["rule_id"] == "german"),
        "{changed:?}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn send_to_a_webhook_and_to_none() {
    let store = sample_store().await;
    let settings = desk_cli::command::serve::sample_settings(&store.endpoint(), |_| None).unwrap();
    let tables = desk_router::store::Tables::with_credentials(
        &settings,
        Some(desk_cli::embedded::credentials()),
    );
    let webhook = desk_router::webhook::Webhook::new(
        settings,
        tables,
        desk_router::report::Log::new(Box::new(|_| {}), true),
    );
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap());
    tokio::spawn(
        async move { axum::serve(listener, desk_cli::command::serve::app(webhook)).await },
    );
    let done = desk(None, &["send", &url]).await;
    assert_eq!(done.code, 0, "{} {}", done.out, done.err);
    assert!(
        done.out.contains("200 in ") && done.out.contains(r#"{"ActionStatus":"OK""#),
        "{}",
        done.out
    );
    assert!(done.out.ends_with("This is an answer that Desk can use.\n"), "{}", done.out);
    let done = desk(None, &["send", &url, "--token", "wrong"]).await;
    assert_eq!(done.code, 1);
    assert!(
        done.out.contains("403 in ") && done.out.contains("refused as not authentic"),
        "{}",
        done.out
    );
    let done = desk(None, &["send", "http://127.0.0.1:1/secretpath0000000"]).await;
    assert_eq!(done.code, 1);
    assert!(
        done.out.contains("the address cannot be reached") && !done.out.contains("Sign="),
        "{}",
        done.out
    );
    let done = desk(None, &["send", "webhook"]).await;
    assert!(done.out.contains("this is no URL"), "{}", done.out);
}

/// A row that somebody edits between the diff and the write is left alone, and named; the rest is
/// written.
#[tokio::test(flavor = "multi_thread")]
async fn a_row_edited_meanwhile_is_left_alone() {
    use desk_cli::changes::changes;
    use desk_cli::live::Live;
    use desk_cli::write::write;
    use routing::rows::{Table, Value as RowValue};
    let store = sample_store().await;
    let settings = desk_cli::command::serve::sample_settings(&store.endpoint(), |_| None).unwrap();
    let live = Live::with_client(store.client().clone(), &settings);
    let before = live.rows(Table::Agents).await.unwrap();
    let mut after = before.clone();
    for row in &mut after {
        row.insert("Weight".into(), RowValue::Number("9".into()));
    }
    let diff = changes(Table::Agents, &before, &after, false);
    // One row gets another value, one an attribute that was not there, one is deleted.
    for (key, attribute, value) in
        [("jun@example.com", "Weight", "3"), ("anna@example.com", "Tier", "2")]
    {
        let update = store
            .client()
            .update_item()
            .table_name("desk-agents")
            .key("AgentId", Attribute::S(key.into()));
        let update =
            update.update_expression("SET #a = :v").expression_attribute_names("#a", attribute);
        update.expression_attribute_values(":v", Attribute::N(value.into())).send().await.unwrap();
    }
    store
        .client()
        .delete_item()
        .table_name("desk-agents")
        .key("AgentId", Attribute::S("noor@example.com".into()))
        .send()
        .await
        .unwrap();
    let error = write(&live, diff).await.unwrap_err().to_string();
    assert!(error.starts_with("3 of 6 rows were changed by somebody else"), "{error}");
    for key in ["jun@example.com", "anna@example.com", "noor@example.com"] {
        assert!(error.contains(&format!("agents `{key}`")), "{error}");
    }
    let weight = async |key: &str| {
        rows_of(&store, "desk-agents", "AgentId", key)
            .await
            .and_then(|row| row.get("Weight").cloned())
    };
    assert_eq!(weight("minji@example.com").await, Some(Attribute::N("9".into())));
    assert_eq!(weight("jun@example.com").await, Some(Attribute::N("3".into())));
    assert_eq!((weight("anna@example.com").await, weight("noor@example.com").await), (None, None));
}

/// Many rows, in a reasonable time; and again with nothing left to do.
#[tokio::test(flavor = "multi_thread")]
async fn ten_thousand_customers() {
    let store = Embedded::start(0).await.unwrap();
    let folder = Folder::new("many", &[]);
    let rows: Vec<Value> = (0..10_000)
        .map(|n| json!({ "ClientUserId": format!("user-{n:05}"), "Segments": ["vip"] }))
        .collect();
    std::fs::write(folder.0.join("customers.json"), Value::from(rows).to_string()).unwrap();
    let started = std::time::Instant::now();
    let done = desk(Some(&store.endpoint()), &["import", folder.path(), "--yes"]).await;
    assert!(done.out.ends_with("10000 rows written.\n"), "{}", done.err);
    println!("10,000 rows imported in {:?}", started.elapsed());
    let done = desk(Some(&store.endpoint()), &["import", folder.path(), "--yes"]).await;
    assert!(done.out.ends_with("\nNothing to write.\n") && done.code == 0, "{}", done.err);
}
