//! `desk serve` as a new user meets it.

use std::time::Duration;

use tokio::io::{AsyncBufReadExt, AsyncReadExt, BufReader};

use serde_json::json;

use super::started::{client_of, serve, serve_with, until};
use super::*;

/// An edit changes the answer, `_Check` and history show it, and it goes back.
#[tokio::test(flavor = "multi_thread")]
async fn the_first_minute() {
    let (mut process, said, [webhook, endpoint]) = serve(&[]).await;
    for part in [
        "cargo desk sign",
        "AWS_DEFAULT_REGION=us-east-1",
        "desk-history",
        "Ctrl-C",
        "explain --record",
    ] {
        assert!(said.contains(part), "{part} in {said}");
    }
    let asked = std::cell::Cell::new(0);
    let ask = async || -> Value {
        asked.set(asked.get() + 1);
        let query = desk(None, &["sign"]).await.out;
        let url = format!("{webhook}/?{}", query.trim());
        let body = json!({
            "CallbackCommand": "ChatBot.OnAssignAgent", "SessionId": "session-1",
            "ClientUserId": "vip-1", "EventTime": chrono::Utc::now().timestamp_millis(),
        });
        let client = reqwest::Client::new().post(url).header("content-type", "application/json");
        let answer = client.body(body.to_string()).send().await.unwrap();
        serde_json::from_str(&answer.text().await.unwrap()).unwrap()
    };
    assert_eq!(ask().await["AgentGroupId"], 6521);
    // The sample rows were judged before it was ready.
    let export = async |name: &str| {
        let folder = Folder::new(name, &[]);
        desk(Some(&endpoint), &["export", folder.path()]).await;
        std::fs::read_to_string(folder.0.join("rules.json")).unwrap()
    };
    let before = export("served-before").await;
    let moment = chrono::Utc::now() + chrono::TimeDelta::milliseconds(10);
    tokio::time::sleep(Duration::from_millis(1_100)).await;
    // The printed edit, and the printed mistake.
    let edits: Vec<Value> = said
        .lines()
        .filter_map(|line| line.trim().strip_prefix("-d '")?.strip_suffix('\''))
        .filter(|body| body.contains("desk-rules"))
        .map(|body| serde_json::from_str(body).unwrap())
        .collect();
    assert_eq!(edits.len(), 2, "{said}");
    let rows: Vec<Value> = edits.iter().map(|edit| edit["Item"].clone()).collect();
    let folder = Folder::new("served-edit", &[("rules.json", json!([rows[0]]))]);
    let done = desk(Some(&endpoint), &["import", folder.path(), "--yes"]).await;
    let when = "1 row written.\nWithout releases (RELEASES_TABLE is not set) it goes live within ";
    assert!(done.out.contains(when), "{} {}", done.out, done.err);
    until("a release with the edit", async || (ask().await["AgentGroupId"] == 42).then_some(()))
        .await;
    let raw = reqwest::Client::new()
        .post(&endpoint)
        .header("content-type", "application/x-amz-json-1.0")
        .header("x-amz-target", "DynamoDB_20120810.PutItem")
        .header(
            "authorization",
            "AWS4-HMAC-SHA256 Credential=local/20261124/us-east-1/dynamodb/aws4_request, \
            SignedHeaders=host, Signature=0",
        )
        .header("x-amz-date", "20261124T000000Z")
        .body(edits[1].to_string());
    let answer = raw.send().await.unwrap();
    assert!(answer.status().is_success(), "{}", answer.text().await.unwrap());
    let mut lines = BufReader::new(process.stderr.as_mut().unwrap()).lines();
    let verdict = until("the mistake's `_Check`", async || {
        let line = lines.next_line().await.unwrap().unwrap();
        line.contains("rules `typo` _Check").then_some(line)
    })
    .await;
    assert!(verdict.contains("Platforms"), "{verdict}");
    let shown = until("history", async || {
        let done = desk(Some(&endpoint), &["history"]).await;
        (done.out.contains("`first` added") && done.out.contains("`typo` added")).then_some(done)
    })
    .await;
    assert!(!shown.out.contains("`vip` added"), "the samples are no edits: {}", shown.out);
    let to = moment.to_rfc3339();
    let done = desk(Some(&endpoint), &["rollback", "--to", &to, "--yes"]).await;
    assert!(done.out.contains("\n2 rows put back.\n"), "{} {}", done.out, done.err);
    assert_eq!(export("served-after").await, before);
    process.start_kill().unwrap();
    let mut out = String::new();
    process.stdout.as_mut().unwrap().read_to_string(&mut out).await.unwrap();
    let lines: Vec<&str> = out.lines().collect();
    assert_eq!(lines.len(), asked.get(), "one line a callback, and nothing else: {out}");
    let last = lines.last().unwrap();
    assert!(last.contains("rule `first` → group 42") && last.contains(", release "), "{out}");
}

