//! What is dropped from text before it is read, and how names are compared.

use std::borrow::Cow;

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfkc_quick};

/// `text` without white space of any kind around it and without invisible characters anywhere.
/// Nothing is copied when nothing is dropped.
pub fn clean(text: &str) -> Cow<'_, str> {
    if is_plainly_clean(text.as_bytes()) {
        return Cow::Borrowed(text);
    }
    let trimmed = text.trim();
    if !may_hold_invisible(trimmed) {
        return Cow::Borrowed(trimmed);
    }
    let mut kept = String::with_capacity(trimmed.len());
    kept.extend(strays(trimmed).filter_map(|(c, is_stray)| (!is_stray).then_some(c)));
    if kept.len() == trimmed.len() {
        return Cow::Borrowed(trimmed);
    }
    // White space may have stood behind something invisible.
    let inner = kept.trim();
    if inner.len() < kept.len() { Cow::Owned(inner.to_owned()) } else { Cow::Owned(kept) }
}

/// Each character, and whether nobody sees it and it belongs to nothing.
pub(super) fn strays(text: &str) -> impl Iterator<Item = (char, bool)> {
    let mut rest = text.chars().peekable();
    let mut before = None;
    std::iter::from_fn(move || {
        let c = rest.next()?;
        let is_stray = is_invisible(c) && !belongs_to_emoji(before, c, rest.peek().copied());
        if !is_stray {
            before = Some(c);
        }
        Some((c, is_stray))
    })
}

/// Whether it holds only letters, digits and signs of ASCII, with spaces only inside: nearly every
/// text.
fn is_plainly_clean(text: &[u8]) -> bool {
    let ends = [text.first(), text.last()];
    let is_other = |b: &u8| !(0x20..0x7f).contains(b);
    !ends.contains(&Some(&b' ')) && !text.iter().fold(false, |other, b| other | is_other(b))
}

/// Whether [`clean`] leaves `text` as it is.
pub(crate) fn is_clean(text: &str) -> bool {
    clean(text).len() == text.len()
}

/// How names (of rosters, skills, segments, platforms, calendars, and a customer's own attributes)
/// are compared: cleaned, by NFKC, without case, inner white space as one space.
///
/// ```
/// use routing::text::name_key;
/// assert_eq!(name_key(" ＶＩＰ"), "vip");
/// assert_eq!(name_key("Night \u{a0}Shift"), "night shift");
/// assert_eq!(name_key("\u{1109}\u{1165}\u{110b}\u{116e}\u{11af}"), "서울");
/// ```
pub fn name_key(name: &str) -> String {
    let name = clean(name);
    if name.is_ascii() {
        let mut key = name.to_ascii_lowercase();
        let is_other_space = |b: u8| b != b' ' && b.is_ascii_whitespace() || b == 0x0b;
        if key.bytes().any(is_other_space) || key.as_bytes().windows(2).any(|two| two == b"  ") {
            key = key.split_whitespace().collect::<Vec<_>>().join(" ");
        }
        return key;
    }
    // Lower case can undo a composition, so the form is made again behind it.
    let lower: String =
        name.nfkc().filter(|c| !is_invisible(*c)).flat_map(char::to_lowercase).map(fold).collect();
    let folded: String = lower.replace('ß', "ss").nfkc().collect();
    folded.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// `text` with full-width and other compatibility forms as the plain ones: `６５２１` as `6521`,
/// `＞＝` as `>=`. For numbers and operators, not for names.
pub fn plain(text: &str) -> Cow<'_, str> {
    match text.is_ascii() || is_nfkc_quick(text.chars()) == IsNormalized::Yes {
        true => Cow::Borrowed(text),
        false => Cow::Owned(text.nfkc().collect()),
    }
}

/// The one letter with two lower-case forms.
fn fold(c: char) -> char {
    if c == 'ς' { 'σ' } else { c }
}

/// A quick look: ASCII text without control characters holds nothing invisible.
fn may_hold_invisible(text: &str) -> bool {
    text.bytes().any(|b| !(0x20..0xc2).contains(&b) || b == 0x7f)
}

/// Whether nobody sees the character: control characters that are no white space, zero-width
/// characters, byte-order marks, soft hyphens, marks of writing direction, variation selectors,
/// tags, and fillers. By `Default_Ignorable_Code_Point` of the Unicode standard.
pub(crate) fn is_invisible(c: char) -> bool {
    if c.is_control() {
        return !c.is_whitespace();
    }
    matches!(
        c,
        '\u{ad}'
            | '\u{34f}'
            | '\u{61c}'
            | '\u{115f}'
            | '\u{1160}'
            | '\u{17b4}'
            | '\u{17b5}'
            | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            // The blank of Braille, which is white space to people alone.
            | '\u{2800}'
            | '\u{3164}'
            | '\u{fe00}'..='\u{fe0f}'
            | '\u{feff}'
            | '\u{ffa0}'
            | '\u{fff0}'..='\u{fffb}'
            | '\u{1bca0}'..='\u{1bca3}'
            | '\u{1d173}'..='\u{1d17a}'
            | '\u{e0000}'..='\u{e0fff}'
    )
}

