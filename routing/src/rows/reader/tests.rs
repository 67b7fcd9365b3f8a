//! The lenient forms of attributes, and their limits.

mod attributes;

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
        let (read, findings) = with(serde_json::json!({ "AgentIds": json }), |r| {
            r.whole("AgentIds", Empty::IsError, 1, i64::MAX)
        });
        assert_eq!((read, findings), (Some(expected), vec![]));
    }
    for json in ["6521.5", "\"abc\"", "true", "[]", "null", "0", "\"NaN\"", "\"1e400\""] {
        let json: serde_json::Value = serde_json::from_str(json).unwrap();
        let (read, findings) = with(serde_json::json!({ "AgentIds": json }), |r| {
            r.whole("AgentIds", Empty::IsError, 1, i64::MAX)
        });
        assert_eq!((read, findings.len()), (None, 1), "{json}");
    }
}

#[test]
fn lists_in_every_lenient_form() {
    for json in [r#"["a","b"]"#, r#"" a, b ""#, "\"a\\nb\\n\""] {
        let json: serde_json::Value = serde_json::from_str(json).unwrap();
        let (read, findings) = with(serde_json::json!({ "AgentIds": json }), |r| {
            r.list("AgentIds", Empty::IsError, 2).map(|l| l.join("|"))
        });
        assert_eq!((read.as_deref(), findings), (Some("a|b"), vec![]));
    }
    for json in
        [r#"["a",""]"#, r#"["a",null]"#, r#""a,,b""#, r#"["a","b","c"]"#, r#"["a",["b"]]"#, "true"]
    {
        let json: serde_json::Value = serde_json::from_str(json).unwrap();
        let (read, findings) = with(serde_json::json!({ "AgentIds": json }), |r| {
            r.list("AgentIds", Empty::IsError, 2).map(|l| l.join("|"))
        });
        assert_eq!((read, findings.len()), (None, 1), "{json}");
    }
}

#[test]
fn a_set_has_no_order() {
    let mut row = row(serde_json::json!({ "RuleId": "r" }));
    row.insert(
        "AgentIds".into(),
        Value::Set(vec![Value::Text("x".into()), Value::Text("y".into())]),
    );
    let cleaned = Cleaned::new(Table::Rules, &row).unwrap();
    let mut reader = RowReader::with_conditions(&cleaned, CONDITIONS);
    assert_eq!(reader.ordered_list("AgentIds", Empty::IsError), None);
    assert_eq!(reader.finish().len(), 1);
}

#[test]
fn ids_have_at_most_512_bytes() {
    for (length, good) in [(1, true), (511, true), (512, true), (513, false), (600, false)] {
        let id = "x".repeat(length);
        let (read, findings) = with(serde_json::json!({ "AgentIds": id }), |r| {
            r.id("AgentIds", Empty::IsError).map(str::to_owned)
        });
        assert_eq!((read.is_some(), findings.is_empty()), (good, good), "{length}");
        let (read, findings) = with(serde_json::json!({ "AgentIds": [id] }), |r| {
            r.list("AgentIds", Empty::IsError, 1).map(|list| list.len())
        });
        assert_eq!((read, findings.is_empty()), (good.then_some(1), good), "{length}");
        let (read, findings) = with(serde_json::json!({ "AgentIds": { id: 1 } }), |r| {
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
            with(serde_json::json!({ "AgentIds": json }), |r| r.bool("AgentIds")),
            (Some(expected), vec![]),
            "{json}"
        );
    }
    for json in ["\"yes\"", "1", "\"truefalse\"", "[true]"] {
        let json: serde_json::Value = serde_json::from_str(json).unwrap();
        let (read, findings) =
            with(serde_json::json!({ "AgentIds": json }), |r| r.bool("AgentIds"));
        assert_eq!((read, findings.len()), (None, 1), "{json}");
    }
    assert_eq!(
        with(serde_json::json!({ "AgentIds": "" }), |r| r.bool("AgentIds")),
        (None, vec![]),
        "an empty setting is none"
    );
}

#[test]
fn a_number_is_a_list_of_one_and_a_set_of_one_has_an_order() {
    let (read, findings) = with(serde_json::json!({ "AgentIds": 7 }), |r| {
        r.list("AgentIds", Empty::IsError, 1).map(|list| list.join("|"))
    });
    assert_eq!((read.as_deref(), findings), (Some("7"), vec![]));
    let mut row = row(serde_json::json!({ "RuleId": "r" }));
    row.insert("AgentIds".into(), Value::Set(vec![Value::Number("1".into())]));
    let cleaned = Cleaned::new(Table::Rules, &row).unwrap();
    assert_eq!(
        RowReader::with_conditions(&cleaned, CONDITIONS).ordered_list("AgentIds", Empty::IsError),
        Some(vec!["1"])
    );
}

#[test]
fn maps_have_at_most_1000_names_each_with_a_number_in_range() {
    let map = |count: usize| {
        serde_json::Value::from(
            (0..count).map(|n| (n.to_string(), 1.into())).collect::<serde_json::Map<_, _>>(),
        )
    };
    let many = serde_json::json!({ " ": 1 });
    for (value, count, says) in [
        (map(1_000), Some(1_000), ""),
        (map(1_001), None, "has 1001 entries"),
        (serde_json::json!({ " a ": "5", "b": 1 }), Some(2), ""),
        (
            serde_json::json!({ "a": 6 }),
            None,
            "`a` in the map: expected a whole number from `1` to `5`",
        ),
        (serde_json::json!({ "a": 0 }), None, "expected a whole number from `1` to `5`"),
        (many, None, "an entry is empty"),
    ] {
        let (read, findings) = with(serde_json::json!({ "AgentIds": value }), |r| {
            r.names_with_numbers("AgentIds", Empty::IsError, 1, 1, 5).map(|n| n.len())
        });
        assert_eq!(read, count);
        assert!(
            findings.len() == usize::from(count.is_none())
                && findings.iter().all(|finding| finding.contains(says)),
            "{findings:?}"
        );
    }
    let (_, findings) = with(serde_json::json!({ "AgentIds": 0 }), |r| {
        r.whole("AgentIds", Empty::IsError, 1, i64::MAX)
    });
    assert!(findings[0].contains("expected a whole number, `1` or more; write"), "{findings:?}");
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
        let row = row(serde_json::json!({ "RuleId": "r", "TimeZone": zone }));
        let cleaned = Cleaned::new(Table::Rules, &row).unwrap();
        let mut reader = RowReader::with_conditions(&cleaned, CONDITIONS);
        reader.zone_and_country(&defaults);
        assert_eq!(reader.finish().len(), count, "{zone}");
    }
    let fixed = Defaults { time_zone: "Etc/GMT+9".parse().unwrap(), ..defaults };
    let row = row(serde_json::json!({ "RuleId": "r" }));
    let cleaned = Cleaned::new(Table::Rules, &row).unwrap();
    let mut reader = RowReader::with_conditions(&cleaned, CONDITIONS);
    reader.zone_and_country(&fixed);
    assert_eq!(reader.finish().len(), 0, "the deployment's zone is not the row's");
}

#[test]
fn an_unknown_attribute_gets_a_suggestion_and_notes_do_not() {
    let (_, findings) = with(
        serde_json::json!({ "Platfroms": ["iOS"], "Name": 1, "Notes": 1, "Description": 1, "_x": 1 }),
        |_| (),
    );
    assert_eq!(findings.len(), 1);
    assert!(findings[0].contains("did you mean `Platforms`?"), "{findings:?}");
}

#[test]
fn lists_as_people_type_them() {
    let read = |json: serde_json::Value| {
        with(serde_json::json!({ "AgentIds": json }), |r| {
            r.list("AgentIds", Empty::IsError, 9).map(|list| list.join("|"))
        })
    };
    for json in [
        serde_json::json!("u1，u2"),
        serde_json::json!("u1; u2"),
        serde_json::json!("u1、u2"),
        serde_json::json!("u1\r\nu2\r\n"),
        serde_json::json!("u1,\nu2,"),
        serde_json::json!("[\"u1\",\"u2\"]"),
        serde_json::json!("[\"u1\\u200b\",  \"u2 \"]"),
        serde_json::json!(["u1\u{a0}", "\u{feff}u2"]),
    ] {
        assert_eq!(read(json.clone()), (Some("u1|u2".into()), vec![]), "{json}");
    }
    for (json, says) in [
        (serde_json::json!(["u1，u2"]), "each as an entry of its own: `u1`, `u2`"),
        (serde_json::json!(["u1;u2", "u3"]), "`u1`, `u2`"),
        (serde_json::json!(["u1,"]), "write `u1`"),
        (serde_json::json!(["\"u1\", \"u2\""]), "`u1`, `u2`"),
        (serde_json::json!(["[\"u1\",\"u2\"]"]), "`u1`, `u2`"),
        (serde_json::json!("['u1', 'u2']"), "write `u1, u2` without them"),
        (serde_json::json!("[u1, u2]"), "write `u1, u2`"),
        (serde_json::json!("\"u1\", \"u2\""), "write `u1`"),
        (serde_json::json!("“u1”"), "write `u1`"),
        (serde_json::json!(["'u1'"]), "write `u1`"),
        (serde_json::json!([{ "S": "u1" }]), "write `u1`"),
        (serde_json::json!([true]), "`\"true\"`"),
        (serde_json::json!(["u1", null]), "NULL"),
        (serde_json::json!({ "u1": 1 }), "not a map"),
        (serde_json::json!("{\"S\":\"u1\"}"), "write `u1`"),
        (serde_json::json!("[{\"S\":\"u1\"},{\"S\":\"u2\"}]"), "write `u1, u2`"),
        (serde_json::json!(["{\"S\":\"u1\"}"]), "write `u1`"),
        (serde_json::json!({ "SS": ["u1", "u2"] }), "write `u1, u2`"),
        (serde_json::json!({ "S": "u1" }), "write `u1`"),
        (serde_json::json!("{\"u1\":2}"), "write `u1`"),
        (serde_json::json!(","), "has no entry"),
    ] {
        let (read, findings) = read(json.clone());
        assert_eq!(read, None, "{json}");
        assert!(findings.iter().any(|finding| finding.contains(says)), "{json} {findings:?}");
    }
}

#[test]
fn numbers_say_what_to_write() {
    for (json, write) in [
        (serde_json::json!("1,000"), "`1000`"),
        (serde_json::json!("10%"), "`10`"),
        (serde_json::json!(["10"]), "`10`"),
        (serde_json::json!("ten"), "such a number"),
        (serde_json::json!("6.5"), "such a number"),
    ] {
        let (read, findings) = with(serde_json::json!({ "AgentGroupId": json }), |r| {
            r.whole("AgentGroupId", Empty::IsError, 1, i64::MAX)
        });
        assert_eq!(read, None, "{json}");
        assert!(findings[0].contains(&format!("write {write}")), "{findings:?}");
    }
    let (read, findings) = with(serde_json::json!({ "AgentGroupId": "６５２１" }), |r| {
        r.whole("AgentGroupId", Empty::IsError, 1, i64::MAX)
    });
    assert_eq!((read, findings), (Some(6521), vec![]));
}

#[test]
fn what_people_write_for_true_and_false() {
    for (json, write) in [
        (serde_json::json!("yes"), "write `true`"),
        (serde_json::json!(1), "write `true`"),
        (serde_json::json!("off"), "write `false`"),
        (serde_json::json!("No"), "write `false`"),
        (serde_json::json!(0), "write `false`"),
        (serde_json::json!("否"), "write `false`"),
        (serde_json::json!("maybe"), "write `true` or `false`"),
    ] {
        let (read, findings) = with(serde_json::json!({ "Enabled": json }), |r| r.bool("Enabled"));
        assert_eq!(read, None, "{json}");
        assert!(findings[0].contains(write), "{findings:?}");
    }
}

#[test]
fn a_row_tells_at_most_fifty_findings() {
    let many: Vec<String> = (0..500).map(|n| format!("a,{n}")).collect();
    let (read, findings) = with(serde_json::json!({ "AgentIds": many }), |r| {
        r.list("AgentIds", Empty::IsError, 1_000).map(|list| list.len())
    });
    assert_eq!((read, findings.len()), (None, 51));
    assert!(findings[50].contains("450 more"), "{}", findings[50]);
}

#[test]
fn what_is_left_of_a_list_is_no_entry() {
    for (entry, says) in [
        ("[", "has only quotes or brackets"),
        ("[[[[[[", "has only quotes or brackets"),
        ("]]", "has only quotes or brackets"),
        ("[vip", "write `vip`"),
        ("vip]", "write `vip`"),
        ("[\"vip", "write `vip`"),
    ] {
        for typed in [serde_json::json!(entry), serde_json::json!([entry, "gold"])] {
            let (read, findings) = with(serde_json::json!({ "Segments": typed }), |r| {
                r.list("Segments", Empty::IsError, 10).map(|list| list.len())
            });
            assert_eq!(read, None, "{entry}");
            assert!(findings[0].contains(says), "{entry} {findings:?}");
        }
    }
    let (read, findings) = with(serde_json::json!({ "Segments": ["vip [old]", "a[1]b"] }), |r| {
        r.list("Segments", Empty::IsError, 10).map(|list| list.len())
    });
    assert_eq!((read, findings.is_empty()), (Some(2), true), "{findings:?}");
}

#[test]
fn a_map_typed_as_a_text_is_no_name() {
    for (typed, says) in [
        (serde_json::json!("{\"billing\":2}"), "write it as a map (M): `{\"billing\": 2}`"),
        (serde_json::json!({ "M": { "billing": { "N": "2" } } }), "`{\"billing\": 2}`"),
        (serde_json::json!({ "SS": ["billing", "german"] }), "write `billing, german`"),
    ] {
        let (read, findings) = with(serde_json::json!({ "NeedSkills": typed }), |r| {
            r.names_with_numbers("NeedSkills", Empty::IsError, 1, 1, 5).map(|n| n.len())
        });
        assert_eq!((read, findings.len()), (None, 1), "{typed}");
        assert!(findings[0].contains(says), "{findings:?}");
    }
}
