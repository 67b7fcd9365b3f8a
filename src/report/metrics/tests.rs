//! The definitions name the numbers of each line.

use std::collections::BTreeSet;
use std::sync::Arc;

use serde_json::{Value, json};

use super::*;
use routing::rows::Defaults;
use routing::rows::{Rows, row_from_json};
use routing::snapshot::Snapshot;

#[test]
fn the_definitions_name_the_fields() {
    let now = DateTime::from_timestamp(1_795_000_000, 0).unwrap();
    let rules = (0..60).map(|n| {
        row_from_json(
            json!({ "RuleId": format!("r{n:02}"), "Priority": n, "AgentGroupId": 1 })
                .as_object()
                .unwrap()
                .clone(),
        )
    });
    let rules: Vec<_> = rules
        .chain([row_from_json(json!({ "RuleId": "bad" }).as_object().unwrap().clone())])
        .collect();
    let defaults = Defaults {
        time_zone: routing::hours::Zone::utc(),
        holiday_country: None,
        customers: false,
        assignments: false,
    };
    let snapshot = Arc::new(Snapshot::compile(&Rows { rules, ..Rows::default() }, &defaults, now));
    let metrics = Metrics::new(Some("webhook"), Some("7"), true, false);
    for (rule_id, rule) in [
        (Some("r00"), "r00"),
        (Some("r49"), "r49"),
        (Some("r50"), "other"),
        (Some("gone"), "other"),
        (None, "none"),
    ] {
        let record = Record {
            outcome: "group",
            rule_id,
            config_age_ms: Some(1_500),
            snapshot: Some(Arc::clone(&snapshot)),
            ..Record::at(now)
        };
        let line = serde_json::to_value(metrics.of(&record, 3, now)).unwrap();
        assert_eq!(
            (&line["Rule"], &line["RowErrors"], &line["Refused"]),
            (&json!(rule), &json!(1), &json!(3))
        );
        assert_eq!(
            (&line["ConfigAge"], &line["Function"], &line["_aws"]["Timestamp"]),
            (&json!(1.5), &json!("webhook"), &json!(1_795_000_000_000_i64))
        );
        let fields: BTreeSet<&str> = line
            .as_object()
            .unwrap()
            .keys()
            .map(String::as_str)
            .filter(|name| *name != "_aws")
            .collect();
        let mut named = BTreeSet::new();
        for definition in line["_aws"]["CloudWatchMetrics"].as_array().unwrap() {
            assert_eq!(definition["Namespace"], NAMESPACE);
            named.extend(
                definition["Metrics"]
                    .as_array()
                    .unwrap()
                    .iter()
                    .map(|metric| metric["Name"].as_str().unwrap()),
            );
            named.extend(
                definition["Dimensions"]
                    .as_array()
                    .unwrap()
                    .iter()
                    .flat_map(|set| set.as_array().unwrap())
                    .map(|name| name.as_str().unwrap()),
            );
        }
        assert_eq!(fields, named);
    }
    let bare = serde_json::to_value(metrics.of(&Record::at(now), 0, now)).unwrap();
    assert_eq!(
        (bare.get("ConfigAge"), bare.get("RowErrors")),
        (None::<&Value>, None),
        "unknown is not 0"
    );
    let usual = Metrics::new(Some("webhook"), Some("7"), false, true);
    let bare = serde_json::to_value(usual.of(&Record::at(now), 0, now)).unwrap();
    assert_eq!((bare.get("Rule"), &bare["Unauthenticated"]), (None, &json!(1)));
    assert!(!bare.to_string().contains("\"Rule\""), "{bare}");
    let fallback = Record { outcome: "fallback", ..Record::at(now) };
    let line = serde_json::to_value(usual.of(&fallback, 0, now)).unwrap();
    assert_eq!((&line["Fallbacks"], &line["Version"]), (&json!(1), &json!("7")));
    assert!(line["_aws"].to_string().contains("Fallbacks"), "{line}");
}

#[test]
fn a_rule_as_a_dimension_is_ascii() {
    let now = DateTime::from_timestamp(1_795_000_000, 0).unwrap();
    let metrics = Metrics::new(None, None, true, false);
    for (id, shown) in [("vip 1", "vip 1"), ("회원", "\\u{d68c}\\u{c6d0}")] {
        let rule = json!({ "RuleId": id, "Priority": 1, "AgentGroupId": 1 });
        let rules = vec![row_from_json(rule.as_object().unwrap().clone())];
        let defaults = Defaults {
            time_zone: routing::hours::Zone::utc(),
            holiday_country: None,
            customers: false,
            assignments: false,
        };
        let rows = Rows { rules, ..Rows::default() };
        let snapshot = Arc::new(Snapshot::compile(&rows, &defaults, now));
        let record = Record { rule_id: Some(id), snapshot: Some(snapshot), ..Record::at(now) };
        let line = serde_json::to_value(metrics.of(&record, 0, now)).unwrap();
        assert_eq!(line["Rule"], shown, "{id}");
    }
}
