//! From when to when hours are open, beside a calendar in another zone, and around closed hours.

use super::lists::with;
use super::*;
use chrono::TimeDelta;

const SEOUL: &str = "Asia/Seoul";
const BERLIN: &str = "Europe/Berlin";

/// A row in `zone` that goes by a calendar of Seoul, but not on Monday 2026-11-30.
fn beside(calendar: &str, zone: &str) -> Hours {
    let calendar = hours(calendar, SEOUL, None);
    let exceptions = Exceptions {
        special: BTreeMap::from([(
            parse_day("2026-11-30").unwrap(),
            Interner::default().written("off", None).unwrap(),
        )]),
        ..Exceptions::default()
    };
    let calendar = HoursSource::Calendar("seoul".to_owned(), Arc::new(calendar));
    Hours::new(zone.parse().unwrap(), vec![calendar], exceptions)
}

/// The stretches between two local times; at every quarter of an hour they say what `is_open` says.
fn stretches(hours: &Hours, zone: &str, from: &str, to: &str) -> Vec<String> {
    let local = |text: &str| at(zone, &format!("{text}:00"));
    let (from, to) = (local(from), local(to));
    let open = hours.intervals(from, to);
    let mut now = from;
    while now < to {
        let inside = open.iter().any(|stretch| stretch.contains(&now));
        assert_eq!(hours.is_open(now), inside, "{now} {open:?}");
        now += TimeDelta::minutes(15);
    }
    let zone: Zone = zone.parse().unwrap();
    let shown = |at| zone.local(at).format("%d %H:%M").to_string();
    open.iter().map(|open| format!("{} to {}", shown(open.start), shown(open.end))).collect()
}

/// A window of Seoul belongs to the date of Berlin on which it begins; of a stretch of more than a
/// day, each day stands for itself.
#[test]
fn what_is_left_of_a_calendar_in_another_zone() {
    for (calendar, left) in [
        ("Mo-Fr 05:00-12:00", &["29 21:00 to 30 04:00", "01 21:00 to 02 00:00"][..]),
        ("Mo 00:00-24:00", &["29 16:00 to 30 16:00"]),
        ("Mo 00:00-24:00, Tu 00:00-12:00", &["29 16:00 to 30 00:00", "01 00:00 to 01 04:00"]),
        ("Mo 05:00-12:00, Tu-We 00:00-24:00", &["29 21:00 to 30 04:00", "01 00:00 to 02 00:00"]),
        ("24/7", &["29 00:00 to 30 00:00", "01 00:00 to 02 00:00"]),
    ] {
        let hours = beside(calendar, BERLIN);
        let open = stretches(&hours, BERLIN, "2026-11-29 00:00", "2026-12-02 00:00");
        assert_eq!(open, left, "{calendar}");
    }
}

#[test]
fn what_is_left_of_a_calendar_in_the_same_zone() {
    let hours = beside("22:00-06:00", SEOUL);
    let open = stretches(&hours, SEOUL, "2026-11-29 12:00", "2026-12-01 23:00");
    assert_eq!(open, ["29 22:00 to 30 06:00", "01 22:00 to 01 23:00"]);
}

#[test]
fn around_closed_hours() {
    for (closed, left) in [
        (&["2026-11-25 09:00..10:00"][..], &["25 10:00 to 25 18:00"][..]),
        (&["2026-11-25 08:00..10:00"], &["25 10:00 to 25 18:00"]),
        (&["2026-11-25 17:00..18:00"], &["25 09:00 to 25 17:00"]),
        (&["2026-11-25 17:00..19:00"], &["25 09:00 to 25 17:00"]),
        (&["2026-11-25 09:00..18:00"], &[]),
        (
            &["2026-11-25 10:00..11:00", "2026-11-25 11:00..12:30"],
            &["25 09:00 to 25 10:00", "25 12:30 to 25 18:00"],
        ),
    ] {
        let hours = with(&["Mo-Fr 09:00-18:00"], SEOUL, None, closed, &[]);
        let open = stretches(&hours, SEOUL, "2026-11-25 00:00", "2026-11-26 00:00");
        assert_eq!(open, left, "{closed:?}");
    }
    // An hour that does not come closes nothing.
    let spring = with(&["24/7"], BERLIN, None, &["2026-03-29 02:00..03:00"], &[]);
    let open = stretches(&spring, BERLIN, "2026-03-28 00:00", "2026-03-30 00:00");
    assert_eq!(open, ["28 00:00 to 30 00:00"]);
}

/// A change is looked for in stretches of 2, 4, 8 days: it may lie where one begins.
#[test]
fn a_change_after_whole_days() {
    for (text, change) in
        [("Mo-Tu 00:00-24:00", "2026-12-02 00:00:00"), ("Mo-Sa 00:00-24:00", "2026-12-06 00:00:00")]
    {
        let now = at(SEOUL, "2026-11-30 00:00:00");
        assert_eq!(hours(text, SEOUL, None).next_change(now), Some(at(SEOUL, change)), "{text}");
    }
    let closed = hours("We 00:00-24:00", SEOUL, None);
    let now = at(SEOUL, "2026-11-30 00:00:00");
    assert_eq!(closed.next_change(now), Some(at(SEOUL, "2026-12-02 00:00:00")));
}
