//! One entry of a list: what is wrong with it, and what to write instead.

use super::super::typed_json::instead_of_text;
use crate::rows::limits::MAX_ID_BYTES;
use crate::rows::value::Value;
use crate::text::{cut, entries_in_one};

/// What to write for the entries that stand in one; `None` = it cannot be told.
pub(crate) type Write<'w> = &'w dyn Fn(&[&str]) -> Option<Vec<String>>;

/// Names and ids are written as they stand.
pub(super) fn as_they_stand(parts: &[&str]) -> Option<Vec<String>> {
    Some(parts.iter().map(|part| (*part).to_owned()).collect())
}

/// What is wrong with a value that stands as an entry of a list.
pub(super) fn no_entry(attribute: &str, value: &Value) -> String {
    // The console's other view writes `{"S": "u1"}` for `u1`.
    if let Value::Map(map) = value
        && let Some((kind, Value::Text(inner))) = map.iter().next()
        && map.len() == 1
        && matches!(kind.as_str(), "S" | "N")
    {
        return format!("is an entry in DynamoDB's own JSON; write `{}`", cut(inner));
    }
    match value {
        Value::Null => "an entry is empty (NULL); remove it".to_owned(),
        Value::Bool(_) if attribute.ends_with("SdkAppIds") => {
            "every entry must be the number of an app; write such as `1400000000`".to_owned()
        }
        Value::Bool(_) if attribute == "OnlyWithGroups" => {
            "every entry must be the number of a group; write such as `6521`".to_owned()
        }
        Value::Bool(b) => format!("every entry must be text; write `\"{b}\"`"),
        Value::List(_) | Value::Set(_) => {
            "is a list inside the list; write its entries into the list itself".to_owned()
        }
        _ => "every entry must be text; write it as text".to_owned(),
    }
}

/// What is wrong with an entry of a list.
pub(crate) fn wrong_entry(entry: &str) -> Option<String> {
    wrong(entry, true, &as_they_stand)
}

/// What to write for an entry that only seems to be several.
pub(super) fn one_to_write(entry: &str, write: Write<'_>) -> Option<String> {
    match write(&[entry])?.as_slice() {
        [one] if one != entry => Some(one.clone()),
        _ => None,
    }
}

/// What is wrong with an entry.
pub(super) fn wrong(entry: &str, in_list: bool, write: Write<'_>) -> Option<String> {
    if is_plain(entry) {
        return None;
    }
    if entry.is_empty() {
        return Some("an entry is empty; remove it, or write a value".to_owned());
    }
    if entry.len() > MAX_ID_BYTES {
        return Some(format!(
            "an entry is {} bytes long, and at most {MAX_ID_BYTES} are allowed; write a shorter \
            one",
            entry.len()
        ));
    }
    if let Some(message) = instead_of_text(entry, false) {
        return Some(message);
    }
    let bare = unquoted(entry);
    if let Some(parts) = entries_in_one(bare).filter(|_| in_list) {
        if let Some(one) = one_to_write(bare, write).filter(|_| parts.len() > 1) {
            return Some(format!("write `{one}`"));
        }
        let parts: Vec<&str> = parts.into_iter().map(unquoted).collect();
        let shown = write(&parts).map(|texts| {
            texts.iter().map(|text| format!("`{}`", cut(text))).collect::<Vec<_>>().join(", ")
        });
        return Some(match (parts.len(), shown) {
            (0, _) => "an entry is a separator alone; remove it".to_owned(),
            (1, Some(only)) => format!("an entry has a separator at its end; write {only}"),
            (1, None) => "an entry has a separator at its end; remove it".to_owned(),
            (several, Some(shown)) => format!(
                "holds {several} entries in one; write each as an entry of its own: {shown}"
            ),
            (several, None) => {
                format!("holds {several} entries in one; write each as an entry of its own")
            }
        });
    }
    (bare.len() < entry.len()).then(|| {
        match (bare, write(&[bare]).unwrap_or_default().as_slice()) {
            ("", _) => "an entry has only quotes or brackets; remove it".to_owned(),
            (_, [write]) => {
                format!(
                    "is in quotes or brackets, which are not part of it; write `{}`",
                    cut(write)
                )
            }
            _ => "is in quotes or brackets, which are not part of it; write it without them"
                .to_owned(),
        }
    })
}

/// Whether the entry is one id or name without a sign that may be a separator, a quote or a
/// bracket, as nearly all are.
fn is_plain(entry: &str) -> bool {
    let is_alphanumeric = |b: Option<&u8>| b.is_some_and(u8::is_ascii_alphanumeric);
    let bytes = entry.as_bytes();
    let is_usual =
        |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b' ' | b'-' | b'.' | b'@' | b'_');
    bytes.len() <= MAX_ID_BYTES
        && is_alphanumeric(bytes.first())
        && is_alphanumeric(bytes.last())
        && bytes.iter().all(is_usual)
}

/// The entry without the quotes or square brackets that people put around it, or leave at one end
/// of a list that was split.
pub(super) fn unquoted(entry: &str) -> &str {
    let double =
        |c: char| matches!(c, '"' | '“' | '”' | '„' | '‟' | '«' | '»' | '「' | '」' | '＂');
    let mut bare = entry;
    if let Some(inner) = bare.strip_prefix('[').and_then(|inner| inner.strip_suffix(']')) {
        bare = inner.trim();
    } else if let Some(inner) = bare.strip_prefix("[\"").or_else(|| bare.strip_prefix("['")) {
        bare = inner.trim();
    } else if let Some(inner) = bare.strip_suffix("\"]").or_else(|| bare.strip_suffix("']")) {
        bare = inner.trim();
    }
    // What is left of a list that was split, or only begun.
    if bare.starts_with('[') && !bare.contains(']') {
        bare = bare.trim_start_matches('[').trim();
    } else if bare.ends_with(']') && !bare.contains('[') {
        bare = bare.trim_end_matches(']').trim();
    }
    // `"A" Team` is a name.
    let closes_inside = bare.starts_with(double) != bare.ends_with(double)
        && bare.trim_matches(double).contains(double);
    if !closes_inside {
        bare = bare.trim_matches(double).trim();
    }
    for quote in ['\'', '`', '’', '‘'] {
        let open = if quote == '’' {
            bare.strip_prefix(['‘', '’'])
        } else {
            bare.strip_prefix(quote)
        };
        if let Some(inner) = open.and_then(|inner| inner.strip_suffix(quote)) {
            bare = inner.trim();
        }
    }
    bare
}
