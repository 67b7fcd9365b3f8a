//! One text with several entries, as people type lists.

/// What one text holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Entries<'a> {
    /// The entries in order; an empty one stands where two separators follow each other.
    Of(Vec<&'a str>),
    /// More entries than asked for.
    TooMany,
}

/// The entries of a list that was typed as one text: split at commas, semicolons, `、`, their
/// full-width and small forms, tabs and line breaks. A separator at the end of a line or of the
/// text ends nothing. Entries have no white space around them. Looks no further than `max` entries.
///
/// ```
/// use routing::text::{Entries, entries};
/// assert_eq!(entries("u1，u2\r\nu3;", 9), Entries::Of(vec!["u1", "u2", "u3"]));
/// assert_eq!(entries("u1,,u2", 9), Entries::Of(vec!["u1", "", "u2"]));
/// ```
pub fn entries(text: &str, max: usize) -> Entries<'_> {
    let mut entries = Vec::new();
    for line in text.split(is_line_break) {
        let line = line.trim();
        let line = line.strip_suffix(is_separator).unwrap_or(line);
        if line.is_empty() {
            continue;
        }
        for entry in line.split(is_separator) {
            if entries.len() == max {
                return Entries::TooMany;
            }
            entries.push(entry.trim());
        }
    }
    Entries::Of(entries)
}

/// Whether a text with a comma is the name of a company: `Acme, Inc.` is no list.
pub(crate) fn is_company(text: &str) -> bool {
    text.rsplit_once([',', '，', '、'])
        .is_some_and(|(name, form)| !name.trim().is_empty() && is_form_of_company(form))
}

/// Whether a text is what stands behind a company's name: `Inc.`, `GmbH`.
pub(crate) fn is_form_of_company(text: &str) -> bool {
    // Two letters alone are also codes of countries and languages (`DE, SE`): with dots only.
    const FORMS: [&str; 13] = [
        "inc",
        "incorporated",
        "llc",
        "llp",
        "ltd",
        "limited",
        "ltda",
        "plc",
        "corp",
        "corporation",
        "coltd",
        "gmbh",
        "srl",
    ];
    const WITH_DOTS: [&str; 5] = ["co", "sa", "spa", "bv", "nv"];
    let letters: String =
        text.chars().filter(|c| !matches!(c, '.' | ' ')).flat_map(char::to_lowercase).collect();
    if text.contains('.') && WITH_DOTS.contains(&letters.as_str()) {
        return true;
    }
    FORMS.contains(&letters.as_str())
}

/// The entries in what should be one entry: `Some` when it still holds a separator.
pub(crate) fn entries_in_one(entry: &str) -> Option<Vec<&str>> {
    /// As many as a message shows.
    const FEW: usize = 20;
    if !entry.contains(|c| is_separator(c) || is_line_break(c)) {
        return None;
    }
    let parts = entry.split(|c| is_separator(c) || is_line_break(c)).map(str::trim);
    Some(parts.filter(|part| !part.is_empty()).take(FEW).collect())
}

fn is_separator(c: char) -> bool {
    matches!(
        c,
        ',' | ';'
            | '\t'
            | '\u{37e}' // Greek question mark, which looks like a semicolon
            | '\u{55d}' // Armenian comma
            | '،'
            | '؛'
            | '、'
            | '､'
            | '，'
            | '；'
            | '﹐'
            | '﹑'
            | '﹔'
            | '︐'
            | '︑'
            | '︔'
            | '⸲'
            | '⸴'
            | '⹁'
            | '⁏'
    )
}

fn is_line_break(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_entry_that_holds_a_separator() {
        assert_eq!(entries_in_one("u1; u2"), Some(vec!["u1", "u2"]));
        assert_eq!(entries_in_one("u1"), None);
    }

    #[test]
    fn one_text_is_split_at_every_separator() {
        for (text, expected) in [
            ("a", &["a"][..]),
            ("a,b", &["a", "b"]),
            ("a; b ；c", &["a", "b", "c"]),
            ("a、b､c，d﹐e", &["a", "b", "c", "d", "e"]),
            ("a\r\nb\n\nc\u{2028}d", &["a", "b", "c", "d"]),
            ("a,\nb,\n", &["a", "b"]),
            ("a\tb", &["a", "b"]),
            ("a,,b", &["a", "", "b"]),
            (",a", &["", "a"]),
            ("a,,", &["a", ""]),
            (" a b , c ", &["a b", "c"]),
            ("", &[]),
            (",", &[]),
        ] {
            assert_eq!(entries(text, 10), Entries::Of(expected.to_vec()), "{text:?}");
        }
        assert_eq!(entries("a,b,c", 2), Entries::TooMany);
        assert_eq!(entries("a,b,", 2), Entries::Of(vec!["a", "b"]));
    }

    #[test]
    fn two_entries_in_one() {
        assert_eq!(entries_in_one("u1，u2"), Some(vec!["u1", "u2"]));
        assert_eq!(entries_in_one("u1,"), Some(vec!["u1"]));
        assert_eq!(entries_in_one(","), Some(vec![]));
        assert_eq!(entries_in_one("@TGS#2J4 SZEAEL+😀"), None);
    }
}
