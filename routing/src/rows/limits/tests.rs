//! Each list at its limit is good, and with one entry more it is told.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use serde_json::{Value as Json, json};

use crate::hours::Zone;
use crate::rows::{Defaults, Rows, Severity, Table, row_from_json};
use crate::snapshot::Snapshot;

/// What is wrong with a row of a table by itself.
fn errors(table: Table, row: &Json) -> Vec<String> {
    let mut row = row.clone();
    row[table.key_attribute()] = "key".into();
    if table == Table::Rules {
        (row["Priority"], row["AgentGroupId"]) = (1.into(), 1.into());
        if row.get("AgentIds").or(row.get("Rosters")).is_none() {
            row["Rosters"] = json!(["desk"]);
        }
    }
    let own = vec![row_from_json(row.as_object().unwrap().clone())];
    let rows = match table {
        Table::Rules => Rows { rules: own, ..Rows::default() },
        Table::Agents => Rows { agents: own, ..Rows::default() },
        _ => Rows { calendars: own, ..Rows::default() },
    };
    let now: DateTime<Utc> = DateTime::from_timestamp(1_795_608_000, 0).unwrap();
    let defaults = Defaults {
        time_zone: Zone::utc(),
        holiday_country: None,
        customers: true,
        assignments: true,
    };
    let snapshot = Snapshot::compile(&rows, &defaults, now);
    let errors = snapshot.findings().iter().filter(|found| found.severity == Severity::Error);
    errors.map(ToString::to_string).collect()
}

fn dates(count: usize) -> Vec<String> {
    let first = NaiveDate::from_ymd_opt(2026, 12, 1).unwrap();
    let days = (0..).map(|n| first + TimeDelta::days(n));
    days.take(count).map(|day| day.to_string()).collect()
}

fn list(count: usize) -> Json {
    json!((0..count).map(|n| format!("entry-{n}")).collect::<Vec<_>>())
}

/// The same as one text.
fn text(count: usize) -> Json {
    json!((0..count).map(|n| format!("entry-{n}")).collect::<Vec<_>>().join(", "))
}

fn map(names: impl IntoIterator<Item = String>, value: &Json) -> Json {
    Json::Object(names.into_iter().map(|name| (name, value.clone())).collect())
}

#[test]
fn lists_at_their_limit_are_good_and_one_entry_more_is_told() {
    let levels = |count: usize| map((0..count).map(|n| format!("entry-{n}")), &json!(1));
    let closed = |count: usize| map(dates(count), &json!("off"));
    let away = |count: usize| json!(dates(count));
    let groups = |count: usize| json!((1..=count).collect::<Vec<_>>());
    let apps = |count: usize| json!((1..=count).map(|n| n + 1_400_000_000).collect::<Vec<_>>());
    let ranges = |count: usize| {
        json!((0..count).map(|n| format!("10.{}.{}.0/24", n / 250, n % 250)).collect::<Vec<_>>())
    };
    let maps = |count: usize| {
        json!((0..count).map(|n| json!({ "ClientUserIds": [format!("u{n}")] })).collect::<Vec<_>>())
    };
    let hours = |count: usize| {
        json!(
            (0..count).map(|n| format!("Mo {:02}:00-{:02}:30", n % 24, n % 24)).collect::<Vec<_>>()
        )
    };
    let (rules, agents, calendars) = (Table::Rules, Table::Agents, Table::Calendars);
    let mut tried = Vec::new();
    type Sized<'a> = &'a dyn Fn(usize) -> Json;
    let cases: [(Table, &str, usize, Sized<'_>); 27] = [
        (rules, "AgentIds", 1_000, &list),
        (rules, "AgentIds", 1_000, &text),
        (rules, "ExceptAgents", 1_000, &list),
        (rules, "ExceptAgents", 1_000, &text),
        (rules, "NeedSkills", 1_000, &list),
        (rules, "NeedSkills", 1_000, &text),
        (rules, "NeedSkills", 1_000, &levels),
        (rules, "Rosters", 1_000, &list),
        (rules, "Segments", 1_000, &list),
        (rules, "Platforms", 1_000, &list),
        (rules, "CustomerServiceIds", 1_000, &list),
        (rules, "ClientUserIdPrefixes", 1_000, &list),
        (rules, "ClientUserIds", 10_000, &list),
        (rules, "ClientUserIds", 10_000, &text),
        (rules, "SdkAppIds", 1_000, &apps),
        (rules, "ClientIps", 1_000, &ranges),
        (rules, "AnyOf", 100, &maps),
        (rules, "NotAnyOf", 100, &maps),
        (rules, "Hours", 50, &hours),
        (agents, "Shifts", 50, &hours),
        (agents, "Rosters", 1_000, &list),
        (agents, "Skills", 1_000, &levels),
        (agents, "OnlyWithGroups", 1_000, &groups),
        (agents, "Away", 1_000, &away),
        (agents, "SpecialDates", 1_000, &closed),
        (calendars, "ClosedDates", 1_000, &away),
        (calendars, "SpecialDates", 1_000, &closed),
    ];
    for (table, attribute, limit, sized) in cases {
        let of = |count: usize| {
            let mut row = json!({ attribute: sized(count) });
            if table == calendars {
                row["Hours"] = json!("24/7");
            }
            errors(table, &row)
        };
        let (full, over) = (of(limit), of(limit + 1));
        let is_told =
            over.len() == 1 && over[0].contains(attribute) && over[0].contains(&limit.to_string());
        if !full.is_empty() || !is_told {
            tried.push(format!("{table:?} {attribute}: at {limit} {full:?}, over {over:?}"));
        }
    }
    assert_eq!(tried, [""; 0]);
}
