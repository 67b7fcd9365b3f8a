//! Maps, and DynamoDB's own JSON, that were typed as one text: `{"seoul": 2}`, `{"S": "vip"}`.
//! As a name, such a text would be one that nobody has. What DynamoDB itself answers never comes
//! here: the function's `store` reads it.

use std::collections::BTreeMap;

use crate::rows::json;
use crate::rows::value::Value;
use crate::text::{cut, entries_in_one, plain};

/// What to write instead of a text, where the attribute takes a list, and maybe a map.
pub(crate) fn instead_of_text(text: &str, takes_map: bool) -> Option<String> {
    let is_list_of_maps = text.starts_with("[{") && text.ends_with(']');
    if !is_in_braces(text) && !is_list_of_maps {
        return None;
    }
    let Some(value) = parsed(text) else { return Some(of_braces(text)) };
    match unwrapped(&value) {
        Some(inner) => Some(of_dynamodb(&inner, takes_map)),
        None => match &value {
            Value::Map(map) if takes_map => {
                Some(format!("is a map typed as a text; write it as a map (M): `{}`", shown(map)))
            }
            Value::Map(map) => {
                let names: Vec<&str> = map.keys().map(String::as_str).collect();
                Some(format!("is a map typed as a text; write `{}`", cut(&names.join(", "))))
            }
            _ => Some(
                "is a list of lists or maps typed as a text; write each entry as a text of its own"
                    .to_owned(),
            ),
        },
    }
}

/// What to write instead of a value that is DynamoDB's own JSON where plain JSON is expected. What
/// may be a map of names is left alone.
pub(crate) fn instead_of_value(value: &Value, takes_map: bool) -> Option<String> {
    let Value::Map(map) = value else { return None };
    let inner = wrapped(map, takes_map)?;
    Some(of_dynamodb(&inner, takes_map))
}

/// The same of a map where a map is expected.
pub(super) fn wrapped_map(map: &BTreeMap<String, Value>) -> Option<String> {
    wrapped(map, true).map(|inner| of_dynamodb(&inner, true))
}

fn wrapped(map: &BTreeMap<String, Value>, takes_map: bool) -> Option<Value> {
    let (kind, inner) = map.iter().next().filter(|_| map.len() == 1)?;
    let is_wrapped = match inner {
        Value::List(_) => matches!(kind.as_str(), "SS" | "NS" | "L"),
        Value::Map(_) => kind == "M",
        Value::Text(_) => kind == "S" && !takes_map,
        _ => false,
    };
    if is_wrapped { unwrapped(&Value::Map(map.clone())) } else { None }
}

/// A map as the text of one, if that is what was typed: for attributes that take nothing else.
pub(crate) fn map_typed_as_text(text: &str) -> Option<String> {
    let value = parsed(text).filter(|_| is_in_braces(text))?;
    match unwrapped(&value).unwrap_or(value) {
        Value::Map(map) => Some(shown(&map)),
        _ => None,
    }
}

/// Maps in the text of a list, or of one map: for attributes that take a list of maps.
pub(crate) fn maps_typed_as_text(text: &str) -> Option<Vec<Value>> {
    let value = parsed(text.trim())?;
    let maps = match unwrapped(&value).unwrap_or(value) {
        Value::List(maps) => maps,
        map @ Value::Map(_) => vec![map],
        _ => return None,
    };
    let is_map = |value: &Value| matches!(value, Value::Map(map) if !map.is_empty());
    (!maps.is_empty() && maps.iter().all(is_map)).then_some(maps)
}

/// The text of one map of all these maps, where each has other names.
pub(super) fn merged(values: &[Value]) -> Option<String> {
    let mut all = BTreeMap::new();
    for value in values {
        let Value::Map(map) = value else { return None };
        // `{"S": "vip"}` and `{"name": "vip"}` are no maps of names.
        if map.keys().any(|name| matches!(name.as_str(), "S" | "N" | "M" | "name" | "Name")) {
            return None;
        }
        for (name, value) in map {
            if all.insert(name.clone(), value.clone()).is_some() {
                return None;
            }
        }
    }
    (!all.is_empty()).then(|| shown(&all))
}

