//! Random rows, of which some are in error.

use proptest::prelude::*;
use serde_json::{Value as Json, json};

use crate::rows::{Row, Rows, row_from_json};

fn attributes(
    choices: Vec<(&'static str, Vec<Json>)>,
) -> impl Strategy<Value = serde_json::Map<String, Json>> {
    let each: Vec<_> = choices
        .into_iter()
        .map(|(name, values)| prop::sample::select(values).prop_map(move |value| (name, value)))
        .collect();
    each.prop_map(|pairs| {
        // Null stands for an attribute that is not there.
        let there = pairs.into_iter().filter(|(_, value)| !value.is_null());
        there.map(|(name, value)| (name.to_owned(), value)).collect()
    })
}

fn table(
    key: &'static str,
    ids: &'static [&'static str],
    choices: Vec<(&'static str, Vec<Json>)>,
) -> impl Strategy<Value = Vec<Row>> {
    prop::collection::vec(prop::option::weighted(0.85, attributes(choices)), ids.len()).prop_map(
        move |rows| {
            let there = ids.iter().zip(rows).filter_map(|(id, row)| Some((id, row?)));
            there
                .map(|(id, mut row)| {
                    row.insert(key.to_owned(), json!(id));
                    row_from_json(row)
                })
                .collect()
        },
    )
}

fn hours() -> Vec<Json> {
    vec![
        json!(null),
        json!(null),
        json!("@c"),
        json!("＠ C"),
        json!("@d"),
        json!(["@c", "Mo-Fr 09:00-18:00"]),
        json!("[\"@d\", \"Sa 10:00-12:00\"]"),
        json!("Mo-Fr 09:00～18:00; PH off"),
        json!("never ever"),
    ]
}

pub(crate) fn rows() -> impl Strategy<Value = Rows> {
    let enabled = || vec![json!(null), json!(null), json!(null), json!(false), json!("off?")];
    let zone = || vec![json!(null), json!(null), json!(" europe/berlin "), json!("nowhere")];
    let rules = table(
        "RuleId",
        &["r1", "r2", "r3"],
        vec![
            ("Priority", vec![json!(1), json!(2.5), json!("3"), json!("1"), json!("first")]),
            ("Enabled", enabled()),
            ("TimeZone", zone()),
            ("Hours", hours()),
            ("ClientUserIds", vec![json!(null), json!(["u2", "u1"]), json!("u3, u1")]),
            (
                "AnyOf",
                vec![
                    json!(null),
                    json!(null),
                    json!([{ "NotHours": "@c" }, { "Platforms": ["iOS"], "Hours": "@D" }]),
                ],
            ),
            ("AgentGroupId", vec![json!(5), json!(6)]),
            ("Rosters", vec![json!(null), json!(["desk"])]),
            ("Notes", vec![json!(null), json!("of no matter")]),
        ],
    );
    let agents = table(
        "AgentId",
        &["ann", "bob"],
        vec![
            ("Rosters", vec![json!(["desk"]), json!({ "desk": 2 })]),
            ("Enabled", enabled()),
            ("Weight", vec![json!(null), json!(3), json!(101)]),
            ("Shifts", hours()),
            ("TimeZone", zone()),
        ],
    );
    let calendars = table(
        "CalendarId",
        &["c", "d"],
        vec![
            ("Hours", vec![json!("24/7"), json!("off"), json!("Mo-Fr 09:00-18:00"), json!("no")]),
            ("HolidayCountry", vec![json!(null), json!("DE-BY")]),
            ("ClosedDates", vec![json!(null), json!(["12-25"])]),
        ],
    );
    (rules, agents, calendars).prop_map(|(rules, agents, calendars)| Rows {
        rules,
        agents,
        calendars,
    })
}
