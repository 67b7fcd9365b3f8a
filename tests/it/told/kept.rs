//! Which releases are kept, and what is erased.

use routing::release::{Form, Release, Store};
use routing::rows::Table;
use serde_json::json;

use testing::bad_tables::{Fault, Proxy};

use super::*;

/// Publishes so many releases, a minute apart.
async fn publish(desk: &mut Operating, many: u64) {
    for _ in 0..many {
        desk.wait_minutes(1);
        let group = desk.pointer().await.number() + 1;
        desk.edit(Table::Rules, rule(group)).await;
        assert_eq!(desk.handle(json!({ "Look": {} })).await["Outcome"], "Published");
    }
}

/// Whether all parts of a release are there, and none.
async fn parts(desk: &Operating, release: &Release) -> (bool, bool) {
    let mut parts = desk.releases().parts(release, Form::Typed).await.unwrap();
    parts.extend(desk.releases().parts(release, Form::Rows).await.unwrap());
    (parts.iter().all(Option::is_some), parts.iter().all(Option::is_none))
}

async fn listed(desk: &Operating) -> Vec<Release> {
    desk.releases().listed_before(u64::MAX, 200).await.unwrap()
}

/// Beyond the last 50 only the last of each hour is kept; what goes is gone with all its parts, and
/// neither rows nor alarms say anything of it.
#[tokio::test(flavor = "multi_thread")]
async fn releases_that_are_kept_no_longer_leave_the_list_and_the_table() {
    let (store, mut desk) = live(2).await;
    let first = desk.pointer().await.live.unwrap();
    // Whatever time it is, the next three are of one hour.
    let second = first.published_at.timestamp();
    desk.now = DateTime::from_timestamp(second - second % 3_600 + 3_600 + 600, 0).unwrap();
    publish(&mut desk, 3).await;
    let second = listed(&desk).await.into_iter().find(|release| release.number == 2).unwrap();
    let before = said(&desk, Table::Agents, "agent-0").await;
    // Two hours later, so that release 4 is the last of its hour.
    desk.wait_minutes(120);
    publish(&mut desk, 53).await;
    assert_eq!(desk.pointer().await.number(), 57);

    let kept: Vec<u64> = listed(&desk).await.iter().map(|release| release.number).collect();
    assert_eq!(kept[..50], (7..57).rev().collect::<Vec<_>>());
    assert!(kept[50..].contains(&4) && !kept.contains(&2), "{kept:?}");
    let tool = releases(&store, &["--all"]).await;
    assert!(line(&tool, 4).is_some() && line(&tool, 57).is_some(), "{tool}");
    assert_eq!(line(&tool, 2), None, "{tool}");
    let short = releases(&store, &[]).await;
    let older = format!("{} older ones are kept; `--all` shows them", kept.len() + 1 - 20);
    assert!(short.to_lowercase().contains(&older), "{short}");
    assert_eq!(parts(&desk, &second).await, (false, true), "of what is not listed nothing is left");
    assert_eq!(parts(&desk, &listed(&desk).await[0]).await, (true, false));
    assert_eq!(said(&desk, Table::Agents, "agent-0").await, before);
    assert_eq!(logged(&desk, "releases_not_removed"), None);
    assert_eq!(numbers(&desk), [Some(0), Some(0), Some(1)]);
    let gone = desk.handle(json!({ "Publish": { "Release": second.number } })).await;
    let text = "release 2 is not kept, or its parts are damaged: \
                `desk releases` lists those that are kept";
    assert_eq!((&gone["Outcome"], &gone["Text"]), (&json!("NoSuchRelease"), &json!(text)));

    // After a week only the last of each day is kept beside the last 50, and after 90 days none.
    for (days, is_kept) in [(6, true), (89, true), (91, false)] {
        let at = first.published_at + TimeDelta::days(days);
        desk.now = desk.now.max(at);
        publish(&mut desk, 51).await;
        let oldest = listed(&desk).await.last().unwrap().number;
        assert_eq!(oldest <= 57, is_kept, "{days} days: {oldest}");
    }
}

