//! Numbers with commas in lists of numbers: one, or several?

use crate::rows::value::Value;
use crate::text::plain;

/// A number with commas that may group thousands, in a list or a text that is one: `1,400,000`.
pub(crate) fn one_or_several(value: &Value) -> Option<String> {
    let text = match value {
        Value::Text(text) => text,
        Value::List(entries) | Value::Set(entries) => {
            return entries.iter().filter(|e| e.as_text().is_some()).find_map(one_or_several);
        }
        _ => return None,
    };
    let text = plain(text.trim());
    let groups: Vec<&str> = text.split(',').collect();
    let (first, rest) = groups.split_first()?;
    let digits = |group: &str| group.bytes().all(|b| b.is_ascii_digit());
    let grouped = (1..=3).contains(&first.len())
        && !first.starts_with('0')
        && !rest.is_empty()
        && rest.iter().all(|group| group.len() == 3)
        && groups.iter().all(|group| digits(group));
    let one = groups.concat();
    let several = groups.join(", ");
    let is_list = rest.iter().all(|group| !group.starts_with('0'));
    grouped.then(|| {
        if is_list {
            format!("may be one number or several; write `{one}`, or the list `[{several}]`")
        } else {
            format!("a comma stands between two entries; write `{one}`")
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commas_in_a_list_of_numbers() {
        for (typed, told) in [
            ("6,521", Some("write `6521`, or the list `[6, 521]`")),
            ("1,400,000,000", Some("write `1400000000`")),
            ("6521,6522", None),
            ("6, 521", None),
            ("6521", None),
            ("012,345", None),
            ("1234,567", None),
        ] {
            let found = one_or_several(&Value::Text(typed.into()));
            assert_eq!(found.is_some(), told.is_some(), "{typed}");
            assert!(found.unwrap_or_default().contains(told.unwrap_or_default()), "{typed}");
        }
        let listed =
            |entry: &str| Value::List(vec![Value::Text("7".into()), Value::Text(entry.into())]);
        assert!(one_or_several(&listed("6,521")).is_some_and(|told| told.contains("write `6521`")));
        assert_eq!(one_or_several(&listed("6521")), None);
    }
}
