//! Back to an earlier release: live as a new number, and held.

use routing::rows::Table;
use serde_json::json;

use super::*;

#[tokio::test(flavor = "multi_thread")]
async fn an_earlier_release_made_live_again_is_told_by_the_row_the_tool_the_log_and_the_numbers() {
    let (store, mut desk) = live(2).await;
    desk.edit(Table::Rules, rule(2)).await;
    desk.edit(Table::Agents, agent(2)).await;
    desk.pump().await;
    assert_eq!(desk.pointer().await.number(), 2);
    let published = desk.lines.lock().unwrap().len();
    let back = desk.handle(json!({ "Publish": { "Release": 1, "By": "lee" } })).await;
    let text = "release 3 is live: it is release 1 again, and held; \
                `desk publish` publishes the rows and ends the hold";
    assert_eq!((&back["Text"], &back["Release"]), (&json!(text), &json!(3)));

    let since = minutes_from(desk.now, 0);
    let held = format!(
        "release 3 stays live, held by lee since {since}: \
         release 1 is live again; `desk publish` ends the hold"
    );
    for (table, key) in [(Table::Rules, "all"), (Table::Agents, "agent-2")] {
        assert_eq!(said(&desk, table, key).await, format!("ok, WAITS: {held}"), "{key}");
    }
    assert_eq!(said(&desk, Table::Agents, "agent-0").await, "ok", "it is as it was");
    let listed = releases(&store, &[]).await;
    let tool = format!("Release 3 is live.\nHELD by lee since {since}: release 1 is live again\n");
    assert!(listed.starts_with(&tool), "{listed}");
    assert_eq!(line(&listed, 3), words("3 1 2 release 1 again"));
    assert_eq!(line(&listed, 2), words("2 1 3 rows were edited"));
    assert_eq!(logged(&desk, "release_back"), Some(("WARN".into(), text.into())));
    let since_then = desk.lines.lock().unwrap()[published..].to_vec();
    assert!(since_then.iter().any(|line| line["ReleasePublished"] == 1), "{since_then:?}");
    assert_eq!(numbers(&desk), [Some(0), Some(0), Some(1)]);

    // Over the hold of somebody else, whose hold ended is told.
    assert_eq!(back["Ended"], json!(null));
    let again = desk.handle(json!({ "Publish": { "Release": 2, "By": "kim" } })).await;
    assert_eq!((&again["Hold"]["By"], &again["Ended"]["By"]), (&json!("kim"), &json!("lee")));

    // What is not kept is not live, and nothing is told of it.
    let none = desk.handle(json!({ "Publish": { "Release": 9 } })).await;
    assert_eq!((&none["Outcome"], &none["Done"]), (&json!("NoSuchRelease"), &json!(false)));
    assert_eq!(desk.lines("release_back").len(), 2);
}

/// A loss by going back is meant: what the rows say afterwards is compared with it alone.
#[tokio::test(flavor = "multi_thread")]
async fn going_back_to_fewer_rows_waits_for_nothing() {
    let (store, mut desk) = live(2).await;
    for n in 2..12 {
        desk.edit(Table::Agents, agent(n)).await;
    }
    desk.pump().await;
    desk.handle(json!({ "Publish": { "Release": 1, "By": "lee" } })).await;
    for n in 2..12 {
        desk.delete(Table::Agents, &format!("agent-{n}")).await;
    }
    desk.edit(Table::Rules, rule(2)).await;
    desk.pump().await;
    let published = desk.handle(json!({ "Publish": {} })).await;
    assert_eq!(published["Outcome"], "Published");
    assert_eq!(said(&desk, Table::Rules, "all").await, "ok");
    let number = desk.pointer().await.number();
    let listed = releases(&store, &[]).await;
    assert_eq!(line(&listed, number), words(&format!("{number} 1 2 rows were edited")));
    assert_eq!(logged(&desk, "release_waits"), None);
}
