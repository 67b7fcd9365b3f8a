//! Maps of conditions that were typed as something else: as the text of a list, as one map, as
//! texts in a list.

use crate::rows::json::print_value;
use crate::rows::reader::maps_typed_as_text;
use crate::rows::value::Value;
use crate::text::printable;

/// Longest text that is told to write, in characters.
const LONGEST: usize = 1_000;

/// What to write instead of a value that is no list of maps; `None` = it does not say which maps.
pub(super) fn instead(attribute: &str, value: &Value) -> Option<String> {
    match value {
        Value::Text(text) => {
            let maps = maps_typed_as_text(text)?;
            Some(write(attribute, &maps, "expected a list (L) of maps (M), not a text (S)"))
        }
        Value::Map(map) if !map.is_empty() => {
            let only = [value.clone()];
            Some(write(attribute, &only, "expected a list (L) of maps (M), not one map"))
        }
        // A set, or a list in which maps stand as texts.
        Value::List(entries) | Value::Set(entries) => {
            let mut maps = Vec::with_capacity(entries.len());
            for entry in entries {
                match entry {
                    Value::Map(_) => maps.push(entry.clone()),
                    other => maps.extend(maps_typed_as_text(other.as_text()?)?),
                }
            }
            Some(write(attribute, &maps, "expected a list (L) of maps (M), not of texts (S)"))
        }
        _ => None,
    }
}

fn write(attribute: &str, maps: &[Value], what: &str) -> String {
    let list = printable(&print_value(&Value::List(maps.to_vec())));
    if list.chars().count() > LONGEST {
        return format!(
            "{what}; in the console choose `JSON view`, and remove the quotation marks around it, \
            and each `\\` in it"
        );
    }
    format!(
        "{what}; in the console remove `{attribute}`, then choose `JSON view` with `View DynamoDB \
        JSON` off, and write `\"{attribute}\": {list}`"
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rows::json::parse_value;

    #[test]
    fn maps_typed_as_something_else_are_told_as_a_list_of_maps() {
        let list = r#"write `"AnyOf": [{ "Platforms": ["iOS"] }]`"#;
        let two = r#"write `"AnyOf": [{ "Platforms": ["iOS"] }, { "Segments": ["vip"] }]`"#;
        for (typed, says) in [
            (r#""[{\"Platforms\":[\"iOS\"]}]""#, list),
            (r#""{\"Platforms\":[\"iOS\"]}""#, list),
            (r#""[{“Platforms”:[“iOS”]}]""#, list),
            (r#""[{\"M\":{\"Platforms\":{\"L\":[{\"S\":\"iOS\"}]}}}]""#, list),
            (r#""[{\"Platforms\":[\"iOS\"]},{\"Segments\":[\"vip\"]}]""#, two),
            (r#"{"Platforms":["iOS"]}"#, list),
            (r#"["{\"Platforms\":[\"iOS\"]}"]"#, list),
            (r#"[{"Platforms":["iOS"]},"{\"Segments\":[\"vip\"]}"]"#, two),
        ] {
            let value = parse_value(typed).unwrap();
            let told = instead("AnyOf", &value).unwrap_or_default();
            assert!(told.contains(says) && told.contains("list (L)"), "{typed}: {told}");
        }
        for typed in ["{}", r#""iOS""#, r#""[]""#, r#""[\"iOS\"]""#, r#""[{}]""#, "5", r#"["iOS"]"#]
        {
            assert_eq!(instead("AnyOf", &parse_value(typed).unwrap()), None, "{typed}");
        }
        let long = format!(r#"[{{"Segments":["{}"]}}]"#, "v".repeat(1_000));
        let told = instead("NotAnyOf", &Value::Text(long)).unwrap_or_default();
        assert!(told.contains("remove the quotation marks"), "{told}");
        let printed = |count: usize| format!(r#"[{{ "Segments": ["{}"] }}]"#, "v".repeat(count));
        let most = LONGEST - printed(0).len();
        for (count, is_told) in [(most, true), (most + 1, false)] {
            let told = instead("AnyOf", &Value::Text(printed(count))).unwrap_or_default();
            assert_eq!(told.contains(&printed(count)), is_told, "{count}: {told}");
        }
    }
}
