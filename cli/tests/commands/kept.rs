//! `desk serve --data`: what was edited just before it ended.

use std::time::Duration;

use serde_json::json;

use super::running::Desk;
use super::started::serve;
use super::*;

/// However it ends, an edit of its last moment is live at the next start, is in the history, and
/// can be put back.
#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn the_last_edits_are_in_the_history() {
    let folder = Folder::new("last-edits", &[]);
    let file = folder.0.join("rows.db");
    let file = file.to_str().unwrap();
    let start = async || {
        let (process, _, [webhook, endpoint]) = serve(&["--data", file]).await;
        Desk { process, webhook, endpoint }
    };
    let mut to = chrono::Utc::now();
    for (nth, signal) in ["-KILL", "-INT"].into_iter().enumerate() {
        let mut desk = start().await;
        if nth == 0 {
            to = chrono::Utc::now();
            tokio::time::sleep(Duration::from_millis(1_100)).await;
        }
        let id = format!("last{signal}");
        desk.put("desk-rules", json!({ "RuleId": id, "Priority": nth, "AgentGroupId": 42 })).await;
        let process = desk.process.id().unwrap().to_string();
        std::process::Command::new("kill").args([signal, &process]).status().unwrap();
        desk.process.wait().await.unwrap();
    }
    let desk = start().await;
    let history = desk.good(&["history"]).await;
    for (added, release) in [("rules `last-KILL` added", 2), ("rules `last-INT` added", 3)] {
        let with = format!("live with release {release}\n+ {added}");
        assert!(history.contains(&with), "{with}: {history}");
    }
    assert_eq!(history.matches(" added").count(), 2, "the samples are no edits: {history}");
    assert_eq!(desk.ask("anybody").await["AgentGroupId"], 42);
    let out = desk.good(&["rollback", "--to", &to.to_rfc3339(), "--yes"]).await;
    assert!(
        out.contains("\nRelease 4 is live: ") && out.ends_with("\n2 rows put back.\n"),
        "{out}"
    );
}
