//! What the history says became of edits that were never live, or were live before they were looked
//! at.

use std::time::Duration;

use chrono::Utc;
use desk_router::store::NeverLive;

use super::*;

fn rest(group: Value) -> Value {
    json!({ "RuleId": "rest", "Priority": 2, "AgentGroupId": group })
}

/// What became of a row's edits, and why they were never live.
async fn all(store: &Embedded, row: &str) -> Vec<(Option<WentLive>, Option<NeverLive>)> {
    history(store, row).await.iter().map(|item| (went_live(item), never_live(item))).collect()
}

/// Later than all that was done, also where times are told to the second.
async fn later(desk: &mut Operating) {
    tokio::time::sleep(Duration::from_millis(1_100)).await;
    desk.now = Utc::now();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_edited_again_before_a_look_was_never_live() {
    let (store, mut desk) = desk().await;
    for group in [8, 9] {
        desk.edit(Table::Rules, rest(json!(group))).await;
    }
    let new = json!({ "RuleId": "new", "Priority": 3, "AgentGroupId": 7 });
    desk.edit(Table::Rules, new).await;
    desk.delete(Table::Rules, "new").await;
    desk.pump().await;
    let replaced = (Some(WentLive::With(2)), Some(NeverLive::Replaced));
    assert_eq!(all(&store, "rules/rest").await[1..], [replaced, (Some(WentLive::With(2)), None)]);
    assert_eq!(all(&store, "rules/new").await[0], replaced);
    // Under a hold it waited, and changed again.
    desk.handle(json!({ "Hold": { "Why": "moving" } })).await;
    for group in [10, 11] {
        desk.edit(Table::Rules, rest(json!(group))).await;
    }
    desk.pump().await;
    let waited = (Some(WentLive::Waited(2)), None);
    assert_eq!(all(&store, "rules/rest").await[3..], [waited, waited]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_in_error_was_never_live() {
    let (store, mut desk) = desk().await;
    for (place, group) in [json!("x"), json!(8), json!("y")].into_iter().enumerate() {
        if place == 2 {
            desk.handle(json!({ "Hold": { "Why": "moving" } })).await;
        }
        desk.edit(Table::Rules, rest(group)).await;
        desk.pump().await;
    }
    let never: Vec<Option<NeverLive>> =
        all(&store, "rules/rest").await.into_iter().map(|(_, never)| never).collect();
    assert_eq!(never[1..], [Some(NeverLive::InError), None, Some(NeverLive::InError)]);
}

/// The rule is in error without its calendar, so its version of before stays live, and needs the
/// calendar. That the version is an earlier one makes a release.
#[tokio::test(flavor = "multi_thread")]
async fn a_deleted_calendar_that_rules_use_did_not_change_again() {
    let (store, mut desk) = desk().await;
    desk.delete(Table::Calendars, "office").await;
    desk.pump().await;
    let used = (Some(WentLive::With(2)), Some(NeverLive::Used));
    assert_eq!(all(&store, "calendars/office").await[1], used);
    // One that comes back, and goes again when no rule uses it, is deleted like any other.
    desk.edit(Table::Calendars, json!({ "CalendarId": "office", "Hours": "24/7" })).await;
    desk.pump().await;
    let day = json!({ "RuleId": "day", "Priority": 1, "Hours": "24/7", "Rosters": ["desk"] });
    desk.edit(Table::Rules, day).await;
    desk.delete(Table::Calendars, "office").await;
    desk.pump().await;
    let number = desk.pointer().await.number();
    let last = all(&store, "calendars/office").await.pop();
    assert_eq!(last, Some((Some(WentLive::With(number)), None)));
}

/// The records come late: somebody published the edit, and went back.
#[tokio::test(flavor = "multi_thread")]
async fn what_was_live_before_a_way_back_did_not_wait() {
    let (store, mut desk) = desk().await;
    later(&mut desk).await;
    desk.edit(Table::Rules, rest(json!(8))).await;
    let records = desk.records().await;
    assert_eq!(desk.handle(json!({ "Look": {} })).await["Outcome"], "Published");
    later(&mut desk).await;
    desk.handle(json!({ "Publish": { "Release": 1, "By": "lee" } })).await;
    desk.handle(json!({ "Records": records })).await;
    assert_eq!(all(&store, "rules/rest").await[1], (Some(WentLive::With(2)), None));
}

/// What an edit makes of the row was live before, in a release that cannot hold the edit.
#[tokio::test(flavor = "multi_thread")]
async fn no_release_before_a_way_back_holds_what_was_edited_after_it() {
    let (store, mut desk) = desk().await;
    desk.handle(json!({ "Hold": { "Why": "moving" } })).await;
    desk.edit(Table::Rules, rest(json!(8))).await;
    desk.pump().await;
    later(&mut desk).await;
    desk.handle(json!({ "Publish": { "Release": 1, "By": "lee" } })).await;
    later(&mut desk).await;
    desk.edit(Table::Rules, rest(json!(7))).await;
    desk.pump().await;
    assert_eq!(all(&store, "rules/rest").await[2], (Some(WentLive::With(2)), None));
    // Nor does one that had it before it was edited away.
    desk.handle(json!({ "Publish": {} })).await;
    desk.edit(Table::Rules, rest(json!(8))).await;
    desk.pump().await;
    assert_eq!(desk.pointer().await.number(), 3);
    desk.handle(json!({ "Hold": { "Why": "moving on" } })).await;
    later(&mut desk).await;
    desk.edit(Table::Rules, rest(json!(7))).await;
    desk.pump().await;
    assert_eq!(all(&store, "rules/rest").await[4], (Some(WentLive::Waited(3)), None));
}
