//! `desk export` and `desk import`.

use aws_sdk_dynamodb::types::AttributeValue as Attribute;
use desk_cli::local::embedded::Embedded;
use serde_json::{Value, json};

use super::*;

#[tokio::test(flavor = "multi_thread")]
async fn export_then_import_changes_nothing() {
    let store = sample_store().await;
    // Kinds that files do not have, attributes of the deployment, and a number of many digits.
    for (name, value) in [
        ("Platforms", Attribute::Ss(vec!["iOS".into(), "Android".into()])),
        ("_Check", Attribute::S("ok".into())),
        ("Notes", Attribute::N("10.123456789012345678901234567890".into())),
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
        {
            "AgentId": "anna@example.com", "Rosters": ["berlin", "vip"], "Skills": ["german"],
            "Shifts": "@berlin-office", "Weight": 3,
        },
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
    assert!(done.out.contains("\n2 rows written.\n"), "{}", done.out);
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
    let agents = json!([
        { "AgentId": "good@example.com", "Rosters": ["seoul"] },
        { "AgentId": "bad@example.com", "Shifts": "@seoul-ofice" },
    ]);
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

/// Nothing is written where one of the tables is not there; the way out is one that helps.
#[tokio::test(flavor = "multi_thread")]
async fn customers_without_a_table_are_refused() {
    let store = sample_store().await;
    let folder = Folder::new("no-table", &[("customers.json", json!([{ "ClientUserId": "u" }]))]);
    let csv = folder.0.join("vips.csv");
    std::fs::write(&csv, "ClientUserId,Segments\nu,vip\n").unwrap();
    let endpoint = store.endpoint();
    for (arguments, is_folder) in [
        (vec!["import", folder.path(), "--yes"], true),
        (vec!["import", "--csv", csv.to_str().unwrap(), "--yes"], false),
    ] {
        let mut command = command(Some(&endpoint), &arguments);
        let done = done(command.env_remove("CUSTOMERS_TABLE").output().await.unwrap());
        assert_eq!(done.code, 1, "{}", done.out);
        assert!(
            done.err.contains("nothing was written: CUSTOMERS_TABLE is not set"),
            "{}",
            done.err
        );
        assert_eq!(done.err.contains("take `customers.json` away"), is_folder, "{}", done.err);
    }
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

/// A row that somebody edits between the diff and the write is left alone, and named; the rest is
/// written.
#[tokio::test(flavor = "multi_thread")]
async fn a_row_edited_meanwhile_is_left_alone() {
    use desk_cli::deployment::tables::LiveTables;
    use desk_cli::edits::changes::changes;
    use desk_cli::edits::write::write;
    use routing::rows::{Table, Value as RowValue};
    let store = sample_store().await;
    let settings = desk_cli::command::serve::sample_settings(&store.endpoint(), |_| None).unwrap();
    let live = LiveTables::with_client(store.client().clone(), &settings);
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
    assert!(error.contains("; the other 3 are written; repeat the command"), "{error}");
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

/// Many rows, in a reasonable time; and again with nothing left to do. Their table has no stream:
/// the embedded one's takes longer with each record in it.
#[tokio::test(flavor = "multi_thread")]
async fn ten_thousand_customers() {
    let store = Embedded::start(0).await.unwrap();
    store.create_table("desk-many", "ClientUserId").await.unwrap();
    let folder = Folder::new("many", &[]);
    let rows: Vec<Value> = (0..10_000)
        .map(|n| json!({ "ClientUserId": format!("user-{n:05}"), "Segments": ["vip"] }))
        .collect();
    std::fs::write(folder.0.join("customers.json"), Value::from(rows).to_string()).unwrap();
    let endpoint = store.endpoint();
    let import = async || {
        let mut command = command(Some(&endpoint), &["import", folder.path(), "--yes"]);
        done(command.env("CUSTOMERS_TABLE", "desk-many").output().await.unwrap())
    };
    let started = std::time::Instant::now();
    let done = import().await;
    assert!(done.out.contains("\n10000 rows written.\n"), "{}", done.err);
    assert!(done.out.contains("\n… and 9950 more of customers (`--all` shows them)\n"));
    assert!(done.out.lines().count() < 300, "a bounded number of lines");
    assert_eq!(done.err, "", "no progress in a pipe");
    println!("10,000 rows imported in {:?}", started.elapsed());
    let done = import().await;
    assert!(done.out.ends_with("\nNothing to write.\n") && done.code == 0, "{}", done.err);
}
