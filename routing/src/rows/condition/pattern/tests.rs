//! What is told of patterns.

use regex_lite::Regex;
use serde_json::json;

use super::super::tests::conditions;
use super::*;

#[test]
fn what_to_write_instead_of_a_pattern() {
    for (typed, write) in [
        ("(?!test).*", "write `test.*` into `NotClientUserIdPattern`"),
        ("(?!test.*).*", "write `test.*` into `NotClientUserIdPattern`"),
        ("^(?!test)", "into `NotClientUserIdPattern`"),
        ("a(?=b)", "into `NotClientUserIdPattern`"),
        ("/^gold-.*/i", "write `(?i)^gold-.*`"),
        ("gold-*", "write `gold-.*`"),
        ("*@x.com", "write `.*@x\\.com`"),
        ("^gold-", "write `gold-.*` for ids that begin so, or `gold-`"),
        ("@x\\.com$", "write `.*@x\\.com` for ids that end so"),
        ("^a|b", "each alternative"),
        ("^|vip$", "write each alternative for the whole id"),
        ("^(gold|vip)-", "write `(gold|vip)-.*` for ids that begin so"),
        ("gold-.*, vip-.*", "write `gold-.*|vip-.*`"),
        ("gold-[0-9]+；vip-[a,b]{1,2}", "write `gold-[0-9]+|vip-[a,b]{1,2}`"),
        ("\"gold-.*\"", "write `gold-.*`"),
        ("“gold-.*”", "write `gold-.*`"),
        ("^", "to ask for all users, remove `ClientUserIdPattern`"),
        ("gold－［0-9］＋", "write `gold-[0-9]+`"),
        ("gold-[:digit:]+", "write `gold-[[:digit:]]+`"),
        ("regex:gold-.*", "write `gold-.*`"),
    ] {
        let message = not_meant(typed, "ClientUserIdPattern").unwrap_or_default();
        assert!(message.contains(write), "{typed}: {message}");
    }
    for good in [
        "u1|v",
        "[0-9]{2,4}",
        "^gold-.*",
        "^gold$",
        "gold-.*",
        ".*@x\\.com$",
        "a\\*b",
        "[a-z]*",
        "서울.*",
        "(a|b)*",
        "a{1,2}",
        "[,;]+",
        "[[:digit:]]+",
        "a\\,b",
        "gold-.*,",
    ] {
        assert_eq!(not_meant(good, "ClientUserIdPattern"), None, "{good}");
    }
}

#[test]
fn a_beginning_that_is_no_pattern() {
    for (typed, write) in [
        ("gold-", Some("write `gold-.*`")),
        ("gold%", Some("write `gold.*`")),
        ("@x", Some("write `.*@x`")),
        ("%gold%", Some("write `.*gold.*`")),
        ("gold", None),
        ("gold-.*", None),
        ("gold|vip-", None),
        ("@x[ab]", None),
        ("@x.", None),
        ("a+-", None),
        ("%", None),
    ] {
        let message = bare_beginning(typed);
        assert_eq!(message.is_some(), write.is_some(), "{typed}: {message:?}");
        let said = message.unwrap_or_default();
        assert!(said.contains(write.unwrap_or_default()), "{typed}: {said}");
    }
}

#[test]
fn what_to_write_instead_of_a_star() {
    for (entry, attribute, ids, write) in [
        ("gold-*", "ClientUserIds", Ids::Users, "write `gold-` into `ClientUserIdPrefixes`"),
        ("gold-*", "NotClientUserIds", Ids::Users, "write `gold-` into `NotClientUserIdPrefixes`"),
        ("gold-.*", "ClientUserIds", Ids::Users, "write `gold-` into `ClientUserIdPrefixes`"),
        ("gold-*", "ClientUserIdPrefixes", Ids::UserPrefixes, "write `gold-`"),
        ("*@x.com", "ClientUserIds", Ids::Users, "write `.*@x\\.com` into `ClientUserIdPattern`"),
        ("*", "ClientUserIds", Ids::Users, "remove `ClientUserIds`"),
        ("*", "NotClientUserIds", Ids::Users, "switch the rule off with `\"Enabled\": false`"),
        ("*", "NotCustomerServiceIds", Ids::Accounts, "switch the rule off"),
        ("^gold", "NotClientUserIdPrefixes", Ids::UserPrefixes, "with `^`; write `gold`"),
        ("^gold-.*", "ClientUserIds", Ids::Users, "write `gold-` into `ClientUserIdPrefixes`"),
        ("^gold$", "ClientUserIds", Ids::Users, "write `^gold$` into `ClientUserIdPattern`"),
        ("a*", "CustomerServiceIds", Ids::Accounts, "write each id whole"),
    ] {
        let message = instead_of_star(entry, attribute, ids).unwrap();
        assert!(message.contains(write), "{entry}: {message}");
    }
    for good in ["gold-1", "^"] {
        assert_eq!(instead_of_star(good, "ClientUserIds", Ids::Users), None, "{good}");
    }
}

