//! How values that people typed are shown in messages: on one line, without control characters,
//! not endless.

use super::clean::is_invisible;

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
        assert_eq!(cut(&"é".repeat(100)), "é".repeat(100));
        assert_eq!(cut(&"é".repeat(101)), "é".repeat(100) + "…");
        assert_eq!(cut(&"\u{200b}".repeat(500)), "");
    }
}
