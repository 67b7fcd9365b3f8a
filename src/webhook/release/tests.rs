//! The reader over a table that misbehaves in one way after the other.

mod older;
mod table;

use routing::rows::{Defaults, Rows, row_from_json};
use routing::snapshot::Snapshot;
use serde_json::json;

use super::*;
use table::{TableInMemory, start};

/// Bytes are a group, and formats 1 and 2 are known.
fn decode(_: u32, bytes: &[u8]) -> Result<Snapshot, String> {
    let text = String::from_utf8(bytes.to_vec()).unwrap();
    assert_ne!(text, "bug", "a bug in the codec");
    let group: u64 = text.trim().parse().map_err(|_| format!("`{text}` is no release"))?;
    let rule = json!({ "RuleId": "r", "Priority": 1, "AgentGroupId": group });
    let rules = vec![row_from_json(rule.as_object().unwrap().clone())];
    let defaults = Defaults {
        time_zone: routing::hours::Zone::utc(),
        holiday_country: None,
        customers: false,
        assignments: false,
    };
    Ok(Snapshot::compile(&Rows { rules, ..Rows::default() }, &defaults, start()))
}

fn reader() -> (ReleaseReader<TableInMemory>, TableInMemory, Log) {
    let table = TableInMemory::default();
    let codec = Codec { formats: &[1, 2], decode: Arc::new(decode) };
    let reader =
        ReleaseReader::new(TableInMemory(Arc::clone(&table.0)), codec, Duration::from_secs(10));
    (reader, table, Log::new(Box::new(|_| {}), true))
}

const BUDGET: Duration = Duration::from_millis(400);

/// The number in force so many seconds after the start, and whether that is degraded; `None`
/// when the tables are to be read, number 0 when there is nothing.
async fn at(reader: &ReleaseReader<TableInMemory>, log: &Log, seconds: i64) -> Option<(u64, bool)> {
    let now = start() + TimeDelta::seconds(seconds);
    let began = Instant::now();
    let current = reader.current(now, BUDGET, &Requests::default(), log).await;
    assert!(began.elapsed() <= BUDGET + Duration::from_millis(2), "in time");
    let current = current?;
    assert_eq!(current.release.is_some(), current.snapshot.is_some());
    Some((current.release.unwrap_or_default(), current.degraded))
}

#[tokio::test(start_paused = true)]
async fn at_a_start_the_pointer_and_the_parts_and_later_only_the_pointer() {
    let (reader, table, log) = reader();
    table.publish(1, 1, &["1", "2", "3"]);
    assert_eq!(at(&reader, &log, 0).await, Some((1, false)));
    assert_eq!(table.requests(), ["pointer", "1.0", "1.1", "1.2"]);
    assert_eq!(at(&reader, &log, 7).await, Some((1, false)));
    assert_eq!(table.requests(), [""; 0], "it is not due before 8 seconds");
    assert_eq!(at(&reader, &log, 13).await, Some((1, false)));
    assert_eq!(table.requests(), ["pointer"]);
    table.publish(2, 2, &["4"]);
    assert_eq!(at(&reader, &log, 30).await, Some((2, false)));
    assert_eq!(table.requests(), ["pointer", "2.0"]);
    // The clock was set back.
    assert_eq!(at(&reader, &log, -100).await, Some((2, false)));
    assert_eq!(table.requests(), ["pointer"]);
}

#[tokio::test(start_paused = true)]
async fn an_old_pointer_is_read_again_before_it_is_believed() {
    let (reader, table, log) = reader();
    table.publish(1, 1, &["1"]);
    let old = table.content().pointer.clone();
    table.publish(2, 1, &["2"]);
    at(&reader, &log, 0).await;
    table.requests();
    for old in [old.clone(), None] {
        table.content().old_pointer = Some(old);
        assert_eq!(at(&reader, &log, 20).await, Some((2, false)));
        assert_eq!(table.requests(), ["pointer", "pointer!"]);
        reader.state().next_look = None;
    }
    // The table was put back to an earlier time: what a consistent read finds is true.
    table.content().pointer = old;
    assert_eq!(at(&reader, &log, 40).await, Some((1, false)));
    assert_eq!(table.requests(), ["pointer", "pointer!", "1.0"]);
    table.content().old_pointer = None;
    assert_eq!(at(&reader, &log, 60).await, Some((1, false)));
    assert_eq!(table.requests(), ["pointer"], "it is the highest number now");
}