/// What is told to write: must be accepted itself, and match this id, but not that one.
/// A whole row with such an id is in error, so that it is for nobody.
#[test]
fn a_row_with_a_star_in_an_id_is_in_error() {
    for (attribute, ids, write) in [
        ("ClientUserIds", json!(["gold-*"]), "write `gold-` into `ClientUserIdPrefixes`"),
        ("ClientUserIds", json!("u1, gold-*"), "write `gold-` into `ClientUserIdPrefixes`"),
        ("NotClientUserIds", json!(["gold-*"]), "write `gold-` into `NotClientUserIdPrefixes`"),
        ("ClientUserIdPrefixes", json!(["gold-*"]), "write `gold-`"),
        ("NotClientUserIdPrefixes", json!(["u1", "gold-*"]), "write `gold-`"),
        ("ClientUserIds", json!(["*"]), "remove `ClientUserIds`"),
        ("NotClientUserIds", json!(["*"]), "write the ids to leave out"),
        ("CustomerServiceIds", json!(["acc*"]), "write each id whole"),
    ] {
        for rule in [json!({ attribute: ids }), json!({ "AnyOf": [{ attribute: ids }] })] {
            let found = conditions(&rule).err().unwrap_or_else(|| panic!("{rule} is good"));
            assert!(found.len() == 1 && found[0].contains(write), "{rule}: {found:?}");
        }
    }
}

#[test]
fn what_is_told_to_write_is_a_pattern_and_means_it() {
    for (typed, write, matches, matches_not) in [
        ("(?i)^vip", "(?i)vip.*", "VIP-1", "x-vip"),
        ("(^vip)", "vip.*", "vip-1", "x-vip"),
        ("(vip$)", ".*vip", "x-vip", "vip-1"),
        ("\\Avip", "vip.*", "vip-1", "x-vip"),
        ("vip\\z", ".*vip", "x-vip", "vip-1"),
        ("\\bvip", ".*\\bvip.*", "x-vip-1", "xvip"),
        ("vip\\b", ".*vip\\b.*", "x-vip-1", "vips"),
        ("(?i:^vip|^gold)", "(?i)vip.*|gold.*", "Gold-1", "x-gold"),
        ("(^vip|^gold)-", "(vip|gold)-.*", "gold-1", "gold"),
        ("^vip|gold$", "vip.*|.*gold", "x-gold", "gold-1"),
        ("test-.* | demo-.*", "test-.*|demo-.*", "demo-1", "demo"),
        ("u1 | u2", "u1|u2", "u2", "u1 "),
        ("(u1 | u2)x", "(u1|u2)x", "u2x", "u2 x"),
        ("test-*|demo-*", "test-.*|demo-.*", "demo-1", "demo"),
        ("test-.*|demo*", "test-.*|demo.*", "demo-1", "tes"),
        ("(?i)test-*", "(?i)test-.*", "TEST-1", "x"),
        ("^test-*$", "test-.*", "test-1", "x"),
        ("(test|demo)-*", "(test|demo)-.*", "demo-1", "demo"),
        ("*@x\\.com", ".*@x\\.com", "a@x.com", "a@xycom"),
        ("test.* or demo.*", "test.*|demo.*", "demo1", "x"),
        ("test.* oder demo.*", "test.*|demo.*", "demo1", "x"),
        ("test.* and demo.*", "test.*|demo.*", "demo1", "x"),
        ("test.* 또는 demo.*", "test.*|demo.*", "demo1", "x"),
        ("u1 | u2 or u3", "u1|u2|u3", "u3", "x"),
        ("= vip.*", "vip.*", "vip1", "x"),
        ("=~ ^vip", "vip.*", "vip1", "x"),
        ("[vip,gold]", "vip|gold", "gold", "g"),
        ("[\"vip.*\", \"gold.*\"]", "vip.*|gold.*", "gold1", "g"),
        ("[\"a{1,2}\", \"b.*\"]", "a{1,2}|b.*", "aa", "a{1"),
        ("[\"vip.*\"]", "vip.*", "vip1", "v"),
        ("[ab],[cd]", "[ab]|[cd]", "c", "x"),
        ("['vip', 'gold']", "vip|gold", "gold", "g"),
        ("r\"vip.*\"", "vip.*", "vip1", "x"),
        ("r'^vip'", "vip.*", "vip1", "x"),
        ("\"vip-*\"", "vip-.*", "vip-1", "x"),
        ("starts with vip", "vip.*", "vip1", "x"),
        ("Starts with \"vip\"", "vip.*", "vip1", "x"),
        ("starts with vip.*", "vip.*", "vip1", "x"),
        ("starts with vip or gold", "vip.*|gold.*", "gold1", "x"),
        ("ends with @x.com", ".*@x\\.com", "a@x.com", "a@xycom"),
        ("\\\\d{6}", "\\d{6}", "123456", "x"),
        ("kim\\\\.lee", "kim\\.lee", "kim.lee", "kimxlee"),
        ("LIKE gold%", "gold.*", "gold1", "x"),
        ("like '%@x.com'", ".*@x\\.com", "a@x.com", "a@xycom"),
        ("gold-[0-9]{2，4}", "gold-[0-9]{2,4}", "gold-12", "gold-1"),
        ("contains vip", ".*vip.*", "a-vip-b", "x"),
        ("vip로 시작", "vip.*", "vip1", "x"),
        ("以vip开头", "vip.*", "vip1", "x"),
    ] {
        let message = not_meant(typed, "ClientUserIdPattern").unwrap_or_default();
        assert!(message.contains(&format!("write `{write}`")), "{typed}: {message}");
        assert_eq!(not_meant(write, "ClientUserIdPattern"), None, "{typed}");
        assert_eq!(bare_beginning(write), None, "{typed}");
        let regex = Regex::new(&format!("^(?:{write})$")).unwrap();
        assert_eq!(
            (regex.is_match(matches), regex.is_match(matches_not)),
            (true, false),
            "{typed}"
        );
    }
}

