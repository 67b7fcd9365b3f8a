//! The lenient forms of attributes, and their limits.

mod attributes;
mod lists;

use serde_json::json;

use super::*;
use crate::hours::Zone;
use crate::rows::cleaned::Cleaned;
use crate::rows::condition::CONDITIONS;
use crate::rows::{Defaults, Row, Table, Value};

fn row(json: serde_json::Value) -> Row {
    match json {
        serde_json::Value::Object(map) => super::super::row_from_json(map),
        other => panic!("{other}"),
    }
}

fn with<T>(json: serde_json::Value, read: impl Fn(&mut RowReader<'_>) -> T) -> (T, Vec<String>) {
    let mut json = json;
    json["RuleId"] = "r".into();
    let row = row(json);
    let cleaned = Cleaned::new(Table::Rules, &row).unwrap();
    let mut reader = RowReader::with_conditions(&cleaned, CONDITIONS);
    let read = read(&mut reader);
    (read, reader.finish().iter().map(ToString::to_string).collect())
}

#[test]
fn whole_numbers_in_every_lenient_form() {
    for (json, expected) in [
        ("6521", 6521),
        ("\"6521\"", 6521),
        ("6521.0", 6521),
        ("\" 6521.0 \"", 6521),
        ("\"6.521e3\"", 6521),
    ] {
        let json: serde_json::Value = serde_json::from_str(json).unwrap();
        let (read, findings) =
            with(json!({ "AgentIds": json }), |r| r.whole("AgentIds", Empty::IsError, 1, i64::MAX));
        assert_eq!((read, findings), (Some(expected), vec![]));
    }
    for json in ["6521.5", "\"abc\"", "true", "[]", "null", "0", "\"NaN\"", "\"1e400\""] {
        let json: serde_json::Value = serde_json::from_str(json).unwrap();
        let (read, findings) =
            with(json!({ "AgentIds": json }), |r| r.whole("AgentIds", Empty::IsError, 1, i64::MAX));
        assert_eq!((read, findings.len()), (None, 1), "{json}");
    }
}

#[test]
fn ids_have_at_most_512_bytes() {
    for (length, good) in [(1, true), (511, true), (512, true), (513, false), (600, false)] {
        let id = "x".repeat(length);
        let (read, findings) = with(json!({ "AgentIds": id }), |r| {
            r.id("AgentIds", Empty::IsError, "an id").map(str::to_owned)
        });
        assert_eq!((read.is_some(), findings.is_empty()), (good, good), "{length}");
        let (read, findings) = with(json!({ "AgentIds": [id] }), |r| {
            r.list("AgentIds", Empty::IsError, 1).map(|list| list.len())
        });
        assert_eq!((read, findings.is_empty()), (good.then_some(1), good), "{length}");
        let (read, findings) = with(json!({ "AgentIds": { id: 1 } }), |r| {
            r.names_with_numbers("AgentIds", Empty::IsError, 1, 1, 5).map(|n| n.len())
        });
        assert_eq!((read, findings.is_empty()), (good.then_some(1), good), "{length}");
    }
}

#[test]
fn true_and_false_in_every_lenient_form() {
    for (json, expected) in [
        ("true", true),
        ("\"true\"", true),
        ("\" TRUE \"", true),
        ("false", false),
        ("\"False\"", false),
    ] {
        let json: serde_json::Value = serde_json::from_str(json).unwrap();
        assert_eq!(
            with(json!({ "AgentIds": json }), |r| r.bool("AgentIds")),
            (Some(expected), vec![]),
            "{json}"
        );
    }
    for json in ["\"yes\"", "1", "\"truefalse\"", "[true]"] {
        let json: serde_json::Value = serde_json::from_str(json).unwrap();
        let (read, findings) = with(json!({ "AgentIds": json }), |r| r.bool("AgentIds"));
        assert_eq!((read, findings.len()), (None, 1), "{json}");
    }
    assert_eq!(
        with(json!({ "AgentIds": "" }), |r| r.bool("AgentIds")),
        (None, vec![]),
        "an empty setting is none"
    );
}

#[test]
fn whole_numbers_with_a_fraction_are_believed_as_far_as_they_are_exact() {
    for (text, expected) in [
        ("9007199254740991.0", Some(9_007_199_254_740_991)),
        ("-9007199254740991.0", Some(-9_007_199_254_740_991)),
        ("9007199254740992.0", None),
        ("9007199254740993", Some(9_007_199_254_740_993)),
        ("0.5", None),
    ] {
        assert_eq!(whole(&Value::Number(text.into())), expected, "{text}");
    }
}

#[test]
fn a_fixed_offset_is_a_warning_and_a_bad_zone_an_error() {
    let defaults = Defaults {
        time_zone: Zone::utc(),
        holiday_country: None,
        customers: false,
        assignments: false,
    };
    for (zone, count) in [("Asia/Seoul", 0), ("Etc/GMT+9", 1), ("Asia/Seol", 1)] {
        let row = row(json!({ "RuleId": "r", "TimeZone": zone }));
        let cleaned = Cleaned::new(Table::Rules, &row).unwrap();
        let mut reader = RowReader::with_conditions(&cleaned, CONDITIONS);
        reader.zone_and_country(&defaults);
        assert_eq!(reader.finish().len(), count, "{zone}");
    }
    let fixed = Defaults { time_zone: "Etc/GMT+9".parse().unwrap(), ..defaults };
    let row = row(json!({ "RuleId": "r" }));
    let cleaned = Cleaned::new(Table::Rules, &row).unwrap();
    let mut reader = RowReader::with_conditions(&cleaned, CONDITIONS);
    reader.zone_and_country(&fixed);
    assert_eq!(reader.finish().len(), 0, "the deployment's zone is not the row's");
}

#[test]
fn an_unknown_attribute_gets_a_suggestion_and_notes_do_not() {
    let (_, findings) = with(
        json!({ "Platfroms": ["iOS"], "Name": 1, "Notes": 1, "Description": 1, "_x": 1 }),
        |_| (),
    );
    assert_eq!(findings.len(), 1);
    assert!(findings[0].contains("did you mean `Platforms`?"), "{findings:?}");
}

#[test]
fn numbers_say_what_to_write() {
    for (json, write) in [
        (json!("1,000"), "`1000`"),
        (json!("1.234"), "`1234`"),
        (json!("10%"), "`10`"),
        (json!(["10"]), "`10`"),
        (json!(["10", "20"]), "such a number"),
        (json!("ten"), "such a number"),
        (json!("6.5"), "such a number"),
    ] {
        let (read, findings) = with(json!({ "AgentGroupId": json }), |r| {
            r.whole("AgentGroupId", Empty::IsError, 1, i64::MAX)
        });
        assert_eq!(read, None, "{json}");
        let says = format!("expected a whole number, `1` or more; write {write}");
        assert!(findings[0].contains(&says), "{findings:?}");
    }
    // Both can be meant, so what is expected says nothing.
    let (_, findings) = with(json!({ "AgentGroupId": "1.000" }), |r| {
        r.whole("AgentGroupId", Empty::IsError, 1, i64::MAX)
    });
    let says = "`: may mean two numbers; write `1000`, or `1`";
    assert!(findings[0].ends_with(says), "{findings:?}");
    let (read, findings) = with(json!({ "AgentGroupId": "６５２１" }), |r| {
        r.whole("AgentGroupId", Empty::IsError, 1, i64::MAX)
    });
    assert_eq!((read, findings), (Some(6521), vec![]));
}

#[test]
fn what_people_write_for_true_and_false() {
    for (json, write) in [
        (json!("yes"), "write `true` (BOOL)"),
        (json!(1), "write `true` (BOOL)"),
        (json!("off"), "write `false` (BOOL)"),
        (json!("No"), "write `false` (BOOL)"),
        (json!(0), "write `false` (BOOL)"),
        (json!("否"), "write `false` (BOOL)"),
        (json!("maybe"), "write `true` or `false` (BOOL)"),
    ] {
        let (read, findings) = with(json!({ "Enabled": json }), |r| r.bool("Enabled"));
        assert_eq!(read, None, "{json}");
        assert!(findings[0].contains(write), "{findings:?}");
    }
}

#[test]
fn a_row_tells_at_most_fifty_findings() {
    let many: Vec<String> = (0..500).map(|n| format!("a,{n}")).collect();
    let (read, findings) = with(json!({ "AgentIds": many }), |r| {
        r.list("AgentIds", Empty::IsError, 1_000).map(|list| list.len())
    });
    assert_eq!((read, findings.len()), (None, 51));
    assert!(findings[50].contains("450 more"), "{}", findings[50]);
}

/// It is the error that keeps the row out of use.
#[test]
fn the_first_error_is_kept_behind_any_number_of_warnings() {
    let (_, findings) = with(json!({ "AgentIds": "a" }), |r| {
        for _ in 0..60 {
            r.warn("AgentIds", "is odd");
        }
        r.error("AgentIds", "is wrong");
        r.error("AgentIds", "is wrong, too");
    });
    assert_eq!(findings.len(), 52);
    assert!(findings[49].starts_with("warning"), "{}", findings[49]);
    assert!(findings[50].starts_with("error"), "{}", findings[50]);
    assert!(findings[51].contains("11 more"), "{}", findings[51]);
}

#[test]
fn what_a_row_cannot_be_without_is_not_told_to_be_removed() {
    for (attribute, says) in [
        ("Priority", "is empty; write a value"),
        ("AgentGroupId", "is empty; write a value, or remove `AgentGroupId`"),
    ] {
        let (_, findings) = with(json!({ attribute: "" }), |r| {
            r.whole(attribute, Empty::IsError, 1, i64::MAX);
        });
        assert!(findings.len() == 1 && findings[0].ends_with(says), "{findings:?}");
    }
}
