//! Conditions read from rows and asked.

mod each;
mod own;

use chrono::{DateTime, Utc};
use serde_json::{Value as Json, json};

use super::*;
use crate::hours::{Interner, Zone};
use crate::rows::Patterns;
use crate::rows::{Context, Defaults, Fact, Finding, Read, customer, row_from_json, rule};
use crate::session::Session;

pub(super) fn now() -> DateTime<Utc> {
    DateTime::from_timestamp(1_795_608_000, 0).unwrap() // Wednesday 2026-11-25 12:00 UTC
}

fn defaults() -> Defaults {
    Defaults { time_zone: Zone::utc(), holiday_country: None, customers: true, assignments: true }
}

/// A rule with these attributes, and what is said of it.
fn rule_of(json: &Json) -> (Read<rule::Rule>, Vec<Finding>) {
    let mut json = json.clone();
    (json["RuleId"], json["Priority"], json["AgentGroupId"]) = ("r".into(), 1.into(), 1.into());
    let row = row_from_json(json.as_object().unwrap().clone());
    let mut hours = Interner::new(now().date_naive());
    let defaults = defaults();
    let mut context =
        Context { defaults: &defaults, hours: &mut hours, patterns: &mut Patterns::default() };
    let (_, read, findings) = rule::read(&row, &mut context).unwrap();
    (read, findings)
}

/// The conditions of a rule; its findings, when it is in error.
pub(super) fn conditions(json: &Json) -> Result<Vec<Condition>, Vec<String>> {
    match rule_of(json) {
        (Read::Good(rule), _) => Ok(rule.conditions),
        (_, findings) => Err(findings.iter().map(ToString::to_string).collect()),
    }
}

fn holds(rule: &Json, session: &Session, customer: &Fact<Option<super::super::Customer>>) -> Holds {
    let conditions = conditions(rule).unwrap_or_else(|findings| panic!("{rule} {findings:?}"));
    assert_eq!(conditions.len(), 1, "{rule}");
    conditions[0].holds(&Asked { session, now: now(), customer })
}

pub(super) fn customer(json: Json) -> Fact<Option<super::super::Customer>> {
    let mut json = json;
    json["ClientUserId"] = "u1".into();
    let row = row_from_json(json.as_object().unwrap().clone());
    let (known, findings) = customer::known(Some(&row), &defaults(), now());
    assert!(matches!(known, Fact::Is(Some(_))), "{findings:?}");
    known
}

/// The plain condition holds so, and its negation is the opposite.
fn both(name: &str, value: &Json, session: &Session, of: Json, expected: Holds) {
    let customer = customer(of.clone());
    assert_eq!(holds(&json!({ name: value }), session, &customer), expected, "{value} {of}");
    let negated = json!({ format!("Not{name}"): value });
    assert_eq!(holds(&negated, session, &customer), !expected, "not {value} {of}");
}

#[test]
fn findings_of_maps_are_bounded_too() {
    let map = |n: usize| json!({ "ClientUserIdPattern": format!("{n}[") });
    let maps: Vec<Json> = (0..100).map(map).collect();
    let (_, findings) = rule_of(&json!({ "AnyOf": maps }));
    assert_eq!(findings.len(), 51, "{findings:?}");
    assert!(findings[50].message.contains("50 more findings"), "{}", findings[50].message);
}

