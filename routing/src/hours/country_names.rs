//! What people write for a country when they do not know its ISO code, and what to write instead.

use super::holidays;
use super::names::{countries, countries_nearly, countries_of_zone, folded, half_width};
use super::zone_names::zone_of;

/// Most codes that a message lists.
const LISTED: usize = 20;

/// The text in usual letters, with `-` for any dash.
pub(super) fn cleaned(text: &str) -> String {
    let usual = |letter| match half_width(letter) {
        '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' => '-',
        letter => letter,
    };
    let usual: String = text.chars().map(usual).collect();
    let words: Vec<&str> = usual.split_whitespace().collect();
    words.join(" ").replace(" -", "-").replace("- ", "-")
}

/// Longest text, in bytes, in which a country is looked for.
const LONGEST: usize = 200;
const UNKNOWN: &str = "is not a country: write its two-letter ISO code, such as `KR`, or that of a \
    part with holidays of its own, such as `DE-BY`";

/// What to write instead of a cleaned text that is no code.
pub(super) fn what_to_write(text: &str) -> String {
    if text.len() > LONGEST {
        return UNKNOWN.to_owned();
    }
    let name = folded(text);
    let found = [countries(&name), parts(text), without_dash(&name), by_subdivision(&name)];
    if let Some(codes) = found.into_iter().find(|codes| !codes.is_empty()) {
        return write_one_of(&codes).unwrap_or_else(|| UNKNOWN.to_owned());
    }
    if let Some(message) = unknown_subdivision(text) {
        return message;
    }
    let near = [of_place(&name), countries_nearly(&name)];
    let near = near.into_iter().find(|codes| !codes.is_empty());
    near.as_deref().and_then(write_one_of).unwrap_or_else(|| UNKNOWN.to_owned())
}

/// What to write, where few are meant.
fn write_one_of(codes: &[&str]) -> Option<String> {
    match codes {
        [code] => Some(format!("is not a country's ISO code: write `{code}`")),
        [_, _] | [_, _, _] => {
            let codes: Vec<String> = codes.iter().map(|code| format!("`{code}`")).collect();
            Some(format!("may be one of several: write {}", codes.join(" or ")))
        }
        _ => None,
    }
}

/// The country part of a code.
fn country_of(code: &str) -> &str {
    code.split_once('-').map_or(code, |(country, _)| country)
}

/// `UK-ENG`, `DE-Bayern`, `Bavaria, Germany`: one part names the country, another its part.
fn parts(text: &str) -> Vec<&'static str> {
    let parts: Vec<&str> = text.split(['-', '/', ',', '(', ')', ':', '_', ' ']).collect();
    let halves = text.split_once(['-', '/', ',', '(', ':', '_', ' ']);
    let mut found = Vec::new();
    for country in parts.iter().copied().chain(halves.iter().flat_map(|(a, b)| [*a, *b])) {
        for code in codes(country).filter(|code| !code.contains('-')) {
            for part in parts.iter().copied().chain(halves.iter().flat_map(|(a, b)| [*a, *b])) {
                let of_country = |name: &&'static str| country_of(name) == code && *name != code;
                let own = holidays::find(&format!("{code}-{}", part.trim())).map(holidays::code);
                found.extend(own.into_iter().chain(countries(&folded(part))).filter(of_country));
            }
        }
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// What a text means by itself: a code, or a name.
fn codes(text: &str) -> impl Iterator<Item = &'static str> {
    let code = holidays::find(text.trim()).map(holidays::code);
    code.into_iter().chain(countries(&folded(text)))
}

/// `DEBY`.
fn without_dash(name: &str) -> Vec<&'static str> {
    let Some((country, part)) = name.split_at_checked(2).filter(|(_, part)| !part.is_empty())
    else {
        return Vec::new();
    };
    holidays::find(&format!("{country}-{part}")).map(holidays::code).into_iter().collect()
}

/// `NSW`: the part alone, when its code is long enough to be one country's only.
fn by_subdivision(name: &str) -> Vec<&'static str> {
    let is = |code: &&str| {
        code.split_once('-')
            .is_some_and(|(_, part)| part.len() > 2 && part.eq_ignore_ascii_case(name))
    };
    let found: Vec<&str> = holidays::codes().filter(is).collect();
    if found.len() == 1 { found } else { Vec::new() }
}

/// `Seoul`: the country of a place, where all of the country has the same holidays.
fn of_place(name: &str) -> Vec<&'static str> {
    let whole = |code: &&'static str| subdivisions(code).next().is_none();
    let found: Vec<&str> = zone_of(name).map(countries_of_zone).unwrap_or_default();
    found.into_iter().filter(whole).collect()
}

/// The codes of a country's parts.
fn subdivisions(country: &str) -> impl Iterator<Item = &'static str> {
    holidays::codes().filter(move |code| country_of(code) == country && *code != country)
}

/// `KR-11`: the country is known, the part is not.
fn unknown_subdivision(text: &str) -> Option<String> {
    let (country, part) = text.split_once(['-', '_', ' ', '/'])?;
    let found: Vec<&str> = codes(country).filter(|code| !code.contains('-')).collect();
    let country = found.first()?;
    let all: Vec<&str> = subdivisions(country).collect();
    if all.is_empty() {
        return Some(format!(
            "names a part of {country}, all of which has the same holidays here: write `{country}`"
        ));
    }
    let first = part.chars().next().map(|first| first.to_ascii_uppercase());
    let near = |code: &&&str| {
        let own = code.split_once('-').and_then(|(_, own)| own.chars().next());
        own.map(|own| own.to_ascii_uppercase()) == first
    };
    let near: Vec<&str> = match all.len() {
        0..=LISTED => all.clone(),
        _ => all.iter().filter(near).copied().take(LISTED).collect(),
    };
    let listed: Vec<String> = near.iter().map(|code| format!("`{code}`")).collect();
    let listed = match listed.is_empty() {
        true => String::new(),
        false => format!(", or of its parts {}", listed.join(", ")),
    };
    Some(format!(
        "names a part of {country} that has no holidays of its own here: write `{country}`{listed}"
    ))
}
