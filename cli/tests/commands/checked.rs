//! `desk check`.

use serde_json::{Value, json};

use super::*;

#[tokio::test]
async fn check_of_good_rows() {
    let done = desk(None, &["check", "--rows", SAMPLES, AT[0], AT[1]]).await;
    assert_eq!((done.out.as_str(), done.code), ("all rows are good\n", 0), "{}", done.err);
    // Of one row, others may be in error.
    let one = ["check", "--rows", SAMPLES, "--row", "anna@example.com", AT[0], AT[1]];
    let done = desk(None, &one).await;
    assert_eq!((done.out.as_str(), done.code), ("nothing to say of this row\n", 0));
    let store = sample_store().await;
    let done = desk(Some(&store.endpoint()), &["check", AT[0], AT[1]]).await;
    assert_eq!((done.out.as_str(), done.code), ("all rows are good\n", 0), "{}", done.err);
}

#[tokio::test]
async fn check_of_bad_rows() {
    let rules = json!([
        { "RuleId": "vip", "Priority": 1, "Platfroms": ["iOS"], "Rosters": ["desk"] },
        { "RuleId": "rest", "Priority": 2, "Rosters": ["dsek"] },
    ]);
    let folder = Folder::new(
        "bad",
        &[
            ("rules.json", rules),
            ("agents.json", json!([{ "AgentId": "ann", "Rosters": ["desk"] }])),
        ],
    );
    let done = desk(None, &["check", "--rows", folder.path(), AT[0], AT[1]]).await;
    assert_eq!(done.code, 1, "{}", done.err);
    insta::assert_snapshot!("check", done.out.replace(folder.path(), "DIR"));
    let done = desk(None, &["check", "--rows", folder.path(), "--json", AT[0], AT[1]]).await;
    assert_eq!(done.code, 1);
    let findings: Vec<Value> = serde_json::from_str(&done.out).unwrap();
    assert_eq!(findings[0]["severity"], "error");
    for name in ["table", "key", "attribute", "found", "message"] {
        assert!(findings[0][name].is_string(), "{name}");
    }
    assert!(findings[0]["file"].as_str().unwrap().ends_with("rules.json"), "{}", findings[0]);
    assert_eq!(findings[0]["line"], 1);
    assert_eq!(
        (&findings[0]["table"], &findings[0]["key"], &findings[0]["attribute"]),
        (&json!("rules"), &json!("vip"), &json!("Platfroms"))
    );
}

#[tokio::test]
async fn check_of_what_cannot_be_read() {
    for (arguments, expected) in [
        (vec!["check", "--rows", "/nowhere"], "there is no folder `/nowhere`"),
        (vec!["check"], "RULES_TABLE is missing"),
        (vec!["check", "--rows", SAMPLES, "--at", "tomorrow"], "`tomorrow`: write the date itself"),
    ] {
        let done = desk(None, &arguments).await;
        assert_eq!((done.code, done.out.as_str()), (2, ""), "{arguments:?}");
        assert!(done.err.contains(expected), "{arguments:?}: {}", done.err);
    }
    let done = desk(Some("http://127.0.0.1:1"), &["check"]).await;
    assert_eq!(done.code, 2);
    assert!(
        done.err.contains("reading the table `desk-") && done.err.contains("nothing answers at"),
        "{}",
        done.err
    );
    let folder = Folder::new("syntax", &[]);
    std::fs::write(folder.0.join("rules.json"), "[{").unwrap();
    let done = desk(None, &["check", "--rows", folder.path()]).await;
    assert_eq!(done.code, 2);
    assert!(done.err.contains("rules.json") && done.err.contains("line 1"), "{}", done.err);
}
