//! `desk releases`, `publish`, `hold` and whatever else goes by releases, over `desk serve`.

use serde_json::json;

use super::running::{Desk, rows, timeless};
use super::*;

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

    // Whoever looks at what is live is told the same by each command.
    let check = desk.run(&["check", "--release", "live"]).await;
    let wrong = "the row was in error when this was published, so its version of before is in the \
        release: `Segmnets`: no such attribute";
    assert!(check.code == 1 && check.out.contains(wrong), "{}{}", check.out, check.err);
    assert!(check.out.contains("\n2 errors, "), "{}", check.out);
    let week = desk.good(&["coverage", "--release", "live"]).await.replace('\n', " ");
    assert!(week.contains("2 rows in error and used as in the live release"), "{week}");
    let one = desk.run(&["check", "--release", "live", "--row", "rules/rest"]).await;
    assert!(one.code == 1 && one.out.contains("row `always` (deleted"), "{}{}", one.out, one.err);

    // All agents are deleted: that waits.
    desk.delete("desk-agents", "AgentId", &["ann", "bob", "cho", "dan", "eve", "fay"]).await;
    let waits = desk.until("agents are gone").await;
    insta::assert_snapshot!("releases-wait", timeless(&waits));
    assert_eq!(desk.ask("v").await["AgentIdList"], vip);
    let done = desk.run(&["publish"]).await;
    let waits = done.code == 1 && done.out.contains("Asia/Seoul: all 6 agents are gone");
    assert!(waits, "{}{}", done.out, done.err);
    let by_rows = desk.good(&["explain", "--user", "v"]).await;
    assert!(by_rows.contains("with `--release live` you see what is"), "{by_rows}");
    let live = desk.good(&["explain", "--user", "v", "--release", "live"]).await;
    assert!(!live.contains("--release live"), "{live}");
    assert!(live.contains("by release") && live.contains("the rows WAIT since"), "{live}");
    let diff = desk.good(&["releases", "--diff", "live", "rows"]).await;
    assert!(diff.contains("- agents `cho` deleted"), "{diff}");
    let done = desk.run(&["releases", "--diff", "rows"]).await;
    let wrong = "Note: 2 rows in error and used as in the live release (`cargo desk check` says \
        why): rules `rest`, rules `vip`.";
    assert!(done.err.contains(wrong), "{}", done.err);
    let signs = "`-` is in release 3, which is live.\n`+` is in what the rows say now.\n";
    assert!(diff.starts_with(signs), "{diff}");
    assert_eq!(desk.good(&["releases", "--diff", "rows"]).await, diff, "what would change");

    // A publish that is refused leaves the hold: without it, what waits could go live by itself.
    desk.good(&["hold", "look first"]).await;
    let refused = desk.run(&["publish"]).await;
    let said = "Nothing is published, and the hold stays: all 6 agents are gone, which looks like \
                an accident; `desk publish --force` publishes it and ends the hold.\n";
    assert_eq!((refused.code, refused.out.as_str()), (1, said), "{}", refused.err);
    assert!(desk.good(&["releases"]).await.contains("HELD by kim"));

    // Forced, and back at once.
    let forced = desk.good(&["publish", "--force"]).await;
    assert!(forced.contains("is live, by force: ") && forced.contains("0 agents"), "{forced}");
    assert!(forced.contains("This ended the hold of kim: look first."), "{forced}");
    assert_eq!(desk.ask("v").await.get("AgentIdList"), None);
    let back = desk.good(&["publish", "--release", "1"]).await;
    assert!(back.contains("it is release 1 again, and held"), "{back}");
    assert_eq!(desk.ask("v").await["AgentIdList"], vip);
    insta::assert_snapshot!("releases-held", timeless(&desk.good(&["releases"]).await));
    let again = desk.good(&["publish", "--release", "1"]).await;
    let ended = "This ended the hold of kim: release 1 is live again. The new hold stands in its \
        place.\n";
    assert!(!back.contains("This ended") && again.ends_with(ended), "{back}{again}");
    let done = desk.run(&["hold", "again"]).await;
    assert!(done.code == 1 && done.out.starts_with("Already held by kim since"), "{}", done.out);

    // The rows are mended under the hold, which import does not end, and published.
    let done = desk.run(&["import", folder.path(), "--yes"]).await;
    assert!(done.out.contains("The rows wait for it."), "{}{}", done.out, done.err);
    let by = "The written rows go live when the hold of kim ends, by `cargo desk publish`.\n";
    assert!(done.out.ends_with(by), "{}", done.out);
    assert!(desk.good(&["releases"]).await.contains("HELD by kim"));
    let published = desk.good(&["publish"]).await;
    assert!(published.contains("release 6 is what the rows say"), "{published}");
    assert!(published.contains("This ended the hold of kim: "), "{published}");
    assert!(!desk.good(&["releases"]).await.contains("HELD"), "the hold is over");
    assert_eq!(desk.ask("v").await["AgentIdList"], vip);
    assert_eq!(
        desk.good(&["releases", "--diff", "1", "live"]).await,
        "No difference between release 1, and release 6, which is live.\n"
    );
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
    // Of one that is not kept, it is said first that this is another explanation.
    let lost = record(json!(9));
    let out = desk.good(&["explain", "--record", &lost]).await;
    let said = "Release 9 made this decision, but it cannot be read (release 9 is not kept";
    assert!(out.starts_with(said), "{out}");
    let out = desk.good(&["explain", "--record", &lost, "--json"]).await;
    let json: Value = serde_json::from_str(&out).unwrap();
    assert!(json["notes"][0].as_str().unwrap().starts_with(said), "{out}");
    // One that was decided by rows is explained by the rows as they were.
    let out = desk.good(&["explain", "--record", &record(json!(null))]).await;
    assert!(out.contains("by the rows as they were (3 changed since)"), "{out}");
    assert!(out.contains("says the same answer"), "{out}");

    // Back is one release too; an erased one is gone.
    let out = desk.good(&["rollback", "--to", &to.to_rfc3339(), "--yes"]).await;
    assert!(out.ends_with("Release 3 is live: 2 rules, 6 agents.\n3 rows put back.\n"), "{out}");
    let none = desk.good(&["releases", "--diff", "1", "3"]).await;
    assert_eq!(none, "No difference between release 1, and release 3, which is live.\n");
    let done = desk.run(&["releases", "--delete", "2"]).await;
    assert!(done.code == 1 && done.err.contains("nobody can be asked"), "{}", done.err);
    insta::assert_snapshot!("releases-delete", timeless(&done.out));
    let out = desk.good(&["releases", "--delete", "2", "--yes"]).await;
    assert!(out.ends_with("Release 2 is erased.\n"), "{out}");
    let done = desk.run(&["releases", "--delete", "2"]).await;
    assert!(done.code == 1 && done.out.starts_with("Release 2 is not kept"), "{}", done.out);
    let done = desk.run(&["releases", "--delete", "3", "--yes"]).await;
    assert!(done.code == 1 && done.out.contains("is live, so it is not erased"), "{}", done.out);
    let listed = desk.good(&["releases"]).await;
    assert!(listed.contains("\n      1  ") && !listed.contains("\n      2  "), "{listed}");

    // Of what is erased, another release may hold the same. The live one again is only held.
    let out = desk.good(&["releases", "--delete", "1", "--yes"]).await;
    let same = "Release 3 holds the same, and is kept.\n";
    assert!(out.ends_with(&format!("Release 1 is erased.\n{same}")), "{out}");
    assert_eq!(out.matches(same).count(), 2, "also before anybody is asked: {out}");
    let again = desk.good(&["publish", "--release", "3"]).await;
    let said = "Release 4 is live: it is release 3, which was live already, so only the number and \
                the hold are new; `desk publish` publishes the rows and ends the hold.\n";
    assert_eq!(again, said);
}

