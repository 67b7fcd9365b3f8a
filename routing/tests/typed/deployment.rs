//! A small deployment of good rows, and what the texts of each attribute are.

use std::collections::BTreeMap;

use routing::rows::{Row, Rows, Table, row_from_json};
use serde_json::json;

use crate::mutate::Text;

/// All rows of a small deployment, by table and place.
#[derive(Clone)]
pub(crate) struct Deployment {
    pub(crate) rows: BTreeMap<Table, Vec<Row>>,
}

/// Rows without a finding, a rule and an agent that are switched off among them.
pub(crate) fn good() -> Deployment {
    let rows = |rows: serde_json::Value| -> Vec<Row> {
        let rows = rows.as_array().unwrap().iter();
        rows.map(|row| row_from_json(row.as_object().unwrap().clone())).collect()
    };
    let calendars = rows(json!([{
        "CalendarId": "support", "Hours": "Mo-Fr 09:00-18:00; PH off", "TimeZone": "Asia/Seoul",
        "HolidayCountry": "KR", "ClosedDates": ["2026-11-25 13:00..15:00", "12-24..12-26"],
        "SpecialDates": { "2026-11-27": "09:00-22:00", "2026-11-26": "off" },
    }]));
    let agents = rows(json!([
        {
            "AgentId": "a1", "Rosters": ["Night Shift", "서울"], "Skills": { "billing": 3 },
            "Shifts": ["Mo-Fr 09:00-18:00", "Sa 10:00-14:00"], "TimeZone": "Asia/Seoul",
            "SpecialDates": { "2026-11-27": "off", "2026-11-28": "09:00-12:00" },
            "Away": ["2026-11-24..2026-11-25", "2026-11-30 13:00..18:00"],
            "OnlyWithGroups": [6521], "Weight": 10,
        },
        {
            "AgentId": "a2", "Rosters": { "Night Shift": 1 }, "Skills": ["billing"],
            "Shifts": "@support", "EveryWeeks": 2, "FirstWeek": "2026-11-23", "Enabled": true,
        },
        { "AgentId": "a3", "Rosters": ["Night Shift"], "Skills": ["billing"], "Enabled": false },
    ]));
    let rules = rows(json!([
        {
            "RuleId": "r1", "Priority": 1, "AgentGroupId": 6521, "Rosters": ["Night Shift"],
            "AnyOf": [{ "Platforms": ["iOS", "Web"] }, { "NotSegments": ["vip", "서울"] }],
            "Customer": { "Plan": ["pro", "business"], "Spend": ">= 1000" }, "Hours": ["@support"],
            "NeedSkills": ["billing"], "ExceptAgents": ["a9", "a2"],
        },
        {
            "RuleId": "r2", "Priority": 2, "AgentIds": ["a2", "a1"], "AgentGroupId": 6521,
            "NotCustomer": { "Country": ["KR", "Japan"] }, "NotHours": "Sa,Su 00:00-24:00",
            "ValidFrom": "2026-11-24", "ValidUntil": "2026-12-02 12:00", "TimeZone": "Asia/Seoul",
            "ClientUserIds": ["u1", "u2"], "Strategy": "best_skill", "NeedSkills": { "billing": 1 },
            "MaxAgents": 1,
        },
        {
            "RuleId": "r3", "Priority": 3, "AgentGroupId": 6521, "Segments": ["vip"],
            "NotAnyOf": [{ "Languages": ["ko", "zh-TW"] }, { "NotPlatforms": ["iOS"] }],
        },
        {
            "RuleId": "r4", "Priority": 4, "AgentIds": ["a1", "a2"], "Prefer": ["owner"],
            "ClientUserIdPattern": "u[123]|서연", "NotClientUserIds": ["u2", "서연"], "Percent": 60,
            "PercentKey": "share",
        },
        {
            "RuleId": "r5", "Priority": 5, "Rosters": ["Night Shift"], "Enabled": false,
            "ClientUserIdPrefixes": ["u"],
        },
    ]));
    let customers = rows(json!([
        {
            "ClientUserId": "u1", "Segments": { "vip": "2026-11-27", "서울": "2026-12-31" },
            "Language": "ko", "Plan": "pro", "Spend": 1200, "Country": "KR", "Owner": "a1",
        },
        {
            "ClientUserId": "u2", "Segments": ["vip"], "Language": "de",
            "Plan": ["free", "business"], "Spend": "999", "Country": "Germany",
        },
        { "ClientUserId": "u3", "Segments": ["new"], "Plan": "business", "Spend": 5000,
            "ExpiresAt": 1_795_888_800 },
    ]));
    let rows = [
        (Table::Calendars, calendars),
        (Table::Agents, agents),
        (Table::Rules, rules),
        (Table::Customers, customers),
    ];
    Deployment { rows: rows.into() }
}

/// What an attribute's texts are; `None` = it is not changed.
pub(crate) fn kind(table: Table, attribute: &str) -> Option<Text> {
    Some(match (table, attribute) {
        // Whoever writes a customer's key in other letters names somebody else.
        (Table::Customers, "ClientUserId") => Text::UserKey,
        (_, "AgentId" | "RuleId" | "CalendarId") => Text::Key,
        (Table::Customers, "Owner") => Text::Id,
        (Table::Customers, "ExpiresAt") => Text::Time,
        // Other values of a customer's own are other values, not mistakes.
        (Table::Customers, "Segments" | "Language" | "Plan") => Text::Name,
        (Table::Customers, _) => return None,
        (_, "AgentIds" | "ExceptAgents") => Text::Id,
        (_, "ClientUserIds" | "NotClientUserIds" | "ClientUserIdPrefixes") => Text::User,
        // Of another share nobody can tell that it is not meant.
        (_, "PercentKey") => return None,
        (_, "ClientUserIdPattern" | "Enabled" | "Strategy" | "Prefer") => Text::Name,
        (_, "AnyOf" | "NotAnyOf" | "Customer" | "NotCustomer" | "Rosters" | "Skills") => Text::Name,
        (_, "NeedSkills" | "Segments") => Text::Name,
        _ => Text::Time,
    })
}

impl Deployment {
    pub(crate) fn without_customers(&self) -> Rows {
        Rows {
            rules: self.rows[&Table::Rules].clone(),
            agents: self.rows[&Table::Agents].clone(),
            calendars: self.rows[&Table::Calendars].clone(),
        }
    }
}

/// Settings of a rule that may be empty, which is the same as absent.
pub(crate) const SETTINGS: [&str; 4] = ["Enabled", "Strategy", "MaxAgents", "Prefer"];
