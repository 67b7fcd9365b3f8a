//! Characters of a date that look like others are read as what they look like.

use crate::text::is_invisible;

/// The text with plain digits, dashes, colons, dots and single spaces. Letters stay as they are.
pub(super) fn clean(text: &str) -> String {
    let mut cleaned = String::with_capacity(text.len());
    for c in text.chars().filter(|c| !is_invisible(*c)) {
        match plain(c) {
            ' ' if cleaned.is_empty() || cleaned.ends_with(' ') => {}
            // Two dots in one character.
            '‥' => cleaned.push_str(".."),
            '…' => cleaned.push_str("..."),
            plain => cleaned.push(plain),
        }
    }
    cleaned.truncate(cleaned.trim_end().len());
    cleaned
}

fn plain(c: char) -> char {
    match c {
        // Dashes, the minus sign, and the long vowel mark that Japanese keyboards give for `-`.
        '\u{2010}'..='\u{2015}'
        | '\u{2212}'
        | '\u{fe58}'
        | '\u{fe63}'
        | '\u{30fc}'
        | '\u{ff70}'
        | '\u{2500}' => '-',
        '\u{2236}' | '\u{fe55}' | '\u{a789}' => ':',
        '\u{301c}' | '\u{223c}' | '\u{02dc}' | '\u{2053}' => '~',
        '\u{2044}' | '\u{2215}' => '/',
        '\u{3002}' | '\u{ff61}' => '.',
        // Full-width forms stand in the order of ASCII.
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xff01 + 0x21).unwrap_or(c),
        c if c.is_whitespace() => ' ',
        c => c,
    }
}