/// Requests are replayed by what is live, or by the rows: under a hold those differ.
#[tokio::test(flavor = "multi_thread")]
async fn a_replay_by_what_is_live() {
    let folder = rows("replay-live");
    let desk = Desk::start(&["--rows", folder.path()]).await;
    desk.good(&["hold", "rows to come"]).await;
    desk.put("desk-rules", json!({ "RuleId": "held", "Priority": 0, "AgentGroupId": 9 })).await;
    let requests = folder.0.join("requests.csv");
    std::fs::write(&requests, "session_id,client_user_id\ns,u\n").unwrap();
    let requests = requests.to_str().unwrap();
    for (arguments, rule, by) in [
        (&["replay", requests][..], "held ", "by the rows of the tables; release 1 is live"),
        (&["replay", requests, "--release", "live"], "rest ", "by release 1; release 1 is live"),
    ] {
        let replayed = desk.good(arguments).await;
        let all = |line: &&str| line.contains("100.0 %") && line.starts_with(rule);
        assert_eq!(replayed.lines().filter(all).count(), 1, "{arguments:?}: {replayed}");
        assert!(replayed.contains(by) && replayed.contains("HELD by kim"), "{replayed}");
    }

    // A rule that is only disabled is not said to be deleted.
    let off = json!({ "RuleId": "rest", "Priority": 1, "AgentGroupId": 1, "Enabled": false });
    desk.put("desk-rules", off).await;
    let diff = desk.good(&["releases", "--diff", "live", "rows"]).await;
    assert!(diff.contains("\n- rules `rest` not in force any more: disabled\n"), "{diff}");
    assert!(diff.ends_with("\n1 added, 0 changed, 0 deleted, 1 disabled\n"), "{diff}");
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
    let rules = json!([
        { "RuleId": "a", "Priority": 1, "AgentGroupId": 1 },
        { "RuleId": "b", "Priority": 2, "AgentGroupId": 1 },
    ]);
    let edits = Folder::new("unreached-edits", &[("rules.json", rules)]);
    let mut import = desk.command(&["import", edits.path(), "--yes"]);
    let output = import.env("OPERATOR_FUNCTION", "none").output().await.unwrap();
    let err = String::from_utf8(output.stderr).unwrap();
    assert!(!output.status.success() && err.contains("nothing was written"), "{err}");
    assert!(!desk.good(&["check"]).await.contains("`a`"));
}
