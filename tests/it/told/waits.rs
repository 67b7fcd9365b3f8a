//! What looks like an accident: it waits, stands for 15 minutes, is forced, or is mended.

use routing::rows::Table;
use serde_json::json;

use super::*;

/// Seven of twelve agents are deleted, and a rule is edited after that.
async fn lost() -> (Embedded, Operating) {
    let (store, mut desk) = live(12).await;
    for n in 0..7 {
        desk.delete(Table::Agents, &format!("agent-{n}")).await;
    }
    desk.edit(Table::Rules, rule(2)).await;
    desk.pump().await;
    (store, desk)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_loss_that_waits_is_told_by_the_row_the_tool_the_log_and_the_alarm() {
    let (store, desk) = lost().await;
    let why = format!(
        "7 of 12 agents are gone, which looks like an accident; \
         it goes live after {} if the rows stay so, \
         or at once by `desk publish --force`",
        minutes_from(desk.now, 15)
    );
    let row = format!("ok, WAITS: release 1 stays live: {why}");
    assert_eq!(said(&desk, Table::Rules, "all").await, row);
    assert_eq!(said(&desk, Table::Agents, "agent-11").await, "ok", "nothing of it waits");
    let tool = format!(
        "Release 1 is live.\nThe rows WAIT since {}: {why}.\n\
         \x20 `cargo desk releases --diff live rows` shows what would change.\n",
        minutes_from(desk.now, 0)
    );
    let listed = releases(&store, &[]).await;
    assert!(listed.starts_with(&tool), "{listed}");
    let (level, line) = logged(&desk, "release_waits").unwrap();
    assert!(level == "WARN" && line.contains(&why), "{level}: {line}");
    assert_eq!(numbers(&desk), [Some(1), Some(0), Some(1)]);
}

#[tokio::test(flavor = "multi_thread")]
async fn another_edit_begins_the_15_minutes_anew_and_then_it_is_believed() {
    let (store, mut desk) = lost().await;
    desk.wait_minutes(10);
    desk.edit(Table::Rules, rule(3)).await;
    desk.pump().await;
    let until = minutes_from(desk.now, 15);
    assert!(said(&desk, Table::Rules, "all").await.contains(&format!("live after {until} if")));
    desk.wait_minutes(14);
    assert_eq!(desk.handle(json!({ "Look": {} })).await["Outcome"], "Waits");
    assert_eq!(desk.pointer().await.waiting.unwrap().looks, 2, "of the same rows");
    desk.wait_minutes(1);
    assert_eq!(desk.handle(json!({ "Look": {} })).await["Outcome"], "Published");

    assert_eq!(said(&desk, Table::Rules, "all").await, "ok");
    let listed = releases(&store, &[]).await;
    assert!(listed.starts_with("Release 2 is live.\nLast compared"), "{listed}");
    assert_eq!(line(&listed, 2), words("2 1 5 the rows did not change for 15 minutes"));
    let because =
        "release 2 is live, because the rows stayed as they are for 15 minutes: 1 rules, 5 agents";
    assert_eq!(logged(&desk, "release_published"), Some(("INFO".into(), because.into())));
    // The look after it ends the alarm.
    desk.handle(json!({ "Look": {} })).await;
    assert_eq!(numbers(&desk), [Some(0), Some(0), Some(1)]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_loss_that_is_forced_is_told_as_forced() {
    let (store, desk) = lost().await;
    let waits = desk.handle(json!({ "Publish": {} })).await;
    assert_eq!((&waits["Outcome"], &waits["Done"]), (&json!("Waits"), &json!(false)));
    desk.handle(json!({ "Publish": { "Force": true } })).await;
    assert_eq!(said(&desk, Table::Rules, "all").await, "ok");
    let listed = releases(&store, &[]).await;
    assert_eq!(line(&listed, 2), words("2 1 5 forced"));
    assert!(!listed.contains("WAIT"), "{listed}");
    let text = "release 2 is live, by force: 1 rules, 5 agents";
    assert_eq!(logged(&desk, "release_published"), Some(("INFO".into(), text.into())));
    desk.handle(json!({ "Look": {} })).await;
    assert_eq!(numbers(&desk), [Some(0), Some(0), Some(1)]);
}

/// All are gone: no time makes that good, and nothing says that it would.
#[tokio::test(flavor = "multi_thread")]
async fn a_total_loss_says_that_only_force_ends_it() {
    let (store, mut desk) = live(2).await;
    for n in 0..2 {
        desk.delete(Table::Agents, &format!("agent-{n}")).await;
    }
    desk.edit(Table::Rules, rule(2)).await;
    desk.pump().await;
    desk.wait_minutes(24 * 60);
    desk.handle(json!({ "Look": {} })).await;
    let why = "all 2 agents are gone, which looks like an accident; \
               it goes live only by `desk publish --force`";
    let row = said(&desk, Table::Rules, "all").await;
    let waits = format!("ok, WAITS: release 1 stays live: {why}; but `Rosters`: ");
    assert!(row.starts_with(&waits), "{row}");
    assert!(releases(&store, &[]).await.contains(&format!(": {why}.\n")));
    assert!(logged(&desk, "release_waits").unwrap().1.contains(why));
    assert_eq!(numbers(&desk), [Some(1), Some(0), Some(1)]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_loss_that_is_mended_waits_no_more() {
    let (store, mut desk) = lost().await;
    for n in 0..7 {
        desk.edit(Table::Agents, agent(n)).await;
    }
    desk.pump().await;
    assert_eq!(said(&desk, Table::Rules, "all").await, "ok");
    assert_eq!(said(&desk, Table::Agents, "agent-0").await, "ok");
    let listed = releases(&store, &[]).await;
    assert!(!listed.contains("WAIT"), "{listed}");
    assert_eq!(line(&listed, 2), words("2 1 12 rows were edited"));
    desk.handle(json!({ "Look": {} })).await;
    assert_eq!(numbers(&desk), [Some(0), Some(0), Some(1)]);
}
