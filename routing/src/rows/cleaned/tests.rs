//! What is cleaned of a row, and what of a key is told.

use serde_json::json;

use super::*;
use crate::rows::row_from_json;

fn row(json: serde_json::Value) -> Row {
    row_from_json(json.as_object().unwrap().clone())
}

#[test]
fn a_clean_row_is_not_copied() {
    let clean = row(json!({ "RuleId": "r", "A": ["x", 1, { "y": "z" }], "Notes": " \u{200b}" }));
    let cleaned = Cleaned::new(Table::Rules, &clean).unwrap();
    assert!(matches!(cleaned.row, Cow::Borrowed(_)) && cleaned.findings.is_empty());
}

#[test]
fn texts_are_cleaned_at_any_depth_and_notes_are_not() {
    let typed = row(json!({
        "RuleId": "r",
        "A": " a\u{200b} ",
        "B": ["\u{a0}b", { " c ": "c\u{feff}" }],
        "C": "[\"d \", 5]",
        "ClientUserIdPattern": "[12] ",
        "Notes": " n ",
        "_x": " x ",
    }));
    let expected = row(json!({
        "RuleId": "r",
        "A": "a",
        "B": ["b", { "c": "c" }],
        "C": ["d", 5],
        "ClientUserIdPattern": "[12]",
        "Notes": " n ",
        "_x": " x ",
    }));
    assert_eq!(*Cleaned::new(Table::Rules, &typed).unwrap().row, expected);
}

#[test]
fn what_is_no_json_array_of_texts_and_numbers_stays_text() {
    for text in ["[a, b]", "['a','b']", "[[1]]", "[null]", "[true]", "[1", "{\"a\": 1}"] {
        let typed = row(json!({ "RuleId": "r", "A": text }));
        assert_eq!(Cleaned::new(Table::Rules, &typed).unwrap().row["A"], Value::Text(text.into()));
    }
}

#[test]
fn a_name_that_would_stand_twice_is_kept() {
    let typed = row(json!({ "RuleId": "r", "A": { "a": 1, "a ": 2, "b\u{200b}": 3, "b ": 4 } }));
    let cleaned = Cleaned::new(Table::Rules, &typed).unwrap();
    let Value::Map(map) = &cleaned.row["A"] else { panic!() };
    assert_eq!(map.keys().collect::<Vec<_>>(), ["a", "a ", "b", "b\u{200b}"]);
}

#[test]
fn keys() {
    for (key, says) in [
        (
            json!("u1 "),
            "white space around it, which is not part of an id; write the row again with the \
            key `u1`",
        ),
        (
            json!("\u{200b}u1"),
            "nobody sees, which is not part of an id; write the row again with the key `u1`",
        ),
        (json!("u\u{ad}1"), "with the key `u1`"),
    ] {
        let typed = row(json!({ "RuleId": key }));
        let cleaned = Cleaned::new(Table::Rules, &typed).unwrap();
        assert_eq!(cleaned.findings.len(), 1, "{key}");
        assert!(cleaned.findings[0].message.contains(says), "{:?}", cleaned.findings);
    }
    for (typed, says) in [
        (json!({ "RuleId": " " }), "blank"),
        (json!({ "RuleId": "\u{200b}" }), "blank"),
        (json!({ "RuleId": "x".repeat(513) }), "513 bytes long, and at most 512"),
        (json!({ "RuleId": 6521 }), "`6521` as text"),
        (json!({ "RuleId": ["r"] }), "must be text"),
        (json!({ "Id": "r" }), "`RuleId`"),
        (json!({ "AgentId": "a" }), "it has that of agents, so write it into `agents`"),
        (json!({ "RuleID": "r" }), "did you mean `RuleId` by `RuleID`?"),
        (json!({ "rule id": "r" }), "did you mean `RuleId` by `rule id`?"),
    ] {
        let typed = row(typed);
        let Err(finding) = Cleaned::new(Table::Rules, &typed) else { panic!("{typed:?}") };
        assert!(finding.message.contains(says), "{finding}");
    }
}

#[test]
fn depth_is_bounded() {
    for (depth, good) in [(1, true), (32, true), (33, false), (120, false)] {
        let nested = (0..depth).fold(json!(1), |inner, _| json!([inner]));
        for name in ["Notes", "_x", "A"] {
            let typed = row(json!({ "RuleId": "r", name: nested }));
            let findings = Cleaned::new(Table::Rules, &typed).unwrap().findings;
            assert_eq!(findings.is_empty(), good, "{depth} {findings:?}");
        }
    }
}