#[test]
fn what_says_not_goes_into_the_other_attribute() {
    for (typed, attribute, write) in [
        ("!test-.*", "ClientUserIdPattern", "write `test-.*` into `NotClientUserIdPattern`"),
        ("!^test", "ClientUserIdPattern", "write `test.*` into `NotClientUserIdPattern`"),
        ("not test-*", "ClientUserIdPattern", "write `test-.*` into `NotClientUserIdPattern`"),
        ("not !test-.*", "ClientUserIdPattern", "; write `test-.*`"),
        ("!test-.*", "NotClientUserIdPattern", "write `test-.*` into `ClientUserIdPattern`"),
    ] {
        let message = not_meant(typed, attribute).unwrap_or_default();
        assert!(message.ends_with(write), "{typed}: {message}");
    }
}

#[test]
fn good_patterns_are_left_alone() {
    for good in [
        "(?i)vip.*",
        "CORP\\\\dan",
        "CORP\\\\.*",
        "a\\\\\\\\d",
        "(?i)^vip.*",
        "(^vip.*)",
        "^(vip|gold)$",
        "^(vip.*|gold.*)",
        ".*vip\\b",
        "\\bvip.*",
        "(?x) a | b",
        "(?:a)*b",
        "[a,b]",
        "[a-z]+|[0-9]*",
        "gold-*[0-9]+",
        "land.*|order.*",
        "~?[=]a",
        "notes-.*",
        "prefix-.*",
        "(^|x-)vip.*",
        "auth0\\|[0-9a-f]+",
        "a=b.*",
        "/vip/Gold",
        "//",
        "ｖｉｐ.*",
    ] {
        assert_eq!(not_meant(good, "ClientUserIdPattern"), None, "{good}");
        Regex::new(good).unwrap();
    }
}

#[test]
fn ends_of_ids_in_every_alternative() {
    for (typed, write) in [
        ("@example.com", "write `.*@example\\.com` for"),
        ("@example\\.com", "write `.*@example\\.com` for"),
        ("@a.com|@b.com", "write `.*@a\\.com|.*@b\\.com` for"),
        ("(?i)vip-", "write `(?i)vip-.*` for"),
        ("gold-|vip-", "write `gold-.*|vip-.*` for"),
    ] {
        let message = bare_beginning(typed).unwrap_or_default();
        assert!(message.contains(write), "{typed}: {message}");
    }
}

#[test]
fn a_list_or_a_long_text_is_no_pattern() {
    for (typed, says) in [
        (json!(["gold-*"]), "expected one text (S), not a list; write `gold-*`"),
        (json!(["gold-*", "vip"]), "write them with `|` between"),
        (json!("a".repeat(257)), "has 257 characters, and at most 256 are allowed"),
    ] {
        let told = conditions(&json!({ "ClientUserIdPattern": typed })).unwrap_err();
        assert!(told.len() == 1 && told[0].contains(says), "{told:?}");
    }
    assert!(conditions(&json!({ "ClientUserIdPattern": "a".repeat(256) })).is_ok());
}
