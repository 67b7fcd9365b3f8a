//! How the commands behave at a terminal and in a pipe.

use serde_json::json;

use super::*;

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

/// `desk … | head`: whoever stops reading ends the command, quietly.
#[tokio::test]
async fn a_closed_pipe_ends_quietly() {
    for arguments in [
        vec!["coverage", "--rows", SAMPLES, "--who"],
        vec!["check", "--rows", SAMPLES],
        vec!["explain", "--rows", SAMPLES, "--user", "u", "--json"],
        vec!["sign"],
    ] {
        let mut command = command(None, &arguments);
        let mut process = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        drop(process.stdout.take());
        let output = process.wait_with_output().await.unwrap();
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success() && said.is_empty(), "{arguments:?}: {said}");
    }
}

/// The hash belongs to the secret, as any other tool computes it.
#[tokio::test]
async fn a_new_path_secret_and_its_hash() {
    let said = [desk(None, &["secret"]).await.out, desk(None, &["secret"]).await.out];
    let parts = said.each_ref().map(|said| {
        let shown: Vec<&str> = said.lines().filter_map(|line| line.strip_prefix("  ")).collect();
        let [secret, hash, url] = shown[..] else { panic!("{said}") };
        assert_eq!(url, format!("/{secret}"));
        assert_eq!(hash, hex::encode(desk_router::tencent::path_secret_hash(secret)));
        secret
    });
    assert_ne!(parts[0], parts[1]);
}

/// What rows and records hold cannot steer the terminal.
#[tokio::test]
async fn no_control_characters_out_of_rows() {
    let evil = "a\u{1b}[2J\u{9b}1m\u{202e}z";
    let rules = json!([
        { "RuleId": evil, "Priority": 1, "Rosters": [evil], "Platforms": [evil] },
        { "RuleId": "next", "Priority": 1, (evil): 1, "AgentGroupId": 1 },
    ]);
    let folder = Folder::new("evil", &[("rules.json", rules)]);
    let page = folder.0.join("page.html");
    let rows = ["--rows", folder.path()];
    let record = json!({
        "time": "2026-11-24T01:00:00Z", "session_id": evil, "client_user_id": evil, "rule_id": evil,
        "reason": evil,
    });
    for arguments in [
        vec!["check"],
        vec!["check", "--json"],
        vec!["explain", "--user", evil],
        vec!["explain", "--user", evil, "--json"],
        vec!["explain", "--record", &record.to_string()],
        vec!["coverage", "--who", "--html", page.to_str().unwrap()],
    ] {
        let done = desk(None, &[&arguments[..], &rows[..]].concat()).await;
        let text = done.out + &done.err;
        assert!(!text.is_empty(), "{arguments:?}");
        for c in ['\u{1b}', '\u{9b}', '\u{202e}'] {
            assert!(!text.contains(c), "{arguments:?}: {c:?} in {text}");
        }
    }
    let html = std::fs::read_to_string(page).unwrap();
    assert!(!html.contains('\u{202e}') && !html.contains('\u{1b}'));
}

/// One sentence, with what to do, and nothing of the SDK.
#[tokio::test(flavor = "multi_thread")]
async fn missing_tables_and_credentials() {
    let store = sample_store().await;
    let endpoint = store.endpoint();
    let said = async |change: &dyn Fn(&mut tokio::process::Command)| {
        let mut command = command(Some(&endpoint), &["check"]);
        change(&mut command);
        let output = command.output().await.unwrap();
        assert!(!output.status.success());
        String::from_utf8_lossy(&output.stderr).into_owned()
    };
    let no_table = said(&|command| {
        command.env("AGENTS_TABLE", "nowhere");
    })
    .await;
    let no_credentials = said(&|command| {
        command.env_remove("AWS_ACCESS_KEY_ID").env("AWS_EC2_METADATA_DISABLED", "true");
    })
    .await;
    let no_region = said(&|command| {
        command.env_remove("AWS_REGION").env("AWS_EC2_METADATA_DISABLED", "true");
    })
    .await;
    let no_history = {
        let mut command = command(Some(&endpoint), &["history"]);
        let output = command.env_remove("HISTORY_TABLE").output().await.unwrap();
        String::from_utf8_lossy(&output.stderr).into_owned()
    };
    for (said, expected) in [
        (no_table, "reading the table `nowhere`: there is no such table here"),
        (no_credentials, "there are no AWS credentials: log in"),
        (no_region, "there is no AWS region: set AWS_REGION"),
        (no_history, "HISTORY_TABLE is not set"),
    ] {
        assert!(said.contains(expected) && said.lines().count() == 1, "{said}");
        for dump in ["Error {", "SdkError", "source:", "os error"] {
            assert!(!said.contains(dump), "{said}");
        }
    }
}
