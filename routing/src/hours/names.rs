//! What people call countries and places, to say what to write instead of it. Looked up only in
//! texts that are in error.

use unicode_normalization::UnicodeNormalization;

/// One country or subdivision a line: code, its zone if it has only one, its languages, names.
static COUNTRIES: &str = include_str!("../../names/countries.txt");
/// One zone a line: IANA name, names of its places.
static ZONES: &str = include_str!("../../names/zones.txt");

/// What names are compared by: lower case, without spaces, accents and marks. `generate.py` does
/// the same.
pub(super) fn folded(name: &str) -> String {
    const ACCENTS: [(&str, char); 17] = [
        ("àáâãäåāăąǎạảấầẩẫậắằẳẵặ", 'a'),
        ("çćĉċč", 'c'),
        ("ďđ", 'd'),
        ("èéêëēĕėęěẹẻẽếềểễệ", 'e'),
        ("ĝğġģ", 'g'),
        ("ìíîïĩīĭįıỉị", 'i'),
        ("ķ", 'k'),
        ("łĺļľ", 'l'),
        ("ñńņňǹ", 'n'),
        ("òóôõöøōŏőơọỏốồổỗộớờởỡợ", 'o'),
        ("ŕŗř", 'r'),
        ("śŝşšș", 's'),
        ("ţťț", 't'),
        ("ùúûüũūŭůűųưụủứừửữự", 'u'),
        ("ŵ", 'w'),
        ("ýÿŷỳỵỷỹ", 'y'),
        ("źżž", 'z'),
    ];
    let plain = |letter: char| {
        let base = ACCENTS.iter().find(|(accented, _)| accented.contains(letter));
        base.map_or(letter, |(_, base)| *base)
    };
    // Some keyboards write letters in parts (NFD).
    let lower = name.nfkc().map(half_width).flat_map(char::to_lowercase);
    let letters = lower.map(|letter| if letter.is_ascii() { letter } else { plain(letter) });
    letters.filter(|letter| letter.is_alphanumeric()).collect::<String>().replace("ß", "ss")
}

/// A full-width letter, digit or sign as the usual one.
pub(super) fn half_width(letter: char) -> char {
    match letter {
        '\u{3000}' => ' ',
        '\u{ff01}'..='\u{ff5e}' => {
            char::from_u32(u32::from(letter) - 0xff01 + 0x21).unwrap_or(letter)
        }
        letter => letter,
    }
}

/// A line's fields: what it is about, then names.
fn lines(text: &'static str) -> impl Iterator<Item = std::str::Split<'static, char>> {
    text.lines().filter(|line| !line.starts_with('#')).map(|line| line.split(';'))
}

/// The codes of the countries and subdivisions with this (folded) name.
pub(super) fn countries(name: &str) -> Vec<&'static str> {
    let named = |mut fields: std::str::Split<'static, char>| {
        let code = fields.next()?;
        fields.skip(2).any(|known| known == name).then_some(code)
    };
    lines(COUNTRIES).filter_map(named).collect()
}

/// The codes of the countries whose (folded) name is nearly this: one letter off, of long names
/// two, with the same first letter. Parts of countries only where no country is.
pub(super) fn countries_nearly(name: &str) -> Vec<&'static str> {
    let near = |mut fields: std::str::Split<'static, char>| {
        let code = fields.next()?;
        fields.skip(2).any(|known| distance(name, known).is_some()).then_some(code)
    };
    let near: Vec<&str> = lines(COUNTRIES).filter_map(near).collect();
    let (countries, parts): (Vec<_>, Vec<_>) =
        near.into_iter().partition(|code| !code.contains('-'));
    if countries.is_empty() { parts } else { countries }
}

/// How many letters differ, if the two are nearly the same.
fn distance(typed: &str, known: &str) -> Option<usize> {
    let allowed = match known.len() {
        0..=4 => return None,
        5..=7 => 1,
        _ => 2,
    };
    let may = known.is_ascii()
        && typed.chars().next() == known.chars().next()
        && typed.len().abs_diff(known.len()) <= allowed;
    may.then(|| strsim::damerau_levenshtein(typed, known)).filter(|distance| *distance <= allowed)
}

/// The countries that have this zone and no other.
pub(super) fn countries_of_zone(zone: &str) -> Vec<&'static str> {
    let has = |mut fields: std::str::Split<'static, char>| {
        let code = fields.next()?;
        (fields.next()? == zone).then_some(code)
    };
    lines(COUNTRIES).filter_map(has).collect()
}

/// Whether this language is usual in the country with this code.
pub(super) fn is_spoken(language: &str, country: &str) -> bool {
    lines(COUNTRIES).any(|mut fields| {
        let is_it = fields.next() == Some(country);
        is_it && fields.nth(1).is_some_and(|all| all.split(' ').any(|known| known == language))
    })
}

/// The zone of the country with this (folded) name or two-letter code, when it has only one.
pub(super) fn zone_of_country(name: &str) -> Option<&'static str> {
    lines(COUNTRIES).find_map(|mut fields| {
        let code = fields.next()?;
        let zone = fields.next().filter(|zone| !zone.is_empty())?;
        let found = code.eq_ignore_ascii_case(name) || fields.skip(1).any(|known| known == name);
        found.then_some(zone)
    })
}

/// The zone that has a place of this (folded) name.
pub(super) fn zone_of_place(name: &str) -> Option<&'static str> {
    lines(ZONES).find_map(|mut fields| {
        let zone = fields.next()?;
        fields.any(|known| known == name).then_some(zone)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hours::{Country, Zone};

    #[test]
    fn all_codes_and_zones_exist_and_names_are_folded() {
        for fields in lines(COUNTRIES) {
            let fields: Vec<&str> = fields.collect();
            assert_eq!(Country::parse(fields[0]).unwrap().code(), fields[0]);
            assert!(fields[1].is_empty() || Zone::parse(fields[1]).unwrap().name() == fields[1]);
            for name in &fields[3..] {
                assert_eq!(folded(name), *name);
            }
        }
        let mut seen = std::collections::HashMap::new();
        for fields in lines(ZONES) {
            let fields: Vec<&str> = fields.collect();
            assert_eq!(Zone::parse(fields[0]).unwrap().name(), fields[0]);
            for name in &fields[1..] {
                assert_eq!(folded(name), *name);
                if let Some(other) = seen.insert(*name, fields[0]) {
                    panic!("{name} is in {other} and {}", fields[0]);
                }
            }
        }
    }

    #[test]
    fn accents_widths_and_marks_do_not_count() {
        assert_eq!(folded(" São Paulo "), "saopaulo");
        assert_eq!(folded("Ｓｅｏｕｌ"), "seoul");
        assert_eq!(folded("St. John's"), "stjohns");
        assert_eq!(folded("서울"), "서울");
        let in_parts: String = "서울 München 東京".nfd().collect();
        assert_ne!(in_parts, "서울 München 東京");
        assert_eq!(folded(&in_parts), "서울munchen東京");
    }
}
