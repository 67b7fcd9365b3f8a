//! Lists, sets and maps as people type them.

use super::*;

#[test]
fn lists_in_every_lenient_form() {
    for json in [r#"["a","b"]"#, r#"" a, b ""#, "\"a\\nb\\n\""] {
        let json: serde_json::Value = serde_json::from_str(json).unwrap();
        let (read, findings) = with(json!({ "AgentIds": json }), |r| {
            r.list("AgentIds", Empty::IsError, 2).map(|l| l.join("|"))
        });
        assert_eq!((read.as_deref(), findings), (Some("a|b"), vec![]));
    }
    for json in
        [r#"["a",""]"#, r#"["a",null]"#, r#""a,,b""#, r#"["a","b","c"]"#, r#"["a",["b"]]"#, "true"]
    {
        let json: serde_json::Value = serde_json::from_str(json).unwrap();
        let (read, findings) = with(json!({ "AgentIds": json }), |r| {
            r.list("AgentIds", Empty::IsError, 2).map(|l| l.join("|"))
        });
        assert_eq!((read, findings.len()), (None, 1), "{json}");
    }
}

#[test]
fn a_set_has_no_order() {
    let mut row = row(json!({ "RuleId": "r" }));
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
fn a_number_is_a_list_of_one_and_a_set_of_one_has_an_order() {
    let (read, findings) = with(json!({ "AgentIds": 7 }), |r| {
        r.list("AgentIds", Empty::IsError, 1).map(|list| list.join("|"))
    });
    assert_eq!((read.as_deref(), findings), (Some("7"), vec![]));
    let mut row = row(json!({ "RuleId": "r" }));
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
    let many = json!({ " ": 1 });
    for (value, count, says) in [
        (map(1_000), Some(1_000), ""),
        (map(1_001), None, "has 1001 entries"),
        (json!({ " a ": "5", "b": 1 }), Some(2), ""),
        (json!({ "a": 6 }), None, "`a` in the map: expected a whole number from `1` to `5`"),
        (json!({ "a": 0 }), None, "expected a whole number from `1` to `5`"),
        (many, None, "an entry is empty"),
    ] {
        let (read, findings) = with(json!({ "AgentIds": value }), |r| {
            r.names_with_numbers("AgentIds", Empty::IsError, 1, 1, 5).map(|n| n.len())
        });
        assert_eq!(read, count);
        assert!(
            findings.len() == usize::from(count.is_none())
                && findings.iter().all(|finding| finding.contains(says)),
            "{findings:?}"
        );
    }
    let (_, findings) =
        with(json!({ "AgentIds": 0 }), |r| r.whole("AgentIds", Empty::IsError, 1, i64::MAX));
    assert!(findings[0].contains("expected a whole number, `1` or more; write"), "{findings:?}");
}

#[test]
fn lists_as_people_type_them() {
    let read = |json: serde_json::Value| {
        with(json!({ "AgentIds": json }), |r| {
            r.list("AgentIds", Empty::IsError, 9).map(|list| list.join("|"))
        })
    };
    for json in [
        json!("u1，u2"),
        json!("u1; u2"),
        json!("u1、u2"),
        json!("u1\r\nu2\r\n"),
        json!("u1,\nu2,"),
        json!("[\"u1\",\"u2\"]"),
        json!("[\"u1\\u200b\",  \"u2 \"]"),
        json!(["u1\u{a0}", "\u{feff}u2"]),
    ] {
        assert_eq!(read(json.clone()), (Some("u1|u2".into()), vec![]), "{json}");
    }
    for (json, says) in [
        (json!(["u1，u2"]), "each as an entry of its own: `u1`, `u2`"),
        (json!(["u1;u2", "u3"]), "`u1`, `u2`"),
        (json!(["u1,"]), "write `u1`"),
        (json!(["\"u1\", \"u2\""]), "`u1`, `u2`"),
        (json!(["[\"u1\",\"u2\"]"]), "`u1`, `u2`"),
        (json!("['u1', 'u2']"), "write `u1, u2` without them"),
        (json!("[u1, u2]"), "write `u1, u2`"),
        (json!("\"u1\", \"u2\""), "write `u1`"),
        (json!("“u1”"), "write `u1`"),
        (json!(["'u1'"]), "write `u1`"),
        (json!([{ "S": "u1" }]), "write `u1`"),
        (json!([true]), "`\"true\"`"),
        (json!(["u1", null]), "an entry is empty (NULL)"),
        (json!(["u1", ["u2"]]), "is a list inside the list"),
        (json!({ "u1": 1 }), "not a map"),
        (json!("{\"S\":\"u1\"}"), "write `u1`"),
        (json!("[{\"S\":\"u1\"},{\"S\":\"u2\"}]"), "write `u1, u2`"),
        (json!(["{\"S\":\"u1\"}"]), "write `u1`"),
        (json!({ "SS": ["u1", "u2"] }), "write `u1, u2`"),
        (json!({ "S": "u1" }), "write `u1`"),
        (json!("{\"u1\":2}"), "write `u1`"),
        (json!(","), "has no entry"),
    ] {
        let (read, findings) = read(json.clone());
        assert_eq!(read, None, "{json}");
        assert!(findings.iter().any(|finding| finding.contains(says)), "{json} {findings:?}");
    }
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
        for typed in [json!(entry), json!([entry, "gold"])] {
            let (read, findings) = with(json!({ "Segments": typed }), |r| {
                r.list("Segments", Empty::IsError, 10).map(|list| list.len())
            });
            assert_eq!(read, None, "{entry}");
            assert!(findings[0].contains(says), "{entry} {findings:?}");
        }
    }
    // What has the most bytes is good with any sign in it.
    let longest = format!("{}#", "x".repeat(511));
    let (read, findings) =
        with(json!({ "Segments": ["vip [old]", "a[1]b", "[a]b", longest, "\"A\" Team"] }), |r| {
            r.list("Segments", Empty::IsError, 10).map(|list| list.len())
        });
    assert_eq!((read, findings.is_empty()), (Some(5), true), "{findings:?}");
}

#[test]
fn a_map_typed_as_a_text_is_no_name() {
    for (typed, says) in [
        (json!("{\"billing\":2}"), "write it as a map (M): `{\"billing\": 2}`"),
        (json!({ "M": { "billing": { "N": "2" } } }), "`{\"billing\": 2}`"),
        (json!({ "SS": ["billing", "german"] }), "write `billing, german`"),
    ] {
        let (read, findings) = with(json!({ "NeedSkills": typed }), |r| {
            r.names_with_numbers("NeedSkills", Empty::IsError, 1, 1, 5).map(|n| n.len())
        });
        assert_eq!((read, findings.len()), (None, 1), "{typed}");
        assert!(findings[0].contains(says), "{findings:?}");
    }
}

#[test]
fn true_is_no_id_of_an_app_or_a_group() {
    for (attribute, says) in [
        ("SdkAppIds", "must be the number of an app; write such as `1400000000`"),
        ("NotSdkAppIds", "must be the number of an app; write such as `1400000000`"),
        ("OnlyWithGroups", "must be the number of a group; write such as `6521`"),
        ("AgentIds", "must be text; write `\"true\"`"),
    ] {
        let (read, findings) = with(json!({ attribute: [true] }), |r| {
            r.list(attribute, Empty::IsError, 10).map(|list| list.len())
        });
        assert_eq!(read, None, "{attribute}");
        assert!(findings.iter().any(|told| told.contains(says)), "{attribute}: {findings:?}");
    }
}
