//! Calendars, and the version in force of a row in error.

use chrono::{TimeZone, Utc};
use routing::decide::{Known, Step, Tracer, decide};
use routing::rows::{Rows, Value};
use routing::session::Session;
use routing::snapshot::Snapshot;
use serde_json::{Value as Json, json};

use super::{defaults, errors, row};
use testing::question;

#[test]
fn a_calendar_needs_hours_and_says_which_are_not() {
    for (calendar, attribute, message) in [
        (json!({}), "Hours", "is missing"),
        (json!({ "Hours": " " }), "Hours", "is empty"),
        (
            json!({ "Hours": "Mo-Fr 09:00-18:00", "SpecialDates": { "2026-12-24": " " } }),
            "SpecialDates",
            "expected opening hours such as",
        ),
        (
            json!({ "Hours": "Mo-Fr 09:00-18:00", "SpecialDates": { "2026-12-24": 9 } }),
            "SpecialDates",
            "opening hours such as",
        ),
        (
            json!({ "Hours": "Mo-Fr 09:00-18:00", "SpecialDates": "2026-12-24" }),
            "SpecialDates",
            "expected a map",
        ),
        (
            json!({ "Hours": "Mo-Fr 09:00-18:00", "ClosedDates": ["2026-02-30"] }),
            "ClosedDates",
            "2026-02-30",
        ),
    ] {
        let mut calendar = row(&calendar);
        calendar.insert("CalendarId".into(), Value::Text("c".into()));
        let rows = Rows { calendars: vec![calendar], ..Rows::default() };
        let snapshot = Snapshot::compile(&rows, &defaults(""), Utc::now(), None);
        let found = errors(&snapshot);
        assert!(
            found.len() == 1
                && found[0].contains(&format!("`{attribute}`"))
                && found[0].contains(message),
            "{found:?}"
        );
    }
}

/// A row in error: its version in the snapshot before, else its `_LastGood`, else nothing; and the
/// finding says which.
#[test]
fn the_version_in_force_of_a_row_in_error() {
    let now = Utc::now();
    let of = |rule: Json, before: Option<&Snapshot>| {
        Snapshot::compile(
            &Rows { rules: vec![row(&rule)], ..Rows::default() },
            &defaults(""),
            now,
            before,
        )
    };
    let group =
        |snapshot: &Snapshot| snapshot.rules().first().map(|linked| linked.rule.group.unwrap());
    let kept = |snapshot: &Snapshot| {
        errors(snapshot).iter().filter(|error| error.contains("stays in force")).count()
    };
    let good = of(json!({ "RuleId": "r", "Priority": 1, "AgentGroupId": 5 }), None);
    let warned =
        json!({ "RuleId": "r", "Priority": "x", "AgentGroupId": 6, "TimeZone": "Etc/GMT+9" });
    let bad = of(warned.clone(), Some(&good));
    assert_eq!((group(&bad), kept(&bad), bad.version() == good.version()), (Some(5), 1, true));
    assert_eq!(
        bad.findings().iter().filter(|finding| finding.message.contains("stays in force")).count(),
        1,
        "said of the error alone"
    );
    let alone = of(warned.clone(), None);
    assert_eq!((group(&alone), kept(&alone)), (None, 0));
    let still = of(warned, Some(&bad));
    assert_eq!((group(&still), kept(&still)), (Some(5), 1), "through several refreshes");
    for (last_good, expected) in [
        (r#"{"Priority": 1, "AgentGroupId": 7}"#, Some(7)),
        (r#"{"Priority": "y", "AgentGroupId": 7}"#, None),
        ("none", None),
    ] {
        let with =
            json!({ "RuleId": "r", "Priority": "x", "AgentGroupId": 6, "_LastGood": last_good });
        let snapshot = of(with, None);
        assert_eq!(
            (group(&snapshot), kept(&snapshot)),
            (expected, usize::from(expected.is_some())),
            "{last_good}"
        );
    }
}

/// A row in error keeps its last good version, and that follows the calendar it names.
#[test]
fn a_kept_version_follows_its_calendar() {
    let now = Utc.with_ymd_and_hms(2026, 11, 24, 1, 0, 0).unwrap();
    let of = |broken: bool, hours: &str, before: Option<&Snapshot>| {
        let rule = |id: &str, more: Json| {
            let mut rule =
                json!({ "RuleId": id, "Priority": if broken { json!("x") } else { json!(1) } });
            rule.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
            row(&rule)
        };
        let rules = vec![
            rule("a", json!({ "ClientUserIds": ["a"], "Hours": "@c", "AgentGroupId": 5 })),
            rule("b", json!({ "ClientUserIds": ["b"], "Rosters": ["desk"] })),
        ];
        let agent = json!({ "AgentId": "ann", "Rosters": ["desk"], "Shifts": "@c", "Weight": if broken { 1_000 } else { 1 } });
        let rows = Rows {
            rules,
            agents: vec![row(&agent)],
            calendars: vec![row(&json!({ "CalendarId": "c", "Hours": hours }))],
        };
        Snapshot::compile(&rows, &defaults(""), now, before)
    };
    let answers = |snapshot: &Snapshot| {
        ["a", "b"].map(|user| {
            let session = Session::new("s", user, 1, 1_400_000_000);
            let question = question(snapshot, &session, now);
            let step = decide(&question, &Known::customer(None), &mut Tracer::off());
            let Step::Decided(decision) = step else { panic!() };
            decision.agent_group_id.is_some() || !decision.agent_ids.is_empty()
        })
    };
    let good = of(false, "24/7", None);
    assert_eq!((errors(&good).len(), answers(&good)), (0, [true, true]));
    let closed = of(true, "off", Some(&good));
    assert_eq!(
        (errors(&closed).len(), answers(&closed)),
        (3, [false, false]),
        "{:?}",
        errors(&closed)
    );
    let open = of(true, "24/7", Some(&closed));
    assert_eq!(answers(&open), [true, true]);
}
