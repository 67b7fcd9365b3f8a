//! Values in DynamoDB's JSON whose content is not of their kind: `{"BOOL": "false"}`. DynamoDB
//! writes none, people do; read as they stand, they would be something else.

use routing::text::cut;
use serde_json::Value as Json;

/// The kinds of DynamoDB's JSON.
pub(super) const KINDS: [&str; 10] = ["S", "N", "BOOL", "NULL", "L", "M", "SS", "NS", "B", "BS"];

/// What is wrong with the first such value of a row, and what to write instead.
pub(super) fn wrong_value(row: &Json) -> Option<String> {
    let (name, wrong) =
        row.as_object()?.iter().find_map(|(name, value)| Some((name, wrong(value)?)))?;
    Some(format!("`{}` {wrong}", cut(name)))
}

fn wrong(value: &Json) -> Option<String> {
    let shown = || cut(&value.to_string());
    let (kind, content) = match value.as_object() {
        Some(map) if map.len() == 1 => map.iter().next()?,
        _ => {
            return Some(format!(
                "holds `{}` without its kind, and the row is in DynamoDB JSON; write each value \
                with its kind, as in `{{\"S\": \"text\"}}`",
                shown()
            ));
        }
    };
    let expected = match (kind.as_str(), content) {
        ("S", Json::String(_))
        | ("N", Json::String(_))
        | ("BOOL" | "NULL", Json::Bool(_))
        | ("B" | "BS", _) => return None,
        ("L", Json::Array(entries)) => return entries.iter().find_map(wrong),
        ("M", Json::Object(map)) => return map.values().find_map(wrong),
        ("SS" | "NS", Json::Array(entries)) => match entries.iter().find(|e| !e.is_string()) {
            Some(entry) => format!("entries are texts; write `\"{}\"`", cut(&bare(entry))),
            None => return None,
        },
        ("S" | "N", Json::Number(_) | Json::Bool(_)) => {
            format!("write `{{\"{kind}\": \"{}\"}}`", cut(&bare(content)))
        }
        ("BOOL", Json::String(text)) if matches!(text.trim(), "true" | "True" | "TRUE") => {
            "write `{\"BOOL\": true}`".to_owned()
        }
        ("BOOL", Json::String(text)) if matches!(text.trim(), "false" | "False" | "FALSE") => {
            "write `{\"BOOL\": false}`".to_owned()
        }
        ("BOOL", _) => "write `{\"BOOL\": true}` or `{\"BOOL\": false}`".to_owned(),
        (kind, _) if KINDS.contains(&kind) => {
            "write a value of that kind, as in `{\"S\": \"text\"}` or `{\"L\": []}`".to_owned()
        }
        _ => format!("the kinds are `{}`; write one of them", KINDS.join("`, `")),
    };
    Some(format!("holds `{}`, which is not as DynamoDB writes it; {expected}", shown()))
}

/// A value without the quotes of a text.
fn bare(value: &Json) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_value_that_is_not_of_its_kind_is_told() {
        for (value, says) in [
            (json!({"BOOL": "false"}), "write `{\"BOOL\": false}`"),
            (json!({"BOOL": "TRUE"}), "write `{\"BOOL\": true}`"),
            (json!({"BOOL": 0}), "`{\"BOOL\": true}` or `{\"BOOL\": false}`"),
            (json!({"N": 10}), "write `{\"N\": \"10\"}`"),
            (json!({"S": 10}), "write `{\"S\": \"10\"}`"),
            (json!({"NS": [1, 2]}), "entries are texts; write `\"1\"`"),
            (json!({"SS": "vip"}), "write a value of that kind"),
            (json!({"L": [{"S": "a"}, "b"]}), "holds `\"b\"` without its kind"),
            (json!({"M": {"Plan": "pro"}}), "holds `\"pro\"` without its kind"),
            (json!({"X": "1"}), "the kinds are `S`"),
        ] {
            let told = wrong_value(&json!({ "A": value })).unwrap_or_default();
            assert!(told.starts_with("`A` ") && told.contains(says), "{value}: {told}");
        }
        for good in [
            json!({"S": ""}),
            json!({"N": "one"}),
            json!({"NULL": true}),
            json!({"L": [{"M": {"Plan": {"SS": ["pro"]}}}]}),
            json!({"B": "aGk="}),
        ] {
            assert_eq!(wrong_value(&json!({ "A": good })), None, "{good}");
        }
    }
}
