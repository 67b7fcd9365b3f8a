//! Countries in texts of two codes: locales (`ko-KR`, `pt_BR`), and territories of a country that
//! have a code of their own (`CN-HK`).

use super::holidays;
use super::names::is_spoken;
use crate::language;

/// Territories that have a code of their own, by the country whose part they may be called.
const TERRITORIES: [(&str, &str); 10] = [
    ("AU", "CC CX HM NF"),
    ("CN", "HK MO TW"),
    ("DK", "FO GL"),
    ("FI", "AX"),
    ("FR", "BL GF GP MF MQ NC PF PM RE TF WF YT"),
    ("GB", "AI BM FK GG GI GS IM IO JE KY MS PN SH TC VG"),
    ("NL", "AW BQ CW SX"),
    ("NO", "BV SJ"),
    ("NZ", "CK NU TK"),
    ("US", "AS GU MP PR UM VI"),
];

/// The two codes of two letters, without a script (`zh-Hant-TW`) and an encoding (`ko_KR.UTF-8`).
fn two_codes(text: &str) -> Option<(&str, &str)> {
    let text = text.split(['.', '@', ';']).next().unwrap_or_default();
    let is_code = |code: &str| code.len() == 2 && code.bytes().all(|b| b.is_ascii_alphabetic());
    let mut codes = text.split(['-', '_', ' ']);
    let first = codes.next().filter(|code| is_code(code))?;
    let second = codes.find(|code| code.len() != 4).filter(|code| is_code(code))?;
    codes.next().is_none().then_some((first, second))
}

/// Whether the two codes are written as in a locale: `it-CH`, not `IT-CH` nor `it-ch`.
fn is_written_so(language: &str, country: &str) -> bool {
    let lower = language.bytes().all(|b| b.is_ascii_lowercase());
    lower && country.bytes().all(|b| b.is_ascii_uppercase())
}

fn country(code: &str) -> Option<&'static str> {
    holidays::find(code).map(holidays::code)
}

/// Whether the second code is that of a territory of the first.
pub(super) fn is_territory(of: &str, code: &str) -> bool {
    let mut all = TERRITORIES.iter().filter(|(country, _)| country.eq_ignore_ascii_case(of));
    all.any(|(_, codes)| codes.split(' ').any(|known| known.eq_ignore_ascii_case(code)))
}

/// What to write instead of the code of a part (`IT-CH`) that is written as the locale of another
/// country is, where that is usual (`it-CH`).
pub(super) fn doubt(code: &str) -> Option<String> {
    if !matches!(code.as_bytes(), [b'a'..=b'z', _, b'-' | b'_', _, b'A'..=b'Z']) {
        return None;
    }
    let (first, second) = two_codes(code)?;
    let country = country(second)?;
    let usual = is_written_so(first, second) && is_spoken(first, country);
    (usual && !is_territory(first, second)).then(|| {
        format!(
            "may be a language and its country, or a part of a country: write `{country}` or \
            `{}-{country}`",
            first.to_ascii_uppercase()
        )
    })
}

/// The countries that two codes may mean, of which the second is a country's own.
pub(super) fn of_two_codes(text: &str) -> Vec<&'static str> {
    let Some((first, second)) = two_codes(text) else { return Vec::new() };
    let Some(code) = country(second) else { return Vec::new() };
    if is_territory(first, second) || first.eq_ignore_ascii_case(second) {
        return vec![code];
    }
    let lower = first.to_ascii_lowercase();
    if language::parse(&lower).as_deref() != Ok(lower.as_str()) {
        return Vec::new();
    }
    let usual = is_spoken(&lower, code);
    let written_so = is_written_so(first, second);
    match country(first) {
        None => vec![code],
        Some(_) if usual && written_so => vec![code],
        // `FR-CH` may be Fribourg as well.
        Some(first) if usual => {
            let part = country(&format!("{code}-{first}"));
            std::iter::once(code).chain(part).collect()
        }
        Some(first) if written_so => vec![code, first],
        Some(_) => Vec::new(),
    }
}
