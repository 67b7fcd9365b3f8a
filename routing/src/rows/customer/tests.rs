//! Customers as people type them.

use serde_json::{Value as Json, json};

use super::*;
use crate::rows::row_from_json;

fn read_at(json: Json) -> (Fact<Option<Customer>>, Vec<String>) {
    let mut json = json;
    json["ClientUserId"] = "u1".into();
    let row = row_from_json(json.as_object().unwrap().clone());
    let defaults = Defaults {
        time_zone: crate::hours::Zone::utc(),
        holiday_country: None,
        customers: true,
        assignments: false,
    };
    let now = DateTime::from_timestamp(1_795_600_000, 0).unwrap();
    let (known, findings) = known(Some(&row), &defaults, now);
    (known, findings.iter().map(ToString::to_string).collect())
}

fn good(json: Json) -> Customer {
    match read_at(json.clone()) {
        (Fact::Is(Some(customer)), findings) if findings.is_empty() => customer,
        other => panic!("{json} {other:?}"),
    }
}

#[test]
fn what_is_not_ours_is_the_customers_own() {
    let customer = good(json!({
        "Plan": "Pro ",
        "Spend": 1000.50,
        "Trial": false,
        "Tags": ["a", "b"],
        "Language2": "x",
        "Owner 2": "y",
        "Empty": "",
        "Null": null,
        "Notes": "n",
        "_x": 1,
    }));
    let names: Vec<&str> = customer.attributes.keys().map(String::as_str).collect();
    assert_eq!(names, ["language2", "owner 2", "plan", "spend", "tags", "trial"]);
    assert_eq!(customer.attributes["plan"][0].as_str(), "pro");
}

#[test]
fn what_is_nearly_ours_is_an_error() {
    for (name, meant) in [
        ("Segmets", "Segments"),
        ("segments", "Segments"),
        ("Segment", "Segments"),
        ("Langauge", "Language"),
        ("owner", "Owner"),
        ("Expires_At", "ExpiresAt"),
        ("Expires", "ExpiresAt"),
        ("Client User Id", "ClientUserId"),
    ] {
        let (known, findings) = read_at(json!({ name: "x" }));
        assert_eq!(known, Fact::Unknown, "{name}");
        assert!(findings[0].contains(&format!("did you mean `{meant}`?")), "{findings:?}");
    }
    let (known, findings) = read_at(json!({ "Plan": "a", "plan ": "b" }));
    assert_eq!((known, findings.len()), (Fact::Unknown, 1), "{findings:?}");
}

#[test]
fn segments_languages_and_owners() {
    let customer = good(json!({ "Segments": "vip；Gold", "Language": "zh_TW", "Owner": "ann " }));
    assert_eq!(customer.segments, [("vip".to_owned(), None), ("gold".to_owned(), None)]);
    assert_eq!(customer.language.as_deref(), Some("zh-tw"));
    assert_eq!(customer.owner.as_deref(), Some("ann"));
    for (row, says) in [
        (json!({ "Segments": ["vip:2027-06-30"] }), "write a map: `{\"vip\": \"2027-06-30\"}`"),
        (
            json!({ "Segments": "vip (until 2027-06-30)" }),
            "write a map: `{\"vip\": \"2027-06-30\"}`",
        ),
        (json!({ "Segments": ["vip 2027-06-30"] }), "write a map: `{\"vip\": \"2027-06-30\"}`"),
        (
            json!({ "Segments": { "vip": "2027-12-31", "VIP": "2026-12-31" } }),
            "is in the map twice",
        ),
        (
            json!({ "Segments": "{\"vip\":\"2027-06-30\"}" }),
            "write it as a map (M): `{\"vip\": \"2027-06-30\"}`",
        ),
        (json!({ "Segments": "{\"S\":\"vip\"}" }), "write `vip`"),
        (json!({ "Segments": "[{\"S\":\"vip\"}]" }), "write `vip`"),
        (json!({ "Segments": { "SS": ["vip", "gold"] } }), "write `vip, gold`"),
        (json!({ "Segments": { "vip": 5 } }), "such as `2026-12-31`"),
        (json!({ "Language": "jp" }), "write `ja`"),
        (json!({ "Owner": "ann, bob" }), "such as `ann`"),
    ] {
        let (known, findings) = read_at(row);
        assert_eq!((known, findings.len()), (Fact::Unknown, 1), "{findings:?}");
        assert!(findings[0].contains(says), "{findings:?}");
    }
}

