//! Keys of agents and customers that cannot be a person's id as they were typed.

use crate::text::{cut, entries_in_one, is_rounded, is_spreadsheet_error, name_key, plain};

/// Words for nobody, as names are compared.
const NOBODY: [&str; 7] = ["null", "nil", "none", "n/a", "undefined", "없음", "无"];

/// What to write instead of such a key, which should be `meant`; `None` = it may be an id.
pub(super) fn doubt(key: &str, meant: &str) -> Option<String> {
    const AGAIN: &str = "write the row again with the key";
    let whole = key.trim();
    if is_spreadsheet_error(whole) {
        return Some(format!(
            "is a spreadsheet's error, not an id; {AGAIN} that is {meant}, and delete this one"
        ));
    }
    if is_rounded(whole) {
        return Some(format!(
            "is a long number that a spreadsheet rounded; {AGAIN} that is {meant}, with all \
            digits, and delete this one"
        ));
    }
    if NOBODY.contains(&name_key(whole).as_str()) {
        return Some(format!(
            "is a word for nobody, not an id; {AGAIN} that is {meant}, and delete this one"
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
    let address = whole.strip_prefix("mailto:").or_else(|| {
        let (_, inner) = whole.strip_suffix('>')?.rsplit_once('<')?;
        Some(inner).filter(|inner| inner.contains('@') && !inner.contains(char::is_whitespace))
    });
    if let Some(address) = address.filter(|address| !address.is_empty()) {
        return Some(format!(
            "has more than an id in it; {AGAIN} `{}`, and delete this one",
            cut(address)
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
    let usual = plain(whole);
    (usual != whole).then(|| {
        format!(
            "is compared exactly as typed, and its letters are not those of a keyboard; {AGAIN} \
            `{}`, and delete this one, unless the id really has them",
            cut(&usual)
        )
    })
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
            ("mailto:a@example.com", "with the key `a@example.com`"),
            ("Kim <a@example.com>", "with the key `a@example.com`"),
            ("ａ@example.com", "with the key `a@example.com`"),
            ("NULL", "a word for nobody"),
        ] {
            let told = doubt(key, "the agent's id in Desk").unwrap_or_default();
            assert!(told.contains(says), "{key}: {told}");
        }
        for good in ["a@example.com", "@TGS#2J4 SZEAEL+😀", "10023", "kim minji", "e+5", "'", "a'b"]
        {
            assert_eq!(doubt(good, "the user's id"), None, "{good}");
        }
    }
}
