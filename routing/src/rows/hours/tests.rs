//! Rows of agents and calendars with hours: what is found, and when they are open.

use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use serde_json::{Value as Json, json};

use crate::hours::{Interner, Zone};
use crate::rows::Patterns;
use crate::rows::{Context, Defaults, Finding, Read, Severity, agent, calendar, row_from_json};

fn defaults() -> Defaults {
    Defaults {
        time_zone: Zone::parse("Asia/Seoul").unwrap(),
        holiday_country: None,
        customers: false,
        assignments: false,
    }
}

fn interner() -> Interner {
    Interner::new(NaiveDate::from_ymd_opt(2026, 11, 25).unwrap())
}

fn seoul(local: &str) -> DateTime<Utc> {
    DateTime::parse_from_rfc3339(&format!("{local}:00+09:00")).unwrap().to_utc()
}

fn row(key: &str, id: &str, more: Json) -> crate::rows::Row {
    let mut row = json!({ key: id });
    row.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    row_from_json(row.as_object().unwrap().clone())
}

fn read_agent(more: Json, hours: &mut Interner) -> (Read<agent::Agent>, Vec<Finding>) {
    let row = row("AgentId", "ann@example.com", more);
    let defaults = defaults();
    let (_, read, findings) = agent::read(
        &row,
        &mut Context { defaults: &defaults, hours, patterns: &mut Patterns::default() },
    )
    .unwrap();
    (read, findings)
}

fn read_calendar(
    more: Json,
    hours: &mut Interner,
) -> (Read<Arc<crate::hours::Hours>>, Vec<Finding>) {
    let row = row("CalendarId", "c", more);
    let defaults = defaults();
    let (_, read, findings) = calendar::read(
        &row,
        &mut Context { defaults: &defaults, hours, patterns: &mut Patterns::default() },
    )
    .unwrap();
    (read, findings)
}

