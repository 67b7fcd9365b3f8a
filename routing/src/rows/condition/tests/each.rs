//! What holds for each condition: it comes back from bytes, and says what it needs, when it
//! changes, and what it compared.

use chrono::TimeDelta;

use super::*;
use crate::packed::{Packed, Packer, Unpacker};

/// A value of each condition, in the order in which they are tested.
fn values() -> [(&'static str, Json); 15] {
    [
        ("Platforms", json!(["iOS", "Web"])),
        ("ClientUserIds", json!(["u1", "u2"])),
        ("ClientUserIdPrefixes", json!(["corp-", "u"])),
        ("ClientUserIdPattern", json!("u[12]")),
        ("ClientIps", json!("203.0.113.0/24")),
        ("CustomerServiceIds", json!(["a", "b"])),
        ("SdkAppIds", json!([7, 8])),
        ("Percent", json!(20)),
        ("ValidFrom", json!("2026-12-24")),
        ("ValidUntil", json!("2026-12-26")),
        ("Hours", json!("Mo-Fr 09:00-18:00")),
        ("Segments", json!(["vip", "beta"])),
        ("Languages", json!("de")),
        ("Customer", json!({ "Plan": ["pro", "max"], "Spend": ">= 1000" })),
        ("AnyOf", json!([{ "Platforms": "iOS" }, { "NotSegments": "vip" }])),
    ]
}

/// Each condition, and its negation.
fn all() -> Vec<Condition> {
    let both = |(name, value): (&str, Json)| {
        let negated = format!("Not{name}");
        [json!({ name: &value }), json!({ negated: value })]
    };
    values().into_iter().flat_map(both).map(|rule| conditions(&rule).unwrap().remove(0)).collect()
}

fn session() -> Session {
    Session::new("s", "u1", 1, 7)
        .on_platform(Some("iOS"))
        .from_ip(Some("203.0.113.9"))
        .with_customer_service(Some("b".to_owned()))
}

#[test]
fn conditions_come_back_from_bytes_as_they_were() {
    let names = CONDITIONS.iter().map(|(name, _)| *name);
    assert_eq!(values().map(|(name, _)| name).to_vec(), names.collect::<Vec<_>>());
    let all = all();
    let mut to = Packer::default();
    for condition in &all {
        condition.pack(&mut to);
    }
    let bytes = to.finish();
    let mut from = Unpacker::new(&bytes);
    let (session, customer) = (session(), customer(json!({ "Plan": "pro", "Segments": "beta" })));
    let asked = Asked { session: &session, now: now(), customer: &customer };
    for condition in &all {
        let back = Condition::unpack(&mut from).unwrap();
        let say =
            |of: &Condition| (of.attribute, of.negated, of.holds(&asked), of.compared(&asked));
        assert_eq!(say(&back), say(condition));
    }
    assert_eq!(from.finish(), Ok(()));
}

#[test]
fn what_needs_the_customers_table_is_an_error_without_it() {
    for (name, value) in values() {
        let needs = ["Segments", "Languages", "Customer", "AnyOf"].contains(&name);
        for name in [name.to_owned(), format!("Not{name}")] {
            let row = json!({ "RuleId": "r", "Priority": 1, "AgentGroupId": 1, name: &value });
            let row = row_from_json(row.as_object().unwrap().clone());
            let defaults = Defaults { customers: false, ..defaults() };
            let mut hours = Interner::new(now().date_naive());
            let mut patterns = Patterns::default();
            let mut context =
                Context { defaults: &defaults, hours: &mut hours, patterns: &mut patterns };
            let (_, read, findings) = rule::read(&row, &mut context).unwrap();
            assert_eq!(matches!(read, Read::Good(_)), !needs, "{row:?}: {findings:?}");
            let told = |finding: &Finding| finding.message.contains("CUSTOMERS_TABLE is not set");
            assert_eq!(findings.iter().any(told), needs, "{row:?}: {findings:?}");
        }
    }
}

#[test]
fn where_ids_of_users_may_stand() {
    for (attribute, names) in [
        ("ClientUserIds", Some(true)),
        ("NotClientUserIdPattern", Some(true)),
        ("AnyOf", Some(true)),
        ("Hours", Some(false)),
        ("NotSegments", Some(false)),
        ("Rosters", None),
    ] {
        assert_eq!(names_users(attribute), names, "{attribute}");
    }
}

/// From the first instant on; until before the last.
#[test]
fn validity_begins_and_ends_at_its_instant() {
    let (session, noon) = (session(), now());
    let at = |seconds: i64| noon + TimeDelta::seconds(seconds);
    for (name, before, from_then) in
        [("ValidFrom", Holds::No, Holds::Yes), ("ValidUntil", Holds::Yes, Holds::No)]
    {
        let condition = conditions(&json!({ name: "2026-11-25 12:00" })).unwrap().remove(0);
        let holds = |seconds: i64| {
            let customer = &Fact::NotRead;
            condition.holds(&Asked { session: &session, now: at(seconds), customer })
        };
        assert_eq!([-1, 0, 1].map(holds), [before, from_then, from_then], "{name}");
        for (from, until, changes) in
            [(-1, 1, vec![noon]), (0, 1, vec![]), (-1, 0, vec![]), (-2, -1, vec![]), (1, 2, vec![])]
        {
            let found = condition.test.kind().changes(at(from), at(until));
            assert_eq!(found, changes, "{name} {from} {until}");
        }
    }
}

#[test]
fn what_was_compared_is_shown() {
    let (session, customer) = (session(), customer(json!({ "Plan": "pro" })));
    let asked = Asked { session: &session, now: now(), customer: &customer };
    let shown = |rule: &Json| {
        let compared = conditions(rule).unwrap()[0].compared(&asked);
        (compared.expected, compared.found)
    };
    let values = json!({ "Plan": ["pro", "max"], "Spend": ">= 1000" });
    for (rule, expected, found) in [
        (json!({ "ValidFrom": "2026-12-24" }), "from 2026-12-24T00:00:00Z", "2026-11-25T12:00:00Z"),
        (
            json!({ "NotValidUntil": "2026-12-26" }),
            "not (before 2026-12-27T00:00:00Z)",
            "2026-11-25T12:00:00Z",
        ),
        (
            json!({ "Customer": values }),
            "Plan pro or max; Spend >= 1000",
            "Plan pro; Spend missing",
        ),
        (json!({ "CustomerServiceIds": ["a", "b"] }), "a, b", "b"),
    ] {
        assert_eq!(shown(&rule), (expected.to_owned(), found.to_owned()), "{rule}");
    }
}

#[test]
fn the_account_that_the_user_wrote_to() {
    let wrote_to = |id: Option<&str>| {
        Session::new("s", "u1", 1, 1).with_customer_service(id.map(str::to_owned))
    };
    for (ids, account, holds) in [
        (json!(["a", "b"]), Some("b"), Holds::Yes),
        (json!(["a", "b"]), Some("c"), Holds::No),
        (json!("a"), Some("A"), Holds::No),
        (json!("a"), None, Holds::No),
    ] {
        both("CustomerServiceIds", &ids, &wrote_to(account), json!({}), holds);
    }
}
