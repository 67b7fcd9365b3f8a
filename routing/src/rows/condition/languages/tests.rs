use serde_json::json;

use super::super::tests::conditions;
use super::*;

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

/// What cannot be read is not told to write.
#[test]
fn what_is_no_language_is_not_told() {
    for (typed, says) in [
        (json!("!klingon"), "expected a language code, such as"),
        (json!("not klingon"), "expected a language code, such as"),
        (json!(["ko, klingon"]), "write each as an entry of its own"),
    ] {
        let told = conditions(&json!({ "Languages": typed })).unwrap_err();
        assert!(told.len() == 1 && told[0].contains(says), "{typed}: {told:?}");
        assert!(!told[0].contains("`klingon`"), "{typed}: {told:?}");
    }
}