/// The rows of a file are there again, and a taken port says what to do.
#[tokio::test(flavor = "multi_thread")]
async fn data_is_kept_and_a_taken_port_is_told() {
    let folder = Folder::new("data", &[]);
    let file = folder.0.join("rows.db");
    let file = file.to_str().unwrap();
    let (mut process, said, [webhook, endpoint]) = serve(&["--data", file]).await;
    let port: u16 = webhook.rsplit(':').next().unwrap().parse().unwrap();
    assert!(said.contains("Rows are kept in"), "{said}");
    let rules = json!([{ "RuleId": "mine", "Priority": 3, "AgentGroupId": 7 }]);
    let rows = Folder::new("data-rows", &[("rules.json", rules)]);
    desk(Some(&endpoint), &["import", rows.path(), "--yes"]).await;
    let taken = desk(None, &["serve", "--port", &port.to_string(), "--dynamodb-port", "0"]).await;
    let hint = format!("or choose another port: `--port {}`", port.checked_add(1).unwrap_or(9100));
    assert!(taken.code == 1 && taken.err.contains(&hint), "{}", taken.err);
    let second = ["serve", "--port", "0", "--dynamodb-port", "0", "--data", file];
    let done = desk(None, &second).await;
    let hint = "is in use by another `cargo desk serve`; end that one, or choose another file";
    assert!(done.code == 1 && done.err.contains(hint), "{}", done.err);
    process.start_kill().unwrap();
    process.wait().await.unwrap();
    let (mut process, _, [_, endpoint]) = serve(&["--data", file]).await;
    let out = Folder::new("data-out", &[]);
    desk(Some(&endpoint), &["export", out.path()]).await;
    let rules = std::fs::read_to_string(out.0.join("rules.json")).unwrap();
    assert!(rules.contains("\"mine\"") && rules.contains("\"vip\""), "{rules}");
    process.start_kill().unwrap();
    process.wait().await.unwrap();
    let refused =
        ["serve", "--port", "0", "--dynamodb-port", "0", "--data", file, "--rows", SAMPLES];
    let done = desk(None, &refused).await;
    assert!(done.code == 1 && done.err.contains("has rows already"), "{}", done.err);
}

/// Rows in error are named at the start, those that no table takes are refused with their line, and
/// what keeps an earlier version is told from what is not used.
#[tokio::test(flavor = "multi_thread")]
async fn rows_in_error_are_told_at_the_start() {
    let good = json!({ "RuleId": "late", "Priority": 2, "AgentGroupId": 8 });
    let mut many = vec![
        json!({ "RuleId": "typo", "Priority": 1, "Platfroms": ["iOS"], "AgentGroupId": 7 }),
        good.clone(),
    ];
    let folder = Folder::new("wrong-rows", &[("rules.json", many.clone().into())]);
    let (_process, said, _) = serve(&["--rows", folder.path()]).await;
    let told =
        "\n1 row is in error and not used as it stands:\n  rules `typo`: NOT USED: `Platfroms`";
    assert!(said.contains(told) && said.contains("`Platforms`"), "{said}");
    many.extend((0..14).map(|n| json!({ "RuleId": format!("r{n:02}"), "AgentGroupId": 7 })));
    let folder = Folder::new("wrong-many", &[("rules.json", many.into())]);
    let file = folder.0.join("rows.db");
    let file = file.to_str().unwrap();
    let (mut process, said, [_, endpoint]) =
        serve(&["--rows", folder.path(), "--data", file]).await;
    assert!(said.contains("\n15 rows are in error and not used as they stand:\n"), "{said}");
    assert!(said.contains("… and 5 more; `cargo desk check` shows all"), "{said}");
    // A good row goes wrong while it is live: its version stays, and the next start says so.
    let client = client_of(&endpoint);
    let mut wrong = good;
    wrong["Hour"] = json!("24/7");
    let row = routing::rows::row_from_json(wrong.as_object().unwrap().clone());
    let put = client.put_item().table_name("desk-rules");
    put.set_item(Some(desk_router::store::item(&row))).send().await.unwrap();
    let lines = process.stderr.take().unwrap();
    let mut lines = BufReader::new(lines).lines();
    until("the verdict", async || {
        let line = lines.next_line().await.unwrap().unwrap();
        line.contains("rules `late` _Check: IN ERROR").then_some(())
    })
    .await;
    process.start_kill().unwrap();
    process.wait().await.unwrap();
    let (_process, said, _) = serve(&["--data", file]).await;
    let kept = "  rules `late`: IN ERROR, the version of release 1 stays in force: `Hour`";
    assert!(said.contains(kept) && said.contains("16 rows are in error"), "{said}");
    // Without a key there is no row.
    let rules = Folder::new("wrong-keyless", &[]);
    std::fs::write(rules.0.join("rules.json"), "[\n{ \"RuleId\": \"a\" },\n{ \"Ruleid\": \"b\" }]")
        .unwrap();
    let done = desk(None, &["serve", "--rows", rules.path(), "--port", "0"]).await;
    let line = "rules.json`, line 3: the row has no `RuleId` that is a text";
    assert!(done.code == 1 && done.err.contains(line), "{}", done.err);
}