#[tokio::test(start_paused = true)]
async fn a_part_that_is_not_there_yet_is_read_again() {
    let (reader, table, log) = reader();
    let release = table.publish(1, 1, &["1", "2"]);
    table.content().late.insert((release.content, 1));
    assert_eq!(at(&reader, &log, 0).await, Some((1, false)));
    assert_eq!(table.requests(), ["pointer", "1.0", "1.1", "1.1!"]);
}

/// What makes a release unusable.
const BAD: [(&str, u32, &[&str]); 5] = [
    ("missing", 1, &["1", "2"]),
    ("corrupt", 1, &["1", "2"]),
    ("not read by the codec", 1, &["x"]),
    ("a bug in the codec", 1, &["bug"]),
    ("of an unknown format", 3, &["1"]),
];

fn publish_bad(table: &TableInMemory, number: u64, (what, format, parts): (&str, u32, &[&str])) {
    let release = table.publish(number, format, parts);
    let mut content = table.content();
    match what {
        "missing" => drop(content.parts.remove(&(release.content, 1))),
        "corrupt" => drop(content.parts.insert((release.content, 1), b"3".to_vec())),
        _ => {}
    }
}

#[tokio::test(start_paused = true)]
async fn an_instance_keeps_what_it_has_when_a_release_cannot_be_used() {
    for bad in BAD {
        let (reader, table, log) = reader();
        table.publish(1, 1, &["1"]);
        at(&reader, &log, 0).await;
        publish_bad(&table, 2, bad);
        assert_eq!(at(&reader, &log, 20).await, Some((1, true)), "{}", bad.0);
        table.requests();
        assert_eq!(at(&reader, &log, 40).await, Some((1, true)), "{}", bad.0);
        assert_eq!(table.requests(), ["pointer"], "{}: it is not tried all the time", bad.0);
        assert_eq!(at(&reader, &log, 90).await, Some((1, true)), "{}", bad.0);
        let again = table.requests();
        assert!(again.len() > 1, "{}: but after a minute: {again:?}", bad.0);
        table.publish(3, 1, &["3"]);
        assert_eq!(at(&reader, &log, 100).await, Some((3, false)), "{}", bad.0);
    }
}

#[tokio::test(start_paused = true)]
async fn a_start_takes_the_latest_release_that_can_be_used() {
    for bad in BAD {
        let (reader, table, log) = reader();
        table.publish(1, 1, &["1"]);
        table.publish(2, 1, &["2"]);
        publish_bad(&table, 3, ("not read by the codec", 1, &["x"]));
        publish_bad(&table, 4, bad);
        assert_eq!(at(&reader, &log, 0).await, Some((2, true)), "{}", bad.0);
        table.publish(5, 1, &["5"]);
        assert_eq!(at(&reader, &log, 10).await, Some((5, false)), "{}", bad.0);
    }
    // None at all: a fallback, not the tables.
    let (reader, table, log) = reader();
    publish_bad(&table, 1, BAD[1]);
    assert_eq!(at(&reader, &log, 0).await, Some((0, true)));
}

/// A deploy under way: the new operator publishes in a form that this instance does not know.
#[tokio::test(start_paused = true)]
async fn an_unknown_format_gives_the_newest_known_one() {
    let (reader, table, log) = reader();
    table.publish(1, 1, &["1"]);
    at(&reader, &log, 0).await;
    table.publish(2, 2, &["2"]);
    publish_bad(&table, 3, BAD[4]);
    publish_bad(&table, 4, BAD[4]);
    assert_eq!(at(&reader, &log, 20).await, Some((2, true)));
}

