//! A hold: who holds what is live and why, for how long, and its end.

use routing::rows::Table;
use serde_json::json;

use super::*;

#[tokio::test(flavor = "multi_thread")]
async fn a_hold_is_told_by_the_row_the_tool_the_log_and_the_alarm() {
    let (store, mut desk) = live(2).await;
    desk.handle(json!({ "Hold": { "Why": "we move a team", "By": "kim" } })).await;
    let since = minutes_from(desk.now, 0);
    let held = format!("held by kim since {since}: we move a team; `desk publish` ends the hold");
    assert_eq!(logged(&desk, "release_held"), Some(("WARN".into(), held.clone())));
    assert_eq!(said(&desk, Table::Rules, "all").await, "ok", "nobody edited yet");

    // One row is edited; all agents are deleted. Under a hold neither is live, nor an accident.
    desk.edit(Table::Rules, rule(2)).await;
    for n in 0..2 {
        desk.delete(Table::Agents, &format!("agent-{n}")).await;
    }
    desk.pump().await;
    let row = said(&desk, Table::Rules, "all").await;
    assert!(row.contains(&format!("WAITS: release 1 stays live, {held}")), "{row}");
    let tool = format!(
        "Release 1 is live.\nHELD by kim since {since}: we move a team\n\
         \x20 Edits wait. `cargo desk publish` publishes the rows and ends the hold.\n\
         \x20 `cargo desk releases --diff live rows` shows what would change.\n"
    );
    let listed = releases(&store, &[]).await;
    assert!(listed.starts_with(&tool), "{listed}");
    assert_eq!(numbers(&desk), [Some(0), Some(0), Some(1)]);
    assert_eq!(logged(&desk, "release_waits"), None);

    // After four hours the alarm, and a line, at each look.
    desk.wait_minutes(4 * 60 - 1);
    desk.handle(json!({ "Look": {} })).await;
    assert_eq!((numbers(&desk)[1], logged(&desk, "release_held_long")), (Some(0), None));
    desk.wait_minutes(1);
    desk.handle(json!({ "Look": {} })).await;
    assert_eq!(numbers(&desk)[1], Some(1));
    assert_eq!(logged(&desk, "release_held_long"), Some(("WARN".into(), held)));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_end_of_a_hold_is_told_and_ends_the_alarm() {
    let (store, mut desk) = live(2).await;
    desk.handle(json!({ "Hold": { "Why": "we move a team", "By": "kim" } })).await;
    desk.edit(Table::Rules, rule(2)).await;
    desk.pump().await;
    desk.wait_minutes(5 * 60);
    desk.handle(json!({ "Look": {} })).await;
    assert_eq!(numbers(&desk)[1], Some(1));
    desk.handle(json!({ "Publish": {} })).await;
    assert_eq!(said(&desk, Table::Rules, "all").await, "ok");
    let listed = releases(&store, &[]).await;
    assert!(listed.starts_with("Release 2 is live.\nLast compared"), "{listed}");
    let text = "release 2 is live: 1 rules, 2 agents";
    assert_eq!(logged(&desk, "release_published"), Some(("INFO".into(), text.into())));
    desk.handle(json!({ "Look": {} })).await;
    assert_eq!(numbers(&desk), [Some(0), Some(0), Some(1)]);
}

/// A publish that finds an accident publishes nothing and ends nothing, and says so.
#[tokio::test(flavor = "multi_thread")]
async fn a_hold_outlasts_a_publish_that_is_refused() {
    let (store, mut desk) = live(2).await;
    desk.handle(json!({ "Hold": { "Why": "we move a team", "By": "kim" } })).await;
    let since = minutes_from(desk.now, 0);
    for n in 0..2 {
        desk.delete(Table::Agents, &format!("agent-{n}")).await;
    }
    desk.edit(Table::Rules, rule(2)).await;
    desk.pump().await;
    let refused = desk.handle(json!({ "Publish": {} })).await;
    let text = "nothing is published, and the hold stays: all 2 agents are gone, which looks like \
                an accident; `desk publish --force` publishes it and ends the hold";
    assert_eq!((&refused["Text"], &refused["Done"]), (&json!(text), &json!(false)));
    assert_eq!((&refused["Hold"]["By"], &refused["Ended"]), (&json!("kim"), &json!(null)));
    assert_eq!(logged(&desk, "release_waits"), Some(("WARN".into(), text.into())));
    let row = said(&desk, Table::Rules, "all").await;
    let held = format!("WAITS: release 1 stays live, held by kim since {since}: we move a team");
    assert!(row.contains(&held), "{row}");
    let listed = releases(&store, &[]).await;
    assert!(listed.starts_with("Release 1 is live.\nHELD by kim since "), "{listed}");
    // No time makes it good: nobody looks for an accident under a hold, so it raises no alarm.
    desk.wait_minutes(60);
    assert_eq!(desk.handle(json!({ "Look": {} })).await["Outcome"], "Held");
    assert_eq!(numbers(&desk), [Some(0), Some(0), Some(1)]);
    let forced = desk.handle(json!({ "Publish": { "Force": true } })).await;
    assert_eq!((&forced["Outcome"], &forced["Ended"]["By"]), (&json!("Published"), &json!("kim")));
}

/// A hold that ends without a release says so, too.
#[tokio::test(flavor = "multi_thread")]
async fn a_hold_without_edits_ends_without_a_release() {
    let (store, desk) = live(2).await;
    desk.handle(json!({ "Hold": { "Why": "in case", "By": "kim" } })).await;
    let ended = desk.handle(json!({ "Publish": {} })).await;
    let text = "the hold is ended; nothing to publish: release 1 is what the rows say";
    assert_eq!((&ended["Text"], &ended["Done"]), (&json!(text), &json!(true)));
    assert!(releases(&store, &[]).await.starts_with("Release 1 is live.\nLast compared"));
    assert_eq!(desk.lines("release_published").len(), 1, "no other release");
}
