//! Agents and calendars as they are read, and what is said of them.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use serde_json::{Value as Json, json};

use crate::hours::{Hours, Interner, Zone, parse_start};
use crate::rows::agent::Agent;
use crate::rows::{
    Context, Defaults, Finding, Patterns, Read, Row, Severity, agent, calendar, row_from_json,
};

fn seoul() -> Zone {
    Zone::parse("Asia/Seoul").unwrap()
}

fn at(text: &str) -> DateTime<Utc> {
    parse_start(text, seoul()).unwrap()
}

fn with_context<T>(row: &Json, read: impl FnOnce(&Row, &mut Context<'_>) -> T) -> T {
    let row = row_from_json(row.as_object().unwrap().clone());
    let defaults =
        Defaults { time_zone: seoul(), holiday_country: None, customers: true, assignments: true };
    let mut hours = Interner::default();
    let mut patterns = Patterns::default();
    read(&row, &mut Context { defaults: &defaults, hours: &mut hours, patterns: &mut patterns })
}

fn agent_of(row: &Json) -> (Option<Agent>, Vec<Finding>) {
    with_context(row, |row, context| match agent::read(row, context).unwrap() {
        (_, Read::Good(agent), findings) => (Some(agent), findings),
        (_, _, findings) => (None, findings),
    })
}

fn calendar_of(row: &Json) -> (Option<Arc<Hours>>, Vec<Finding>) {
    with_context(row, |row, context| match calendar::read(row, context).unwrap() {
        (_, Read::Good(hours), findings) => (Some(hours), findings),
        (_, _, findings) => (None, findings),
    })
}

fn messages(findings: &[Finding]) -> Vec<&str> {
    findings.iter().map(|finding| finding.message.as_str()).collect()
}

#[test]
fn an_agent_comes_and_goes_between_the_bounds() {
    let (agent, findings) = agent_of(&json!({
        "AgentId": "ann",
        "Shifts": "Mo-Fr 09:00-18:00",
        "Away": ["2026-11-25 13:00..14:00", "2026-12-24"],
    }));
    assert_eq!(messages(&findings), [""; 0]);
    let agent = agent.unwrap();
    for (from, until, expected) in [
        ("12:59", "14:01", &["13:00", "14:00"][..]),
        ("13:00", "14:00", &[]),
        ("13:00", "14:01", &["14:00"]),
        ("12:59", "14:00", &["13:00"]),
        ("08:00", "19:00", &["09:00", "13:00", "14:00", "18:00"]),
        ("19:00", "23:00", &[]),
    ] {
        let time = |time: &&str| at(&format!("2026-11-25 {time}"));
        let mut changes = agent.changes(time(&from), time(&until));
        changes.sort_unstable();
        assert_eq!(changes, expected.iter().map(time).collect::<Vec<_>>(), "{from} {until}");
    }
}

#[test]
fn a_proficiency_is_that_of_the_skill() {
    let row = json!({ "AgentId": "ann", "Skills": { "German": 4, "Billing": 2 } });
    let agent = agent_of(&row).0.unwrap();
    for (skill, level) in [("german", 4), ("billing", 2), ("french", 0)] {
        assert_eq!(agent.proficiency(skill), level, "{skill}");
    }
}

#[test]
fn only_groups_that_there_can_be() {
    let expected = "expected agent group ids: whole numbers, 1 or more; write";
    for (groups, says) in [
        (json!([1, "6521"]), None),
        (json!([0]), Some("such as `6521`, or remove the entry")),
        (json!(["-5"]), Some("such as `6521`, or remove the entry")),
        (json!(["1.000"]), Some("`1000`")),
        (json!(["0%"]), Some("such as `6521`, or remove the entry")),
        (json!(["6521%"]), Some("`6521`")),
    ] {
        let (agent, findings) = agent_of(&json!({ "AgentId": "ann", "OnlyWithGroups": groups }));
        match says {
            Some(says) => assert_eq!(messages(&findings), [format!("{expected} {says}")]),
            None => assert_eq!(agent.unwrap().only_with_groups, Some(vec![1, 6521])),
        }
    }
}

/// Ten entries are told, whatever their number.
#[test]
fn of_many_wrong_dates_ten_are_told() {
    let dates: Vec<String> = (1..=12).map(|n| format!("soon {n}")).collect();
    let (_, away) = agent_of(&json!({ "AgentId": "ann", "Away": dates }));
    assert_eq!(away.len(), 10, "{away:?}");
    let row = json!({ "CalendarId": "c", "Hours": "24/7", "ClosedDates": dates });
    let (_, closed) = calendar_of(&row);
    assert_eq!(closed.len(), 10, "{closed:?}");
    let errors_of = |dates: Vec<String>| {
        let special: Json = dates.into_iter().map(|date| (date, json!("off"))).collect();
        let (_, findings) = agent_of(&json!({ "AgentId": "ann", "SpecialDates": special }));
        findings.iter().filter(|finding| finding.severity == Severity::Error).count()
    };
    assert_eq!(errors_of(dates), 10);
    let twice = |n: u8| [format!("2026-12-{n}"), format!("２０２６-12-{n}")];
    assert_eq!(errors_of((10..22).flat_map(twice).collect()), 10);
}

#[test]
fn a_day_behind_another_of_its_month_gets_its_month() {
    let behind = |day: u8| format!("is a day without its month; write `2026-12-{day}`");
    for (dates, says) in [
        (json!(["2026-12-24", "25"]), vec![behind(25)]),
        (json!(["2026-12-24", "25", "26"]), vec![behind(25), behind(26)]),
        (json!(["2026-12-24", "20261225"]), vec!["write `2026-12-25`".to_owned()]),
        (
            json!(["2026/12/24,"]),
            vec!["an entry has a separator at its end; write `2026-12-24`".to_owned()],
        ),
    ] {
        let (_, findings) = agent_of(&json!({ "AgentId": "ann", "Away": dates }));
        assert_eq!(messages(&findings), says, "{dates}");
    }
}

#[test]
fn a_special_date_without_hours_is_told_what_hours_are() {
    let row = json!({ "AgentId": "ann", "SpecialDates": { "2026-11-27": " " } });
    let told = "expected opening hours such as `09:00-22:00`, or `off`";
    assert_eq!(messages(&agent_of(&row).1), [told]);
}

#[test]
fn a_calendar_is_closed_on_each_of_its_dates() {
    let row = json!({
        "CalendarId": "c",
        "Hours": "24/7",
        "ClosedDates": ["2026-11-30", "12-25", "2026-12-30..2026-12-31"],
    });
    let (hours, findings) = calendar_of(&row);
    assert_eq!(messages(&findings), [""; 0]);
    let hours = hours.unwrap();
    for (date, open) in [
        ("2026-11-29", true),
        ("2026-11-30", false),
        ("2026-12-25", false),
        ("2026-12-29", true),
        ("2026-12-31", false),
    ] {
        assert_eq!(hours.is_open(at(&format!("{date} 12:00"))), open, "{date}");
    }
}

#[test]
fn a_calendars_key_has_no_sign() {
    let told = "begins with `@`, which stands before a calendar's name only where it is used; \
        write the row again with the key `night`, and delete this one";
    for (key, says) in [("@night", Some(told)), ("＠ night", Some(told)), ("night", None)] {
        let (_, findings) = calendar_of(&json!({ "CalendarId": key, "Hours": "24/7" }));
        assert_eq!(messages(&findings), says.into_iter().collect::<Vec<_>>(), "{key}");
    }
    let (_, findings) = calendar_of(&json!({ "CalendarId": "@", "Hours": "24/7" }));
    assert_eq!(messages(&findings), [""; 0], "no name is left");
}
