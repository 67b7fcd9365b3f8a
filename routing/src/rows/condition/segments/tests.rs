use super::*;

#[test]
fn names_that_no_segment_has() {
    for (typed, negated, says) in [
        ("vip:2027-06-30", false, Some("write `vip`")),
        ("vip (2027/06/30)", true, Some("write `vip`")),
        ("vip > gold", false, Some("segments are not compared")),
        ("tier>=2", true, Some("segments are not compared")),
        ("vip/gold", true, Some(r#"write the list `["vip", "gold"]`"#)),
        ("vip+gold", true, Some(r#"write the list `["vip", "gold"]`"#)),
        ("vip/gold", false, None),
        ("vip+", true, None),
        ("A/B", true, None),
        ("vip:2", true, None),
        ("vip", true, None),
    ] {
        let told = no_name(typed, negated);
        assert_eq!(told.is_some(), says.is_some(), "{typed}: {told:?}");
        assert!(told.unwrap_or_default().contains(says.unwrap_or_default()), "{typed}");
    }
}

#[test]
fn what_to_write_instead_of_words_in_a_name() {
    for (typed, attribute, write) in [
        ("not vip", "Segments", "for users not in it write `vip` into `NotSegments`"),
        ("not vip", "NotSegments", "for users not in it write `vip`"),
        ("vip or gold", "Segments", r#"for users in any of them write the list `["vip", "gold"]`"#),
        (
            "vip or gold",
            "NotSegments",
            r#"for users in none of them write the list `["vip", "gold"]`"#,
        ),
    ] {
        let told = doubt(typed, attribute, true).unwrap_or_default();
        assert_eq!(told, format!("is read as one name; {write}"), "{typed} {attribute}");
    }
}
