//! Rows as text, and what a finding is about.

use serde_json::json;

use super::cleaned::Cleaned;
use super::*;

mod agents_and_calendars;

#[test]
fn rows_as_text_and_back() {
    let text = r#"[
  {
    "RuleId": "a",
    "Enabled": true,
    "Hours": "\"x\"\n",
    "Nested": { "a": [1, "b", null, false, {}], "b": {} },
    "Off": false,
    "Priority": 1.50
  },
  {
    "RuleId": "b",
    "Empty": []
  }
]
"#;
    let rows = json::parse(text).unwrap();
    assert_eq!(rows.len(), 2);
    assert_eq!(rows[0]["Priority"], Value::Number("1.50".into()), "every digit");
    assert_eq!((&rows[0]["Enabled"], &rows[0]["Off"]), (&Value::Bool(true), &Value::Bool(false)));
    let Value::Map(nested) = &rows[0]["Nested"] else { panic!() };
    let list = [
        Value::Number("1".into()),
        Value::Text("b".into()),
        Value::Null,
        Value::Bool(false),
        Value::Map(Row::new()),
    ];
    assert_eq!(nested["a"], Value::List(list.to_vec()));
    let swapped: Vec<Row> = rows.iter().rev().cloned().collect();
    assert_eq!(json::print_rows(&swapped, "RuleId"), text, "sorted by key, the key first");
    assert_eq!(json::print_rows(&[], "RuleId"), "[]\n");
    let (printed, places) = json::print_row(&rows[1], "RuleId");
    assert_eq!(
        (printed.get(places["Empty"].clone()), printed.get(places["RuleId"].clone())),
        (Some(r#""Empty": []"#), Some(r#""RuleId": "b""#))
    );
    assert_eq!(json::parse_row(&printed).unwrap(), rows[1]);
    let set = Value::Set(vec![Value::Text("b".into()), Value::Text("a".into())]);
    assert_eq!(
        (json::print_value(&set).as_str(), json::print_value(&Value::Binary).as_str()),
        (r#"["a", "b"]"#, "null")
    );
    for bad in ["{}", "[1]", "[[]]", "[{]", "", r#"["a"]"#, r#"[{"a":tru}]"#] {
        assert!(json::parse(bad).is_err(), "{bad}");
    }
    assert!(json::parse_row("[]").is_err() && json::parse_row("nul").is_err());
}

#[test]
fn what_is_left_without_underscores() {
    let row = row_from_json(
        json!({ "_Check": "ok", "RuleId": "r", "A_": 1 }).as_object().unwrap().clone(),
    );
    assert_eq!(without_underscores(&row).into_keys().collect::<Vec<_>>(), ["A_", "RuleId"]);
}

#[test]
fn a_finding_is_about_one_row() {
    let long = "k".repeat(300);
    let finding = Finding::new(Severity::Error, Table::Rules, &long, None, None, "wrong");
    assert!(finding.is_about(Table::Rules, &long), "however long its key");
    assert!(!finding.is_about(Table::Agents, &long) && !finding.is_about(Table::Rules, "k"));
}

#[test]
fn json_is_read_only_as_deep_as_a_row_may_be() {
    for depth in [31, 32, 33, 34, 35, 36, 100, 20_000] {
        let text =
            format!(r#"[{{"RuleId": "r", "A": {}{}}}]"#, "[".repeat(depth), "]".repeat(depth));
        let rows = json::parse(&text).unwrap();
        let cleaned = Cleaned::new(Table::Rules, &rows[0]).unwrap();
        assert_eq!(cleaned.findings.is_empty(), depth <= 32, "{depth}");
    }
}

#[test]
fn a_pattern_in_a_map_is_no_list() {
    let typed = r#"[{"RuleId": "r", "AnyOf": [{"ClientUserIdPattern": "[12] ", "A": "[3]"}]}]"#;
    let expected = r#"[{"RuleId": "r", "AnyOf": [{"ClientUserIdPattern": "[12]", "A": [3]}]}]"#;
    let (typed, expected) = (json::parse(typed).unwrap(), json::parse(expected).unwrap());
    assert_eq!(Cleaned::new(Table::Rules, &typed[0]).unwrap().into_row(), expected[0]);
}

#[test]
fn a_key_of_512_bytes_is_a_key() {
    for (length, good) in [(512, true), (513, false)] {
        let row = json!({ "RuleId": "x".repeat(length) });
        let row = row_from_json(row.as_object().unwrap().clone());
        assert_eq!(Cleaned::new(Table::Rules, &row).is_ok(), good, "{length}");
    }
}