#[test]
fn an_agent_is_on_shift() {
    let mut hours = interner();
    let (read, _) = read_calendar(json!({ "Hours": "Mo-Fr 09:00-18:00" }), &mut hours);
    let Read::Good(office) = read else { panic!("the calendar is good") };
    hours.add_calendar("office".to_owned(), Some(office));
    for (more, local, on) in [
        (json!({}), "2026-11-28T03:00", true),
        (json!({ "Shifts": ["@office", "Sa 10:00-12:00"] }), "2026-11-28T11:00", true),
        (json!({ "Shifts": r#"["@office", "Sa 10:00-12:00"]"# }), "2026-11-28T11:00", true),
        (json!({ "Shifts": ["@office", "Sa 10:00-12:00"] }), "2026-11-28T12:00", false),
        // A swap, beside a calendar.
        (
            json!({ "Shifts": "@office", "SpecialDates": { "2026-11-30": "off" } }),
            "2026-11-30T10:00",
            false,
        ),
        (
            json!({ "Shifts": "@office", "SpecialDates": { "2026-11-30": "off" } }),
            "2026-12-01T10:00",
            true,
        ),
        // Without shifts, always, but for that date.
        (json!({ "SpecialDates": { "2026-11-30": "off" } }), "2026-11-29T03:00", true),
        (json!({ "SpecialDates": { "2026-11-30": "off" } }), "2026-11-30T03:00", false),
        // On call by the week.
        (json!({ "EveryWeeks": 3, "FirstWeek": "2026-11-25" }), "2026-11-29T23:59", true),
        (json!({ "EveryWeeks": 3, "FirstWeek": "2026-11-25" }), "2026-11-30T00:00", false),
        (json!({ "EveryWeeks": "3", "FirstWeek": "2026-11-25" }), "2026-12-14T00:00", true),
        // What a special date says counts in an off week too.
        (
            json!({ "Shifts": "@office", "EveryWeeks": 2, "FirstWeek": "2026-11-25",
                "SpecialDates": { "2026-12-01": "10:00-12:00" } }),
            "2026-12-01T11:00",
            true,
        ),
        (
            json!({ "Shifts": "@office", "EveryWeeks": 2, "FirstWeek": "2026-11-25",
                "SpecialDates": { "2026-12-01": "10:00-12:00" } }),
            "2026-12-02T11:00",
            false,
        ),
    ] {
        let (read, findings) = read_agent(more.clone(), &mut hours);
        let Read::Good(agent) = read else { panic!("{more}: {findings:?}") };
        assert_eq!(agent.is_on_shift(seoul(local)), on, "{more} at {local}");
    }
}

#[test]
fn what_is_wrong_with_an_agents_hours() {
    let many: serde_json::Map<String, Json> = (0..60)
        .map(|day| {
            let date = NaiveDate::from_ymd_opt(2027, 1, 1).unwrap() + chrono::Days::new(day);
            (
                date.to_string(),
                json!(format!(
                    "09:00-{:02}:{:02}{}",
                    10 + day / 60,
                    day,
                    ", 12:00-13:00".repeat(60)
                )),
            )
        })
        .collect();
    for (more, attribute, says) in [
        (json!({ "EveryWeeks": 1, "FirstWeek": "2026-11-23" }), "EveryWeeks", "write `2`"),
        (json!({ "EveryWeeks": 2 }), "EveryWeeks", "`FirstWeek`"),
        (json!({ "FirstWeek": "2026-11-23" }), "FirstWeek", "`EveryWeeks`"),
        (json!({ "EveryWeeks": 2, "FirstWeek": "2026/11/23" }), "FirstWeek", "`2026-11-23`"),
        (json!({ "EveryWeeks": "two", "FirstWeek": "2026-11-23" }), "EveryWeeks", "from 2 to 53"),
        (json!({ "SpecialDates": { "2026/12/24": "off" } }), "SpecialDates", "`2026-12-24`"),
        (json!({ "SpecialDates": { "12-24": "off" } }), "SpecialDates", "year is missing"),
        (
            json!({ "SpecialDates": { "2026-11-27": "Mo-Th 09:00-22:00" } }),
            "SpecialDates",
            "2026-11-27",
        ),
        (json!({ "SpecialDates": { "2026-11-27": "@office" } }), "SpecialDates", "`09:00-22:00`"),
        (json!({ "SpecialDates": { "2026-11-27": ["09:00-10:00"] } }), "SpecialDates", "commas"),
        (
            json!({ "SpecialDates": { "2026-11-27": "13:00-18:00 closed" } }),
            "SpecialDates",
            "the hours that are open",
        ),
        (json!({ "SpecialDates": ["2026-11-27"] }), "SpecialDates", "map (M)"),
        (
            json!({ "SpecialDates": { "2026-11-27": "off", "２０２６-11-27": "off" } }),
            "SpecialDates",
            "is in the map twice",
        ),
        (json!({ "SpecialDates": many }), "SpecialDates", "in all"),
        (json!({ "Shifts": [] }), "Shifts", "empty"),
        (json!({ "Shifts": ["24/7", ""] }), "Shifts", "empty entry"),
        (json!({ "Shifts": vec!["24/7"; 51] }), "Shifts", "at most 50"),
        (json!({ "Shifts": { "a": 1 } }), "Shifts", "text (S) or a list (L)"),
        (json!({ "Shifts": "@nowhere" }), "Shifts", "no calendar row"),
        (
            json!({ "Away": ["2026-12-01", "2026-12-24~2026-12-26", "2027-01-01", "2027-02-01"] }),
            "Away",
            "`2026-12-24..2026-12-26`",
        ),
    ] {
        let (read, findings) = read_agent(more.clone(), &mut interner());
        assert!(matches!(read, Read::Bad), "{more}");
        let found = findings.iter().any(|finding| {
            finding.severity == Severity::Error
                && finding.attribute.as_deref() == Some(attribute)
                && finding.message.contains(says)
        });
        assert!(found, "{more}: {findings:?}");
    }
    // A comma inside a date makes no two entries.
    for (typed, write) in [
        (json!(["Dec 24, 2026"]), "`2026-12-24`"),
        (json!("Dec 24, 2026"), "`2026-12-24`"),
        (json!(["Dec 24-26, 2026"]), "`2026-12-24..2026-12-26`"),
        (json!("Dec 24-26, 2026"), "`2026-12-24..2026-12-26`"),
        (json!(["2026-12-24, 13:00..18:00"]), "`2026-12-24 13:00..18:00`"),
    ] {
        let (read, findings) = read_agent(json!({ "Away": typed }), &mut interner());
        assert!(matches!(read, Read::Bad) && findings.len() == 1, "{typed}: {findings:?}");
        assert!(findings[0].message.contains(write), "{typed}: {findings:?}");
    }
    let entries = json!({ "Away": ["2026-12-01", "2026-12-24~2026-12-26", "2027-01-01"] });
    let (_, findings) = read_agent(entries, &mut interner());
    assert_eq!(findings.len(), 1);
    assert_eq!(findings[0].found.as_deref(), Some("2026-12-24~2026-12-26"));
}

#[test]
fn what_a_calendar_warns_of() {
    for (more, says) in [
        (
            json!({ "Hours": "24/7", "ClosedDates": ["2026-12-25"],
                "SpecialDates": { "2026-12-25": "10:00-12:00" } }),
            Some("2026-12-25 is in `ClosedDates` too"),
        ),
        (
            json!({ "Hours": "24/7", "ClosedDates": ["2026-11-01.."] }),
            Some("never open in the coming year"),
        ),
        (
            json!({ "Hours": "24/7", "ClosedDates": ["2026-11-01.."],
                "SpecialDates": { "2027-05-01": "10:00-12:00" } }),
            None,
        ),
        (json!({ "Hours": ["Mo-Fr 09:00-12:00", "Mo-Fr 13:00-18:00"] }), None),
    ] {
        let (read, findings) = read_calendar(more.clone(), &mut interner());
        assert!(matches!(read, Read::Good(_)), "{more}: {findings:?}");
        let warned = findings.iter().any(|f| f.message.contains(says.unwrap_or("never open")));
        assert_eq!(warned, says.is_some(), "{more}: {findings:?}");
    }
    let closed_once = json!({ "Hours": "24/7", "SpecialDates": { "2026-12-25": "off" } });
    assert_eq!(read_calendar(closed_once, &mut interner()).1, [], "`off` on one date");
    for (more, says) in [
        (json!({}), "is missing"),
        (json!({ "Hours": "@other" }), "hours of its own"),
        (json!({ "Hours": ["24/7", "@other"] }), "hours of its own"),
        (json!({ "Hours": "24/7", "ClosedDates": ["12/25"] }), "write `12-25`"),
        (
            json!({ "Hours": "24/7", "SpecialDates": { "12-25": "off" } }),
            "write `12-25` into `ClosedDates`",
        ),
        (
            json!({ "Hours": "24/7", "SpecialDates": { "12-25": "09:00-12:00" } }),
            "the year is missing; expected",
        ),
    ] {
        let (read, findings) = read_calendar(more.clone(), &mut interner());
        assert!(matches!(read, Read::Bad), "{more}");
        assert!(findings.iter().any(|f| f.message.contains(says)), "{more}: {findings:?}");
    }
}

#[test]
fn closed_dates_that_are_probably_slips_are_warned_of() {
    for (entry, write) in [
        ("12-26..12-24", "`12-24..12-26`"),
        ("2026-12-24 00:00..23:59", "`2026-12-24 00:00..24:00`"),
    ] {
        let more = json!({ "Hours": "24/7", "ClosedDates": [entry] });
        let (read, findings) = read_calendar(more, &mut interner());
        assert!(matches!(read, Read::Good(_)), "{entry}");
        let [finding] = findings.as_slice() else { panic!("{entry}: {findings:?}") };
        assert!(finding.severity == Severity::Warning && finding.message.ends_with(write));
    }
}

/// 390 dates with one long text cost what one costs.
#[test]
fn hours_of_single_dates_are_warned_of() {
    let more =
        json!({ "Hours": "Mo-Fr 09:00-18:00", "SpecialDates": { "2026-11-27": "09:00-23:59" } });
    let (_, findings) = read_calendar(more, &mut interner());
    let [finding] = findings.as_slice() else { panic!("{findings:?}") };
    assert_eq!(finding.severity, Severity::Warning);
    assert!(finding.message.contains("write `24:00`"), "{}", finding.message);
    let more =
        json!({ "Hours": "24/7", "SpecialDates": { "2026-11-27": "10:00-14:00; 16:00-18:00" } });
    let (_, findings) = read_calendar(more, &mut interner());
    let [finding] = findings.as_slice() else { panic!("{findings:?}") };
    assert!(
        finding.message.contains("write `10:00-14:00 open, 16:00-18:00`"),
        "{}",
        finding.message
    );
}

#[test]
fn equal_texts_of_many_dates_are_read_once() {
    let long = vec!["09:00-10:00"; 60].join(", ");
    let special: serde_json::Map<String, Json> = (0..390)
        .map(|day| {
            let date = NaiveDate::from_ymd_opt(2027, 1, 1).unwrap() + chrono::Days::new(day);
            (date.to_string(), json!(long))
        })
        .collect();
    let mut hours = interner();
    let (read, findings) =
        read_calendar(json!({ "Hours": "24/7", "SpecialDates": special }), &mut hours);
    let Read::Good(calendar) = read else { panic!("{findings:?}") };
    let mut texts = calendar.exceptions().special.values();
    let first = texts.next().unwrap();
    assert!(texts.all(|text| Arc::ptr_eq(text, first)));
}