#[test]
fn what_no_value_of_a_customer_may_be_told_by_a_sign() {
    for (name, value, says) in [
        ("Customer", json!({ "Spend": "!= 5" }), r#"write `{"Spend": 5}` into `NotCustomer`"#),
        ("Customer", json!({ "Plan": "!pro" }), r#"write `{"Plan": "pro"}` into `NotCustomer`"#),
        ("NotCustomer", json!({ "Plan": "!pro" }), "here; write `pro`"),
        ("Customer", json!({ "Spend >=": "3" }), r#"write such as `{"Spend": ">= 3"}`"#),
        ("Customer", json!({ "!Plan": "pro" }), "write the sign before the value"),
        ("Segments", json!("!vip"), "write `vip` into `NotSegments`"),
        ("NotSegments", json!("!vip"), "here; write `vip`"),
        ("Segments", json!(["vip", "!= gold"]), "write `gold` into `NotSegments`"),
        ("Segments", json!("= vip"), "write `vip`"),
        ("Segments", json!("*"), "any segment"),
        ("Segments", json!("-vip"), "write `vip` into `NotSegments`"),
        ("NotSegments", json!("-vip"), "here; write `vip`"),
        ("Platforms", json!("-iOS"), "write `iOS` into `NotPlatforms`"),
        ("Languages", json!("-de"), "write `de` into `NotLanguages`"),
        ("Customer", json!({ "Spend": "1,000-2,000" }), "`> 2000` into `NotCustomer`"),
        (
            "NotCustomer",
            json!({ "Spend": "1,000-2,000" }),
            r#"write `{"Spend": ["< 1000", "> 2000"]}` into `Customer`"#,
        ),
        (
            "Customer",
            json!({ "Spend": ">=1000 <2000" }),
            "write `>= 1000` here, and `>= 2000` into `NotCustomer`",
        ),
        (
            "Customer",
            json!({ "Spend": "≤2000 and >1000" }),
            "write `> 1000` here, and `> 2000` into `NotCustomer`",
        ),
        (
            "NotCustomer",
            json!({ "Spend": ">=1000,<2000" }),
            r#"write `{"Spend": ["< 1000", ">= 2000"]}` into `Customer`"#,
        ),
        (
            "NotCustomer",
            json!({ "Spend": ">1000,<2000" }),
            r#"write `{"Spend": ["<= 1000", ">= 2000"]}` into `Customer`"#,
        ),
        ("Customer", json!("{\"Plan\":\"pro\"}"), r#"as a map (M): `{"Plan": "pro"}`"#),
        ("ClientUserIdPattern", json!(["a.*", "b.*"]), "write `a.*|b.*`"),
        ("Platforms", json!("!iOS"), "write `iOS` into `NotPlatforms`"),
        ("NotPlatforms", json!("!iOS"), "here; write `iOS`"),
        ("Languages", json!("not de"), "write `de` into `NotLanguages`"),
        ("Languages", json!("de or en"), "of its own: `de`, `en`"),
        ("SdkAppIds", json!("1,400,000,000"), "write `1400000000`"),
        ("SdkAppIds", json!("1.400.000.000"), "write `1400000000`"),
        ("SdkAppIds", json!("140,150"), "write `140150`, or the list `[140, 150]`"),
    ] {
        let findings = conditions(&json!({ name: value })).unwrap_err();
        assert!(findings.len() == 1 && findings[0].contains(says), "{value} {findings:?}");
    }
}

#[test]
fn logic_in_a_name_is_doubted() {
    let warnings = |row: Json| {
        let (read, findings) = rule_of(&row);
        assert!(matches!(read, Read::Good(_)), "{findings:?}");
        findings.into_iter().map(|finding| finding.message).collect::<Vec<_>>()
    };
    let both = r#"write `vip` here, and `[{"Segments": ["gold"]}]` into `AnyOf`"#;
    for (row, says) in [
        (json!({ "Segments": "not vip" }), "write `vip` into `NotSegments`"),
        (json!({ "Segments": "vip or gold" }), r#"write the list `["vip", "gold"]`"#),
        (
            json!({ "NotSegments": "vip or gold" }),
            r#"none of them write the list `["vip", "gold"]`"#,
        ),
        (
            json!({ "NotSegments": "vip and gold" }),
            r#"none of them write the list `["vip", "gold"]`"#,
        ),
        (json!({ "Segments": "vip and gold" }), both),
        (json!({ "Segments": "a and b and c" }), "any entry is enough"),
        (json!({ "Segments": "vip, gold and new" }), "any entry is enough"),
        (json!({ "AnyOf": [{ "Segments": "vip and gold" }] }), "any entry is enough"),
        (json!({ "Segments": "vip*" }), "write the whole name"),
        (json!({ "Platforms": "not iOS" }), "write `iOS` into `NotPlatforms`"),
        (json!({ "Platforms": "iOS or Android" }), "of its own: `iOS`, `Android`"),
        (json!({ "NotPlatforms": "any" }), r#"`"Enabled": false`"#),
        (json!({ "NotPlatforms": "*" }), r#"`"Enabled": false`"#),
        (json!({ "Platforms": "all" }), "to ask for all of them, remove the condition"),
        (json!({ "Languages": "any" }), "to ask for every language, remove the condition"),
        (json!({ "NotLanguages": "all" }), r#"`"Enabled": false`"#),
        (
            json!({ "Customer": { "Spend": [">=1000", "<2000"] } }),
            "any entry of the list will do, so nearly every number does; for a range of numbers \
            write `>= 1000` here, and `>= 2000` into `NotCustomer`",
        ),
        (
            json!({ "NotCustomer": { "Spend": [">=1000", "<2000"] } }),
            "so nearly every number is left out; for all numbers outside a range write \
            `{\"Spend\": [\"< 1000\", \">= 2000\"]}` into `Customer`",
        ),
        (json!({ "Customer": { "NotPlan": "pro" } }), "write `Plan` into `NotCustomer`"),
        (json!({ "Customer": { "Plan": "not pro" } }), r#"write `{"Plan": "pro"}` into"#),
        (json!({ "NotCustomer": { "Plan": "not pro" } }), "write `pro`"),
        (json!({ "Customer": { "Spend": "1.000" } }), "write `1000`, or `1`"),
    ] {
        let told = warnings(row.clone());
        assert!(told.len() == 1 && told[0].contains(says), "{row}: {told:?}");
    }
    for good in
        [json!({ "Customer": { "Notes2": "a" } }), json!({ "Segments": ["r&d", "notable"] })]
    {
        assert_eq!(warnings(good.clone()), [""; 0], "{good}");
    }
}

/// A row that was not needed is no row that could not be read.
#[test]
fn what_was_not_asked_for_is_no_failure() {
    let session = Session::new("s", "u1", 1, 1);
    let conditions = conditions(&json!({ "Segments": ["vip"] })).unwrap();
    for (customer, said) in [
        (Fact::NotRead, "not asked: nothing depends on the customer here"),
        (Fact::Unknown, "unknown: the customer could not be read"),
        (Fact::Is(None), "no customer row"),
    ] {
        let asked = Asked { session: &session, now: now(), customer: &customer };
        assert_eq!(conditions[0].compared(&asked).found, said);
    }
}

#[test]
fn any_map_will_do() {
    let on = |platform| Session::new("s", "corp-1", 1, 1).on_platform(Some(platform));
    let (ios, web) = (on("iOS"), on("Web"));
    let maps = json!([{ "Platforms": ["iOS"] }, { "Segments": ["vip"], "NotClientUserIds": "x" }]);
    both("AnyOf", &maps, &ios, json!({}), Holds::Yes);
    both("AnyOf", &maps, &web, json!({ "Segments": "vip" }), Holds::Yes);
    both("AnyOf", &maps, &web, json!({}), Holds::No);
    let rule = json!({ "AnyOf": maps });
    for (session, known, expected) in [
        (&ios, Fact::NotRead, Holds::Yes),
        (&ios, Fact::Unknown, Holds::Yes),
        (&web, Fact::NotRead, Holds::NeedsCustomer),
        (&web, Fact::Unknown, Holds::Unknown),
    ] {
        assert_eq!(holds(&rule, session, &known), expected, "{known:?}");
    }
    // What does not hold decides, whatever else is unknown.
    let rule = json!({ "AnyOf": [{ "Segments": ["vip"], "Platforms": ["iOS"] }] });
    assert_eq!(holds(&rule, &web, &Fact::Unknown), Holds::No);
    let not = json!({ "NotAnyOf": [{ "Segments": ["vip"], "Platforms": ["iOS"] }] });
    assert_eq!(holds(&not, &web, &Fact::Unknown), Holds::Yes);
    assert_eq!(holds(&not, &ios, &Fact::Unknown), Holds::Unknown);
}

#[test]
fn what_to_write_instead_of_any_of() {
    for (value, says) in [
        (json!([]), "is empty"),
        (json!([{}]), "map 1 is empty"),
        (json!([{ "AnyOf": [{ "Platforms": ["iOS"] }] }]), "holds `AnyOf` itself"),
        (json!([{ "Platforms": ["iOS"], "Segmnts": ["vip"] }]), "did you mean `Segments`?"),
        (json!([{ "Platforms": ["iOS"], "AgentGroupId": 5 }]), "write it into the row itself"),
        (json!([{ "Platforms": ["iOS"], "TimeZone": "UTC" }]), "write it into the row itself"),
        (json!([{ "Platforms": [] }]), "in map 1, `Platforms`: is empty"),
        (json!(["iOS"]), "expected a list (L) of maps"),
        (json!([r#"{"Platforms": ["iOS"]}"#]), "then choose `JSON view`"),
        (json!({ "Platforms": ["iOS"] }), "expected a list (L) of maps"),
        (json!([{ "ValidFrom": "2026-12-24", "ValidUntil": "2026-12-01" }]), "before"),
    ] {
        for name in ["AnyOf", "NotAnyOf"] {
            let findings = conditions(&json!({ name: value })).unwrap_err();
            assert!(findings.len() == 1 && findings[0].contains(says), "{value} {findings:?}");
            assert!(findings[0].contains(&format!("`{name}`")), "{findings:?}");
        }
    }
}

#[test]
fn each_condition_has_its_negation() {
    for (name, negated) in CONDITIONS {
        assert_eq!((entries::negates(name), entries::negates(negated)), (None, Some(*name)));
        assert_eq!(value_kind(name), value_kind(negated));
    }
}

/// What a condition says of itself is what stands in it, so that no calendar is overlooked.
#[test]
fn what_stands_in_each_condition() {
    let with_hours =
        CONDITIONS.iter().filter(|(name, _)| value_kind(name) == Some(ValueKind::Hours));
    assert_eq!(with_hours.map(|(name, _)| *name).collect::<Vec<_>>(), ["Hours"]);
    let rule = json!({ "Hours": "09:00-18:00", "AnyOf": [{ "Platforms": ["iOS"] }] });
    for condition in conditions(&rule).unwrap() {
        let kind = condition.test.kind();
        let found = match (kind.hours(), kind.maps()) {
            (Some(_), _) => ValueKind::Hours,
            (None, []) => ValueKind::Values,
            (None, _) => ValueKind::Maps,
        };
        assert_eq!(value_kind(condition.attribute), Some(found), "{}", condition.attribute);
    }
}
