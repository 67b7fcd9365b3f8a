//! Patterns cut at their signs, and their ends.

use super::*;

#[test]
fn what_means_or_is_told_from_letters() {
    for (text, parts) in [
        ("a|b", &["a", "b"][..]),
        ("(a|b)c", &["(a|b)c"]),
        ("[|(]|b", &["[|(]", "b"]),
        ("[]|]|b", &["[]|]", "b"]),
        ("[[:alpha:]|]|b", &["[[:alpha:]|]", "b"]),
        ("a\\|b", &["a\\|b"]),
    ] {
        assert_eq!(pieces(text, |c| c == '|'), parts, "{text}");
    }
}

#[test]
fn flags_and_groups_around_all_of_it() {
    for (text, flags, alternatives) in [
        ("(?i)a|b", "(?i)", &["a", "b"][..]),
        ("((a|b))", "", &["a", "b"]),
        ("(?:a)", "", &["a"]),
        ("(?P<n>a)", "", &["a"]),
        ("(?i:a|b)", "(?i)", &["a", "b"]),
        ("(a)(b)", "", &["(a)(b)"]),
        ("(a)*", "", &["(a)*"]),
        ("(a", "", &["(a"]),
        ("(?", "", &["(?"]),
    ] {
        let opened = Opened::new(text);
        assert_eq!((opened.flags.as_str(), &*opened.alternatives), (flags, alternatives));
    }
}

#[test]
fn the_ends_of_an_alternative() {
    for (text, first, last) in [
        ("^a$", End::Id, End::Id),
        ("\\Aa\\z", End::Id, End::Id),
        ("(^a|^b)c", End::Id, End::Other),
        ("(?i)^a", End::Id, End::Other),
        ("a\\$", End::Other, End::Other),
        ("a\\\\$", End::Other, End::Id),
        ("\\ba\\b", End::Word, End::Word),
        (".*a(b.*|c.*)", End::Open, End::Open),
        ("(.*)?a(b.*)?", End::Other, End::Other),
        ("", End::Other, End::Other),
    ] {
        assert_eq!((beginning(text), ending(text)), (first, last), "{text}");
    }
    assert_eq!(without_beginning("(^a|^b)c").as_deref(), Some("(a|b)c"));
    assert_eq!(without_beginning("(^a|b)c"), None);
    assert_eq!(without_ending("a(b$|c\\z)").as_deref(), Some("a(b|c)"));
}
