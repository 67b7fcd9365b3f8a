//! What must be so after any edits by any processes: the last edits are live, every release is
//! whole and has its own number, and the history has each edit once, with the first release that
//! holds it.

use std::collections::BTreeMap;

use chrono::Utc;
use desk_cli::local::embedded::{Embedded, HISTORY_TABLE};
use desk_router::store::{WentLive, row_before, went_live};
use routing::release::{Form, Release, Settled, Store, decode, settle};
use routing::rows::{Row, Rows, Table, Value as RowValue, row_from_json, without_underscores};
use routing::snapshot::Snapshot;
use serde_json::Value;

use testing::operating::Operating;

/// An edit as it was made.
pub(super) struct Made {
    pub(super) table: Table,
    pub(super) key: String,
    /// What the row was.
    pub(super) before: Option<Row>,
    /// What no other edit of the row wrote; nothing where releases do not show the edit.
    pub(super) mark: Option<RowValue>,
    /// The release that was live before.
    pub(super) live: u64,
}

/// The attribute by which edits of a row are told apart.
fn mark_of(table: Table) -> &'static str {
    match table {
        Table::Rules => "AgentGroupId",
        Table::Agents => "Tier",
        Table::Calendars | Table::Customers => "Hours",
    }
}

/// Edits a row. `is_marked`: the row is good, and differs from all before in what tells edits
/// apart. Nothing was made where nothing changed.
pub(super) async fn edit(
    editor: &Operating,
    table: Table,
    json: Value,
    is_marked: bool,
) -> Option<Made> {
    let row = row_from_json(json.as_object().unwrap().clone());
    let key = table.key_of(&row).unwrap().to_owned();
    let live = editor.pointer().await.number();
    let before = editor.row(table, &key).await.as_ref().map(without_underscores);
    editor.edit(table, json).await;
    let mark = is_marked.then(|| row[mark_of(table)].clone());
    (before.as_ref() != Some(&row)).then_some(Made { table, key, before, mark, live })
}

/// All rows of a table.
pub(super) async fn all(store: &Embedded, table: &str) -> Vec<Row> {
    let mut pages = store.client().scan().table_name(table).into_paginator().items().send();
    let mut rows = Vec::new();
    while let Some(row) = pages.next().await {
        rows.push(desk_router::store::row(row.unwrap()));
    }
    rows
}

/// All releases there are, the earliest first: each whole, in both forms, with the next number.
async fn releases(desk: &Operating) -> Vec<(u64, Settled)> {
    let live = desk.pointer().await.live.unwrap();
    let mut all = desk.releases().listed_before(live.number, 1_000).await.unwrap();
    all.reverse();
    all.push(live);
    let bytes = async |release: &Release, form| {
        let parts = desk.releases().parts(release, form).await.unwrap();
        release.join(form, parts).unwrap()
    };
    let mut decoded = Vec::new();
    for (number, release) in (1..).zip(&all) {
        assert_eq!(release.number, number, "every number once");
        let settled = decode(&bytes(release, Form::Rows).await).unwrap();
        let typed = Snapshot::of_release(&bytes(release, Form::Typed).await).unwrap();
        assert_eq!(typed.version(), Snapshot::of(&settled, Utc::now()).version(), "{number}");
        decoded.push((number, settled));
    }
    decoded
}

/// What the history has, by row, the earliest first: what the row was, and what became of it.
async fn history(store: &Embedded) -> BTreeMap<String, Vec<(Option<Row>, Option<WentLive>)>> {
    let mut pages = store.client().scan().table_name(HISTORY_TABLE).into_paginator().items().send();
    let mut items = Vec::new();
    while let Some(item) = pages.next().await {
        items.push(item.unwrap());
    }
    let text = |item: &std::collections::HashMap<String, _>, name: &str| {
        let value: &aws_sdk_dynamodb::types::AttributeValue = &item[name];
        value.as_s().unwrap().clone()
    };
    items.sort_by_key(|item| text(item, "ChangedAt"));
    let mut by_row: BTreeMap<String, Vec<_>> = BTreeMap::new();
    for item in &items {
        let changes = by_row.entry(text(item, "RowKey")).or_default();
        changes.push((row_before(item).unwrap(), went_live(item)));
    }
    by_row
}

/// Checks all that must be so when every record of these edits was handed over.
pub(super) async fn assert_nothing_is_lost(store: &Embedded, made: &[Made]) {
    let desk = Operating::start(store).await;
    let releases = releases(&desk).await;
    let (last, live) = releases.last().unwrap();
    let rows = Rows {
        rules: all(store, "desk-rules").await,
        agents: all(store, "desk-agents").await,
        calendars: all(store, "desk-calendars").await,
    };
    let defaults =
        testing::settings(&[("TIME_ZONE", "Asia/Seoul"), ("HOLIDAY_COUNTRY", "KR")]).defaults;
    let (settled, _) = settle(&rows, Some(live), &defaults, Utc::now());
    assert_eq!(settled, *live, "the last edits are live");

    let mut history = history(store).await;
    let mut by_row: BTreeMap<String, Vec<&Made>> = BTreeMap::new();
    for made in made {
        by_row.entry(format!("{}/{}", made.table.name(), made.key)).or_default().push(made);
    }
    let mut shown = 0;
    for (row, made) in by_row {
        let kept = history.remove(&row).unwrap_or_default();
        let before = |kept: &[(Option<Row>, _)]| -> Vec<Option<Row>> {
            kept.iter().map(|(before, _)| before.clone()).collect()
        };
        let expected: Vec<Option<Row>> = made.iter().map(|made| made.before.clone()).collect();
        assert_eq!(before(&kept), expected, "{row}: each edit once");
        for (made, (_, became)) in made.iter().zip(kept) {
            let Some(WentLive::With(release)) = became else { panic!("{row}: {became:?}") };
            assert!(release <= *last, "{row}: {release}");
            let is_in = |settled: &Settled| {
                let version = settled.version(made.table, &made.key);
                version.and_then(|version| version.get(mark_of(made.table))) == made.mark.as_ref()
            };
            let first = releases.iter().find(|(_, settled)| is_in(settled));
            if let (Some(mark), Some((first, _))) = (&made.mark, first) {
                assert_eq!(release, *first, "{row}: the release that first has {mark:?}");
                assert!(release > made.live, "{row}: {release} was live before {mark:?}");
                shown += 1;
            }
        }
    }
    assert!(history.is_empty(), "edits that nobody made: {history:?}");
    assert!(shown * 4 > made.len(), "{shown} of {} could be told apart", made.len());
}