#[tokio::test(start_paused = true)]
async fn without_a_release_the_tables_are_read_until_there_is_one() {
    let (reader, table, log) = reader();
    assert_eq!(at(&reader, &log, 0).await, None);
    assert_eq!(table.requests(), ["pointer", "pointer!"]);
    assert_eq!(at(&reader, &log, 5).await, None);
    assert_eq!(table.requests(), [""; 0]);
    table.publish(1, 1, &["1"]);
    assert_eq!(at(&reader, &log, 15).await, Some((1, false)));
    // A release that was there is not forgotten because the pointer is gone.
    table.content().pointer = None;
    assert_eq!(at(&reader, &log, 40).await, Some((1, true)));
}

#[tokio::test(start_paused = true)]
async fn a_release_that_nobody_checked_for_15_minutes_is_marked() {
    for (checked_minutes_ago, degraded) in [(0, false), (14, false), (16, true), (-60, false)] {
        let (reader, table, log) = reader();
        table.publish(1, 1, &["1"]);
        let checked_at = start() - TimeDelta::minutes(checked_minutes_ago);
        table.content().pointer.as_mut().unwrap().checked_at = Some(checked_at);
        assert_eq!(at(&reader, &log, 0).await, Some((1, degraded)), "{checked_minutes_ago}");
    }
}

#[tokio::test(start_paused = true)]
async fn the_age_counts_from_the_last_good_look() {
    let (reader, table, log) = reader();
    table.publish(1, 1, &["1"]);
    at(&reader, &log, 0).await;
    table.content().errors_from = Some(0);
    assert_eq!(at(&reader, &log, 60).await, Some((1, true)));
    let now = start() + TimeDelta::seconds(61);
    let current = reader.current(now, BUDGET, &Requests::default(), &log).await.unwrap();
    assert_eq!((current.age, current.degraded), (Duration::from_secs(61), true));
    table.content().errors_from = None;
    assert_eq!(at(&reader, &log, 70).await, Some((1, false)));
}

#[tokio::test(start_paused = true)]
async fn a_table_that_fails_or_hangs_at_any_request_is_answered_in_time() {
    for from in 0..6 {
        for hangs in [false, true] {
            let (reader, table, log) = reader();
            publish_bad(&table, 1, BAD[2]);
            table.publish(2, 1, &["1", "2"]);
            let fault = |table: &TableInMemory, on: bool| {
                table.requests();
                let mut content = table.content();
                let from = on.then_some(from);
                if hangs { content.hangs_from = from } else { content.errors_from = from }
            };
            fault(&table, true);
            let expected = if from > 2 { (2, false) } else { (0, true) };
            assert_eq!(at(&reader, &log, 0).await, Some(expected), "start, {from}, {hangs}");
            fault(&table, false);
            assert_eq!(at(&reader, &log, 6).await, Some((2, false)));

            table.publish(3, 1, &["3", "4"]);
            fault(&table, true);
            let expected = if from > 2 { (3, false) } else { (2, true) };
            assert_eq!(at(&reader, &log, 30).await, Some(expected), "look, {from}, {hangs}");
            fault(&table, false);
            assert_eq!(at(&reader, &log, 36).await, Some((3, false)));
        }
    }
}

/// With six parts of which one arrives in each attempt, the sixth attempt has them all.
#[tokio::test(start_paused = true)]
async fn a_load_that_was_cut_short_goes_on_where_it_stood() {
    let (reader, table, log) = reader();
    table.publish(1, 1, &["1", "2", "3", "4", "5", "6"]);
    for attempt in 0..6 {
        table.requests();
        table.content().hangs_from = Some(2);
        let expected = if attempt == 5 { (1, false) } else { (0, true) };
        assert_eq!(at(&reader, &log, attempt * 10).await, Some(expected), "{attempt}");
    }
}

/// Parts that arrive late in a callback's time become a snapshot in the next one. Until then the
/// instance goes by what is not live any more, and says so.
#[tokio::test(start_paused = true)]
async fn no_snapshot_is_made_when_the_time_is_nearly_over() {
    let (reader, table, log) = reader();
    table.publish(1, 1, &["1"]);
    at(&reader, &log, 0).await;
    table.publish(2, 1, &["2"]);
    table.content().delay = Duration::from_millis(300);
    assert_eq!(at(&reader, &log, 20).await, Some((1, true)));
    table.requests();
    assert_eq!(at(&reader, &log, 21).await, Some((2, false)));
    assert_eq!(table.requests(), ["pointer"], "the part is there already");
}
