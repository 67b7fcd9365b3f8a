//! How values that people typed are shown in messages: on one line, without control characters,
//! not endless.

use super::clean::{is_invisible, strays};

/// Longest part of a value that a message repeats, in characters.
pub(crate) const SHOWN: usize = 100;

/// `text` on one line, cut at 100 characters. Control characters and invisible ones are shown as
/// what they are: a line break as a space, others not at all.
///
/// ```
/// use routing::text::cut;
/// assert_eq!(cut("a\nb\u{1b}[1m"), "a b[1m");
/// assert_eq!(cut(&"x".repeat(101)), "x".repeat(100) + "…");
/// ```
pub fn cut(text: &str) -> String {
    let mut shown: String = visible(text).take(SHOWN).collect();
    if visible(text).nth(SHOWN).is_some() {
        shown.push('…');
    }
    shown
}

/// A row's key so that two keys never look the same: characters that nobody sees, and white space
/// other than a plain space, are written out.
///
/// ```
/// use routing::text::key_shown;
/// assert_eq!(key_shown("v\u{200b}ip"), "v\\u{200b}ip");
/// ```
pub fn key_shown(key: &str) -> String {
    let mut shown = String::with_capacity(key.len());
    for (c, is_stray) in strays(key) {
        if is_stray || c.is_control() || (c.is_whitespace() && c != ' ') {
            shown.extend(c.escape_unicode());
        } else {
            shown.push(c);
        }
    }
    shown
}

/// The same, cut at 100 characters: how a finding names its row.
pub fn key_cut(key: &str) -> String {
    cut(&key_shown(key))
}

/// `text` without control characters, whole: what comes from rows cannot move a terminal's cursor.
/// A line break becomes a space.
pub fn printable(text: &str) -> String {
    visible(text).collect()
}

fn visible(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter_map(|c| {
        if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') {
            c.is_whitespace().then_some(' ')
        } else {
            // What joins emoji stays, as it is harmless.
            (!is_invisible(c) || matches!(c, '\u{200d}' | '\u{fe0f}')).then_some(c)
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shown_values_are_one_harmless_line() {
        for (text, shown) in [
            ("plain", "plain"),
            ("a\r\nb", "a  b"),
            ("\u{1b}[31mred\u{7}", "[31mred"),
            ("x\u{202e}y\u{200b}", "xy"),
            ("서울 👩\u{200d}🚀", "서울 👩\u{200d}🚀"),
        ] {
            assert_eq!(cut(text), shown);
            assert_eq!(printable(text), shown);
        }
        // A key is shown with all that it holds.
        for (key, shown) in [
            ("vip", "vip"),
            ("u1 ", "u1 "),
            ("\u{200b}v\u{ad}ip\u{a0}", r"\u{200b}v\u{ad}ip\u{a0}"),
            ("a\nb\u{1b}", r"a\u{a}b\u{1b}"),
            ("서울 👩\u{200d}🚀", "서울 👩\u{200d}🚀"),
            ("a\u{200d}b", r"a\u{200d}b"),
        ] {
            assert_eq!(key_shown(key), shown);
            assert_eq!(key_cut(&key_cut(key)), shown, "shown again");
        }
        assert_eq!(key_cut(&"é".repeat(101)), "é".repeat(100) + "…");
        assert_eq!(cut(&"é".repeat(100)), "é".repeat(100));
        assert_eq!(cut(&"é".repeat(101)), "é".repeat(100) + "…");
        assert_eq!(cut(&"\u{200b}".repeat(500)), "");
    }
}
