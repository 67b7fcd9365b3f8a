//! Calendars, and the version in force of a row in error.

use chrono::{TimeZone, Utc};
use routing::decide::{Known, Tracing};
use routing::release::{Settled, settle};
use routing::rows::{Rows, Severity, Value};
use routing::session::Session;
use routing::snapshot::Snapshot;
use serde_json::{Value as Json, json};

use super::{defaults, errors, row};
use testing::deciding::decide_by;
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
        let snapshot = Snapshot::compile(&rows, &defaults(""), Utc::now());
        let found = errors(&snapshot);
        assert!(
            found.len() == 1
                && found[0].contains(&format!("`{attribute}`"))
                && found[0].contains(message),
            "{found:?}"
        );
    }
}

/// A row in error: its version in the live release, else nothing.
#[test]
fn the_version_in_force_of_a_row_in_error() {
    let now = Utc::now();
    let of = |rule: Json, live: Option<&Settled>| {
        let rows = Rows { rules: vec![row(&rule)], ..Rows::default() };
        settle(&rows, live, &defaults(""), now)
    };
    let group = |settled: &Settled| {
        let snapshot = Snapshot::of(settled, now);
        snapshot.rules().first().map(|linked| linked.rule.group.unwrap())
    };
    let (good, _) = of(json!({ "RuleId": "r", "Priority": 1, "AgentGroupId": 5 }), None);
    let wrong =
        json!({ "RuleId": "r", "Priority": "x", "AgentGroupId": 6, "TimeZone": "Etc/GMT+9" });
    let (bad, findings) = of(wrong.clone(), Some(&good));
    assert_eq!((group(&bad), findings.len()), (Some(5), 2), "{findings:?}");
    let version = |settled: &Settled| Snapshot::of(settled, now).version().to_owned();
    assert_eq!(version(&bad), version(&good));
    assert_eq!(group(&of(wrong.clone(), None).0), None);
    assert_eq!(group(&of(wrong.clone(), Some(&bad)).0), Some(5), "through several releases");
    let compiled = Snapshot::compile(
        &Rows { rules: vec![row(&wrong)], ..Rows::default() },
        &defaults(""),
        now,
    );
    assert_eq!((compiled.rules().len(), errors(&compiled).len()), (0, 1));
    // What an earlier version of this product kept in the row itself counts for nothing.
    let earlier = r#"{"Priority": 1, "AgentGroupId": 7}"#;
    let own = json!({ "RuleId": "r", "Priority": "x", "AgentGroupId": 6, "_LastGood": earlier });
    assert_eq!(group(&of(own, None).0), None);
}

/// A row in error keeps its version in the live release, and that follows the calendar it names.
#[test]
fn a_kept_version_follows_its_calendar() {
    let now = Utc.with_ymd_and_hms(2026, 11, 24, 1, 0, 0).unwrap();
    let of = |broken: bool, hours: &str, live: Option<&Settled>| {
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
        let agent = json!({
            "AgentId": "ann", "Rosters": ["desk"], "Shifts": "@c",
            "Weight": if broken { 1_000 } else { 1 },
        });
        let rows = Rows {
            rules,
            agents: vec![row(&agent)],
            calendars: vec![row(&json!({ "CalendarId": "c", "Hours": hours }))],
        };
        settle(&rows, live, &defaults(""), now)
    };
    let answers = |settled: &Settled| {
        let snapshot = Snapshot::of(settled, now);
        ["a", "b"].map(|user| {
            let session = Session::new("s", user, 1, 1_400_000_000);
            let question = question(&snapshot, &session, now);
            let known = Known::customer(None);
            let decision = decide_by(&question, &known, Tracing::WithoutRule).decision;
            decision.agent_group_id.is_some() || !decision.agent_ids.is_empty()
        })
    };
    let (good, findings) = of(false, "24/7", None);
    assert_eq!((findings.len(), answers(&good)), (0, [true, true]));
    let (closed, findings) = of(true, "off", Some(&good));
    let errors = findings.iter().filter(|finding| finding.severity == Severity::Error).count();
    assert_eq!((errors, answers(&closed)), (3, [false, false]), "{findings:?}");
    let (open, _) = of(true, "24/7", Some(&closed));
    assert_eq!(answers(&open), [true, true]);
}
