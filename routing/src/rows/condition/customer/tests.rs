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
fn words_that_are_no_language() {
    for (typed, attribute, says) in [
        ("ko/en", "Languages", Some("of its own: `ko`, `en`")),
        ("*", "Languages", Some("to ask for every language, remove `Languages`")),
        ("*", "NotLanguages", Some("write the languages to leave out")),
        ("ko", "Languages", None),
    ] {
        let told = no_language(typed, attribute);
        assert_eq!(told.is_some(), says.is_some(), "{typed}: {told:?}");
        assert!(told.unwrap_or_default().contains(says.unwrap_or_default()), "{typed}");
    }
}
