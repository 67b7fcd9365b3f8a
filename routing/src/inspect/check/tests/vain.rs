//! Conditions that cannot hold together, and maps that add nothing.

use serde_json::{Value as Json, json};

use super::*;

/// The findings of one more rule with these conditions.
fn of(conditions: Json) -> Vec<String> {
    let mut row = json!({ "RuleId": "new", "Priority": 0, "AgentGroupId": 7 });
    row.as_object_mut().unwrap().extend(conditions.as_object().unwrap().clone());
    add("rules", row)
}

#[test]
fn conditions_that_take_each_other_away() {
    for (name, own, other) in [
        ("Platforms", json!("iOS"), json!("iOS")),
        ("Platforms", json!(["iOS", "Mac"]), json!(["macos", "ios", "Web"])),
        ("Segments", json!("vip"), json!("VIP")),
        ("ClientUserIds", json!(["a", "b"]), json!(["b", "a"])),
        ("ClientUserIdPrefixes", json!("gold-a"), json!("gold-")),
        ("ClientUserIdPattern", json!("[0-9]{6}"), json!("[0-9]{6}")),
        ("ClientIps", json!("203.0.113.7"), json!("203.0.113.0/24")),
        ("CustomerServiceIds", json!("shop"), json!(["shop"])),
        ("SdkAppIds", json!(1_400_000_000), json!(1_400_000_000)),
        ("Percent", json!(10), json!(20)),
        ("Hours", json!("@office"), json!(["@office", "Sa 10:00-14:00"])),
        ("ValidFrom", json!("2026-12-10"), json!("2026-12-01")),
        ("ValidUntil", json!("2026-12-01"), json!("2026-12-10")),
        ("Languages", json!("zh-TW"), json!("zh")),
        ("Customer", json!({ "Plan": "pro", "Spend": ">= 20" }), json!({ "Spend": "> 10" })),
    ] {
        let not = format!("Not{name}");
        let rule = json!({ name: own, (not.as_str()): other });
        let found = of(rule.clone());
        let expected =
            format!("excludes everything that `{name}` allows, so the rule never matches");
        assert!(found.len() == 1 && found[0].contains(&expected), "{rule} {found:#?}");
        assert!(found[0].contains(&format!("rules `new`, `{not}`")), "{found:#?}");
        // The same in a map, and half of it outside.
        for rule in [
            json!({ "AnyOf": [rule, { "ClientUserIds": ["x"] }] }),
            json!({
                (not.as_str()): other,
                "AnyOf": [{ name: own }, { "ClientUserIds": ["x"], "CustomerServiceIds": ["y"] }],
            }),
        ] {
            let found = of(rule.clone());
            let expected =
                format!("map 1 never holds, because `{not}` excludes everything that `{name}`");
            assert!(found.len() == 1 && found[0].contains(&expected), "{rule} {found:#?}");
        }
    }
    let ids = of(json!({ "ClientUserIds": ["gold-1"], "NotClientUserIdPrefixes": "gold-" }));
    assert!(
        ids.len() == 1 && ids[0].contains("excludes everything that `ClientUserIds`"),
        "{ids:#?}"
    );
    let any = json!([{ "Platforms": ["iOS"] }]);
    let both = of(json!({ "AnyOf": any, "NotAnyOf": any }));
    assert!(both.len() == 1 && both[0].contains("excludes everything that `AnyOf`"), "{both:#?}");
}