/// Whether an invisible character is part of an emoji: Tencent's user ids may hold emoji, and these
/// are compared character by character.
fn belongs_to_emoji(before: Option<char>, c: char, after: Option<char>) -> bool {
    let Some(before) = before else { return false };
    match c {
        '\u{fe0e}' | '\u{fe0f}' => is_emoji(before) || after == Some('\u{20e3}'),
        '\u{200d}' => (is_emoji(before) || before == '\u{fe0f}') && after.is_some_and(is_emoji),
        '\u{e0020}'..='\u{e007f}' => {
            before == '\u{1f3f4}' || ('\u{e0020}'..='\u{e007e}').contains(&before)
        }
        _ => false,
    }
}

fn is_emoji(c: char) -> bool {
    matches!(
        c,
        '\u{a9}'
            | '\u{ae}'
            | '\u{203c}'
            | '\u{2049}'
            | '\u{2122}'
            | '\u{2139}'
            | '\u{2190}'..='\u{21ff}'
            | '\u{2300}'..='\u{23ff}'
            | '\u{24c2}'
            | '\u{25a0}'..='\u{27bf}'
            | '\u{2934}'
            | '\u{2935}'
            | '\u{2b00}'..='\u{2bff}'
            | '\u{3030}'
            | '\u{303d}'
            | '\u{3297}'
            | '\u{3299}'
            | '\u{1f000}'..='\u{1faff}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_seen_is_dropped() {
        assert_eq!(clean("\u{feff}ann\u{200b}@x.com\u{a0}"), "ann@x.com");
        assert_eq!(clean("night shift"), "night shift");
    }

    #[test]
    fn what_nobody_sees_is_dropped() {
        for (typed, cleaned) in [
            ("  a b ", "a b"),
            ("\u{3000}a\u{a0}", "a"),
            ("a\u{200b}b", "ab"),
            ("\u{feff}a\u{ad}b\u{202e}", "ab"),
            ("a \u{200b} ", "a"),
            ("\u{200b} a", "a"),
            ("\r\na\t\n", "a"),
            ("a\u{0}b\u{7f}\u{9b}", "ab"),
            ("\u{200b}", ""),
            ("\u{7f}", ""),
            ("\u{1}\u{2}", ""),
            ("서울\u{2060}", "서울"),
            ("vip\u{fe0f}", "vip"),
            ("a\u{200d}b", "ab"),
        ] {
            assert_eq!(clean(typed), cleaned, "{typed:?}");
            assert!(!is_clean(typed) && is_clean(cleaned), "{typed:?}");
        }
    }

    #[test]
    fn an_emoji_keeps_what_it_is_made_of() {
        for id in [
            "@TGS#2J4 SZEAEL+😀",
            "u❤\u{fe0f}",
            "👨\u{200d}👩\u{200d}👧",
            "1\u{fe0f}\u{20e3}",
            "🏳\u{fe0f}\u{200d}🌈",
            "🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}",
        ] {
            assert_eq!(clean(id), id);
            assert!(matches!(clean(id), Cow::Borrowed(_)), "{id}");
        }
        assert_eq!(clean("👨\u{200d}"), "👨", "joined to nothing");
    }

    #[test]
    fn names_that_look_alike_are_alike() {
        for (a, b) in [
            ("VIP", "ｖｉｐ"),
            ("서울", "\u{1109}\u{1165}\u{110b}\u{116e}\u{11af}"),
            ("Café", "cafe\u{301}"),
            ("Night Shift", " night \u{3000} shift"),
            ("a\tb", "a b"),
            ("Straße", "STRASSE"),
            ("ΣΑΣ", "σας"),
            ("ｶﾞ", "ガ"),
            ("①", "1"),
            ("a\u{200b}b", "AB"),
            ("❤\u{fe0f}", "❤"),
        ] {
            assert_eq!(name_key(a), name_key(b), "{a} {b}");
        }
        for (a, b) in [("vip", "vip2"), ("o", "ο"), ("a b", "ab"), ("é", "e")] {
            assert_ne!(name_key(a), name_key(b), "{a} {b}");
        }
    }

    #[test]
    fn a_key_is_its_own_key() {
        for name in ["İstanbul", "ẞ", "ﬁ", "Ǆ", "㍻", "ᾳ", "\u{1e9e}x", "가\u{3164}", "ﷺ"]
        {
            let key = name_key(name);
            assert_eq!(name_key(&key), key, "{name}");
        }
    }

    #[test]
    fn white_space_in_ascii_names_is_one_space() {
        for (name, key) in
            [("A\u{b}B", "a b"), ("A\tB", "a b"), ("A  B", "a b"), ("A B", "a b"), ("A   B", "a b")]
        {
            assert_eq!(name_key(name), key, "{name:?}");
        }
    }

    #[test]
    fn plain_digits() {
        assert_eq!(plain("６５２１"), "6521");
        assert_eq!(plain("＞＝１０"), ">=10");
        assert!(matches!(plain("6521"), Cow::Borrowed(_)));
    }
}
