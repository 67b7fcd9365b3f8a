//! Random rows: good ones, and anything that JSON can say.

use proptest::prelude::*;
use serde_json::{Map, Value, json};

/// Anything that JSON can say.
fn any_value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i32>().prop_map(Value::from),
        any::<f64>().prop_map(
            |number| serde_json::Number::from_f64(number).map_or(Value::Null, Value::Number)
        ),
        ".{0,20}".prop_map(Value::from),
        plausible_text().prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 16, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map("[a-z]{0,6}|2026-12-24", inner, 0..4)
                .prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}

fn plausible_text() -> impl Strategy<Value = String> {
    prop::sample::select(vec![
        "24/7",
        "Mo-Fr 09:00-18:00",
        "22:00-06:00",
        "PH off",
        "@c",
        "@none",
        "Mo[1] 10:00-12:00",
        "Dec 24-Jan 2 off",
        "2026-12-24",
        "2026-12-24..2027-01-02",
        "2026-11-24 13:00..2026-11-24 18:00",
        "Asia/Seoul",
        "KR",
        "desk",
        "desk, other",
        "ann",
        "hash",
        "sticky",
        "best_skill",
        "all",
        "owner",
        "group",
        "next",
        "billing>=3",
        "ios",
        "10.0.0.0/8",
        "::1",
        "[a-z]+",
        "true",
        "1",
        "50.5",
        "easter +1 day",
        "week 53 Mo",
        "Feb 30",
        "00:00-48:00",
        "sunrise-sunset",
        "-1",
        "1e300",
    ])
    .prop_map(str::to_owned)
}

pub(super) const RULE_NAMES: [&str; 22] = [
    "Priority",
    "Enabled",
    "Platforms",
    "NotClientUserIds",
    "ClientUserIdPrefixes",
    "ClientUserIdPattern",
    "NotClientIps",
    "Hours",
    "NotHours",
    "ValidFrom",
    "NotValidUntil",
    "Percent",
    "PercentKey",
    "NotSegments",
    "Languages",
    "SdkAppIds",
    "TimeZone",
    "Rosters",
    "AgentIds",
    "NeedSkills",
    "Strategy",
    "MaxAgents",
];
pub(super) const AGENT_NAMES: [&str; 10] = [
    "Rosters",
    "Enabled",
    "Tier",
    "Weight",
    "Skills",
    "Shifts",
    "TimeZone",
    "HolidayCountry",
    "Away",
    "OnlyWithGroups",
];
pub(crate) const CALENDAR_NAMES: [&str; 5] =
    ["Hours", "TimeZone", "HolidayCountry", "ClosedDates", "SpecialDates"];

pub(super) fn any_row(
    key: &'static str,
    ids: &'static str,
    names: &'static [&'static str],
) -> impl Strategy<Value = Value> {
    (
        ids,
        prop::collection::btree_map(prop::sample::select(names.to_vec()), any_value(), 0..6),
        any::<bool>(),
    )
        .prop_map(move |(id, attributes, group)| {
            let mut row: Map<String, Value> =
                attributes.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
            row.insert(key.into(), id.into());
            if group && key == "RuleId" {
                row.entry("Priority").or_insert(1.into());
                row.insert("AgentGroupId".into(), 7.into());
            }
            Value::Object(row)
        })
}

/// A rule that is good, over one roster; agents that are good, all of one tier.
pub(crate) fn good_rule() -> impl Strategy<Value = Value> {
    let condition = prop::sample::select(vec![
        json!({}),
        json!({ "Platforms": ["unknown"] }),
        json!({ "NotPlatforms": ["ios"] }),
        json!({ "ClientUserIdPrefixes": ["a", "b"] }),
        json!({ "NotClientUserIdPrefixes": "a" }),
        json!({ "Percent": 50 }),
        json!({ "NotPercent": 50, "PercentKey": "k" }),
        json!({ "Hours": "@c" }),
        json!({ "NotHours": "@c" }),
        json!({ "Hours": "Mo-Fr 09:00-18:00", "TimeZone": "Asia/Seoul" }),
        json!({ "NotSegments": ["vip"] }),
    ]);
    let target = prop::sample::select(vec![
        json!({ "Rosters": ["desk"], "MaxAgents": 100 }),
        json!({ "Rosters": ["night"], "Strategy": "hash", "AgentGroupId": 5 }),
        json!({ "Rosters": ["desk"], "NeedSkills": ["billing>=2"] }),
        json!({ "AgentIds": ["ann", "bob", "stranger"] }),
        json!({ "AgentGroupId": 9 }),
        json!({ "Rosters": ["night"], "AgentGroupId": 6, "IfNobody": "group" }),
    ]);
    (condition, target, 0..5_i64).prop_map(|(condition, target, priority)| {
        let mut row = condition.as_object().unwrap().clone();
        row.extend(target.as_object().unwrap().clone());
        row.insert("Priority".into(), priority.into());
        Value::Object(row)
    })
}

pub(crate) fn good_agent() -> impl Strategy<Value = Value> {
    let rosters = prop::sample::subsequence(vec!["desk", "night"], 0..=2);
    let shifts = prop::option::of(prop::sample::select(vec!["09:00-18:00", "22:00-06:00", "@c"]));
    let (enabled, group) = (prop::bool::weighted(0.9), prop::option::of(5..7_i64));
    (rosters, 0..4_i64, 1..6_i64, shifts, enabled, group).prop_map(
        |(rosters, weight, skill, shifts, enabled, group)| {
            let mut row = json!({
                "Rosters": rosters, "Weight": weight, "Skills": { "billing": skill },
                "Enabled": enabled,
            });
            if let Some(shifts) = shifts {
                row["Shifts"] = shifts.into();
            }
            if let Some(group) = group {
                row["OnlyWithGroups"] = json!([group]);
            }
            row
        },
    )
}

pub(crate) fn keyed(key: &str, ids: &[&str], rows: Vec<Value>) -> Vec<Value> {
    rows.into_iter()
        .zip(ids)
        .map(|(mut row, id)| {
            row[key] = (*id).into();
            row
        })
        .collect()
}

pub(crate) const CALENDAR: &str = r#"{
    "CalendarId": "c", "Hours": "Mo-Sa 08:00-20:00, Fr 22:00-04:00", "ClosedDates": ["2026-11-26"]
}"#;

/// Good rules, agents, and one calendar.
pub(super) fn good_rows() -> impl Strategy<Value = (Vec<Value>, Vec<Value>, Vec<Value>)> {
    (prop::collection::vec(good_rule(), 1..5), prop::collection::vec(good_agent(), 0..5)).prop_map(
        |(rules, agents)| {
            let rules = keyed("RuleId", &["r1", "r2", "r3", "r4"], rules);
            let agents = keyed("AgentId", &["ann", "bob", "cid", "dan"], agents);
            (rules, agents, vec![serde_json::from_str(CALENDAR).unwrap()])
        },
    )
}