#[test]
fn maps_that_always_or_never_hold_or_add_nothing() {
    let (ios, not_ios) = (json!({ "Platforms": "iOS" }), json!({ "NotPlatforms": ["iOS"] }));
    let both = json!({ "Platforms": "iOS", "Segments": "vip" });
    for (rule, expected) in [
        (
            json!({ "AnyOf": [ios, not_ios] }),
            "map 1 and map 2 are opposites, so one of them always holds, and `AnyOf` asks for \
            nothing; change the map, or remove `AnyOf`",
        ),
        (
            json!({
                "NotAnyOf": [not_ios, { "Segments": "vip" }, { "Platforms": ["Web", "iOS"] }],
            }),
            "map 1 and map 3 are opposites, so one of them always holds, and the rule never \
            matches",
        ),
        (
            json!({ "AnyOf": [not_ios, { "NotPlatforms": ["Android", "Web"] }] }),
            "map 1 and map 2 leave out different ones, so one of them always holds, and `AnyOf` \
            asks for nothing; change the map, or remove `AnyOf`; to leave out all of them, write \
            them into one `NotPlatforms`",
        ),
        (
            json!({ "AnyOf": [{ "NotClientUserIds": "u1" }, { "NotClientUserIds": "u2" }] }),
            "write them into one `NotClientUserIds`",
        ),
        (
            json!({
                "AnyOf": [{ "NotHours": "24/7" }, { "NotSdkAppIds": 1 }, { "NotSdkAppIds": 2 }],
            }),
            "map 2 and map 3 leave out different ones",
        ),
        (
            json!({ "AnyOf": [{ "NotClientIps": "8.8.8.8" }, { "NotClientIps": "9.9.9.0/24" }] }),
            "write them into one `NotClientIps`",
        ),
        (
            json!({ "AnyOf": [both, ios] }),
            "map 1 is not needed: whenever it holds, map 2 holds too; remove map 1",
        ),
        (json!({ "AnyOf": [ios, ios] }), "map 2 is not needed: whenever it holds, map 1"),
        (
            json!({
                "Platforms": "iOS",
                "AnyOf": [{ "Platforms": ["iOS", "iPad"] }, { "Segments": "vip" }],
            }),
            "map 1 holds whenever the other conditions of the rule do, so `AnyOf` asks for nothing",
        ),
        (
            json!({ "Platforms": "iOS", "NotAnyOf": [ios, { "Segments": "vip" }] }),
            "map 1 holds whenever the other conditions of the rule do, so the rule never matches",
        ),
        (
            json!({ "NotPlatforms": ["iOS", "Web"], "AnyOf": [ios, { "Platforms": "Web" }] }),
            "none of its maps can hold beside the other conditions, so the rule never matches",
        ),
    ] {
        let found = of(rule.clone());
        assert!(found.len() == 1 && found[0].contains(expected), "{rule} {found:#?}");
    }
}

#[test]
fn what_may_hold_is_not_told() {
    for rule in [
        json!({ "Platforms": ["iOS", "iPad"], "NotPlatforms": "iOS" }),
        json!({ "Segments": ["vip"], "NotLanguages": ["ko"] }),
        json!({ "ClientIps": "203.0.113.0/24", "NotClientIps": "203.0.113.7" }),
        json!({ "ClientUserIdPrefixes": "gold-", "NotClientUserIds": ["gold-1"] }),
        json!({ "Percent": 20, "NotPercent": 10 }),
        json!({ "ValidFrom": "2026-12-01", "ValidUntil": "2026-12-10" }),
        json!({ "Hours": "@office", "NotHours": "12:00-13:00" }),
        json!({ "Languages": ["zh"], "NotLanguages": ["zh-TW"] }),
        json!({
            "Customer": { "Spend": ">= 10" }, "NotCustomer": { "Spend": "> 1000", "Plan": "pro" },
        }),
        json!({ "AnyOf": [{ "Platforms": "iOS" }, { "Segments": "vip", "NotHours": "@office" }] }),
        json!({ "AnyOf": [{ "Platforms": "iOS" }, { "NotPlatforms": ["iOS", "Web"] }] }),
        json!({ "AnyOf": [{ "Platforms": "iOS", "Segments": "vip" }, { "NotPlatforms": "iOS" }] }),
    ] {
        let found: Vec<_> = of(rule.clone());
        let about: Vec<_> = found.iter().filter(|f| !f.contains("no customer has")).collect();
        assert!(about.is_empty(), "{rule} {found:#?}");
    }
}