#[test]
fn ends_that_are_no_number_of_seconds_get_the_number() {
    assert!(good(json!({ "ExpiresAt": 1_830_297_600 })).expires_at.is_some());
    for (end, write) in [
        (json!("1830297600"), "`1830297600`"),
        (json!(1_830_297_600_000_i64), "`1830297600`"),
        (json!(1_830_297_600_000_000_i64), "`1830297600`"),
        (json!("1830297600000"), "`1830297600`"),
        (json!("2027-12-31"), "`1830297600`"),
    ] {
        let (known, findings) = read_at(json!({ "ExpiresAt": end }));
        let Fact::Is(Some(customer)) = known else { panic!("{end} {findings:?}") };
        assert_eq!(customer.expires_at, DateTime::from_timestamp(1_830_297_600, 0), "{end}");
        assert!(findings.len() == 1 && findings[0].contains(write), "{findings:?}");
    }
    // Numbers that say "never" are seconds of a year far away.
    for never in
        [8_589_934_592_i64, 9_999_999_999, 99_999_999_999, 253_402_300_799, 253_402_300_800]
    {
        let (known, findings) = read_at(json!({ "ExpiresAt": never }));
        let Fact::Is(Some(customer)) = known else { panic!("{never} {findings:?}") };
        assert_eq!(customer.expires_at, DateTime::from_timestamp(never, 0));
        assert_eq!(findings, [""; 0], "{never}");
    }
    for end in [
        json!("2027/12/31"),
        json!("2027. 12. 31."),
        json!("31.12.2027"),
        json!("12/31/2027"),
        json!("2027년 12월 31일"),
        json!("2027年12月31日"),
        json!("Dec 31, 2027"),
        json!("2027-12-31까지"),
        json!("1,830,297,600"),
        json!("1830297600.5"),
    ] {
        let (known, findings) = read_at(json!({ "ExpiresAt": end }));
        assert_eq!((known, findings.len()), (Fact::Unknown, 1), "{end}");
        assert!(findings[0].contains("write `1830297600`"), "{end} {findings:?}");
    }
    for (end, write) in [
        (json!(20_271_231), "as a date it is 2027-12-31: write the number (N) `1830297600`"),
        (json!("20271231"), "as a date it is 2027-12-31: write the number (N) `1830297600`"),
        (json!(46752), "2027-12-31: write the number (N) `1830297600`"),
        (json!(1_700_000_000), "is 2023-11-14 22:13 UTC, which has passed"),
        (json!(0), "which has passed"),
    ] {
        let (known, findings) = read_at(json!({ "ExpiresAt": end }));
        assert_eq!(known, Fact::Is(None), "{end} has ended");
        assert!(findings[0].contains(write), "{findings:?}");
    }
    for end in [
        json!("soon"),
        json!("2027-12-31T24:00:00Z"),
        json!(-1),
        json!(1.5),
        json!([1]),
        json!(true),
        json!("1e30"),
        // The moment at which it is read.
        json!("1,795,600,000"),
    ] {
        let (known, findings) = read_at(json!({ "ExpiresAt": end }));
        assert_eq!((known, findings.len()), (Fact::Unknown, 1), "{end}");
        assert!(findings[0].contains("write such as `1827136000`"), "{findings:?}");
    }
}

/// What a rule may ask for is never left out, and what it cannot ask for stops no row.
#[test]
fn values_of_a_customers_own_are_compared_whole_or_told() {
    let asked = |value: &Json, wanted: &str| {
        let Fact::Is(Some(customer)) = read_at(json!({ "Tags": value })).0 else { return None };
        let wanted = Own::new(&Value::Text(wanted.to_owned())).unwrap();
        Some(
            customer.attributes.get("tags").is_some_and(|all| all.iter().any(|own| wanted.is(own))),
        )
    };
    for (value, wanted, says) in [
        (json!(["a", "", "b"]), "b", "an entry is empty"),
        (json!(["a", null]), "a", "empty (NULL)"),
        (json!(["new", "pro, business"]), "business", "of its own: `pro`, `business`"),
        (json!(["a", format!("{}, b", "x".repeat(509))]), "a", "holds 2 entries in one"),
        (json!(["a", { "Street": "x" }]), "a", "cannot be compared by a rule"),
        (json!(["a", "x".repeat(513)]), "a", ""),
        (json!("x".repeat(513)), "a", ""),
        (json!(format!("{}, a", "long, ".repeat(200))), "a", ""),
    ] {
        let (_, findings) = read_at(json!({ "Tags": value }));
        assert_eq!(findings.len(), usize::from(!says.is_empty()), "{findings:?}");
        assert!(
            findings.iter().all(|f| f.starts_with("warning") && f.contains(says)),
            "{findings:?}"
        );
        let is_in = value.to_string().contains(&format!("{wanted}\""));
        assert_eq!(asked(&value, wanted), Some(is_in), "{value}");
    }
    let many: Vec<String> = (0..1_001).map(|n| format!("t{n}")).collect();
    for value in [json!(many), json!(many.join(", "))] {
        let (known, findings) = read_at(json!({ "Tags": value }));
        assert_eq!((known, findings.len()), (Fact::Unknown, 1), "{findings:?}");
        assert!(findings[0].contains("more than 1000 values"), "{findings:?}");
    }
    assert_eq!(asked(&json!(many[..1_000]), "t999"), Some(true));
}

