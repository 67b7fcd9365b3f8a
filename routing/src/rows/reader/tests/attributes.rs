//! Attributes that nobody knows.

use super::*;

#[test]
fn disabled_is_enabled_the_other_way_round() {
    for name in ["Disabled", "disabled", "IsDisabled", "Inactive"] {
        let row = row(json!({ "RuleId": "r", name: true }));
        let cleaned = Cleaned::new(Table::Rules, &row).unwrap();
        let findings = RowReader::with_conditions(&cleaned, CONDITIONS).finish();
        assert!(findings[0].message.contains("write `\"Enabled\": false`"), "{findings:?}");
    }
}

#[test]
fn what_says_not_is_never_told_as_its_opposite() {
    for (name, meant) in [
        ("!Platforms", Some("NotPlatforms")),
        ("-Segments", Some("NotSegments")),
        ("Segments!", Some("NotSegments")),
        ("NSegments", Some("NotSegments")),
        ("UnSegments", Some("NotSegments")),
        ("NoSegments", Some("NotSegments")),
        ("Non-Segments", Some("NotSegments")),
        ("ExceptPlatforms", Some("NotPlatforms")),
        ("ExceptSegments", Some("NotSegments")),
        ("ExcludeSegments", Some("NotSegments")),
        ("WithoutSegments", Some("NotSegments")),
        ("exclude_segment", Some("NotSegments")),
        ("PlatformsNot", Some("NotPlatforms")),
        ("ExceptUsers", Some("NotClientUserIds")),
        ("!Users", Some("NotClientUserIds")),
        ("ExcludeAgents", Some("ExceptAgents")),
        ("NotAgents", Some("ExceptAgents")),
        ("NoneOf", Some("NotAnyOf")),
        ("MinAgents", None),
        ("IfAnybody", None),
        ("InvalidUntil", None),
        ("ClientId", Some("ClientUserIds")),
        ("NotHous", Some("NotHours")),
        ("!Priority", None),
        ("-Rosters", None),
        ("Nothing", None),
    ] {
        let row = row(json!({ "RuleId": "r", name: ["x"] }));
        let cleaned = Cleaned::new(Table::Rules, &row).unwrap();
        let findings = RowReader::with_conditions(&cleaned, CONDITIONS).finish();
        let message = &findings[0].message;
        match meant {
            Some(meant) => assert!(message.contains(&format!("mean `{meant}`?")), "{message}"),
            None => assert!(!message.contains("did you mean"), "{name}: {message}"),
        }
    }
}

#[test]
fn a_condition_is_never_told_to_be_removed() {
    let messages = |json: serde_json::Value| with(json, |_| ()).1;
    for (name, says) in [
        ("Country", r#"in `Customer`: `{"Country": "KR"}`; write a condition by its name"#),
        ("Plan", r#"in `Customer`: `{"Plan": "KR"}`"#),
        ("AllOf", "write each into the rule itself"),
        ("Blacklist", "such as `NotClientUserIds`"),
        ("EveryWeeks", "belongs to a calendar"),
        ("ClosedDates", r#"name that here as in `"Hours": "@support"`"#),
        ("Away", "belongs to the rows of agents"),
        ("Owner", r#"`"Prefer": ["owner"]`"#),
        ("NotRosters", "write their ids into `ExceptAgents`"),
        ("NotSkills", "write their ids into `ExceptAgents`"),
        ("NotCountry", r#"in `NotCustomer`: `{"Country": "KR"}`; write a condition by its name"#),
        ("NotStrategy", "`Strategy` has no opposite"),
        ("비고", "a note goes into `Notes`"),
    ] {
        let told = messages(json!({ name: "KR" }));
        assert!(told[0].contains(says) && !told[0].contains("remove"), "{told:?}");
    }
    let told = messages(json!({ "Spend": 1000, "Tags": ["a", 1] }));
    assert!(told[0].contains(r#"`{"Spend": 1000}`"#), "{told:?}");
    assert!(told[1].contains(r#"`{"Tags": ["a", 1]}`"#), "{told:?}");
    let told = messages(json!({ "Thing": { "a": { "b": 1 } } }));
    assert!(told[0].contains("write a condition by its name, and a note into `Notes`"), "{told:?}");
}

#[test]
fn what_is_no_text_gets_what_to_write() {
    for (attribute, typed, says) in [
        ("AgentIds", json!(true), "expected text (S), not a BOOL; write `true` as text"),
        ("IfNobody", json!(["next"]), "expected one text (S), not a list; write `next`"),
        ("IfNobody", json!(["next", "group"]), "not a list; write one of them"),
        ("TimeZone", json!([""]), "not a list; write one of them"),
        ("TimeZone", json!({ "a": 1 }), "expected text (S); write it as one text"),
    ] {
        let (read, findings) =
            with(json!({ attribute: typed }), |r| r.text(attribute, Empty::IsError).is_some());
        assert!(!read, "{attribute}");
        assert!(findings.iter().any(|told| told.contains(says)), "{says}: {findings:?}");
    }
}