/// The printed `curl` fits the locks: serve knows only the hash of a path secret, and not what the
/// other terminal has set.
#[tokio::test(flavor = "multi_thread")]
async fn the_printed_curl_fits_the_locks() {
    let secret = "samplesecret0000";
    let hash = hex::encode(desk_router::tencent::path_secret_hash(secret));
    let settings = [("PATH_SECRET_HASHES", hash.as_str()), ("CALLBACK_TOKENS", "mine")];
    let (_process, said, [webhook, _]) = serve_with(&[], &settings).await;
    let curl = format!("\"{webhook}/YOUR-PATH-SECRET?$(cargo desk sign)\"");
    assert!(said.contains(&curl), "{said}");
    assert!(said.contains("Put your path secret in place of YOUR-PATH-SECRET"), "{said}");
    assert!(said.contains("Set CALLBACK_TOKENS and SDK_APP_IDS there as you did here"), "{said}");
    let mut sign = command(None, &["sign"]);
    let query = done(sign.env("CALLBACK_TOKENS", "mine").output().await.unwrap()).out;
    let body = json!({
        "CallbackCommand": "ChatBot.OnAssignAgent", "SessionId": "s", "ClientUserId": "vip-1",
        "EventTime": chrono::Utc::now().timestamp_millis(),
    });
    let url = format!("{webhook}/{secret}?{}", query.trim());
    let client = reqwest::Client::new().post(url).header("content-type", "application/json");
    let answer = client.body(body.to_string()).send().await.unwrap().text().await.unwrap();
    assert!(answer.contains("6521"), "{answer}");
    let (_process, said, [webhook, _]) = serve(&[]).await;
    assert!(said.contains(&format!("\"{webhook}/?$(")) && !said.contains("SECRET."), "{said}");
}

/// With `LOG_USER_IDS=false`, no line tells who a user is: not at the start, and not of an edit.
#[tokio::test(flavor = "multi_thread")]
async fn lines_tell_no_user_where_they_must_not() {
    let customers = |key: &str| {
        json!([{ "ClientUserId": format!("user-{key}"), "Segmets": ["user-x"] },
               { "ClientUserId": format!("user-{key}-2"), "Segments": ["user-x"] }])
    };
    let rules = json!([
        { "RuleId": "typo", "Priority": 1, "ClientUserId": ["user-y"], "AgentGroupId": 7 },
        {
            "RuleId": "all", "Priority": 2, "ClientUserIdPrefixes": ["user-", "user-z"],
            "AgentGroupId": 8,
        },
    ]);
    let folder =
        Folder::new("untold", &[("rules.json", rules), ("customers.json", customers("a"))]);
    let settings = [("LOG_USER_IDS", "false")];
    let (mut process, said, [webhook, endpoint]) =
        serve_with(&["--rows", folder.path()], &settings).await;
    let told = "  customers `(not logged)`: NOT USED\n  rules `typo`: NOT USED\n";
    assert!(said.contains(told), "{said}");
    let query = desk(None, &["sign"]).await.out;
    let body = json!({
        "CallbackCommand": "ChatBot.OnAssignAgent", "SessionId": "s", "ClientUserId": "user-b",
        "EventTime": chrono::Utc::now().timestamp_millis(),
    });
    let url = format!("{webhook}/?{}", query.trim());
    let client = reqwest::Client::new().post(url).header("content-type", "application/json");
    let answer = client.body(body.to_string()).send().await.unwrap().text().await.unwrap();
    assert!(answer.contains('8'), "{answer}");
    let client = client_of(&endpoint);
    for row in customers("c").as_array().unwrap() {
        let row = routing::rows::row_from_json(row.as_object().unwrap().clone());
        let put = client.put_item().table_name("desk-customers");
        put.set_item(Some(desk_router::store::item(&row))).send().await.unwrap();
    }
    let mut lines = BufReader::new(process.stderr.take().unwrap()).lines();
    let (mut told, mut seen) = (Vec::new(), said);
    until("both verdicts", async || {
        let line = lines.next_line().await.unwrap().unwrap();
        seen += &line;
        told.extend(line.split_once(" customers ").map(|(_, verdict)| verdict.to_owned()));
        (told.len() == 2).then_some(())
    })
    .await;
    told.sort();
    let verdict = |check: &str| format!("`(not logged)` _Check: {check}");
    assert_eq!(told, [verdict("NOT USED"), verdict("ok")]);
    process.start_kill().unwrap();
    process.stdout.as_mut().unwrap().read_to_string(&mut seen).await.unwrap();
    assert!(seen.contains("session `s`: rule `all`"), "{seen}");
    for user in ["user-a", "user-b", "user-c", "user-x", "user-y", "user-z"] {
        assert!(!seen.contains(user), "{user} in {seen}");
    }
}