fn is_in_braces(text: &str) -> bool {
    let text = plain(text);
    text.starts_with('{') && text.ends_with('}')
}

/// The value, also where quotes and signs are those of other keyboards.
fn parsed(text: &str) -> Option<Value> {
    let parse = |text: &str| json::parse_value(text).ok();
    parse(text).or_else(|| {
        let quotes = ['“', '”', '„', '‟', '‘', '’', '\'', '＂'];
        parse(&plain(&text.replace(quotes, "\"")).replace('、', ","))
    })
}

/// What stands in DynamoDB's own JSON; `None` = nothing in it is.
fn unwrapped(value: &Value) -> Option<Value> {
    match value {
        Value::List(entries) => {
            let all: Option<Vec<Value>> = entries.iter().map(unwrapped).collect();
            all.map(Value::List)
        }
        Value::Map(map) => {
            let (kind, inner) = map.iter().next().filter(|_| map.len() == 1)?;
            match (kind.as_str(), inner) {
                ("S" | "SS" | "NS", Value::Text(_) | Value::List(_)) => Some(inner.clone()),
                ("N", Value::Text(number) | Value::Number(number)) => {
                    Some(Value::Number(number.clone()))
                }
                ("BOOL", Value::Bool(_)) => Some(inner.clone()),
                ("L", Value::List(_)) => Some(unwrapped(inner).unwrap_or_else(|| inner.clone())),
                ("M", Value::Map(map)) => Some(Value::Map(
                    map.iter()
                        .map(|(name, value)| {
                            (name.clone(), unwrapped(value).unwrap_or_else(|| value.clone()))
                        })
                        .collect(),
                )),
                // `{"vip": {"S": "2027-06-30"}}` is a map of such values.
                (_, Value::Map(_)) => unwrapped_map(map),
                _ => None,
            }
        }
        _ => None,
    }
    .or_else(|| match value {
        Value::Map(map) => unwrapped_map(map),
        _ => None,
    })
}

/// A map in which every value is in DynamoDB's own JSON.
fn unwrapped_map(map: &BTreeMap<String, Value>) -> Option<Value> {
    let all: Option<BTreeMap<String, Value>> =
        map.iter().map(|(name, value)| Some((name.clone(), unwrapped(value)?))).collect();
    all.filter(|all| !all.is_empty()).map(Value::Map)
}

fn of_dynamodb(inner: &Value, takes_map: bool) -> String {
    const WHY: &str = "is in DynamoDB's own JSON";
    match inner {
        Value::Map(map) if takes_map => {
            format!("{WHY}; write it as a map (M): `{}`", shown(map))
        }
        Value::Map(map) => {
            let names: Vec<&str> = map.keys().map(String::as_str).collect();
            format!("{WHY}; write `{}`", cut(&names.join(", ")))
        }
        Value::List(entries) => {
            let names: Option<Vec<&str>> = entries.iter().map(scalar).collect();
            match names {
                Some(names) => format!("{WHY}; write `{}`", cut(&names.join(", "))),
                None => format!("{WHY}; write each entry as a text of its own"),
            }
        }
        other => format!("{WHY}; write `{}`", cut(scalar(other).unwrap_or_default())),
    }
}

fn scalar(value: &Value) -> Option<&str> {
    match value {
        Value::Text(text) | Value::Number(text) => Some(text),
        _ => None,
    }
}

/// A map as it would be typed.
fn shown(map: &BTreeMap<String, Value>) -> String {
    let each = map.iter().map(|(name, value)| {
        let name = json::print_value(&Value::Text(name.clone()));
        format!("{name}: {}", json::print_value(value))
    });
    cut(&format!("{{{}}}", each.collect::<Vec<_>>().join(", ")))
}

