//! What several maps of conditions say together.

use serde_json::{Value as Json, json};

use super::super::tests::{conditions, customer, now};
use super::*;
use crate::session::Session;

fn any_of(maps: &Json) -> Condition {
    conditions(&json!({ "AnyOf": maps })).unwrap().remove(0)
}

#[test]
fn what_one_of_the_conditions_needs_all_of_it_needs() {
    for (maps, customer, address, splits, time) in [
        (json!([{ "Platforms": "iOS" }, { "Segments": "vip" }]), true, false, false, false),
        (json!([{ "Platforms": "iOS" }, { "ClientIps": "10.0.0.1" }]), false, true, false, false),
        (json!([{ "Platforms": "iOS", "Percent": 20 }]), false, false, true, false),
        (json!([{ "Platforms": "iOS" }, { "Hours": "24/7" }]), false, false, false, false),
        (
            json!([{ "Hours": "Mo 09:00-10:00" }, { "ValidFrom": "2026-12-24" }]),
            false,
            false,
            false,
            true,
        ),
    ] {
        let condition = any_of(&maps);
        let kind = condition.test.kind();
        let found =
            (kind.needs_customer(), kind.needs_address(), kind.splits_users(), kind.is_of_time());
        assert_eq!(found, (customer, address, splits, time), "{maps}");
    }
}

#[test]
fn which_map_holds_or_may() {
    let maps = json!([{ "Platforms": "Web" }, { "Segments": "vip" }, { "Platforms": "iOS" }]);
    let condition = any_of(&maps);
    let (vip, unread) = (customer(json!({ "Segments": "vip" })), crate::rows::Fact::Unknown);
    let none = crate::rows::Fact::Is(None);
    for (platform, known, found) in [
        ("Web", &none, "map 1"),
        ("Android", &vip, "map 2"),
        ("iOS", &none, "map 3"),
        ("iOS", &unread, "map 3"),
        ("Android", &unread, "map 2 unknown"),
        ("Android", &none, "none"),
    ] {
        let session = Session::new("s", "u1", 1, 1).on_platform(Some(platform));
        let asked = Asked { session: &session, now: now(), customer: known };
        let compared = condition.compared(&asked);
        assert_eq!(compared.found, found, "{platform} {known:?}");
        assert_eq!(compared.expected, "one of its 3 maps");
    }
    let session = Session::new("s", "u1", 1, 1);
    let asked = Asked { session: &session, now: now(), customer: &none };
    assert_eq!(any_of(&json!([{ "Platforms": "Web" }])).compared(&asked).expected, "its map");
}

/// Each condition with its name, where it has something to say.
#[test]
fn what_its_dates_and_hours_mean() {
    for (maps, meaning, at) in [
        (json!([{ "Platforms": "iOS" }]), None, None),
        (
            json!([{ "ValidFrom": "2026-12-24" }, { "ValidUntil": "2026-12-26" }]),
            Some(
                "`ValidFrom`: Thu 2026-12-24 00:00 UTC, `ValidUntil`: before Sun 2026-12-27 00:00 \
                UTC",
            ),
            None,
        ),
        (
            json!([{ "Platforms": "iOS" }, { "Hours": "Mo-Fr 09:00-18:00" }]),
            None,
            Some("`Hours`: open, closes Wed 2026-11-25 18:00 UTC"),
        ),
    ] {
        let condition = any_of(&maps);
        let kind = condition.test.kind();
        assert_eq!(kind.meaning(Zone::utc()).as_deref(), meaning, "{maps}");
        assert_eq!(kind.at(now()).as_deref(), at, "{maps}");
    }
}

#[test]
fn maps_of_which_none_can_hold() {
    let over = json!([{ "ValidUntil": "2020-01-01" }, { "Platforms": "iOS", "Percent": 0 }]);
    let open = json!([{ "ValidUntil": "2020-01-01" }, { "Platforms": "iOS" }]);
    for (maps, negated, is_told) in
        [(&over, false, true), (&over, true, false), (&open, false, false), (&open, true, false)]
    {
        let why = any_of(maps).test.kind().never_holds(negated, now());
        assert_eq!(why.is_some(), is_told, "{maps} {negated}: {why:?}");
        assert!(why.is_none_or(|why| why.starts_with("can never hold: each of its maps")));
    }
}

/// Each map by the narrowest of its conditions, and all that these list counts.
#[test]
fn which_requests_it_leaves() {
    let maps =
        json!([{ "Platforms": "iOS", "ClientUserIds": ["u1", "u2"] }, { "Segments": "vip" }]);
    let condition = any_of(&maps);
    let Reach::Any(parts) = condition.reach() else { panic!("{condition:?}") };
    assert!(matches!(parts.as_slice(), [Reach::Users(_), Reach::Segments(_)]), "{parts:?}");
    assert_eq!(condition.entries(), 3);
    for maps in
        [json!([{ "Segments": "vip" }, { "Percent": 5 }]), json!([{ "NotSegments": "vip" }])]
    {
        assert_eq!(any_of(&maps).reach(), Reach::Anyone, "{maps}");
    }
}
