//! Keys of agents that cannot be a person's id as they were typed.

use crate::text::{cut, entries_in_one};

/// What a spreadsheet writes where a formula failed.
const ERRORS: [&str; 8] =
    ["#n/a", "#ref!", "#value!", "#name?", "#div/0!", "#null!", "#num!", "#error!"];

/// What to write instead of such a key; `None` = it may be an id.
pub(super) fn doubt(key: &str) -> Option<String> {
    const AGAIN: &str = "write the row again with the key";
    let whole = key.trim();
    if ERRORS.contains(&whole.to_ascii_lowercase().as_str()) {
        return Some(format!(
            "is a spreadsheet's error, not an id; {AGAIN} that is the agent's id in Desk, and \
            delete this one"
        ));
    }
    if is_rounded(whole) {
        return Some(format!(
            "is a long number that a spreadsheet rounded; {AGAIN} that is the agent's id in Desk, \
            with all digits, and delete this one"
        ));
    }
    if let Some(ids) = entries_in_one(whole) {
        return Some(match ids.as_slice() {
            [] => return None,
            [only] => format!(
                "ends with a separator, which is not part of an id; {AGAIN} `{}`, and delete this \
                one",
                cut(only)
            ),
            several => {
                let shown: Vec<String> =
                    several.iter().map(|id| format!("`{}`", cut(id))).collect();
                format!(
                    "holds several ids, and one row is one person; write a row for each: {}, and \
                    delete this one",
                    shown.join(", ")
                )
            }
        });
    }
    let wrapped = [('"', '"'), ('“', '”'), ('\'', '\''), ('<', '>'), ('`', '`'), ('「', '」')];
    let inner = wrapped
        .iter()
        .find_map(|(open, close)| whole.strip_prefix(*open)?.strip_suffix(*close).map(str::trim));
    if let Some(inner) = inner.filter(|inner| !inner.is_empty()) {
        return Some(format!(
            "is in quotes or brackets, which are not part of an id; {AGAIN} `{}`, and delete this \
            one",
            cut(inner)
        ));
    }
    // A space may stand in an id; other white space comes with what was copied.
    let is_odd = |c: char| c.is_whitespace() && c != ' ';
    if whole.contains(is_odd) {
        let usual: Vec<&str> = whole.split(is_odd).filter(|part| !part.is_empty()).collect();
        return Some(format!(
            "has an unusual space in it; {AGAIN} `{}`, and delete this one",
            cut(&usual.join(" "))
        ));
    }
    None
}

/// `1.23457E+12`
fn is_rounded(key: &str) -> bool {
    let Some((number, exponent)) = key.split_once("E+").or_else(|| key.split_once("e+")) else {
        return false;
    };
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    digits(&number.replacen(['.', ','], "", 1)) && digits(exponent)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_that_are_no_ids() {
        for (key, says) in [
            ("\"a@example.com\"", "with the key `a@example.com`"),
            ("<a@example.com>", "with the key `a@example.com`"),
            ("a@example.com;", "with the key `a@example.com`"),
            ("a@example.com,b@example.com", "each: `a@example.com`, `b@example.com`"),
            ("a@example.com\nb@example.com", "each: `a@example.com`, `b@example.com`"),
            ("#N/A", "is a spreadsheet's error"),
            ("1.23457E+12", "that a spreadsheet rounded"),
            ("a\u{a0}b", "with the key `a b`"),
        ] {
            let told = doubt(key).unwrap_or_default();
            assert!(told.contains(says), "{key}: {told}");
        }
        for good in ["a@example.com", "@TGS#2J4 SZEAEL+😀", "10023", "kim minji", "e+5", "'", "a'b"]
        {
            assert_eq!(doubt(good), None, "{good}");
        }
    }
}