/// What could not be removed is told, keeps the look from nothing, and is removed by the next.
#[tokio::test(flavor = "multi_thread")]
async fn what_could_not_be_removed_is_logged_and_removed_by_the_next_look() {
    let (store, mut desk) = live(2).await;
    publish(&mut desk, 2).await;
    // A publisher noted what it was to publish, and ended.
    let note = routing::release::Content {
        id: "0".repeat(32),
        basis: desk.pointer().await.revision,
        parts: 1,
        noted_at: desk.now,
        is_gone: false,
    };
    assert!(desk.releases().register(&note).await.unwrap());
    desk.handle(json!({ "Look": {} })).await;
    assert_eq!(desk.releases().contents().await.unwrap().len(), 4, "it may be writing still");

    desk.wait_minutes(60);
    let proxy = Proxy::start(&store.endpoint()).await;
    let mut bad = Operating::start_at(&store, &proxy.endpoint(), true).await;
    bad.now = desk.now;
    // A look of nothing new makes seven requests before it cleans up: pointer, raise, part, three
    // tables, and the pointer.
    proxy.set_after(9, Some(Fault::NoTable));
    let look = bad.handle(json!({ "Look": {} })).await;
    assert_eq!(look["Outcome"], "Unchanged");
    let (level, text) = logged(&bad, "releases_not_removed").unwrap();
    assert!(level == "WARN" && text.contains("desk-releases"), "{level}: {text}");
    assert_eq!(desk.releases().contents().await.unwrap().len(), 4);
    proxy.calm();
    bad.handle(json!({ "Look": {} })).await;
    assert_eq!(desk.releases().contents().await.unwrap().len(), 3);
    assert_eq!(bad.lines("releases_not_removed").len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_erased_release_is_gone_from_list_and_table_and_the_log_says_so() {
    let (store, mut desk) = live(2).await;
    publish(&mut desk, 2).await;
    let first = listed(&desk).await.pop().unwrap();
    assert_eq!(first.number, 1);
    // A row in error, whose version is kept from a release that is erased afterwards.
    let typo = json!({ "AgentId": "agent-1", "Rosters": ["desk"], "Tier": "first" });
    desk.edit(Table::Agents, typo).await;
    desk.pump().await;
    let row = desk.check(Table::Agents, "agent-1").await;
    assert!(row.starts_with("IN ERROR, the version of release 3 stays in force: "), "{row}");
    publish(&mut desk, 1).await;
    assert_eq!(desk.pointer().await.number(), 4);

    let erased = desk.handle(json!({ "Erase": { "Release": 1 } })).await;
    assert_eq!((&erased["Done"], &erased["Text"]), (&json!(true), &json!("release 1 is erased")));
    desk.handle(json!({ "Erase": { "Release": 3 } })).await;
    assert_eq!(logged(&desk, "release_erased").unwrap().0, "WARN");
    assert_eq!(desk.lines("release_erased")[0]["message"], "release 1 is erased");
    assert_eq!(parts(&desk, &first).await, (false, true));
    let tool = releases(&store, &["--all"]).await;
    assert_eq!((line(&tool, 1), line(&tool, 3)), (None, None), "{tool}");
    assert!(line(&tool, 2).is_some(), "{tool}");

    // The live one cannot be erased; an erased one cannot come back; the rows say what they said.
    let live = desk.pointer().await.number();
    let is_live = desk.handle(json!({ "Erase": { "Release": live } })).await;
    let text = format!("release {live} is live, so it is not erased: publish another one first");
    assert_eq!((&is_live["Outcome"], &is_live["Text"]), (&json!("IsLive"), &json!(text)));
    assert_eq!(desk.lines("release_erased").len(), 2);
    let back = desk.handle(json!({ "Publish": { "Release": 1 } })).await;
    assert_eq!(back["Outcome"], "NoSuchRelease");
    desk.handle(json!({ "Look": {} })).await;
    assert_eq!(desk.check(Table::Agents, "agent-1").await, row, "what is live has the version");
    assert_eq!(numbers(&desk), [Some(0), Some(0), Some(1)]);
}