/// Braces around a text that is not valid JSON.
fn of_braces(text: &str) -> String {
    let text = plain(text);
    let inner = text.trim_matches(['{', '}', '[', ']', ' ']);
    let quotes = ['"', '\'', '“', '”', ' '];
    let parts = entries_in_one(inner).unwrap_or_else(|| vec![inner]);
    let parts: Vec<&str> = parts.iter().map(|part| part.trim_matches(quotes)).collect();
    if inner.contains([':', '{', '[']) || parts.iter().all(|part| part.is_empty()) {
        return "has braces, but is not valid JSON; write each entry as a text of its own"
            .to_owned();
    }
    format!("has braces, but is not valid JSON; write `{}` without them", cut(&parts.join(", ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_typed_as_one_text() {
        for (text, as_list, as_map) in [
            (r#"{"seoul": 2}"#, "write `seoul`", r#"map (M): `{"seoul": 2}`"#),
            (r#"{"vip":"2027-06-30"}"#, "write `vip`", r#"(M): `{"vip": "2027-06-30"}`"#),
            (r#"{“vip”：“2027-06-30”}"#, "write `vip`", r#"(M): `{"vip": "2027-06-30"}`"#),
            ("{'seoul': 2}", "write `seoul`", r#"(M): `{"seoul": 2}`"#),
            (r#"{"S":"vip"}"#, "write `vip`", "write `vip`"),
            (r#"[{"S":"vip"},{"S":"gold"}]"#, "write `vip, gold`", "write `vip, gold`"),
            (r#"{"SS":["vip","gold"]}"#, "write `vip, gold`", "write `vip, gold`"),
            (r#"{"L":[{"S":"vip"}]}"#, "write `vip`", "write `vip`"),
            (r#"{"M":{"seoul":{"N":"2"}}}"#, "write `seoul`", r#"(M): `{"seoul": 2}`"#),
            (r#"{"seoul":{"N":"2"}}"#, "write `seoul`", r#"(M): `{"seoul": 2}`"#),
            (r#"{"M":{"vip":{"BOOL":true}}}"#, "write `vip`", r#"(M): `{"vip": true}`"#),
            ("{vip}", "write `vip` without", "write `vip` without"),
            ("{vip, gold}", "write `vip, gold` without", "write `vip, gold` without"),
            ("{vip: }", "a text of its own", "a text of its own"),
            ("[{1}]", "write `1`", "write `1`"),
        ] {
            for (takes_map, write) in [(false, as_list), (true, as_map)] {
                let told = instead_of_text(text, takes_map).unwrap_or_default();
                assert!(told.contains(write), "{text}: {told}");
            }
        }
        for good in ["vip", "a{1}", "{a}b", "[vip]", ""] {
            assert_eq!(instead_of_text(good, true), None, "{good}");
        }
    }

    #[test]
    fn a_list_of_maps_is_one_map() {
        for (text, map) in [
            (r#"[{"seoul": 1}, {"night": 2}]"#, Some(r#"{"night": 2, "seoul": 1}"#)),
            (r#"[{"vip": "2027-06-30"}]"#, Some(r#"{"vip": "2027-06-30"}"#)),
            (r#"[{"seoul": 1}, {"seoul": 2}]"#, None),
            (r#"[{"seoul": 1}, "night"]"#, None),
            (r#"[{"S": "seoul"}]"#, None),
        ] {
            let Ok(Value::List(values)) = json::parse_value(text) else { panic!("{text}") };
            assert_eq!(merged(&values).as_deref(), map, "{text}");
        }
    }

    #[test]
    fn what_may_be_a_map_of_names_is_left_alone() {
        for (text, as_list, as_map) in [
            (r#"{"SS": ["a", "b"]}"#, true, true),
            (r#"{"S": "a"}"#, true, false),
            (r#"{"N": "2"}"#, false, false),
            (r#"{"seoul": 2}"#, false, false),
            (r#"{"M": {"seoul": {"N": "2"}}}"#, true, true),
        ] {
            let value = json::parse_value(text).unwrap();
            assert_eq!(instead_of_value(&value, false).is_some(), as_list, "{text}");
            assert_eq!(instead_of_value(&value, true).is_some(), as_map, "{text}");
        }
    }
}