#[test]
fn numbers_badly_written_and_what_no_rule_can_compare() {
    for (value, says) in [
        (json!("1,000"), "write the number `1000`"),
        (json!("１，０００"), "write the number `1000`"),
        (json!("$1000"), "write the number `1000`"),
        (json!("1 000"), "write the number `1000`"),
        (json!("10%"), "write the number `10`"),
        (json!(["a", "1,000"]), "write the number `1000`"),
        (json!("1.200"), "write the number `1200`, or `1.2`"),
        (json!("1.200.000"), "write the number `1200000`"),
        (json!({ "a": 1 }), "write a text, a number or a list"),
        ((0..40).fold(json!({}), |inner, _| json!({ "a": inner })), "nested too deep"),
    ] {
        let (_, findings) = read_at(json!({ "Spend": value }));
        assert!(findings.len() == 1 && findings[0].contains(says), "{value} {findings:?}");
    }
    for value in [
        json!("1000"),
        json!("a, b"),
        json!("#5"),
        json!("1.5"),
        json!("Pro 2"),
        json!(["Acme, Inc.", "b"]),
        json!([1000, true]),
    ] {
        assert_eq!(read_at(json!({ "Spend": value })).1, [""; 0], "{value}");
    }
}

#[test]
fn what_a_segment_or_a_language_was_meant_as_is_told() {
    for (typed, says) in [
        (json!({"Segments": "vip or gold"}), r#"write the list `["vip", "gold"]`"#),
        (json!({"Segments": ["vip|gold"]}), r#"write the list `["vip", "gold"]`"#),
        (json!({"Segments": "!vip"}), "in the segments that are named"),
        (
            json!({"Segments": [{"vip": "2027-06-30"}]}),
            r#"write one map (M): `{"vip": "2027-06-30"}`"#,
        ),
        (json!({"Language": "ko;en"}), "write one of them: `ko`, `en`"),
        (json!({"Language": "Korean, English"}), "write one of them: `ko`, `en`"),
    ] {
        let (_, findings) = read_at(typed.clone());
        assert!(findings.iter().any(|told| told.contains(says)), "{typed}: {findings:?}");
    }
}

#[test]
fn a_key_that_is_no_users_id_is_doubted() {
    let defaults = Defaults {
        time_zone: crate::hours::Zone::utc(),
        holiday_country: None,
        customers: true,
        assignments: false,
    };
    for (key, says) in [
        ("u1,u2", "write a row for each: `u1`, `u2`"),
        ("\"u1\"", "with the key `u1`"),
        ("1.23E+12", "that is the user's id, with all digits"),
        ("ｕ１", "with the key `u1`"),
    ] {
        let row = row_from_json(json!({ "ClientUserId": key }).as_object().unwrap().clone());
        let Ok((_, read, findings)) = read(&row, &defaults, DateTime::UNIX_EPOCH) else { panic!() };
        assert!(matches!(read, Read::Good(_)), "{key}");
        assert!(findings.iter().any(|told| told.message.contains(says)), "{key}: {findings:?}");
    }
}

#[test]
fn what_true_cannot_say_is_told_by_what_there_is() {
    for (attribute, says) in
        [("Language", "write a language code, such as `ko`"), ("Owner", "write the agent's id")]
    {
        let (_, findings) = read_at(json!({ attribute: true }));
        assert!(findings.iter().any(|told| told.contains(says)), "{says}: {findings:?}");
    }
}

#[test]
fn words_of_other_languages_for_what_is_ours() {
    for (name, meant) in
        [("세그먼트", "Segments"), ("语言", "Language"), ("担当者", "Owner"), ("TTL", "ExpiresAt")]
    {
        let (known, findings) = read_at(json!({ name: "x" }));
        assert!(matches!(known, Fact::Is(Some(_))), "{findings:?}");
        assert!(findings.len() == 1 && findings[0].contains(&format!("if `{meant}` is meant")));
    }
}
