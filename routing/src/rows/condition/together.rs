//! What conditions say of each other, beside what they do.

use chrono::{DateTime, Utc};
use serde_json::{Value as Json, json};

use super::tests::{conditions, customer, now};
use super::*;
use crate::rows::Fact;
use crate::session::Session;

/// Values of a condition.
fn values() -> Vec<(&'static str, Vec<Json>)> {
    let time = || ["2026-11-24", "2026-11-25 12:00", "2026-11-26"].map(Json::from).to_vec();
    vec![
        ("Platforms", vec![json!("iOS"), json!(["iOS", "Web"]), json!("web"), json!("unknown")]),
        ("ClientUserIds", vec![json!("u1"), json!(["u1", "u2"]), json!("u22")]),
        ("ClientUserIdPrefixes", vec![json!("u"), json!("u2"), json!(["u1", "u2"])]),
        ("ClientUserIdPattern", vec![json!("u.*"), json!("u1")]),
        ("ClientIps", vec![json!("203.0.113.0/24"), json!("203.0.113.9"), json!("0.0.0.0/0")]),
        ("CustomerServiceIds", vec![json!("a"), json!(["a", "b"])]),
        ("SdkAppIds", vec![json!(1), json!([1, 2])]),
        ("Percent", vec![json!(10), json!(50), json!(100)]),
        ("ValidFrom", time()),
        ("ValidUntil", time()),
        ("Hours", vec![json!("Mo-Fr 09:00-18:00"), json!(["Mo-Fr 09:00-18:00", "Sa 10:00-12:00"])]),
        ("Segments", vec![json!("vip"), json!(["vip", "beta"]), json!("beta")]),
        ("Languages", vec![json!("zh"), json!("zh-TW"), json!(["zh-TW", "ko"])]),
        (
            "Customer",
            [
                json!({ "Plan": "pro" }),
                json!({ "Plan": ["pro", "free"] }),
                json!({ "Plan": "pro", "Spend": "> 5" }),
                json!({ "Spend": ">= 5" }),
                json!({ "Spend": 5 }),
                json!({ "Spend": "5" }),
                json!({ "Spend": "05" }),
                json!({ "Spend": "< 5" }),
                json!({ "Spend": "<= 5" }),
                json!({ "Spend": [7, "> 6"] }),
            ]
            .to_vec(),
        ),
        (
            "AnyOf",
            [
                json!([{ "Platforms": "iOS" }]),
                json!([{ "Platforms": ["iOS", "Web"] }, { "Segments": "vip" }]),
                json!([{ "Platforms": "iOS", "Segments": "vip" }]),
                json!([{ "NotPlatforms": ["iOS", "Web"] }]),
                json!([{ "NotPlatforms": "iOS" }]),
            ]
            .to_vec(),
        ),
    ]
}

fn worlds() -> Vec<(Session, Fact<Option<super::super::Customer>>, DateTime<Utc>)> {
    let mut worlds = Vec::new();
    let mut customers: Vec<_> = [
        json!({ "Segments": ["vip"], "Language": "zh-TW", "Plan": "pro", "Spend": 5 }),
        json!({
            "Segments": ["vip", "beta"], "Language": "zh", "Plan": ["pro", "x"], "Spend": "05",
        }),
        json!({ "Segments": ["beta"], "Language": "ko", "Plan": "free", "Spend": 7 }),
        json!({ "Spend": "5" }),
        json!({ "Spend": 4.5 }),
        json!({ "Spend": "6.5", "Plan": "pro" }),
    ]
    .map(customer)
    .into();
    customers.extend([Fact::Is(None), Fact::Unknown]);
    for user in ["u1", "u2", "u22", "x"] {
        for (platform, ip, account, app) in [
            (Some("iOS"), Some("203.0.113.9"), Some("a"), 1),
            (Some("Web"), Some("203.0.113.8"), Some("b"), 2),
            (None, None, None, 3),
        ] {
            for customer in &customers {
                for hours in [0, 24, 72, -30] {
                    let session = Session::new("s", user, 1, app)
                        .on_platform(platform)
                        .from_ip(ip)
                        .with_customer_service(account.map(str::to_owned));
                    worlds.push((
                        session,
                        customer.clone(),
                        now() + chrono::TimeDelta::hours(hours),
                    ));
                }
            }
        }
    }
    worlds
}

/// What is said to be within another never holds where the other does not; what is within is found.
#[test]
fn what_is_within_another_never_holds_alone() {
    let worlds = worlds();
    for (name, values) in values() {
        let (mut found, mut missed) = (0, 0);
        let all: Vec<Condition> = values
            .iter()
            .map(|value| conditions(&json!({ name: value })).unwrap().remove(0))
            .collect();
        for (own, value) in all.iter().zip(&values) {
            assert!(own.is_within(own), "{name} {value}");
            for (other, of_other) in all.iter().zip(&values) {
                let alone = worlds.iter().find(|(session, customer, now)| {
                    let asked = Asked { session, now: *now, customer };
                    own.holds(&asked) == Holds::Yes && other.holds(&asked) == Holds::No
                });
                if own.is_within(other) {
                    found += 1;
                    assert!(alone.is_none(), "{name} {value} is not within {of_other}: {alone:?}");
                } else if alone.is_none() {
                    missed += 1;
                }
            }
        }
        assert!(found > values.len() || name == "ClientUserIdPattern", "{name}: {found}");
        // Patterns are not compared, and not every value is in these worlds.
        assert!(missed <= if name == "Customer" { 6 } else { 2 }, "{name}: {missed}");
    }
    let ids = conditions(&json!({ "ClientUserIds": ["gold-1", "gold-2"] })).unwrap();
    for (prefixes, is_within) in [(json!("gold-"), true), (json!("gold-1"), false)] {
        let not = conditions(&json!({ "NotClientUserIdPrefixes": prefixes })).unwrap();
        assert_eq!(ids[0].is_taken_by(&not[0]), is_within);
    }
}
