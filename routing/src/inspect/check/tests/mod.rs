//! Rows with findings, and rows that give none.

mod beside;
mod examples;
mod holes;
mod meant;
mod vain;

use chrono::{TimeZone, Utc};
use serde_json::{Value as Json, json};

use super::*;
use crate::rows::{Defaults, Row, Rows, row_from_json};

/// A small deployment without findings. Tuesday morning in Seoul.
fn good() -> Json {
    json!({
        "rules": [
            {
                "RuleId": "vip", "Priority": 1, "Segments": ["vip"], "Rosters": ["desk"],
                "NeedSkills": ["billing"], "AgentGroupId": 7, "IfNobody": "group",
            },
            {
                "RuleId": "day", "Priority": 2, "Hours": "@office", "Rosters": ["desk"],
                "AgentGroupId": 7,
            },
            { "RuleId": "rest", "Priority": 3, "AgentGroupId": 7 },
        ],
        "agents": [{
            "AgentId": "ann", "Rosters": ["desk"], "Skills": ["billing"], "OnlyWithGroups": [7],
        }],
        "calendars": [{ "CalendarId": "office", "Hours": "Mo-Fr 09:00-18:00" }],
        "customers": [
            {
                "ClientUserId": "u", "Segments": ["vip"], "Owner": "ann", "Plan": "Business",
                "Spend": 2500.5,
            },
            { "ClientUserId": "v", "Plan": ["pro"], "Spend": "10" },
        ],
    })
}

fn findings(rows: &Json, default_group: Option<i64>) -> Vec<String> {
    let typed = |name: &str| -> Vec<Row> {
        let rows = rows.get(name).and_then(Json::as_array).cloned().unwrap_or_default();
        rows.into_iter().map(|row| row_from_json(row.as_object().unwrap().clone())).collect()
    };
    let all =
        Rows { rules: typed("rules"), agents: typed("agents"), calendars: typed("calendars") };
    let customers = typed("customers");
    let defaults = Defaults {
        time_zone: crate::hours::Zone::parse("Asia/Seoul").unwrap(),
        holiday_country: None,
        customers: true,
        assignments: true,
    };
    let now = Utc.with_ymd_and_hms(2026, 11, 24, 1, 30, 0).unwrap();
    let (whole, defaults) = (Some(customers.as_slice()), &defaults);
    let input =
        Input { rows: &all, customers: whole, live: None, defaults, default_group, now, from: now };
    let found = check(input);
    // However customers come, and whether their rows are still there at the end.
    let mut checking = Checking::begin(Input { customers: None, ..input });
    checking.customers(&[]);
    for row in &customers {
        checking.customers(std::slice::from_ref(row));
    }
    assert_eq!(checking.end(), found);
    found.iter().map(ToString::to_string).collect()
}

/// The findings after a change of the good rows: those of one table get another row, or an
/// attribute of a row changes.
fn after(change: impl FnOnce(&mut Json)) -> Vec<String> {
    let mut rows = good();
    change(&mut rows);
    findings(&rows, None)
}

fn add(table: &str, row: Json) -> Vec<String> {
    after(|rows| rows[table].as_array_mut().unwrap().insert(0, row))
}

/// The findings after two more rules, tried before the others: first `a`, then `b`.
fn two(a: &Json, b: &Json) -> Vec<String> {
    after(|rows| {
        let rules = rows["rules"].as_array_mut().unwrap();
        for (id, priority, more) in [("a", 0.0, a), ("b", 0.5, b)] {
            let mut row = json!({ "RuleId": id, "Priority": priority, "AgentGroupId": 7 });
            row.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
            rules.insert(0, row);
        }
    })
}
