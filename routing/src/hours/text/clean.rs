//! Characters that look like others are read as what they look like.

use unicode_normalization::UnicodeNormalization;

use crate::text::is_invisible;

/// The text in small letters, with plain digits, dashes, colons, separators and spaces, and without
/// invisible characters. Nothing that a person sees as another text becomes the same.
pub(super) fn clean(text: &str) -> Vec<char> {
    text.nfkc().filter(|c| !is_invisible(*c)).flat_map(|c| plain(c).to_lowercase()).collect()
}

/// NFKC has made full-width forms plain already.
fn plain(c: char) -> char {
    match c {
        // Hyphens, dashes, minus signs, tildes, the Japanese long-vowel sign, the Korean vowel.
        '\u{2010}'..='\u{2015}'
        | '\u{2043}'
        | '\u{2212}'
        | '\u{2500}'
        | '\u{2501}'
        | '\u{30fc}'
        | '\u{3161}'
        | '\u{301c}'
        | '\u{3030}'
        | '\u{223c}'
        | '\u{2053}'
        | '\u{02d7}'
        | '~'
        | '\u{ff70}'
        | '\u{fe58}'
        | '\u{1173}'
        | '\u{2e3a}' => '-',
        '\u{2236}' | '\u{a789}' | '\u{02d0}' | '\u{0589}' => ':',
        '\u{3001}' | '\u{ff64}' | '\u{060c}' | '\u{201a}' => ',',
        '\u{061b}' | '\u{204f}' => ';',
        '\u{3002}' | '\u{ff61}' => '.',
        '\u{201c}'..='\u{201f}' | '\u{ab}' | '\u{bb}' | '\u{300c}'..='\u{300f}' => '"',
        '【' | '〔' | '〖' | '〈' | '《' => '(',
        '】' | '〕' | '〗' | '〉' | '》' => ')',
        '\u{2018}' | '\u{2019}' | '\u{b4}' | '`' => '\'',
        '\u{30fb}' | '\u{b7}' | '\u{2022}' | '\u{318d}' => '·',
        c if c.is_whitespace() || c == '\u{2800}' || c == '\u{3164}' || c == '\u{2423}' => ' ',
        c => c,
    }
}
